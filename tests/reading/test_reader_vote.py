# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import itertools
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.doubt import confidence_of, wrong
from pipeline.model import Box, Line, Word
from pipeline.reading.reader_vote import vote

# Confidences of readers that are rather sure, in doubt, and lost.
SURE, UNSURE, LOST = 0.97, 0.6, 0.1


def word(
    text: str, x: float, width: float = 30, *, y: float = 100, sure: float = SURE, **others: float
) -> Word:
    box = Box(x, y - 10, x + width, y + 2)
    return Word(text, box, sure, others=tuple(others.items()))


def line(text: str, *, y: float = 100, x: float = 60, sure: float = SURE) -> Line:
    """A line whose letters are all six points wide."""
    words, at = [], x
    for part in text.split():
        words.append(word(part, at, 6.0 * len(part), y=y, sure=sure))
        at += 6 * len(part) + 4
    return Line(tuple(words))


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [" ".join(word.text for word in line.words) for line in lines]


def only(lines: tuple[Line, ...]) -> Word:
    ((found,),) = [line.words for line in lines]
    return found


def doubt(found: Word) -> float:
    assert found.confidence is not None
    return wrong(found.confidence)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (SURE, SURE),
        (SURE, LOST),
        (UNSURE, UNSURE),
        (LOST, LOST),
        (LOST, SURE),
    ],
)
def test_where_both_agree_a_word_is_sure(first: float, second: float) -> None:
    found = only(vote([line("huyện", sure=first)], [line("huyện", x=62, sure=second)]))
    assert found.text == "huyện"
    assert doubt(found) <= 0.005
    assert found.others == ()
    assert found.box == line("huyện").box


def test_the_place_of_the_tone_is_no_disagreement() -> None:
    found = only(vote([line("hòa", sure=UNSURE)], [line("hoà", sure=UNSURE)]))
    assert found.text == "hòa"
    assert doubt(found) <= 0.005


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (("thê", UNSURE), ("thể", SURE), "thể"),
        (("thể", SURE), ("thê", UNSURE), "thể"),
        (("thể", SURE), ("thê", LOST), "thể"),
        (("l", LOST), ("1", SURE), "1"),
        (("thể", SURE), ("thê", SURE), "thể"),
    ],
)
def test_where_they_differ_the_likelier_stands(
    ours: tuple[str, float], theirs: tuple[str, float], expected: str
) -> None:
    found = only(vote([line(ours[0], sure=ours[1])], [line(theirs[0], sure=theirs[1])]))
    loser = ({ours[0], theirs[0]} - {expected}).pop()
    assert found.text == expected
    assert [text for text, _ in found.others] == [loser]
    assert doubt(found) > 0.005


def test_numbers_of_the_vote() -> None:
    ours, theirs = wrong(UNSURE), wrong(SURE)
    found = only(vote([line("thê", sure=UNSURE)], [line("thể", sure=SURE)]))
    weights = ((1 - ours) * theirs * 0.35, (1 - theirs) * ours * 0.35)
    total = sum(weights) + ours * theirs
    assert found.confidence == pytest.approx(confidence_of(1 - weights[1] / total))
    assert found.others == (("thê", pytest.approx(weights[0] / total)),)


def test_what_the_other_reader_thought_of_counts() -> None:
    ours, theirs = [line("thê", sure=UNSURE)], [Line((word("thẻ", 60, 18, sure=UNSURE),))]
    hinted = [Line((word("thẻ", 60, 18, sure=UNSURE, thê=0.4),))]
    without, hint = only(vote(ours, theirs)), only(vote(ours, hinted))
    assert hint.text == "thê"
    assert doubt(hint) < doubt(without)


def test_other_readings_of_both_are_kept_the_likeliest_first() -> None:
    ours = [Line((word("thê", 60, 18, sure=UNSURE, thế=0.2),))]
    theirs = [Line((word("thể", 60, 18, sure=SURE, thẻ=0.03, thễ=0.01),))]
    found = only(vote(ours, theirs))
    assert found.text == "thể"
    chances = [chance for _, chance in found.others]
    assert {text for text, _ in found.others} == {"thê", "thế", "thẻ", "thễ"}
    assert chances == sorted(chances, reverse=True)


def test_of_two_in_doubt_the_first_stays() -> None:
    found = only(vote([line("l", sure=LOST)], [line("1", sure=0.45)]))
    assert found.text == "l"
    assert found.others[0][0] == "1"
    assert found.others[0][1] > 1 - doubt(found)


def test_the_box_is_that_of_the_first() -> None:
    ours, theirs = word("thê", 60, 18, sure=LOST), word("thể", 61, 20, sure=SURE)
    found = only(vote([Line((ours,))], [Line((theirs,))]))
    assert (found.text, found.box) == ("thể", ours.box)


class TestCutAndJoined:
    def test_what_one_cut_the_other_mends(self) -> None:
        ours = [Line((word("phòng", 60, 30, sure=LOST), word("ch", 94, 12, sure=LOST),
                      word("áy", 107, 12, sure=LOST)))]  # fmt: skip
        theirs = [line("phòng cháy", sure=SURE)]
        assert texts(vote(ours, theirs)) == ["phòng cháy"]

    def test_they_stand_side_by_side_as_high_as_the_first(self) -> None:
        ours = [Line((word("phòngcháy", 60, 58, sure=LOST),))]
        theirs = [line("phòng cháy", y=102)]
        (found,) = vote(ours, theirs)
        boxes = [word.box for word in found.words if word.box]
        assert [(box.x0, box.x1) for box in boxes] == [(60, 90), (94, 118)]
        assert {(box.y0, box.y1) for box in boxes} == {(90, 102)}

    def test_what_one_joined_the_other_parts(self) -> None:
        ours = [Line((word("phòngcháy", 60, 58, sure=LOST),))]
        (found,) = vote(ours, [line("phòng cháy")])
        assert [word.text for word in found.words] == ["phòng", "cháy"]
        assert [word.others for word in found.words] == [(), ()]

    def test_the_surer_cut_stays(self) -> None:
        theirs = [Line((word("phòngcháy", 60, 58, sure=LOST),))]
        assert texts(vote([line("phòng cháy")], theirs)) == ["phòng cháy"]

    def test_equally_many_that_overlap_stand_together(self) -> None:
        ours = [Line((word("phòn", 60, 24, sure=LOST), word("gcháy", 86, 32, sure=LOST)))]
        (found,) = vote(ours, [line("phòng cháy")])
        assert [word.text for word in found.words] == ["phòng", "cháy"]

    def test_what_is_quite_another_text_is_no_cut(self) -> None:
        ours = [Line((word("phòngcháy", 60, 58, sure=LOST),))]
        assert texts(vote(ours, [line("ban ngày")])) == ["phòngcháy"]

    def test_two_layouts_are_no_cut(self) -> None:
        ours = [line("một hai ba bốn", sure=LOST)]
        theirs = [Line((word("một-hai-ba-bốn", 60, 96, sure=SURE),))]
        assert texts(vote(ours, theirs)) == ["một hai ba bốn"]


class TestWhatOneSaw:
    def test_what_only_the_first_saw_stays_as_it_is(self) -> None:
        ours = line("cháy rừng", sure=UNSURE)
        assert vote([ours], []) == (ours,)
        assert vote([ours], [line("nắng", y=300)])[0] == ours

    def test_what_only_the_second_saw_is_a_line_if_it_is_sure(self) -> None:
        ours, theirs = line("cháy rừng"), line("Lưu: VT", y=300)
        assert texts(vote([ours], [line("cháy rừng"), theirs])) == ["cháy rừng", "Lưu: VT"]

    @pytest.mark.parametrize(("text", "sure"), [("Lưu", 0.8), ("xqzk", 0.99), ("~;", 0.99)])
    def test_junk_that_only_the_second_saw_is_none(self, text: str, sure: float) -> None:
        ours = line("cháy rừng")
        found = vote([ours], [line("cháy rừng"), line(text, y=300, sure=sure)])
        assert texts(found) == ["cháy rừng"]

    def test_words_without_confidence_lose(self) -> None:
        ours = [Line((Word("thê", Box(60, 90, 78, 102)),))]
        assert only(vote(ours, [line("thể", sure=SURE)])).text == "thể"

    def test_nothing_and_nothing_is_nothing(self) -> None:
        assert vote([], []) == ()


class TestLines:
    def test_words_meet_those_of_their_own_line(self) -> None:
        ours = [line("mức cao", y=100, sure=UNSURE), line("yêu cầu", y=116, sure=UNSURE)]
        theirs = [line("yêu cầu", y=115), line("mức cao", y=99)]
        found = vote(ours, theirs)
        assert texts(found) == ["mức cao", "yêu cầu"]
        assert all(doubt(word) <= 0.005 for line in found for word in line.words)

    def test_lines_keep_their_order_and_words_theirs(self) -> None:
        ours = [line("hai ba", y=200), line("một", y=100)]
        theirs = [line("một", y=100), line("hai ba", y=200)]
        assert texts(vote(ours, theirs)) == ["hai ba", "một"]

    def test_one_line_of_ours_may_be_two_of_theirs(self) -> None:
        ours = [line("Nơi nhận: CHỦ TỊCH", sure=UNSURE)]
        left, right = ours[0].words[:2], ours[0].words[2:]
        assert texts(vote(ours, [Line(left), Line(right)])) == ["Nơi nhận: CHỦ TỊCH"]

    def test_a_word_over_two_lines_of_ours_changes_neither(self) -> None:
        ours = [line("mức", y=100), line("yêu", y=112)]
        seal = Word("O", Box(55, 88, 85, 116), 0.99)
        assert vote(ours, [Line((seal,))]) == tuple(ours)


SYLLABLES = st.sampled_from("thể thê the hòa hoà 12 1Z ~ huyện xqzk CHỈ".split())
CONFIDENCES = st.one_of(st.none(), st.floats(0, 1))
OTHERS = st.dictionaries(SYLLABLES, st.floats(0, 0.5), max_size=2)


@st.composite
def pages(draw: st.DrawFn) -> list[Line]:
    """Lines of words that do not overlap."""
    lines = []
    for y in draw(st.lists(st.integers(1, 4), unique=True, max_size=4)):
        edges = sorted(draw(st.lists(st.integers(0, 200), unique=True, max_size=8)))
        found = [
            Word(
                draw(SYLLABLES),
                Box(a, 20 * y - 10, b - 1 if b > a + 1 else b, 20 * y + 2),
                draw(CONFIDENCES),
                others=tuple(draw(OTHERS).items()),
            )
            for a, b in itertools.pairwise(edges)
        ]
        lines.append(Line(tuple(found)))
    return lines


@given(pages(), pages())
@settings(max_examples=150, deadline=None)
def test_every_place_is_covered_once(base: list[Line], second: list[Line]) -> None:
    found = vote(base, second)
    after = list(chain.from_iterable(line.words for line in found))
    sources = list(chain.from_iterable(line.words for line in (*base, *second)))
    for before in chain.from_iterable(line.words for line in base):
        assert any(shared(before, word) > 0 for word in after)
    for word in after:
        assert any(shared(word, source) > 0 and word.text == source.text for source in sources)
    for one, other in itertools.combinations(after, 2):
        assert shared(one, other) <= 0.35
    for line in found:
        assert line.words
        lefts = [word.box.x0 for word in line.words if word.box]
        assert lefts == sorted(lefts)


def shared(one: Word, other: Word) -> float:
    """Return how much of the narrower word lies on the other, 0 if they are of other lines."""
    a, b = one.box, other.box
    if a is None or b is None or min(a.y1, b.y1) <= max(a.y0, b.y0):
        return 0.0
    return (min(a.x1, b.x1) - max(a.x0, b.x0)) / min(a.width, b.width)


@given(pages(), pages())
@settings(max_examples=100, deadline=None)
def test_chances_stay_such(base: list[Line], second: list[Line]) -> None:
    untouched = {id(word) for line in (*base, *second) for word in line.words}
    for word in chain.from_iterable(line.words for line in vote(base, second)):
        if id(word) not in untouched:
            chances = [chance for _, chance in word.others]
            assert word.confidence is not None
            assert 0 <= word.confidence <= 1
            assert chances == sorted(chances, reverse=True)
            assert all(0 <= chance <= 1 for chance in chances)
            assert word.text not in dict(word.others)


@given(pages())
@settings(max_examples=50, deadline=None)
def test_two_readers_that_agree_change_nothing_but_their_doubts(base: list[Line]) -> None:
    found = vote(base, base)
    assert texts(found) == [text for text in texts(tuple(base)) if text]
    assert all(doubt(word) <= 0.005 for line in found for word in line.words)
