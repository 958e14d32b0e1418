"""The words of the audit log: what was done, and what its facts are called. Spanish, to be translated."""

from collections.abc import Mapping

from app.absences import CAUSES
from app.exports.mails import ROLES
from app.language import Language

N_ = str
"""Marks a sentence for translation where it is written down."""

ACTS = {
    "account_closed": N_("Cerró una cuenta"),
    "account_reopened": N_("Volvió a abrir una cuenta"),
    "bar.lifted": N_("Levantó un impedimento"),
    "bar.set": N_("Registró un impedimento"),
    "cell.approve": N_("Aprobó una calificación"),
    "cell.comment": N_("Comentó una calificación"),
    "cell.return": N_("Devolvió una calificación"),
    "clarification.done": N_("Confirmó una aclaración de las reglas"),
    "clarification.dropped": N_("Descartó una aclaración de las reglas"),
    "clarification.proposed": N_("Propuso una aclaración de las reglas"),
    "correction.dropped": N_("Descartó una corrección"),
    "correction.opened": N_("Empezó una corrección"),
    "correction.proposed": N_("Propuso corregir una calificación"),
    "correction.published": N_("Publicó una corrección"),
    "correction.reworded": N_("Cambió el motivo de una corrección"),
    "correction.taken-back": N_("Quitó una calificación de una corrección"),
    "demonstration_account_added": N_("Añadió una cuenta de demostración"),
    "deputy.ended": N_("Terminó una suplencia"),
    "deputy.named": N_("Nombró a una persona suplente"),
    "distinction.moved": N_("Cambió el orden de los reconocimientos"),
    "distinction.removed": N_("Quitó un reconocimiento o llamado de atención"),
    "distinction.reworded": N_("Cambió un reconocimiento o llamado de atención"),
    "distinction.written": N_("Escribió un reconocimiento o llamado de atención"),
    "draft.kept": N_("Guardó una calificación a medias"),
    "duties.assigned": N_("Cambió las asignaciones de una persona"),
    "edition.begun": N_("Empezó a preparar la administración"),
    "edition.second-factor": N_("Cambió a quién se pide el segundo factor"),
    "evidence.added": N_("Añadió una evidencia"),
    "evidence.removed": N_("Quitó una evidencia"),
    "file.kept": N_("Guardó un archivo"),
    "invitation_taken_up": N_("Aceptó su invitación"),
    "invited_again": N_("Envió otra vez una invitación"),
    "letter.sent": N_("Envió la carta de su municipio"),
    "mayor.changed": N_("Registró un cambio de alcalde o alcaldesa"),
    "meeting.noted": N_("Anotó si un municipio acudió a la reunión"),
    "password_changed": N_("Cambió su contraseña"),
    "publication.published": N_("Publicó"),
    "publication.schedule-cancelled": N_("Quitó la hora de publicación"),
    "publication.schedule-published": N_("Se publicó a la hora fijada"),
    "publication.schedule-refused": N_("No se publicó a la hora fijada"),
    "publication.scheduled": N_("Fijó la hora de publicación"),
    "publication.sealed": N_("Selló una publicación"),
    "publication.signature-withdrawn": N_("Retiró su firma"),
    "publication.signed": N_("Firmó lo que se va a publicar"),
    "reply.decided": N_("Decidió sobre la respuesta de un municipio"),
    "reply.drafted": N_("Escribió en el borrador de su respuesta"),
    "review.answered": N_("Contestó a quien revisa"),
    "role_granted": N_("Dio un papel"),
    "role_taken": N_("Quitó un papel"),
    "round.moved": N_("Pasó la evaluación a otra etapa"),
    "rounds.planned": N_("Hizo el calendario de evaluaciones"),
    "rules.acknowledged": N_("Dijo por su municipio qué piensa de las reglas"),
    "rules.changed": N_("Cambió las reglas en preparación"),
    "rules.removed": N_("Quitó algo de las reglas en preparación"),
    "score.handed-in": N_("Entregó una calificación a revisión"),
    "score.recorded": N_("Registró una calificación"),
    "second_factor_removed": N_("Quitó su segundo factor"),
    "second_factor_reset": N_("Quitó el segundo factor de otra persona"),
    "second_factor_set": N_("Puso su segundo factor"),
    "seed.loaded": N_("Cargó una carpeta de datos"),
    "session_revoked": N_("Cerró otra de sus sesiones"),
    "sessions_ended": N_("Se cerraron las sesiones de una cuenta"),
    "signed_in": N_("Entró"),
    "signed_out": N_("Salió"),
    "withdrawal.asked": N_("Pidió retirar un texto publicado"),
    "withdrawal.done": N_("Retiró un texto publicado"),
    "withdrawal.dropped": N_("Descartó un retiro"),
}

FIELDS = {
    "about": N_("Qué es"),
    "account": N_("Cuenta"),
    "acknowledgements": N_("Lo que dijeron de las reglas"),
    "after": N_("Calificación decidida"),
    "aliases": N_("Otros nombres"),
    "anchor_0": N_("Qué sería un 0"),
    "anchor_10": N_("Qué sería un 10"),
    "anchor_5": N_("Qué sería un 5"),
    "assignments_ended": N_("Asignaciones que terminaron"),
    "at": N_("Hora"),
    "attended": N_("Acudió"),
    "bytes": N_("Tamaño en bytes"),
    "cause": N_("Causa"),
    "clarifications": N_("Aclaraciones"),
    "conflicts": N_("Conflictos de interés"),
    "count": N_("Cuántas"),
    "criterion": N_("Qué se pide"),
    "criterion_source": N_("Fuente de lo que se pide"),
    "cvegeo": N_("Clave INEGI"),
    "decisions": N_("Decisiones"),
    "demand": N_("Demanda (número interno)"),
    "demand_word": N_("Cómo se llama una demanda"),
    "demand_words": N_("Cómo se llaman varias"),
    "demands": N_("Demandas"),
    "digest": N_("Huella de lo firmado"),
    "distinctions": N_("Reconocimientos y llamados de atención"),
    "edition": N_("Administración"),
    "edition_sha256": N_("Código de las reglas selladas"),
    "email": N_("Correo"),
    "ends_on": N_("Termina el"),
    "entry": N_("Municipio (número interno)"),
    "evidence": N_("Evidencias"),
    "files": N_("Archivos"),
    "figures": N_("Cifras de la fuente"),
    "gender": N_("Cómo se le nombra"),
    "institution": N_("Institución"),
    "interest": N_("Intereses que declara"),
    "jump_limit": N_("Salto que pide una razón más larga"),
    "key": N_("Clave"),
    "kind": N_("Tipo"),
    "late": N_("Fuera de plazo"),
    "left_out": N_("Evidencia que se quitó"),
    "letters": N_("Cartas"),
    "mandates": N_("Gestiones"),
    "mayor": N_("Alcalde o alcaldesa"),
    "measure": N_("Cómo se mide"),
    "media_type": N_("Formato"),
    "meetings": N_("Reuniones"),
    "method": N_("Metodología"),
    "minimum_coverage_percent": N_("Cobertura mínima general"),
    "minimum_theme_coverage_percent": N_("Cobertura mínima por tema"),
    "municipalities": N_("Municipios"),
    "municipality": N_("Municipio"),
    "name": N_("Nombre"),
    "note": N_("Nota"),
    "notices": N_("Avisos a los municipios"),
    "notified": N_("Municipios avisados"),
    "number": N_("Número"),
    "of_all": N_("A todas las personas"),
    "of_revision": N_("De la versión"),
    "organisations": N_("Organizaciones"),
    "overall": N_("Promedio general"),
    "overall_note": N_("Nota del promedio general"),
    "pairs": N_("Municipio y tema"),
    "party": N_("Partido"),
    "place": N_("Lugar"),
    "population": N_("Habitantes"),
    "population_source": N_("Fuente de los habitantes"),
    "position": N_("Orden"),
    "publication_due_on": N_("Publicación prevista"),
    "publications": N_("Publicaciones"),
    "published_on": N_("Fecha en que se publicó"),
    "publisher": N_("Quién la publicó"),
    "rating": N_("Calificación"),
    "reads": N_("Debe decir"),
    "reason": N_("Motivo"),
    "refused_counts_as": N_("Cómo cuenta no entregar la información"),
    "replies": N_("Respuestas"),
    "reply_due_at_utc": N_("Plazo para responder"),
    "revision": N_("Versión"),
    "role": N_("Papel"),
    "round": N_("Evaluación"),
    "rounds": N_("Evaluaciones"),
    "says": N_("Donde dice"),
    "scores": N_("Calificaciones"),
    "sha256": N_("Código de verificación"),
    "signatory": N_("Quién firma"),
    "signers": N_("Cuentas que firmaron"),
    "slug": N_("Nombre en la dirección"),
    "source": N_("Fuente"),
    "source_published_on": N_("Fecha de la fuente"),
    "sources": N_("Fuentes"),
    "stage": N_("Etapa"),
    "starts_on": N_("Empieza el"),
    "state": N_("Estado"),
    "subject": N_("Texto sellado"),
    "text": N_("Huella del texto"),
    "theme": N_("Tema"),
    "themes": N_("Temas"),
    "title": N_("Título"),
    "url": N_("Dirección en internet"),
    "verdict": N_("Decisión"),
    "version": N_("Versión guardada"),
    "weight": N_("Peso"),
    "withdrawals": N_("Retiros"),
    "words": N_("Palabras"),
    "zone": N_("Zona horaria"),
}

_VALUES: Mapping[str, Mapping[str, str]] = {
    "role": {role.value: words for role, words in ROLES.items()},
    "kind": {
        "edition": N_("Metodología"),
        "round": N_("Primera publicación"),
        "correction": N_("Corrección"),
        "praise": N_("Reconocimiento"),
        "reproach": N_("Llamado de atención"),
        "accept": N_("Tomó nota de las reglas"),
        "object": N_("Objetó las reglas"),
        "convener": N_("Convoca"),
        "evaluator": N_("Evalúa"),
        "donor": N_("Aporta recursos"),
    },
    "stage": {
        "planned": N_("programada"),
        "rating": N_("en captura"),
        "review": N_("en revisión"),
        "reply": N_("en respuesta de los municipios"),
        "decision": N_("en decisión"),
        "published": N_("publicada"),
    },
    "state": {
        "empty": N_("sin capturar"),
        "saved": N_("guardada sin entregar"),
        "submitted": N_("por revisar"),
        "returned": N_("devuelta"),
        "approved": N_("aprobada"),
    },
    "verdict": {"kept": N_("Se mantiene"), "changed": N_("Cambia"), "noted": N_("Se toma nota")},
    "rating": CAUSES,
    "after": CAUSES,
}
"""The codes of some facts, with their words; what is no code is shown as it is."""
_YES_NO = {"true": N_("sí"), "false": N_("no")}
_SYSTEM = "system"


def person_words(language: Language, name: str) -> str:
    """Who did it; the site itself has a name of its own."""
    return language.gettext(N_("El sistema")) if name == _SYSTEM else name


def act_words(language: Language, action: str) -> str:
    """What was done; the code itself where it has no words."""
    return language.gettext(ACTS[action]) if action in ACTS else action


def field_words(language: Language, name: str) -> str:
    """What a fact is called. A text has two names, with ``_es`` and ``_en``; only the English one says so."""
    base, _, code = name.rpartition("_")
    if code in {"es", "en"} and base in FIELDS:
        words = language.gettext(FIELDS[base])
        return words if code == "es" else language.sentence(N_("%(field)s (en inglés)"), field=words)
    return language.gettext(FIELDS[name]) if name in FIELDS else name


def fact_value(language: Language, name: str, value: str) -> str:
    """The value of a fact as one reads it: codes, yes and no in words."""
    words = {**_YES_NO, **_VALUES.get(name, {})}
    return language.gettext(words[value]) if value in words else value
