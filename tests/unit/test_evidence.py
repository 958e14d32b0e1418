"""What may be handed in as evidence."""

import contextlib
import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.evidence import (
    LARGEST_DAY,
    LARGEST_FILE,
    FileKind,
    FileWrong,
    KeptFile,
    LinkWrong,
    check_day,
    check_piece,
    kind_of,
)

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20
TODAY = date(2021, 5, 2)


def office(*names: str) -> bytes:
    """An office document that holds these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("informe.pdf", b"%PDF-1.7\n%", FileKind.PDF),
        ("INFORME.PDF", b"%PDF-1.4\n", FileKind.PDF),
        ("foto.png", PNG, FileKind.PNG),
        ("foto.jpg", b"\xff\xd8\xff\xe0", FileKind.JPEG),
        ("foto.jpeg", b"\xff\xd8\xff\xe0", FileKind.JPEG),
        ("foto.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", FileKind.WEBP),
        ("hoja.xlsx", office("xl/workbook.xml"), FileKind.XLSX),
        ("oficio.docx", office("word/document.xml"), FileKind.DOCX),
        ("datos.csv", "año,ñ\n1,2\n".encode(), FileKind.CSV),
        ("datos.csv", "año,ñ\r\n1,2\r\n".encode("cp1252"), FileKind.CSV),
        ("nota.txt", b"\xef\xbb\xbfhola", FileKind.TXT),
        ("../../etc/passwd.txt", b"hola", FileKind.TXT),
        ("informe.php.pdf", b"%PDF-1.7", FileKind.PDF),
        ("nul\x00.pdf", b"%PDF-1.7", FileKind.PDF),
    ],
)
def test_a_file_is_what_its_name_and_its_content_say(name: str, content: bytes, kind: FileKind) -> None:
    assert kind_of(name, content) is kind


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("vacio.pdf", b"", "file-empty"),
        ("grande.txt", b"x" * (LARGEST_FILE + 1), "file-too-large"),
        ("programa.exe", b"MZ", "file-type"),
        ("informe.pdf.exe", b"%PDF-1.7", "file-type"),
        ("pagina.html", b"<html>", "file-type"),
        ("dibujo.svg", b"<svg>", "file-type"),
        ("sin-extension", b"%PDF-1.7", "file-type"),
        ("", b"%PDF-1.7", "file-type"),
        ("pdf.", b"%PDF-1.7", "file-type"),
        ("informe.pdf", b"MZ\x90", "file-content"),
        ("informe.pdf", b"<html>%PDF-1.7", "file-content"),
        ("foto.png", b"\xff\xd8\xff\xe0", "file-content"),
        ("foto.webp", b"RIFF\x00\x00\x00\x00WAVE", "file-content"),
        ("hoja.xlsx", office("word/document.xml"), "file-content"),
        ("hoja.xlsx", office("xl/workbook.xml", "xl/vbaProject.bin"), "file-content"),
        ("hoja.xlsx", b"PK\x03\x04" + b"\x00" * 40, "file-content"),
        ("oficio.docx", office(), "file-content"),
        ("datos.csv", b"a,b\x00", "file-content"),
        ("datos.csv", PNG, "file-content"),
        ("nota.txt", b"\x81\x8d", "file-content"),
    ],
)
def test_a_file_of_another_kind_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(FileWrong) as refused:
        kind_of(name, content)
    assert refused.value.code == code


@given(st.text(max_size=30), st.binary(max_size=200))
def test_any_name_and_any_bytes_are_a_kind_or_refused(name: str, content: bytes) -> None:
    with contextlib.suppress(FileWrong):
        assert kind_of(name, content) in FileKind


@given(st.sampled_from(["hoja.xlsx", "oficio.docx"]), st.binary(max_size=300))
def test_broken_office_documents_are_refused(name: str, content: bytes) -> None:
    whole = office("xl/workbook.xml", "word/document.xml")
    for broken in (content, whole[: len(content)], whole[:-30] + content[:30].ljust(30)):
        if broken:
            with pytest.raises(FileWrong):
                kind_of(name, broken)


def test_a_kept_file_says_nothing_of_the_name_that_it_had() -> None:
    kept = KeptFile("ab" * 32, FileKind.XLSX, 12)
    assert kept.name == "evidencia-abababababab.xlsx"
    assert kept.words == f"{'ab' * 32} {FileKind.XLSX.value} evidencia-abababababab.xlsx"


@pytest.mark.parametrize(
    "address",
    [
        "https://ejemplo.mx",
        "http://ejemplo.mx:8080/a/b.pdf?x=1&y=ñ#z",
        "HTTPS://EJEMPLO.MX/",
        "https://[::1]/",
        "https://ñandú.mx/á",
    ],
)
def test_a_link_is_a_web_address(address: str) -> None:
    check_piece(address=address, has_file=False, dated_on=TODAY, today=TODAY)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//ejemplo.mx",
        "ejemplo.mx",
        "https://",
        "https://user@ejemplo.mx",
        "https://ejemplo.mx/a b",
        "https://ejemplo.mx/\\x",
        "https://ejemplo.mx\nhttps://otro.mx",
        "https://ejemplo.mx/" + "a" * 2000,
        " https://ejemplo.mx",
        "ftp://ejemplo.mx",
    ],
)
def test_anything_else_is_no_link(address: str) -> None:
    with pytest.raises(LinkWrong) as refused:
        check_piece(address=address, has_file=True, dated_on=TODAY, today=TODAY)
    assert refused.value.code == "link-address"


@pytest.mark.parametrize("day", [TODAY, date(1990, 1, 1)])
def test_evidence_is_of_a_day_that_has_come(day: date) -> None:
    check_piece(address="", has_file=True, dated_on=day, today=TODAY)


@pytest.mark.parametrize("day", [date(2021, 5, 3), date(1989, 12, 31), date.max, date.min])
def test_evidence_is_of_no_other_day(day: date) -> None:
    with pytest.raises(LinkWrong) as refused:
        check_piece(address="", has_file=True, dated_on=day, today=TODAY)
    assert refused.value.code == "evidence-date"


def test_evidence_is_a_link_or_a_file() -> None:
    with pytest.raises(LinkWrong) as refused:
        check_piece(address="", has_file=False, dated_on=TODAY, today=TODAY)
    assert refused.value.code == "evidence-empty"


@pytest.mark.parametrize(
    ("handed_over", "size", "is_taken"),
    [
        (0, 1, True),
        (0, LARGEST_FILE, True),
        (LARGEST_DAY - 1, 1, True),
        (LARGEST_DAY, 1, False),
        (LARGEST_DAY - 1, 2, False),
        (2 * LARGEST_DAY, 1, False),
    ],
)
def test_nobody_hands_over_more_than_so_much_in_a_day(handed_over: int, size: int, is_taken: bool) -> None:  # noqa: FBT001
    expected = contextlib.nullcontext() if is_taken else pytest.raises(FileWrong, match="file-day-full")
    with expected:
        check_day(handed_over, size)
