"""The parts of an edition's rules, each with its table, its form and its words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.seed_columns import Row
from app.domain.seed_tables import BY_NAME
from app.domain.seeds import Seed
from app.queries.edits import list_rule_rows
from app.web.editing import forms
from app.web.shared.languages import current_language

N_ = str


@dataclass(frozen=True)
class Part:
    """One part: where it stands in the address, its table and form, and what the pages call it."""

    address: str
    table: str
    form: type[forms.RowForm]
    title: str
    one: str
    about: str
    name: Callable[[Row, Seed], str]
    facts: Callable[[Row, Seed], Iterable[str]] = field(default=lambda _row, _seed: ())
    begins: Mapping[str, str] = field(default_factory=dict)
    fixed: frozenset[str] = frozenset()

    @property
    def is_single(self) -> bool:
        """Whether there is exactly one row of it."""
        return self.table in {"edition", "method"}

    def key_of(self, row: Row) -> str:
        """The natural key of a row as it stands in an address."""
        return ".".join(BY_NAME[self.table].key_of(row))

    def empty(self) -> dict[str, str]:
        """A new row before anything is typed."""
        return {**dict.fromkeys(BY_NAME[self.table].names, ""), **self.begins}


def _day(text: str) -> str:
    return current_language().date(date.fromisoformat(text))


def _place(seed: Seed, cvegeo: str) -> str:
    return next((row["name"] for row in seed.rows("municipalities") if row["cvegeo"] == cvegeo), cvegeo)


def _theme(seed: Seed, key: str) -> str:
    return next((row["name_es"] for row in seed.rows("themes") if row["key"] == key), key)


def _mandate_facts(row: Row, _seed: Seed) -> Iterator[str]:
    language = current_language()
    until = _day(row["ends_on"]) if row["ends_on"] else language.gettext(N_("en funciones"))
    yield f"{_day(row['starts_on'])} – {until}"
    yield row["party"]


def _round_facts(row: Row, _seed: Seed) -> Iterator[str]:
    language = current_language()
    yield f"{_day(row['starts_on'])} – {_day(row['ends_on'])}"
    if row["publication_due_on"]:
        day = _day(row["publication_due_on"])
        yield language.sentence(N_("se publica el %(day)s"), day=day)


def _demand_facts(row: Row, seed: Seed) -> Iterator[str]:
    yield _theme(seed, row["theme"])
    yield current_language().sentence(N_("peso %(weight)s"), weight=row["weight"])


PARTS: Mapping[str, Part] = {
    part.address: part
    for part in (
        Part(
            "datos",
            "edition",
            forms.EditionForm,
            N_("Datos de la administración"),
            "",
            N_("Cómo se llama, dónde y cuándo, y con qué palabras habla de sus demandas."),
            lambda row, _seed: row["name_es"],
        ),
        Part(
            "metodo",
            "method",
            forms.MethodForm,
            N_("Metodología"),
            "",
            N_("Cómo se pasa de calificaciones a promedios y lugares. Después de sellarla no cambia."),
            lambda _row, _seed: "",
        ),
        Part(
            "temas",
            "themes",
            forms.ThemeForm,
            N_("Temas"),
            N_("un tema"),
            N_("Los grupos en que se presentan las demandas."),
            lambda row, _seed: row["name_es"],
        ),
        Part(
            "demandas",
            "demands",
            forms.DemandForm,
            N_("Demandas"),
            N_("una demanda"),
            N_("Lo que se pide por igual a cada gobierno municipal, y cómo se califica."),
            lambda row, _seed: f"{row['number']}. {row['name_es']}",
            _demand_facts,
            {"weight": "1"},
        ),
        Part(
            "municipios",
            "municipalities",
            forms.MunicipalityForm,
            N_("Municipios"),
            N_("un municipio"),
            N_("Quiénes se comparan. Su nombre es el mismo en todas las administraciones del sitio."),
            lambda row, _seed: row["name"],
            lambda row, _seed: (row["cvegeo"],),
            fixed=frozenset({"cvegeo", "name"}),
        ),
        Part(
            "gestiones",
            "mandates",
            forms.MandateForm,
            N_("Gestiones"),
            N_("una gestión"),
            N_("Quién gobierna cada municipio, con fechas que nunca se enciman."),
            lambda row, seed: f"{_place(seed, row['cvegeo'])}: {row['mayor']}",
            _mandate_facts,
            fixed=frozenset({"cvegeo"}),
        ),
        Part(
            "calendario",
            "rounds",
            forms.RoundForm,
            N_("Calendario"),
            N_("una evaluación"),
            N_("Una evaluación cada dos meses, con las fechas de su periodo y la de su publicación."),
            lambda row, _seed: current_language().sentence(N_("Evaluación %(number)s"), number=row["number"]),
            _round_facts,
            {"stage": "planned"},
        ),
        Part(
            "organizaciones",
            "organisations",
            forms.OrganisationForm,
            N_("Organizaciones"),
            N_("una organización"),
            N_("Quién convoca, quién evalúa y quién aporta recursos, con los intereses que declara. Es público."),
            lambda row, _seed: row["name"],
        ),
        Part(
            "fuentes",
            "sources",
            forms.SourceForm,
            N_("Fuentes"),
            N_("una fuente"),
            N_("De dónde sale cada dato que no es calificación, como los habitantes."),
            lambda row, _seed: row["title"],
        ),
    )
}


def choices_of(seed: Seed) -> dict[str, list[tuple[str, str]]]:
    """What the lists of the forms offer: themes, municipalities and sources of the edition."""
    return {
        "theme": [(row["key"], row["name_es"]) for row in seed.rows("themes")],
        "cvegeo": [(row["cvegeo"], row["name"]) for row in list_rule_rows(seed, "municipalities")],
        "population_source": [(row["key"], row["title"]) for row in seed.rows("sources")],
    }
