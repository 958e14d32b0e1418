"""A chart's SVG as PNG, drawn by typst with the letters of the project: the same picture on every machine."""

import threading
from functools import cache
from pathlib import Path

import font_source_sans_pro
import typst

_PAGE = b"""
#set page(width: 360pt, height: auto, margin: 0pt)
#set par(spacing: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)
"""
_LETTERS = Path(font_source_sans_pro.__file__).parent / "files"
ONE_AT_A_TIME = threading.Lock()
"""Drawing takes a processor whole."""
PIXELS_PER_INCH = 216
"""Three pixels for each unit of a drawing: 1080 pixels wide."""


def png(svg: str) -> bytes:
    """The picture of a standalone SVG, on white."""
    with ONE_AT_A_TIME:
        return typst.compile(_PAGE, format="png", ppi=PIXELS_PER_INCH, sys_inputs={"svg": svg}, font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_LETTERS])
