"""``/revision/…/respuestas/``: what the municipalities ask for, what is decided, and who came to the meeting."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import RuleBroken
from app.domain.permissions import Permission
from app.domain.requests import DecisionRefused, Request, RequestsOfRound
from app.domain.stages import StageWrong
from app.extensions import database
from app.queries.decisions import find_request, find_requests
from app.queries.parts import page_of
from app.services.decisions import decide_reply
from app.services.meetings import may_note_meetings, note_meetings
from app.services.scores import EditConflict
from app.web.decisions.forms import DecisionForm, attendance_forms, read_attendance
from app.web.decisions.sentences import OF_THE_RATING, decided_words, noted_words, problem_words
from app.web.shared.access import current_actor, requires
from app.web.shared.commits import commits
from app.web.shared.forms import StaffForm, named_errors_of, put_error

blueprint = Blueprint("decisions", __name__, url_prefix="/revision/<edition:edition>/<count:number>")
OF_A_REQUEST = "/respuestas/<slug:municipality>/<count:demand>/"


@blueprint.get("/respuestas/")
@requires(Permission.DECIDE)
def requests(edition: str, number: int) -> str:
    """What came from each municipality, and which requests wait."""
    return render_template("decisions/requests.html", asked=_asked(edition, number))


@blueprint.get(OF_A_REQUEST)
@requires(Permission.DECIDE)
def decision(edition: str, number: int, municipality: str, demand: int) -> str:
    """One request with the score that it is about."""
    found = _request(edition, number, municipality, demand)
    return _page(found, DecisionForm.of(found), [])


@blueprint.post(OF_A_REQUEST)
@requires(Permission.DECIDE)
@commits
def decide(edition: str, number: int, municipality: str, demand: int) -> ResponseReturnValue:
    """Decide it."""
    found, form = _request(edition, number, municipality, demand), DecisionForm().name_fields()
    if not form.validate():
        return _again(found, form), 422
    try:
        decided = decide_reply(
            database.writing_session,
            current_actor(),
            edition=edition,
            number=number,
            municipality=municipality,
            demand=demand,
            new=form.decision,
            now_utc=datetime.now(UTC),
        )
    except (EditConflict, StageWrong, DecisionRefused) as broken:
        return _refused(found, form, broken)
    flash(decided_words(decided))
    return redirect(url_for(".requests", edition=edition, number=number), 303)


@blueprint.get("/reuniones/", defaults={"page": 1})
@blueprint.get("/reuniones/pagina/<count:page>/")
@requires(Permission.SEE_PROGRESS)
def meetings(edition: str, number: int, page: int) -> str:
    """Who came to the meeting of the round."""
    return _meetings(_met(edition, number), page, StaffForm(), {})


@blueprint.post("/reuniones/", defaults={"page": 1})
@blueprint.post("/reuniones/pagina/<count:page>/")
@requires(Permission.SEE_PROGRESS)
@commits
def attend(edition: str, number: int, page: int) -> ResponseReturnValue:
    """Note who came."""
    asked, form = _met(edition, number), StaffForm()
    came = read_attendance((row.desk for row in asked.rows), request.form)
    if not form.validate():
        return _meetings(asked, page, form, came), 422
    session, actor, now_utc = database.writing_session, current_actor(), datetime.now(UTC)
    try:
        changed = note_meetings(session, actor, edition=edition, number=number, attended=came, now_utc=now_utc)
    except StageWrong:
        return _meetings(_met(edition, number), page, form, came), 409
    flash(noted_words(changed))
    return redirect(url_for(".meetings", edition=edition, number=number, page=page), 303)


def _meetings(asked: RequestsOfRound, page: int, form: StaffForm, came: Mapping[str, bool | None]) -> str:
    """One page of the municipalities, with what was just typed before what is known."""
    shown, rows = page_of(asked.rows, page) or abort(404)
    forms = attendance_forms((row.desk, came.get(row.desk.slug, row.attended)) for row in rows)
    return render_template("decisions/meetings.html", asked=asked, form=form, forms=forms, rows=rows, shown=shown)


def _page(found: Request, form: DecisionForm, problems: list[tuple[str, str]]) -> str:
    address = partial(_file_address, found.desk.edition.slug)
    return render_template("decisions/decision.html", asked=found, form=form, problems=problems, file_address=address)


def _file_address(edition: str, sha256: str) -> str:
    return url_for("ratings.evidence_file_for_review", edition=edition, sha256=sha256)


def _asked(edition: str, number: int) -> RequestsOfRound:
    return find_requests(database.session, edition, number, current_actor().account_id) or abort(404)


def _met(edition: str, number: int) -> RequestsOfRound:
    if not may_note_meetings(current_actor(), edition):
        abort(403)
    return _asked(edition, number)


def _request(edition: str, number: int, municipality: str, demand: int) -> Request:
    account_id = current_actor().account_id
    return find_request(database.session, edition, number, municipality, demand, account_id) or abort(404)


def _again(found: Request, form: DecisionForm, general: tuple[str, ...] = ()) -> str:
    problems = [*(("contenido", words) for words in general), *named_errors_of(form)]
    return _page(found, form, problems)


def _refused(found: Request, form: DecisionForm, broken: RuleBroken) -> ResponseReturnValue:
    """The request as it is now, with what was typed and what stands in its way."""
    if broken.code in OF_THE_RATING:
        put_error(form, "rating", problem_words(broken))
        return _again(found, form), 422
    at = (found.desk.edition.slug, found.desk.period.number, found.desk.slug, found.demand.number)
    now = find_request(database.writing_session, *at, current_actor().account_id) or abort(404)
    form.show(now)
    return _again(now, form, (problem_words(broken),)), 409
