"""A sheet as its page shows it: the fields of each cell, what is wrong with them, what they lack."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import render_template

from app.domain.ratings import Problem, Typed
from app.domain.sheets import Sheet, SheetCell
from app.web.ratings.forms import CellForm, Key, SheetForm, cell_form
from app.web.ratings.words import choices_for, lack_name, lack_words, problem_words
from app.web.shared.forms import put_error, sentence
from app.web.shared.jinja import localised
from app.web.shared.languages import current_language

N_ = str


@dataclass(frozen=True)
class ShownCell:
    """One cell with its fields; ``name`` is what it is called on its page.

    ``lack`` is what it needs to be handed in, as a sentence; ``lack_name`` the same in three words.
    """

    cell: SheetCell
    fields: CellForm
    name: str
    lack: str
    lack_name: str


def shown_sheet(
    sheet: Sheet, form: SheetForm, typed: Mapping[Key, Typed] | None = None, *, by_demand: bool = False
) -> str:
    """The page of a sheet; ``typed`` stands in its fields where the form itself was refused."""
    shown = [_shown(cell, typed or {}, by_demand=by_demand) for cell in sheet.cells]
    problems = [(field.id, f"{row.name}: {words}") for row in shown for field in row.fields for words in field.errors]
    return render_template(
        "ratings/sheet.html",
        sheet=sheet,
        edition=sheet.edition,
        form=form,
        shown=shown,
        problems=problems,
        was_refused=typed is not None,
        by_demand=by_demand,
    )


def _shown(cell: SheetCell, typed: Mapping[Key, Typed], *, by_demand: bool) -> ShownCell:
    key = (cell.place.slug, cell.demand.number)
    if key in typed and cell.is_open:
        cell = replace(cell, draft=typed[key])
    fields = cell_form(cell.key, cell.fields, cell.revision, choices_for(cell))
    judged = cell.judged
    for name, problem in judged.problems.items() if judged and cell.is_open else ():
        if problem is not Problem.NO_RATING or cell.newest:
            put_error(fields, name, problem_words(problem))
    if cell.in_conflict and cell.is_open:
        put_error(fields, "choice", sentence(N_("Alguien más la cambió mientras usted escribía. Elija qué se queda.")))
    name = (
        cell.place.name if by_demand else f"{cell.demand.number}. {localised(cell.demand, 'name', current_language())}"
    )
    lack = cell.lack if cell.is_open and cell.draft is None else None
    return ShownCell(cell, fields, name, lack_words(lack) if lack else "", lack_name(lack) if lack else "")
