"""``/enlace/``: what an office is shown of its own municipality, what it writes, and the letter that it sends."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.config import Settings
from app.domain.errors import RuleBroken
from app.domain.letters import LetterRefused, RequestDecided
from app.domain.offices import Desk, OfficeSheet
from app.domain.permissions import Permission
from app.domain.stages import StageWrong
from app.domain.working_days import TimeLeft, time_left
from app.extensions import database
from app.queries.calculations import find_calculation
from app.queries.office_sheets import find_letter, find_office_file, find_office_sheet
from app.queries.offices import list_offices
from app.services.letters import DraftConflict, Seat, save_drafts, send_letter
from app.web.offices.forms import (
    LetterForm,
    ReplyForm,
    SheetForm,
    agree_to_rest,
    are_valid,
    are_whole,
    read_forms,
    signing_of,
    writings_of,
)
from app.web.offices.sentences import problem_words, saved_words, sent_words
from app.web.shared.access import current_actor, requires
from app.web.shared.commits import commits
from app.web.shared.downloads import hand_out
from app.web.shared.forms import errors_of, named_errors_of, put_error

blueprint = Blueprint("offices", __name__, url_prefix="/enlace")
OF_A_ROUND = "/<edition:edition>/<slug:municipality>/<count:number>"
LETTER, FILE = "letter", "file-"
"""What the buttons of the draft say: on to the letter, or to the file of the demand whose number follows."""
Problems = list[tuple[str, str]]


@blueprint.get("/")
@requires(Permission.ANSWER)
def rounds() -> str:
    """The rounds of every municipality that the person answers for."""
    actor = current_actor()
    seats = [
        (edition, place) for edition in actor.editions(Permission.ANSWER) for place in actor.municipalities(edition)
    ]
    return render_template("offices/rounds.html", offices=list_offices(database.session, seats), left=_left)


@blueprint.get(f"{OF_A_ROUND}/")
@requires(Permission.ANSWER)
def sheet(edition: str, municipality: str, number: int) -> str:
    """The draft of the municipality under embargo, with what the office has written."""
    found = shown_sheet(edition, municipality, number)
    return _page(found, SheetForm(), read_forms(found) if found.desk.is_open else {})


@blueprint.post(f"{OF_A_ROUND}/")
@requires(Permission.ANSWER)
@commits
def save(edition: str, municipality: str, number: int) -> ResponseReturnValue:
    """Store what was typed; then on to the letter where every reply is whole, or to the file of one demand."""
    found = shown_sheet(edition, municipality, number)
    form, forms = SheetForm(), read_forms(found, request.form)
    if form.agree_to_rest.data:
        agree_to_rest(forms)
    then = request.form.get("then", "")
    goes_on = then == LETTER
    if not (form.validate() & are_valid(forms)) or (goes_on and not are_whole(forms)):
        return _page(found, form, forms), 422
    seat, writings = Seat(edition, municipality, number), writings_of(forms)
    try:
        saved = save_drafts(
            database.writing_session, current_actor(), seat=seat, writings=writings, now_utc=datetime.now(UTC)
        )
    except (DraftConflict, RequestDecided, StageWrong) as broken:
        return _not_saved(found, form, forms, broken), 409
    wanted = next((number for number in forms if then == f"{FILE}{number}"), None)
    if saved or wanted is None:
        flash(saved_words(saved))
    if wanted is not None:
        return to_page(".file", seat, demand=wanted)
    return to_page(".letter" if goes_on else ".sheet", seat)


@blueprint.get(f"{OF_A_ROUND}/carta/")
@requires(Permission.ANSWER)
def letter(edition: str, municipality: str, number: int) -> ResponseReturnValue:
    """The letter as it would be published, to be signed."""
    found = shown_sheet(edition, municipality, number)
    if not found.desk.is_open:
        return to_page(".sheet", Seat(edition, municipality, number))
    return _letter_page(found, LetterForm.of(found))


@blueprint.post(f"{OF_A_ROUND}/carta/")
@requires(Permission.ANSWER)
@commits
def send(edition: str, municipality: str, number: int) -> ResponseReturnValue:
    """Send the letter, if it still is the one that was shown."""
    form = LetterForm()
    if not form.validate():
        return _letter_page(shown_sheet(edition, municipality, number), form), 422
    signing, seat = signing_of(form), Seat(edition, municipality, number)
    try:
        sent = send_letter(
            database.writing_session,
            current_actor(),
            seat=seat,
            signing=signing,
            seen=form.seen.data or "",
            address_of=partial(_receipt_address, seat),
            now_utc=datetime.now(UTC),
        )
    except (LetterRefused, StageWrong) as broken:
        return _not_sent(seat, form, broken)
    flash(sent_words())
    return redirect(_receipt_address(seat, sent.number, external=False), 303)


@blueprint.get(f"{OF_A_ROUND}/cartas/<count:letter>/")
@requires(Permission.ANSWER)
def receipt(edition: str, municipality: str, number: int, letter: int) -> str:
    """The receipt of a letter: its number, time and code, and what it says."""
    found = find_letter(database.session, edition, municipality, number, letter) or abort(404)
    address = partial(file_address_of, found[0].desk)
    return render_template("offices/receipt.html", sheet=found[0], letter=found[1], file_address=address)


@blueprint.get(f"{OF_A_ROUND}/archivos/<sha256:sha256>")
@requires(Permission.ANSWER)
def evidence_file(edition: str, municipality: str, number: int, sha256: str) -> Response:
    """A kept file behind one of the scores of the draft, or behind what the office says of it."""
    return hand_out(find_office_file(database.session, edition, municipality, number, sha256))


def shown_sheet(edition: str, municipality: str, number: int) -> OfficeSheet:
    """The draft of a municipality while its office may see it; 404 else."""
    return find_office_sheet(database.session, edition, municipality, number) or abort(404)


def to_page(endpoint: str, seat: Seat, **more: Any) -> Response:  # noqa: ANN401 - Flask's own
    """On to another page of the same draft."""
    address = url_for(endpoint, edition=seat.edition, municipality=seat.municipality, number=seat.number, **more)
    return redirect(address, 303)


def _receipt_address(seat: Seat, letter: int, *, external: bool = True) -> str:
    """The page of a receipt; as a mail needs it, whole."""
    path = url_for(".receipt", edition=seat.edition, municipality=seat.municipality, number=seat.number, letter=letter)
    settings: Settings = current_app.config["SETTINGS"]
    return settings.site_url + path if external else path


def file_address_of(desk: Desk, sha256: str) -> str:
    """Where the office finds a kept file behind a score of its draft."""
    edition, municipality, number = desk.edition.slug, desk.slug, desk.period.number
    return url_for(".evidence_file", edition=edition, municipality=municipality, number=number, sha256=sha256)


def _left(desk: Desk) -> TimeLeft | None:
    """What is left until the deadline of a desk, now."""
    return time_left(datetime.now(UTC), desk.due_at_utc, desk.edition.zone) if desk.due_at_utc else None


def _page(found: OfficeSheet, form: SheetForm, forms: dict[int, ReplyForm], general: Problems | None = None) -> str:
    desk = found.desk
    numbered = ((field, f"{n}. {words}") for n, reply in forms.items() for field, words in errors_of(reply))
    return render_template(
        "offices/sheet.html",
        sheet=found,
        left=_left(found.desk),
        form=form.name_fields(),
        forms=forms,
        problems=[*(general or []), *errors_of(form), *numbered],
        file_address=partial(file_address_of, desk),
        published=find_calculation(database.session, desk.edition.slug, desk.slug),
    )


def _not_saved(found: OfficeSheet, form: SheetForm, forms: dict[int, ReplyForm], broken: RuleBroken) -> str:
    """The page with all that was typed, and beside it what another person of the office wrote meanwhile."""
    stored = broken.stored if isinstance(broken, DraftConflict) else {}
    for number, typed in stored.items():
        forms[number].show_other(typed)
    return _page(found, form, forms, [] if stored else [("contenido", problem_words(broken))])


def _letter_page(found: OfficeSheet, form: LetterForm, general: Problems | None = None) -> str:
    return render_template(
        "offices/letter.html",
        sheet=found,
        left=_left(found.desk),
        form=form.name_fields(),
        problems=[*(general or []), *named_errors_of(form)],
        file_address=partial(file_address_of, found.desk),
    )


def _not_sent(seat: Seat, form: LetterForm, broken: RuleBroken) -> ResponseReturnValue:
    """The letter as it is now, with what was typed and why it was not sent; after a second click, its receipt."""
    found = find_office_sheet(database.writing_session, seat.edition, seat.municipality, seat.number) or abort(404)
    last = found.letters[-1] if found.letters else None
    if broken.code == "changed" and last and last.was_just_sent_by(current_actor().account_id, datetime.now(UTC)):
        return redirect(_receipt_address(seat, last.number, external=False), 303)
    form.seen.data = "" if found.unfinished else found.digest
    if broken.code == "empty":
        put_error(form, "words", problem_words(broken))
        return _letter_page(found, form), 422
    return _letter_page(found, form, [("contenido", problem_words(broken))]), 409
