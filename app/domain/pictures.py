"""Pictures without what their camera or program wrote into them: who took them, where, with which device.

What is drawn stays bit for bit, with its colours and which way is up. Standard library only.
"""

import struct
from collections.abc import Iterator

from app.domain.evidence import FileWrong

_BROKEN = "file-content"
_PNG_BEGINS = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs"}
) | {b"acTL", b"fcTL", b"fdAT"}
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_SAYS_MORE = 0x08 | 0x04
"""The two bits with which a WebP announces EXIF and XMP."""

_END, _SCAN, _FIRST_APP, _LAST_APP, _COMMENT = 0xD9, 0xDA, 0xE0, 0xEF, 0xFE
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
"""The marks of a JPEG that nothing follows."""
_ORIENTATION, _SHORT = 0x0112, 3
_UPRIGHT = 1


def bare_png(content: bytes) -> bytes:
    """The picture with the chunks that draw it and no others; raise FileWrong."""
    kept, at = [_PNG_BEGINS], len(_PNG_BEGINS)
    while at + 12 <= len(content):
        (size,) = struct.unpack_from(">I", content, at)
        name, end = content[at + 4 : at + 8], at + 12 + size
        if end > len(content):
            break
        if name in _PNG_KEPT:
            kept.append(content[at:end])
        if name == b"IEND":
            return b"".join(kept)
        at = end
    raise FileWrong(_BROKEN)


def bare_webp(content: bytes) -> bytes:
    """The picture with the chunks that draw it and no others; raise FileWrong."""
    kept, at = [], 12
    while at + 8 <= len(content):
        (size,) = struct.unpack_from("<I", content, at + 4)
        name, end = content[at : at + 4], at + 8 + size
        if end > len(content):
            raise FileWrong(_BROKEN)
        if name == b"VP8X" and size:
            flags = bytes([content[at + 8] & ~_SAYS_MORE])
            kept.append(content[at : at + 8] + flags + content[at + 9 : end] + b"\x00" * (size % 2))
        elif name in _WEBP_KEPT:
            kept.append(content[at:end] + b"\x00" * (size % 2))
        at = end + size % 2
    if not kept:
        raise FileWrong(_BROKEN)
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def bare_jpeg(content: bytes) -> bytes:
    """The picture without comments and without what applications wrote, but for its colours and its orientation.

    What hangs behind its end, like a second picture or a film, goes too. Raise FileWrong.
    """
    kept, turned = [b"\xff\xd8"], _UPRIGHT
    for mark, segment in _segments(content):
        if mark == _FIRST_APP + 1 and segment[4:10] == b"Exif\x00\x00":
            turned = _orientation(segment[10:])
        elif _draws(mark, segment):
            kept.append(segment)
    if turned != _UPRIGHT:
        first = 2 if len(kept) > 1 and kept[1][1] == _FIRST_APP else 1
        kept.insert(first, _only_turned(turned))
    return b"".join(kept)


def _draws(mark: int, segment: bytes) -> bool:
    if mark == _COMMENT:
        return False
    if not _FIRST_APP <= mark <= _LAST_APP:
        return True
    beginnings = {_FIRST_APP: b"JFIF\x00", _FIRST_APP + 2: b"ICC_PROFILE\x00", _FIRST_APP + 14: b"Adobe"}
    return mark in beginnings and segment[4:].startswith(beginnings[mark])


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Every mark of a JPEG with its bytes, a scan with all that it draws, up to the end of the picture."""
    at = 2
    while at + 2 <= len(content):
        if content[at] != 0xFF:  # noqa: PLR2004 - what every mark begins with
            raise FileWrong(_BROKEN)
        mark = content[at + 1]
        if mark == 0xFF:  # noqa: PLR2004 - a mark may be padded
            at += 1
            continue
        end = at + 2 if mark == _END or mark in _ALONE else _end_of(content, at, mark)
        yield mark, content[at:end]
        if mark == _END:
            return
        at = end
    raise FileWrong(_BROKEN)


def _end_of(content: bytes, at: int, mark: int) -> int:
    if at + 4 > len(content):
        raise FileWrong(_BROKEN)
    (size,) = struct.unpack_from(">H", content, at + 2)
    end: int = at + 2 + size
    while mark == _SCAN:
        end = content.find(b"\xff", end)
        if end < 0 or end + 1 >= len(content):
            raise FileWrong(_BROKEN)
        following = content[end + 1]
        if following and following != 0xFF and following not in _ALONE:  # noqa: PLR2004 - drawn, padding, or a restart
            return end
        end += 1 if following == 0xFF else 2  # noqa: PLR2004
    if end > len(content):
        raise FileWrong(_BROKEN)
    return end


def _orientation(tiff: bytes) -> int:
    """Which way is up, as EXIF says it: 1 to 8; 1 where it does not say."""
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(tiff[:4])
    if order is None or len(tiff) < 8:  # noqa: PLR2004 - the head of a TIFF
        return _UPRIGHT
    (at,) = struct.unpack_from(f"{order}I", tiff, 4)
    if at + 2 > len(tiff):
        return _UPRIGHT
    (count,) = struct.unpack_from(f"{order}H", tiff, at)
    for entry in range(at + 2, min(at + 2 + 12 * count, len(tiff) - 11), 12):
        tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, entry)
        if (tag, kind) == (_ORIENTATION, _SHORT):
            return value if value in range(1, 9) else _UPRIGHT
    return _UPRIGHT


def _only_turned(orientation: int) -> bytes:
    """An EXIF segment that says which way is up, and nothing else."""
    tiff = b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, _SHORT, 1, orientation, 0, 0)
    body = b"Exif\x00\x00" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
