"""Showing and saving one row of an edition's rules."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from wtforms import RadioField, SelectField

from app.domain.edits import EditionSealed, RowChange, RowChanged, RowInUse, mark_of
from app.domain.errors import RuleBroken
from app.domain.seed_columns import Row
from app.domain.seed_tables import BY_NAME
from app.domain.seeds import Seed, SeedProblem, SeedWrong
from app.exports.seed_problems import problem_words
from app.extensions import WritingSession, database
from app.queries.preparations import find_edition_value
from app.queries.publications import find_edition_publication
from app.queries.seeds import find_seed
from app.services.edits import save_row
from app.web.editing.forms import RowForm
from app.web.editing.parts import PARTS, Part, choices_of
from app.web.shared.access import current_actor
from app.web.shared.forms import put_error, sentence
from app.web.shared.languages import current_language

N_ = str
CONFLICT, UNFIT = 409, 422
REFUSALS = {
    EditionSealed.code: N_("Las reglas ya están selladas y son públicas: no cambian."),
    RowInUse.code: N_(
        "No se puede: otros datos dependen de este, o chocaría con otra administración del sitio, "
        "como dos gestiones al mismo tiempo."
    ),
    "row-unknown": N_("Alguien lo quitó mientras tanto."),
    RowChanged.code: N_(
        "Alguien lo cambió mientras usted escribía. Abajo está lo suyo; si guarda otra vez, lo suyo queda."
    ),
}


def known_part(address: str) -> Part:
    """The part of that address, or 404."""
    return PARTS.get(address) or abort(404)


def rules_of(session: WritingSession, slug: str) -> Seed:
    """All rules of an edition, or 404."""
    return find_seed(session, slug) or abort(404)


def row_of(seed: Seed, part: Part, key: str) -> Row:
    """A row by the key of its address, or 404."""
    if part.is_single:
        return next(seed.rows(part.table))
    return next((row for row in seed.rows(part.table) if part.key_of(row) == key), None) or abort(404)


def save(slug: str, part: Part, before: Row | None, form: RowForm) -> ResponseReturnValue | None:
    """Save what was typed; None where it is saved, else the page with what is wrong, and its status."""
    session = database.writing_session
    form.offer(choices_of(rules_of(session, slug)))
    if not form.validate_on_submit():
        return form_page(session, slug, part, form, before), UNFIT
    key = None if before is None else BY_NAME[part.table].key_of(before)
    values = {**(before or part.empty()), **form.values()}
    change = RowChange(part.table, key, values, form.seen.data or None)
    try:
        save_row(session, current_actor(), edition=slug, change=change, now_utc=datetime.now(UTC))
    except RuleBroken as broken:
        tell(form, broken)
        return form_page(session, slug, part, form, before), UNFIT if isinstance(broken, SeedWrong) else CONFLICT
    return None


def tell(form: RowForm, broken: RuleBroken) -> None:
    """Say beside the fields what a rule found wrong; what concerns no field is said beside the first."""
    first = form.column_names[0]
    if isinstance(broken, SeedWrong):
        for column, words in problems_by_column(broken, form.column_names, first):
            put_error(form, column, words)
        return
    if isinstance(broken, RowChanged):
        form.seen.data = mark_of(broken.facts["row"])  # type: ignore[arg-type] # the row that stands there now
    put_error(form, first, sentence(REFUSALS.get(broken.code, REFUSALS[RowInUse.code])))


def problems_by_column(wrong: SeedWrong, columns: tuple[str, ...], otherwise: str) -> list[tuple[str, str]]:
    """Each problem of a seed in words, with the column beside which it is said."""
    found = wrong.facts["problems"]
    problems: tuple[SeedProblem, ...] = found if isinstance(found, tuple) else ()
    return [
        (row.column if row.column in columns else otherwise, _capital(problem_words(row, current_language())))
        for row in problems
    ]


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def form_page(session: WritingSession, slug: str, part: Part, form: RowForm, before: Row | None) -> str:
    """The form of one row, with what is wrong with it."""
    seed = rules_of(session, slug)
    form.offer(choices_of(seed))
    is_sealed = find_edition_publication(session, slug) is not None
    return render_template(
        "editing/row.html",
        part=part,
        form=form,
        before=before,
        name=part.name(before, seed) if before else "",
        is_sealed=is_sealed,
        sealed=tuple(sealed_words(form)) if is_sealed and before else (),
        edition=find_edition_value(session, slug),
    )


def sealed_words(form: RowForm) -> Iterator[tuple[str, str]]:
    """What was sealed, to be read: the label of each field that says something, and its words."""
    language = current_language()
    for name in form.column_names:
        field = form[name]
        words = str(field.data or "")
        if isinstance(field, RadioField) or (words and isinstance(field, SelectField)):
            words = next((label for value, label, *_ in field.iter_choices() if value == words and label), words)
        elif words and name.endswith("_on"):
            words = language.date(date.fromisoformat(words))
        elif words.isdecimal() and name == "population":
            words = language.whole(int(words))
        if words:
            yield field.label.text, words
