"""Commands as an operator gives them, each in its own application context, as the command line lays one round it."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import Flask

from app import create_app
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

    @cached_property
    def app(self) -> Flask:
        return create_app(seeded.settings_for(self.database_url, self.instance))

    def __call__(self, *arguments: object) -> Answer:
        with self.app.app_context():
            result = self.app.test_cli_runner().invoke(args=[str(argument) for argument in arguments])
        self.app.extensions["database"].dispose()  # as the command's end would
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise AssertionError(f"a traceback, not an answer: {result.output}") from result.exception
        return Answer(result.exit_code, result.output)
