"""A PDF as a test reads it: its text, its bookmarks, its faults."""

import io

import pikepdf
import pypdfium2


def text_of(document: bytes) -> str:
    """The text of all pages, blanks folded."""
    return " ".join(" ".join(pages_of(document)).split())


def pages_of(document: bytes) -> list[str]:
    """The text of each page, blanks folded."""
    pdf = pypdfium2.PdfDocument(document)
    try:
        found = []
        for page in pdf:
            text = page.get_textpage()
            found.append(" ".join(text.get_text_range().split()))
            text.close()
            page.close()
        return found
    finally:
        pdf.close()


def problems(document: bytes) -> list[str]:
    """What qpdf finds wrong."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        return [str(problem) for problem in pdf.check_pdf_syntax()]


def bookmarks_of(document: bytes) -> list[str]:
    """The titles of the outline, depth first."""
    with pikepdf.open(io.BytesIO(document)) as pdf, pdf.open_outline() as outline:
        return [title for item in outline.root for title in _titles(item)]


def _titles(item: pikepdf.OutlineItem) -> list[str]:
    return [str(item.title), *(title for child in item.children for title in _titles(child))]


def is_accessible(document: bytes) -> bool:
    """Whether it says that it keeps PDF/UA-1 and is tagged."""
    with pikepdf.open(io.BytesIO(document)) as pdf, pdf.open_metadata() as metadata:
        return bool(pdf.Root.MarkInfo.Marked) and "/StructTreeRoot" in pdf.Root and metadata["pdfuaid:part"] == "1"


def language_of(document: bytes) -> str:
    """The language that the document declares."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        return str(pdf.Root.Lang)


def made_at(document: bytes) -> str:
    """When it says that it was made, as PDF writes it."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        return str(pdf.docinfo["/CreationDate"])
