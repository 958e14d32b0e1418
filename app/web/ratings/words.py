"""What an evaluator is told: of each cell, and of a whole page after it was saved."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping

from app.domain.errors import RuleBroken
from app.domain.ratings import LONGEST_WORDS, OFFERED, WORDS_AFTER_JUMP, Choice, Lack, Problem
from app.domain.scores import Absence
from app.domain.sheets import Outcome, SheetCell
from app.language import Language
from app.web.shared.forms import sentence
from app.web.shared.languages import current_language
from app.web.shared.uploads import file_refusal
from app.web.shared.words import word

N_ = str

PROBLEMS = {
    Problem.BAD_SCORE: N_("Escriba un número de 0 a 10, con un decimal a lo más: 7, 7.5 o 7,5."),
    Problem.SCORE_AND_ABSENCE: N_("Deje la calificación o la causa de que no la haya; no las dos."),
    Problem.UNKNOWN_ABSENCE: N_("Elija una de las causas de la lista."),
    Problem.REASON_NEEDED: N_("Diga por qué no aplica: se publica."),
    Problem.NO_RATING: N_("Falta la calificación, o la causa de que no la haya."),
    Problem.TOO_LONG: N_("Use a lo más %(longest)s caracteres."),
    Problem.UNREADABLE: N_("Hay caracteres que no se pueden guardar (�). Bórrelos y escriba de nuevo."),
}
LACKS = {
    Lack.NO_REASON: N_("Para entregarla falta el motivo."),
    Lack.SHORT_REASON: N_(
        "Para entregarla falta explicar el salto: el motivo debe tener al menos %(least)s caracteres."
    ),
}
LACK_NAMES = {
    Lack.NO_REASON: N_("falta el motivo"),
    Lack.SHORT_REASON: N_("falta explicar el salto"),
}
"""The same in a list, where a word for its state stands."""
REFUSALS = {
    "file-names-you": (
        "file",
        N_(
            "El archivo lleva dentro su nombre o su correo, y un día será público. Bórrelos de sus propiedades y de "
            "su texto, o ponga un enlace."
        ),
    ),
    "link-address": ("url", N_("Escriba una dirección completa, que empiece con https:// o http://.")),
    "evidence-empty": ("url", N_("Ponga un enlace o elija un archivo.")),
    "evidence-date": ("dated_on", N_("La fecha debe ser de 1990 a hoy.")),
    "too-many-pieces": ("title", N_("Esta casilla ya tiene %(most)s evidencias, que es lo más que admite.")),
    "cell-closed": ("title", N_("Esta casilla ya no se puede cambiar: fue aprobada o la captura cerró.")),
}
"""By the code of the rule: the field that it is said beside, and the sentence."""


def problem_words(problem: Problem) -> str:
    """What is wrong with a field, and what to do."""
    return sentence(PROBLEMS[problem], longest=current_language().whole(LONGEST_WORDS))


def lack_words(lack: Lack) -> str:
    """What a saved cell needs before it can be handed in."""
    return sentence(LACKS[lack], least=WORDS_AFTER_JUMP)


def lack_name(lack: Lack) -> str:
    """The same in three words, for the list of the cells of a page."""
    return sentence(LACK_NAMES[lack])


def refusal_words(broken: RuleBroken) -> tuple[str, str] | None:
    """The field and the sentence for an evidence that was refused."""
    if (of_the_file := file_refusal(broken)) is not None:
        return "file", of_the_file
    if broken.code not in REFUSALS:
        return None
    field, words = REFUSALS[broken.code]
    return field, sentence(words, **broken.facts)


def choices_for(cell: SheetCell) -> dict[str, list[tuple[str, str]]]:
    """The absences to choose from, with the one that stands there already; and the two ways out of a conflict."""
    offered = [*OFFERED]
    if cell.newest and isinstance(cell.newest.rating, Absence) and cell.newest.rating not in offered:
        offered.append(cell.newest.rating)
    absences = [(absence.value, word(absence)) for absence in offered]
    return {
        "absence": [("", sentence(N_("(hay calificación)"))), *absences],
        "choice": [
            (Choice.MINE.value, sentence(N_("Lo que escribí yo"))),
            (Choice.THEIRS.value, sentence(N_("Lo que ya estaba guardado"))),
        ],
    }


def outcome_words(outcomes: Collection[Outcome], *, hand_in: bool) -> tuple[str, str]:
    """What was done with the cells of a page, in sentences; and whether it is ``message`` or ``warning``."""
    counts: Mapping[Outcome, int] = Counter(outcomes)
    language = current_language()
    told = [
        tell(language, counts[outcome])
        for outcome, tell in _TOLD.items()
        if counts[outcome] and (hand_in or outcome is not Outcome.LACKING)
    ]
    if not told:
        told = [sentence(N_("No había cambios que guardar."))]
    troubled = any(counts[outcome] for outcome in (Outcome.DRAFT, Outcome.CONFLICT, Outcome.CLOSED, Outcome.LACKING))
    return " ".join(told), "warning" if troubled else "message"


_TOLD: Mapping[Outcome, Callable[[Language, int], str]] = {
    Outcome.SAVED: lambda language, number: language.sentence_for(
        "Se guardó una casilla.", "Se guardaron %(number)s casillas.", number
    ),
    Outcome.HANDED_IN: lambda language, number: language.sentence_for(
        "Se entregó una casilla a revisión.", "Se entregaron %(number)s casillas a revisión.", number
    ),
    Outcome.DRAFT: lambda language, number: language.sentence_for(
        "Una quedó como borrador: aún no es una calificación.",
        "%(number)s quedaron como borrador: aún no son calificaciones.",
        number,
    ),
    Outcome.CONFLICT: lambda language, number: language.sentence_for(
        "Una la cambió otra persona mientras tanto: elija abajo qué conservar.",
        "%(number)s las cambió otra persona mientras tanto: elija abajo qué conservar.",
        number,
    ),
    Outcome.CLOSED: lambda language, number: language.sentence_for(
        "Una ya no se puede cambiar; lo que escribió se conserva como borrador.",
        "%(number)s ya no se pueden cambiar; lo que escribió se conserva como borrador.",
        number,
    ),
    Outcome.LACKING: lambda language, number: language.sentence_for(
        "Una no se entregó: le falta algo.", "%(number)s no se entregaron: les falta algo.", number
    ),
}
