"""Asking only at the moments that matter gives the same as asking at every moment (B2, Q25)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.rules.domain.closed_lists import ItemStatus
from services.rules.domain.evaluation.evaluate import evaluate
from services.rules.domain.evidence.timeline import Moment, arrival, start_of
from services.rules.domain.facts import CaseFile, ConcernKey, EvidenceFact
from services.rules.domain.forecasts.over_time import PersonForecast
from services.rules.domain.forecasts.plan import ForecastScope, Span
from services.rules.domain.forecasts.spells import Spell, Spells
from services.rules.domain.rulebook.model import Rulebook
from tests.rules.builders import PERSON, TODAY, a_case_file, an_item, case_files, shipped
from tests.rules.domain.evaluation.test_holding_for_days import (
    LAPSING,
    between,
    with_a_line_that_changes,
    with_holding_time,
)
from tests.rules.domain.evidence.editions import two_editions
from tests.rules.domain.evidence.test_practice_notes import with_note
from tests.sizes import part_of

SPAN = Span(TODAY - timedelta(days=60), TODAY)


def every_moment(case_file: CaseFile, span: Span) -> Iterator[Moment]:
    """Return the moments at which the live path asks: the start of each day, and each arrival of a fact."""
    days = (span.until - span.since).days + 1
    moments = {start_of(span.since + timedelta(days=number)) for number in range(days)}
    moments |= {arrival(fact.recorded_at) for fact in case_file.evidence}
    moments |= {arrival(duty.recorded_at) for duty in case_file.duties}
    first = max(start_of(span.since), start_of(case_file.person.appointed_on))
    return (moment for moment in sorted(moments) if first <= moment < span.end)


def asked_at_every_moment(rulebook: Rulebook, case_file: CaseFile, span: Span) -> dict[ConcernKey, Spells]:
    """Return the spells as the live path makes them: evaluated again and again, with all that it raised still open."""
    opened: dict[ConcernKey, date] = {}
    spells: dict[ConcernKey, list[Spell]] = {}
    for moment in every_moment(case_file, span):
        seen = replace(case_file, open_concerns=dict(opened))
        evaluation = evaluate(rulebook, seen, moment.on, moment.known_at)
        raised = {ConcernKey(answer.rule_id, answer.subject) for answer in evaluation.raised}
        for key in raised:
            opened.setdefault(key, moment.on)
            if key not in spells or spells[key][-1].ended_on is not None:
                spells.setdefault(key, []).append(Spell(moment.on, None))
        for key in opened.keys() - raised:
            if spells[key][-1].ended_on is None:
                spells[key][-1] = Spell(spells[key][-1].began_on, moment.on)
    return {key: tuple(found) for key, found in spells.items()}


@st.composite
def histories(draw: st.DrawFn) -> CaseFile:
    """Draw items that arrive late, are corrected or withdrawn, and others that leave a window in these days."""
    case_file = draw(case_files(most=8))
    versions: list[EvidenceFact] = []
    for fact in case_file.evidence:
        day = draw(st.sampled_from((fact.received_on, SPAN.since + timedelta(days=draw(st.integers(0, 60))))))
        hour = draw(st.integers(0, 23))
        first = replace(fact, recorded_at=datetime.combine(day, time(hour), UTC))
        versions.append(first)
        if draw(st.booleans()):
            later = first.recorded_at + timedelta(hours=draw(st.integers(0, 900)))
            changes: dict[str, Any] = draw(
                st.sampled_from(
                    (
                        {"status": ItemStatus.WITHDRAWN},
                        {"status": ItemStatus.SUPERSEDED},
                        {"countable_from": None},
                        {"countable_from": day},
                        {"mappings": ()},
                    )
                )
            )
            versions.append(replace(first, version=2, recorded_at=later, **changes))
    return replace(case_file, evidence=tuple(versions))


@st.composite
def about_the_edges(draw: st.DrawFn) -> CaseFile:
    """Draw a few items that arrive, count or leave a window of 6, 12 or 24 months within the days asked about."""
    parts = st.tuples(st.sampled_from((0, 182, 365, 730)), st.integers(0, 60), st.integers(0, 4), st.booleans())
    found = draw(st.lists(parts, max_size=6))
    sources = list(type(an_item("x").source))
    evidence = (
        an_item(
            f"item-{number}",
            TODAY - timedelta(days=back + days),
            source=sources[number % len(sources)],
            countable_from=TODAY - timedelta(days=back + days - later),
            speaks="S2.1" if same else "S3.1",
        )
        for number, (back, days, later, same) in enumerate(found)
    )
    return a_case_file(*evidence)


NOTE_IN_THE_SPAN = with_note(
    "S2", "S4.1", accepted=TODAY - timedelta(days=40), effective=TODAY - timedelta(days=10)
)  # fmt: skip
SLOW_TO_CLEAR = with_a_line_that_changes(shipped(), "theme_items_line", TODAY - timedelta(days=20), 3)
RULEBOOKS = {
    "rules as shipped": shipped(),
    "rules that lapse in between": LAPSING,
    "rules that hold for days": with_holding_time(shipped(), "gap_holds_days"),
    "a line that rises in the span": SLOW_TO_CLEAR,
    "a window that shrinks for a day": with_a_line_that_changes(
        with_a_line_that_changes(shipped(), "window_months", TODAY - timedelta(days=5), 1),
        "window_months", TODAY - timedelta(days=4), 12,
    ),
    "days to hold that change": with_a_line_that_changes(
        with_holding_time(shipped(), "gap_holds_days"), "gap_holds_days", TODAY - timedelta(days=30), 3
    ),
    "a rule that begins in the span": replace(
        shipped(),
        rules=tuple(
            replace(rule, in_force_from=TODAY - timedelta(days=40)) if rule.rule_id.startswith("cover") else rule
            for rule in shipped().rules
        ),
    ),
    "a rule that ends in the span": replace(
        shipped(),
        rules=tuple(replace(rule, in_force_until=TODAY - timedelta(days=10)) for rule in shipped().rules),
    ),
    "an edition that begins in the span": replace(
        two_editions(),
        editions=(
            two_editions().editions[0],
            replace(two_editions().editions[1], effective_from=TODAY - timedelta(days=25)),
        ),
    ),
    "a Practice Note that is drafted in the span": NOTE_IN_THE_SPAN,
    "what clears a rule holds while it is raised": replace(
        LAPSING, rules=(replace(between("items_on_standard", "one_item", "theme_items_line", "coverage-standard"),
                                clears_when=shipped().rule("coverage-standard").when),),
    ),
}  # fmt: skip


@pytest.mark.parametrize("rulebook", RULEBOOKS.values(), ids=RULEBOOKS.keys())
@given(case_file=histories() | about_the_edges())
@settings(max_examples=part_of(12), deadline=None)
def test_asking_at_the_moments_that_matter_gives_what_asking_at_every_moment_gives(
    rulebook: Rulebook, case_file: CaseFile
) -> None:
    assert dict(PersonForecast(ForecastScope(rulebook), case_file, SPAN).spells) == asked_at_every_moment(
        rulebook, case_file, SPAN
    )


@given(case_file=histories())
@settings(max_examples=part_of(20), deadline=None)
def test_following_some_rules_gives_what_following_all_gives_of_them(case_file: CaseFile) -> None:
    some = {"report-late", "reappointment-open-items"}
    whole = PersonForecast(ForecastScope(shipped()), case_file, SPAN).spells
    part = PersonForecast(ForecastScope(shipped(), some), case_file, SPAN).spells
    assert part == {key: spells for key, spells in whole.items() if key.rule_id in some}


def test_nobody_is_followed_before_they_were_appointed_or_when_they_no_longer_serve() -> None:
    new = replace(PERSON, appointed_on=TODAY - timedelta(days=10))
    safety = an_item("one", TODAY - timedelta(days=30), speaks="S5.1", evidence_class="safety")
    (spells,) = PersonForecast(
        ForecastScope(shipped(), {"confidentiality"}), a_case_file(safety, person=new), SPAN
    ).spells.values() or ((),)
    assert not spells or spells[0].began_on == new.appointed_on
    gone = a_case_file(safety, person=replace(PERSON, serving=False))
    assert not PersonForecast(ForecastScope(shipped()), gone, SPAN).spells
