"""``flask seeds``: load a folder into the database, or write an edition out as a folder."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.cli.commits import database_at_hand, now_utc, writing_as_system
from app.cli.sentences import _, broken_rule, complain, difference_line, refusal, say, seed_problem_line
from app.config import Settings
from app.domain.errors import RuleBroken
from app.domain.seeds import Seed, SeedProblem, SeedWrong
from app.exports.seeds import FILES, changed_files, read_seed, write_seed
from app.extensions import database
from app.queries.copies import count_saved_files
from app.queries.seeds import find_seed
from app.services.erasures import forget_words
from app.services.seeds import SeedReport, is_empty, load_seed

N_ = str
group = AppGroup("seeds", help="Load editions from folders, and write them out again.")
LEFT_BEHIND = N_(
    "%(slug)s tiene archivos guardados como evidencia (%(count)s), que una carpeta no lleva: sus publicaciones no "
    "saldrían iguales de ella. Para llevarla a otro sitio, restaure un respaldo (docs/operations.md). Con "
    "--without-files se escribe lo demás."
)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@group.command("load")
@click.argument("folders", nargs=-1, required=True, type=FOLDER)
@click.option("--commit", is_flag=True, help="Write; without it only report what would be written.")
@click.option("--only-into-empty", is_flag=True, help="Do nothing where the database already holds an edition.")
def load(folders: tuple[Path, ...], *, commit: bool, only_into_empty: bool) -> None:
    """Load one or more FOLDERS: all of them or, where anything is wrong, none."""
    with database_at_hand():
        if only_into_empty and not is_empty(database.session):
            say(_("La base de datos ya tiene una administración: no se cargó nada."))
            return
    seeds = _read(folders)
    kept, withdrawn = False, False
    with writing_as_system(commit=commit) as (session, actor):
        for seed in seeds:
            try:
                report = load_seed(session, actor, seed=seed, now_utc=now_utc())
            except SeedWrong as wrong:
                raise _refusal(wrong) from wrong
            except RuleBroken as broken:
                raise refusal(
                    _("%(slug)s: %(why)s. No se escribió nada."),
                    slug=broken.facts.get("place", seed.slug),
                    why=broken_rule(broken),
                ) from broken
            kept |= _report(report, commit=commit)
            withdrawn |= "withdrawals" in report.new
    if commit and withdrawn:
        settings: Settings = current_app.config["SETTINGS"]
        forget_words(database.engine, settings.pages_path)
    if kept:
        complain(_("Lo que difiere quedó como está en la base de datos: cargar nunca sobrescribe."))
        raise SystemExit(3)


def _read(folders: tuple[Path, ...]) -> list[Seed]:
    seeds: list[Seed] = []
    problems: list[SeedProblem] = []
    for folder in folders:
        try:
            seeds.append(read_seed(folder.as_posix(), _files_of(folder)))
        except SeedWrong as wrong:
            problems += _problems(wrong)
    if problems:
        raise _refusal(SeedWrong(problems=tuple(problems)))
    return seeds


def _files_of(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES if (folder / name).is_file()}


def _problems(wrong: SeedWrong) -> tuple[SeedProblem, ...]:
    problems = wrong.facts["problems"]
    return problems if isinstance(problems, tuple) else ()


def _refusal(wrong: SeedWrong) -> click.ClickException:
    for problem in _problems(wrong):
        click.echo(seed_problem_line(problem), err=True)
    return refusal(_("No se escribió nada."))


def _report(report: SeedReport, *, commit: bool) -> bool:
    """Say what was or would be written; true where a row of the seed was left because the database differs."""
    if report.changes_nothing:
        say(_("%(slug)s: nada nuevo."), slug=report.slug)
    else:
        counts = ", ".join(f"{count} {table}" for table, count in report.new.items())
        message = (
            _("%(slug)s: se escribió: %(counts)s.")
            if commit
            else _("%(slug)s: con --commit se escribiría: %(counts)s.")
        )
        say(message, slug=report.slug, counts=counts)
    for row in report.kept:
        click.echo(difference_line(row))
    return any(row.what == "differs" for row in report.kept)


@group.command("dump")
@click.argument("slug")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--commit", is_flag=True, help="Write the files; without it only name those that would change.")
@click.option("--without-files", is_flag=True, help="Write it even though the saved files of its evidence stay behind.")
def dump(slug: str, folder: Path, *, commit: bool, without_files: bool) -> None:
    """Write the edition SLUG into FOLDER, which holds no saved files of evidence: see docs/operations.md."""
    with database_at_hand():
        seed = find_seed(database.session, slug)
        saved = count_saved_files(database.session, slug)
    if seed is None:
        raise refusal(_("Ninguna administración se llama %(slug)s."), slug=slug)
    if saved and not without_files:
        raise refusal(LEFT_BEHIND, slug=slug, count=saved)
    changed = changed_files(_files_of(folder), seed)
    if commit:
        folder.mkdir(parents=True, exist_ok=True)
        files = write_seed(seed)
        for name in changed:
            (folder / name).write_bytes(files[name])
    for name in changed:
        say(_("%(file)s: escrito.") if commit else _("%(file)s: cambiaría con --commit."), file=folder / name)
    if not changed:
        say(_("%(folder)s: sin diferencia."), folder=folder)
