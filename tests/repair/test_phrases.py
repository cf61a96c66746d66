# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest

from pipeline.repair import phrases
from pipeline.repair.phrases import best, core, lexicon, snap


def snapped(text: str, zone: str, *, garbled: bool) -> str:
    words = text.split()
    changes = snap(words, (0, len(words) - 1), lexicon(zone), garbled=garbled, rule=zone)
    for change in reversed(changes):
        words[change.first : change.last + 1] = [change.text]
    return " ".join(words)


@pytest.mark.parametrize(
    ("zone", "seen", "right"),
    [
        ("motto", "Poc 1ap - Tw do - Hanh phiic", "Độc lập - Tự do - Hạnh phúc"),
        ("organ", "UY BAN NHAN DAN", "ỦY BAN NHÂN DÂN"),
        ("organ", "BOYTE", "BỘ Y TẾ"),
        ("organ", "So Noi vu", "Sở Nội vụ"),
        ("organ", "Bo Noi vu", "Bộ Nội vụ"),
        ("place", "HUYEN LUC NAM", "HUYỆN LỤC NAM"),
        ("place", "Luc Nam,", "Lục Nam,"),
        ("place", "huyén Luc Ngan", "huyện Lục Ngạn"),
        ("type", "KE HOACH", "KẾ HOẠCH"),
        ("signing", "HO CHU TICH", "PHÓ CHỦ TỊCH"),
        ("signing", "CHU TICH", "CHỦ TỊCH"),
        ("heading", "TO CHUC THUC HIEN", "TỔ CHỨC THỰC HIỆN"),
        (
            "heading",
            "Phong Lao dgng - Thwong binh va Xa hoi",
            "Phòng Lao động - Thương binh và Xã hội",
        ),
    ],
)
def test_garbled_formulas(zone: str, seen: str, right: str) -> None:
    assert snapped(seen, zone, garbled=True) == right


@pytest.mark.parametrize(
    ("zone", "seen", "right"),
    [
        ("motto", "CỌNG HÒA XÃ HỌI CHỦ NGHĨA VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("organ", "ỦYBANNHÂN DÂN", "ỦY BAN NHÂN DÂN"),
        ("type", "QUYÉT ĐỊNH", "QUYẾT ĐỊNH"),
        ("recipient", "Nh ư trên;", "Như trên;"),
        ("label", "Noi nhận:", "Nơi nhận:"),
    ],
)
def test_small_faults_of_a_vietnamese_reader(zone: str, seen: str, right: str) -> None:
    assert snapped(seen, zone, garbled=False) == right


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("organ", "Sở Nội vụ"),
        ("organ", "Cơ sở Nội trú"),
        ("organ", "BỘ LAO ĐỘNG-THƯƠNG BINH VÀ XÃ HỘI"),
        ("place", "huyện Lục Ngạn"),
        ("place", "Lục Năm"),
        ("signing", "CHỦ TỊCH HỘI ĐỒNG QUẢN TRỊ"),
        ("signing", "PHÓ CHỦ TỊCH"),
        ("type", "QUYẾT TOÁN"),
        ("motto", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("heading", "Tổ chức thực hành"),
        ("recipient", "Các Sở, ban, ngành, đoàn thể tỉnh;"),
        ("recipient", "TTr Tỉnh ủy, TTr HĐND tỉnh;"),
        ("recipient", "UBND các xã/phường;"),
        ("heading", "Ủy ban nhân dân xã, phường"),
    ],
)
def test_right_text_is_never_bent(zone: str, text: str) -> None:
    assert snapped(text, zone, garbled=False) == text


@pytest.mark.parametrize("zone", ["organ", "place", "type", "signing", "recipient", "heading"])
def test_every_phrase_is_right_as_it_is(zone: str) -> None:
    for phrase in lexicon(zone).phrases[:400]:
        assert snapped(phrase, zone, garbled=False) == phrase
        found = best([core(word) for word in phrase.split() if core(word)], lexicon(zone))
        assert found is not None, phrase


def test_two_that_are_equally_alike_are_left() -> None:
    # Thanh Hà and Thạnh Hạ: the letters alone do not tell.
    known = phrases.Lexicon.of(["Thanh Hà", "Thạnh Hạ"], fixed=False, least=0.8)
    assert best(["Thanh", "Ha"], known) is None


def test_the_archivist_s_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    real = phrases.rows
    own = ({"phrase": "Ban Quản lý rừng Tây Yên Tử", "kind": "agency", "source": "mine"},)
    monkeypatch.setattr(phrases, "rows", lambda name: own if name == "custom" else real(name))
    for cached in (phrases.formulas, phrases.agencies, phrases.lexicon):
        cached.cache_clear()
    try:
        assert snapped("Ban Quan ly rirng Tay Yén Tir", "organ", garbled=True) == own[0]["phrase"]
    finally:
        for cached in (phrases.formulas, phrases.agencies, phrases.lexicon):
            cached.cache_clear()
