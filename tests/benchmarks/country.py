"""How the site fares with all of Mexico: `python -m tests.benchmarks.country [MUNICIPALITIES] [ROUNDS]`.

Loads an invented edition of that size, seals every round, and prints seconds to seal, milliseconds to render and the
number of queries of each main page. Cost must grow with what is shown: compare with a small run (`9 3`).
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import brotli
import click
from flask import Flask
from sqlalchemy import event

from app import create_app
from app.cli.commits import now_utc, writing_as_system
from app.domain.seed_tables import BY_NAME
from app.domain.seeds import Seed, SeedRow
from app.services.seeds import load_seed
from tests.databases import migrate
from tests.seeded import nothing_kept, settings_for

SLUG = "pais-inventado-2024-2027"
REPEATS = 5
INITIALS = "ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"


def rows(table: str, values: Iterator[dict[str, str]]) -> tuple[SeedRow, ...]:
    return tuple(SeedRow({name: row.get(name, "") for name in BY_NAME[table].names}) for row in values)


def country(municipalities: int, rounds: int) -> Seed:
    """An invented edition; scores follow a fixed pattern with a real spread."""
    edition = dict.fromkeys(BY_NAME["edition"].names, "x") | {
        "slug": SLUG,
        "kind": "demonstration",
        "starts_on": "2024-10-01",
        "ends_on": "2028-10-01",
        "zone": "America/Monterrey",
    }
    codes = [
        f"99{number:03}" if number < 1000 else f"{98 - number // 1000}{number % 1000:03}"
        for number in range(municipalities)
    ]
    method = {"overall": "true", "minimum_coverage_percent": "80", "minimum_theme_coverage_percent": "50"}
    days = [date(2024, 10, 1) + timedelta(days=61 * number) for number in range(rounds)]
    tables: dict[str, Iterator[dict[str, str]]] = {
        "edition": iter([edition]),
        "method": iter([method | {"jump_limit": "3.0"}]),
        "themes": ({"key": f"tema-{n}", "name_es": f"Tema {n}"} for n in range(4)),
        "sources": iter([]),
        "demands": (
            {"number": str(n), "theme": f"tema-{n % 4}", "weight": "1", "name_es": f"Demanda {n}"} for n in range(1, 11)
        ),
        "municipalities": (
            {"cvegeo": c, "slug": f"municipio-{c}", "name": f"{INITIALS[n % len(INITIALS)]}. Municipio {c}"}
            for n, c in enumerate(codes)
        ),
        "organisations": iter([]),
        "mandates": ({"cvegeo": c, "mayor": f"Alcaldía {c}", "gender": "f", "starts_on": "2024-10-01"} for c in codes),
        "rounds": (
            {
                "number": str(n),
                "starts_on": day.isoformat(),
                "ends_on": (day + timedelta(days=60)).isoformat(),
                "stage": "published",
            }
            for n, day in enumerate(days, start=1)
        ),
        "scores": _scores(codes, rounds),
        "evidence": iter([]),
        "distinctions": iter([]),
        "figures": iter([]),
        "publications": _publications(rounds),
        "withdrawals": iter([]),
    }
    return Seed({name: rows(name, values) for name, values in tables.items()})


def _scores(codes: list[str], rounds: int) -> Iterator[dict[str, str]]:
    for number in range(1, rounds + 1):
        for place, code in enumerate(codes):
            for demand in range(1, 11):
                tenths = (place * 7 + number * 3 + demand * 11) % 101
                yield {
                    "round": str(number),
                    "cvegeo": code,
                    "demand": str(demand),
                    "revision": "1",
                    "value": f"{tenths // 10}.{tenths % 10}".removesuffix(".0"),
                    "recorded_at_utc": "2024-12-01T00:00:00Z",
                }


def _publications(rounds: int) -> Iterator[dict[str, str]]:
    yield {"sequence": "1", "kind": "edition", "number": "1", "sealed_at_utc": "2024-11-01T00:00:00Z"}
    for number in range(1, rounds + 1):
        sealed = f"2025-01-01T00:{number:02}:00Z"
        yield {
            "sequence": str(number + 1),
            "kind": "round",
            "round": str(number),
            "number": "1",
            "sealed_at_utc": sealed,
        }


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _asked(app: Flask, path: str) -> str:
    """One line about a page: how long it takes to render, how many queries, how large it is."""
    address, client, queries = f"/{SLUG}/{path}", app.test_client(), list[str]()
    with nothing_kept():
        spent = [_timed(lambda: client.get(address).get_data()) for _ in range(REPEATS)]
        event.listen(app.extensions["database"], "before_cursor_execute", lambda *given: queries.append(given[2]))
        answer = client.get(address)
    asked = sum(not query.startswith(("BEGIN", "PRAGMA")) for query in queries)
    median = statistics.median(spent) * 1000
    size, compressed = len(answer.get_data()), len(brotli.compress(answer.get_data(), quality=5))
    return f"  /{path:38} {median:8.1f} ms {asked:4} queries {size:9} bytes {compressed:7} compressed {answer.status}"


def main() -> None:
    """Load, seal, ask, print."""
    municipalities, count = (int(text) for text in (sys.argv[1:] + ["2478", "18"][len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = settings_for(f"sqlite:///{folder / 'country.db'}", folder)
        migrate(settings.database_url)
        app = create_app(settings)
        seed = country(municipalities, count)

        def load() -> None:
            with app.app_context(), writing_as_system(commit=True) as (session, actor):
                load_seed(session, actor, seed=seed, now_utc=now_utc())

        click.echo(f"{municipalities} municipalities x {count} rounds: loaded and sealed in {_timed(load):.1f} s")
        paths = (
            "",
            f"evaluaciones/{count}/",
            f"evaluaciones/{count}/temas/tema-1/",
            f"evaluaciones/{count}/demandas/3/",
            "municipios/",
            "municipios/municipio-99007/",
            "municipios/municipio-99007/calculo/",
            "buscar/?q=municipio",
            "buscar/indice.json",
            "demandas/3/",
        )
        for path in paths:
            click.echo(_asked(app, path))
        app.extensions["database"].dispose()


if __name__ == "__main__":
    main()
