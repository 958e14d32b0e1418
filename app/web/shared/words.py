"""The words of the pages for the codes of the domain, and for the columns of the files. Spanish, to be translated."""

from enum import StrEnum
from fractions import Fraction

from app.absences import CAUSES, SIGNS
from app.domain.cells import CellState, ReviewKind
from app.domain.editions import Gender
from app.domain.people import AccountState
from app.domain.permissions import Role
from app.domain.publications import DistinctionKind, PublicationKind, Standing
from app.domain.ranking import Unplaced
from app.domain.replies import AnswerStatus, Verdict
from app.domain.scores import Absence
from app.domain.search import Tenure
from app.domain.stages import Stage
from app.web.shared.languages import current_language

N_ = str
"""Marks a sentence for translation where it is written down; it is translated where it is shown."""

WORDS: dict[type[StrEnum], dict[str, str]] = {
    Absence: CAUSES,
    Unplaced: CAUSES,
    AccountState: {
        AccountState.INVITED: N_("invitación enviada"),
        AccountState.OPEN: N_("cuenta abierta"),
        AccountState.CLOSED: N_("cuenta cerrada"),
    },
    Role: {
        Role.ORGANISER: N_("coordinación"),
        Role.EVALUATOR: N_("evaluador o evaluadora"),
        Role.REVIEWER: N_("revisor o revisora"),
        Role.OFFICE: N_("enlace municipal"),
        Role.DEPUTY: N_("suplente de la coordinación"),
    },
    DistinctionKind: {
        DistinctionKind.PRAISE: N_("Reconocimiento"),
        DistinctionKind.REPROACH: N_("Llamado de atención"),
    },
    Stage: {
        Stage.PLANNED: N_("programada"),
        Stage.RATING: N_("en captura"),
        Stage.REVIEW: N_("en revisión"),
        Stage.REPLY: N_("en respuesta de los municipios"),
        Stage.DECISION: N_("en decisión"),
        Stage.PUBLISHED: N_("publicada"),
    },
    AnswerStatus: {
        AnswerStatus.ON_TIME: N_("respondió en plazo"),
        AnswerStatus.LATE: N_("respondió fuera de plazo"),
        AnswerStatus.NONE: N_("sin respuesta"),
        AnswerStatus.NOT_NOTIFIED: N_("no notificado"),
    },
    Verdict: {
        Verdict.KEPT: N_("Se mantiene"),
        Verdict.CHANGED: N_("Cambia"),
        Verdict.NOTED: N_("Se toma nota"),
    },
    CellState: {
        CellState.EMPTY: N_("sin capturar"),
        CellState.SAVED: N_("guardada sin entregar"),
        CellState.SUBMITTED: N_("por revisar"),
        CellState.RETURNED: N_("devuelta"),
        CellState.APPROVED: N_("aprobada"),
    },
    ReviewKind: {
        ReviewKind.APPROVE: N_("Aprobada"),
        ReviewKind.RETURN: N_("Devuelta"),
        ReviewKind.COMMENT: N_("Comentario"),
    },
    PublicationKind: {
        PublicationKind.EDITION: N_("Metodología"),
        PublicationKind.ROUND: N_("Primera publicación"),
        PublicationKind.CORRECTION: N_("Corrección"),
    },
}

WITHDRAWN_RECORDS = {
    "score": N_("el motivo de una calificación"),
    "evidence": N_("una evidencia"),
    "distinction": N_("un reconocimiento o llamado de atención"),
    "reply": N_("parte de la respuesta de un municipio o de la decisión sobre ella"),
    "letter": N_("parte de la carta de un municipio"),
    "correction": N_("el motivo de una corrección"),
    "acknowledgement": N_("parte de lo que un municipio dijo de las reglas"),
}

COLUMNS = {
    "tipo_de_datos": N_("«reales» o «inventados»"),
    "administracion": N_("nombre de la administración en las direcciones del sitio"),
    "evaluacion": N_("número de la evaluación bimestral"),
    "periodo_desde": N_("primer día del periodo evaluado"),
    "periodo_hasta": N_("último día del periodo evaluado"),
    "cvegeo": N_("clave INEGI del municipio, cinco dígitos"),
    "municipio": N_("nombre del municipio"),
    "alcalde": N_("quien encabezaba el gobierno municipal al cierre del periodo"),
    "partido": N_("su partido, o «sin dato»"),
    "tema": N_("tema al que pertenece la demanda"),
    "demanda": N_("número de la demanda"),
    "nombre_de_la_demanda": N_("nombre de la demanda"),
    "calificacion": N_("de 0 a 10; vacía donde hay una ausencia"),
    "ausencia": N_("por qué no hay calificación; nunca equivale a cero"),
    "motivo": N_("la razón de la calificación"),
    "lugar": N_("lugar entre los municipios con lugar"),
    "de": N_("cuántos municipios tienen lugar"),
    "lugar_compartido": N_("«sí» donde hay empate"),
    "sin_lugar_por": N_("por qué el renglón no tiene lugar"),
    "cambio": N_("diferencia con la evaluación publicada anterior, sobre las demandas comunes"),
    "institucion": N_("institución que calificó"),
    "conflicto_de_interes": N_("el que la institución declaró, si lo hay"),
    "fuente": N_("clave de la fuente, como en la metodología"),
    "publicacion": N_("número de la publicación de la evaluación"),
    "codigo_de_verificacion": N_("SHA-256 del archivo de comprobación de esa publicación"),
    "ambito": N_("general o un tema"),
    "promedio": N_("promedio redondeado a un decimal"),
    "promedio_exacto": N_("el promedio antes de redondear, como fracción"),
    "demandas_calificadas": N_("cuántas demandas tienen calificación"),
    "demandas_aplicables": N_("cuántas demandas aplican"),
    "demandas_sin_informacion": N_("cuántas quedaron sin calificar porque el municipio no entregó la información"),
    "cambio_demandas_comunes": N_("sobre cuántas demandas se calculó el cambio"),
    "lugar_anterior_de": N_("cuántos municipios tenían lugar entonces"),
    "lugar_anterior": N_("lugar en la evaluación publicada anterior"),
    "cifra_de_la_fuente": N_("el promedio tal como lo imprimió la fuente"),
    "respuesta": N_("lo que el municipio dijo de la calificación: «de acuerdo» o «solicita corrección»"),
    "calificacion_solicitada": N_("la que pidió, si propuso una"),
    "motivo_de_la_respuesta": N_("la razón que dio"),
    "quien_firma": N_("quien firma la carta del municipio"),
    "cargo_de_quien_firma": N_("su cargo"),
    "fecha_de_la_respuesta": N_("día en que llegó la carta"),
    "decision": N_("«se mantiene», «cambia» o «se toma nota»"),
    "calificacion_antes": N_("la que el municipio vio antes de publicarse"),
    "calificacion_decidida": N_("la que dejó la decisión, donde cambió"),
    "motivo_de_la_decision": N_("la razón de la decisión"),
    "lugar_en_el_tema_antes": N_("lugar en el tema sin las calificaciones que cambiaron por una solicitud"),
    "lugar_en_el_tema_decidido": N_("lugar en el tema con ellas"),
    "respondio_el_municipio": N_("«a tiempo», «tarde», «no respondió» o «no se le notificó»; vacía si no se registró"),
    "respondio_el": N_("día de su primera carta"),
    "asistio_a_la_reunion": N_("si asistió a la reunión de esa evaluación; vacía si no se sabe"),
}


def word(code: StrEnum) -> str:
    """The words for a code of the domain, in the language of the request."""
    return current_language().gettext(WORDS[type(code)][code])


def sign(code: StrEnum) -> str:
    """The short sign for an absence in a narrow cell; a dash where there is none."""
    return current_language().gettext(SIGNS[code.value]) if code.value in SIGNS else "–"


def coverage_percent(standing: Standing) -> str:
    """Weight rated of weight applicable as a whole percent; empty where nothing is applicable."""
    if not standing.applicable_weight:
        return ""
    return current_language().percent(Fraction(standing.rated_weight, standing.applicable_weight))


def tenure(row: Tenure) -> str:
    """``alcaldesa 2021–2024``: the office and the years of a mandate."""
    language = current_language()
    years = f"{row.first_year}–{row.last_year}" if row.first_year != row.last_year else str(row.first_year)
    if row.gender is Gender.FEMALE:
        return language.sentence(N_("alcaldesa %(years)s"), years=years)
    return language.sentence(N_("alcalde %(years)s"), years=years)
