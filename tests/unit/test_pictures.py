"""Pictures lose what names their maker, and nothing that is drawn."""

import struct
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.evidence import FileWrong
from app.domain.pictures import bare_jpeg, bare_png, bare_webp

NAME = b"Eva Prueba"


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(*extra: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + b"".join(extra) + chunk(b"IDAT", zlib.compress(b"\x00\x07")) + chunk(b"IEND", b"")
    )


def test_a_png_keeps_the_chunks_that_draw_it() -> None:
    colours = chunk(b"gAMA", b"\x00\x00\xb1\x8f")
    said = [chunk(name, b"Author\x00" + NAME) for name in (b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME", b"prVt")]
    assert bare_png(png(colours, *said) + NAME) == png(colours)


def segment(mark: int, body: bytes) -> bytes:
    return bytes([0xFF, mark]) + struct.pack(">H", len(body) + 2) + body


def exif(orientation: int, order: str = ">") -> bytes:
    """An EXIF segment as a telephone writes it, with its owner's name."""
    head = b"MM\x00*" if order == ">" else b"II*\x00"
    rows = struct.pack(f"{order}HHHII", 2, 0x013B, 2, len(NAME), 38)
    rows += struct.pack(f"{order}HHIHHI", 0x0112, 3, 1, orientation, 0, 0)
    return segment(0xE1, b"Exif\x00\x00" + head + struct.pack(f"{order}I", 8) + rows + NAME)


JFIF = segment(0xE0, b"JFIF\x00\x01\x02")
COLOURS = segment(0xE2, b"ICC_PROFILE\x00\x01\x01x")
ADOBE = segment(0xEE, b"Adobe\x00d")
TABLES = segment(0xDB, b"\x00" * 65)
SCAN = segment(0xDA, b"\x01\x01\x00") + b"\x12\xff\x00\x34\xff\xd0\x56\xff\xff\xd1"
SAID = (
    segment(0xFE, NAME),
    segment(0xED, b"Photoshop 3.0\x00" + NAME),
    segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + NAME),
    segment(0xE2, b"MPF\x00" + NAME),
    segment(0xE0, b"JFXX\x00" + NAME),
)


def jpeg(*segments: bytes) -> bytes:
    return b"\xff\xd8" + b"".join(segments) + b"\xff\xd9"


def test_a_jpeg_keeps_its_colours_and_every_scan_and_loses_the_rest() -> None:
    whole = jpeg(JFIF, *SAID, exif(1), COLOURS, ADOBE, TABLES, SCAN, SAID[0], TABLES, SCAN)
    assert bare_jpeg(whole + b"second picture of " + NAME) == jpeg(JFIF, COLOURS, ADOBE, TABLES, SCAN, TABLES, SCAN)


@pytest.mark.parametrize("order", [">", "<"])
@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_jpeg_still_knows_which_way_is_up(orientation: int, order: str) -> None:
    bare = bare_jpeg(jpeg(JFIF, exif(orientation, order), TABLES, SCAN))
    assert NAME not in bare
    assert bare.startswith(b"\xff\xd8" + JFIF + b"\xff\xe1")
    assert struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0) in bare
    assert bare_jpeg(bare) == bare


def part(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) % 2)


def webp(*parts: bytes) -> bytes:
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def test_a_webp_keeps_the_chunks_that_draw_it_and_no_longer_announces_others() -> None:
    drawn = part(b"VP8 ", b"drawn")
    whole = webp(
        part(b"VP8X", b"\x1c" + b"\x00" * 9), drawn, part(b"EXIF", NAME), part(b"XMP ", NAME), part(b"own ", NAME)
    )
    assert bare_webp(whole) == webp(part(b"VP8X", b"\x10" + b"\x00" * 9), drawn)
    assert bare_webp(webp(drawn)) == webp(drawn)


@pytest.mark.parametrize(
    ("bare", "whole"),
    [
        (bare_png, png()),
        (bare_jpeg, jpeg(JFIF, TABLES, SCAN)),
        (bare_jpeg, jpeg(JFIF, TABLES)),
        (bare_webp, webp(part(b"VP8 ", b"drawn"))),
    ],
)
def test_a_picture_that_ends_before_its_end_is_refused(bare: Callable[[bytes], bytes], whole: bytes) -> None:
    assert bare(whole) == whole
    for missing in (2, 3, len(whole) - 2):
        with pytest.raises(FileWrong):
            bare(whole[:-missing])


@given(
    st.binary(max_size=80),
    st.integers(min_value=0, max_value=40),
    st.sampled_from([(bare_png, png()), (bare_jpeg, jpeg(exif(6), SCAN)), (bare_webp, webp())]),
)
def test_any_bytes_are_a_picture_or_refused(
    noise: bytes, at: int, kind: tuple[Callable[[bytes], bytes], bytes]
) -> None:
    bare, whole = kind
    over = whole[:at] + noise + whole[at + len(noise) :]
    for content in (over, whole[:12] + noise, whole[: len(noise)] + noise, whole[:-10] + noise):
        try:
            bare(content)
        except FileWrong:
            continue
