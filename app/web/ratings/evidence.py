"""The evidence behind one cell: what stands there, adding a link or a file, taking one away, opening a file."""

from datetime import UTC, datetime
from pathlib import Path

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.errors import RuleBroken
from app.domain.evidence import EXTENSIONS
from app.domain.permissions import NotAllowed, Permission
from app.extensions import database
from app.queries.evidence import find_kept_file
from app.queries.sheets import find_sheet
from app.services.evidence import NewPiece, add_piece, remove_piece
from app.web.ratings.forms import EvidenceForm, RemovalForm
from app.web.ratings.views import ROUND, blueprint
from app.web.ratings.words import refusal_words
from app.web.shared.access import current_actor, requires
from app.web.shared.bodies import takes
from app.web.shared.commits import commits
from app.web.shared.downloads import hand_out
from app.web.shared.forms import clean, named_errors_of, put_error, sentence
from app.web.shared.uploads import MEGABYTES, read_upload

N_ = str
HERE = f"{ROUND}/municipios/<slug:municipality>/demandas/<count:demand>/evidencias/"


@blueprint.get(HERE)
@requires(Permission.RATE)
def evidence(edition: str, number: int, municipality: str, demand: int) -> str:
    """The evidence of one cell."""
    return _page(edition, number, municipality, demand, EvidenceForm())


@blueprint.post(HERE)
@requires(Permission.RATE)
@commits
@takes(12)
def add_evidence(edition: str, number: int, municipality: str, demand: int) -> Response | tuple[str, int]:
    """Add a link or a file."""
    form = EvidenceForm()
    if form.validate_on_submit() and (new := _new_piece(form)):
        try:
            is_in = add_piece(
                database.writing_session,
                current_actor(),
                edition=edition,
                number=number,
                key=(municipality, demand),
                new=new,
                folder=Path(current_app.instance_path),
                now_utc=datetime.now(UTC),
            )
        except RuleBroken as broken:
            _refuse(form, broken)
        else:
            return _done(is_in=is_in)
    return _page(edition, number, municipality, demand, form), 422


@blueprint.post(f"{HERE}quitar")
@requires(Permission.RATE)
@commits
def remove_evidence(edition: str, number: int, municipality: str, demand: int) -> Response:
    """Take one away."""
    form = RemovalForm()
    here = url_for(".evidence", edition=edition, number=number, municipality=municipality, demand=demand)
    piece, revision = form.named()
    try:
        remove_piece(
            database.writing_session,
            current_actor(),
            edition=edition,
            number=number,
            key=(municipality, demand),
            piece=piece,
            revision=revision,
            now_utc=datetime.now(UTC),
        )
    except NotAllowed:
        abort(403)
    except RuleBroken:
        flash(sentence(N_("No se quitó: la casilla cambió o ya no se puede cambiar.")), "warning")
        return redirect(here, 303)
    flash(sentence(N_("Se quitó la evidencia.")))
    return redirect(here, 303)


@blueprint.get("/captura/<edition:edition>/archivos/<sha256:sha256>")
@requires(Permission.RATE)
def evidence_file(edition: str, sha256: str) -> Response:
    """A file of what she rates."""
    return _file(edition, sha256, assigned_only=True)


@blueprint.get("/revision/<edition:edition>/archivos/<sha256:sha256>")
@requires(Permission.SEE_PROGRESS)
def evidence_file_for_review(edition: str, sha256: str) -> Response:
    """A file for who reviews or prepares the round."""
    return _file(edition, sha256, assigned_only=False)


def _file(edition: str, sha256: str, *, assigned_only: bool) -> Response:
    """Hand a file out as a download that no browser opens on this site."""
    kept = find_kept_file(database.session, current_actor().account_id, edition, sha256, assigned_only=assigned_only)
    return hand_out(kept)


def _page(edition: str, number: int, municipality: str, demand: int, form: EvidenceForm) -> str:
    sheet = find_sheet(database.session, current_actor().account_id, edition, number, municipality, demand)
    if sheet is None:
        abort(403)
    (cell,) = sheet.cells
    return render_template(
        "ratings/evidence.html",
        sheet=sheet,
        edition=sheet.edition,
        cell=cell,
        form=form,
        problems=named_errors_of(form),
        extensions=EXTENSIONS,
        megabytes=MEGABYTES,
    )


def _new_piece(form: EvidenceForm) -> NewPiece | None:
    """What was handed over; None, with a word beside the field, where its day is none."""
    day = form.day()
    if day is None:
        put_error(form, "dated_on", sentence(N_("Escriba la fecha como día/mes/año: 19/06/2018.")))
        return None
    return NewPiece(clean(form.title.data), clean(form.url.data), day, *read_upload(form.file))


def _refuse(form: EvidenceForm, broken: RuleBroken) -> None:
    if isinstance(broken, NotAllowed) or (said := refusal_words(broken)) is None:
        abort(403)
    put_error(form, *said)


def _done(*, is_in: bool) -> Response:
    if is_in:
        flash(sentence(N_("Se agregó la evidencia y quedó guardada.")))
    else:
        flash(sentence(N_("Se agregó la evidencia. Formará parte de la calificación cuando la guarde.")))
    return redirect(request.script_root + request.path, 303)
