"""What a browser sends from an evaluator's pages of the valley's third round."""

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.integration.sealing import SLUG
from tests.staff import Person

ROUND = f"/captura/{SLUG}/3"
NANDU = f"{ROUND}/municipios/nandu/"
EVIDENCE = f"{NANDU}demandas/3/evidencias/"


def writing(app: Flask) -> Session:
    return Session(app.extensions["database"].execution_options(write=True), expire_on_commit=False)


def cell(key: str, **typed: str) -> dict[str, str]:
    """The fields of one cell as a browser sends them."""
    fields = {"score": "", "absence": "", "reason": "", "note": "", "base": "0", "seen": "0", **typed}
    return {"cell": key, **{f"{key}-{name}": value for name, value in fields.items()}}


def send(person: Person, go: str = "save", path: str = NANDU, **typed: str) -> TestResponse:
    return person.post(path, {"go": go, **cell("nandu-3", **typed)}, NANDU)
