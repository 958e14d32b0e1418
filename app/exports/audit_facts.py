"""What an event of the audit log is about and what it changed, with the names of people, places and themes."""

from collections.abc import Sequence

from app.domain.audits import AuditLine, AuditNames, only_one_side
from app.exports.audit_words import fact_value
from app.language import Language

N_ = str
MOST_SHOWN = 4
_BETWEEN = ", "
_PAIRS, _ACCOUNTS, _PLACES = "pairs", {"account", "signers"}, {"municipality", "notified"}


def subject_words(language: Language, line: AuditLine, edition: str, names: AuditNames) -> str:
    """The thing in words, as "Evaluación 13, Valle, demanda 3"; what is not known stays as it is written."""
    rest = line.subject.removeprefix(f"{edition}/")
    if line.subject == edition:
        return language.gettext(N_("La administración"))
    if line.subject.startswith("account:"):
        return names.people.get(rest.removeprefix("account:"), rest)
    if line.action == "publication.sealed":
        return language.sentence(N_("Publicación %(number)s"), number=rest)
    return _within(language, rest, names)


def _within(language: Language, rest: str, names: AuditNames) -> str:
    match rest.split("/"):
        case ["account", number, *more] if number in names.people:
            place = names.places.get("/".join(more), "")
            return _BETWEEN.join(filter(None, (names.people[number], place)))
        case ["evaluaciones" | "round", number, *more]:
            return _of_round(language, number, more, names)
        case [number, *more] if number.isdecimal():
            return _of_round(language, number, more, names)
    return names.places.get(rest, rest)


def _of_round(language: Language, number: str, rest: Sequence[str], names: AuditNames) -> str:
    said = [language.sentence(N_("Evaluación %(number)s"), number=number)]
    if rest and rest[0] in names.places:
        said.append(names.places[rest[0]])
        rest = rest[1:]
    match rest:
        case [demand] if demand.isdecimal():
            said.append(language.sentence(N_("demanda %(number)s"), number=demand))
        case ["letter", letter]:
            said.append(language.sentence(N_("carta %(number)s"), number=letter))
        case ["correction", case]:
            said.append(language.sentence(N_("corrección %(number)s"), number=case))
        case ["distinction", _]:
            pass
        case [*others]:
            said.extend(others)
    return _BETWEEN.join(said)


def shown_sides(language: Language, change: tuple[str, str, str], names: AuditNames) -> tuple[str, str]:
    """A fact before and after as the page shows it: named, and a long list cut.

    Of the municipalities and themes that a person rates, only what was taken and what was given, never what stayed.
    """
    field, before, after = change
    if field == _PAIRS:
        before, after = only_one_side(before, after)
    return _side(language, field, before, names), _side(language, field, after, names)


def _side(language: Language, field: str, value: str, names: AuditNames) -> str:
    words = value.split(_BETWEEN) if value else []
    if field == _PAIRS:
        pairs = zip(words[::2], words[1::2], strict=True)
        return _cut(language, [_pair(language, place, theme, names) for place, theme in pairs])
    if field in _PLACES:
        return _cut(language, [names.places.get(word, word) for word in words])
    if field in _ACCOUNTS:
        return _cut(language, [names.people.get(word, word) for word in words])
    if field == "theme":
        return names.theme(value, language.code)
    return names.organisations.get(value, value) if field == "institution" else fact_value(language, field, value)


def _pair(language: Language, place: str, theme: str, names: AuditNames) -> str:
    return f"{names.places.get(place, place)} ({names.theme(theme, language.code)})"


def _cut(language: Language, words: Sequence[str]) -> str:
    """The first few, and how many more; one more is written out."""
    if len(words) <= MOST_SHOWN + 1:
        return language.joined(words)
    more = language.sentence(N_("%(number)s más"), number=language.whole(len(words) - MOST_SHOWN))
    return language.joined([*words[:MOST_SHOWN], more])
