"""A Safeguarder's own pages as they read them, built from answers of the services without any of them."""

from datetime import date
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2, session_records_pb2
from psmf.platform.v1 import own_file_pb2
from psmf.rules.v1 import rules_pb2
from psmf.scheduling.v1 import scheduling_pb2

from services.console.views.my_file import items, matters, readers
from services.console.views.parts import Away, Found
from services.console.views.plan import whole
from services.console.words import words
from services.platform.calls.wire import to_date
from tests.console.fixtures.my_file import (
    DUE,
    EDITIONS,
    MANAGER,
    NOW,
    OWED,
    PEOPLE,
    POLARITY,
    PRAISED,
    REPLIED,
    REPLY,
    STATE,
    TODAY,
    concern,
    concerns,
    due,
    item,
    meetings,
    page,
    praise,
    session,
)
from tests.console.fixtures.my_reading import ACTION, an_action, read, reads, record, year

NBSP = "\u00a0"


def shown(**fields: Any) -> items.ItemView:
    return items.build_item(item(**fields), EDITIONS, NOW, TODAY)


def test_what_waits_says_by_when_and_what_happens_if_nothing_is_done() -> None:
    (card,) = page(REPLY).waiting
    assert (card.title, card.day_says, card.left) == ("Feedback", "You have until", "4 working days left")
    assert card.about == f"The Team heard of it on 2{NBSP}November 2026. It is about S2 Relationships: to discuss."
    assert card.if_nothing.startswith("If you do nothing, it can count from the day after, without your words.")
    assert (card.link and card.link.href, card.how) == ("/my-file/evidence/e-1", "")


def test_every_thing_that_can_be_due_has_words_and_what_cannot_be_answered_here_says_so() -> None:
    kinds = [kind.removeprefix("KIND_").lower() for kind in DUE.Kind.keys()[1:]]
    assert sorted(words("my_file")["due"]) == sorted(kinds)
    for card in page(*(due(kind) for kind in DUE.Kind.values()[2:12])).waiting:
        is_answered = card.link is not None and card.link.text == "Read it and answer"
        assert ("these pages yet" in card.how) is not is_answered


def test_when_nothing_waits_the_page_says_so() -> None:
    assert page().no_more == "You needn't do anything now."
    assert page(REPLY).no_more == "You needn't answer anything else today."


@pytest.mark.parametrize(
    ("fields", "says", "left"),
    [
        ({"passed": True, "due_date": to_date(date(2026, 11, 27))}, "You have until", ""),
        ({"stands_still": True}, "Your time to answer stands still for now. You can answer all the same.", ""),
        ({"due_date": None}, "There is no day by which to do this.", ""),
    ],
)
def test_a_day_that_has_passed_or_stands_still_is_said_so(fields: dict[str, Any], says: str, left: str) -> None:
    (card,) = page(due(DUE.KIND_REPLY, **fields)).waiting
    assert (card.day_says, card.left) == (says, left)
    assert ("You can still do it" in card.if_nothing) == bool(fields.get("passed"))


def test_what_others_owe_stands_apart_from_what_waits() -> None:
    view = page(*OWED)
    assert view.waiting == ()
    assert [(one.by, one.what, one.left) for one in view.owed] == [
        ("Your support manager", "the record of a session", "1 working day overdue"),
        ("The Panel Team", "a support that you accepted", "4 working days left"),
    ]


def test_praise_stands_before_what_was_raised_and_is_never_left_out() -> None:
    view = page(found=concerns(concern(), praise()))
    assert [row.because.split()[0] for row in view.praise] == ["3"]
    assert [row.because.split()[0] for row in view.raised] == ["2"]
    assert [(one.title, one.about) for one in view.praised] == [("Feedback", "S3 Independence")]
    fields = [*view.__dataclass_fields__]
    assert fields.index("praise") < fields.index("raised")


def test_each_standard_has_one_of_four_words_and_no_figure() -> None:
    standards = page().standards
    assert [one.word for one in standards] == ["Not enough evidence", "Developing", "Met", "Concern"]
    assert [one.title[:2] for one in standards] == ["S1", "S2", "S3", "S4"]
    assert standards[0].says == ("That is the Team's task, and never a mark against you.",)
    assert "You see that differently, and the record says so." in standards[1].says


def test_the_next_session_is_the_first_that_is_not_over_and_says_with_whom() -> None:
    over = session(1, start_time=item().create_time)
    view = page(met=meetings(over, session()))
    assert view.session is not None
    assert (view.session.what, view.session.day.text) == ("Session 2 of 3", f"Tuesday 15{NBSP}December")
    assert view.session.says == "10:00, by video. With Demo Morag Reid."


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "Your support manager is Demo Morag Reid. Ask them if anything here is unclear."),
        ({"people": Away("evidence")}, "Ask your support manager if anything here is unclear."),
        (
            {"support_manager": ""},
            "You have no support manager at present. Ask the Panel Team if anything here is unclear.",
        ),
    ],
)
def test_the_page_says_whom_to_ask(fields: dict[str, Any], says: str) -> None:
    assert page(**fields).ask == says


def test_a_service_that_is_away_leaves_the_rest_of_the_page_and_no_false_comfort() -> None:
    view = page(REPLY, found=Away("rules"), met=Away("scheduling"))
    assert len(view.waiting) == 1
    assert (view.raised_none, view.session_none, view.session) == ("", "", None)
    assert len(view.away) == 2


@pytest.mark.parametrize(
    ("fields", "counts"),
    [
        ({}, f"It can count against you from 8{NBSP}December 2026. If you reply before then, it counts from the day"),
        ({"reply": REPLIED.reply, "adverse_date": to_date(TODAY)}, f"It has counted since 1{NBSP}December 2026."),
        (
            {"why_not_counted": evidence_pb2.WHY_NOT_COUNTED_COMPLAINT_PENDING},
            "The complaint is still being looked at.",
        ),
        ({"why_not_counted": evidence_pb2.WHY_NOT_COUNTED_COMPLAINT_NOT_UPHELD}, "The complaint was not upheld"),
        ({"state": evidence_pb2.ITEM_STATE_WITHDRAWN}, "It was taken back, so it no longer counts."),
        ({"state": evidence_pb2.ITEM_STATE_SUPERSEDED}, "It was corrected, so it no longer counts."),
        ({"why_not_counted": evidence_pb2.WHY_NOT_COUNTED_HELP_SEEKING}, "You asked for help."),
        ({"adverse_date": None}, f"It counts from 8{NBSP}December 2026. It can't count against you before"),
        ({"adverse_date": None, "countable_date": None}, "It doesn't count yet."),
        ({"mappings": PRAISED.mappings}, f"It counts from 8{NBSP}December 2026."),
    ],
)
def test_an_item_says_whether_it_counts_and_from_when(fields: dict[str, Any], counts: str) -> None:
    assert shown(**fields).counts.startswith(counts)


@pytest.mark.parametrize(
    ("fields", "says", "can"),
    [
        ({}, "You can reply until", True),
        ({"reply_due_date": to_date(date(2026, 11, 30))}, "Your time to reply is over, and you can still reply.", True),
        ({"reply_due_date": None}, "Your time to reply stands still for now.", True),
        ({"mappings": PRAISED.mappings}, "It is praise, so nobody waits for a reply.", True),
        ({"shared_date": None}, "Nobody has asked you to reply to this item.", False),
        ({"state": evidence_pb2.ITEM_STATE_SUPERSEDED}, "Nobody has asked you to reply to this item.", False),
        ({"reply": REPLIED.reply}, f"You replied on 1{NBSP}December 2026:", False),
        (
            {"reply": evidence_pb2.Reply(reply_date=to_date(TODAY), held=True)},
            f"You replied on 1{NBSP}December 2026. Your words wait for somebody of the Panel Team",
            False,
        ),
    ],
)
def test_an_item_says_how_its_reply_stands(fields: dict[str, Any], says: str, can: bool) -> None:
    reply = shown(**fields).reply
    assert reply.says.startswith(says)
    assert (reply.reply is not None) == can
    assert (reply.left == "4 working days left") == (says == "You can reply until")


def test_a_reply_to_what_an_item_said_before_stays_with_it() -> None:
    reply = shown(reply=evidence_pb2.Reply(text="I had told the office.")).reply
    assert (reply.before, reply.words) == ("I had told the office.", "")
    assert reply.reply is not None


def test_an_item_is_called_by_its_kind_and_source_and_praise_on_it_comes_first() -> None:
    view = shown(mappings=[*item().mappings, *PRAISED.mappings])
    assert view.heading.h1 == "Feedback from the Reporter"
    assert [one.rpartition(": ")[2] for one in view.standards] == ["well done", "to discuss"]
    own = shown(kind=evidence_pb2.EVIDENCE_KIND_SELF_ASSESSMENT, source=evidence_pb2.EVIDENCE_SOURCE_SELF, mappings=[])
    assert own.heading.h1 == "Your self-assessment"


def test_every_kind_source_and_reason_has_words() -> None:
    said = words("my_file")
    for enum, prefix, table in (
        (evidence_pb2.EvidenceKind, "EVIDENCE_KIND_", "kinds"),
        (evidence_pb2.EvidenceSource, "EVIDENCE_SOURCE_", "sources"),
        (evidence_pb2.CorrectionReason, "CORRECTION_REASON_", "because"),
        (session_records_pb2.StandardView.Word, "WORD_", "views"),
        (scheduling_pb2.SupportSession.State, "STATE_", "session_states"),
        (ACTION.State, "STATE_", "actions"),
    ):
        assert sorted(said[table]) == sorted(name.removeprefix(prefix).lower() for name in enum.keys()[1:]), table


def test_the_list_of_items_says_until_when_one_can_reply() -> None:
    answer = evidence_pb2.ListEvidenceItemsResponse(
        evidence_items=[item(), REPLIED, PRAISED, item(state=evidence_pb2.ITEM_STATE_WITHDRAWN)]
    )
    rows = items.build_list(answer, EDITIONS, NOW, TODAY).rows
    assert [(row.stands, row.left) for row in rows] == [
        ("You can reply until", "4 working days left"),
        ("You replied on", ""),
        ("", ""),
        ("No longer counts", ""),
    ]


def test_the_subject_reads_the_same_matter_as_their_manager_and_goes_back_to_their_own_file() -> None:
    from services.console.views.matter import page as matter

    found = concern(state=STATE.STATE_IN_SUPPORT)
    asked = matter.AskedMatter(found, Away("rules"), Away("evidence"), PEOPLE, "person-sg-1")
    theirs, own = matter.build(asked, NOW, TODAY), matters.build_one(asked, NOW, TODAY)
    assert (own.because, own.rests_on, own.clears, own.history) == (
        theirs.because, theirs.rests_on, theirs.clears, theirs.history,
    )  # fmt: skip
    assert own.heading.back is not None
    assert own.heading.back.href == "/my-file/matters"


def test_what_is_over_stands_last_and_names_nobody() -> None:
    answer = rules_pb2.ListConcernsResponse(concerns=[concern(state=STATE.STATE_CLOSED), concern(), praise()])
    view = matters.build_list(answer, PEOPLE, NOW, TODAY)
    assert [group.name for group in view.groups] == ["Praise", "Open", "Over"]
    assert (view.groups[2].rows[0].with_whom, view.groups[2].rows[0].day) == ("", None)


def test_a_record_of_a_session_says_how_the_answer_to_it_stands() -> None:
    closed, ending = session_records_pb2.SessionRecord.STATE_CLOSED, session_records_pb2.SessionRecord
    found = session_records_pb2.ListSessionRecordsResponse(
        session_records=[
            record(),
            record(state=closed, ending=ending.ENDING_DISPUTED, answer_due_date=None),
            record(state=closed, ending=ending.ENDING_NO_ANSWER, answer_due_date=None),
        ]
    )
    assert [row.stands for row in year(records=Found(found)).records] == [
        f"It waits for your answer. You can answer until 7{NBSP}December 2026.",
        "You see it differently. Both texts stand side by side.",
        "You gave no answer. Nothing is taken as agreed.",
    ]


def test_sessions_to_come_begin_with_the_next_one_and_others_with_the_latest() -> None:
    view = year(session(), session(1, scheduling_pb2.SupportSession.STATE_HELD))
    assert [row.stands for row in view.to_come] == ["Confirmed"]
    assert [row.stands for row in view.past] == ["Held"]
    assert "closes on" in view.to_come[0].closes


def test_a_plan_has_the_words_of_both_sides_and_no_day_once_an_action_has_ended() -> None:
    from psmf.evidence.v1 import development_plans_pb2

    answer = development_plans_pb2.DevelopmentPlan(actions=[an_action(), an_action(state=ACTION.STATE_MET)])
    open_one, met = whole.build(whole.AskedPlan(answer, EDITIONS, Away("evidence")), NOW, TODAY).actions
    assert [one.words for one in open_one.said] == ["It was spoken of twice.", "I ring them already."]
    assert open_one.day is not None
    assert met.day is None


def test_what_one_person_read_on_one_day_stands_in_one_row_and_names_no_record() -> None:
    twice = [read(8), read(9), read(7, records="psmf.evidence.v1.DevelopmentPlanService")]
    view = readers.build({"evidence": reads(*twice), "rules": Away("rules")}, PEOPLE, NOW)
    assert [(row.who, row.role, row.what) for row in view.rows] == [
        ("Demo Morag Reid", "support manager", "Evidence, the development plan")
    ]
    assert (view.none, len(view.away)) == ("", 1)


def test_of_a_service_with_more_pages_nothing_older_is_shown_for_any() -> None:
    answers = {"evidence": reads(read(9), read(8), more="more"), "rules": reads(read(7, reader="other"))}
    view = readers.build(answers, PEOPLE, NOW)
    assert [row.who for row in view.rows] == ["Demo Morag Reid"]
    assert view.more


def test_somebody_who_read_for_another_is_shown_with_both_names() -> None:
    answers = {"evidence": reads(read(9, reader="support-manager-east-2", for_whom=MANAGER))}
    (row,) = readers.build(answers, PEOPLE, NOW).rows
    assert (row.who, row.role) == ("Support manager east 2", "support manager, for Demo Morag Reid")


def test_somebody_who_opened_the_file_in_an_emergency_is_shown_as_such() -> None:
    right = own_file_pb2.Read.RIGHT_EMERGENCY
    answers = {"evidence": reads(read(9, right=right), read(8))}
    rows = readers.build(answers, PEOPLE, NOW).rows
    assert [row.role for row in rows] == ["support manager, in an emergency", "support manager"]


def test_an_unknown_polarity_of_praise_is_not_shown_as_praise() -> None:
    view = shown(mappings=[evidence_pb2.Mapping(standard="S2", indicator="S2.2", polarity=POLARITY.POLARITY_NEUTRAL)])
    assert view.standards == ("S2.2 Reporters know of each visit: neither way",)
