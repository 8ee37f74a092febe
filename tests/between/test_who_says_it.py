"""Who says it, and of whom: senders, and texts that may name a child (P19-P23).

Kind closed: what a person or a system sends reaches others as if somebody had vouched for it. A text that may name a
child is shown to nobody before a person of the Team has looked, at every door, and the Team is told that it waits. Who
sent a thing is known to those who judge it, and not to the person it is about.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import feedback_links_pb2 as links
from psmf.rules.v1 import overrides_pb2, revisions_pb2
from sqlalchemy import text
from typer.testing import CliRunner

from services.calendar_days import WorkingCalendar, is_working_day
from services.cli.main import command_line
from services.evidence.compose import COUNTS
from services.platform.calls.wire import from_date, to_date
from services.platform.storage.counts import count_of
from tests.answers import refused
from tests.between.feedback.steps import feedback_by_a_link
from tests.between.together import Together
from tests.builders import a_mapping, a_request_id, an_item_request

NAMED = "I saw little Jamie, born 3 May 2014, at home. The report was late because I was ill."
TEAM, PERSON, MANAGER = "panel-team", "person-one", "manager-one"


@pytest.fixture
def running(suite_together: Together) -> Together:
    suite_together.appoint("sg-one", since=suite_together.ago(400))
    return suite_together


def shared_item(running: Together, **changes: Any) -> items.EvidenceItem:
    return running.share(running.record("sg-one", **changes))


def reply(running: Together, item: items.EvidenceItem, words: str) -> items.EvidenceItem:
    request = items.AddReplyRequest(name=item.name, text=words, request_id=a_request_id())
    answer: items.EvidenceItem = running.evidence.AddReply(request, **running.as_(PERSON))
    running.settle()
    return answer


def get(running: Together, name: str, person: str = TEAM) -> items.EvidenceItem:
    answer: items.EvidenceItem = running.evidence.GetEvidenceItem(
        items.GetEvidenceItemRequest(name=name), **running.as_(person)
    )
    return answer


def listed(running: Together, person: str) -> dict[str, items.EvidenceItem]:
    request = items.ListEvidenceItemsRequest(parent="safeguarders/sg-one", page_size=500)
    return {
        item.name: item for item in running.evidence.ListEvidenceItems(request, **running.as_(person)).evidence_items
    }


def held(running: Together) -> dict[str, items.EvidenceItem]:
    request = items.ListHeldEvidenceItemsRequest(page_size=500)
    return {
        item.name: item for item in running.evidence.ListHeldEvidenceItems(request, **running.as_(TEAM)).evidence_items
    }


def release(running: Together, name: str, *strike: str) -> items.EvidenceItem:
    request = items.ReleaseEvidenceItemRequest(name=name, strike=strike, request_id=a_request_id())
    answer: items.EvidenceItem = running.evidence.ReleaseEvidenceItem(request, **running.as_(TEAM))
    running.settle()
    return answer


def told_the_team(running: Together) -> int:
    """Return how many messages of held words there are."""
    with running.services["notifications"].database.read() as connection:
        query = "SELECT COUNT(*) FROM notification WHERE alert_id LIKE 'words-held-%' AND recipient = 'panel-team'"
        return int(connection.execute(text(query)).scalar_one())


def figure(running: Together) -> int:
    (count,) = [count for count in COUNTS if count.name == "items_held"]
    with running.services["evidence"].database.read() as connection:
        return count_of(connection, count)


# Every text has one screen


def by_summary(running: Together) -> str:
    return str(running.record("sg-one", summary=NAMED).name)


def by_a_reply_of_the_past(running: Together) -> str:
    item = an_item_request(
        "sg-one",
        **dict.fromkeys(("happened_date", "received_date", "shared_date"), to_date(running.ago(30))),
        reply=items.Reply(text=NAMED, reply_date=to_date(running.ago(20))),
    )
    item.history = True
    return str(running.evidence.CreateEvidenceItem(item, **running.as_(TEAM)).name)


def by_a_reply(running: Together) -> str:
    return reply(running, shared_item(running), NAMED).name


def by_a_link(running: Together) -> str:
    return feedback_by_a_link(running, links.FeedbackAnswer(question="not_good", text=NAMED))


HELD: dict[str, Callable[[Together], str]] = {
    "evidence.EvidenceItem.summary": by_summary,
    "evidence.Reply.text": by_a_reply_of_the_past,
    "evidence.AddReplyRequest.text": by_a_reply,
    "evidence.FeedbackAnswer.text": by_a_link,
}


@pytest.mark.parametrize("field", HELD)
def test_evidence_that_may_name_a_child_is_held_and_the_team_is_told(running: Together, field: str) -> None:
    """P23: it is on file, the Team sees it in the list and in the figure, and has one message without content."""
    assert told_the_team(running) == 0
    name = HELD[field](running)
    running.settle()
    assert any(NAMED in text for text in (held(running)[name].summary, held(running)[name].reply.text))
    assert {"name", "birth"} <= set(held(running)[name].held_for)
    assert (figure(running), told_the_team(running)) == (1, 1)
    for reader in (PERSON, MANAGER, "senior-manager", TEAM):
        assert not [item for item in listed(running, reader).values() if "Jamie" in item.summary + item.reply.text]
    release(running, name)
    assert (held(running), figure(running)) == ({}, 0)


OVERRIDE = overrides_pb2.CreateRuleOverrideRequest(
    parent="safeguarders/sg-one", rule="report-late", reason=NAMED, end_date=to_date(date(2026, 12, 1))
)
REFUSED: dict[str, tuple[str, str, str, Any]] = {
    "rules.CreateRuleOverrideRequest.reason": ("overrides", "CreateRuleOverride", "senior-manager", OVERRIDE),
    "rules.CreateRulebookRevisionRequest.reason": (
        "revisions", "CreateRulebookRevision", "editor",
        revisions_pb2.CreateRulebookRevisionRequest(reason=NAMED, files={"parameters.yaml": "a"}),
    ),
    "rules.ApproveRulebookRevisionRequest.reason": (
        "revisions", "ApproveRulebookRevision", "approver",
        revisions_pb2.ApproveRulebookRevisionRequest(name=f"rulebookRevisions/{'0' * 64}", reason=NAMED),
    ),
    "rules.ActivateRulebookRevisionRequest.reason": (
        "revisions", "ActivateRulebookRevision", "approver",
        revisions_pb2.ActivateRulebookRevisionRequest(name=f"rulebookRevisions/{'0' * 64}", reason=NAMED),
    ),
    "rules.RollbackRulebookRequest.reason": (
        "revisions", "RollbackRulebook", "approver", revisions_pb2.RollbackRulebookRequest(reason=NAMED),
    ),
}  # fmt: skip


def test_any_other_text_that_may_name_a_child_is_refused(running: Together) -> None:
    """P23: its writer can put it another way, so nothing is lost. The refusal does not repeat it."""
    for field, (stub, method, person, request) in REFUSED.items():
        request.request_id = a_request_id()
        call = getattr(getattr(running, stub), method)
        answer = refused(partial(call, request, **running.as_(person)))
        assert (answer.reason, answer.field) == ("TEXT_MAY_NAME_A_CHILD", "reason"), field
        assert "Jamie" not in answer.message


# A reply is never lost, and counts from its day


def test_a_held_reply_counts_from_the_day_it_was_given(running: Together) -> None:
    """P23: rules see the day of the reply at once. Nobody but the Team reads its words before the look."""
    item = shared_item(running, summary="The report came late.")
    answer = reply(running, item, NAMED)
    assert (answer.reply.text, answer.reply.held) == ("", True)
    assert from_date(answer.reply, "reply_date") == running.today == from_date(answer, "adverse_date")
    with running.services["rules"].database.read() as connection:
        facts = connection.execute(text("SELECT body FROM fact WHERE safeguarder_id = 'sg-one'")).scalars().all()
    assert [body for body in facts if f'"replied_on":"{running.today}"' in body]
    for reader in (PERSON, MANAGER, "senior-manager"):
        seen = get(running, item.name, reader)
        assert (seen.reply.text, seen.reply.held, seen.summary) == ("", True, "The report came late.")
    assert get(running, item.name).reply.text == NAMED


def test_a_released_reply_is_read_by_all_without_the_name(running: Together) -> None:
    """P23: what names the child is deleted, and the rest of the reply stands as it was given."""
    item = shared_item(running)
    before = reply(running, item, NAMED)
    release(running, item.name, "little Jamie, born 3 May 2014")
    for reader in (TEAM, PERSON, MANAGER, "senior-manager"):
        seen = get(running, item.name, reader)
        assert seen.reply.text == "I saw [struck out], at home. The report was late because I was ill."
        assert not seen.reply.held
        assert (from_date(seen, "adverse_date"), seen.etag) == (from_date(before, "adverse_date"), before.etag)
    with running.services["evidence"].database.read() as connection:
        texts = connection.execute(text("SELECT summary, reply FROM evidence_text")).fetchall()
    assert not [row for row in texts if "Jamie" in "".join(row)]


@pytest.fixture
def psmf(running: Together, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return a function that runs a command of `psmf` as a person, and returns what it prints."""
    for name, service in running.services.items():
        monkeypatch.setenv(f"PSMF_{name.upper()}_ADDRESS", f"127.0.0.1:{service.process.server.port}")
    monkeypatch.setenv("PSMF_TOKEN_FILE", str(tmp_path / "token"))

    def run(person: str, *words: str) -> str:
        ((_, bearer),) = running.world.metadata(person, running.clock.now())
        (tmp_path / "token").write_text(bearer.removeprefix("Bearer "))
        answered = CliRunner().invoke(command_line({words[0]}), list(words))
        assert answered.exit_code == 0, answered.output
        return answered.output

    return run


def test_a_held_reply_by_commands(running: Together, psmf: Callable[..., str]) -> None:
    """P23: the person is told that the reply is on file, the Team finds it, and strikes the name out."""
    name = shared_item(running).name
    assert "may name a child" in psmf(PERSON, "evidence", "reply", name, "--text", NAMED)
    assert "held: the Team looks at it first" in psmf(PERSON, "evidence", "show", name)
    assert "little Jamie" in psmf(TEAM, "evidence", "held")
    strike = ("--strike", "little Jamie", "--strike", "born 3 May 2014")
    assert "Released" in psmf(TEAM, "evidence", "release", name, *strike)
    assert "I saw [struck out], [struck out], at home." in psmf(PERSON, "evidence", "show", name)


# One message a day


def test_the_team_is_told_once_a_day_while_something_is_held(running: Together) -> None:
    """P23: however much is held, there is one message on each day with a reason for one, and none at the weekend."""
    for _ in range(3):
        running.record("sg-one", summary=NAMED)
        running.settle()
    assert told_the_team(running) == 1
    working = 0
    for _ in range(7):
        running.days(1)
        working += is_working_day(WorkingCalendar.OFFICE, running.today)
    assert told_the_team(running) == 1 + working
    for name in held(running):
        release(running, name)
    running.days(3)
    assert told_the_team(running) == 1 + working


# Items of earlier releases


def as_of_an_earlier_release(running: Together, item: items.EvidenceItem, summary: str, reply_text: str = "") -> None:
    """Make an item one that the release before recorded: unscreened, and without the body of its sender."""
    evidence_id = item.name.rpartition("/")[2]

    def write(tx: Any) -> None:
        tx.execute(
            text("INSERT INTO evidence_text (evidence_id, summary, reply) VALUES (:id, :summary, :reply)"),
            {"id": evidence_id, "summary": summary, "reply": reply_text},
        )
        (body,) = tx.execute(text("SELECT body FROM evidence_item WHERE evidence_id = :id"), {"id": evidence_id}).one()
        tx.execute(
            text("UPDATE evidence_item SET looked_through = false, body = :body WHERE evidence_id = :id"),
            {"id": evidence_id, "body": re.sub(r'"sent_for":"[^"]*",', "", body)},
        )

    running.services["evidence"].database.write(write)


def test_texts_of_earlier_releases_are_reported_and_nothing_else_changes(running: Together) -> None:
    """P23: the Team is told, a summary stays as shown as it was, and versions, dates and concerns stay as they were."""
    old, plain = shared_item(running), shared_item(running)
    reply(running, old, "I was ill.")
    running.settle()
    before = {name: get(running, name) for name in (old.name, plain.name)}
    concerns = running.concerns_of("sg-one")
    with running.services["evidence"].database.read() as connection:
        connection.execute(text("SELECT 1"))
    running.services["evidence"].database.write(lambda tx: tx.execute(text("DELETE FROM evidence_text")) and None)
    as_of_an_earlier_release(running, old, NAMED, NAMED)
    as_of_an_earlier_release(running, plain, "The report came late.")
    running.settle()
    assert list(held(running)) == [old.name]
    assert list(held(running)[old.name].to_look_at) == ["reply", "summary"]
    assert told_the_team(running) == 1
    for name, was in before.items():
        now = get(running, name)
        assert (now.etag, now.state, now.countable_date, now.adverse_date) == (
            was.etag, was.state, was.countable_date, was.adverse_date,
        )  # fmt: skip
    assert running.concerns_of("sg-one") == concerns
    assert (get(running, old.name, PERSON).summary, get(running, old.name, PERSON).reply.text) == (NAMED, "")
    release(running, old.name, "little Jamie, born 3 May 2014")
    assert held(running) == {}
    assert "Jamie" not in get(running, old.name, PERSON).summary


def test_the_look_through_takes_a_bounded_number_of_items_at_a_time(running: Together) -> None:
    """P23: a large file is looked through in many short turns, and each item once."""
    from services.evidence.worker import ITEMS_A_TURN

    database = running.services["evidence"].database
    for _ in range(3):
        shared_item(running)
    columns = (
        "safeguarder_id, version, recorded_at, received_on, kind, standards, open_to_the_person, sender, "
        "case_reference, identified, held, body"
    )
    copies = (
        f"INSERT INTO evidence_item (evidence_id, receipt_id, looked_through, {columns}) "  # noqa: S608
        f"SELECT :id, :id, false, {columns} FROM evidence_item "
        "WHERE evidence_id = (SELECT MIN(evidence_id) FROM evidence_item)"
    )
    many = [{"id": f"old-{number:04}"} for number in range(2 * ITEMS_A_TURN + 1)]
    database.write(lambda tx: tx.execute(text(copies), many) and None)

    def left() -> int:
        with database.read() as connection:
            return int(
                connection.execute(text("SELECT COUNT(*) FROM evidence_item WHERE NOT looked_through")).scalar_one()
            )

    counts = [left()]
    while counts[-1]:
        running.services["evidence"].work()
        counts.append(left())
    assert counts == [2 * ITEMS_A_TURN + 1, ITEMS_A_TURN + 1, 1, 0]


# Who sent it


def test_staff_see_whose_system_sent_an_item_and_the_person_does_not(running: Together) -> None:
    """P19: the body, in one item and in the list; the Safeguarder learns neither the body nor the sender."""
    sent = running.record("sg-one", "partner", mappings=None)
    mapping = items.MapEvidenceItemRequest(name=sent.name, mappings=[a_mapping()], request_id=a_request_id())
    running.evidence.MapEvidenceItem(mapping, **running.as_(TEAM))
    running.share(sent)
    for reader in (TEAM, MANAGER, "senior-manager"):
        assert get(running, sent.name, reader).sender_body == "scra"
        assert listed(running, reader)[sent.name].sender_body == "scra"
    for seen in (get(running, sent.name, PERSON), listed(running, PERSON)[sent.name]):
        assert (seen.sender_body, seen.sender) == ("", "")


def test_why_names_the_body_to_staff_only(running: Together, psmf: Callable[..., str]) -> None:
    """P19: `psmf alert why` says whose system sent the evidence, and says it to nobody whom it is about."""
    late = items.Timeliness(
        due_date=to_date(running.ago(24)), filed_date=to_date(running.ago(22)), extension_answer=items.YES_NO_NO
    )
    for case in ("case-aa11bb22", "case-cc33dd44"):
        sent = running.record(
            "sg-one", "partner", mappings=None, timeliness=late, case_reference=case,
            kind=items.EVIDENCE_KIND_SCRA_TIMELINESS, source=items.EVIDENCE_SOURCE_SCRA,
        )  # fmt: skip
        mapping = items.MapEvidenceItemRequest(name=sent.name, mappings=[a_mapping()], request_id=a_request_id())
        running.evidence.MapEvidenceItem(mapping, **running.as_(TEAM))
        reply(running, running.share(sent), "The papers came late.")
    (alert,) = [alert for alert in running.open_alerts("sg-one") if alert.rule == "report-late"]
    own = psmf(PERSON, "alert", "why", alert.name)
    staff = psmf(TEAM, "alert", "why", alert.name)
    assert staff.count(", sent by scra") == 2
    assert staff.replace(", sent by scra", "").splitlines()[:12] == own.splitlines()[:12]
    assert "sent by" not in own
    assert "sent by scra" in psmf(MANAGER, "alert", "why", alert.name)


def test_an_item_of_an_earlier_release_gets_the_body_of_its_sender(running: Together) -> None:
    """P19: evidence shows it, and rules count the items of one body as one voice."""
    sent = running.record("sg-one", "partner", mappings=None)
    running.settle()
    as_of_an_earlier_release(running, sent, "The report came late.")
    assert get(running, sent.name).sender_body == ""
    running.settle()
    assert get(running, sent.name).sender_body == "scra"
    with running.services["evidence"].database.read() as connection:
        types = connection.execute(text("SELECT type FROM outbox ORDER BY position DESC LIMIT 1")).scalar_one()
    assert types == "psmf.evidence.v1.EvidenceItemIdentified"
    assert told_the_team(running) == 0
