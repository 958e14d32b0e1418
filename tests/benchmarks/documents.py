"""How long documents and images take, and how large they are: ``python -m tests.benchmarks.documents``.

Every edition of seeds/ is loaded; each kind is drawn five times. Printed: seconds of processor time, the first time and
the median, and the median on the clock. The very first includes reading the typefaces.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click

from app.exports.bulletins import bulletin_pdf
from app.exports.cards import boleta_pdf, boleta_png, round_png, scorecard_png
from app.extensions import database
from app.language import SPANISH
from app.queries.bulletins import find_bulletin
from app.queries.glances import find_sealed_round
from app.queries.scorecards import find_pinned_scorecard
from tests.databases import migrate, sqlite_url
from tests.seeded import application, load, settings_for

ROUND = ("ejemplo-2024-2027", 12, 1)
ADDRESS = "https://alcalde.example/ejemplo-2024-2027/evaluaciones/12/publicaciones/1/"
REPEATS = 5


def _measured(name: str, draw: Callable[[], bytes]) -> str:
    spent, walls, size = [], [], 0
    for _ in range(REPEATS):
        began, wall = time.process_time(), time.perf_counter()
        size = len(draw())
        spent.append(time.process_time() - began)
        walls.append(time.perf_counter() - wall)
    median, clock = statistics.median(spent), statistics.median(walls)
    return f"{name:12} first {spent[0]:5.3f} s, median {median:5.3f} s, on the clock {clock:5.3f} s {size:9} bytes"


def main() -> None:
    """Load, draw, print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = settings_for(sqlite_url(folder / "seeded.db"), folder)
        migrate(settings.database_url)
        load(settings)
        with application(settings) as app, app.app_context():
            card = find_pinned_scorecard(database.session, *ROUND, "brumares")
            bulletin = find_bulletin(database.session, *ROUND)
            sealed = find_sealed_round(database.session, *ROUND, 1)
            if card is None or bulletin is None or sealed is None:
                raise LookupError(ROUND)
            kinds: dict[str, Callable[[], bytes]] = {
                "boleta.png": lambda: boleta_png(card, SPANISH, f"{ADDRESS}municipios/brumares/"),
                "boleta.pdf": lambda: boleta_pdf(card, SPANISH, f"{ADDRESS}municipios/brumares/"),
                "tarjeta.png": lambda: scorecard_png(card, SPANISH),
                "ronda.png": lambda: round_png(sealed.glance, SPANISH),
                "boletin.pdf": lambda: bulletin_pdf(bulletin, SPANISH, ADDRESS),
            }
            for kind, draw in kinds.items():
                click.echo(_measured(kind, draw))


if __name__ == "__main__":
    main()
