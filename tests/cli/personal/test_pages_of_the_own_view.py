"""What a Safeguarder reads of where they stand and of what waits: in words, without a score, silent about nothing."""

import re
from datetime import date
from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import personal_file_pb2 as pb
from psmf.evidence.v1 import session_records_pb2 as sessions
from psmf.rules.v1 import rules_pb2 as rules

from services.cli.doors.methods import CALLS, command_in
from services.cli.personal.shown import command_for, standing_text, waiting_text
from services.client.lines import UNLIMITED
from services.client.why import titles_of
from services.platform.calls.wire import to_date
from tests.cli.plan.a_plan import ACTION, CONCERN, FILE, ITEM, NAMES, RECORD, SUPPORT, instant

ON, DUE, SOURCE = pb.StandardStanding, pb.Due, pb.StandingSource
DAY = to_date(date(2026, 12, 3))


def a_standard(**changed: Any) -> pb.StandardStanding:
    fields: dict[str, Any] = {"standard": "S2", "word": ON.WORD_MET}
    return ON(**fields | changed)


def a_due(kind: Any = DUE.KIND_ANSWER_ACTION, **changed: Any) -> pb.Due:
    fields: dict[str, Any] = {"kind": kind, "owed_by": DUE.OWED_BY_SAFEGUARDER, "about": ACTION, "due_date": DAY}
    return DUE(**fields | changed)


def page(*standards: pb.StandardStanding, width: int = UNLIMITED, **changed: Any) -> str:
    fields: dict[str, Any] = {
        "name": f"{FILE}/standing",
        "as_of_date": to_date(date(2026, 11, 2)),
        "since_date": to_date(date(2025, 11, 2)),
        "edition": "2015-07",
        "standards": standards,
        "support_manager": "support-manager-east-1",
        "sources": [SOURCE(service="evidence", state=SOURCE.STATE_KNOWN, known_time=instant(11, 2))],
    }
    return standing_text(pb.MyStanding(**fields | changed), NAMES, width)


def test_each_standard_is_named_with_its_word() -> None:
    text = page(a_standard(), a_standard(standard="S4", word=ON.WORD_NOT_ENOUGH_EVIDENCE))
    assert "Standing · Demo Effie Lochend (sg-02218697) · 2 November 2026" in text
    assert "\nS2 Relationships\n  Met.\n" in text
    assert "\nS4 Reports\n  Not enough evidence. That is the Team's task, and never a mark" in text


@pytest.mark.parametrize("word", [word for word in ON.Word.values() if word])
def test_every_word_is_said_in_words(word: int) -> None:
    said = page(a_standard(word=word)).splitlines()
    assert re.match(r"  [A-Z][a-z ]+\.", said[said.index("S2 Relationships") + 1])


def test_what_stands_behind_a_word_stands_below_it() -> None:
    view = pb.LastView(word=sessions.StandardView.WORD_DEVELOPING, held_date=DAY, record=RECORD, disputed=True)
    item = pb.StandingItem(
        name=ITEM, kind=items.EVIDENCE_KIND_FEEDBACK, received_date=DAY, polarities=[items.POLARITY_CONCERN],
        reply_due_date=DAY,
    )  # fmt: skip
    text = page(a_standard(word=ON.WORD_CONCERN, under_review=True, last_view=view, concerns=[CONCERN], items=[item]))
    assert "  A matter about it is under review. That alone changes nothing here.\n" in text
    assert "last view, on 3 December 2026: developing. The Safeguarder disputes it.\n" in text
    assert "  Late reports (report-late S4)  c0ffee00\n" in text
    assert "  feedback, 3 December 2026, concern. Reply until 3 December 2026.  49b6794c\n" in text


def test_an_item_that_does_not_count_says_so() -> None:
    item = pb.StandingItem(name=ITEM, kind=items.EVIDENCE_KIND_FEEDBACK, received_date=DAY)
    assert "feedback, 3 December 2026. Does not count.  49b6794c" in page(a_standard(items=[item]))
    item.counts = True
    assert "Does not count" not in page(a_standard(items=[item]))


def test_what_is_due_runs_both_ways() -> None:
    teams = a_due(DUE.KIND_DELIVER_SUPPORT, owed_by=DUE.OWED_BY_PANEL_TEAM, about=SUPPORT, passed=True)
    plan = a_due(DUE.KIND_FINALISE_PLAN, owed_by=DUE.OWED_BY_PANEL_TEAM, about=f"{FILE}/developmentPlan")
    plan.ClearField("due_date")
    still = a_due(DUE.KIND_ACTION, stands_still=True)
    text = page(due=[a_due(), teams, plan, still])
    assert "  a40f1200  An answer to a proposed action, from Demo Effie Lochend, by 3 December 2026.\n" in text
    assert "from the Team, by 3 December 2026. That day has passed.\n" in text
    assert "confirmed by both sides, from the Team. No day is known here.\n" in text
    assert (
        "What an action asks, from Demo Effie Lochend. No time passes for it now. As it stands: 3 December 2026.\n"
        in text
    )


def test_what_is_not_known_is_said() -> None:
    sources = [
        SOURCE(service="evidence", state=SOURCE.STATE_KNOWN, known_time=instant(11, 2)),
        SOURCE(service="rules", state=SOURCE.STATE_NEVER_TOLD),
        SOURCE(service="scheduling", state=SOURCE.STATE_WAITS, known_time=instant(11, 2)),
    ]
    text = page(sources=sources, more_is_open=True, edition="")
    assert "The file (evidence): as known at 2 November 2026 10:00.\n" in text
    assert "The rules (rules): it has told nothing since this service began. It is missing here.\n" in text
    assert "The calendar (scheduling): something that it told cannot be read yet. It is missing here.\n" in text
    assert "Something more is open, and it is not known here what it is about.\n" in text
    assert "No edition of the Practice Standards is known here" in text


def test_a_service_that_told_nothing_about_the_person_is_no_gap() -> None:
    text = page(sources=[SOURCE(service="rules", state=SOURCE.STATE_KNOWN)])
    assert "it has told nothing about this person." in text
    assert "missing" not in text


def test_whom_to_ask_is_the_support_manager_or_else_the_team() -> None:
    assert "Ask            the support manager, support-manager-east-1.\n" in page()
    assert "Ask            the Panel Team. No support manager is allocated.\n" in page(support_manager="")


def test_a_way_is_named_once_with_its_standards_unless_it_is_for_all() -> None:
    all_of, some = pb.WayToShow(way="own_item", words="Bring an example."), pb.WayToShow(way="r", words="A report.")
    text = page(a_standard(ways=[all_of]), a_standard(standard="S4", ways=[all_of, some]))
    assert text.count("Bring an example.") == 1
    assert "\n  Bring an example.\n  S4: A report.\n" in text


def test_actions_show_their_aim_and_where_they_stand() -> None:
    action = plans.Action(
        name=ACTION, kind=plans.Action.KIND_CHANGE_PRACTICE, standard="S2", aim="Reporters know\nof each visit.",
        state=plans.Action.STATE_OPEN, basis=plans.Action.BASIS_AGREED, due_date=DAY, stands_still=True,
    )  # fmt: skip
    said = "Reporters know of each visit. Open. Both sides agreed. Due 3 December 2026. No time passes for it."
    assert f"S2 Relationships · {said}\n" in page(actions=[action])


def test_a_page_fits_a_narrow_terminal() -> None:
    text = page(a_standard(), due=[a_due()], width=60)
    assert max(map(len, text.splitlines())) <= 60


def waits(due: pb.Due, method: str = "") -> pb.Waiting:
    return pb.Waiting(due=due, if_nothing="It stays proposed. Nothing is taken as agreed.", method=method)


def test_what_waits_says_what_by_when_what_follows_and_the_command() -> None:
    text = waiting_text(pb.ListWaitingForMeResponse(waiting=[waits(a_due())]), UNLIMITED)
    assert text.splitlines() == [
        "a40f1200  An answer to a proposed action. By 3 December 2026.",
        "          If you do nothing: It stays proposed. Nothing is taken as agreed.",
        "          psmf action show a40f1200",
    ]


def test_a_day_that_has_passed_closes_no_door() -> None:
    text = waiting_text(pb.ListWaitingForMeResponse(waiting=[waits(a_due(passed=True))]), UNLIMITED)
    assert "That day has passed. You can still do it." in text


def test_nothing_waits_and_what_is_missing_is_said_all_the_same() -> None:
    assert waiting_text(pb.ListWaitingForMeResponse(), UNLIMITED) == "Nothing waits for you."
    gap = SOURCE(service="scheduling", state=SOURCE.STATE_NEVER_TOLD)
    assert "The calendar (scheduling)" in waiting_text(pb.ListWaitingForMeResponse(sources=[gap]), UNLIMITED)


OF_THE_SAFEGUARDER = (
    "reply",
    "answer",
    "say_received",
    "give_view",
    "confirm_plan",
    "admit_late_item",
    "acknowledge",
    "action",
)


@pytest.mark.parametrize(
    "kind", [kind for kind in DUE.Kind.values() if DUE.Kind.Name(kind)[5:].lower().startswith(OF_THE_SAFEGUARDER)]
)
def test_each_thing_that_waits_has_a_command_of_the_command_line(kind: int) -> None:
    command = command_for(waits(a_due(kind), "some/Method"))
    assert command.startswith("psmf ")
    assert command_in(command) in CALLS
    plan = command_for(waits(a_due(DUE.KIND_CONFIRM_PLAN, about=f"{FILE}/developmentPlan")))
    assert plan == "psmf plan show"


def test_something_of_a_later_release_names_its_method() -> None:
    assert command_for(waits(a_due(0), "a.b.C/Do")) == "By the method a.b.C/Do"


@pytest.mark.parametrize(
    ("day", "titles"),
    [
        (date(2026, 11, 30), {"S2": "S2 Relationships", "S3": "S3 Independence", "P1": "P1 New"}),
        (date(2026, 12, 1), {"S2": "S2 Relationships", "S3": "S3 Something else", "P1": "P1 New"}),
    ],
)
def test_a_standard_has_the_title_of_the_edition_in_force_on_the_day(day: date, titles: dict[str, str]) -> None:
    """P13: an edition that is published ahead named today's standards, where both use one id."""
    editions = [
        rules.StandardsEdition(
            effective_date=to_date(since),
            standards=[rules.Standard(standard=known, title=title) for known, title in standards.items()],
        )
        for since, standards in (
            (date(2016, 4, 25), {"S2": "Relationships", "S3": "Independence"}),
            (date(2026, 12, 1), {"S3": "Something else", "P1": "New"}),
        )
    ]
    assert titles_of(editions, day) == titles
