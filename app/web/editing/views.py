"""``/coordinacion/<edition>/temas/`` and the other parts of an edition's rules; ``/coordinacion/nueva/``."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain.edits import mark_of
from app.domain.errors import RuleBroken
from app.domain.permissions import Permission
from app.domain.seed_tables import BY_NAME
from app.extensions import database
from app.queries.edits import list_rule_rows
from app.queries.parts import page_of
from app.queries.preparations import find_edition_value
from app.queries.publications import find_edition_publication
from app.services.edits import remove_row
from app.web.editing.pages import REFUSALS, form_page, known_part, row_of, rules_of, save
from app.web.shared.access import current_actor, requires
from app.web.shared.commits import commits
from app.web.shared.forms import sentence

N_ = str
blueprint = Blueprint("editing", __name__, url_prefix="/coordinacion/<edition:edition>")
MANY = "/<any(temas,demandas,municipios,gestiones,calendario,organizaciones,fuentes):part>"
SINGLE = "/<any(datos,metodo):part>"
A_ROW = f"{MANY}/<key:key>"


@blueprint.get(f"{MANY}/", defaults={"page": 1})
@blueprint.get(f"{MANY}/pagina/<count:page>/")
@requires(Permission.PREPARE_EDITION)
def rows(edition: str, part: str, page: int) -> str:
    """The rows of one part, page by page."""
    found = known_part(part)
    seed = rules_of(database.session, edition)
    shown, listed = page_of(list_rule_rows(seed, found.table), page) or abort(404)
    return render_template(
        "editing/rows.html",
        part=found,
        seed=seed,
        rows=listed,
        shown=shown,
        is_sealed=find_edition_publication(database.session, edition) is not None,
        edition=find_edition_value(database.session, edition),
    )


@blueprint.get(f"{MANY}/agregar/")
@requires(Permission.PREPARE_EDITION)
def new(edition: str, part: str) -> str:
    """A form for a new row."""
    found = known_part(part)
    form = found.form()
    form.fill(found.empty())
    return form_page(database.session, edition, found, form, None)


@blueprint.post(f"{MANY}/agregar/")
@requires(Permission.PREPARE_EDITION)
@commits
def add(edition: str, part: str) -> ResponseReturnValue:
    """Add the row."""
    found = known_part(part)
    refused = save(edition, found, None, found.form())
    if refused is not None:
        return refused
    flash(sentence(N_("Se agregó.")))
    return redirect(url_for(".rows", edition=edition, part=part), 303)


@blueprint.get(f"{SINGLE}/", defaults={"key": ""})
@blueprint.get(f"{A_ROW}/")
@requires(Permission.PREPARE_EDITION)
def row(edition: str, part: str, key: str) -> str:
    """A row, to be changed until the rules are sealed."""
    found = known_part(part)
    before = row_of(rules_of(database.session, edition), found, key)
    form = found.form()
    form.fill(before)
    form.seen.data = mark_of(before)
    return form_page(database.session, edition, found, form, before)


@blueprint.post(f"{SINGLE}/", defaults={"key": ""})
@blueprint.post(f"{A_ROW}/")
@requires(Permission.PREPARE_EDITION)
@commits
def change(edition: str, part: str, key: str) -> ResponseReturnValue:
    """Change the row."""
    found = known_part(part)
    before = row_of(rules_of(database.writing_session, edition), found, key)
    refused = save(edition, found, before, found.form())
    if refused is not None:
        return refused
    flash(sentence(N_("Se guardó.")))
    if found.is_single:
        return redirect(url_for("organising.edition", edition=edition), 303)
    return redirect(url_for(".rows", edition=edition, part=part), 303)


@blueprint.post(f"{A_ROW}/quitar/")
@requires(Permission.PREPARE_EDITION)
@commits
def remove(edition: str, part: str, key: str) -> ResponseReturnValue:
    """Remove the row."""
    session, found = database.writing_session, known_part(part)
    before = row_of(rules_of(session, edition), found, key)
    row_key = BY_NAME[found.table].key_of(before)
    try:
        remove_row(session, current_actor(), edition=edition, table=found.table, key=row_key, now_utc=datetime.now(UTC))
    except RuleBroken as broken:
        flash(sentence(REFUSALS[broken.code]), "warning")
        return redirect(url_for(".row", edition=edition, part=part, key=key), 303)
    flash(sentence(N_("Se quitó.")))
    return redirect(url_for(".rows", edition=edition, part=part), 303)
