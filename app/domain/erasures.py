"""Which words go when a published text is withdrawn, and where else they stand."""

from collections.abc import Iterable
from dataclasses import dataclass

NAMES = frozenset({"signatory", "position", "file"})
"""Fields whose words are a name: another text may hold the same name and be about something else."""
SHORTEST_QUOTED = 20
"""From how many characters on a text that stands within another one is a quotation, and no chance."""


@dataclass(frozen=True)
class GoneWords:
    """The words of the texts that are withdrawn. ``whole`` are all of them; ``quoted`` those that others may quote."""

    whole: frozenset[str]
    quoted: tuple[str, ...] = ()

    @classmethod
    def of(cls, texts: Iterable[tuple[str, str]]) -> "GoneWords":
        """The words of some texts, each given as (field, body)."""
        bodies = [(field, _plain(body)) for field, body in texts]
        long = {body for field, body in bodies if field not in NAMES and len(body) >= SHORTEST_QUOTED}
        return cls(frozenset(body for _, body in bodies if body), tuple(sorted(long)))

    def stand_in(self, text: str) -> bool:
        """Whether a text is one of them, or quotes a long one whole; capitals and white space are nothing."""
        plain = _plain(text)
        return plain in self.whole or any(words in plain for words in self.quoted)

    def stand_in_fact(self, fact: object) -> bool:
        """Whether they stand anywhere in a fact of an event: in a text, or in a list or table of facts."""
        if isinstance(fact, str):
            return self.stand_in(fact)
        if isinstance(fact, dict):
            return any(map(self.stand_in_fact, fact.values()))
        return isinstance(fact, list) and any(map(self.stand_in_fact, fact))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def without_words(pairs: Iterable[tuple[str, str]], words: GoneWords) -> list[tuple[str, str]]:
    """The fields of a form as they were typed, those that hold the words emptied."""
    return [(name, "" if words.stand_in(value) else value) for name, value in pairs]
