"""The folder of an edition as a ZIP file, read with a bound on everything that somebody might blow up."""

import io
import zipfile
import zlib

from app.domain.edits import RULE_TABLES
from app.domain.seed_tables import BY_NAME
from app.domain.seeds import SeedProblem, SeedWrong
from app.exports.seeds import FILES
from app.exports.tables import csv_text

MOST_MEMBERS = 64
MOST_BYTES = 5 * 1024 * 1024


def read_archive(packed: bytes) -> dict[str, bytes]:
    """The files of a seed in a ZIP, by name; files of work that are not there count as empty.

    Only names that a seed has are read, from the top or from one folder. Raise SeedWrong for what is no ZIP, holds a
    name twice, or would unpack to more than 5 MB.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            files = _unpacked(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise SeedWrong(problems=(SeedProblem("", 0, "", "not-zip"),)) from error
    return {**_empty_tables(), **files}


def _unpacked(archive: zipfile.ZipFile) -> dict[str, bytes]:
    members = archive.infolist()
    wanted = [(info.filename.rpartition("/")[2], info) for info in members]
    wanted = [(name, info) for name, info in wanted if name in FILES and info.filename.count("/") <= 1]
    if len(members) > MOST_MEMBERS or sum(info.file_size for _, info in wanted) > MOST_BYTES:
        raise SeedWrong(problems=(SeedProblem("", 0, "", "too-large"),))
    files: dict[str, bytes] = {}
    left = MOST_BYTES
    for name, info in wanted:
        if name in files:
            raise SeedWrong(problems=(SeedProblem(name, 0, "", "twice", name),))
        with archive.open(info) as member:
            files[name] = member.read(left + 1)
        left -= len(files[name])
        if left < 0:
            raise SeedWrong(problems=(SeedProblem("", 0, "", "too-large"),))
    return files


def _empty_tables() -> dict[str, bytes]:
    names = (name.removesuffix(".csv") for name in FILES if name.endswith(".csv"))
    return {f"{name}.csv": csv_text((BY_NAME[name].names,)).encode() for name in names if name not in RULE_TABLES}
