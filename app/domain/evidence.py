"""What may be handed in as evidence: a dated link or a file of a checked type. Standard library only."""

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.errors import RuleBroken

LARGEST_FILE = 10_000_000
LARGEST_DAY = 300_000_000
"""Bytes that one account may hand over within a day: nobody fills the disk by sending and taking away."""
ONE_DAY = timedelta(days=1)
LONGEST_TITLE = 200
LONGEST_ADDRESS = 2000
FIRST_DAY = date(1990, 1, 1)

_ADDRESS = re.compile(r"https?://[^\s/?#@\\]+(?::[0-9]{1,5})?(?:[/?#][^\s\\]*)?", re.IGNORECASE)
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MACROS = "vbaproject.bin"


class FileKind(StrEnum):
    """The types of file that are kept. The value is the media type under which it is served again."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    WEBP = "image/webp"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    CSV = "text/csv"
    TXT = "text/plain"

    @property
    def extension(self) -> str:
        """How the names of such files end: ``pdf``."""
        return self.name.lower()


_NAMED = {kind.extension: kind for kind in FileKind} | {"jpg": FileKind.JPEG}
EXTENSIONS = tuple(f".{extension}" for extension in _NAMED)
"""What a browser offers to choose from."""
_BEGINNINGS = {FileKind.PDF: b"%PDF-", FileKind.PNG: b"\x89PNG\r\n\x1a\n", FileKind.JPEG: b"\xff\xd8\xff"}
_PARTS = {FileKind.XLSX: "xl/workbook.xml", FileKind.DOCX: "word/document.xml"}


class FileWrong(RuleBroken):
    """The file is not kept: ``file-empty``, ``-too-large``, ``-type``, ``-content``, ``-names-you``, ``-day-full``."""

    code = "file-type"


class LinkWrong(RuleBroken):
    """The address or date of an evidence cannot be taken: ``link-address``, ``evidence-date``, ``evidence-empty``."""

    code = "link-address"


@dataclass(frozen=True)
class KeptFile:
    """A file kept under its SHA-256. Its own name was not kept: it may name the person who made it."""

    sha256: str
    kind: FileKind
    size: int

    @property
    def name(self) -> str:
        """The name under which it is handed out."""
        return f"evidencia-{self.sha256[:12]}.{self.kind.extension}"

    @property
    def words(self) -> str:
        """What a manifest proves of the file, as one text."""
        return f"{self.sha256} {self.kind.value} {self.name}"


def kind_of(name: str, content: bytes) -> FileKind:
    """The type of a file, by its last extension and by its content, which must agree; raise FileWrong."""
    if not content:
        raise FileWrong("file-empty")
    if len(content) > LARGEST_FILE:
        raise FileWrong("file-too-large")
    kind = _NAMED.get(name.rpartition(".")[2].strip().lower())
    if kind is None:
        raise FileWrong("file-type")
    if not _is(kind, content):
        raise FileWrong("file-content", kind=kind.extension)
    return kind


def check_day(handed_over: int, size: int) -> None:
    """Raise FileWrong where an account that handed over so many bytes within a day hands over ``size`` more."""
    if handed_over + size > LARGEST_DAY:
        raise FileWrong("file-day-full", megabytes=LARGEST_DAY // 1_000_000)


def _is(kind: FileKind, content: bytes) -> bool:
    if kind in _BEGINNINGS:
        return content.startswith(_BEGINNINGS[kind])
    if kind in _PARTS:
        return _holds(content, _PARTS[kind])
    if kind is FileKind.WEBP:
        return content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return _is_text(content)


def _holds(content: bytes, part: str) -> bool:
    """Whether an office document holds that part, and no macros. Nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, IndexError):
        return False
    return {"[content_types].xml", part} <= names and not any(name.endswith(_MACROS) for name in names)


def _is_text(content: bytes) -> bool:
    """Whether it reads as UTF-8, or as the one byte a letter of older spreadsheets, without control characters."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            return False
    return not _NO_TEXT.search(text)


def check_piece(*, address: str, has_file: bool, dated_on: date, today: date) -> None:
    """Raise LinkWrong unless there is a link or a file, the link is one, and its day has come."""
    if not address and not has_file:
        raise LinkWrong("evidence-empty")
    if address and not (len(address) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(address)):
        raise LinkWrong("link-address")
    if not FIRST_DAY <= dated_on <= today:
        raise LinkWrong("evidence-date")
