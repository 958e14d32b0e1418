"""The family of errors that a rule raises. Each carries a code; the doors turn the code into words."""


class RuleBroken(Exception):
    """A rule of the programme refuses what was asked.

    ``code`` is stable and language-free (``score-off-scale``); ``facts`` are the values that its sentence needs.
    """

    code = "rule-broken"

    def __init__(self, code: str | None = None, **facts: object) -> None:
        """Keep the code and the facts; the text of the exception is for logs only."""
        self.code = code or self.code
        self.facts = facts
        super().__init__(f"{self.code} {facts}" if facts else self.code)


class BadScore(RuleBroken):
    """The text or number is no score on the scale of 0 to 10 in steps of 0.1."""

    code = "score-off-scale"


class NotSealable(RuleBroken):
    """The edition or round is not ready to be sealed as a publication."""

    code = "not-sealable"


class ManifestBroken(RuleBroken):
    """The bytes are no manifest that these rules can read; ``facts['line']`` is the 1-based line."""

    code = "manifest-broken"
