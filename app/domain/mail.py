"""A mail as a value: who writes it decides the words, who sends it never looks inside."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mail:
    """Subject and body of one mail in the language of its reader. Plain text, no tracking, no picture."""

    subject: str
    body: str
