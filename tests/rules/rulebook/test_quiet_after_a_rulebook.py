"""A concern that only a change of rulebook raises is quiet. One that evidence raises is not (D15.16)."""

from pathlib import Path
from typing import Any

from psmf.evidence.v1 import events_pb2 as evidence_events
from psmf.platform.v1 import timeline_pb2
from psmf.rules.v1 import events_pb2 as rules_events
from psmf.rules.v1 import rules_pb2

from services.platform.events.outbox import events_after
from services.platform.storage.database import Database, execute
from tests.rules.conftest import a_fact, an_acknowledgement
from tests.rules.workbench import Workbench, a_workbench, answers, appoint, changed, shipped
from tests.waiting import until


def concerns_of(bench: Workbench) -> dict[str, rules_pb2.Concern]:
    request = rules_pb2.ListConcernsRequest(parent="safeguarders/sg-one")
    found = bench.concerns.ListConcerns(request, **bench.as_("panel-team")).concerns
    return {concern.rule: concern for concern in found}


def events_of(bench: Workbench, message: Any) -> list[Any]:
    """Every event of one type that the service published."""
    database = Database(bench.settings.database_url)
    with database.read() as connection:
        found = [event for event in events_after(connection, 0, 500) if event.type == message.DESCRIPTOR.full_name]
    database.close()
    return [message.FromString(event.data) for event in found]


def without_the_safety_rule() -> dict[str, str]:
    """The shipped rulebook with the rule on confidentiality as a draft, which raises nothing."""
    files = shipped()
    for name, text in files.items():
        if "rule: confidentiality\n" in text:
            before, rule, after = text.partition("rule: confidentiality\n")
            return files | {name: before + rule + after.replace("status: live", "status: draft", 1)}
    raise AssertionError("there is no such rule")


def test_what_a_change_of_the_rulebook_alone_raises_is_quiet_until_a_person_takes_it_on(tmp_path: Path) -> None:
    with a_workbench(tmp_path) as bench:
        without = bench.submit(without_the_safety_rule())
        bench.approve(without.name)
        bench.activate(without.name)
        appoint(bench)
        fact = a_fact("sg-one", "one")
        bench.others["evidence"].publish("sg-one", evidence_events.EvidenceItemRecorded(fact=fact))
        until(lambda: _facts_evaluated(bench) == 1)
        assert "confidentiality" not in concerns_of(bench)
        draft = bench.submit(shipped())
        bench.approve(draft.name)
        bench.activate(draft.name)
        concern = until(lambda: concerns_of(bench).get("confidentiality"))
        assert concern is not None
        assert concern.quiet
        assert _timeline(bench, "panel-team") == {concern.name}
        assert _timeline(bench, "person-one") == set()  # nobody has told them of it
        raised = {one.concern.rule: one.quiet for one in events_of(bench, rules_events.ConcernRaised)}
        assert raised["confidentiality"]
        bench.concerns.AcknowledgeConcern(an_acknowledgement(concern), **bench.as_("panel-team"))
        assert not concerns_of(bench)["confidentiality"].quiet
        assert _timeline(bench, "person-one") == {concern.name}
        assert [one.confirms for one in events_of(bench, rules_events.ConcernAcknowledged)] == [True]


def test_evidence_that_comes_after_a_change_of_the_rulebook_is_heard(tmp_path: Path) -> None:
    with a_workbench(tmp_path) as bench:
        appoint(bench)
        until(lambda: answers(bench))
        draft = bench.submit(changed("Another reason"))
        bench.approve(draft.name)
        bench.activate(draft.name)
        fact = a_fact("sg-one", "one")
        bench.others["evidence"].publish("sg-one", evidence_events.EvidenceItemRecorded(fact=fact))
        concern = until(lambda: concerns_of(bench).get("confidentiality"))
        assert concern is not None
        assert not concern.quiet


def _timeline(bench: Workbench, person: str) -> set[str]:
    """Return the names of the matters in the timeline, as a person reads it."""
    asked = timeline_pb2.ListTimelineEntriesRequest(parent="safeguarders/sg-one", kind="matter")
    return {entry.name for entry in bench.timeline.ListTimelineEntries(asked, **bench.as_(person)).entries}


def _facts_evaluated(bench: Workbench) -> int:
    database = Database(bench.settings.database_url)
    with database.read() as connection:
        (number,) = execute(connection, "SELECT COUNT(*) FROM fact WHERE evaluated").fetchone()
    database.close()
    return int(number)
