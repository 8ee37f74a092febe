"""Who supports whom, and what an item is, are the same wherever they are read, after any chain of changes.

The kind that this file closes: an allocation or an item changes at its source, and a reader stays with what it was.
"""

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import safeguarder_pb2
from psmf.scheduling.v1 import scheduling_pb2 as pb

from services.platform.calls.relations import allocated_to
from services.platform.calls.wire import from_date, to_date
from services.rules.adapters.store.items import item_versions
from services.rules.domain.closed_lists import ItemStatus
from services.rules.domain.facts import EvidenceFact
from tests.between.together import Together
from tests.builders import BASIS, a_mapping, a_request_id, an_item
from tests.sizes import part_of
from tests.world import SERVICES

SAFETY: dict[str, Any] = {"evidence_class": items.EVIDENCE_CLASS_SAFETY, "mappings": [a_mapping("S5.1")]}
_PASSES = st.sampled_from(("at once", "late", "after a restart"))


def passes(running: Together, how: str) -> None:
    """Let the last events pass, unless they are to come with the next ones."""
    if how == "after a restart":
        running.restart("rules")
    if how != "late":
        running.settle()


def supported_by(running: Together) -> dict[str, str]:
    """Return who supports the person, as each service keeps it for access."""
    found = {}
    for service in SERVICES:
        with running.services[service].database.read() as connection:
            found[service] = allocated_to(connection, "sg-one")
    return found


def allocate(running: Together, manager: str) -> None:
    request = pb.CreateAllocationRequest(
        parent="safeguarders/sg-one", support_manager=manager, reason="workload", request_id=a_request_id()
    )
    running.allocations.CreateAllocation(request, **running.as_("panel-team"))


def end_membership(running: Together) -> None:
    request = safeguarder_pb2.RecordMinisterialDecisionRequest(
        name="safeguarders/sg-one",
        kind=safeguarder_pb2.RecordMinisterialDecisionRequest.KIND_ENDED,
        effective_date=to_date(running.today),
        legal_basis=BASIS,
        recommended_by="panel-team",
        end_reason=safeguarder_pb2.END_REASON_RESIGNED,
        request_id=a_request_id(),
    )
    running.safeguarders.RecordMinisterialDecision(request, **running.as_("recorder"))


def test_every_service_knows_who_supports_whom_after_any_chain_of_allocations(suite_together: Together) -> None:
    running = suite_together
    running.appoint("sg-one")

    @given(st.lists(_PASSES, min_size=1, max_size=4))
    @settings(max_examples=part_of(20), deadline=None)
    def hold(chain: list[str]) -> None:
        for how in chain:
            others = {"manager-one", "manager-two"} - {supported_by(running)["scheduling"]}
            allocate(running, others.pop())
            passes(running, how)
        running.settle()
        assert len(set(supported_by(running).values())) == 1

    hold()


def test_nobody_supports_a_person_whose_membership_has_ended_in_any_service(suite_together: Together) -> None:
    """The former support manager reads no file any more, and their alerts about the person go to the Team."""
    running = suite_together
    running.appoint("sg-one")
    running.record("sg-one", **SAFETY)
    running.settle()
    manager = supported_by(running)["scheduling"]
    assert manager
    running.held_back.add(("rules", "scheduling"))
    allocate(running, ({"manager-one", "manager-two"} - {manager}).pop())
    running.settle()
    end_membership(running)
    running.settle()
    running.held_back.clear()
    running.settle()
    assert set(supported_by(running).values()) == {""}
    assert not {"manager-one", "manager-two"} & {alert.recipient for alert in running.open_alerts("sg-one")}


def test_rules_know_every_item_as_it_stands_after_any_chain_of_changes(suite_together: Together) -> None:
    """Mapped, shared, replied to, decided, corrected or withdrawn; the events come late or after a restart."""
    running = suite_together
    running.appoint("sg-one")
    steps = st.lists(st.tuples(st.sampled_from(sorted(_CHANGES)), st.integers(0, 9), _PASSES), max_size=6)

    @given(steps)
    @settings(max_examples=part_of(30), deadline=None)
    def hold(chain: list[tuple[str, int, str]]) -> None:
        for what, which, how in chain:
            current = [item for item in listed(running) if item.state == items.ITEM_STATE_CURRENT]
            _CHANGES[what](running, current[which % len(current)] if current else None)
            passes(running, how)
        running.settle()
        with running.services["rules"].database.read() as connection:
            versions = item_versions(connection, "sg-one")
        newest = {fact.evidence_id: fact for fact in sorted(versions, key=lambda fact: fact.version)}
        kept = {item.name.rsplit("/", 1)[1]: at_the_source(item) for item in listed(running)}
        assert {evidence_id: as_read(newest[evidence_id]) for evidence_id in kept} == kept

    hold()


def listed(running: Together) -> list[items.EvidenceItem]:
    request = items.ListEvidenceItemsRequest(parent="safeguarders/sg-one", page_size=500)
    return list(running.evidence.ListEvidenceItems(request, **running.as_("panel-team")).evidence_items)


def at_the_source(item: items.EvidenceItem) -> dict[str, Any]:
    return {
        "current": item.state == items.ITEM_STATE_CURRENT,
        "mappings": [
            (mapping.indicator, items.Polarity.Name(mapping.polarity)[9:].lower()) for mapping in item.mappings
        ],
        "dates": [from_date(item, field) for field in ("shared_date", "reply_due_date", "countable_date")],
        "replied": from_date(item.reply, "reply_date"),
        "outcome": items.ComplaintOutcome.Name(item.complaint_outcome)[18:].lower(),
    }


def as_read(fact: EvidenceFact) -> dict[str, Any]:
    return {
        "current": fact.status is ItemStatus.CURRENT,
        "mappings": [(mapping.indicator, mapping.polarity.value) for mapping in fact.mappings],
        "dates": [fact.shared_on, fact.reply_due_on, fact.countable_from],
        "replied": fact.replied_on,
        "outcome": fact.complaint_outcome.value if fact.complaint_outcome else "unspecified",
    }


def _record(running: Together, _: Any) -> None:
    running.record("sg-one", kind=items.EVIDENCE_KIND_COMPLAINT)


def _change(method: str, request: Callable[[items.EvidenceItem], Any], when: Callable[[Any], bool]) -> Any:
    def change(running: Together, item: items.EvidenceItem | None) -> None:
        if item is not None and when(item):
            getattr(running.evidence, method)(request(item), **running.as_("panel-team"))

    return change


def _replied(running: Together, item: items.EvidenceItem | None) -> None:
    if item is not None and item.HasField("shared_date") and not item.HasField("reply"):
        request = items.AddReplyRequest(name=item.name, text="As it was.", request_id=a_request_id())
        running.evidence.AddReply(request, **running.as_("person-one"))


def _mapped(polarity: Any) -> Any:
    return _change(
        "MapEvidenceItem",
        lambda item: items.MapEvidenceItemRequest(
            name=item.name, mappings=[a_mapping("S2.1", polarity)], request_id=a_request_id()
        ),
        lambda item: True,
    )


def _corrected(item: items.EvidenceItem) -> items.CorrectEvidenceItemRequest:
    return items.CorrectEvidenceItemRequest(
        name=item.name,
        evidence_item=an_item(
            kind=items.EVIDENCE_KIND_COMPLAINT, happened_date=item.happened_date, received_date=item.received_date
        ),
        reason=items.CORRECTION_REASON_ENTERED_WRONGLY,
        request_id=a_request_id(),
    )


_CHANGES: dict[str, Callable[[Together, Any], None]] = {
    "record": _record,
    "map to a concern": _mapped(items.POLARITY_CONCERN),
    "map to praise": _mapped(items.POLARITY_PRAISE),
    "share": _change(
        "ShareEvidenceItem",
        lambda item: items.ShareEvidenceItemRequest(name=item.name, request_id=a_request_id()),
        lambda item: not item.HasField("shared_date"),
    ),
    "reply": _replied,
    "decide": _change(
        "DecideComplaint",
        lambda item: items.DecideComplaintRequest(
            name=item.name, outcome=items.COMPLAINT_OUTCOME_UPHELD, request_id=a_request_id()
        ),
        lambda item: item.complaint_outcome == items.COMPLAINT_OUTCOME_PENDING,
    ),
    "correct": _change(
        "CorrectEvidenceItem", _corrected, lambda item: item.complaint_outcome == items.COMPLAINT_OUTCOME_PENDING
    ),
    "withdraw": _change(
        "WithdrawEvidenceItem",
        lambda item: items.WithdrawEvidenceItemRequest(
            name=item.name, reason=items.CORRECTION_REASON_DUPLICATE, request_id=a_request_id()
        ),
        lambda item: True,
    ),
}
