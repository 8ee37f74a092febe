"""Drafts: nothing that somebody typed is lost, nobody else reads it, and it is not kept for long."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import drafts_pb2 as pb
from psmf.evidence.v1 import drafts_pb2_grpc

from services.evidence.adapters.pages.drafts import SqlDrafts
from services.evidence.compose import HERE, OWN_TABLE
from services.evidence.domain.drafts import Draft, DraftKind
from services.evidence.worker import forgotten_drafts
from services.platform.storage.opening import open_database
from tests.answers import refused
from tests.builders import a_request_id
from tests.clock import FixedClock
from tests.databases import read_rows
from tests.evidence.conftest import Evidence
from tests.evidence.steps import appoint

WORDS = b"a canary that nobody has sent"
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


class Desk:
    """The drafts of the service, asked as somebody."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.stub = drafts_pb2_grpc.DraftServiceStub(evidence.channel)

    def begin(self, person: str = "manager-one", about: str = "sg-one", **fields: Any) -> Any:
        about = f"safeguarders/{about}" if about else ""
        written: dict[str, Any] = {"kind": pb.Draft.KIND_EVIDENCE_ITEM, "step": "summary", "answers": WORDS} | fields
        request = pb.CreateDraftRequest(safeguarder=about, request_id=a_request_id(), **written)
        return self.stub.CreateDraft(request, **self.evidence.as_(person))

    def read(self, name: str, person: str = "manager-one") -> Any:
        return self.stub.GetDraft(pb.GetDraftRequest(name=name), **self.evidence.as_(person))

    def listed(self, person: str, parent: str = "safeguarders/-") -> dict[str, Any]:
        answer = self.stub.ListDrafts(pb.ListDraftsRequest(parent=parent), **self.evidence.as_(person))
        return {draft.name: draft for draft in answer.drafts}

    def change(self, draft: Any, answers: bytes, person: str = "manager-one") -> Any:
        request = pb.UpdateDraftRequest(name=draft.name, step="check", answers=answers, etag=draft.etag)
        return self.stub.UpdateDraft(request, **self.evidence.as_(person))

    def delete(self, name: str, person: str = "manager-one") -> Any:
        return self.stub.DeleteDraft(pb.DeleteDraftRequest(name=name), **self.evidence.as_(person))


@pytest.fixture(scope="module")
def desk(evidence: Evidence) -> Desk:
    for one in ("sg-one", "sg-two"):
        appoint(evidence, one)
    return Desk(evidence)


def test_what_was_typed_is_there_again_until_it_is_sent_or_deleted(desk: Desk) -> None:
    begun = desk.begin()
    assert desk.read(begun.name).answers == WORDS
    after = desk.change(begun, b"more words")
    assert (desk.read(begun.name).answers, desk.read(begun.name).step) == (b"more words", "check")
    assert refused(lambda: desk.change(begun, b"of an old window")).reason == "ETAG_MISMATCH"
    assert desk.listed("manager-one")[begun.name].etag == after.etag
    desk.delete(begun.name)
    assert begun.name not in desk.listed("manager-one")
    assert refused(lambda: desk.read(begun.name)).reason == "DRAFT_NOT_FOUND"


@pytest.mark.parametrize("person", ["panel-team", "senior-manager", "manager-two", "person-one"])
def test_nobody_but_its_author_reads_or_changes_it(desk: Desk, person: str) -> None:
    begun = desk.begin()
    answers = [
        refused(ask)
        for ask in (
            lambda: desk.read(begun.name, person),
            lambda: desk.change(begun, b"", person),
            lambda: desk.delete(begun.name, person),
            lambda: desk.read("drafts/none", person),
        )
    ]
    assert {(answer.code, answer.reason) for answer in answers} == {("NOT_FOUND", "DRAFT_NOT_FOUND")}
    assert person == "person-one" or begun.name not in desk.listed(person)


def test_the_person_sees_that_it_exists_by_whom_and_of_which_day_and_no_more(desk: Desk) -> None:
    begun = desk.begin()
    seen = desk.listed("person-one")[begun.name]
    told = {field.name for field, _ in seen.ListFields()}
    assert told == {"name", "safeguarder", "author", "create_time", "update_time", "last_date"}
    assert seen.author == "manager-one"
    assert begun.name not in desk.listed("person-two")


def test_it_is_about_somebody_whom_its_author_may_see_or_about_nobody_yet(desk: Desk) -> None:
    assert refused(lambda: desk.begin(about="sg-two")).reason == "SAFEGUARDER_NOT_FOUND"
    assert refused(lambda: desk.begin("person-one", about="sg-two")).reason == "SAFEGUARDER_NOT_FOUND"
    assert desk.begin(about="").name in desk.listed("manager-one")


def test_the_answer_that_is_kept_for_a_repeat_has_no_words(desk: Desk) -> None:
    desk.change(desk.begin(), WORDS)
    kept = read_rows(desk.evidence.file, "SELECT person, answer FROM request")
    assert not [person for person, answer in kept if WORDS in bytes(answer)]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"kind": 0}, "FIELD_MISSING"),
        ({"step": "What was said?"}, "STEP_NOT_VALID"),
        ({"answers": b"x" * 32_769}, "DRAFT_TOO_LONG"),
    ],
)
def test_a_draft_that_cannot_be_kept_says_why(desk: Desk, fields: dict[str, Any], reason: str) -> None:
    assert refused(lambda: desk.begin(**fields)).reason == reason


def test_one_author_has_at_most_fifty(desk: Desk) -> None:
    def many() -> None:
        for _ in range(51):
            desk.begin("senior-manager", about="")

    assert refused(many).reason == "TOO_MANY_DRAFTS"


@pytest.fixture
def days(tmp_path: Path) -> Iterator[tuple[Any, FixedClock]]:
    clock = FixedClock(NOW)
    database = open_database(f"sqlite:///{tmp_path / 'evidence.db'}", HERE / "migrations", OWN_TABLE)
    yield database, clock
    database.close()


def test_it_is_gone_fourteen_days_after_its_last_change(days: tuple[Any, FixedClock]) -> None:
    database, clock = days
    draft = Draft("one", "manager-one", DraftKind.REPLY, "sg-one", "", WORDS, NOW, NOW)
    database.write(lambda tx: SqlDrafts(tx, NOW).add(draft))
    job = forgotten_drafts(database, clock)

    def kept() -> tuple[bool, int]:
        job.turn()
        with database.read() as connection:
            shown = SqlDrafts(connection, clock.instant).find("one", "manager-one")
            return shown is not None, connection.exec_driver_sql("SELECT COUNT(*) FROM draft").scalar()

    clock.instant = NOW + timedelta(days=14)
    assert kept() == (True, 1)
    assert draft.last_on == clock.instant.date()
    clock.instant += timedelta(microseconds=1)
    assert kept() == (False, 0)
