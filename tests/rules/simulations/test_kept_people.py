"""What the simulator's process keeps of people between two runs: bounded, by stamp, and never the evidence (B2)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from services.rules.adapters.store.items import item_body
from services.rules.domain.facts import EvidenceFact
from services.rules.domain.rulebook.model import Rulebook
from services.rules.simulations import process
from services.rules.simulations.kept import KeptPeople
from services.rules.simulations.process import WhatIfWork
from tests.rules.builders import TODAY, a_late_report, shipped
from tests.rules.domain.forecasts.test_whatif import with_number

BOOKS: Mapping[str, Rulebook] = {
    "now": shipped(),
    "one": with_number(shipped(), "late_reports_line", 1),
    "three": with_number(shipped(), "late_reports_line", 3),
}
LATE = tuple(a_late_report(f"late-{n}", TODAY - timedelta(days=90 - 30 * n)) for n in range(3))


@pytest.fixture(autouse=True)
def _loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "rulebook_of_files", BOOKS.__getitem__)


def asked(after: str, since: int = 200) -> dict[str, Any]:
    days = {"since": (TODAY - timedelta(days=since)).isoformat(), "until": TODAY.isoformat()}
    return days | {"before": "now", "after": after, "as_dated": False, "as_received": False}


def person(who: str, evidence: tuple[EvidenceFact, ...], **more: Any) -> dict[str, Any]:
    """Return a person with evidence, in the form that the service sends."""
    days = {"appointed_on": "2024-01-08", "term_starts_on": "2024-01-08", "term_ends_on": "2029-01-07"}
    said = {"safeguarder_id": who, "serving": True, "support_manager": "manager", "versions": [len(evidence), 0]}
    return days | said | {"facts": [item_body(fact) for fact in evidence], "duties": []} | more


def run(work: WhatIfWork, people: list[dict[str, Any]]) -> tuple[list[str], dict[str, Any]]:
    """Run a what-if as the service does. Return whose evidence it needed, and the result."""
    needed = work.take([{name: p[name] for name in p if name not in ("facts", "duties")} for p in people])
    assert work.take([p for p in people if p["safeguarder_id"] in needed]) == []
    return needed, work.result()


PEOPLE = [person("sg-1", LATE), person("sg-2", LATE[:1]), person("sg-3", ())]


def test_the_next_line_is_tried_without_evidence_and_its_report_is_that_of_a_new_process() -> None:
    kept = KeptPeople()
    assert run(WhatIfWork(asked("one"), kept), PEOPLE)[0] == ["sg-1", "sg-2", "sg-3"]
    needed, result = run(WhatIfWork(asked("three"), kept), PEOPLE)
    assert needed == []
    assert result == run(WhatIfWork(asked("three"), KeptPeople()), PEOPLE)[1]
    assert [change["safeguarder"] for change in result["concerns"]] == ["sg-1"]


def test_only_those_are_read_again_of_whom_something_new_is_stored_and_all_stand_in_the_same_order() -> None:
    kept = KeptPeople()
    run(WhatIfWork(asked("one"), kept), PEOPLE)
    now = [person("sg-1", LATE[:2], term_ends_on="2030-01-07"), person("sg-2", LATE[:2]), PEOPLE[2]]
    needed, result = run(WhatIfWork(asked("one"), kept), now)
    assert needed == ["sg-1", "sg-2"]
    assert result == run(WhatIfWork(asked("one"), KeptPeople()), now)[1]
    assert [change["safeguarder"] for change in result["concerns"]] == ["sg-1", "sg-2"]


def test_what_is_kept_is_bounded_for_the_same_days_only_and_never_of_somebody_who_asked_for_a_review() -> None:
    one = KeptPeople()
    run(WhatIfWork(asked("one"), one), PEOPLE[:1])
    little = KeptPeople(most=one.size)
    run(WhatIfWork(asked("one"), little), PEOPLE)
    assert little.size <= one.size
    needed, _ = run(WhatIfWork(asked("three"), little), PEOPLE)
    assert needed == ["sg-2", "sg-3"], "there was room for one"
    run(WhatIfWork(asked("one", since=100), little), [])
    assert little.size == 0
    reviewed = [person("sg-1", LATE, versions=None)]
    for _ in range(2):
        assert run(WhatIfWork(asked("one"), one), reviewed)[0] == ["sg-1"]


def test_somebody_whose_membership_ends_while_a_run_waits_for_their_evidence_is_left_out() -> None:
    work = WhatIfWork(asked("one"), KeptPeople())
    without = [{name: p[name] for name in p if name not in ("facts", "duties")} for p in PEOPLE]
    assert work.take(without) == ["sg-1", "sg-2", "sg-3"]
    work.take(PEOPLE[1:])
    assert work.result()["people"] == 2
