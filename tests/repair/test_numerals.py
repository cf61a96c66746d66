# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.numerals import Item, mend_numerals

PLAN = Path(__file__).parent.parent.parent / "samples" / "plan-194.txt"


def items(text: str) -> list[Item]:
    """Words of a list; "I.^" stands before a heading in capitals, "-" for a line of text."""
    return [Item(word.removesuffix("^"), word.endswith("^")) for word in text.split()]


def mended(text: str) -> str:
    words = text.split()
    for mend in mend_numerals(items(text)):
        words[mend.place] = mend.text + "^" * words[mend.place].endswith("^")
    return " ".join(words)


@pytest.mark.parametrize(
    ("seen", "right"),
    [
        # Headings in Roman numerals, read as strokes and digits.
        ("|.^ - 1.^ - I11.^ - IV.^ V.^", "I.^ - II.^ - III.^ - IV.^ V.^"),
        ("|.^ 1. 2. 1.^ 1. 2. I11.^ IV.^", "I.^ 1. 2. II.^ 1. 2. III.^ IV.^"),
        ("1.^ - II.^ - III.^", "I.^ - II.^ - III.^"),
        ("l.^ II.^", "I.^ II.^"),
        ("!.^ - II.^ - III.^", "I.^ - II.^ - III.^"),
        ("I.^ - 11.^ - III.^", "I.^ - II.^ - III.^"),
        ("I.^ - ll.^ - III.^", "I.^ - II.^ - III.^"),
        ("I.^ - ll.^", "I.^ - II.^"),
        ("I.^ H.^ III.^ IV.^", "I.^ II.^ III.^ IV.^"),
        ("I.^ II.^ HI.^ IV.^", "I.^ II.^ III.^ IV.^"),
        ("I.^ II.^ 111.^ IV.^", "I.^ II.^ III.^ IV.^"),
        ("I.^ II.^ 111.^", "I.^ II.^ III.^"),
        ("I.^ II.^ M.^ IV.^", "I.^ II.^ III.^ IV.^"),
        ("I.^ II.^ III.^ 1V.^ V.^", "I.^ II.^ III.^ IV.^ V.^"),
        ("I.^ II.^ III.^ lV.^", "I.^ II.^ III.^ IV.^"),
        ("III.^ IV.^ Y.^ VI.^", "III.^ IV.^ V.^ VI.^"),
        ("IV.^ V.^ V1.^ VII.^", "IV.^ V.^ VI.^ VII.^"),
        ("V.^ VI.^ VIl.^ V111.^ IX.^", "V.^ VI.^ VII.^ VIII.^ IX.^"),
        ("VIII.^ 1X.^ X.^ x1.^", "VIII.^ IX.^ X.^ XI.^"),
        ("I.^ 1.^ III.^", "I.^ II.^ III.^"),
        ("I,^ II.^ III.^", "I.^ II.^ III.^"),
        # The numeral glued to its heading stays glued.
        ("III.^ IV.^ V.TỔ^", "III.^ IV.^ V.TỔ^"),
        ("I.^ I1.NỘI^ III.^", "I.^ II.NỘI^ III.^"),
        # Roman headings that are not in capitals.
        ("|. - II. - III.", "I. - II. - III."),
        ("I. - ll. - III.", "I. - II. - III."),
        # Arabic numbers.
        ("l. 2. 3.", "1. 2. 3."),
        ("|. 2.", "1. 2."),
        ("I. 2. 3.", "1. 2. 3."),
        ("8. 9. lO. 11.", "8. 9. 10. 11."),
        ("9. 1O. ll. 12.", "9. 10. 11. 12."),
        ("10. ll. 12.", "10. 11. 12."),
        ("18. l9. 20.", "18. 19. 20."),
        ("1. 2. 3. 4. S. 6.", "1. 2. 3. 4. 5. 6."),
        ("1. Z. 3.", "1. 2. 3."),
        ("6. 7. B. 9.", "6. 7. 8. 9."),
        ("l/ 2/ 3/", "1/ 2/ 3/"),
        ("l) 2) 3)", "1) 2) 3)"),
        ("l.^ 2.^ 3.^", "1.^ 2.^ 3.^"),
        ("I.^ l. 2. II.^ |. 2.", "I.^ 1. 2. II.^ 1. 2."),
        ("1. l.1. 1.2. 2. 2.l. 2.2.", "1. 1.1. 1.2. 2. 2.1. 2.2."),
        ("1. 1.l. 1.2. 1.3. 2.", "1. 1.1. 1.2. 1.3. 2."),
        # Letters of items.
        ("â) b) c)", "a) b) c)"),
        ("a) b) ¢) d)", "a) b) c) d)"),
        ("a) 6) c)", "a) b) c)"),
        ("a) h) c) d)", "a) b) c) d)"),
        ("a) b) e) d) đ)", "a) b) c) d) đ)"),
        ("a) b) c) d) d) e) g)", "a) b) c) d) đ) e) g)"),
        ("a) b) c) d) đ) é) g)", "a) b) c) d) đ) e) g)"),
        ("e) g) h) 1) k)", "e) g) h) i) k)"),
        ("h) i) k) 1) m)", "h) i) k) l) m)"),
        ("a) b} c)", "a) b) c)"),
        ("4) b) c)", "a) b) c)"),
        ("a) b) ©) d)", "a) b) c) d)"),
        # Marks behind numbers.
        ("1, 2. 3.", "1. 2. 3."),
        ("1. 2, 3.", "1. 2. 3."),
        ("1. @) b) 2. a) b)", "1. a) b) 2. a) b)"),
    ],
)
def test_a_sequence_mends_its_numerals(seen: str, right: str) -> None:
    assert mended(seen) == right


@pytest.mark.parametrize(
    "text",
    [
        # Alone, nothing is known.
        "|.^",
        "l.",
        "- 1.^ -",
        "d)",
        "lO.",
        # As written.
        "I.^ 1. 2. II.^ 1. 2. III.^",
        "I.^ 1.^ 2.^ II.^ 1.^ 2.^ III.^",
        "I.^ 1.^ II.^",
        "1. 2. 3. 1. 2.",
        "1.^ 2.^ 3.^",
        "A.^ I.^ II.^ B.^ I.^ II.^",
        "a) b) c) d) đ) e)",
        "a) b) c) d) e)",  # some writers leave đ) out
        "a. b. c. d. đ.",
        "k. l. m.",
        "h) i) k) l) m)",
        "1.1. 1.2. 1.3.",
        "Điều 1. 2. Điều 1. a) b) 2. Điều 1.",
        "1. a) b) c) 2. a) b) 3. a)",
        "a) 1) 2) b) 1) 2)",
        # Digits that follow nothing are the writer's, and so are gaps.
        "1. 2. 4. 5.",
        "1. 2. 2. 3.",
        "I.^ II.^ II.^ III.^",
        "I.^ III.^ IV.^",
        "2025. 1. 2.",
        "19/9/2022 1. 2.",
        # No numerals at all.
        "I.^ TL.^ III.^ TM.^",
        "|.^ 1.^ 111.^",  # none of them is sure
        "Điều của Ủy TT. KT. - + •",
        "l. - l. - l.",
    ],
)
def test_what_must_stay(text: str) -> None:
    assert mended(text) == text


def test_one_neighbour_is_less_sure_than_two_and_a_lost_stroke_less_than_a_look_alike() -> None:
    (between,) = mend_numerals(items("I.^ ll.^ III.^"))
    (last,) = mend_numerals(items("I.^ ll.^"))
    (lost,) = mend_numerals(items("I.^ 1.^ III.^"))
    assert between.score > last.score
    assert between.score > lost.score
    assert all(0.8 < mend.score < 1 for mend in (between, last, lost))


@pytest.mark.parametrize(
    ("lines", "right"),
    [
        ("- Bộ Nội vụ;|~ Bộ Y tế;|~- Sở Y tế;|_ Lưu: VT.", "- - - -"),
        ("~ Bộ Y tế;", "-"),
        ("~ 5 ha", "~"),
        ("— Bộ Y tế;|— Sở Y tế;", "— —"),  # the writer's own
        ("- Bộ Y tế;|— Sở Y tế;", "- -"),
        ("– Bộ Y tế;|- Sở Y tế;", "– -"),
        ("khoản|1, 2 và 3 Điều 5|2. Yêu cầu|3. Kinh phí", "khoản 1, 2. 3."),
    ],
)
def test_dashes_and_commas_at_the_beginning_of_lines(lines: str, right: str) -> None:
    found = [Item.of(line) for line in lines.split("|")]
    tokens = [item.token for item in found]
    for mend in mend_numerals(found):
        tokens[mend.place] = mend.text
    assert " ".join(tokens) == right


def test_items_of_lines() -> None:
    assert Item.of("  |. MỤC ĐÍCH, YÊU CẦU") == Item("|.", capitals=True)
    assert Item.of("1. Mục đích") == Item("1.", capitals=False)
    assert Item.of("1, 2 và 3") == Item("1,", capitals=False, opens=False)
    assert Item.of("V.TỔ CHỨC THỰC HIỆN") == Item("V.TỔ", capitals=True)
    assert Item.of("") == Item("", capitals=False, opens=False)


def test_headings_of_the_founding_plan() -> None:
    lines = [line for line in PLAN.read_text(encoding="utf-8").splitlines() if line.strip()]
    mends = mend_numerals([Item.of(line) for line in lines])
    changed = {lines[mend.place].split()[1]: mend.text for mend in mends}
    assert changed == {"MUC": "I.", "POI": "II.", "NOI": "III."}
    assert [line[:4] for line in lines if line.startswith(("IV.", "V.TO"))] == ["IV. ", "V.TO"]


TOKENS = st.sampled_from([*"I. II. III. 1. 2. 3. l. |. ll. a) b) d) đ) 1.1. 1) - Điều".split()])


@given(st.lists(st.builds(Item, TOKENS, st.booleans()), max_size=25))
def test_mending_twice_changes_no_more_than_once_and_lengths_agree(found: list[Item]) -> None:
    mends = mend_numerals(found)
    assert all(found[mend.place].token != mend.text for mend in mends)
    assert [mend.place for mend in mends] == sorted({mend.place for mend in mends})
    assert all(found[mend.place].token not in ("-", "Điều", "II.", "2.") for mend in mends)


@given(st.integers(2, 9), st.integers(2, 20))
def test_a_right_list_stays(sections: int, size: int) -> None:
    romans = "I II III IV V VI VII VIII IX".split()[:sections]
    text = " ".join(
        f"{roman}.^ " + " ".join(f"{number}. -" for number in range(1, size)) for roman in romans
    )
    assert mended(text) == text
