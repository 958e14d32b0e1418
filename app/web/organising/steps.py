"""Asking for a step of a round and answering it."""

from datetime import UTC, datetime

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain.duties import Place
from app.domain.editions import Edition
from app.domain.errors import RuleBroken
from app.domain.hours import NoSuchHour
from app.domain.rounds import RoundAtWork, RoundNotReady
from app.domain.stages import Stage, next_stage, stage_before
from app.domain.working_days import DEFAULT_DAYS, LEAST_DAYS, due_at_utc
from app.extensions import WritingSession, database
from app.queries.acknowledgements import list_notes
from app.queries.assignments import find_coverage
from app.queries.preparations import find_edition_value
from app.queries.publications import find_edition_publication
from app.queries.rounds import find_round_at_work
from app.services.rounds import Move, lead_round
from app.web.organising.forms import MoveForm
from app.web.shared.access import current_actor
from app.web.shared.forms import put_error, sentence
from app.web.shared.languages import current_language
from app.web.shared.words import word

N_ = str
CONFLICT, UNFIT = 409, 422
RULES = {
    "stage-wrong": N_("Alguien movió esta evaluación mientras tanto. Vea en qué etapa está antes de seguir."),
    "move-needs-reason": N_("Escriba el motivo: queda en la bitácora."),
    "reply-due-passed": N_("El plazo para responder ya pasó. Elija un día y una hora que estén por venir."),
    "reply-due-too-soon": N_(
        "Deje al menos %(days)s días hábiles para responder: el plazo no puede terminar antes del %(earliest)s."
    ),
    "no-such-hour": N_("Ese día el reloj se adelanta y esa hora no existe. Elija otra."),
    "edition-incomplete": N_("A la administración le faltan temas, demandas o municipios."),
    "sealed-before-previous": N_(
        "El reloj del servidor va atrás de la última publicación. Avise a quien lo administra."
    ),
}


def ask(slug: str, number: int, *, back: bool) -> ResponseReturnValue:
    """The page that asks for the next step, or for the step back."""
    at_work = find_round_at_work(database.session, slug, number) or abort(404)
    target = at_work.before if back else at_work.following
    if target is None:
        return redirect(url_for(".round_at_work", edition=slug, number=number), 303)
    edition = find_edition_value(database.session, slug) or abort(404)
    form = MoveForm.of_step(target, back=back)
    form.origin.data = at_work.stage.value
    form.propose(due_at_utc(datetime.now(UTC), DEFAULT_DAYS, edition.zone), edition.zone)
    return _page(database.session, at_work, edition, form, (target, back))


def move(slug: str, number: int, *, back: bool) -> ResponseReturnValue:
    """Make the step that the form was shown for; where a rule refuses, show the form again with what was typed."""
    session = database.writing_session
    edition = find_edition_value(session, slug) or abort(404)
    at_work = find_round_at_work(session, slug, number) or abort(404)
    origin = MoveForm().typed_origin() or abort(400)
    target = (stage_before(origin) if back else next_stage(origin)) or abort(400)
    form = MoveForm.of_step(target, back=back)
    step = (target, back)
    if not form.validate_on_submit():
        return _page(session, at_work, edition, form, step), UNFIT
    room = f"{current_app.config['SETTINGS'].site_url}/enlace/"
    try:
        asked = Move(slug, number, origin, target, form.typed_reason(), form.due_at_utc(edition.zone), room)
        lead_round(session, current_actor(), move=asked, now_utc=datetime.now(UTC))
    except RoundNotReady:
        return _page(session, at_work, edition, form, step), CONFLICT
    except RuleBroken as broken:
        put_error(form, _FIELDS.get(broken.code, "origin"), _words(broken, edition))
        return _page(session, at_work, edition, form, step), UNFIT if broken.code in _FIELDS else CONFLICT
    flash(sentence(N_("La evaluación %(number)s está ahora %(stage)s."), number=number, stage=word(target)))
    return redirect(url_for(".round_at_work", edition=slug, number=number), 303)


_FIELDS = {
    "move-needs-reason": "reason",
    "reply-due-passed": "due_day",
    "reply-due-too-soon": "due_day",
    NoSuchHour.code: "due_hour",
}


def _words(broken: RuleBroken, edition: Edition) -> str:
    """Why the round was not moved."""
    earliest = broken.facts.get("earliest")
    if not isinstance(earliest, datetime):
        return sentence(RULES[broken.code])
    facts = {"days": LEAST_DAYS, "earliest": current_language().moment(earliest, edition.zone)}
    return sentence(RULES[broken.code], **facts)


def _page(
    session: WritingSession, at_work: RoundAtWork, edition: Edition, form: MoveForm, step: tuple[Stage, bool]
) -> str:
    """The page of a step, with what stands in its way."""
    target, back = step
    return render_template(
        "organising/step.html",
        target=target,
        back=back,
        at_work=at_work,
        edition=edition,
        form=form,
        obstacles=at_work.obstacles_back() if back else at_work.obstacles(datetime.now(UTC)),
        is_sealed=find_edition_publication(session, edition.slug) is not None,
        uncovered=_uncovered(session, edition.slug) if target is Stage.RATING and not back else (),
        least_days=LEAST_DAYS,
        silent=[note.name for note in list_notes(session, edition.slug) if note.said is None],
    )


def _uncovered(session: WritingSession, slug: str) -> tuple[Place, ...]:
    """The municipalities with themes that are nobody's to rate."""
    coverage = find_coverage(session, slug)
    return tuple(place for place, _ in coverage.nobodys()) if coverage else ()
