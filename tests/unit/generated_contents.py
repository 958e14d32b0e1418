"""Contents for the properties of manifests: every field drawn, texts troublesome, records in their natural order."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from app.domain.acknowledgements import (
    AcknowledgementKind,
    PublishedAcknowledgement,
    acknowledgement_text_key,
)
from app.domain.clarifications import Clarification
from app.domain.editions import (
    Demand,
    Edition,
    EditionContent,
    EditionKind,
    Gender,
    Mandate,
    Method,
    Municipality,
    Period,
    Source,
    Theme,
    theme_scope,
)
from app.domain.organisations import Organisation, OrganisationKind
from app.domain.publications import (
    RULES,
    Distinction,
    DistinctionKind,
    Entry,
    PublicationHead,
    PublicationKind,
    PublishedEvidence,
    PublishedFigure,
    PublishedScore,
    RoundContent,
    SealedText,
    score_text_key,
)
from app.domain.replies import AnswerStatus, PublishedAnswer, PublishedReply, Stance, Verdict
from app.domain.scores import Score
from tests.unit.generated import ratings, scores, slugs, troublesome_text, weights

days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
moments = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)
checksums = st.binary(min_size=32, max_size=32).map(bytes.hex)
counts = st.integers(min_value=0, max_value=10**9)
percents = st.integers(min_value=0, max_value=100)
printed = troublesome_text.filter(bool)
"""What a source printed is never nothing."""

codes = st.sampled_from(["01001", "08037", "09014", "19006", "19039", "32058"])
KEY_THEMES = ("seguridad", "transparencia", "espacios-publicos")


def texts_of(kind: type, /, **fixed: st.SearchStrategy[object]) -> dict[str, st.SearchStrategy[object]]:
    """A strategy for each field of a record: troublesome texts, but for the fields that are given."""
    return {column.name: fixed.get(column.name, troublesome_text) for column in fields(kind)}


heads = st.builds(
    PublicationHead,
    previous_sha256=checksums,
    rules=st.just(RULES),
    kind=st.just(PublicationKind.EDITION),
    sequence=counts,
    number=counts,
    sealed_at_utc=moments,
    edition_sha256=st.just("") | checksums,
    compared_with_sha256=st.just("") | checksums,
)
editions = st.builds(
    Edition, **texts_of(Edition, slug=slugs, kind=st.sampled_from(EditionKind), starts_on=days, ends_on=days)
)
methods = st.builds(
    Method,
    overall=st.booleans(),
    minimum_coverage_percent=percents,
    minimum_theme_coverage_percent=percents,
    jump_limit=scores,
    refused_counts_as=st.sampled_from([None, Score(0)]),
)


replies = st.builds(
    PublishedReply,
    cvegeo=codes,
    demand=st.just(1),
    letter=counts,
    stance=st.sampled_from(Stance),
    submitted_on=days,
    before=ratings,
    requested=st.none() | ratings,
    verdict=st.none() | st.sampled_from(Verdict),
    after=st.none() | ratings,
    place_before=st.none() | counts,
    place_after=st.none() | counts,
)
answers = st.builds(
    PublishedAnswer,
    cvegeo=codes,
    status=st.sampled_from(AnswerStatus),
    notified_on=st.none() | days,
    due_on=st.none() | days,
    answered_on=st.none() | days,
    attended=st.none() | st.booleans(),
)


def themes(size: int) -> st.SearchStrategy[tuple[Theme, ...]]:
    """So many themes, in their order."""
    return st.tuples(
        *(
            st.builds(Theme, **texts_of(Theme, key=st.just(KEY_THEMES[at]), position=st.just(at + 1)))
            for at in range(size)
        )
    )


def demands(size: int, of_themes: int) -> st.SearchStrategy[tuple[Demand, ...]]:
    """So many demands, dealt out to the themes."""
    theme = st.sampled_from(KEY_THEMES[:of_themes])
    return st.tuples(
        *(
            st.builds(Demand, **texts_of(Demand, number=st.just(at + 1), theme=theme, weight=weights))
            for at in range(size)
        )
    )


def sources(size: int) -> st.SearchStrategy[tuple[Source, ...]]:
    """So many sources, in their order; the keys would sort otherwise."""
    return st.tuples(
        *(
            st.builds(
                Source,
                **texts_of(Source, key=st.just(f"s{9 - at}"), position=st.just(at), published_on=st.none() | days),
            )
            for at in range(size)
        )
    )


@st.composite
def edition_contents(draw: st.DrawFn) -> EditionContent:
    """All that a publication of an edition can seal."""
    of_themes = draw(st.integers(min_value=1, max_value=3))
    keys = sorted(draw(st.sets(codes, max_size=3)))
    optional = st.none() | days
    people = st.none() | st.integers(min_value=1, max_value=200_000_000)
    one_municipality = {key: texts_of(Municipality, cvegeo=st.just(key), slug=slugs, population=people) for key in keys}
    organisations = [
        texts_of(Organisation, key=st.just(key), kind=st.sampled_from(OrganisationKind))
        for key in sorted(draw(st.sets(slugs, max_size=3)))
    ]
    one_mandate = {
        key: texts_of(Mandate, cvegeo=st.just(key), starts_on=days, gender=st.sampled_from(Gender), ends_on=optional)
        for key in keys
    }
    one_period = [
        texts_of(
            Period,
            number=st.just(number),
            starts_on=days,
            ends_on=days,
            publication_due_on=optional,
            source_published_on=optional,
        )
        for number in (1, 2, 10)
    ]
    return EditionContent(
        edition=draw(editions),
        method=draw(methods),
        themes=draw(themes(of_themes)),
        demands=draw(demands(draw(st.integers(min_value=0, max_value=11)), of_themes)),
        sources=draw(sources(draw(st.integers(min_value=0, max_value=2)))),
        municipalities=tuple(draw(st.builds(Municipality, **one_municipality[key])) for key in keys),
        mandates=tuple(draw(st.builds(Mandate, **one_mandate[key])) for key in keys),
        periods=tuple(draw(st.builds(Period, **given)) for given in one_period),
        organisations=tuple(draw(st.builds(Organisation, **given)) for given in organisations),
        acknowledgements=tuple(
            PublishedAcknowledgement(key, draw(st.sampled_from(AcknowledgementKind)), draw(days)) for key in keys
        ),
        texts=tuple(SealedText(acknowledgement_text_key(key), "signatory", draw(checksums)) for key in keys),
        clarifications=tuple(
            Clarification(position, draw(printed), draw(days), *(draw(troublesome_text) for _ in range(4)))
            for position in range(1, draw(st.integers(0, 3)) + 1)
        ),
    )


@st.composite
def round_contents(draw: st.DrawFn) -> RoundContent:
    """All that a publication of a round can seal; texts as a manifest gives them back, without salt and body."""
    of_themes = draw(st.integers(min_value=1, max_value=2))
    stated = draw(demands(draw(st.sampled_from([1, 2, 11])), of_themes))
    keys = sorted(draw(st.sets(codes, min_size=1, max_size=3)))
    cells = [(key, demand.number) for key in keys for demand in stated if draw(st.booleans())]
    revisions = {cell: draw(st.integers(min_value=1, max_value=12)) for cell in cells}
    score = texts_of(PublishedScore, rating=ratings)
    entry = texts_of(Entry, slug=slugs, gender=st.sampled_from(Gender), mandate_starts_on=days)
    kinds = st.sampled_from(DistinctionKind)
    return RoundContent(
        edition=draw(editions),
        method=draw(methods),
        themes=draw(themes(of_themes)),
        demands=stated,
        sources=draw(sources(draw(st.integers(min_value=0, max_value=2)))),
        period=Period(draw(st.integers(min_value=1, max_value=18)), draw(days), draw(days)),
        entries=tuple(draw(st.builds(Entry, **entry | {"cvegeo": st.just(key)})) for key in keys),
        scores=tuple(
            replace(
                draw(st.builds(PublishedScore, **score | {"demand": st.just(demand), "revision": st.just(revision)})),
                cvegeo=key,
            )
            for (key, demand), revision in revisions.items()
        ),
        evidence=tuple(
            PublishedEvidence(key, demand, revision, position, draw(days))
            for (key, demand), revision in revisions.items()
            for position in (1, 2, 10)
        ),
        figures=tuple(
            PublishedFigure(key, theme_scope(KEY_THEMES[0]), draw(printed), draw(troublesome_text)) for key in keys
        ),
        distinctions=tuple(Distinction(key, position, draw(kinds)) for key in keys for position in (1, 2, 10)),
        replies=tuple(
            replace(draw(replies), cvegeo=key, demand=demand) for key, demand in revisions if draw(st.booleans())
        ),
        answers=tuple(replace(draw(answers), cvegeo=key) for key in keys if draw(st.booleans())),
        texts=tuple(
            SealedText(score_text_key(key, demand, revision), field, draw(checksums))
            for (key, demand), revision in revisions.items()
            for field in ("note", "reason")
        ),
    )
