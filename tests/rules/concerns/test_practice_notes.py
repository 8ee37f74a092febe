"""Practice Notes in the service: the calendar holds and releases concerns on an unclear theme (B17, D5, D8)."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as words
from psmf.rules.v1 import concern_moves_pb2 as moves_pb
from psmf.rules.v1 import rules_pb2 as pb

from services.platform.calls.wire import to_date
from services.platform.storage.database import execute
from services.refusals import Refusal
from services.rules.adapters.rule_files.folder import load_rulebook
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.adapters.store.evaluations import SqlEvaluations
from services.rules.domain.closed_lists import HoldReason, Source, State
from services.rules.domain.concerns import moves as life
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.guards import MoveContext
from services.rules.domain.concerns.history import CALENDAR
from services.rules.domain.facts import CaseFile, EvidenceFact
from services.rules.domain.forecasts.over_time import PersonForecast
from services.rules.domain.forecasts.plan import ForecastScope, Span
from tests.answers import refused
from tests.builders import a_mapping, a_request_id, days_ago
from tests.rules.builders import NOW, PERSON, TODAY, an_item
from tests.rules.conftest import Rules, a_fact
from tests.rules.forecasts.test_forecasts import SPAN, Live, at, live, of_evidence
from tests.waiting import until

__all__ = ["live"]
ACCEPTED, EFFECTIVE = TODAY - timedelta(days=25), TODAY - timedelta(days=5)
THEME = ("same-theme-two-sources", "S2.1")


def write_note(folder: Path, about: str = "S2.1", accepted: Any = ACCEPTED, effective: Any = EFFECTIVE) -> None:
    (folder / "notes" / "enquiries.yaml").write_text(
        f"""note: enquiries
title: Enquiries
means: How far enquiries go
about: [{about}]
why: invented for a test
source: invented
owner: Monitoring lead
stages: {{accepted: {accepted}, effective: {effective}}}
"""
    )


def of_two_sources() -> tuple[EvidenceFact, ...]:
    """Evidence from before the note was begun: one theme from two types of source."""
    return (
        an_item("one", TODAY - timedelta(days=60), recorded_at=at(40)),
        an_item("two", TODAY - timedelta(days=50), source=Source.SHERIFF, recorded_at=at(38)),
    )


def concern_of(live: Live) -> Concern:
    with live.database.read() as connection:
        (concern_id,) = execute(connection, "SELECT concern_id FROM concern WHERE rule = ?", (THEME[0],)).fetchone()
        found = SqlConcerns(connection).find(concern_id)
    assert found is not None
    return found


def test_a_concern_is_held_when_a_note_is_begun_and_stands_where_it_stood_when_it_takes_effect(live: Live) -> None:
    write_note(live.folder)
    live.goes_through(of_two_sources(), Span(SPAN.since, EFFECTIVE - timedelta(days=1)))
    held = concern_of(live)
    assert held.state is State.HELD
    assert not held.closing_proposed
    hold = held.progress.hold
    assert hold is not None
    assert (hold.reasons, hold.since, hold.note) == ((HoldReason.PRACTICE_UNCLEAR,), ACCEPTED, "enquiries")
    live.goes_through((), Span(EFFECTIVE, TODAY))
    released = concern_of(live)
    assert released.state is State.RAISED
    assert not released.closing_proposed
    assert [(pause.since, pause.until) for pause in released.progress.pauses] == [(ACCEPTED, EFFECTIVE)]
    with live.database.read() as connection:
        made = SqlConcerns(connection).moves(released)
    assert [(move.move, move.by, move.from_state, move.to_state, move.word) for move in made] == [
        ("hold", CALENDAR, "raised", "held", "practice_unclear"),
        ("release", CALENDAR, "held", "raised", "practice_unclear"),
    ]


def test_nobody_releases_what_waits_for_a_note_and_other_reasons_are_theirs(live: Live) -> None:
    write_note(live.folder)
    live.goes_through(of_two_sources(), Span(SPAN.since, EFFECTIVE - timedelta(days=1)))
    context = MoveContext(TODAY, "manager-one")
    with pytest.raises(Refusal) as refusal:
        life.release(concern_of(live), HoldReason.PRACTICE_UNCLEAR, context)
    assert refusal.value.metadata["guard"] == "note_drafted"
    for_review = life.hold(concern_of(live), HoldReason.REVIEW_OPEN, context)
    assert life.release(for_review, HoldReason.REVIEW_OPEN, context).progress.hold == concern_of(live).progress.hold


def test_a_hold_for_unclear_practice_by_a_person_stays_theirs(live: Live) -> None:
    write_note(live.folder)
    live.goes_through(of_two_sources(), Span(SPAN.since, ACCEPTED - timedelta(days=1)))
    by_a_person = life.hold(concern_of(live), HoldReason.PRACTICE_UNCLEAR, MoveContext(ACCEPTED, "manager-one"))
    live.database.write(lambda tx: SqlEvaluations(tx, NOW).change(by_a_person, "updated"))
    live.goes_through((), Span(ACCEPTED, TODAY))
    found = concern_of(live)
    assert found.state is State.HELD
    assert found.progress.hold == by_a_person.progress.hold
    assert life.release(found, HoldReason.PRACTICE_UNCLEAR, MoveContext(TODAY, "manager-one")).state is State.RAISED


def test_more_voices_on_the_theme_wait_as_well_and_count_when_the_note_takes_effect(live: Live) -> None:
    write_note(live.folder)
    more = tuple(replace(fact, evidence_id=f"late-{fact.evidence_id}", recorded_at=at(12)) for fact in of_two_sources())
    live.goes_through((*of_two_sources(), *more), Span(SPAN.since, EFFECTIVE - timedelta(days=1)))
    assert concern_of(live).state is State.HELD
    live.goes_through((), Span(EFFECTIVE, TODAY))
    assert concern_of(live).rests_on == {"one", "two", "late-one", "late-two"}


def test_the_forecast_is_what_the_service_does_while_a_note_is_drafted(live: Live) -> None:
    write_note(live.folder, "S2.1, S4.1")
    evidence = (*of_evidence(), *of_two_sources())
    all_spells = PersonForecast(ForecastScope(load_rulebook(live.folder)), CaseFile(PERSON, evidence), SPAN).spells
    live.goes_through(evidence, SPAN)
    assert live.raised() == {tuple(key): spells[0].began_on for key, spells in all_spells.items()}
    assert live.silent() == {tuple(key) for key, spells in all_spells.items() if spells[-1].ended_on is not None}


def test_notes_are_open_to_everyone_as_they_stand_on_a_day(rules: Rules) -> None:
    def listed(**asked: Any) -> dict[str, pb.PracticeNote]:
        request = pb.ListPracticeNotesRequest(**asked)
        notes = rules.standards.ListPracticeNotes(request, **rules.as_("person-one")).practice_notes
        return {note.name: note for note in notes}

    assert [*listed()] == ["practiceNotes/court", "practiceNotes/reports", "practiceNotes/role"]
    court = listed()["practiceNotes/court"]
    assert (court.stage, court.unclear, [*court.about]) == (
        pb.PracticeNote.STAGE_EFFECTIVE, False, ["S1", "S3", "S4", "S5"],
    )  # fmt: skip
    assert court.effective_date == court.stage_date == court.acknowledge_date
    before = listed(as_of_date=to_date(TODAY.replace(year=2018)))["practiceNotes/court"]
    assert (before.stage, before.HasField("stage_date")) == (pb.PracticeNote.STAGE_UNSPECIFIED, False)


def test_a_note_that_is_begun_holds_an_open_concern_in_the_running_service(rules: Rules) -> None:
    person = "sg-unclear"
    rules.appoint(person, days=300)
    voices = (("one", "PANEL_MEMBER"), ("two", "SHERIFF"))
    rules.record(person, *(a_voice(person, name, source) for name, source in voices))
    assert rules.raised(person, THEME[0]).state == pb.Concern.STATE_RAISED
    write_note(rules.folder, "S3.1", days_ago(1), days_ago(-20))
    rules.rulebook.ReloadRulebook(pb.ReloadRulebookRequest(), **rules.as_("editor"))
    rules.concerns.EvaluateEveryone(pb.EvaluateEveryoneRequest(request_id=a_request_id()), **rules.as_("panel-team"))
    (held,) = until(lambda: [c for c in rules.open_concerns(person) if c.state == pb.Concern.STATE_HELD])
    assert [*held.course.held_for] == [moves_pb.HOLD_REASON_PRACTICE_UNCLEAR]
    assert held.course.practice_note == "practiceNotes/enquiries"
    request = moves_pb.ReleaseConcernRequest(
        name=held.name, reason=moves_pb.HOLD_REASON_PRACTICE_UNCLEAR, request_id=a_request_id(), etag=held.etag
    )
    answer = refused(lambda: rules.concerns.ReleaseConcern(request, **rules.as_("manager-one")))
    assert (answer.reason, answer.metadata["guard"]) == ("MOVE_NOT_ALLOWED", "note_drafted")


def a_voice(person: str, name: str, source: str) -> Any:
    return a_fact(
        person, name, source=words.EvidenceSource.Value(f"EVIDENCE_SOURCE_{source}"),
        evidence_class=words.EVIDENCE_CLASS_STANDARD, mappings=[a_mapping("S3.1")],
    )  # fmt: skip
