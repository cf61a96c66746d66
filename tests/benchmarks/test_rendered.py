# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from benchmarks import rendered
from benchmarks.truth import find_documents
from dictionaries.build.typefaces import TIMES, UNSEEN, lacks
from pipeline.vietnamese import nfc

LACKS = lacks(UNSEEN) or lacks(TIMES)
BASIS = (
    "Căn cứ Luật Tổ chức chính quyền địa phương và theo đề nghị của Giám đốc Sở Nội vụ tại Tờ "
    "trình số 15/TTr-SNV ngày 12 tháng 3 năm 2024 về kế hoạch cải cách hành chính;"
)
HEAD = ["ỦY BAN NHÂN DÂN", "TỈNH HOÀ BÌNH", "Số: 12/KH-UBND", "KẾ HOẠCH"]
FOOT = ["Nơi nhận:", "- Như trên;", "KT. CHỦ TỊCH", "Nguyễn Thị Hoa"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus" / "dev_documents"
    folder.mkdir(parents=True)
    for number in range(6):
        lines = [*HEAD, *[f"{number}.{part}. {BASIS}" for part in range(8)], *FOOT]
        (folder / f"00{number}_KH.txt").write_text("\n".join(lines), "utf-8")
    return tmp_path


RUNNING = [
    ([*HEAD, BASIS, "Điều 1.", *FOOT], [BASIS, "Điều 1."]),
    ([BASIS.upper(), BASIS], [BASIS]),
    ([BASIS, BASIS, "TM. ỦY BAN NHÂN DÂN", BASIS], [BASIS, BASIS]),
    ([BASIS, "Chủ tịch Ủy ban nhân dân tỉnh giao:", "PHỤ LỤC II"], [
        BASIS, "Chủ tịch Ủy ban nhân dân tỉnh giao:"]),
    (["TM. ỦY BAN NHÂN DÂN", BASIS, "Điều 1."], [BASIS, "Điều 1."]),
    (HEAD, []),
    ([], []),
]  # fmt: skip


@pytest.mark.parametrize(("paragraphs", "expected"), RUNNING)
def test_only_running_text_is_set(paragraphs: list[str], expected: list[str]) -> None:
    assert rendered.running(paragraphs) == expected


def test_the_splits_share_no_act(data: Path) -> None:
    stems = {
        split: [path.stem for path in rendered.find_acts(data, split)] for split in rendered.SPLITS
    }
    assert stems == {
        "dev": ["000_KH", "002_KH", "004_KH"],
        "test": ["001_KH", "003_KH", "005_KH"],
    }


def test_without_the_measuring_data_it_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--data", str(tmp_path), "--split", "dev", "--out", str(tmp_path / "out")]
    with pytest.raises(SystemExit):
        rendered.main(arguments)
    assert "--data names the folder" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_pages_are_never_mixed_with_others(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        rendered.main(["--data", str(data), "--split", "dev", "--out", str(tmp_path)])
    assert "is there already" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


@pytest.mark.skipif(bool(LACKS), reason=LACKS)
def test_pages_are_found_with_what_is_printed_on_them(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ["--data", str(data), "--split", "dev", "--out", str(out), "--pages", "3"]
    assert rendered.main(arguments) == 0
    documents = find_documents(out)
    assert [document.stem for document in documents] == [
        "000_KH-p1-termes-normal",
        "002_KH-p1-tinos-normal",
        "004_KH-p1-termes-low",
    ]
    for document in documents:
        (scan,), (truth,) = document.inputs, document.pages
        text = truth.path.read_text("utf-8")
        assert nfc(text) == text
        # Paragraphs may be set in capitals, lines broken anywhere.
        words = " ".join(text.split()).lower()
        start = f"{int(document.stem[:3])}.0. {BASIS}".lower()
        assert words.startswith(start)
        assert len(text.splitlines()) >= 16
        with Image.open(scan) as image:
            dpi = round(image.info["dpi"][0])
            assert image.height == pytest.approx(841.89 / 72 * dpi, abs=2)
            assert (dpi <= 150) is document.stem.endswith("low")


@pytest.mark.skipif(bool(LACKS), reason=LACKS)
def test_the_same_act_gives_the_same_page(data: Path) -> None:
    acts = rendered.find_acts(data, "dev")[:1]
    (first,), (again,) = (list(rendered.rendered(acts, 1)) for _ in range(2))
    assert first.scan.tobytes() == again.scan.tobytes()
    assert (first.name, first.dpi, first.lines) == (again.name, again.dpi, again.lines)


@pytest.mark.skipif(bool(LACKS), reason=LACKS)
def test_acts_that_are_too_short_give_no_page(tmp_path: Path) -> None:
    path = tmp_path / "000_CV.txt"
    path.write_text("\n".join([BASIS] * 2), "utf-8")
    assert not list(rendered.rendered([path], 4))
