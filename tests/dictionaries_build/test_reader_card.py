# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

from onnx import TensorProto, helper

from dictionaries.build import reader_card, reader_training
from dictionaries.build.reader_samples import Lines, joined
from dictionaries.build.typefaces import TYPEFACES, UNSEEN, lacks
from pipeline.reading.line_picture import HEIGHT

pytestmark = pytest.mark.skipif(bool(lacks(TYPEFACES[0])), reason=lacks(TYPEFACES[0]))
LINES = joined([np.full((HEIGHT, 8), 255, np.uint8)] * 4, ["Số", "5", "ợ", "ngày"])


def model(path: Path, kind: str = "Relu") -> None:
    numbers = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1]) for name in "ab"]
    graph = helper.make_graph([helper.make_node(kind, ["a"], ["b"])], "g", numbers[:1], numbers[1:])
    made = helper.make_model(graph)
    helper.set_model_props(made, {"digest": "0123abcd"})
    path.write_bytes(made.SerializeToString())


def card(folder: Path, real: Lines | None = LINES, kind: str = "Relu") -> str:
    state = reader_training.start(folder / "none.pt")
    state.step = 400
    state.curve = [{"step": 10 * n, "loss": 1 / n, "cer": 0.05 / n} for n in range(1, 41)]
    path = folder / "reader.onnx"
    model(path, kind)
    reader_card.write(
        path, state=state, real=real, lines=LINES, sure=np.array([0.99, 0.9, 0.7, 0.6]),
        hits=np.array([True, True, True, False]), calibration=(1.25, -0.5), folder=folder,
    )  # fmt: skip
    return path.with_suffix(".md").read_text(encoding="utf-8")


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    for name in ("a-1", "a-2", "b-page-1-1", "b-page-1-2", "c-1"):
        (tmp_path / "pages" / f"{name}.pickle").touch()
    return tmp_path


def test_the_card_says_what_was_measured(pages: Path) -> None:
    text = card(pages)
    for part in (
        "`0123abcd`",
        "12,800, each moved and paled anew, in 400 batches of 32",
        "logit of confidence = 1.250 × logit of the word's probability -0.500",
        "| 4 lines of real scans with automatic labels, out of 5 pages of 3 documents |",
        "| 400 | 0.025 | 0.12% |",
        "| 0.5 | 100.0% | 25.00% |",
        "| 0.8 | 50.0% | 0.00% |",
        "on 4 words of such lines (part 100000, 4 lines)",
        f"| 0–{reader_training.LESSONS[0].ends:,} |",
    ):
        assert part in text
    # A header, its rule and a dozen rows and one.
    assert len(reader_card._curve([{"step": n, "loss": 1.0, "cer": 0.1} for n in range(40)])) == 14


@pytest.mark.parametrize("kind", ["QuantizeLinear", "Relu"])
def test_the_card_says_how_many_bits_a_number_has(tmp_path: Path, kind: str) -> None:
    assert ("of 8 bits" in card(tmp_path, kind=kind)) is (kind == "QuantizeLinear")


def test_without_real_lines_it_says_so(tmp_path: Path) -> None:
    assert "| no lines of real scans | |" in card(tmp_path, real=None)


def test_the_licence_of_every_font_is_known() -> None:
    assert {face.package for face in (*TYPEFACES, UNSEEN)} <= set(reader_card.LICENCES)


def test_figures_on_pages_come_from_a_file_and_stay(tmp_path: Path) -> None:
    figures = {
        "Real scans": {
            "note": "Nine pages.",
            "columns": ["read", "CER %"],
            "rows": [["tesseract", 1.7], ["both", "0.80"]],
        },
        "Rendered": {"columns": ["read"], "rows": [["lines"]]},
    }
    assert "## On pages" not in card(tmp_path)
    path = tmp_path / "figures.json"
    path.write_text(json.dumps(figures), encoding="utf-8")
    first = card(tmp_path)
    assert first.endswith(
        "## On pages\n\n### Real scans\n\nNine pages.\n\n| read | CER % |\n| --- | --- |\n"
        "| tesseract | 1.7 |\n| both | 0.80 |\n\n### Rendered\n\n| read |\n| --- |\n| lines |\n"
    )
    path.unlink()
    assert card(tmp_path) == first


def test_no_line_of_the_card_is_left_to_be_filled_in(tmp_path: Path) -> None:
    text = card(tmp_path)
    assert "{" not in text.replace(" { ", "")
    assert text.startswith("# The reader of lines `reader.onnx`\n")
