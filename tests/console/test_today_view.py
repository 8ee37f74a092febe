"""Today and one matter as people read them, built from answers of the services without any of them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2
from psmf.rules.v1 import concern_moves_pb2, rules_pb2
from psmf.scheduling.v1 import duties_pb2, scheduling_pb2

from services.console.views import today as views
from services.console.views.matter import page as matters
from services.console.views.parts import Away, Found
from services.console.words import words
from services.platform.calls.wire import to_date, to_instant
from services.rules.domain.concerns.guards import GUARD_MESSAGES, Guard

TODAY = date(2026, 12, 1)
NOW = datetime(2026, 12, 1, 9, 2, tzinfo=UTC)
ME = "support-manager-east-1"
RULES = Found(rules_pb2.ListRulesResponse(rules=[rules_pb2.Rule(rule="report-late", title="Reports filed late")]))
STATE = rules_pb2.Concern.State
NO_ITEMS = Found(evidence_pb2.ListEvidenceItemsResponse())
NO_DUTIES = Found(duties_pb2.ListDutiesResponse())
NO_SESSIONS = Found(scheduling_pb2.ListSupportSessionsResponse())


def concern(**fields: Any) -> rules_pb2.Concern:
    """Return a matter that somebody owns, with a next date."""
    given: dict[str, Any] = {
        "name": "safeguarders/sg-1/concerns/c-1",
        "rule": "report-late",
        "lane": rules_pb2.LANE_SUPPORT_NEED,
        "state": STATE.STATE_ACKNOWLEDGED,
        "owner": ME,
        "next_date": to_date(date(2026, 12, 4)),
        "explanation": rules_pb2.Explanation(because="2 reports came late.", source="Framework, Standard 4"),
    }
    return rules_pb2.Concern(**(given | fields))


def page(
    *concerns: rules_pb2.Concern,
    sessions: Any = NO_SESSIONS,
    today: date = TODAY,
    only: str = "",
    items: Any = NO_ITEMS,
    role: str = "support_manager",
    duties: Any = NO_DUTIES,
) -> Any:
    """Return the page of these matters."""
    answer = Found(rules_pb2.ListConcernsResponse(concerns=concerns))
    asked = views.Asked(answer, sessions, RULES, {"safeguarders/sg-1": "Demo Ailsa Braeside"}, ME, items, role, duties)
    return views.build(asked, NOW, today, only)


@pytest.mark.parametrize(
    ("fields", "group"),
    [
        ({}, "week"),
        ({"next_date": to_date(date(2026, 11, 30))}, "overdue"),
        ({"next_date": to_date(date(2026, 11, 30)), "lane": rules_pb2.LANE_SAFETY}, "overdue"),
        ({"lane": rules_pb2.LANE_SAFETY}, "safety"),
        ({"state": STATE.STATE_IN_SUPPORT}, "others"),
        ({"state": STATE.STATE_HELD, "next_date": None}, "others"),
        ({"next_date": to_date(date(2026, 12, 8))}, "week"),
        ({"next_date": to_date(date(2026, 12, 9))}, "later"),
        ({"owner": "", "next_date": None, "respond_by_date": to_date(date(2026, 12, 7))}, "week"),
        ({"owner": "", "next_date": None, "respond_by_date": to_date(date(2026, 11, 27))}, "overdue"),
        (
            {"owner": "", "next_date": to_date(date(2026, 11, 30)), "respond_by_date": to_date(date(2026, 12, 14))},
            "overdue",
        ),
        ({"next_date": None}, "later"),
    ],
)
def test_a_matter_stands_once_in_the_first_group_that_fits(fields: dict[str, Any], group: str) -> None:
    view = page(concern(**fields))
    assert [one.id for one in view.groups] == [group]
    assert [count.number for count in view.counts] == ["1" if one == group else "0" for one in views.GROUPS]


def item(**fields: Any) -> evidence_pb2.EvidenceItem:
    """Return a complaint that nobody has read against the standards, shared or decided."""
    given: dict[str, Any] = {
        "name": "safeguarders/sg-1/evidenceItems/e-1",
        "kind": evidence_pb2.EVIDENCE_KIND_COMPLAINT,
        "source": evidence_pb2.EVIDENCE_SOURCE_PARENT_OR_CARER,
        "state": evidence_pb2.ITEM_STATE_CURRENT,
        "complaint_outcome": evidence_pb2.COMPLAINT_OUTCOME_PENDING,
        "received_date": to_date(date(2026, 11, 24)),
    }
    return evidence_pb2.EvidenceItem(**(given | fields))


def waiting(*found: evidence_pb2.EvidenceItem, role: str = "panel_team") -> list[tuple[str, str]]:
    """Return what an item waits for, as its rows say it."""
    view = page(items=Found(evidence_pb2.ListEvidenceItemsResponse(evidence_items=found)), role=role)
    return [(row.tag.text, row.why) for group in view.groups if group.id == "items" for row in group.rows]


UNREAD, UNSHARED = "Nobody has read it against the standards yet.", "It isn't shown to them yet."
PENDING = "The complaint has no outcome yet."
SPEAKS = [evidence_pb2.Mapping(standard="S4", indicator="S4.1", polarity=evidence_pb2.POLARITY_CONCERN)]


@pytest.mark.parametrize(
    ("fields", "role", "says"),
    [
        ({}, "panel_team", [("To read", f"{UNREAD} {UNSHARED} {PENDING}")]),
        ({}, "support_manager", [("To read", f"{UNREAD} {UNSHARED}")]),
        ({"mappings": SPEAKS}, "support_manager", [("To share", UNSHARED)]),
        ({"mappings": SPEAKS, "shared_date": to_date(TODAY)}, "panel_team", [("No outcome yet", PENDING)]),
        ({"mappings": SPEAKS, "shared_date": to_date(TODAY)}, "support_manager", []),
    ],
)
def test_an_item_waits_for_what_the_reader_can_do_with_it(
    fields: dict[str, Any], role: str, says: list[tuple[str, str]]
) -> None:
    assert waiting(item(**fields), role=role) == says


def test_an_item_stands_with_its_person_and_the_day_on_which_the_team_heard_of_it() -> None:
    view = page(items=Found(evidence_pb2.ListEvidenceItemsResponse(evidence_items=[item()])))
    (row,) = view.groups[0].rows
    assert (row.name, row.topic) == ("Demo Ailsa Braeside", "Complaint from a parent or carer")
    assert (row.day_says, row.day.text, row.href) == (
        "The Team heard of it", "Tuesday 24\u00a0November", "/people/sg-1/evidence/e-1",
    )  # fmt: skip


def test_a_senior_manager_has_no_items_to_read_or_share() -> None:
    view = page(items=None, role="senior_manager")
    assert "To read or share" not in [count.name for count in view.counts]
    away = page(items=Away("evidence"))
    assert [count.number for count in away.counts if count.name == "To read or share"] == ["?"]


def test_a_row_says_who_why_and_by_when() -> None:
    (row,) = page(concern()).groups[0].rows
    assert (row.name, row.topic, row.why) == ("Demo Ailsa Braeside", "Reports filed late", "2 reports came late.")
    assert (row.day_says, row.day.text, row.left) == ("Next date", "Friday 4\u00a0December", "3 working days left")
    assert (row.tag.text, row.tag.colour, row.owner) == ("Taken on", "grey", "")
    assert row.href == "/people/sg-1/matters/c-1?from=week"


def test_what_nobody_took_on_says_so_and_praise_is_green() -> None:
    (row,) = page(concern(owner="", state=STATE.STATE_RAISED, lane=rules_pb2.LANE_EXCELLENCE)).groups[0].rows
    assert (row.owner, row.tag.text, row.tag.colour) == ("Nobody has taken it on yet.", "Praise", "green")


def test_within_a_group_the_earliest_comes_first_and_five_are_shown() -> None:
    many = [concern(next_date=to_date(date(2026, 11, 30 - number))) for number in range(7)]
    (group,) = page(*many).groups
    assert group.rows[0].left == "4 working days overdue"
    assert (len(group.rows), group.more.text, group.more.href) == (5, "See all 7", "/today/overdue")
    (full,) = page(*many, only="overdue").groups
    assert (len(full.rows), full.more) == (7, None)


def test_a_page_without_anything_says_that_this_is_well() -> None:
    assert page().empty == "Nothing waits for you."
    assert page(concern()).empty == ""
    assert page(concern(), only="later").empty == "Nothing of this kind waits for you.", "something else does"


def test_a_session_of_somebody_for_whose_support_manager_the_reader_acts_is_theirs_to_prepare() -> None:
    """The service lists whom a support manager supports and about whom they act. Everybody's is the others' list."""
    met = Found(
        scheduling_pb2.ListSupportSessionsResponse(support_sessions=[session(15, 8), session(15, 8, "another")])
    )
    rows = page(sessions=met).groups[0].rows
    assert sorted(row.owner for row in rows) == ["", "You act for their support manager."]
    assert page(sessions=met, role="senior_manager").groups == ()


def test_when_nothing_waits_the_page_says_with_whom_the_reader_meets_next() -> None:
    met = [session(22, 15), session(16, 9)]
    view = page(sessions=Found(scheduling_pb2.ListSupportSessionsResponse(support_sessions=met)))
    next_one = "Demo Ailsa Braeside: Wednesday 16\u00a0December, 10:00."
    assert view.empty == f"Nothing waits for you. Your next session is with {next_one}"


def test_on_a_day_on_which_the_office_is_closed_the_page_says_so() -> None:
    assert "Andrew" in page(today=date(2026, 11, 30)).closed


def test_a_service_that_is_away_is_named_and_its_count_is_not_known() -> None:
    view = page(concern(), sessions=Away("scheduling"))
    assert {count.name: count.number for count in view.counts}["Sessions to prepare"] == "?"
    assert "The service that keeps sessions and dates didn't answer at 09:02" in view.away[0]
    assert [group.id for group in view.groups] == ["week"]
    assert page(sessions=Away("scheduling")).empty == "", "nobody knows whether nothing waits"


def session(day: int, closes: int, manager: str = ME) -> scheduling_pb2.SupportSession:
    return scheduling_pb2.SupportSession(
        name="safeguarders/sg-1/supportSessions/s-1",
        number=2,
        support_manager=manager,
        start_time=to_instant(datetime(2026, 12, day, 10, tzinfo=UTC)),
        freeze_date=to_date(date(2026, 12, closes)),
        state=scheduling_pb2.SupportSession.STATE_CONFIRMED,
    )


@pytest.mark.parametrize(
    ("one", "shown"),
    [(session(15, 8), True), (session(16, 9), False), (session(2, 1), True), (session(16, 9, "another"), False)],
)
def test_a_session_is_prepared_in_the_week_in_which_what_it_rests_on_closes(one: Any, shown: bool) -> None:
    view = page(sessions=Found(scheduling_pb2.ListSupportSessionsResponse(support_sessions=[one])))
    assert [group.id for group in view.groups] == (["sessions"] if shown else [])
    if shown:
        assert view.groups[0].rows[0].topic == "session 2"


def test_a_session_beside_those_of_the_year_has_no_number() -> None:
    extra = session(15, 8)
    extra.number = 0
    view = page(sessions=Found(scheduling_pb2.ListSupportSessionsResponse(support_sessions=[extra])))
    assert view.groups[0].rows[0].topic == "an extra session"


MOVE = concern_moves_pb2.ConcernMove


def matter(**fields: Any) -> matters.MatterView:
    """Return the page of a matter."""
    names = Found({"safeguarders/sg-1": "Demo Ailsa Braeside"})
    people = Found({ME: "Demo Morag Reid"})
    return matters.build(matters.AskedMatter(concern(**fields), RULES, names, people, ME), NOW, TODAY)


def test_what_counts_stands_once_and_praise_is_never_left_out() -> None:
    def item(number: int, role: Any) -> rules_pb2.CountedEvidence:
        word = rules_pb2.CountedEvidence.Role.Name(role).removeprefix("ROLE_").lower()
        return rules_pb2.CountedEvidence(
            evidence_id=f"e-{number}", text=f"record {number}, {word}, shared", role=role, kind="feedback"
        )

    role = rules_pb2.CountedEvidence
    explanation = rules_pb2.Explanation(
        counted=[item(1, role.ROLE_COUNTED), item(2, role.ROLE_SEEN)],
        praise=[item(1, role.ROLE_PRAISE), item(3, role.ROLE_PRAISE)],
        not_counted=[
            rules_pb2.UncountedEvidence(happened_date=to_date(date(2025, 8, 25)), text="too long ago", **more)
            for more in ({}, {"evidence_id": "e-4", "kind": "feedback", "source": "reporter"})
        ],
    )
    rests_on = matter(explanation=explanation).rests_on
    assert [row.href for items in rests_on for row in items.rows] == [
        "/people/sg-1/evidence/e-1", "/people/sg-1/evidence/e-3", "", "/people/sg-1/evidence/e-4",
        "/people/sg-1/evidence/e-2",
    ]  # fmt: skip
    assert [(one.heading, tuple(row.text for row in one.rows)) for one in rests_on] == [
        ("Counted: 1", ("Record 1, shared",)),
        ("Praise on the same standard: 1", ("Record 3, shared",)),
        (
            "Not counted: 2",
            (
                "25\u00a0August 2025: too long ago",
                "Feedback from the Reporter, 25\u00a0August 2025: too long ago",
            ),
        ),
        ("Looked at, and fits: 1", ("Record 2, shared",)),
    ]


def test_a_step_that_is_not_possible_stands_there_with_its_reason() -> None:
    blocked = rules_pb2.BlockedMove(move=MOVE.CONCERN_MOVE_REQUIRE_ACTION, sentence="Support comes first.")
    view = matter(allowed_moves=[MOVE.CONCERN_MOVE_CLOSE], blocked_moves=[blocked])
    assert [step.name for step in view.possible] == [
        "Offer support",
        "Ask for their view",
        "Record their view",
        "Close",
    ]
    assert [(step.name, step.says) for step in view.blocked] == [("Require an action", "Support comes first.")]


def test_a_step_of_another_stage_says_which_stage_it_is_not() -> None:
    """The sentence of the guard speaks of a concern's current state, which nobody at a desk says."""
    blocked = [
        rules_pb2.BlockedMove(move=move, guard=Guard.STATE, sentence=GUARD_MESSAGES[Guard.STATE])
        for move in (MOVE.CONCERN_MOVE_RELEASE, MOVE.CONCERN_MOVE_ESCALATE)
    ]
    whys = [(step.name, step.says) for step in matter(blocked_moves=blocked).blocked]
    assert whys == [("End the hold", "It isn't on hold."), ("Take it to the Team", "It isn't at that stage.")]


def test_a_step_on_hold_has_the_name_that_its_owner_knows_and_says_what_to_do_first() -> None:
    blocked = rules_pb2.BlockedMove(
        move=MOVE.CONCERN_MOVE_ACKNOWLEDGE, guard=Guard.HELD, sentence=GUARD_MESSAGES[Guard.HELD]
    )
    (step,) = matter(blocked_moves=[blocked]).blocked
    assert (step.name, step.says) == ("Set another date", "This concern is on hold. End the hold first.")


def test_the_history_begins_with_the_newest_and_names_people() -> None:
    steps = [
        rules_pb2.ConcernStep(move=MOVE.CONCERN_MOVE_ACKNOWLEDGE, person=ME, move_time=to_instant(NOW)),
        rules_pb2.ConcernStep(move=MOVE.CONCERN_MOVE_OPEN_REVIEW, person="calendar", move_time=to_instant(NOW)),
    ]
    assert [(past.says, past.by) for past in matter(steps=steps).history] == [
        ("Review of actions opened", "the calendar"),
        ("Taken on", "Demo Morag Reid"),
    ]


@pytest.mark.parametrize(
    ("fields", "stands"),
    [
        ({}, "You have taken it on."),
        ({"owner": "other"}, "Other has taken it on."),
        ({"owner": "", "state": STATE.STATE_RAISED}, "Nobody has taken it on yet."),
        ({"closing_proposed": True}, "Nothing counts any more. It may be closed."),
    ],
)
def test_it_says_how_it_stands(fields: dict[str, Any], stands: str) -> None:
    assert matter(**fields).stands == stands


def test_who_sees_it_is_said_and_a_quiet_matter_is_seen_by_nobody_else() -> None:
    assert matter().seen_by == "Demo Ailsa Braeside sees this as you do."
    assert matter(quiet=True).seen_by == "Demo Ailsa Braeside may not see this yet."


def test_the_title_of_a_tab_names_nobody() -> None:
    view = matter()
    assert "Ailsa" not in view.heading.title
    assert view.banner.name == "Demo Ailsa Braeside"


def test_every_state_lane_and_step_of_the_contract_has_words() -> None:
    """A new word of the contract would otherwise break the page on the day on which it is first sent."""
    states = {name.removeprefix("STATE_").lower() for name in STATE.keys()} - {"unspecified"}  # noqa: SIM118
    assert states <= set(words("layout")["states"])
    moves = {name.removeprefix("CONCERN_MOVE_").lower() for name in MOVE.keys()} - {"unspecified"}  # noqa: SIM118
    assert moves == set(words("matter")["past"])
