"""A document that names the evaluator who hands it in is found out, however its program wrote her name."""

import io
import unicodedata
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.evidence import FileKind
from app.domain.imprints import names_any

NAME, EMAIL = "Evá Núñez", "eva.n@ejemplo.mx"
XMP = "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>"


def office(body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("docProps/core.xml", f"<dc:creator>{body}</dc:creator>")
    return out.getvalue()


def pdf(info: bytes) -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Author " + info + b" >>\nendobj\n"


def packed(inside: bytes) -> bytes:
    return b"%PDF-1.7\n2 0 obj\n<< /Filter /FlateDecode >>\nstream\r\n" + zlib.compress(inside) + b"\nendstream\nendobj"


def said_in_every_way(name: str) -> list[tuple[FileKind, bytes]]:
    wide = b"\xfe\xff" + name.encode("utf-16-be")
    octal = "".join(letter if letter.isascii() else f"\\{ord(letter):03o}" for letter in name)
    infos = (name.encode("latin-1"), wide, octal.encode())
    return [
        (FileKind.TXT, f"Acta\n{name}\n".encode()),
        (FileKind.CSV, f"a,{name}".encode("cp1252")),
        (FileKind.DOCX, office(name)),
        (FileKind.XLSX, office(name)),
        *((FileKind.PDF, pdf(b"(" + info + b")")) for info in infos),
        (FileKind.PDF, pdf(b"<" + wide.hex().encode() + b">")),
        (FileKind.PDF, pdf(b"()") + XMP.format(name).encode()),
        (FileKind.PDF, packed(b"/Author (" + name.encode("latin-1") + b")")),
        (FileKind.PDF, packed(b"nothing") + packed(XMP.format(name).encode())),
    ]


@pytest.mark.parametrize("name", [NAME, "eva nunez", "EVÁ NÚÑEZ", "evá.núñez", EMAIL.upper()])
def test_a_name_is_found_however_it_was_written(name: str) -> None:
    for kind, content in said_in_every_way(name):
        assert names_any(kind, content, name=NAME, email=EMAIL), (kind, content)


@pytest.mark.parametrize("name", ["Eva", "Evá Núñezcano", "Reeva Nuñez", "otra persona", ""])
def test_somebody_else_is_not_found(name: str) -> None:
    for kind, content in said_in_every_way(name):
        assert not names_any(kind, content, name=NAME, email=EMAIL), (kind, content)


def test_a_name_without_accents_is_found_with_them_in_one_sign_or_two() -> None:
    for name in ("Eva Núñez", unicodedata.normalize("NFD", "Eva Núñez")):
        assert names_any(FileKind.TXT, name.encode(), name="Eva Nunez", email="")


def test_one_word_is_nobodys_name() -> None:
    assert not names_any(FileKind.TXT, b"la semana de ana", name="ana", email="")


@given(st.sampled_from([FileKind.PDF, FileKind.TXT, FileKind.CSV]), st.binary(max_size=200))
def test_any_bytes_can_be_read(kind: FileKind, content: bytes) -> None:
    for whole in (content, b"%PDF-stream\n" + content + b"endstream", b"<" + content.hex().encode() + b">"):
        assert not names_any(kind, whole, name=NAME, email=EMAIL)
