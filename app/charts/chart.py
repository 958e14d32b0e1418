"""A chart: one value with all that stands around a drawing, for the page, the file and the spreadsheet."""

from dataclasses import dataclass, field
from typing import Any

from app.charts.drawing import FONTS, SIZE, WIDTH, label, mark, wrapped, written
from app.language import Language

SHOWN_ROWS = 60
"""How many municipalities a chart draws at most; it says so where there are more."""


@dataclass(frozen=True)
class ChartTable:
    """The figures of a chart as text. ``short`` are its headings for a narrow place; ``rows`` begin with their name."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    short: tuple[str, ...] = ()

    @property
    def is_wide(self) -> bool:
        """Whether it has more columns than a phone has room for."""
        return len(self.header) > 4  # noqa: PLR2004 - columns


@dataclass(frozen=True)
class Drawing:
    """Marks of SVG in a frame of that size."""

    height: float
    marks: str
    width: float = WIDTH

    def svg(self, attributes: str) -> str:
        """The drawing as an element of a page, as wide as its place; ``attributes`` are markup."""
        return (
            f'<svg class="chart-svg" viewBox="0 0 {self.width:g} {self.height:g}" font-size="{SIZE}" focusable="false" '
            f"{attributes}>{self.marks}</svg>"
        )


@dataclass(frozen=True)
class Chart:
    """One chart in one language.

    ``key`` names it in addresses and on its page; ``alternative`` says what it shows with its main figures; ``figure``
    is Plotly's, where it has one; ``panels`` are the parts that a page may lay side by side as there is room;
    ``subject`` is what a page says by itself and a file of its own must say: which municipality, or which round.
    """

    key: str
    title: str
    alternative: str
    drawing: Drawing
    table: ChartTable
    source: str
    notes: tuple[str, ...] = ()
    figure: dict[str, Any] | None = None
    panels: tuple[Drawing, ...] = field(default=())
    subject: str = ""

    @property
    def named_by(self) -> str:
        """The attributes that tie the drawing to its title and its words on the page."""
        key = written(self.key)
        return f'role="img" aria-labelledby="grafica-{key}" aria-describedby="palabras-{key}"'

    @property
    def svg(self) -> str:
        """The drawing as it stands in a page."""
        return self.drawing.svg(self.named_by)

    @property
    def panel_svgs(self) -> tuple[str, ...]:
        """The parts as they stand in a page, within one picture that is named as a whole."""
        return tuple(panel.svg('aria-hidden="true"') for panel in self.panels)


MARGIN, HEAD_SIZE = 10, 14


def standalone(chart: Chart, language: Language, *, invented: bool) -> str:
    """The chart as a file of its own: title, drawing, notes, source, and whether the data is invented."""
    wide, in_head = WIDTH + 2 * MARGIN, WIDTH * SIZE / HEAD_SIZE * 0.96
    head = [(text, "soft") for text in wrapped(chart.subject, in_head, 2)]
    head += [(text, "ink") for text in wrapped(chart.title, in_head, 3)]
    head += [(language.gettext("Ejemplo con datos inventados"), "ink")] if invented else []
    foot = [line for note in (*chart.notes, chart.source) for line in wrapped(note, WIDTH + MARGIN, 9)]
    foot.append(language.gettext("Alcalde, ¿cómo vamos?"))
    top = 14 + 17 * len(head)
    below = top + chart.drawing.height + 18
    height = below + 15 * len(foot)
    marks = [
        mark("rect", "paper", width=wide, height=height),
        *(
            label(MARGIN, 22 + 17 * row, text, paint, bold=paint == "ink" and "bold", font_size=HEAD_SIZE)
            for row, (text, paint) in enumerate(head)
        ),
        mark("g", "", chart.drawing.marks, transform=f"translate({MARGIN} {top:g})"),
        *(label(MARGIN, below + 15 * row, text, "soft") for row, text in enumerate(foot)),
    ]
    size = f'width="{wide * 2}" height="{height * 2:g}" viewBox="0 0 {wide} {height:g}"'
    name = f"<title>{written(chart.title)}</title><desc>{written(chart.alternative)}</desc>"
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONTS}" font-size="{SIZE}" role="img">'
    return f"{opening}{name}{''.join(marks)}</svg>\n"
