"""The distinctions of a round: suggested, written, reworded, put in order, removed."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, url_for

from app.domain.errors import RuleBroken
from app.domain.permissions import Permission
from app.domain.publications import DistinctionKind
from app.extensions import database
from app.queries.distinctions import DistinctionDraft, DistinctionsPage, find_distinctions
from app.services import distinctions as services
from app.web.distinctions.forms import DistinctionForm
from app.web.distinctions.words import merit_words, refusal
from app.web.shared.access import current_actor, requires
from app.web.shared.commits import commits
from app.web.shared.forms import sentence

N_ = str
blueprint = Blueprint("distinctions", __name__, url_prefix="/coordinacion/<edition:edition>")
ROUND = "/evaluaciones/<count:number>/reconocimientos"
ONE = f"{ROUND}/<count:distinction>"


@blueprint.get(f"{ROUND}/")
@requires(Permission.SIGN)
def distinctions(edition: str, number: int) -> Response:
    """What is written so far, what the numbers suggest, and the form for one more."""
    return _list(_page(edition, number))


@blueprint.post(f"{ROUND}/")
@requires(Permission.DISTINGUISH)
@commits
def write(edition: str, number: int) -> Response:
    """Write one."""
    page = _page(edition, number)
    form = DistinctionForm().offer(page.places)
    if not form.validate():
        return _list(page, form, 422)
    session, now, new = database.writing_session, datetime.now(UTC), _new(form)
    return _answer(
        page,
        lambda: services.write_distinction(
            session, current_actor(), edition=edition, number=number, new=new, now_utc=now
        ),
        lambda why: _list(page, form, 409, why),
        N_("Quedó guardado. Se publica con la evaluación."),
    )


@blueprint.get(f"{ONE}/")
@requires(Permission.DISTINGUISH)
def distinction(edition: str, number: int, distinction: int) -> Response:
    """One of them, to say it otherwise."""
    page = _page(edition, number)
    row = _row(page, distinction)
    data = {"municipality": row.slug, "kind": row.kind.value, "text": row.text, "signatory": row.signatory}
    return _one(page, row, DistinctionForm(formdata=None, data=data).offer(page.places))


@blueprint.post(f"{ONE}/")
@requires(Permission.DISTINGUISH)
@commits
def reword(edition: str, number: int, distinction: int) -> Response:
    """Say it otherwise; whom it is about stays."""
    page = _page(edition, number)
    row = _row(page, distinction)
    form = DistinctionForm().offer(page.places)
    form.municipality.data = row.slug
    if not form.validate():
        return _one(page, row, form, 422)
    return _answer(
        page,
        lambda: _reword(page, distinction, form),
        lambda why: _one(page, row, form, 409, why),
        N_("Quedó guardado. Se publica con la evaluación."),
    )


def _reword(page: DistinctionsPage, distinction: int, form: DistinctionForm) -> None:
    services.reword_distinction(
        database.writing_session,
        current_actor(),
        edition=page.edition.slug,
        number=page.number,
        distinction=distinction,
        new=_new(form),
        now_utc=datetime.now(UTC),
    )


@blueprint.post(f"{ONE}/quitar/")
@requires(Permission.DISTINGUISH)
@commits
def remove(edition: str, number: int, distinction: int) -> Response:
    """Take one out."""
    return _act_on(services.remove_distinction, edition, number, distinction, N_("Se quitó."))


@blueprint.post(f"{ONE}/subir/")
@requires(Permission.DISTINGUISH)
@commits
def raise_one(edition: str, number: int, distinction: int) -> Response:
    """Put one before the one above it."""
    return _act_on(services.move_up, edition, number, distinction, N_("Se subió un lugar."))


def _act_on(act: Callable[..., None], edition: str, number: int, distinction: int, said: str) -> Response:
    page, session, now = _page(edition, number), database.writing_session, datetime.now(UTC)
    return _answer(
        page,
        lambda: act(session, current_actor(), edition=edition, number=number, distinction=distinction, now_utc=now),
        lambda why: _list(page, status=409, why=why),
        said,
    )


def _answer(page: DistinctionsPage, act: Callable[[], object], again: Callable[[str], Response], said: str) -> Response:
    """Back to the list, which says what was done; or the form as it was typed, with why nothing was."""
    try:
        act()
    except RuleBroken as broken:
        return again(refusal(broken.code))
    flash(sentence(said))
    address = url_for("distinctions.distinctions", edition=page.edition.slug, number=page.number)
    return make_response(redirect(address, 303))


def _new(form: DistinctionForm) -> services.NewDistinction:
    return services.NewDistinction(
        form.municipality.data or "", DistinctionKind(form.kind.data), form.words, form.signed
    )


def _page(edition: str, number: int) -> DistinctionsPage:
    page = find_distinctions(database.session, edition, number, datetime.now(UTC))
    if page is None:
        abort(404)
    return page


def _row(page: DistinctionsPage, distinction: int) -> DistinctionDraft:
    row = page.find(distinction)
    if row is None:
        abort(404)
    return row


def _list(page: DistinctionsPage, form: DistinctionForm | None = None, status: int = 200, why: str = "") -> Response:
    words = render_template(
        "distinctions/distinctions.html",
        page=page,
        edition=page.edition,
        form=form or DistinctionForm(formdata=None).offer(page.places),
        merits=[merit_words(merit, page.themes) for merit in page.merits],
        why=why,
    )
    return make_response(words, status)


def _one(
    page: DistinctionsPage, row: DistinctionDraft, form: DistinctionForm, status: int = 200, why: str = ""
) -> Response:
    words = render_template(
        "distinctions/distinction.html", page=page, edition=page.edition, row=row, form=form, why=why
    )
    return make_response(words, status)
