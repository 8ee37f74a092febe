"""The papers of a session: praise first, no surprises, and the same in whatever order things became known."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evidence.domain.evidence_item import (
    Content,
    EvidenceClass,
    EvidenceId,
    EvidenceItem,
    ItemState,
    Kind,
    Mapping,
    Polarity,
)
from services.evidence.domain.plans.action import ActionState
from services.evidence.domain.plans.support import SupportState
from services.evidence.domain.sessions.pack import (
    Entry,
    Known,
    Pack,
    PackState,
    Section,
    follow,
    freeze,
    gather,
    hash_of,
)
from services.evidence.domain.sessions.record import Answer, Dispute, Outcome, OutcomeWord
from services.evidence.domain.sessions.slot import AgendaEntry, SlotState, agenda_at, newest
from tests.evidence.plans import build as plans
from tests.evidence.sessions.build import COMPLETE, CONCERN, NOW, OWN, PERSON, a_shared_record, a_slot

PRAISE, CONCERN_OF = Polarity.PRAISE, Polarity.CONCERN
STANDARDS = ("S1", "S2", "S3")


def an_item(name: str, polarity: Polarity = CONCERN_OF, standard: str = "S1", **changes: Any) -> EvidenceItem:
    content = Content(
        Kind.FEEDBACK, "reporter", "written", "hearing", EvidenceClass.STANDARD, date(2026, 10, 1), date(2026, 10, 2),
        (Mapping(standard, f"{standard}.1", polarity),), shared_on=date(2026, 10, 5),
    )  # fmt: skip
    facts = {key: changes.pop(key) for key in list(changes) if key in Content._fields}
    item = EvidenceItem(
        EvidenceId(name), PERSON, content._replace(**facts), date(2026, 10, 19), NOW, NOW, "panel-team", name, False
    )
    return item._replace(**changes)


def known(*items: EvidenceItem, **changes: Any) -> Known:
    fields: dict[str, Any] = {"instant": NOW, "agenda": (), "items": items, "records": (), "standards": STANDARDS}
    return Known(**fields | changes)


def sections(what: Known) -> dict[str, Section]:
    return {entry.name: entry.section for entry in gather(PERSON, what)}


def name(item: str) -> str:
    return f"safeguarders/{PERSON}/evidenceItems/{item}"


def test_praise_comes_first_then_evidence_concerns_and_standards_without_evidence() -> None:
    what = known(
        an_item("b"),
        an_item("a", PRAISE, "S2"),
        agenda=(AgendaEntry("late-reports", "support_need"), AgendaEntry("well-done", "excellence")),
    )
    assert [(entry.section, entry.name) for entry in gather(PERSON, what)] == [
        (Section.PRAISE, f"safeguarders/{PERSON}/concerns/well-done"),
        (Section.PRAISE, name("a")),
        (Section.NEW_EVIDENCE, name("b")),
        (Section.CONCERN, CONCERN),
        (Section.NO_EVIDENCE, "S3"),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"shared_on": None},
        {"state": ItemState.WITHDRAWN},
        {"state": ItemState.SUPERSEDED},
        {"state": ItemState.HELD},
        {"evidence_class": EvidenceClass.SAFETY},
        {"evidence_class": EvidenceClass.HELP_SEEKING},
        {"evidence_class": EvidenceClass.EXPLORATORY},
        {"evidence_class": EvidenceClass.UNVERIFIED},
        {"mappings": ()},
        {"received_on": date(2025, 11, 1)},
    ],
)
def test_what_was_not_shared_or_is_no_evidence_is_in_no_papers(changes: dict[str, Any]) -> None:
    assert name("a") not in sections(known(an_item("a", **changes)))


def test_an_assessment_at_training_is_in_the_papers_of_the_next_session() -> None:
    """R137: as soon as it is shared, and never one that only explores."""
    assessed = an_item("a", kind=Kind.TRAINING_ASSESSMENT, source="training_provider")
    assert sections(known(assessed))[name("a")] is Section.NEW_EVIDENCE
    explores = assessed.content._replace(evidence_class=EvidenceClass.EXPLORATORY)
    assert name("a") not in sections(known(assessed._replace(content=explores)))


def test_a_standard_without_evidence_is_named_and_marks_nobody() -> None:
    assert sections(known()) == dict.fromkeys(STANDARDS, Section.NO_EVIDENCE)


def test_what_earlier_papers_held_is_no_news_and_praise_waits_until_it_is_acknowledged() -> None:
    record = replace(a_shared_record(), session_id="x0", pack_names=(name("old"), name("kind")))
    what = known(an_item("old"), an_item("kind", PRAISE), an_item("new"), records=(record,))
    assert sections(what) == {
        name("kind"): Section.PRAISE,
        name("new"): Section.NEW_EVIDENCE,
        "S2": Section.NO_EVIDENCE,
        "S3": Section.NO_EVIDENCE,
    }
    thanked = replace(COMPLETE, outcomes=(Outcome(name("kind"), OutcomeWord.ACKNOWLEDGED),))
    assert name("kind") not in sections(replace(what, records=(replace(record, content=thanked),)))


def test_what_was_carried_comes_back_but_concerns_come_by_the_agenda_and_own_items_stay() -> None:
    outcomes = tuple(Outcome(item, OutcomeWord.CARRIED_FORWARD, "No time.") for item in (OWN, CONCERN, name("kept")))
    record = replace(a_shared_record(), session_id="x0", content=replace(COMPLETE, outcomes=outcomes))
    carried = [entry.name for entry in gather(PERSON, known(records=(record,))) if entry.section is Section.CARRIED]
    assert carried == [name("kept")]


def test_an_action_or_a_support_that_was_disputed_comes_back_also_where_it_is_in_hand() -> None:
    """Among the open actions nobody has to say what became of it. What was disputed needs an outcome."""
    action, support = plans.opened(), plans.accepted()
    disputes = tuple(Dispute(one.name, "I did not agree.") for one in (action, support))
    record = replace(a_shared_record(), session_id="x0", answer=Answer(NOW, disputes))
    entries = gather(PERSON, known(records=(record,), actions=(action,), supports=(support,), standards=()))
    assert [(entry.section, entry.name) for entry in entries] == [
        (Section.OPEN_ACTION, action.name),
        (Section.SUPPORT_OWED, support.name),
        (Section.CARRIED, action.name),
        (Section.CARRIED, support.name),
    ]


@given(st.permutations(range(6)), st.integers(0, 5))
def test_papers_are_the_same_in_any_order_and_twice(order: list[int], first: int) -> None:
    """Late, twice or in another order: the same bytes, because papers hold what was so at one instant."""
    freezes_at = NOW
    agendas = [tuple(AgendaEntry(f"c{number}", "support_need") for number in range(size)) for size in range(6)]
    slots = [
        a_slot(
            version=number + 1,
            state=SlotState.CONFIRMED,
            changed_at=freezes_at + timedelta(hours=number - 3),
            freezes_at=freezes_at,
            agenda=agendas[number],
        )
        for number in range(6)
    ]
    item = an_item("a")
    heard = [slots[number] for number in (*order[:first], *order)]
    pack = Pack("x1", PERSON, NOW + timedelta(days=7), 1, None)
    for count in range(1, len(heard) + 1):
        pack = follow(pack, newest(heard[:count]))
        pack = freeze(pack, known(item, instant=freezes_at, agenda=agenda_at(heard[:count], freezes_at)))
    straight = freeze(
        Pack("x1", PERSON, NOW + timedelta(days=7), 1, freezes_at),
        known(item, instant=freezes_at, agenda=agendas[3]),
    )
    assert (pack.hash, pack.entries) == (straight.hash, straight.entries)


@pytest.mark.parametrize("state", [SlotState.NOT_HELD, SlotState.RESCHEDULED, SlotState.CANCELLED])
def test_papers_of_a_session_that_does_not_take_place_are_void_and_say_so_once(state: SlotState) -> None:
    pack = freeze(Pack("x1", PERSON, NOW, 1, NOW), known(an_item("a")))
    void = follow(pack, a_slot(state=state))
    assert (void.state, void.version) == (PackState.VOID, pack.version + 1)
    assert follow(void, a_slot(state=state, version=4)).version == void.version


def test_papers_that_a_shared_record_rests_on_do_not_change() -> None:
    used = replace(freeze(Pack("x1", PERSON, NOW, 1, NOW), known(an_item("a"))), state=PackState.USED)
    assert follow(used, a_slot(state=SlotState.NOT_HELD)) is used


def test_papers_without_an_action_keep_the_hash_that_they_had_before_there_were_actions() -> None:
    """Else everybody whose papers were frozen before an upgrade would be told that they were made again."""
    entries = [
        Entry(
            Section.PRAISE, "safeguarders/sg-one/evidenceItems/a", 2, ("S1", "S2"), date(2026, 10, 1), None, "feedback"
        ),
        Entry(Section.NO_EVIDENCE, "S3", standards=("S3",)),
        Entry(Section.NEW_EVIDENCE, "x", 1, (), date(2026, 10, 1), date(2026, 10, 9), "complaint"),
    ]
    assert hash_of(entries) == "5455ebe698c766395503b1f8415662463c44ee813bd3af7fd8aca05986d02432"
    assert hash_of([*entries, replace(entries[1], due_on=date(2026, 12, 1))]) != hash_of([*entries, entries[1]])


def test_open_actions_and_supports_that_are_owed_or_wait_for_an_answer_come_after_the_concerns() -> None:
    """R59: what was proposed or has ended is no open action. An offer that nobody has answered is asked about again."""
    action, support = plans.opened(), plans.accepted()
    ended = replace(action, action_id="a2", state=ActionState.MET)
    proposed = replace(plans.proposed(), action_id="a3")
    offered = replace(plans.offered(), support_id="u2")
    declined = replace(support, support_id="u4", state=SupportState.DECLINED)
    given_late = replace(support, support_id="u3", state=SupportState.NOT_DELIVERED)
    what = known(
        agenda=(AgendaEntry("late-reports", "support_need"),),
        standards=("S1",),
        actions=(ended, action, proposed),
        supports=(offered, support, given_late, declined),
    )
    assert [(entry.section, entry.name.rpartition("/")[2], entry.due_on) for entry in gather(PERSON, what)] == [
        (Section.CONCERN, "late-reports", None),
        (Section.OPEN_ACTION, "a1", action.due_on),
        (Section.SUPPORT_OWED, "u1", support.promised_on),
        (Section.SUPPORT_OWED, "u3", support.promised_on),
        (Section.SUPPORT_OFFERED, "u2", offered.answer_due_on),
        (Section.NO_EVIDENCE, "S1", None),
    ]
