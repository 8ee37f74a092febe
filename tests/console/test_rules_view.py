"""Rules as people read them: numbers in place of names, praise first, and what changes on a date."""

from datetime import UTC, date, datetime

from psmf.rules.v1 import revisions_pb2, rules_pb2

from services.console.views import rules as views
from services.console.views.parts import Away, Found
from services.platform.calls.wire import to_date

NOW = datetime(2026, 11, 30, 9, 2, tzinfo=UTC)


def line(parameter: str, value: int, unit: str, origin: str = "ours") -> rules_pb2.Line:
    since = to_date(date(2026, 1, 1))
    return rules_pb2.Line(
        parameter=parameter, value=value, unit=unit, origin=origin, why="One can happen to anyone", from_date=since
    )


LATE = rules_pb2.Rule(
    rule="report-late",
    title="Reports filed late",
    lane=rules_pb2.LANE_SUPPORT_NEED,
    standards=["S4"],
    source="Framework, Standard 4",
    conditions=["Reports filed late: is at least late reports line"],
    lines=[line("late_reports_line", 2, "reports"), line("late_reports", 1, "reports", "given")],
)
PRAISE = rules_pb2.Rule(
    rule="excellence",
    title="A report above standard",
    lane=rules_pb2.LANE_EXCELLENCE,
    standards=[f"S{n}" for n in range(1, 8)],
)
RULES = rules_pb2.ListRulesResponse(rules=[LATE, PRAISE])
EDITIONS = Found(
    rules_pb2.ListStandardsEditionsResponse(
        standards_editions=[rules_pb2.StandardsEdition(standards=[rules_pb2.Standard(standard="S4", title="Reports")])]
    )
)
CHANGE = revisions_pb2.RevisionChange(
    about="parameter", part="late_reports_line", change="changed", words=["2 → 3 reports"], read_by=["report-late"]
)
NEW = revisions_pb2.RevisionChange(about="rule", part="plan-late", change="added", words=["The plan is late", "when"])
PLAN = Found(
    revisions_pb2.RulebookPlan(
        dated_changes=[revisions_pb2.DatedChange(date=to_date(date(2027, 4, 1)), changes=[CHANGE, NEW])]
    )
)

ASKED = views.AskedRules(RULES, EDITIONS, PLAN)


def test_praise_stands_before_what_is_to_discuss() -> None:
    view = views.build_list(RULES, EDITIONS, PLAN, NOW)
    assert [group.name for group in view.groups] == ["Praise", "To discuss"]
    assert view.lead == "2 rules are in force. They look at evidence and never decide: a person does."


def test_a_standard_is_named_and_many_are_not_listed() -> None:
    praise, late = (group.rows[0] for group in views.build_list(RULES, EDITIONS, PLAN, NOW).groups)
    assert (praise.about, late.about) == ("every Practice Standard", "S4 Reports")


def test_a_condition_says_the_number_and_not_its_name() -> None:
    view = views.build_one("report-late", ASKED, NOW, None)
    assert view is not None
    assert view.when == ("Reports filed late: at least 2 reports",)
    assert [(one.name, one.value, one.origin) for one in view.numbers] == [
        ("Late reports line", "2 reports", "ours, not official"),
        ("Late reports", "1 report", "given by the Framework or the law"),
    ]


def test_what_changes_on_a_date_leads_to_the_rule_as_it_will_be() -> None:
    (ahead,) = views.build_list(RULES, EDITIONS, PLAN, NOW).ahead
    assert ahead.day.iso == "2027-04-01"
    assert [(change.says, [link.href for link in change.rules]) for change in ahead.changes] == [
        ("2 → 3 reports", ["/rules/report-late/at/2027-04-01"]),
        ("A new rule.", ["/rules/plan-late/at/2027-04-01"]),
    ]


def test_a_rule_shows_only_its_own_changes_and_none_on_a_day_of_its_own() -> None:
    today = views.build_one("report-late", ASKED, NOW, None)
    then = views.build_one("report-late", ASKED, NOW, date(2027, 4, 1))
    assert today is not None
    assert then is not None
    assert [change.says for one in today.ahead for change in one.changes] == ["2 → 3 reports"]
    assert (then.ahead, then.day_says) == ((), "As it will be, or was, on 1\u00a0April 2027.")


def test_a_rule_says_how_often_it_spoke_what_it_rests_on_and_tells_its_examples() -> None:
    example = rules_pb2.RuleExample(
        title="raises at the second late report",
        as_of_date=to_date(date(2026, 11, 2)),
        answer=rules_pb2.ANSWER_RAISED,
        evidence=["record of timeliness from SCRA, 2 March 2026"],
    )
    full = rules_pb2.Rule(times_raised=12, practice_note="practiceNotes/court", examples=[example] * 10)
    full.MergeFrom(LATE)
    few = rules_pb2.Rule(raised_withheld=True)
    few.MergeFrom(PRAISE)
    note = rules_pb2.PracticeNote(
        name="practiceNotes/court", title="Court", stage=rules_pb2.PracticeNote.STAGE_CONSULTATION
    )
    notes = Found(rules_pb2.ListPracticeNotesResponse(practice_notes=[note]))
    asked = views.AskedRules(rules_pb2.ListRulesResponse(rules=[full, few]), EDITIONS, PLAN, notes=notes)
    rule, praise = (views.build_one(name, asked, NOW, None) for name in ("report-late", "excellence"))
    assert rule is not None
    assert praise is not None
    assert rule.spoke == "It raised something 12 times in the last twelve months."
    assert praise.spoke == "It raised something fewer than five times in the last twelve months."
    assert (rule.note, praise.note) == ('It rests on the Practice Note "Court", on which people are being asked.', "")
    assert (len(rule.stories), rule.stories[0].title) == (8, "It raises at the second late report.")
    assert rule.stories[0].answer.text == "Raised"


def test_a_number_shows_its_history_by_date_and_only_a_policy_editor_is_led_to_change_it() -> None:
    values = [
        rules_pb2.DatedValue(
            from_date=to_date(date(year, 4, 1)), value=value, origin="ours", cites="Minute", why="Asked"
        )
        for year, value in ((2026, 2), (2027, 3))
    ]
    numbers = [
        rules_pb2.Parameter(parameter=name, unit="reports", least=1, most=most, values=values)
        for name, most in (("late_reports_line", 10), ("late_reports", 1))
    ]
    found = Found(rules_pb2.ListParametersResponse(parameters=numbers))
    for may_change in (True, False):
        asked = views.AskedRules(RULES, EDITIONS, PLAN, found, may_change=may_change)
        rule = views.build_one("report-late", asked, NOW, None)
        assert rule is not None
        assert rule.numbers[0].history == (
            "Since 1\u00a0April 2026: 2 reports, ours, not official. Asked. It rests on: Minute.",
            "From 1\u00a0April 2027: 3 reports, ours, not official. Asked. It rests on: Minute.",
        )
        changes = [number.change.href if number.change else "" for number in rule.numbers]
        assert changes == (["/numbers/late_reports_line/change", ""] if may_change else ["", ""])


def test_a_rule_that_is_not_in_force_is_not_there() -> None:
    assert views.build_one("plan-late", ASKED, NOW, None) is None


def test_while_a_part_is_away_the_rest_stands_and_says_so() -> None:
    view = views.build_list(RULES, Away("rules"), Away("rules"), NOW)
    assert [row.about for group in view.groups for row in group.rows] == ["every Practice Standard", "S4"]
    assert (view.ahead, "at 09:02" in view.away) == ((), True)
