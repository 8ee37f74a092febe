"""Overrides in the service: they block a rule while they hold, and the next evaluation after their end raises it."""

from datetime import timedelta
from functools import partial
from typing import Any

import grpc
import orjson
from psmf.rules.v1 import overrides_pb2 as pb
from psmf.rules.v1 import overrides_pb2_grpc, rules_pb2

from services.platform.calls.wire import to_date
from services.platform.clock import SystemClock
from services.platform.storage.database import execute
from services.rules.adapters.rule_files.folder import load_rulebook
from services.rules.adapters.store.overrides import SqlOverrides
from services.rules.domain.concerns.overrides import Override
from services.rules.domain.evidence.timeline import start_of
from services.rules.domain.facts import ConcernKey, OverrideFact
from services.rules.domain.forecasts.plan import Span
from services.rules.simulations.replay import ReplayOutcome, replay
from tests.answers import refused
from tests.builders import a_request_id
from tests.rules.builders import PERSON, TODAY
from tests.rules.conftest import Rules
from tests.rules.forecasts.test_forecasts import SPAN, Live, live, of_evidence
from tests.rules.forecasts.test_simulations import a_late_report
from tests.rules.records import kept_records
from tests.waiting import until

__all__ = ["live"]
LATE = ("report-late", "")


def an_override(since: int, until_day: int) -> Override:
    """An override that began and ends so many days before today."""
    first, last = TODAY - timedelta(days=since), TODAY - timedelta(days=until_day)
    aside = OverrideFact("override-1", ConcernKey(*LATE), first, last, start_of(first).known_at)
    return Override(PERSON.safeguarder_id, aside, "SCRA's dates were wrong", "senior")


def test_it_is_raised_by_the_run_of_the_day_after_and_each_decision_replays(live: Live) -> None:
    live.database.write(lambda tx: SqlOverrides(tx).add(an_override(40, 10)))
    live.goes_through(of_evidence(), SPAN)
    assert live.raised()[LATE] == TODAY - timedelta(days=9)
    rulebook = load_rulebook(live.folder)
    with live.database.read() as connection:
        records = kept_records(connection)
    held = 0
    for record in records:
        said = orjson.loads(record.whole) | {"as_of": orjson.loads(record.content)["as_of"]}
        answers = {(a["rule"], a.get("subject", "")): a["answer"] for a in said["answers"]}
        held += answers[LATE] == "held_back"
        assert ("set_aside" in said) is (said["as_of"] <= (TODAY - timedelta(days=10)).isoformat())
        assert answers[LATE] != "raised" or "set_aside" not in said
        by_hash = {rulebook.content_hash: rulebook}
        found = replay(record.content, record.sha256, by_hash.get, live.engine, record.whole)
        assert found.outcome is ReplayOutcome.IDENTICAL
    assert held > 5


def test_an_open_concern_stays_as_it_is_meanwhile(live: Live) -> None:
    """Evidence during the override: the third late report on its second day, and one item of three withdrawn."""
    first = start_of(TODAY - timedelta(days=19))
    earlier = tuple(fact for fact in of_evidence() if fact.recorded_at < first.known_at)
    later = tuple(fact for fact in of_evidence() if fact not in earlier)
    live.goes_through(earlier, Span(SPAN.since, TODAY - timedelta(days=20)))
    assert LATE in live.raised()
    live.database.write(lambda tx: SqlOverrides(tx).add(an_override(19, 0)))
    live.goes_through(later, Span(TODAY - timedelta(days=19), TODAY))
    assert LATE not in live.silent()
    with live.database.read() as connection:
        (version,) = execute(connection, "SELECT version FROM concern WHERE rule = 'report-late'").fetchone()
    assert version == 1


class OverrideCalls:
    """Overrides of one person over gRPC."""

    def __init__(self, rules: Rules, person: str) -> None:
        self.stub = overrides_pb2_grpc.RuleOverrideServiceStub(rules.channel)
        self.rules, self.person = rules, person

    def make(self, by: str = "senior-manager", days: int = 30, **changes: Any) -> pb.RuleOverride:
        fields: dict[str, Any] = {
            "parent": f"safeguarders/{self.person}",
            "rule": "report-late",
            "end_date": to_date(SystemClock().today() + timedelta(days=days)),
            "reason": "SCRA's dates were wrong",
        } | changes
        made: pb.RuleOverride = self.stub.CreateRuleOverride(
            pb.CreateRuleOverrideRequest(**fields), **self.rules.as_(by)
        )
        return made

    def listed(self, by: str = "manager-one", **changes: Any) -> list[pb.RuleOverride]:
        request = pb.ListRuleOverridesRequest(parent=f"safeguarders/{self.person}", **changes)
        return list(self.stub.ListRuleOverrides(request, **self.rules.as_(by)).rule_overrides)

    def said(self) -> Any:
        """What the rule answers about the person now, with why; None until the evidence has arrived."""
        request = rules_pb2.EvaluateSafeguarderRequest(name=f"safeguarders/{self.person}")
        try:
            answers = self.rules.concerns.EvaluateSafeguarder(request, **self.rules.as_("panel-team")).answers
        except grpc.RpcError:
            return None
        return next((answer for answer in answers if answer.rule == "report-late"), None)

    def late(self) -> None:
        self.rules.record(self.person, *(a_late_report(self.person, f"late-{n}", 40 - n) for n in range(2)))


def test_it_is_made_read_held_and_ended_early(rules: Rules) -> None:
    calls = OverrideCalls(rules, "sg-aside")
    rules.appoint("sg-aside", days=300)
    until(calls.said)
    tried = calls.make(validate_only=True)
    assert not calls.listed()
    request_id = a_request_id()
    made = calls.make(request_id=request_id, days=10)
    assert calls.make(request_id=request_id, days=10) == made != tried
    assert (made.author, made.ends_soon) == ("senior-manager", True)
    calls.late()
    until(lambda: calls.said().answer == rules_pb2.ANSWER_HELD_BACK)
    override_id = made.name.rpartition("/")[2]
    assert f"(override {override_id})" in calls.said().explanation.because
    assert calls.listed() == [made]
    assert made in calls.listed("panel-team")
    assert not any(concern.rule == "report-late" for concern in rules.open_concerns("sg-aside"))
    ended = calls.stub.EndRuleOverride(pb.EndRuleOverrideRequest(name=made.name), **rules.as_("panel-team"))
    assert ended.ended_by == "panel-team"
    assert rules.raised("sg-aside", "report-late")
    assert not calls.listed()
    assert [one.name for one in calls.listed(include_ended=True)] == [made.name]


def test_what_may_not_be_is_refused_and_leaves_nothing(rules: Rules) -> None:
    calls = OverrideCalls(rules, "sg-refused")
    rules.appoint("sg-refused", days=300)
    until(calls.said)
    cases: dict[str, tuple[str, str, dict[str, Any]]] = {
        "safety": ("FAILED_PRECONDITION", "SAFETY_NOT_SET_ASIDE", {"rule": "confidentiality"}),
        "too long": ("INVALID_ARGUMENT", "END_DATE_OUT_OF_RANGE", {"days": 91}),
        "unknown person": ("NOT_FOUND", "SAFEGUARDER_NOT_FOUND", {"parent": "safeguarders/sg-nobody"}),
        "a support manager": ("PERMISSION_DENIED", "", {"by": "manager-one"}),
    }
    for what, (code, reason, changes) in cases.items():
        answer = refused(partial(calls.make, **changes))
        assert answer.code == code, what
        assert not reason or answer.reason == reason, what
    answer = refused(lambda: calls.make(reason=" "))
    assert answer.code == "INVALID_ARGUMENT"
    assert not calls.listed("panel-team", include_ended=True)
    gone = pb.EndRuleOverrideRequest(name="safeguarders/sg-refused/ruleOverrides/none")
    answer = refused(lambda: calls.stub.EndRuleOverride(gone, **rules.as_("panel-team")))
    assert (answer.code, answer.reason) == ("NOT_FOUND", "OVERRIDE_NOT_FOUND")


def test_everybodys_are_listed_page_by_page_what_ends_first_at_the_top(rules: Rules) -> None:
    people = ["sg-page-1", "sg-page-2", "sg-page-3"]
    for days, person in zip((60, 20, 40), people, strict=True):
        rules.appoint(person, days=300)
        calls = OverrideCalls(rules, person)
        until(calls.said)
        calls.make(days=days)
    stub, token = overrides_pb2_grpc.RuleOverrideServiceStub(rules.channel), ""
    found: list[str] = []
    while token or not found:
        request = pb.ListRuleOverridesRequest(parent="safeguarders/-", page_size=1, page_token=token)
        page = stub.ListRuleOverrides(request, **rules.as_("panel-team"))
        found += [one.name.split("/")[1] for one in page.rule_overrides]
        token = page.next_page_token
    assert [person for person in found if person in people] == ["sg-page-2", "sg-page-3", "sg-page-1"]
