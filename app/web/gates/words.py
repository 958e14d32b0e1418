"""What the gate says of what it points at, and where that is mended."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from flask import current_app, request

from app.domain.gates import (
    CellDifference,
    Concern,
    ConcernKind,
    ScopeDifference,
    cell_differences,
    ranking_differences,
)
from app.domain.permissions import Permission
from app.domain.publications import Entry
from app.domain.scores import Rating
from app.queries.gates import Gate
from app.web.shared.access import current_actor
from app.web.shared.languages import current_language

N_ = str
LABELS = {
    ConcernKind.ROUND_DEPARTS: N_("Las fechas, los municipios o quienes gobernaban no son los que ya se sellaron"),
    ConcernKind.CELL_EMPTY: N_("Sin calificación ni ausencia"),
    ConcernKind.CELL_UNAPPROVED: N_("Sin aprobar en la revisión"),
    ConcernKind.REASON_MISSING: N_("Sin motivo: una calificación y una falta de información lo necesitan"),
    ConcernKind.ANSWER_UNDECIDED: N_("Solicitudes de los municipios sin decisión"),
    ConcernKind.ANSWER_CONTRADICTS: N_("Respuestas que contradicen la calificación o su decisión"),
    ConcernKind.NOTHING_CORRECTED: N_("La corrección todavía no cambia ninguna calificación"),
    ConcernKind.CELL_MOVED_ON: N_("La calificación cambió después de proponer la corrección: propóngala de nuevo"),
    ConcernKind.JUMP: N_("Salto mayor que el límite de la metodología desde la última calificación publicada"),
    ConcernKind.FAR_FROM_HISTORY: N_("A dos puntos o más de todo lo que había tenido en esa demanda"),
    ConcernKind.EVIDENCE_MISSING: N_("Sin evidencia"),
    ConcernKind.COPY_MISSING: N_("Evidencia de la que no se guardó copia"),
    ConcernKind.ANSWER_COPY_MISSING: N_("El municipio probó su solicitud con un vínculo del que no se guardó copia"),
    ConcernKind.RATED_BY_BARRED: N_("Calificó alguien a quien después se le registró un impedimento con ese municipio"),
    ConcernKind.SIGNER_BY_SIGNER: N_(
        "Una de las firmas es de una cuenta que recibió de quien también firma, hace menos de 30 días, el poder de "
        "firmar: confirme que son dos personas"
    ),
}
OF_ANSWERS = {ConcernKind.ANSWER_UNDECIDED, ConcernKind.ANSWER_CONTRADICTS, ConcernKind.ANSWER_COPY_MISSING}

REFUSALS = {
    "difference-changed": N_(
        "Lo que se publicaría cambió mientras lo leía. No se firmó ni publicó nada: revíselo de nuevo."
    ),
    "gate-blocked": N_("Todavía hay algo que impide publicar: está en la lista."),
    "signatures-missing": N_("Hacen falta las firmas de dos personas distintas sobre lo que se ve aquí."),
    "signer-rated": N_(
        "Quien calificó o cambió una calificación en esta evaluación no puede firmarla: que firme otra persona."
    ),
    "not-in-turn": N_("Esta evaluación ya no está por publicarse."),
    "hour-past": N_("Esa hora ya pasó. Elija una que venga."),
    "no-such-hour": N_("Ese día el reloj se adelanta y esa hora no existe. Elija otra."),
    "not-allowed": N_("Su papel en esta administración no le permite hacer esto."),
    "sealed-before-previous": N_(
        "El reloj del servidor va atrás de la última publicación: avise a quien lo administra."
    ),
    "edition-not-sealed": N_("La administración todavía no se sella: se sella al abrir su primera evaluación."),
    "case-reason-gone": N_("El motivo de esta corrección se retiró por razones legales: escriba otro."),
    "correction-needs-reason": N_("La evaluación ya está publicada: lo que cambie va en una corrección."),
    "case-published": N_("Esta corrección ya se publicó."),
    "case-dropped": N_("Esta corrección se descartó."),
    "cancelled": N_("Se canceló."),
    "signature-withdrawn": N_("Una de las firmas se retiró."),
    "hour-changed": N_("Se eligió otra hora."),
}


SHOWN_ROWS = 30
SHOWN_CELLS = 300
SHOWN_PLACES = 12
"""How many rows of one ranking, cells, and municipalities of one concern a page shows; the file holds all."""


@dataclass(frozen=True)
class Differences:
    """What the page shows of a difference, and how much of it. ``all_rows``: of the longest ranking."""

    rankings: tuple[ScopeDifference, ...]
    all_rows: int
    cells: tuple[tuple[Entry, tuple[CellDifference, ...]], ...]
    shown_cells: int
    all_cells: int
    moved: int


def differences(gate: Gate) -> Differences:
    """The rankings and ratings that would become public, cut where a page would grow too long."""
    if gate.to_seal is None:
        return Differences((), 0, (), 0, 0, 0)
    rankings, cells = ranking_differences(gate.to_seal), cell_differences(gate.to_seal)
    moved = sum(row.moves for ranking in rankings for row in ranking.rows)
    cut = tuple(ScopeDifference(ranking.scope, ranking.rows[:SHOWN_ROWS]) for ranking in rankings)
    shown = cells[:SHOWN_CELLS]
    by_place = tuple((entry, tuple(rows)) for entry, rows in groupby(shown, key=lambda cell: cell.entry))
    longest = max((len(ranking.rows) for ranking in rankings), default=0)
    return Differences(cut, longest, by_place, len(shown), len(cells), moved)


@dataclass(frozen=True)
class ConcernRow:
    """One thing pointed at: where, from what to what, and the address where it is mended (empty: none)."""

    demand: int | None
    before: Rating | None
    after: Rating | None
    address: str


@dataclass(frozen=True)
class ConcernPlace:
    """All concerns of one kind in one municipality. ``is_whole``: every demand is among them, so none is named."""

    name: str
    rows: tuple[ConcernRow, ...]
    is_whole: bool


@dataclass(frozen=True)
class ConcernGroup:
    """All concerns of one kind: the first municipalities, those that the page folds away, and how many concerns.

    Where every demand of every municipality is concerned none is listed: ``address`` leads to the whole round.
    """

    label: str
    blocks: bool
    shown: tuple[ConcernPlace, ...]
    folded: tuple[ConcernPlace, ...]
    count: int
    address: str = ""

    @property
    def is_of_all(self) -> bool:
        """Whether every demand of every municipality is concerned."""
        return not self.shown


def concern_groups(gate: Gate) -> tuple[ConcernGroup, ...]:
    """What the gate points at, by kind, in the order of the rule."""
    content = gate.to_seal.content if gate.to_seal else None
    names = {entry.cvegeo: (entry.name, entry.slug) for entry in content.entries} if content else {}
    demands = len(content.demands) if content else 0
    groups = []
    for kind, found in groupby(gate.concerns, key=lambda concern: concern.kind):
        places = tuple(
            _place(gate, names.get(cvegeo, ("", "")), tuple(rows), demands)
            for cvegeo, rows in groupby(found, key=lambda concern: concern.cvegeo)
        )
        label, count = current_language().gettext(LABELS[kind]), sum(len(place.rows) for place in places)
        blocks = Concern(kind).blocks
        if len(places) == len(names) > 1 and all(place.is_whole for place in places):
            groups.append(ConcernGroup(label, blocks, (), (), count, _address_of_all(gate)))
        else:
            groups.append(ConcernGroup(label, blocks, places[:SHOWN_PLACES], places[SHOWN_PLACES:], count))
    return tuple(groups)


def _place(gate: Gate, place: tuple[str, str], concerns: tuple[Concern, ...], demands: int) -> ConcernPlace:
    name, slug = place
    if concerns[0].kind is ConcernKind.SIGNER_BY_SIGNER:
        name = current_language().gettext(N_("Firmas"))
    address = _address(gate, slug, concerns[0])
    rows = tuple(ConcernRow(row.demand, row.before, row.after, address) for row in concerns)
    return ConcernPlace(name, rows, len(rows) == demands > 1 and concerns[0].after is None)


def _address(gate: Gate, slug: str, concern: Concern) -> str:
    """The first page of the staff, of those that are there, where the concern can be mended."""
    edition, number = gate.edition.slug, gate.number
    if gate.case is not None:
        return _first([f"/coordinacion/{edition}/evaluaciones/{number}/correcciones/{gate.case.id}/"])
    if concern.kind is ConcernKind.SIGNER_BY_SIGNER:
        return ""  # nothing to mend: the people are named beside their signatures
    if concern.kind is ConcernKind.ROUND_DEPARTS:
        return _first([f"/coordinacion/{edition}/calendario/", f"/coordinacion/{edition}/"])
    reviews = current_actor().may(Permission.REVIEW, edition)
    at_work = f"/coordinacion/{edition}/evaluaciones/{number}/municipios/{slug}/"
    if concern.kind in OF_ANSWERS:
        return _first([f"/revision/{edition}/{number}/respuestas/" if reviews else at_work])
    return _first([f"/revision/{edition}/{number}/{slug}/" if reviews else at_work])


def _address_of_all(gate: Gate) -> str:
    """The page of the staff that leads to every municipality of the round, or of the correction."""
    edition, number = gate.edition.slug, gate.number
    round_at_work = f"/coordinacion/{edition}/evaluaciones/{number}/"
    if gate.case is not None:
        return _first([f"{round_at_work}correcciones/{gate.case.id}/"])
    reviews = current_actor().may(Permission.REVIEW, edition)
    return _first([f"/revision/{edition}/{number}/" if reviews else round_at_work])


def _first(paths: Iterable[str]) -> str:
    adapter = current_app.url_map.bind("")
    return next((request.script_root + path for path in paths if adapter.test(path, method="GET")), "")


def refusal(code: str) -> str:
    """Why nothing was done, as a sentence."""
    message = REFUSALS.get(code, N_("No se pudo hacer. Revise lo que se muestra e intente de nuevo."))
    return current_language().gettext(message)
