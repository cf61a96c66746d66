# SPDX-License-Identifier: Apache-2.0
"""Pages for the tests: words set in place by hand, and the same page painted with Tinos."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.model import Box, Line, Word
from samples.source import FontMissingError, font_path

WIDTH, HEIGHT = 595.0, 842.0

try:
    font_path("regular")
except FontMissingError as missing:
    pytest.skip(str(missing), allow_module_level=True)


@dataclass(frozen=True)
class Text:
    """A printed line: its left edge and base line in points, its size, and whether it is bold."""

    x: float
    y: float
    text: str
    size: float = 13.0
    bold: bool = False


def font(size: float, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_path("bold" if bold else "regular")), round(size))


def words(text: Text, confidence: float | None = 0.95) -> Line:
    """Return the words of a line with the boxes that the font gives them."""
    face = font(text.size * 10, bold=text.bold)
    found = []
    at = 0
    for word in text.text.split(" "):
        if word:
            left = text.x + face.getlength(text.text[:at]) / 10
            right = left + face.getlength(word) / 10
            box = Box(left, text.y - 0.72 * text.size, right, text.y + 0.2 * text.size)
            found.append(Word(word, box, confidence))
        at += len(word) + 1
    return Line(tuple(found))


def typeset(*texts: Text) -> tuple[Line, ...]:
    return tuple(words(text) for text in texts)


def paint(texts: list[Text], dpi: float = 200.0) -> Image.Image:
    """Return a page in colour with the lines printed in black."""
    scale = dpi / 72
    page = Image.new("RGB", (round(WIDTH * scale), round(HEIGHT * scale)), "white")
    draw = ImageDraw.Draw(page)
    for text in texts:
        face = font(text.size * scale, bold=text.bold)
        draw.text((text.x * scale, text.y * scale), text.text, "black", face, anchor="ls")
    return page


HEAD = [
    Text(88, 70, "ỦY BAN NHÂN DÂN", 12, bold=True),
    Text(92, 86, "HUYỆN PHÚ HÒA", 12, bold=True),
    Text(270, 70, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True),
    Text(325, 86, "Độc lập - Tự do - Hạnh phúc", 13, bold=True),
    Text(90, 112, "Số: 37/CT-UBND", 13),
    Text(300, 112, "Phú Hòa, ngày 12 tháng 8 năm 2021", 13),
]
TITLE = [
    Text(270, 150, "CHỈ THỊ", 14, bold=True),
    Text(140, 168, "Về việc tăng cường phòng cháy, chữa cháy rừng mùa khô", 13, bold=True),
    Text(230, 186, "trên địa bàn huyện Phú Hòa", 13, bold=True),
]
BODY = [
    Text(113, 226, "Thời gian qua, thời tiết nắng nóng kéo dài, nguy cơ cháy rừng ở mức", 13.5),
    Text(85, 244, "cao. Để chủ động ứng phó, Chủ tịch Ủy ban nhân dân huyện yêu cầu thủ", 13.5),
    Text(85, 262, "trưởng các cơ quan, đơn vị thực hiện tốt các nhiệm vụ sau đây:", 13.5),
    Text(113, 286, "1. Hạt Kiểm lâm chủ trì, phối hợp với Công an huyện kiểm tra các khu", 13.5),
    Text(85, 304, "vực trọng điểm; báo cáo kết quả trước ngày 30 tháng 8 năm 2021.", 13.5),
    Text(113, 328, "2. Ủy ban nhân dân các xã, thị trấn duy trì chế độ trực ban và chuẩn bị", 13.5),
    Text(85, 346, "sẵn sàng lực lượng, phương tiện để chữa cháy khi có yêu cầu./.", 13.5),
]
FOOT = [
    Text(85, 400, "Nơi nhận:", 12, bold=True),
    Text(85, 416, "- Như trên;", 11),
    Text(85, 430, "- Thường trực Huyện ủy;", 11),
    Text(85, 444, "- Lưu: VT, KL.", 11),
    Text(375, 400, "KT. CHỦ TỊCH", 13, bold=True),
    Text(368, 416, "PHÓ CHỦ TỊCH", 13, bold=True),
    Text(372, 500, "Trần Văn Bình", 13.5, bold=True),
]
DIRECTIVE = [*HEAD, *TITLE, *BODY, *FOOT]
