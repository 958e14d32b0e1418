"""What the commands say: Spanish, or English where the operator's shell does (``LANG``)."""

import os

import click

from app.domain.errors import RuleBroken
from app.domain.seeds import SeedDifference, SeedProblem
from app.domain.verification import Finding
from app.exports.seed_problems import problem_words
from app.language import ENGLISH, SPANISH, Language


def _(message: str) -> str:
    """Mark a sentence for translation; it is translated when it is said."""
    return message


FINDINGS = {
    "checksum": _("los bytes del archivo de comprobación ya no dan su código"),
    "unreadable": _("el archivo de comprobación no se puede leer"),
    "chain": _("la cadena está rota"),
    "recomputed": _("al recalcular sale otra cifra que la del archivo de comprobación"),
    "frozen-row": _("una fila congelada no es la que dice el archivo de comprobación"),
    "frozen-rows-unreadable": _("las filas congeladas no se pueden leer"),
    "clarification-lost": _("falta una aclaración que ya estaba publicada, o dice otra cosa"),
    "clarification-ungrounded": _("una aclaración no cita un texto sellado, o cambia un número"),
    "method-changed": _("la evaluación se selló con otras reglas que las de la administración"),
    "not-in-calendar": _("las fechas de la evaluación no son las del calendario sellado"),
    "not-resealed": _("cambió la metodología y esta evaluación no se volvió a sellar con ella"),
    "municipality-differs": _("los municipios evaluados no son los de la administración"),
    "head-not-in-chain": _("ese código ya no está en la cadena: se reescribió o se cortó"),
    "text": _("un texto ya no da su código"),
    "text-missing": _("falta un texto y ningún retiro dice por qué"),
    "reply-undecided": _("un municipio pidió una corrección y no hay decisión"),
    "reply-contradicts": _("la respuesta de un municipio no concuerda con la calificación o con su decisión"),
    "answer-contradicts": _("lo que se dice de si un municipio respondió no concuerda"),
}

RULES = {
    "edition-unknown": _("no hay ninguna administración con ese nombre"),
    "edition-incomplete": _("a la administración le faltan temas, demandas o municipios"),
    "edition-not-sealed": _("primero se sella la administración: su metodología y sus demandas"),
    "round-unknown": _("esa evaluación no existe"),
    "cells-unresolved": _("hay celdas sin calificación ni ausencia (%(count)s en total): %(cells)s"),
    "correction-needs-reason": _("la evaluación ya está publicada: una corrección necesita su motivo (--reason)"),
    "nothing-to-correct": _("la evaluación no se ha publicado: no hay nada que corregir"),
    "not-in-calendar": _("las fechas de la evaluación no son las del calendario sellado de la administración"),
    "municipality-differs": _("los municipios de la evaluación no son los de la administración: %(place)s"),
    "sealed-before-previous": _("la hora es anterior a la de la publicación previa"),
    "method-already-used": _(
        "la metodología o las demandas cambiaron y ya hay evaluaciones publicadas con las selladas"
    ),
    "reply-undecided": _("un municipio pidió una corrección y no hay decisión: %(place)s"),
    "reply-contradicts": _(
        "la respuesta de un municipio no concuerda con la calificación o con su decisión: %(place)s"
    ),
    "answer-contradicts": _("lo que se dice de si un municipio respondió no concuerda: %(place)s"),
    "gate-blocked": _("algo del tablero de publicación falta por corregir"),
    "signatures-missing": _("ya no hay dos firmas válidas de personas distintas"),
    "difference-changed": _("lo que se publicaría ya no es lo que se firmó"),
    "not-in-turn": _("la evaluación no está en la etapa de decisiones, o la corrección ya se cerró"),
    "seed-refused": _("la base de datos no admite una fila: %(reason)s"),
    "seed-not-reproduced": _(
        "publications.csv, secuencia %(sequence)s, sha256: se esperaba %(expected)s y al sellar salió %(found)s"
    ),
}

DIFFERENCES = {
    "differs": _("difiere"),
    "only-in-database": _("solo está en la base de datos"),
}


def operator_language() -> Language:
    """The language of the operator's shell."""
    return ENGLISH if os.environ.get("LANG", "").lower().startswith("en") else SPANISH


def say(message: str, **facts: object) -> None:
    """Print a sentence."""
    click.echo(operator_language().sentence(message, **facts))


def complain(message: str, **facts: object) -> None:
    """Print a sentence to standard error."""
    click.echo(operator_language().sentence(message, **facts), err=True)


def refusal(message: str, **facts: object) -> click.ClickException:
    """A sentence as the error that ends a command."""
    return click.ClickException(operator_language().sentence(message, **facts))


def broken_rule(broken: RuleBroken) -> str:
    """Why a rule refused, as a sentence."""
    message = RULES.get(broken.code)
    return operator_language().sentence(message, **broken.facts) if message else str(broken)


def seed_problem_line(problem: SeedProblem) -> str:
    """One problem of a seed as one line: file, line, column, reason."""
    place = ":".join(filter(None, (problem.file, str(problem.line or ""), problem.column)))
    return f"{place}: {problem_words(problem, operator_language())}"


def difference_line(row: SeedDifference) -> str:
    """How one row of a seed stands to the database."""
    columns = f" ({', '.join(row.columns)})" if row.columns else ""
    return f"  {row.table} {row.key}: {operator_language().gettext(DIFFERENCES[row.what])}{columns}"


def finding_line(edition: str, finding: Finding) -> str:
    """One difference found by verification as one line: the publication, what, the place, expected and found."""
    language = operator_language()
    line = f"{edition} #{finding.sequence}: {language.gettext(FINDINGS[finding.what])}"
    line += f" [{finding.place}]" if finding.place else ""
    if finding.expected or finding.found:
        values = {"expected": finding.expected or "–", "found": finding.found or "–"}
        line += ": " + language.sentence(_("se esperaba %(expected)s, está %(found)s"), **values)
    return line
