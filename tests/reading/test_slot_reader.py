# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pipeline.dictionary import folder
from pipeline.errors import MissingDependencyError
from pipeline.reading import slot_scores
from pipeline.reading.slot_picture import HEIGHT, WIDTH, grey_of, prepare, views
from pipeline.reading.slot_reader import DigitModel, decide, load, read_slot, read_slots

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.reading.slot_scores import Kind

CLASSES = len(slot_scores.ALPHABET) + 1
COLUMNS = WIDTH // 2
KINDS: tuple[Kind, ...] = ("number", "day", "month", "year")


class Unread:
    """A session that nothing may ask."""

    def run(self, *_: Any) -> Any:
        raise AssertionError("nothing was to be looked at")


TOY = DigitModel(Unread(), slope=1.0, offset=0.0, digest="toy")


def shown(*columns: dict[str, float]) -> np.ndarray:
    """One view with these characters in every third column; what is left is the blank's."""
    seen = np.zeros((1, COLUMNS, CLASSES))
    for place, column in enumerate(columns):
        for mark, chance in column.items():
            seen[0, 3 * place, slot_scores.ALPHABET.index(mark) + 1] = chance
    seen[..., 0] = 1 - seen.sum(axis=2)
    return seen


def printed(text: str, scale: float = 1.1) -> np.ndarray:
    """A crop with a text in a sans-serif font, black on white, RGB."""
    crop = np.full((62, 40 + 24 * max(1, len(text)), 3), 255, np.uint8)
    cv2.putText(crop, text, (16, 44), cv2.FONT_HERSHEY_SIMPLEX, scale, (0, 0, 0), 3, cv2.LINE_AA)
    return crop


class TestScores:
    @pytest.mark.parametrize("text", ["", "1", "11", "12", "112", "a"])
    def test_the_forward_sum_is_that_over_all_paths(self, text: str) -> None:
        rng = np.random.default_rng(3)
        seen = rng.dirichlet(np.full(CLASSES, 0.3), (2, 4))
        marks = sorted({0, *(slot_scores.ALPHABET.index(mark) + 1 for mark in text)})
        expected = np.zeros(2)
        for path in itertools.product(marks, repeat=4):
            kept = [now for before, now in itertools.pairwise((0, *path)) if now != before and now]
            if "".join(slot_scores.ALPHABET[now - 1] for now in kept) == text:
                expected += np.prod(seen[:, range(4), path], axis=1)
        found = slot_scores.probabilities(seen, (text, "987"))
        assert found[0] == pytest.approx(expected.mean())

    @pytest.mark.parametrize(
        ("kind", "some", "none"),
        [
            ("day", ["01", "1", "10", "31", ""], ["0", "00", "32", "010", "3a"]),
            ("month", ["01", "1", "3", "03", "12", ""], ["0", "13", "012"]),
            ("year", ["2024", "1998", "24", ""], ["204", "3024", "1024"]),
        ],
    )
    def test_a_slot_holds_what_its_grammar_allows(
        self, kind: Kind, some: list[str], none: list[str]
    ) -> None:
        texts = slot_scores.grammar(kind)
        assert set(some) <= texts.keys()
        assert not set(none) & texts.keys()

    def test_decree_30_weighs_more_than_the_clerks_habit(self) -> None:
        days, months = slot_scores.grammar("day"), slot_scores.grammar("month")
        assert days["05"] > days["5"]
        assert months["01"] > months["1"]
        assert months["5"] > months["05"]

    @pytest.mark.parametrize(
        ("text", "possible"),
        [
            ("01", True), ("1", True), ("574", True), ("5710", True), ("12a", True), ("", True),
            ("0", False), ("00", False), ("a", False), ("12ab", False), ("1a2", False),
            ("123456", False),
        ],
    )  # fmt: skip
    def test_what_can_be_a_number(self, text: str, possible: bool) -> None:
        assert (slot_scores.number_weight(text) > 0) is possible

    def test_the_beam_finds_what_the_best_path_misses(self) -> None:
        # Each column is rather blank, together they are rather a 7.
        seen = np.zeros((3, CLASSES))
        seen[:, 8], seen[:, 0] = 0.4, 0.6
        assert slot_scores.best_path(seen) == ""
        assert slot_scores.beam(seen)[0] == "7"


class TestDecide:
    def test_a_plain_slot_is_read(self) -> None:
        reading = decide(shown({"1": 0.99}, {"1": 0.99}), "day", TOY)
        assert reading.text == "11"
        assert reading.confidence > 0.9
        assert len(reading.characters) == 2

    def test_the_grammar_speaks_where_the_ink_does_not(self) -> None:
        seen = shown({"7": 0.55, "1": 0.45}, {"2": 1.0})
        assert decide(seen, "number", TOY).text == "72"
        assert decide(seen, "day", TOY).text == "12"
        assert decide(seen, "month", TOY).text == "12"

    def test_what_fits_no_grammar_is_not_believed(self) -> None:
        reading = decide(shown({"7": 0.98, "1": 0.02}, {"8": 1.0}), "day", TOY)
        assert reading.confidence < 0.1

    def test_what_stays_open_is_an_alternative(self) -> None:
        reading = decide(shown({"1": 0.6, "7": 0.4}, {"9": 1.0}), "number", TOY)
        assert reading.text == "19"
        assert reading.alternatives[0][0] == "79"
        assert reading.characters[1] > reading.characters[0]

    def test_views_vote(self) -> None:
        sure = shown({"3": 0.9, "8": 0.1})
        unsure = shown({"3": 0.4, "8": 0.6})
        seen = np.concatenate([unsure, sure, sure])
        assert decide(seen, "month", TOY).text == "3"

    @pytest.mark.parametrize("kind", KINDS)
    def test_an_empty_slot_is_empty(self, kind: Kind) -> None:
        reading = decide(shown(), kind, TOY)
        assert (reading.text, reading.characters) == ("", ())
        assert reading.confidence > 0.99

    @given(st.integers(0, 2**32 - 1), st.sampled_from(KINDS), st.floats(0.01, 3))
    @settings(max_examples=40, deadline=None)
    def test_whatever_is_seen_probabilities_stay_such(
        self, seed: int, kind: Kind, spread: float
    ) -> None:
        seen = np.random.default_rng(seed).dirichlet(np.full(CLASSES, spread), (3, 24))
        reading = decide(np.nan_to_num(seen), kind, TOY)
        chances = [reading.confidence, *(chance for _, chance in reading.alternatives)]
        assert all(0 <= chance <= 1 for chance in (*chances, *reading.characters))
        assert sum(chances) <= 1 + 1e-6
        assert len(reading.characters) == len(reading.text)
        assert reading.text not in dict(reading.alternatives)


class TestPicture:
    def test_red_light_drops_the_seal_and_keeps_blue_ink(self) -> None:
        crop = np.full((60, 90, 3), 255, np.uint8)
        crop[:, 10:20] = (230, 30, 30)
        crop[:, 40:50] = (30, 40, 160)
        grey = grey_of(crop)
        assert grey[0, 15] > 220
        assert grey[0, 45] < 40

    @pytest.mark.parametrize(
        "shape", [(62, 100), (62, 100, 3), (1, 1), (500, 3), (3, 500), (0, 10), (10, 0), (24, 60)]
    )
    def test_any_crop_fits_the_frame(self, shape: tuple[int, ...]) -> None:
        frame = prepare(np.full(shape, 200, np.uint8))
        assert frame.shape == (HEIGHT, WIDTH)
        assert frame.min() >= 250

    def test_faint_ink_becomes_black(self) -> None:
        crop = np.full((60, 90), 230, np.uint8)
        crop[20:40, 40:46] = 150
        assert prepare(crop).min() < 30

    def test_views_are_the_frame_and_frames_near_it(self) -> None:
        frame = prepare(printed("27"))
        seen = views(frame)
        assert (seen[0] == frame).all()
        ink = [int((255 - view.astype(int)).sum()) for view in seen]
        assert len(set(ink)) > 1
        assert all(0.6 < amount / ink[0] < 1.5 for amount in ink)


class TestModel:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [("574", "number"), ("27", "day"), ("12", "month"), ("2024", "year"), ("05", "day")],
    )
    def test_plain_digits_are_read(self, text: str, kind: Kind) -> None:
        reading = read_slot(printed(text), kind)
        assert reading.text == text

    @pytest.mark.parametrize("kind", KINDS)
    def test_nothing_is_invented(self, kind: Kind) -> None:
        assert read_slot(np.full((62, 90, 3), 250, np.uint8), kind).text == ""

    def test_together_as_one_by_one(self) -> None:
        slots: list[tuple[np.ndarray, Kind]] = [(printed("31"), "day"), (printed("105"), "number")]
        together = read_slots(slots)
        for reading, (image, kind) in zip(together, slots, strict=True):
            alone = read_slot(image, kind)
            assert reading.text == alone.text
            assert reading.confidence == pytest.approx(alone.confidence, abs=1e-4)
        assert read_slots([]) == []

    @given(
        arrays.arrays(np.uint8, st.tuples(st.integers(0, 70), st.integers(0, 90))),
        st.sampled_from(KINDS),
    )
    @settings(max_examples=25, deadline=None)
    def test_no_picture_makes_it_raise(self, image: np.ndarray, kind: Kind) -> None:
        assert 0 <= read_slot(image, kind).confidence <= 1

    def test_the_file_is_small(self) -> None:
        assert (folder() / "model" / "digits.onnx").stat().st_size < 2_000_000


class TestWhatIsMissing:
    def test_the_file(self, tmp_path: Path) -> None:
        with pytest.raises(MissingDependencyError, match="make model-digits"):
            load(tmp_path / "digits.onnx")

    @pytest.mark.parametrize("raw", [b"", b"no model", b"\x08\x09" * 40])
    def test_a_file_that_is_no_model(self, tmp_path: Path, raw: bytes) -> None:
        path = tmp_path / "digits.onnx"
        path.write_bytes(raw)
        with pytest.raises(MissingDependencyError, match="cannot be used"):
            load(path)
