"""What is wrong with a seed, in words."""

from app.domain.seeds import SeedProblem
from app.language import Language

N_ = str
"""Marks a sentence for translation; it is translated when it is said."""


PROBLEMS = {
    "file-missing": N_("falta el archivo"),
    "not-utf8": N_("el archivo no está en UTF-8 (primer byte equivocado: %(found)s)"),
    "not-csv": N_("esto no es CSV: %(found)s"),
    "not-toml": N_("esto no es TOML: %(found)s"),
    "wrong-header": N_("el encabezado no es el esperado: %(found)s"),
    "wrong-number-of-cells": N_("la fila tiene %(found)s celdas, no tantas como el encabezado"),
    "table-missing": N_("falta esta tabla o no tiene la forma debida"),
    "unknown-column": N_("aquí no se conoce ese dato"),
    "empty": N_("no puede quedar vacío"),
    "unreadable": N_("aquí no se puede leer «%(found)s»"),
    "twice": N_("esta fila está dos veces: %(found)s"),
    "unknown": N_("se refiere a «%(found)s», que no está definido"),
    "before-start": N_("%(found)s es anterior al inicio"),
    "mandates-overlap": N_("esta gestión empieza antes de que termine la anterior (%(found)s)"),
    "no-mayor": N_("nadie está en funciones en %(found)s el último día de esta evaluación"),
    "population-with-source": N_("una población necesita su fuente, y una fuente su población"),
    "alias-taken": N_("«%(found)s» ya es el nombre de un municipio"),
    "value-or-absence": N_("debe darse exactamente una cosa: la calificación o su ausencia"),
    "not-applicable-needs-reason": N_("«no aplica» necesita un motivo"),
    "salt-with-text": N_("un texto necesita su sal, y una sal sus textos"),
    "no-such-score": N_("no existe la calificación %(found)s"),
    "revision-of-change": N_("lleva la revisión nueva de la calificación quien la cambia, y nadie más"),
    "no-such-letter": N_("no existe la carta %(found)s"),
    "no-such-reply": N_("no existe la respuesta %(found)s"),
    "letter-empty": N_("la carta no dice nada: ni responde a una calificación ni trae un texto"),
    "decided-twice": N_("otra carta ya tiene una decisión sobre esta calificación (carta %(found)s)"),
    "out-of-sequence": N_("la secuencia debe correr 1, 2, 3…; dice %(found)s"),
    "round-of-kind": N_(
        "llevan evaluación las publicaciones de evaluaciones y correcciones, no la de la administración"
    ),
    "correction-needs-reason": N_("una corrección necesita motivo y sal; nada más los lleva"),
    "objection-needs-words": N_("una objeción necesita sus palabras"),
    "nothing-clarified": N_("una aclaración dice qué pasaje debe leerse de otro modo"),
    "passage-missing": N_("falta el pasaje que se aclara"),
    "reading-missing": N_("falta cómo debe decir el pasaje"),
    "not-in-wording": N_("el texto sellado no dice eso"),
    "same-words": N_("debe decir lo mismo que dice"),
    "number-changed": N_("una aclaración no cambia ningún número"),
    "rule-turned": N_("una aclaración no pone, quita ni cambia palabras como «no», «más», «todos» o «mensual»"),
    "clarification-unsealed": N_("se confirma después de sellar las reglas y antes de volver a sellarlas"),
    "not-here": N_("aquí solo se preparan reglas: este archivo no puede traer renglones"),
    "only-this": N_("aquí solo puede decir «%(found)s»"),
    "taken": N_("ya hay una administración que se llama %(found)s"),
    "not-zip": N_("no es un archivo ZIP que se pueda leer"),
    "clash": N_("choca con otra administración del sitio: %(found)s"),
    "too-large": N_("es demasiado grande: a lo más 5 MB sin comprimir"),
}


def problem_words(problem: SeedProblem, language: Language) -> str:
    """Why a cell, row or file of a seed is refused."""
    return language.sentence(PROBLEMS[problem.code], found=problem.found)
