"""What a file says of who hands it in, in its text or in the properties that its program wrote into it.

Documents are kept as they are, because a changed one proves nothing; so what names an evaluator is not kept at all.
It finds what is written plainly; encrypted and drawn words it cannot read. Standard library only.
"""

import contextlib
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator

from app.domain.evidence import FileKind, FileWrong
from app.domain.pictures import bare_jpeg, bare_png, bare_webp

MOST_UNPACKED = 20_000_000
"""How many bytes are unpacked of one document at most: what packs more into ten megabytes is no document."""

_PICTURES = {FileKind.PNG: bare_png, FileKind.JPEG: bare_jpeg, FileKind.WEBP: bare_webp}
_OFFICE = frozenset({FileKind.XLSX, FileKind.DOCX})
_BEGINS, _ENDS = b"stream", b"endstream"
_HEX = re.compile(rb"<([0-9A-Fa-f\s]{8,4096})>")
_OCTAL = re.compile(rb"\\([0-3][0-7]{2})")
_FEWEST_WORDS = 2
_ALWAYS = 1


def _plain(letter: str) -> str:
    """A letter without case and accent; a blank for what is neither letter nor digit."""
    bare = unicodedata.normalize("NFD", letter)[0].lower()
    return bare if bare.isascii() and bare.isalnum() else " "


_PLAIN = "".join(map(_plain, map(chr, range(256)))).encode("ascii")


def publishable(kind: FileKind, content: bytes, *, name: str, email: str) -> bytes:
    """The bytes that are kept of a file that somebody of that name hands in: they become public one day.

    Pictures lose what their camera or program wrote into them. Raise FileWrong for a document that names her.
    """
    if kind in _PICTURES:
        return _PICTURES[kind](content)
    if names_any(kind, content, name=name, email=email):
        raise FileWrong("file-names-you")
    return content


def names_any(kind: FileKind, content: bytes, *, name: str, email: str) -> bool:
    """Whether the document holds that name (of two words or more), or that address, in whatever case or accents."""
    wanted = tuple(_patterns(name, email))
    return bool(wanted) and any(pattern.search(text) for text in _texts(kind, content) for pattern in wanted)


def _patterns(name: str, email: str) -> Iterator[re.Pattern[bytes]]:
    for text, fewest in ((name, _FEWEST_WORDS), (email, _ALWAYS)):
        words = _folded(text.encode()).split()
        if len(words) >= fewest:
            yield re.compile(rb"(?<![a-z0-9])" + rb" {1,3}".join(words) + rb"(?![a-z0-9])")


def _folded(text: bytes) -> bytes:
    """UTF-8 as plain lower-case letters and digits with blanks between."""
    composed = text.decode("utf-8", errors="ignore")
    return composed.encode("latin-1", errors="ignore").translate(_PLAIN)


def _texts(kind: FileKind, content: bytes) -> Iterator[bytes]:
    """All that can be read in a document, folded, once in each way in which it may be written."""
    for part in _pieces(kind, content):
        yield _folded(part)
        if not part.isascii() or b"\x00" in part:
            wide = part.replace(b"\xfe\xff", b" ").replace(b"\xff\xfe", b" ")
            yield wide.replace(b"\x00", b"").translate(_PLAIN)


def _pieces(kind: FileKind, content: bytes) -> Iterator[bytes]:
    if kind in _OFFICE:
        yield from _parts(content)
    elif kind is FileKind.PDF:
        yield from _layers(content)
    else:
        yield content


def _parts(content: bytes) -> Iterator[bytes]:
    """The files in an office document, its properties among them."""
    left = MOST_UNPACKED
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for info in sorted(archive.infolist(), key=lambda info: info.file_size):
            with contextlib.suppress(zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
                part = archive.open(info).read(left)
                left -= len(part)
                yield part


def _layers(content: bytes) -> Iterator[bytes]:
    """A PDF as it is, with its escapes resolved, and all packed streams of it unpacked."""
    yield from _readings(content)
    unpacked, left = [], MOST_UNPACKED
    for packed in _streams(content):
        if left <= 0:
            break
        with contextlib.suppress(zlib.error):
            unpacked.append(zlib.decompressobj().decompress(packed, left))
            left -= len(unpacked[-1])
    yield from _readings(b"\n".join(unpacked))


def _streams(content: bytes) -> Iterator[bytes]:
    at = 0
    while (begins := content.find(_BEGINS, at)) >= 0 and (ends := content.find(_ENDS, begins)) >= 0:
        yield content[begins + len(_BEGINS) : ends].lstrip(b"\r\n")
        at = ends + len(_ENDS)


def _readings(part: bytes) -> Iterator[bytes]:
    yield _OCTAL.sub(lambda found: bytes([int(found[1], 8)]), part)
    if unhexed := b"\n".join(_unhexed(found[1]) for found in _HEX.finditer(part)):
        yield unhexed


def _unhexed(digits: bytes) -> bytes:
    plain = b"".join(digits.split())
    return bytes.fromhex(plain[: len(plain) // 2 * 2].decode("ascii"))
