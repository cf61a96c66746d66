# sohoa: `make extract` and `make test` set everything up by themselves.

# Without IN the documents of samples/ are read.
IN ?=
SAMPLES = $(wildcard samples/*.pdf samples/*.tif samples/*.png samples/*.jpg samples/*.txt)
OUT ?= records
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
# The first Python of 3.11 or later on this machine.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help extract test test-fast lint format eval bench-extraction bench-repair bench-speed bench-kills bench-peers samples model model-digits model-reader look-alikes dictionaries doctor clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

extract: $(VENV)/.installed ## make extract IN=~/scans OUT=~/records: one record a document
	@$(BIN)/sohoa extract $(if $(IN),"$(IN)",$(SAMPLES)) -o "$(OUT)" --jobs $(JOBS) $(ARGS)

test: $(VENV)/.developer ## all tests
	@$(BIN)/pytest -q -n $(JOBS) $(ARGS)

test-fast: $(VENV)/.developer ## the tests that take seconds
	@$(BIN)/pytest -q -m "not slow" -n $(JOBS) $(ARGS)

lint: $(VENV)/.developer ## format, lint and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: $(VENV)/.developer ## put the code in form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

eval: $(VENV)/.developer ## make eval [DATA=folder]: scores against true texts and records
	@$(BIN)/python -m benchmarks.evaluate $(if $(DATA),--data "$(DATA)") --jobs $(JOBS) $(ARGS)

bench-extraction: $(VENV)/.developer ## make bench-extraction [DATA=folder] [ARGS='--views acts --split test']
	@$(BIN)/python -m benchmarks.extraction $(if $(DATA),--data "$(DATA)") $(ARGS)

bench-repair: $(VENV)/.developer ## make bench-repair [DATA=folder] [ARGS='--split dev --errors 30']
	@$(BIN)/python -m benchmarks.repair $(if $(DATA),--data "$(DATA)") --json .bench/repair.json $(ARGS)

bench-speed: $(VENV)/.developer ## make bench-speed [DATA=folder] [ARGS='--reader tesserocr']: pages a minute, beside OCRmyPDF
	@$(BIN)/python -m benchmarks.speed $(if $(DATA),--data "$(DATA)") $(ARGS)

bench-kills: $(VENV)/.developer ## make bench-kills [ARGS='--kills 200']: kill a batch again and again, compare its records
	@$(BIN)/python -m benchmarks.kills $(ARGS)

bench-peers: .bench/peers/.installed ## install what bench-repair compares with, in its own place

.bench/peers/.installed: benchmarks/peers.txt $(VENV)/bin/python
	@$(VENV)/bin/python -m venv .bench/peers
	@.bench/peers/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

samples: $(VENV)/.developer ## typeset and render samples/ again (needs fonts-croscore)
	@$(BIN)/python -m samples.make

model: $(VENV)/.developer ## make model CORPUS=folder: train the language model again (4 minutes, 5 GB)
	@$(BIN)/python dictionaries/build/model.py --corpus "$(CORPUS)"

model-digits: $(VENV)/.developer ## make model-digits MNIST=file: train the reader of digits again (an hour and a half on two cores)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[train]'
	@$(BIN)/python dictionaries/build/digit_training.py --mnist "$(MNIST)" --threads $(JOBS)
	@$(BIN)/python dictionaries/build/digit_export.py --mnist "$(MNIST)"

# What is made already stays, so that a run that was cut off goes on; remove READER to begin anew.
READER := .bench/reader
model-reader: $(VENV)/.developer ## make model-reader DATA=folder: train the reader of lines again (some hours on two cores)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[train]'
	@$(BIN)/python dictionaries/build/reader_training.py --data "$(DATA)" --folder $(READER) \
	  --lesson 0 --threads $(JOBS)
	@test -f $(READER)/first.onnx || $(BIN)/python dictionaries/build/reader_export.py \
	  --folder $(READER) --whole --out $(READER)/first.onnx
	@test -f $(READER)/real.npz || $(BIN)/python dictionaries/build/reader_real.py \
	  --data "$(DATA)" --folder $(READER) --model $(READER)/first.onnx
	@$(BIN)/python dictionaries/build/reader_training.py --data "$(DATA)" --folder $(READER) \
	  --lesson 1 --threads $(JOBS)
	@$(BIN)/python dictionaries/build/reader_export.py --folder $(READER)

look-alikes: $(VENV)/.developer ## make look-alikes DATA=folder: set, damage and read pages, learn from them (half an hour)
	@mkdir -p .bench
	@for reader in eng vie; do \
	  $(BIN)/python dictionaries/build/pairs.py --data "$(DATA)" --reader $$reader \
	    --output .bench/pairs_$$reader.tsv --pairs 120000 --jobs $(JOBS) || exit 1; done
	@$(BIN)/python dictionaries/build/channel.py \
	  --pairs eng=.bench/pairs_eng.tsv --pairs vie=.bench/pairs_vie.tsv

dictionaries: $(VENV)/.developer ## make dictionaries DATA=folder: count them again
	@for table in syllables words places agencies names; do \
	  $(BIN)/python dictionaries/build/$$table.py --data "$(DATA)" || exit 1; done

doctor: $(VENV)/.installed ## what is installed, what is missing
	@$(BIN)/sohoa doctor

clean: ## remove what was made here, records excepted
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .eval .bench build dist

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "sohoa needs Python 3.11 or later (on Debian: apt-get install python3)" >&2; exit 3; }
	@PYTHON=$(PYTHON) ./system-packages.sh
	@$(PYTHON) -m venv $(VENV)

# The stamps are older than what they were made from as soon as that changes.
$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	@PYTHON=$(PYTHON) ./system-packages.sh
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.developer: $(VENV)/.installed
	@PYTHON=$(PYTHON) ./system-packages.sh fonts
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@
