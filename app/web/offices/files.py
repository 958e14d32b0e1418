"""The file that backs one request: laid beside the draft, changed or taken away, until the letter is sent."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from flask import abort, current_app, flash, render_template
from flask.typing import ResponseReturnValue

from app.domain.errors import RuleBroken
from app.domain.evidence import EXTENSIONS, FileWrong
from app.domain.offices import OfficeSheet
from app.domain.permissions import NotAllowed, Permission
from app.extensions import database
from app.services.letters import Seat
from app.services.reply_files import NewFile, attach_file, detach_file
from app.web.offices.forms import FileForm, FileSeenForm
from app.web.offices.sentences import attached_words, detached_words, file_words
from app.web.offices.views import OF_A_ROUND, blueprint, file_address_of, shown_sheet, to_page
from app.web.shared.access import current_actor, requires
from app.web.shared.bodies import takes
from app.web.shared.commits import commits
from app.web.shared.forms import clean, errors_of, put_error
from app.web.shared.uploads import MEGABYTES, read_upload

HERE = f"{OF_A_ROUND}/demandas/<count:demand>/archivo/"


@blueprint.get(HERE)
@requires(Permission.ANSWER)
def file(edition: str, municipality: str, number: int, demand: int) -> str:
    """The file that backs the request about one score, and where to choose one."""
    return _page(_sheet(edition, municipality, number, demand), demand, FileForm(formdata=None))


@blueprint.post(HERE)
@requires(Permission.ANSWER)
@commits
@takes(12)
def attach(edition: str, municipality: str, number: int, demand: int) -> ResponseReturnValue:
    """Lay a file beside the request, in place of the one before."""
    found, form = _sheet(edition, municipality, number, demand), FileForm()
    if not form.validate():
        return _page(found, demand, form), 422
    seat = Seat(edition, municipality, number)
    known, folder, now_utc = clean(form.known.data), Path(current_app.instance_path), datetime.now(UTC)
    session, actor, new = database.writing_session, current_actor(), _new_file(form)
    try:
        attach_file(session, actor, seat=seat, demand=demand, known=known, new=new, folder=folder, now_utc=now_utc)
    except RuleBroken as broken:
        return _refused(seat, demand, form, broken)
    flash(attached_words())
    return to_page(".sheet", seat, _anchor=f"t{demand}")


@blueprint.post(f"{HERE}quitar")
@requires(Permission.ANSWER)
@commits
def detach(edition: str, municipality: str, number: int, demand: int) -> ResponseReturnValue:
    """Take the file away."""
    found, form, seat = (
        _sheet(edition, municipality, number, demand),
        FileSeenForm(),
        Seat(edition, municipality, number),
    )
    if not form.validate():
        return _page(found, demand, FileForm(formdata=None)), 422
    known, now_utc = clean(form.known.data), datetime.now(UTC)
    try:
        detach_file(database.writing_session, current_actor(), seat=seat, demand=demand, known=known, now_utc=now_utc)
    except RuleBroken as broken:
        return _refused(seat, demand, FileForm(formdata=None), broken)
    flash(detached_words())
    return to_page(".sheet", seat, _anchor=f"t{demand}")


def _new_file(form: FileForm) -> NewFile:
    name, content = read_upload(form.file)
    return NewFile(name, content, may_name_me=bool(form.signs.data))


def _sheet(edition: str, municipality: str, number: int, demand: int) -> OfficeSheet:
    """The draft, where the score on that demand can be answered; 404 else."""
    found = shown_sheet(edition, municipality, number)
    return found if found.find_score(demand) else abort(404)


def _page(found: OfficeSheet, demand: int, form: FileForm) -> str:
    score = found.find_score(demand) or abort(404)
    return render_template(
        "offices/file.html",
        sheet=found,
        score=score,
        form=form.name_fields(score),
        problems=errors_of(form),
        extensions=EXTENSIONS,
        megabytes=MEGABYTES,
        file_address=partial(file_address_of, found.desk),
    )


def _refused(seat: Seat, demand: int, form: FileForm, broken: RuleBroken) -> ResponseReturnValue:
    """The page as the draft is now, and why the file was not kept or not taken away."""
    if isinstance(broken, NotAllowed):
        raise broken
    put_error(form, "file", file_words(broken))
    found = shown_sheet(seat.edition, seat.municipality, seat.number)
    return _page(found, demand, form), 422 if isinstance(broken, FileWrong) else 409
