"""Recompute a chain of publications from their manifests alone, and name the first difference in each."""

import contextlib
import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from app.domain.clarifications import departures
from app.domain.decisions import contradictions, placed_replies
from app.domain.editions import EditionContent
from app.domain.errors import RuleBroken
from app.domain.manifests import Manifest, parse, render, sha256
from app.domain.publications import NO_PREVIOUS, RULES, PublicationKind, RoundContent, previous_round, text_sha256
from app.domain.standings import standings
from app.domain.wordings import wordings_of


@dataclass(frozen=True)
class StoredPublication:
    """A publication as the database keeps it: the manifest's bytes, the checksums beside them, and its frozen rows.

    ``rows`` is None where the frozen rows themselves cannot be read as sealed values. ``withdrawn`` holds the checksums
    of the texts that were withdrawn for legal reasons.
    """

    sequence: int
    sha256: str
    previous_sha256: str
    manifest: bytes
    rows: Manifest | None
    withdrawn: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Finding:
    """One difference. ``what`` is a code; ``place`` names the record and field, or the line."""

    sequence: int
    what: str
    place: str = ""
    expected: str = ""
    found: str = ""


@dataclass(frozen=True)
class Verdict:
    """What verification found in one edition's chain; sound where nothing was."""

    edition: str
    publications: int
    head: str
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        """Whether every checksum, average, place and frozen row agrees."""
        return not self.findings


@dataclass
class _Chain:
    """What has been read so far, as later publications refer to it."""

    head: str = NO_PREVIOUS
    sequence: int = 0
    edition: EditionContent | None = None
    edition_sha256: str = ""
    editions: int = 0
    outdated: set[int] = field(default_factory=set)
    rounds: dict[str, RoundContent] = field(default_factory=dict)
    published: list[tuple[int, int, str]] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)

    def remember(self, stored: StoredPublication, manifest: Manifest | RuleBroken) -> None:
        """Take a publication into what later ones are held against."""
        self.head, self.sequence = stored.sha256, stored.sequence
        if isinstance(manifest, RuleBroken):
            return
        if isinstance(manifest.content, EditionContent):
            self._remember_edition(manifest.content, stored.sha256)
            return
        number = manifest.content.period.number
        self.outdated.discard(number)
        self.rounds[stored.sha256] = manifest.content
        self.published.append((number, stored.sequence, stored.sha256))
        self.numbers[number] = manifest.head.number

    def _remember_edition(self, content: EditionContent, checksum: str) -> None:
        """New rules make every published round outdated until it is sealed again."""
        if self.edition is not None and not content.has_the_rules_of(self.edition):
            self.outdated = set(self.numbers)
        self.edition, self.edition_sha256 = content, checksum
        self.editions += 1


def verify(edition: str, chain: Iterable[StoredPublication], head: str = "") -> Verdict:
    """Verify one edition's chain in order of sequence.

    ``head`` is a checksum noted earlier by anyone; a chain that does not hold it was rewritten or cut short.
    """
    stored = sorted(chain, key=lambda publication: publication.sequence)
    state = _Chain()
    findings: list[Finding] = []
    for publication in stored:
        manifest = _read(publication)
        first = next(_differences(publication, manifest, state), None)
        findings += [] if first is None else [first]
        state.remember(publication, manifest)
    if state.outdated:
        findings.append(Finding(state.sequence, "not-resealed", f"round {min(state.outdated)}"))
    if head and head not in {publication.sha256 for publication in stored}:
        findings.append(Finding(state.sequence, "head-not-in-chain", expected=head, found=state.head))
    return Verdict(edition, len(stored), state.head if stored else "", tuple(findings))


def _read(stored: StoredPublication) -> Manifest | RuleBroken:
    try:
        return parse(stored.manifest)
    except RuleBroken as broken:
        return broken


def _differences(stored: StoredPublication, manifest: Manifest | RuleBroken, state: _Chain) -> Iterator[Finding]:
    """Yield the differences of one publication, the most telling first."""
    if (actual := sha256(stored.manifest)) != stored.sha256:
        yield from _against_rows(stored)
        yield Finding(stored.sequence, "checksum", expected=stored.sha256, found=actual)
    if isinstance(manifest, RuleBroken):
        yield Finding(stored.sequence, "unreadable", f"line {manifest.facts.get('line', '?')}")
        return
    yield from _chain_differences(stored, manifest, state)
    yield from _computed_differences(stored, manifest, state)
    yield from _against_rows(stored)
    yield from _text_differences(stored)


def _chain_differences(stored: StoredPublication, manifest: Manifest, state: _Chain) -> Iterator[Finding]:
    head = manifest.head
    stated = [
        ("sequence", stored.sequence, state.sequence + 1),
        ("sequence", head.sequence, stored.sequence),
        ("previous_sha256", stored.previous_sha256, state.head),
        ("previous_sha256", head.previous_sha256, state.head),
        ("rules", head.rules, RULES),
    ]
    yield from _unlike(stored, stated)


def _unlike(stored: StoredPublication, stated: Iterable[tuple[str, object, object]]) -> Iterator[Finding]:
    """A finding for every field of the head that is not what the chain asks for."""
    for name, found, expected in stated:
        if found != expected:
            yield Finding(stored.sequence, "chain", f"publication {name}", str(expected), str(found))


def _edition_differences(stored: StoredPublication, manifest: Manifest, state: _Chain) -> Iterator[Finding]:
    head = manifest.head
    stated = [("number", head.number, state.editions + 1), ("edition_sha256", head.edition_sha256, "")]
    yield from _unlike(stored, [*stated, ("compared_with_sha256", head.compared_with_sha256, "")])


def _computed_differences(stored: StoredPublication, manifest: Manifest, state: _Chain) -> Iterator[Finding]:
    content, head = manifest.content, manifest.head
    if isinstance(content, EditionContent):
        yield from _edition_differences(stored, manifest, state)
        earlier = state.edition.clarifications if state.edition else ()
        for code, place in departures(wordings_of(content), content.clarifications, earlier):
            yield Finding(stored.sequence, code, place)
        again = render(head, content, ())
    else:
        yield from _round_differences(stored, manifest, content, state)
        previous = state.rounds.get(head.compared_with_sha256)
        placed = replace(content, replies=placed_replies(content))
        again = render(head, placed, standings(content, previous))
    yield from _line_differences(stored, "recomputed", expected=again, found=stored.manifest)


def _round_differences(
    stored: StoredPublication, manifest: Manifest, content: RoundContent, state: _Chain
) -> Iterator[Finding]:
    head = manifest.head
    sealed = state.edition
    number = state.numbers.get(content.period.number, 0) + 1
    kind = PublicationKind.ROUND if number == 1 else PublicationKind.CORRECTION
    base = previous_round(state.published, content.period.number)
    stated = [
        ("edition_sha256", head.edition_sha256, state.edition_sha256),
        ("compared_with_sha256", head.compared_with_sha256, base),
        ("number", head.number, number),
        ("kind", head.kind.value, kind.value),
    ]
    yield from _unlike(stored, stated)
    if state.outdated and content.period.number not in state.outdated:
        yield Finding(stored.sequence, "not-resealed", f"round {min(state.outdated)}")
    if sealed is None or (content.edition, content.method) != (sealed.edition, sealed.method):
        yield Finding(stored.sequence, "method-changed", "edition")
    elif (content.themes, content.demands) != (sealed.themes, sealed.demands):
        yield Finding(stored.sequence, "method-changed", "demands")
    else:
        yield from (Finding(stored.sequence, code, place) for code, place in content.departures(sealed))
    for code, place in contradictions(content, is_first=number == 1):
        yield Finding(stored.sequence, code, place)


def _against_rows(stored: StoredPublication) -> Iterator[Finding]:
    if stored.rows is None:
        yield Finding(stored.sequence, "frozen-rows-unreadable")
        return
    rows = stored.rows
    from_rows = render(rows.head, rows.content, rows.standings)
    yield from _line_differences(stored, "frozen-row", expected=stored.manifest, found=from_rows)


def _text_differences(stored: StoredPublication) -> Iterator[Finding]:
    if stored.rows is None:
        return
    for text in stored.rows.content.texts:
        place = f"text {text.key} {text.field}"
        if text.body is None or text.salt is None:
            if text.sha256 not in stored.withdrawn:
                yield Finding(stored.sequence, "text-missing", place, text.sha256)
        elif (actual := _hashed(text.salt, text.body)) != text.sha256:
            yield Finding(stored.sequence, "text", place, text.sha256, actual)


def _hashed(salt: str, body: str) -> str:
    try:
        return text_sha256(salt, body)
    except ValueError:  # a salt that is no hex text
        return ""


def _line_differences(stored: StoredPublication, what: str, *, expected: bytes, found: bytes) -> Iterator[Finding]:
    if expected == found:
        return
    left, right = _keyed(expected), _keyed(found)
    for place in [*left, *(place for place in right if place not in left)]:
        if left.get(place) != right.get(place):
            yield Finding(stored.sequence, what, place, left.get(place, ""), right.get(place, ""))
    yield Finding(stored.sequence, what, "order of the lines")


def _keyed(manifest: bytes) -> dict[str, str]:
    keyed: dict[str, str] = {}
    with contextlib.suppress(csv.Error):  # a stray quote may swallow the rest: what was read so far names the place
        for row in csv.reader(io.StringIO(manifest.decode(errors="replace"))):
            keyed[" ".join(filter(None, row[:3]))] = ",".join(row[3:])
    return keyed
