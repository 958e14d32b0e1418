"""Commands as an operator gives them, each in its own application context, as the command line lays one round it."""

from dataclasses import dataclass
from pathlib import Path

from tests import seeded


@dataclass(frozen=True)
class Answer:
    """How a command ended, and all that it said."""

    exit_code: int
    text: str

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


@dataclass(frozen=True)
class Commands:
    """The command line of a site on one database. A command that ends in a traceback fails the test."""

    database_url: str
    instance: Path

    def __call__(self, *arguments: object) -> Answer:
        with seeded.application(seeded.settings_for(self.database_url, self.instance)) as app, app.app_context():
            result = app.test_cli_runner().invoke(args=[str(argument) for argument in arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise AssertionError(f"a traceback, not an answer: {result.output}") from result.exception
        return Answer(result.exit_code, result.output)
