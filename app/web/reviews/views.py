"""``/revision/``: what waits for a verdict, and the sheet of one municipality with all its cells."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import RuleBroken
from app.domain.permissions import Permission
from app.domain.reviews import ReviewQueue, ReviewSheet, VerdictsRefused
from app.domain.stages import StageWrong
from app.extensions import database
from app.queries.reviews import find_queue, find_sheet, list_queues
from app.services.reviews import Verdict, review_cells
from app.web.reviews.forms import VerdictForm, are_valid, read_forms, verdicts_of
from app.web.reviews.sentences import given_words, problem_words
from app.web.shared.access import current_actor, requires
from app.web.shared.commits import commits

blueprint = Blueprint("reviews", __name__, url_prefix="/revision")


@blueprint.get("/")
@requires(Permission.REVIEW)
def rounds() -> str:
    """The rounds under way in the reviewer's editions."""
    queues = list_queues(database.session, current_actor().editions(Permission.REVIEW))
    return render_template("reviews/rounds.html", queues=queues)


@blueprint.get("/<edition:edition>/<count:number>/")
@requires(Permission.REVIEW)
def queue(edition: str, number: int) -> str:
    """One round: which cells are open, and where."""
    return render_template("reviews/queue.html", queue=_queue(edition, number))


@blueprint.get("/<edition:edition>/<count:number>/<slug:municipality>/")
@requires(Permission.REVIEW)
def sheet(edition: str, number: int, municipality: str) -> str:
    """One municipality with its cells, their evidence and their threads."""
    found = _sheet(edition, number, municipality)
    return render_template("reviews/sheet.html", sheet=found, forms=read_forms(found), problems=())


@blueprint.post("/<edition:edition>/<count:number>/<slug:municipality>/")
@requires(Permission.REVIEW)
@commits
def review(edition: str, number: int, municipality: str) -> ResponseReturnValue:
    """Give the verdicts of a sheet, all of them or none."""
    found = _sheet(edition, number, municipality)
    forms = read_forms(found, request.form)
    if not are_valid(forms):
        return _again(found, forms)
    try:
        states = review_cells(
            database.writing_session,
            current_actor(),
            edition=edition,
            round_number=number,
            municipality=municipality,
            verdicts=[Verdict(**given.__dict__) for given in verdicts_of(forms)],
            now_utc=datetime.now(UTC),
        )
    except (VerdictsRefused, StageWrong) as broken:
        return _refused(found, forms, broken)
    flash(given_words(found.name, states))
    return redirect(_following(edition, number, municipality), 303)


def _following(edition: str, number: int, municipality: str) -> str:
    """Where something still waits: the next municipality, or the round."""
    now = find_queue(database.writing_session, edition, number)
    following = now.next_after(municipality) if now else None
    if following is None:
        return url_for(".queue", edition=edition, number=number)
    return url_for(".sheet", edition=edition, number=number, municipality=following.municipality)


def _queue(edition: str, number: int) -> ReviewQueue:
    return find_queue(database.session, edition, number) or abort(404)


def _sheet(edition: str, number: int, municipality: str) -> ReviewSheet:
    account_id = current_actor().account_id
    return find_sheet(database.session, edition, number, municipality, account_id) or abort(404)


def _refused(found: ReviewSheet, forms: dict[int, VerdictForm], broken: RuleBroken) -> ResponseReturnValue:
    """The sheet as it is now, with what was typed and what stands in its way."""
    problems = broken.facts.get("problems")
    for demand, problem in problems.items() if isinstance(problems, dict) else ():
        forms[demand].words.errors = [problem_words(problem)]
    general = () if isinstance(problems, dict) else (problem_words(broken),)
    return _again(found, forms, general)


def _again(found: ReviewSheet, forms: dict[int, VerdictForm], general: tuple[str, ...] = ()) -> ResponseReturnValue:
    wrong = [(form.words.id, f"{form.demand}. {problem}") for form in forms.values() for problem in form.words.errors]
    page = render_template(
        "reviews/sheet.html", sheet=found, forms=forms, problems=[*(("contenido", words) for words in general), *wrong]
    )
    return page, 422
