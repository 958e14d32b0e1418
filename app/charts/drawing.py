"""SVG as text: elements, colours, a font's rough width. No style attribute, so the strictest policy lets it stand.

Each element carries a class and, as attributes, the colours that it has in a file of its own; on a page the class's
colours win, light or dark.
"""

import html
import re
from collections.abc import Mapping, Sequence

WIDTH = 340
"""The width of a drawing in its own units: about the pixels of a narrow phone, so that 12 units read as 12 pixels."""

SIZE = 12
FONTS = "Source Sans Pro, Helvetica, Arial, sans-serif"
_WIDTHS = {
    0.25: "ijlíìï'|",
    0.31: " ftI.,:;!/()-·",
    0.36: "r",
    0.52: "ckszxvyJç",
    0.7: "ABEKPSVXYÁÉ&w",
    0.76: "CDHNRUGOQTÓÚÑ",
    0.86: "mM",
    1.0: "W…%",
}
_EM_OF = {char: width for width, chars in _WIDTHS.items() for char in chars}
_OTHER_EM = 0.58
SHORTEST_PIECE = 4
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

INK, SOFT, RULE, ACCENT, PAPER = "#14191c", "#525c62", "#d3dadc", "#0a5a64", "#ffffff"
SCORE_FILLS = (
    *("#f0f5f5", "#e2edee", "#d2e4e5", "#bfd9db", "#a9cdd0", "#92bfc4", "#79b0b6", "#60a0a7"),
    *("#2f7882", "#19626c", "#084a53"),
)
"""The ramp of the style sheet in its light colours: a drawing of its own has no style sheet."""

FIRST_ON_HIGH = 8
PAINTS: Mapping[str, Mapping[str, str]] = {
    "ink": {"fill": INK},
    "soft": {"fill": SOFT},
    "paper": {"fill": PAPER},
    "fill": {"fill": ACCENT},
    "track": {"fill": RULE},
    "wash": {"fill": "#f3f6f6"},
    "rule": {"stroke": RULE},
    "axis": {"stroke": SOFT},
    "mark": {"stroke": INK, "stroke-width": "1.5", "stroke-dasharray": "4 2"},
    "line": {"stroke": ACCENT, "stroke-width": "2.5", "fill": "none"},
    "other": {"stroke": "#8b979c", "stroke-width": "1.25", "fill": "none"},
    "span": {"stroke": "#a9cdd0", "stroke-width": "7", "stroke-linecap": "round"},
    "thread": {"stroke": "#8b979c", "stroke-width": "0.75", "fill": "none"},
    "dot": {"fill": ACCENT, "stroke": PAPER, "stroke-width": "1"},
    "hollow": {"fill": PAPER, "stroke": ACCENT, "stroke-width": "2"},
    "hatch": {"fill": "#8b979c"},
}
for _step, _fill in enumerate(SCORE_FILLS):
    PAINTS = {**PAINTS, f"score-{_step}": {"fill": _fill}}
PAINTS = {**PAINTS, "on-low": {"fill": INK}, "on-high": {"fill": PAPER}}


def written(text: str) -> str:
    """Text as it may stand in an element or in an attribute; what XML cannot hold is left out."""
    return html.escape(_NOT_IN_XML.sub("", text))


def mark(tag: str, paint: str = "", *inner: str, **attributes: str | float) -> str:
    """An element with its paint; ``inner`` is markup, attributes are escaped. ``_`` in their names is written ``-``."""
    given = {"class": f"c-{paint}", **PAINTS[paint]} if paint else {}
    words = {**given, **{name.rstrip("_").replace("_", "-"): _number(value) for name, value in attributes.items()}}
    written_out = "".join(f' {name}="{written(value)}"' for name, value in words.items())
    return f"<{tag}{written_out}>{''.join(inner)}</{tag}>" if inner else f"<{tag}{written_out}/>"


def label(x: float, y: float, text: str, paint: str = "ink", **attributes: str | float) -> str:
    """A line of text at its base line; ``anchor`` is start, middle or end, ``bold`` any true value."""
    anchor, bold = attributes.pop("anchor", "start"), attributes.pop("bold", "")
    more: dict[str, str | float] = {"text_anchor": anchor} if anchor != "start" else {}
    more |= {"font_weight": "bold"} if bold else {}
    return mark("text", paint, written(text), x=x, y=y, **more, **attributes)


def hatched(key: str, x: float, y: float, width: float, height: float) -> str:
    """A hatched box: something is missing here. ``key`` names the pattern, which ``hatching`` must have laid down."""
    return mark("rect", "", x=x, y=y, width=width, height=height, fill=f"url(#rayado-{key})")


def hatching(key: str) -> str:
    """The pattern of hatched boxes, under a name of its own: several drawings share a page."""
    stripe = mark("rect", "hatch", width=1, height=5)
    pattern = mark(
        "pattern",
        "",
        stripe,
        id=f"rayado-{key}",
        width=5,
        height=5,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    return f"<defs>{pattern}</defs>"


def path(points: Sequence[tuple[float, float]], paint: str) -> str:
    """A line through points; a single point is a short stroke, so that it can be seen."""
    if len(points) == 1:
        (x, y) = points[0]
        points = [(x - 2, y), (x + 2, y)]
    steps = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
    return mark("polyline", paint, points=steps)


def width_of(text: str, *, bold: bool = False) -> float:
    """About how wide a line of text is, in the units of the drawing; rather too wide than too narrow."""
    return sum(_EM_OF.get(char, _OTHER_EM) for char in text) * SIZE * (1.08 if bold else 1)


def shortened(text: str, width: float) -> str:
    """The text, cut with an ellipsis where it is wider; a cut leaves no "de l…" behind."""
    if width_of(text) <= width:
        return text
    cut = text
    while cut and width_of(f"{cut}…") > width:
        cut = cut[:-1]
    before, blank, piece = cut.rpartition(" ")
    is_a_piece = blank and len(piece) < SHORTEST_PIECE and not text[len(cut)].isspace()
    return f"{(before if is_a_piece else cut).rstrip()}…"


def wrapped(text: str, width: float, lines: int) -> list[str]:
    """The text in at most so many lines of that width; the last is cut where more is left."""
    rows: list[str] = []
    for word in text.split():
        if rows and (len(rows) == lines or width_of(f"{rows[-1]} {word}") <= width):
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    return [shortened(row, width) for row in rows]


def spread(heights: Sequence[float], distance: float, top: float, bottom: float) -> list[float]:
    """Heights moved apart so that labels do not lie on each other, as near to where they were as there is room."""
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    placed = [heights[index] for index in order]
    for index in range(1, len(placed)):
        placed[index] = max(placed[index], placed[index - 1] + distance)
    limit = bottom
    for index in reversed(range(len(placed))):
        placed[index] = max(top, min(placed[index], limit))
        limit = placed[index] - distance
    moved = dict(zip(order, placed, strict=True))
    return [moved[index] for index in range(len(heights))]


def _number(value: str | float) -> str:
    """A length with one decimal at most."""
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
