"""Withdrawing a published text by two people, on both databases."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.gates import GateKey
from app.domain.permissions import NotAllowed
from app.domain.scores import Score
from app.domain.stages import Stage
from app.models.engines import make_engine
from app.models.evidence import EvidenceFile
from app.models.mail import OutboxMail
from app.models.publications import Withdrawal
from app.models.replies import ReplyFile
from app.models.scores import Text
from app.models.sealed import SealedText
from app.queries.corrections import find_corrections
from app.queries.publications import list_heads
from app.queries.withdrawals import find_texts
from app.services import gates, withdrawals
from app.services.scores import NewEvidence
from app.services.withdrawals import WithdrawalRefused
from tests import databases
from tests.answers import AGREED, ALBA, asking, move, open_replies, send, write
from tests.gated import NOW, ROUND, SLUG, approve, cell_ids, gate, rate, ready, sign
from tests.integration.folders import contents
from tests.integration.sealing import seal, verdict
from tests.integration.test_reply_files import attach, keep_as_it_is
from tests.integration.test_seeds import Line
from tests.staff import actor_of, settle

CAUSE = "Identificaba a una persona"
KEPT = "f" * 64
DOMICILE = "Nombre y domicilio de una persona"
URL = "https://ejemplo.invalid/domicilio"


@pytest.fixture
def ids(valley: Session) -> dict[str, int]:
    """Round 3 is published; a cell of it was rated twice with the same evidence, of which a file was saved."""
    ids = ready(valley)
    eva = actor_of(valley, ids["eva"])
    valley.add(
        EvidenceFile(sha256=KEPT, media_type="application/pdf", bytes=9, stored_at_utc=NOW, account_id=ids["eva"])
    )
    valley.flush()
    cell = cell_ids(valley, ROUND, "98002", 2)
    for tenths in (60, 61):
        evidence = NewEvidence(DOMICILE, URL, date(2021, 5, 3), KEPT, f"{KEPT} application/pdf acta.pdf")
        rate(valley, eva, cell, Score(tenths), evidence=(evidence,))
    approve(valley, ids["rita"], cell)
    for name in ("olga", "oscar"):
        sign(valley, ids[name])
    key, digest = GateKey(SLUG, ROUND), gate(valley).digest
    gates.publish(valley, actor_of(valley, ids["olga"]), key=key, digest=digest, now_utc=NOW)
    return ids


def key_of(session: Session, words: str) -> str:
    return session.scalars(select(SealedText.key).where(SealedText.body == words)).one()


def ask(session: Session, account_id: int, key: str, number: int = ROUND) -> int:
    who = actor_of(session, account_id)
    return withdrawals.ask_withdrawal(
        session, who, edition=SLUG, number=number, key=key, cause=CAUSE, site_url="", now_utc=NOW
    )


def confirm(session: Session, account_id: int, case: int, number: int = ROUND) -> tuple[str, ...]:
    who, now = actor_of(session, account_id), datetime(2021, 6, 2, tzinfo=UTC)
    return withdrawals.confirm_withdrawal(session, who, edition=SLUG, number=number, case=case, now_utc=now)


def test_the_words_are_gone_everywhere_and_the_chain_verifies(valley: Session, ids: dict[str, int]) -> None:
    (before,) = list_heads(valley)
    case = ask(valley, ids["olga"], key_of(valley, DOMICILE))
    assert valley.scalars(select(SealedText.body).where(SealedText.body == DOMICILE)).all() == [DOMICILE]
    assert confirm(valley, ids["delia"], case) == (KEPT,)
    valley.expire_all()
    for words in (DOMICILE, URL):
        assert valley.scalars(select(Text.body).where(Text.body == words)).all() == []
        assert valley.scalars(select(SealedText.body).where(SealedText.body == words)).all() == []
    keys = set(valley.scalars(select(Withdrawal.key).where(Withdrawal.cause_es == CAUSE)))
    assert keys == {"evidence/98002/2/3/1", "evidence/98002/2/4/1"}
    page = find_corrections(valley, SLUG)
    assert page is not None
    assert [row.key for row in page.withdrawn if row.round_number == ROUND] == ["evidence/98002/2/4/1"]
    (after,) = list_heads(valley)
    assert after.sha256 == before.sha256
    assert after.withdrawals > before.withdrawals
    assert verdict(valley).is_sound


def test_the_reason_of_a_score_goes_and_its_score_stays(valley: Session, ids: dict[str, int]) -> None:
    case = ask(valley, ids["olga"], "score/98003/2/1", number=1)
    confirm(valley, ids["oscar"], case, number=1)
    page = find_texts(valley, SLUG, 1)
    assert page is not None
    record = page.find("score/98003/2/1")
    assert record is not None
    assert record.is_withdrawn
    assert CAUSE in valley.scalars(select(Withdrawal.cause_es)).all()
    assert verdict(valley).is_sound


@pytest.mark.parametrize("also", [True, False])
def test_a_file_stays_while_another_request_is_backed_by_it(valley: Session, tmp_path: Path, *, also: bool) -> None:
    """Alba backs two requests by one file and takes the second back, so of that one nothing is published."""
    people = open_replies(valley)
    write(valley, people["lalo"], ALBA, d1=asking(), d2=asking())
    file = attach(valley, people["lalo"], tmp_path)
    if also:
        attach(valley, people["lalo"], tmp_path, demand=2)
    send(valley, people["lalo"], ALBA)
    write(valley, people["lalo"], ALBA, d2=AGREED)
    send(valley, people["lalo"], ALBA)
    move(valley, Stage.DECISION)
    keep_as_it_is(valley, people["rita"], 1)
    seal(valley, ROUND)
    case = ask(valley, people["olga"], "reply/98001/1")
    assert confirm(valley, people["delia"], case) == (() if also else (file.sha256,))
    valley.expire_all()
    left = valley.scalars(
        select(Text.body).join(ReplyFile, ReplyFile.words_sha256 == Text.sha256).order_by(ReplyFile.reply_id)
    ).all()
    assert left == ([None, file.words] if also else [None])
    assert verdict(valley).is_sound


def test_who_asked_does_not_confirm(valley: Session, ids: dict[str, int]) -> None:
    case = ask(valley, ids["olga"], key_of(valley, DOMICILE))
    with pytest.raises(WithdrawalRefused, match="same-person"):
        confirm(valley, ids["olga"], case)


@pytest.mark.parametrize("name", ["delia", "eva", "rita", "lalo"])
def test_only_organisers_ask(name: str, valley: Session, ids: dict[str, int]) -> None:
    with pytest.raises(NotAllowed):
        ask(valley, ids[name], key_of(valley, DOMICILE))


def test_a_text_is_asked_for_once_and_only_if_it_is_published(valley: Session, ids: dict[str, int]) -> None:
    key = key_of(valley, DOMICILE)
    case = ask(valley, ids["olga"], key)
    with pytest.raises(WithdrawalRefused, match="already-asked"):
        ask(valley, ids["oscar"], key)
    with pytest.raises(WithdrawalRefused, match="text-unknown"):
        ask(valley, ids["oscar"], "score/98002/2/9")
    confirm(valley, ids["oscar"], case)
    with pytest.raises(WithdrawalRefused, match="case-closed"):
        confirm(valley, ids["delia"], case)
    with pytest.raises(WithdrawalRefused, match="already-asked"):
        ask(valley, ids["olga"], key)


def test_who_may_confirm_is_told_and_not_what_the_text_says(valley: Session, ids: dict[str, int]) -> None:
    valley.execute(delete(OutboxMail))  # of the signatures
    ask(valley, ids["olga"], key_of(valley, DOMICILE))
    told = {row.to_address: f"{row.subject} {row.body}" for row in valley.scalars(select(OutboxMail))}
    assert sorted(told) == ["delia@ejemplo.mx", "oscar@ejemplo.mx"]
    for words in told.values():
        assert "Olga Prueba" in words
        assert f"/coordinacion/{SLUG}/evaluaciones/{ROUND}/retiros/" in words
        assert DOMICILE not in words
        assert CAUSE not in words


def test_the_cause_does_not_say_the_words_again(valley: Session, ids: dict[str, int]) -> None:
    who, key = actor_of(valley, ids["olga"]), key_of(valley, DOMICILE)
    cause = f"Decía: {DOMICILE.upper()}"
    with pytest.raises(WithdrawalRefused, match="cause-repeats"):
        withdrawals.ask_withdrawal(
            valley, who, edition=SLUG, number=ROUND, key=key, cause=cause, site_url="", now_utc=NOW
        )


def test_a_withdrawal_given_up_leaves_the_text(valley: Session, ids: dict[str, int]) -> None:
    case = ask(valley, ids["olga"], key_of(valley, DOMICILE))
    who = actor_of(valley, ids["olga"])
    withdrawals.drop_withdrawal(valley, who, edition=SLUG, number=ROUND, case=case, now_utc=NOW)
    with pytest.raises(WithdrawalRefused, match="case-closed"):
        confirm(valley, ids["oscar"], case)
    assert key_of(valley, DOMICILE)


# --- what was withdrawn stays gone in a copy of the edition, and the copy's chain is the same ---


def test_an_edition_whose_texts_were_withdrawn_is_dumped_and_loaded_with_the_same_chain(
    valley_url: str, commands: Line, sqlite_template: Path, tmp_path: Path
) -> None:
    engine = make_engine(valley_url)
    with Session(engine.execution_options(write=True)) as session:
        people = settle(session, SLUG)
        for key, number in (("acknowledgement/98002", 0), ("reply/98003/1", 1), ("letter/98001/1", 1)):
            confirm(session, people["oscar"], ask(session, people["olga"], key, number), number)
        session.commit()
    engine.dispose()
    folder = tmp_path / "dumped"
    assert commands(valley_url)("seeds", "dump", SLUG, folder, "--commit").exit_code == 0
    dumped = b"".join(contents(folder).values()).decode()
    for words in ("injusto", "Lista firmada", "firmada.csv", "Es cierto.", "Sol Alba"):
        assert words not in dumped
    (tmp_path / "other").mkdir()
    other = commands(databases.copy_of_sqlite(sqlite_template, tmp_path / "other"))
    loaded = other("seeds", "load", folder, "--commit")
    assert (loaded.exit_code, loaded.text.count("differs")) == (0, 0), loaded.text
    assert other("publications", "verify").lines == commands(valley_url)("publications", "verify").lines
    again = tmp_path / "again"
    assert other("seeds", "dump", SLUG, again, "--commit").exit_code == 0
    assert contents(again) == contents(folder)
