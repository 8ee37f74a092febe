"""An item that was shared too late for the papers, offered and admitted over gRPC, and the record that uses it."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from psmf.evidence.v1 import events_pb2
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import session_records_pb2 as pb

from tests.answers import refused
from tests.builders import a_mapping, a_request_id
from tests.databases import read_rows
from tests.evidence.conftest import Evidence
from tests.evidence.sessions.test_records_over_the_wire import MANAGER, PERSON, STATES, VIEWS, Desk
from tests.evidence.steps import appoint, give_a_reason, record


@pytest.fixture(scope="module", autouse=True)
def _appointed(evidence: Evidence) -> None:
    appoint(evidence, "sg-one")
    give_a_reason(evidence)


def a_session_in_a_moment(evidence: Evidence, name: str, start: datetime) -> Desk:
    """Return a session of today, with papers that were frozen before everything that is recorded from now on."""
    desk = Desk(evidence, name)
    desk.hear(1, STATES.STATE_CONFIRMED, starts=start, freezes=datetime.now(UTC))
    return desk


def praise(evidence: Evidence) -> items.EvidenceItem:
    """Return an item that the Safeguarder can see, recorded just now."""
    found: items.EvidenceItem = record(evidence, mappings=[a_mapping("S4.1", items.POLARITY_PRAISE)])
    return found


def offer(desk: Desk, item: str) -> pb.SessionPack:
    request = pb.OfferLateItemRequest(parent=desk.session, item=item, request_id=a_request_id())
    found: pb.SessionPack = desk.stub.OfferLateItem(request, **desk.evidence.as_(MANAGER))
    return found


def admit(desk: Desk, item: str, version: int, person: str = PERSON) -> pb.SessionPack:
    request = pb.AdmitLateItemRequest(parent=desk.session, item=item, version=version, request_id=a_request_id())
    found: pb.SessionPack = desk.stub.AdmitLateItem(request, **desk.evidence.as_(person))
    return found


def told(desk: Desk) -> list[tuple[int, int, int]]:
    """Return what was published of the late items of a session: version, offered, waiting."""
    rows = read_rows(desk.evidence.file, "SELECT data FROM outbox WHERE type LIKE '%SessionLateItemsChanged'")
    events = [events_pb2.SessionLateItemsChanged.FromString(bytes(data)) for (data,) in rows]
    return [(one.version, one.offered, one.waiting) for one in events if one.session_id == desk.name]


def test_a_late_item_is_used_in_the_record_only_after_the_safeguarder_admitted_it(evidence: Evidence) -> None:
    start = datetime.now(UTC)
    desk = a_session_in_a_moment(evidence, "with-late-items", start)
    before = desk.pack()
    late, silent = praise(evidence), praise(evidence)
    for _twice in range(2):
        offer(desk, late.name)
    pack = offer(desk, silent.name)
    assert [(one.entry.name, one.state) for one in pack.late_items] == [
        (late.name, pb.LateItem.STATE_OFFERED),
        (silent.name, pb.LateItem.STATE_OFFERED),
    ]
    assert (pack.hash, pack.entries) == (before.hash, before.entries), "the papers stay as they were frozen"
    desk.hear(2, STATES.STATE_HELD, starts=start, freezes=start)

    text = desk.complete()
    text.views[0].word, text.views[0].words = VIEWS.WORD_DEVELOPING, "As was said."
    text.views[0].basis.append(late.name)
    create = partial(desk.call, "CreateSessionRecord", parent=desk.session, content=text)
    assert refused(create).reason == "NOT_IN_PACK"
    for other in (MANAGER, "panel-team", "senior-manager"):
        assert refused(partial(admit, desk, late.name, 1, other)).code == "PERMISSION_DENIED"
    assert refused(lambda: admit(desk, late.name, 7)).reason == "OTHER_VERSION"
    (entry,) = [one.entry for one in desk.pack(PERSON).late_items if one.entry.name == late.name]
    admit(desk, late.name, entry.version)
    assert admit(desk, late.name, entry.version).late_items[0].HasField("admit_time")
    assert told(desk) == [(1, 1, 1), (2, 2, 2), (3, 2, 1)]

    draft = create()
    assert refused(lambda: desk.call("ShareSessionRecord", etag=draft.etag)).reason == "PRAISE_FIRST"
    text.outcomes.append(pb.AgendaOutcome(item=late.name, word=pb.AgendaOutcome.WORD_ACKNOWLEDGED))
    draft = desk.call("UpdateSessionRecord", etag=draft.etag, content=text)
    desk.call("ShareSessionRecord", etag=draft.etag)
    assert told(desk)[-1] == (4, 2, 0), "nothing waits for the Safeguarder any more"
    assert refused(lambda: admit(desk, silent.name, 1)).reason == "SESSION_OVER"

    after = Desk(evidence, "after-late-items")
    after.hear(1, STATES.STATE_CONFIRMED, starts=start + timedelta(days=9), freezes=datetime.now(UTC))
    names = [entry.name for entry in after.pack().entries]
    assert silent.name in names, "what was not admitted is in the next papers"
    assert late.name not in names


def test_what_was_withdrawn_between_offer_and_admission_is_gone(evidence: Evidence) -> None:
    desk = a_session_in_a_moment(evidence, "item-withdrawn", datetime.now(UTC))
    item = praise(evidence)
    offer(desk, item.name)
    withdraw = items.WithdrawEvidenceItemRequest(name=item.name, reason=items.CORRECTION_REASON_ENTERED_WRONGLY)
    evidence.items.WithdrawEvidenceItem(withdraw, **evidence.as_("panel-team"))
    assert list(desk.pack(PERSON).late_items) == []
    assert refused(lambda: admit(desk, item.name, 2)).reason == "LATE_ITEM_GONE"


def test_a_session_that_moves_leaves_its_late_items_behind(evidence: Evidence) -> None:
    """They are in the papers of the session that takes its place, because they were shared before those are frozen."""
    start = datetime.now(UTC)
    desk, moved = a_session_in_a_moment(evidence, "moves", start), Desk(evidence, "moved-to")
    item = praise(evidence)
    offer(desk, item.name)
    desk.hear(2, STATES.STATE_RESCHEDULED, starts=start)
    assert told(desk) == [(1, 1, 1), (2, 1, 0)]
    assert refused(lambda: admit(desk, item.name, 1)).reason == "SESSION_OVER"
    moved.hear(1, STATES.STATE_CONFIRMED, starts=start + timedelta(days=2), freezes=datetime.now(UTC))
    assert item.name in [entry.name for entry in moved.pack().entries]
    assert list(moved.pack().late_items) == []


def test_an_item_of_somebody_else_is_not_offered(evidence: Evidence) -> None:
    desk = a_session_in_a_moment(evidence, "of-one-person", datetime.now(UTC))
    other = "safeguarders/sg-two/evidenceItems/none"
    assert refused(lambda: offer(desk, other)).reason == "NAME_NOT_VALID"
    assert refused(lambda: offer(desk, "safeguarders/sg-one/evidenceItems/none")).reason == "SHOW_THE_EVIDENCE"
