# SPDX-License-Identifier: Apache-2.0
"""Arrows point down: cli -> batch -> run -> rooms -> hall; a room never imports its neighbour."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "pipeline"
ROOMS = {"intake", "reading", "repair", "extract", "export"}
# The hall, each floor may import those before it.
HALL = [
    "vietnamese",
    "errors",
    "settings",
    "dictionary",
    "likeness",
    "doubt",
    "model",
    "record_pages",
    "record",
    "passage",
    "provenance",
]
ABOVE = ["page_warnings", "run", "batch", "doctor", "progress", "cli_runs", "cli", "__main__"]
# Each outside program or large library has one door.
DOORS = {
    "pytesseract": {"reading/ocr.py"},
    "tesserocr": {"reading/ocr_library.py"},
    "pdf2image": {"intake/raster.py"},
    "onnxruntime": {"reading/networks.py"},
    "spacy": {"extract/nlp.py"},
    "mmap": {"repair/language_model.py"},
    "pandas": {"export/table.py"},
    "pebble": {"batch/pool.py"},
    "distributed": {"batch/cluster.py", "batch/cluster_worker.py"},
}

MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def imports(module: str) -> set[str]:
    tree = ast.parse((PACKAGE / module).read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def ours(module: str) -> set[str]:
    """Names of the parts of the package that a module imports: rooms, or modules of the hall."""
    return {name.split(".")[1] for name in imports(module) if name.startswith("pipeline.")}


@pytest.mark.parametrize("module", MODULES)
def test_arrows_point_down(module: str) -> None:
    part = Path(module).parts[0].removesuffix(".py")
    used = ours(module) & ({*HALL, *ABOVE} | ROOMS)
    if part in ROOMS:
        allowed = {part, *HALL}
    elif part in HALL:
        allowed = set(HALL[: HALL.index(part)])
    elif part in ABOVE:
        allowed = {*ROOMS, *HALL, *ABOVE[: ABOVE.index(part)]}
        allowed |= {part} if "/" in module else set()
    else:
        allowed = set()
    assert used <= allowed, f"{module} imports {sorted(used - allowed)}"


def used_when_run(module: str) -> set[str]:
    """Names of modules that are imported when this one is, not only when types are checked."""
    tree = ast.parse((PACKAGE / module).read_text(encoding="utf-8"))
    return {
        node.module
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module is not None
    }


@pytest.mark.parametrize("room", [*sorted(ROOMS), "batch"])
def test_within_a_room_too(room: str) -> None:
    """No two modules of a room need each other; CycleError names those that do."""
    arrows = {
        f"pipeline.{room}.{Path(module).stem}": used_when_run(module)
        for module in MODULES
        if module.startswith(f"{room}/")
    }
    order = list(TopologicalSorter(arrows).static_order())
    assert set(arrows) <= set(order)


def test_the_repair_of_plain_text_stands_on_top_of_its_room() -> None:
    users = {module for module in MODULES if "pipeline.repair.text" in imports(module)}
    assert users == {"cli.py"}


@pytest.mark.parametrize("module", MODULES)
def test_every_module_is_placed(module: str) -> None:
    part = Path(module).parts[0].removesuffix(".py")
    assert part in {*ROOMS, *HALL, *ABOVE, "__init__"}, f"say in this test where {module} stands"


@pytest.mark.parametrize(("library", "doors"), DOORS.items())
def test_a_library_has_one_door(library: str, doors: set[str]) -> None:
    users = {
        module
        for module in MODULES
        if any(name.split(".")[0] == library for name in imports(module))
    }
    assert users == doors


@pytest.mark.parametrize("module", MODULES)
def test_files_stay_small(module: str) -> None:
    assert len((PACKAGE / module).read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("module", MODULES)
def test_functions_stay_small(module: str) -> None:
    tree = ast.parse((PACKAGE / module).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= 40, f"{node.name} has {lines} lines"
