#!/bin/sh
# Install what the program needs from the system: Tesseract with its Vietnamese model, poppler,
# and Python's venv; with the argument `fonts` also the font that the tests typeset pages with.
# Does nothing where all of it is there already.
set -eu

missing=""
need() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
need_model() { tesseract --list-langs 2>/dev/null | grep -qx "$1" || missing="$missing tesseract-ocr-$1"; }

need tesseract tesseract-ocr
need pdftoppm poppler-utils
need_model vie
need_model osd
"${PYTHON:-python3}" -c "import ensurepip, venv" 2>/dev/null || missing="$missing python3-venv"
if [ "${1:-}" = fonts ] && [ ! -e /usr/share/fonts/truetype/croscore/Tinos-Regular.ttf ]; then
  # Elsewhere the tests that need the font are skipped, and say so.
  ! command -v apt-get >/dev/null 2>&1 || missing="$missing fonts-croscore"
fi
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  cat >&2 <<MESSAGE
sohoa needs these programs, which this system does not have (names of the Debian packages):
 $missing
Install them with your package manager, for instance
  Fedora:  sudo dnf install tesseract tesseract-langpack-vie tesseract-osd poppler-utils
  Arch:    sudo pacman -S tesseract tesseract-data-vie tesseract-data-osd poppler
  macOS:   brew install tesseract tesseract-lang poppler
and run the same command again.
MESSAGE
  exit 3
fi

as_root=""
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "Run this as root, then try again: apt-get install -y$missing" >&2
    exit 3
  fi
  as_root="sudo"
fi
echo "installing:$missing" >&2
$as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of package names
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >&2
