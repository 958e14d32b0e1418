"""``/coordinacion/nueva/``: beginning an edition, from a form or from a folder."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import RuleBroken
from app.domain.permissions import Permission
from app.domain.seeds import SeedProblem, SeedWrong
from app.exports.archives import read_archive
from app.exports.seed_problems import problem_words
from app.exports.seeds import read_seed
from app.extensions import database
from app.services.editions import begin_edition, import_edition
from app.web.editing.forms import FolderForm, NewEditionForm
from app.web.editing.pages import UNFIT, tell
from app.web.shared.access import current_actor, requires
from app.web.shared.commits import commits
from app.web.shared.forms import put_error, sentence
from app.web.shared.languages import current_language

N_ = str
blueprint = Blueprint("beginnings", __name__, url_prefix="/coordinacion/nueva")
PROPOSED = {
    "zone": "America/Mexico_City",
    "demand_word_es": "demanda ciudadana",
    "demand_words_es": "demandas ciudadanas",
    "demand_word_en": "citizen demand",
    "demand_words_en": "citizen demands",
}
METHOD = {
    "overall": "false",
    "minimum_coverage_percent": "80",
    "minimum_theme_coverage_percent": "50",
    "refused_counts_as": "",
    "jump_limit": "3.0",
}
MOST_PROBLEMS = 200


@blueprint.get("/")
@requires(Permission.PREPARE_EDITION)
def new() -> str:
    """Ask how the edition is called, where and when it is."""
    return render_template("editing/new.html", form=NewEditionForm(data=PROPOSED))


@blueprint.post("/")
@requires(Permission.PREPARE_EDITION)
@commits
def begin() -> ResponseReturnValue:
    """Begin the edition."""
    form = NewEditionForm()
    if not form.validate_on_submit():
        return render_template("editing/new.html", form=form), UNFIT
    edition = {**form.values(), "kind": "real"}
    try:
        slug = begin_edition(
            database.writing_session, current_actor(), edition=edition, method=METHOD, now_utc=datetime.now(UTC)
        )
    except RuleBroken as broken:
        tell(form, broken)
        return render_template("editing/new.html", form=form), UNFIT
    flash(sentence(N_("La administración quedó creada. Nada de ella es público.")))
    return redirect(url_for("organising.edition", edition=slug), 303)


@blueprint.get("/carpeta/")
@requires(Permission.PREPARE_EDITION)
def folder() -> str:
    """Ask for the folder."""
    return render_template("editing/folder.html", form=FolderForm(), problems=())


@blueprint.post("/carpeta/")
@requires(Permission.PREPARE_EDITION)
@commits
def bring() -> ResponseReturnValue:
    """Begin an edition from the folder, or say what is wrong with it, file by file."""
    form, file = FolderForm(), request.files.get("folder")
    if not form.validate_on_submit() or file is None or not file.filename:
        put_error(form, "folder", sentence(N_("Elija el archivo ZIP.")))
        return render_template("editing/folder.html", form=form, problems=()), UNFIT
    try:
        seed = read_seed("", read_archive(file.read()))
        slug = import_edition(database.writing_session, current_actor(), seed=seed, now_utc=datetime.now(UTC))
    except SeedWrong as wrong:
        found = wrong.facts["problems"]
        return _problems(form, found if isinstance(found, tuple) else ())
    except RuleBroken as broken:
        return _problems(form, (SeedProblem("", 0, "", "clash", str(broken.facts.get("reason", ""))),))
    flash(sentence(N_("La administración quedó creada. Nada de ella es público.")))
    return redirect(url_for("organising.edition", edition=slug), 303)


def _problems(form: FolderForm, problems: tuple[SeedProblem, ...]) -> ResponseReturnValue:
    language = current_language()
    lines = [
        (row.file.lstrip("/"), row.line, row.column, problem_words(row, language)) for row in problems[:MOST_PROBLEMS]
    ]
    page = render_template("editing/folder.html", form=form, problems=lines, count=len(problems))
    return page, UNFIT
