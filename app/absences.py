"""Why there is no score, average or place: the words in full and the signs of narrow cells, by the codes of the domain.

Pages, charts and documents say the same because they read it here. Spanish, to be translated where it is shown.
"""

N_ = str
"""Marks a sentence for translation where it is written down."""

CAUSES = {
    "refused": N_("no entregó la información"),
    "low_coverage": N_("faltan calificaciones para darle lugar"),
    "not_rated": N_("sin calificar"),
    "not_applicable": N_("no aplica"),
    "pending": N_("pendiente"),
    "unpublished": N_("la fuente no lo publica"),
    "no_comparison": N_("sin evaluación con la cual comparar"),
}

SIGNS = {
    "not_rated": N_("s/c"),
    "not_applicable": N_("n/a"),
    "refused": N_("n/i"),
    "pending": N_("pte"),
    "unpublished": N_("n/p"),
}
"""What a narrow cell says in place of a score; a key beside the table spells them out."""
