"""Municipalities side by side: the page that chooses them, and the comparison under an address of its own."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app.domain.comparisons import Comparison, Picker, PickProblem
from app.extensions import database
from app.queries.comparisons import find_comparison, find_picker
from app.web.shared.access import open_to_all
from app.web.shared.addresses import found

blueprint = Blueprint("comparisons", __name__, url_prefix="/<edition:edition>/comparar")
NOT_COMPARABLE = 422
STATUSES: dict[PickProblem | None, int] = {PickProblem.NONE: 200, PickProblem.UNKNOWN: 404}


@blueprint.get("/")
@open_to_all
def choose(edition: str) -> Answer:
    """Choose two to four municipalities; a choice that can be compared leads to its own address."""
    picker = found(find_picker(database.session, edition, request.args.getlist("municipio")))
    if picker.pick.problem is None:
        return redirect(url_for(".comparison", edition=edition, municipalities=picker.pick.slugs), 303)
    return _form(picker)


@blueprint.get("/con/<slug:municipality>/")
@open_to_all
def choose_with(edition: str, municipality: str) -> Answer:
    """Choose whom to stand beside one municipality."""
    picker = found(find_picker(database.session, edition, [municipality]))
    if not picker.chosen:
        abort(404)
    return make_response(render_template("comparisons/choose.html", picker=picker, beside=picker.chosen[0]))


@blueprint.get("/<slugs:municipalities>/")
@open_to_all
def comparison(edition: str, municipalities: tuple[str, ...]) -> Answer | str:
    """The comparison. Its address is in alphabetical order: any other order leads there."""
    asked = find_comparison(database.session, edition, municipalities)
    if not isinstance(asked, Comparison):
        return _form(found(asked))
    shown = found(asked)
    if shown.slugs != municipalities:
        return redirect(url_for(".comparison", edition=edition, municipalities=shown.slugs), 301)
    return render_template("comparisons/comparison.html", comparison=shown)


def _form(picker: Picker) -> Response:
    page = render_template("comparisons/choose.html", picker=picker, beside=None)
    return make_response(page, STATUSES.get(picker.pick.problem, NOT_COMPARABLE))
