"""An action that ends becomes evidence, over gRPC: one item, shared at once, with the right of reply (R56)."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from psmf.evidence.v1 import events_pb2
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import session_records_pb2 as papers
from psmf.scheduling.v1 import scheduling_pb2

from services.evidence.adapters.bodies import body_of
from services.evidence.adapters.store import SqlFile
from services.evidence.domain.evidence_item import Kind
from services.platform.calls.wire import from_date
from services.platform.storage.database import Database, execute
from tests.answers import refused
from tests.builders import a_mapping, a_request_id, an_item_request, days_ago
from tests.databases import address, read_rows
from tests.evidence.conftest import Evidence
from tests.evidence.plans.desk import KINDS, MANAGER, PARENT, PERSON, SENIOR, TEAM, Desk
from tests.evidence.sessions.test_records_over_the_wire import Desk as SessionDesk
from tests.evidence.steps import appoint

OUTCOME, STATES = items.EVIDENCE_KIND_ACTION_OUTCOME, scheduling_pb2.SupportSession
MADE = {"psmf.evidence.v1.EvidenceItemRecorded", "psmf.evidence.v1.EvidenceItemShared"}


@pytest.fixture(scope="module")
def desk(evidence: Evidence) -> Desk:
    appoint(evidence, "sg-one")
    return Desk(evidence)


def outcomes(desk: Desk, person: str = PERSON) -> list[items.EvidenceItem]:
    """Return the outcomes of actions that a person sees."""
    request = items.ListEvidenceItemsRequest(parent=PARENT, kind=OUTCOME, page_size=100)
    return list(desk.evidence.items.ListEvidenceItems(request, **desk.evidence.as_(person)).evidence_items)


def get(desk: Desk, name: str, person: str = PERSON) -> items.EvidenceItem:
    request = items.GetEvidenceItemRequest(name=name)
    found: items.EvidenceItem = desk.evidence.items.GetEvidenceItem(request, **desk.evidence.as_(person))
    return found


def events(desk: Desk) -> list[Any]:
    rows = read_rows(desk.evidence.file, "SELECT type, data FROM outbox ORDER BY position")
    return [getattr(events_pb2, kind.rpartition(".")[2]).FromString(bytes(data)) for kind, data in rows if kind in MADE]


def met(desk: Desk, **fields: Any) -> Any:
    """Return an action that was met."""
    return desk.close(desk.agreed(desk.action(indicator="S4.1", **fields)), KINDS.STATE_MET)


def test_an_action_that_ends_is_one_item_that_both_sides_read_at_once(desk: Desk) -> None:
    action = desk.agreed(desk.action(indicator="S4.1"))
    ended = desk.close(action, KINDS.STATE_PARTLY_MET)
    item = get(desk, ended.outcome_evidence)
    assert (item.kind, item.source, item.summary) == (OUTCOME, items.EVIDENCE_SOURCE_PANEL_TEAM, "")
    assert [(one.standard, one.indicator, one.polarity) for one in item.mappings] == [
        ("S4", "S4.1", items.POLARITY_NEUTRAL)
    ]
    said = item.action_outcome
    assert (said.derived_from, said.outcome) == (action.name, KINDS.STATE_PARTLY_MET)
    assert (said.purpose, said.basis) == (KINDS.PURPOSE_IMPROVE, KINDS.BASIS_AGREED)
    assert said.supports_standing == items.SUPPORTS_STANDING_NONE_OFFERED
    assert from_date(item, "shared_date") == days_ago(0)
    assert item.HasField("reply_due_date")
    assert not item.sharing_reported
    for person in (MANAGER, TEAM, SENIOR):
        assert get(desk, item.name, person).action_outcome == said
    assert get(desk, item.name, TEAM).sender == MANAGER
    assert item.sender == "", "the Safeguarder is not told who recorded an item"

    recorded, shared = (event.fact for event in events(desk)[-2:])
    assert (recorded.version, shared.version) == (1, 2)
    assert recorded.judged_id == shared.judged_id != ""
    assert (shared.kind, shared.action_outcome) == (OUTCOME, said)
    assert not shared.history, "it is told to the Safeguarder like anything that is shared"


def test_a_second_close_changes_nothing(desk: Desk) -> None:
    ended = met(desk)
    before = events(desk)
    again = desk.close(ended, KINDS.STATE_MET)
    assert (again.outcome_evidence, again.etag) == (ended.outcome_evidence, ended.etag)
    assert refused(lambda: desk.close(again, KINDS.STATE_PARTLY_MET)).reason == "ACTION_ENDED"
    assert events(desk) == before


def test_a_trial_of_a_close_records_nothing(desk: Desk) -> None:
    action, before = desk.agreed(desk.action()), events(desk)
    fields = {"outcome": KINDS.STATE_MET, "words": "As a trial.", "etag": action.etag, "validate_only": True}
    assert desk.call("CloseAction", MANAGER, name=action.name, **fields).outcome_evidence
    assert events(desk) == before


def test_actions_of_the_safeguarders_own_and_of_others_make_no_item(desk: Desk) -> None:
    before = events(desk)
    own = desk.agreed(desk.action(PERSON), MANAGER)
    of_team = desk.agreed(desk.action(owner=KINDS.OWNER_PANEL_TEAM))
    withdrawn = desk.agreed(desk.action())
    for action, outcome in ((own, "MET"), (of_team, "NOT_POSSIBLE"), (withdrawn, "WITHDRAWN")):
        ended = desk.close(action, KINDS.State.Value(f"STATE_{outcome}"))
        assert ended.outcome_evidence == ""
    assert events(desk) == before


def test_the_safeguarder_replies_to_it_and_the_team_can_take_it_out(desk: Desk) -> None:
    name, as_ = met(desk).outcome_evidence, desk.evidence.as_
    reply = items.AddReplyRequest(name=name, text="I agree with that.", request_id=a_request_id())
    replied = desk.evidence.items.AddReply(reply, **as_(PERSON))
    assert replied.action_outcome.outcome == KINDS.STATE_MET
    out = items.WithdrawEvidenceItemRequest(
        name=name, reason=items.CORRECTION_REASON_ENTERED_WRONGLY, request_id=a_request_id()
    )
    assert desk.evidence.items.WithdrawEvidenceItem(out, **as_(TEAM)).state == items.ITEM_STATE_WITHDRAWN


def test_nobody_records_maps_or_corrects_one(desk: Desk) -> None:
    service, as_ = desk.evidence.items, desk.evidence.as_
    made = an_item_request("sg-one", kind=OUTCOME)
    assert refused(lambda: service.CreateEvidenceItem(made, **as_(TEAM))).reason == "MADE_BY_AN_ACTION"
    name = met(desk).outcome_evidence
    mapped = items.MapEvidenceItemRequest(name=name, mappings=[a_mapping("S4.2")], request_id=a_request_id())
    assert refused(lambda: service.MapEvidenceItem(mapped, **as_(TEAM))).reason == "MADE_BY_AN_ACTION"
    correction = items.CorrectEvidenceItemRequest(
        name=name,
        evidence_item=an_item_request("sg-one").evidence_item,
        reason=items.CORRECTION_REASON_ENTERED_WRONGLY,
        request_id=a_request_id(),
    )
    assert refused(lambda: service.CorrectEvidenceItem(correction, **as_(TEAM))).reason == "MADE_BY_AN_ACTION"


def test_an_action_about_a_whole_standard_speaks_to_no_indicator(desk: Desk) -> None:
    item = get(desk, desk.close(desk.agreed(desk.action()), KINDS.STATE_MET).outcome_evidence)
    assert [(one.standard, one.indicator) for one in item.mappings] == [("S4", "")]


def test_papers_show_it_like_any_item_and_no_view_rests_on_it(desk: Desk) -> None:
    praise = met(desk)
    neutral = desk.close(desk.agreed(desk.action(standard="S5")), KINDS.STATE_NOT_POSSIBLE)
    session = SessionDesk(desk.evidence, "with-outcomes")
    starts = datetime.now(UTC) + timedelta(seconds=1)
    session.hear(1, STATES.STATE_CONFIRMED, starts=starts, freezes=datetime.now(UTC))
    session.hear(2, STATES.STATE_HELD, starts=starts, freezes=datetime.now(UTC))
    entries = {entry.name: entry for entry in session.pack(PERSON).entries}
    section = papers.PackEntry
    assert entries[praise.outcome_evidence].section == section.SECTION_PRAISE
    assert entries[neutral.outcome_evidence].section == section.SECTION_NEW_EVIDENCE
    assert entries["S5"].section == section.SECTION_NO_EVIDENCE, "an outcome is no evidence on a standard"
    content = session.complete()
    for outcome in (praise, neutral):
        content.views[0].basis[:] = [outcome.outcome_evidence]
        answer = refused(partial(session.call, "CreateSessionRecord", parent=session.session, content=content))
        assert answer.reason == "RESTS_ON_EVIDENCE"


def test_the_release_before_reads_it_and_leaves_what_is_derived_as_it_is(desk: Desk) -> None:
    """That release knows neither the kind nor the column. Nothing that it reads of the item counts."""
    ended = met(desk)
    evidence_id = ended.outcome_evidence.rpartition("/")[2]
    database = Database(str(address(desk.evidence.file)))

    def as_before(tx: Any) -> tuple[Any, Any]:
        """Store the item again as that release does, which has read its body alone."""
        stored = "SELECT body, derived FROM evidence_item WHERE evidence_id = ?"
        body, derived = execute(tx, stored, (evidence_id,)).fetchone()
        execute(tx, "UPDATE evidence_item SET derived = NULL WHERE evidence_id = ?", (evidence_id,))
        read = SqlFile(tx).find(evidence_id)
        assert read is not None
        again = body_of(replace_reply(read))
        execute(
            tx, "UPDATE evidence_item SET body = ?, derived = ? WHERE evidence_id = ?", (again, derived, evidence_id)
        )
        return body, read

    body, read = database.write(as_before)
    database.close()
    assert '"action"' not in body
    assert (read.content.kind, read.content.mappings, read.adverse_on) == (Kind.OBSERVATION, (), None)
    item = get(desk, ended.outcome_evidence)
    assert item.action_outcome.derived_from == ended.name
    assert item.mappings[0].polarity == items.POLARITY_PRAISE
    assert item.reply.HasField("reply_date")


def replace_reply(item: Any) -> Any:
    """Return an item with a reply of today."""
    return item._replace(content=item.content._replace(replied_on=days_ago(0)))
