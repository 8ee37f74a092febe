"""What is kept of a person from an earlier what-if gives the answers that the evidence gives (B2)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.rules.domain.closed_lists import Lane, RuleStatus
from services.rules.domain.facts import CaseFile
from services.rules.domain.forecasts.person_series import EvidenceNeeded, Known
from services.rules.domain.forecasts.plan import Span
from services.rules.domain.forecasts.whatif import PersonOutcome, Tuning, WhatIf
from services.rules.domain.rulebook.model import Rulebook
from tests.rules.builders import TODAY, case_files, shipped
from tests.rules.domain.forecasts.test_over_time import about_the_edges, histories
from tests.rules.domain.forecasts.test_whatif import CANDIDATES, THREE_LATE, with_number, with_rule
from tests.sizes import part_of

SPAN = Span(TODAY - timedelta(days=200), TODAY)
SOME = {
    "a line": with_number(shipped(), "late_reports_line", 1),
    "another line": with_number(shipped(), "late_reports_line", 3),
    "a line of every indicator": with_number(shipped(), "theme_items_line", 1),
    "a line of what counts concerns": with_number(shipped(), "reappointment_lead_days", 20),
    "a rule less": with_rule(shipped(), "report-late", status=RuleStatus.RETIRED),
    "what counts concerns has a guard": with_rule(shipped(), "reappointment-open-items", lane=Lane.ESCALATION),
    **CANDIDATES,
}


def without_evidence(case_file: CaseFile) -> CaseFile:
    return replace(case_file, evidence=(), duties=())


def by_what_is_kept(whatif: WhatIf, case_file: CaseFile, kept: Known) -> PersonOutcome:
    """Answer from what is kept, or with the evidence too where that is not enough."""
    try:
        return whatif.person(without_evidence(case_file), kept)
    except EvidenceNeeded:
        return whatif.person(case_file, replace(kept, has_evidence=True))


@pytest.mark.parametrize("after", SOME.values(), ids=SOME.keys())
@given(
    case_file=case_files() | histories() | about_the_edges(), earlier=st.sampled_from(list(SOME)), dated=st.booleans()
)
@settings(max_examples=part_of(45, 3), deadline=None)
def test_a_what_if_by_what_an_earlier_one_left_is_the_what_if_by_the_evidence(
    after: Rulebook, case_file: CaseFile, earlier: str, dated: bool
) -> None:
    whatif = WhatIf(shipped(), after, SPAN, as_dated=dated)
    known = Known()
    WhatIf(shipped(), SOME[earlier], SPAN, as_dated=dated).person(case_file, known)
    assert by_what_is_kept(whatif, case_file, known.to_keep(whatif.names)) == whatif.person(case_file)


def test_a_second_line_over_what_people_have_done_needs_no_evidence() -> None:
    known = Known()
    WhatIf(shipped(), SOME["a line"], SPAN).person(THREE_LATE, known)
    again = WhatIf(shipped(), SOME["another line"], SPAN)
    found = again.person(without_evidence(THREE_LATE), known.to_keep(again.names))
    assert found == again.person(THREE_LATE)
    assert found.changed


def test_a_rule_that_waits_for_days_is_followed_by_the_evidence_of_those_for_whom_it_holds() -> None:
    first, again = (WhatIf(shipped(), with_number(shipped(), "gap_holds_days", days), SPAN) for days in (30, 40))
    known = Known()
    first.person(THREE_LATE, known)
    with pytest.raises(EvidenceNeeded):
        again.person(without_evidence(THREE_LATE), known.to_keep(again.names))


def test_a_tuning_after_another_needs_no_evidence() -> None:
    known, figures = Known(), []
    for case_file in (THREE_LATE, without_evidence(THREE_LATE)):
        tuning = Tuning(shipped(), "late_reports_line", range(1, 5), SPAN)
        tuning.add(case_file, known)
        figures.append((tuning.people, tuning.concerns))
        known = known.to_keep(tuning.names)
    assert figures[0] == figures[1]
    assert figures[0][0] == [1, 1, 1, 0]
