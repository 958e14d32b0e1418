"""Documents and images drawn by Typst.

Facts go in as JSON and are never read as markup; the same facts give the same bytes on every machine: only our own
typefaces, and ``timestamp`` of the facts (UNIX seconds) in the place of the clock.
"""

import atexit
import json
import shutil
import tempfile
import threading
from collections.abc import Mapping
from functools import cache
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst
from PIL import Image

TEMPLATES = Path(__file__).resolve().parent / "typst"
TYPEFACES = {
    "font_source_sans_pro": (
        "SourceSansPro-Regular",
        "SourceSansPro-It",
        "SourceSansPro-Semibold",
        "SourceSansPro-Bold",
    ),
    "font_source_serif_pro": ("SourceSerifPro-Regular", "SourceSerifPro-It", "SourceSerifPro-Bold"),
}
PIXELS_PER_POINT = 2
ACCESSIBLE = "ua-1"
ONE_AT_A_TIME = threading.Lock()
"""Drawing takes a processor whole: a worker that draws for one reader goes on answering the others."""
COLOURS = 64
"""Enough for our palette with soft edges; every colour of its own would triple the weight of an image."""


def draw_pdf(template: str, facts: Mapping[str, Any]) -> bytes:
    """A tagged PDF: PDF/UA-1 but where a text holds a sign that no typeface has, which that standard forbids."""
    try:
        return _drawn(template, facts, format="pdf", pdf_standards=[ACCESSIBLE])
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        return _drawn(template, facts, format="pdf")


def draw_png(template: str, facts: Mapping[str, Any]) -> bytes:
    """An image of one page, two pixels to a point, with a palette."""
    drawn = Image.open(BytesIO(_drawn(template, facts, format="png", ppi=72 * PIXELS_PER_POINT))).convert("RGB")
    out = BytesIO()
    drawn.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def qr_svg(address: str) -> str:
    """The QR code of an address as SVG, without its quiet zone: the templates leave that white."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", xmldecl=False, border=0, omitsize=True)
    return out.getvalue().decode()


def _drawn(template: str, facts: Mapping[str, Any], **options: Any) -> bytes:  # noqa: ANN401 - options of Typst
    compiler = typst.Compiler(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_typefaces(),
        ignore_system_fonts=True,
        sys_inputs={"facts": json.dumps(facts)},
    )
    with ONE_AT_A_TIME:
        drawn = compiler.compile(timestamp=facts["timestamp"], **options)
    if not isinstance(drawn, bytes):
        raise TypeError(f"{template} has more than one page, or none")
    return drawn


@cache
def _typefaces() -> typst.Fonts:
    """Our two typefaces, and Typst's own for signs that they lack.

    From a folder with one file of each style: the packages hold two, and which one is met first differs by machine.
    """
    folder = Path(tempfile.mkdtemp(prefix="typefaces-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for package, names in TYPEFACES.items():
        for name in names:
            file = resources.files(package) / "files" / f"{name}.ttf"
            (folder / f"{name}.ttf").write_bytes(file.read_bytes())
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
