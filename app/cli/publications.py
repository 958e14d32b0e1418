"""``flask publications``: seal an edition or a round, publish what is due, and verify what was sealed."""

import secrets

import click
from flask import current_app
from flask.cli import AppGroup

from app.cli.commits import database_at_hand, now_utc, writing_as_system
from app.cli.sentences import _, broken_rule, complain, finding_line, refusal, say
from app.config import Settings
from app.domain.errors import RuleBroken
from app.domain.verification import Verdict, verify
from app.extensions import database
from app.queries.copies import list_files_gone
from app.queries.publications import list_heads, list_missing_guards, list_stored
from app.queries.schedules import Due, is_worked_on, list_due
from app.services.evidence import delete_files
from app.services.gates import publish_due
from app.services.publications import Reason, SealedPublication, seal_edition, seal_round
from app.services.unpublished import tell_organisers

group = AppGroup("publications", help="Seal editions and rounds, and verify the chain.")


@group.command("seal")
@click.argument("edition")
@click.argument("round_number", metavar="[ROUND]", type=click.IntRange(1, 9999), required=False)
@click.option("--reason", help="Why a published round is corrected; in Spanish, it is published.")
@click.option("--commit", is_flag=True, help="Seal for good; without it only try.")
def seal(edition: str, round_number: int | None, reason: str | None, *, commit: bool) -> None:
    """Seal EDITION's method and demands or, with a number, one ROUND of it."""
    try:
        with writing_as_system(commit=commit) as (session, actor):
            if round_number is None:
                sealed = seal_edition(session, actor, slug=edition, sealed_at_utc=now_utc())
            else:
                _refuse_where_people_sign(edition)
                given = Reason(reason, secrets.token_hex(16)) if reason else None
                sealed = seal_round(
                    session, actor, slug=edition, round_number=round_number, sealed_at_utc=now_utc(), reason=given
                )
    except RuleBroken as broken:
        raise refusal(_("No se selló: %(why)s."), why=broken_rule(broken)) from broken
    _tell_sealed(sealed, commit=commit)


def _refuse_where_people_sign(edition: str) -> None:
    if is_worked_on(database.session, edition):
        raise refusal(
            _(
                "No se selló: en %(slug)s hay personas con un papel, y sus evaluaciones las publican dos firmas en la "
                "coordinación del sitio. Este comando es para cargar administraciones ya publicadas."
            ),
            slug=edition,
        )


@group.command("due")
@click.option("--commit", is_flag=True, help="Publish for good; without it only name what would be published.")
def publish_what_is_due(*, commit: bool) -> None:
    """Publish every round and correction whose hour has come and whose two signatures still hold.

    Saved files that went with a withdrawal are deleted here too, if the site was stopped before it came to that.
    """
    settings: Settings = current_app.config["SETTINGS"]
    with database_at_hand():
        waiting = list_due(database.session, now_utc())
        database.session.rollback()
    refused = 0
    for due in waiting:
        with writing_as_system(commit=commit) as (session, actor):
            outcome = publish_due(session, actor, due=due, now_utc=now_utc())
            if isinstance(outcome, str):
                tell_organisers(session, due=due, cause=outcome, site_url=settings.site_url, now_utc=now_utc())
        refused += isinstance(outcome, str)
        _tell_due(due, outcome)
    if commit:
        with database_at_hand():
            delete_files(settings.instance_path, list_files_gone(database.session))
    if not commit and waiting:
        say(_("Fue un ensayo: nada quedó sellado. Con --commit se sella."))
    if refused:
        raise SystemExit(1)


def _tell_due(due: Due, outcome: SealedPublication | str | None) -> None:
    facts: dict[str, object] = {"slug": due.edition, "round": due.number}
    if isinstance(outcome, SealedPublication):
        say(_("%(slug)s, evaluación %(round)s: publicada. %(sha256)s"), sha256=outcome.sha256, **facts)
    elif outcome is not None:
        why = broken_rule(RuleBroken(outcome))
        complain(_("%(slug)s, evaluación %(round)s: no se publicó: %(why)s."), why=why, **facts)


def _tell_sealed(sealed: SealedPublication, *, commit: bool) -> None:
    facts: dict[str, object] = {"slug": sealed.edition_slug, "sequence": sealed.sequence, "sha256": sealed.sha256}
    if sealed.round_number:
        message = _(
            "%(slug)s, evaluación %(round)s, publicación %(number)s (número %(sequence)s de la cadena): %(sha256)s"
        )
        say(message, round=sealed.round_number, number=sealed.number, **facts)
    else:
        say(_("%(slug)s, metodología y demandas (número %(sequence)s de la cadena): %(sha256)s"), **facts)
    if not commit:
        say(_("Fue un ensayo: nada quedó sellado. Con --commit se sella."))


@group.command("verify")
@click.argument("edition", required=False)
@click.option("--head", default="", help="A checksum noted earlier: fails where EDITION's chain no longer holds it.")
def verify_chains(edition: str | None, head: str) -> None:
    """Recompute every publication of EDITION, or of all editions, from the manifests, and compare the frozen rows."""
    with database_at_hand():
        _verify(edition, head)


def _verify(edition: str | None, head: str) -> None:
    session = database.session
    slugs = [row.edition_slug for row in list_heads(session)]
    if edition is not None and edition not in slugs:
        raise refusal(_("De %(slug)s no hay nada publicado."), slug=edition)
    if head and edition is None and len(slugs) != 1:
        raise refusal(_("Diga de qué administración es el código de --head."))
    missing = list_missing_guards(session)
    for guard in missing:
        complain(_("La base de datos ya no se protege: falta o cambió %(guard)s."), guard=guard)
    verdicts = [verify(slug, list_stored(session, slug), head) for slug in ([edition] if edition else slugs)]
    for verdict in verdicts:
        _tell(verdict)
    if missing or not all(verdict.is_sound for verdict in verdicts):
        raise SystemExit(1)


def _tell(verdict: Verdict) -> None:
    for finding in verdict.findings:
        click.echo(finding_line(verdict.edition, finding), err=True)
    if verdict.is_sound:
        message = _("%(slug)s: coinciden todas sus publicaciones (%(number)s). Último código: %(head)s")
        say(message, slug=verdict.edition, number=verdict.publications, head=verdict.head)
