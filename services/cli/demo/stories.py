"""The short stories at the end of `psmf demo up`, told by what the services say now."""

from collections.abc import Iterator
from datetime import date
from textwrap import wrap
from typing import Any

from services.client.client import Client
from services.client.words import day_of, short, spaced, word_of
from services.demo.story.cast import EFFIE, MURDO
from services.demo.story.chapters import CORRECTED, DATED, MISSED, THEME, VOICE
from services.demo.story.dates import NUMBER, changes_on
from services.demo.story.values import Story
from services.demo.telling.wire import PANEL_TEAM
from services.platform.calls.wire import from_date

KPI = "kpi-5-attended"
WIDTH, INDENT = 80, " " * 5


def short_stories(client: Client, story: Story) -> str:
    """Return the stories: two voices, a corrected record, a number with a date, two accounts, and a broken promise."""
    tells = (_second_voice, _corrected_record, _number_with_a_date, _two_accounts, _promise_not_kept)
    lines = ["Five stories", ""]
    told = [list(tell(client, story)) for tell in tells]
    for number, (said, *commands) in enumerate(filter(None, told), 1):
        lines += wrap(f"{number}. {said}", WIDTH, initial_indent="  ", subsequent_indent=INDENT)
        lines += [f"{INDENT}{command}" for command in commands]
    return "\n".join([*lines, ""])


def _second_voice(client: Client, story: Story) -> Iterator[str]:
    for concern in _concerns(client, story, VOICE, THEME):
        yield (
            f"A second voice. A Reporter's system sent what it saw of {_name(story, VOICE)}. It counted after their "
            "reply. Then two sources made a matter."
        )
        yield f"psmf concern show {short(concern.name)}"


def _corrected_record(client: Client, story: Story) -> Iterator[str]:
    for concern in _concerns(client, story, CORRECTED, MISSED):
        owed = _training(client, story)
        due_on = from_date(owed, "due_date") or story.today
        now, before = (_counted(client, owed, due_on, known) for known in (None, concern.raise_time))
        attended = "attended" if owed.attended else "not attended"
        yield (
            f"A record that is corrected. A training of {_name(story, CORRECTED)} was recorded as missed. It was "
            f"{attended}, so KPI five has it as {now} (before: {before}), and the matter is "
            f"{spaced(word_of(concern, 'state'))}: {spaced(word_of(concern, 'reason'))}."
        )
        yield f"psmf concern show {short(concern.name)}"
        yield f"psmf kpi ledger {KPI} --period {_contract_year(due_on)}"


def _number_with_a_date(client: Client, story: Story) -> Iterator[str]:
    from psmf.rules.v1 import revisions_pb2

    plan = client.call(PANEL_TEAM, client.revisions.GetRulebookPlan, revisions_pb2.GetRulebookPlanRequest())
    for dated in plan.dated_changes:
        if from_date(dated, "date") == changes_on(story.today):
            changed = next(change for change in dated.changes if change.part == NUMBER)
            yield (
                f"A number that changes on a date. From {day_of(dated, 'date')} one sampled report without the child's "
                f"views is enough to offer support ({changed.words[0].partition(' from ')[0]}). {_name(story, DATED)} "
                "has one. A concern that only the date raises is quiet until a person takes it on."
            )
            yield "psmf rules ahead"
            yield f"psmf rules whatif --on {changes_on(story.today)}"


def _two_accounts(client: Client, story: Story) -> Iterator[str]:
    from psmf.evidence.v1 import session_records_pb2

    person = story.named(EFFIE)
    request = session_records_pb2.ListSessionRecordsRequest(parent=f"safeguarders/{person.safeguarder_id}")
    for record in client.call(PANEL_TEAM, client.session_records.ListSessionRecords, request).session_records:
        if record.answer.disputes:
            yield (
                f"A record with two accounts. {person.display_name} disputes two parts of the record of a session. "
                "Both accounts stand side by side."
            )
            yield f"psmf session record {short(record.name.removesuffix('/record'))}"
            return


def _promise_not_kept(client: Client, story: Story) -> Iterator[str]:
    from psmf.evidence.v1 import development_plans_pb2 as pb

    person = story.named(MURDO)
    request = pb.GetDevelopmentPlanRequest(name=f"safeguarders/{person.safeguarder_id}/developmentPlan")
    late = [
        support
        for support in client.call(PANEL_TEAM, client.plans.GetDevelopmentPlan, request).supports
        if support.late
    ]
    if late:
        day = min(from_date(support, "promised_date") or story.today for support in late)
        yield (
            f"A promise that was not kept. {person.display_name} was promised a mentor by {day:%-d %B %Y}. Until one "
            "comes, no time passes for the action."
        )
        yield f"psmf standing {person.safeguarder_id}"


def _person(story: Story, title: str) -> str:
    return next(chapter.safeguarder_id for chapter in story.chapters if chapter.title == title)


def _name(story: Story, title: str) -> str:
    return next(who.display_name for who in story.people if who.safeguarder_id == _person(story, title))


def _concerns(client: Client, story: Story, title: str, rule: str) -> list[Any]:
    """Return the concern of a chapter, or nothing if people have since changed what the story left."""
    from psmf.rules.v1 import rules_pb2

    request = rules_pb2.ListConcernsRequest(parent=f"safeguarders/{_person(story, title)}", include_closed=True)
    found = client.call(PANEL_TEAM, client.concerns.ListConcerns, request).concerns
    return [concern for concern in found if concern.rule == rule][:1]


def _training(client: Client, story: Story) -> Any:
    """Return the mandatory training whose attendance was corrected."""
    from psmf.scheduling.v1 import scheduling_pb2

    number = next(one.number for one in story.attendances if one.first_recorded_as)
    request = scheduling_pb2.ListObligationsRequest(parent=f"safeguarders/{_person(story, CORRECTED)}")
    owed = client.call(PANEL_TEAM, client.obligations.ListObligations, request).obligations
    trainings = (one for one in owed if one.kind == scheduling_pb2.Obligation.KIND_MANDATORY_TRAINING)
    return next(one for one in trainings if one.number == number and one.training_event)


def _counted(client: Client, owed: Any, due_on: date, known: Any) -> str:
    """Return what the KPI makes of a training, as known now or at an instant."""
    from psmf.rules.v1 import kpis_pb2

    parent = f"kpiReports/{_contract_year(due_on)}/measures/{KPI}"
    request = kpis_pb2.ListKpiContributorsRequest(parent=parent, known_time=known)
    found = client.pages(PANEL_TEAM, client.kpis.ListKpiContributors, request, "contributors")
    mine = (unit for unit in found if unit.unit_id == owed.name.rpartition("/")[2])
    return next((spaced(word_of(unit, "result")) for unit in mine), "not in the register")


def _contract_year(day: date) -> str:
    """Return the contract year of a day, April to March, for example 2026-27."""
    first = day.year if day.month >= 4 else day.year - 1
    return f"{first}-{(first + 1) % 100:02}"
