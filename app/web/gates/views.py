"""The gate of a round and of each correction: read, sign, publish."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, url_for

from app.domain.errors import RuleBroken
from app.domain.gates import GateKey
from app.domain.manifests import render
from app.domain.permissions import Permission
from app.extensions import WritingSession, database
from app.queries.gates import Gate, find_gate
from app.services import gates
from app.web.gates.forms import HourForm, SeenForm
from app.web.gates.words import concern_groups, differences, refusal
from app.web.shared.access import current_actor, requires
from app.web.shared.addresses import site_url
from app.web.shared.commits import commits
from app.web.shared.forms import sentence

N_ = str
blueprint = Blueprint("gates", __name__, url_prefix="/coordinacion/<edition:edition>")
ROUND = "/evaluaciones/<count:number>/publicar"
CASE = "/evaluaciones/<count:number>/correcciones/<count:case>/publicar"
NO_CASE: dict[str, object] = {"case": None}


@blueprint.get(f"{ROUND}/", defaults=NO_CASE)
@blueprint.get(f"{CASE}/")
@requires(Permission.SIGN)
def gate(edition: str, number: int, case: int | None) -> Response:
    """What readers would see, what stands against it, who signed, and what may be done."""
    return _page(GateKey(edition, number, case))


@blueprint.get(f"{ROUND}/archivo.csv", defaults=NO_CASE)
@blueprint.get(f"{CASE}/archivo.csv")
@requires(Permission.SIGN)
def manifest(edition: str, number: int, case: int | None) -> Response:
    """The file that would be sealed, for whoever wants to read or recompute all of it before signing."""
    to_seal = _found(GateKey(edition, number, case)).to_seal
    if to_seal is None:
        abort(404)
    response = make_response(render(to_seal.head, to_seal.content, to_seal.standings))
    response.content_type = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="borrador-{edition}-{number}.csv"'
    return response


@blueprint.post(f"{ROUND}/firmar/", defaults=NO_CASE)
@blueprint.post(f"{CASE}/firmar/")
@requires(Permission.SIGN)
@commits
def sign(edition: str, number: int, case: int | None) -> Response:
    """Sign the difference that was on the page."""
    key, seen = GateKey(edition, number, case), SeenForm().seen
    now, session, site = datetime.now(UTC), database.writing_session, site_url()
    return _answer(
        key,
        lambda: gates.sign(session, current_actor(), key=key, digest=seen, site_url=site, now_utc=now),
        N_("Su firma quedó registrada."),
    )


@blueprint.post(f"{ROUND}/retirar-firma/", defaults=NO_CASE)
@blueprint.post(f"{CASE}/retirar-firma/")
@requires(Permission.SIGN)
@commits
def withdraw(edition: str, number: int, case: int | None) -> Response:
    """Take one's signature back."""
    key, now, session = GateKey(edition, number, case), datetime.now(UTC), database.writing_session
    return _answer(
        key,
        lambda: gates.withdraw_signature(session, current_actor(), key=key, now_utc=now),
        N_("Su firma quedó retirada."),
    )


@blueprint.post(f"{ROUND}/ahora/", defaults=NO_CASE)
@blueprint.post(f"{CASE}/ahora/")
@requires(Permission.PREPARE_PUBLICATION)
@commits
def publish(edition: str, number: int, case: int | None) -> Response:
    """Publish what two people signed."""
    key, seen = GateKey(edition, number, case), SeenForm().seen
    now, session = datetime.now(UTC), database.writing_session
    return _answer(
        key,
        lambda: gates.publish(session, current_actor(), key=key, digest=seen, now_utc=now),
        N_("Publicado. Desde este momento lo ve todo el mundo, en todas las páginas y archivos."),
    )


@blueprint.post(f"{ROUND}/hora/", defaults=NO_CASE)
@blueprint.post(f"{CASE}/hora/")
@requires(Permission.PREPARE_PUBLICATION)
@commits
def schedule(edition: str, number: int, case: int | None) -> Response:
    """Set the hour of the publication, in the zone of the edition."""
    key, form = GateKey(edition, number, case), HourForm()
    if not form.validate():
        return _page(key, form, status=422)
    zone, session = _found(key).edition.zone, database.writing_session
    return _answer(key, lambda: _schedule(session, key, form, zone), N_("La hora quedó fijada."), form)


def _schedule(session: WritingSession, key: GateKey, form: HourForm, zone: str) -> None:
    gates.schedule(
        session,
        current_actor(),
        key=key,
        digest=form.seen,
        publish_at_utc=form.moment(zone),
        now_utc=datetime.now(UTC),
    )


@blueprint.post(f"{ROUND}/cancelar/", defaults=NO_CASE)
@blueprint.post(f"{CASE}/cancelar/")
@requires(Permission.PREPARE_PUBLICATION)
@commits
def cancel(edition: str, number: int, case: int | None) -> Response:
    """Take the hour back."""
    key, now, session = GateKey(edition, number, case), datetime.now(UTC), database.writing_session
    return _answer(
        key,
        lambda: gates.cancel_schedule(session, current_actor(), key=key, now_utc=now),
        N_("La hora quedó cancelada; las firmas siguen."),
    )


def _answer(key: GateKey, act: Callable[[], object], said: str, form: HourForm | None = None) -> Response:
    """Back to the gate, which says what was done; or the gate as it stands now, with why nothing was."""
    _found(key)
    try:
        act()
    except RuleBroken as broken:
        return _page(key, form, status=409, why=refusal(broken.code))
    flash(sentence(said))
    return make_response(redirect(url_for("gates.gate", edition=key.edition, number=key.number, case=key.case), 303))


def _page(key: GateKey, form: HourForm | None = None, *, status: int = 200, why: str = "") -> Response:
    found = _found(key)
    words = render_template(
        "gates/gate.html",
        gate=found,
        edition=found.edition,
        shown=differences(found),
        groups=concern_groups(found),
        form=form or HourForm(formdata=None),
        why=why,
        refusal=refusal,
        me=current_actor().account_id,
    )
    return make_response(words, status)


def _found(key: GateKey) -> Gate:
    """The gate, or 404 where there is none."""
    found = find_gate(database.session, key, datetime.now(UTC))
    if found is None:
        abort(404)
    return found
