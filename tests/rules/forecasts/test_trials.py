"""Trial rules in the service, with the real worker, both engines and the store, and how a trial is read."""

import sys
from functools import partial
from pathlib import Path
from shutil import copytree

import pytest
from psmf.rules.v1 import rules_pb2, trials_pb2_grpc
from psmf.rules.v1 import trials_pb2 as pb

from services.platform.events.outbox import events_after
from services.rules.adapters.engine.process import EngineChild
from services.rules.adapters.rule_files.folder import SHIPPED, check_folder, load_rulebook
from services.rules.adapters.store.facts import SqlFacts
from services.rules.adapters.store.trials import SqlTrials
from services.rules.domain.facts import CaseFile
from services.rules.domain.forecasts.plan import Span
from services.rules.domain.forecasts.trials import Standing, terms_of
from services.rules.domain.forecasts.whatif import WhatIf
from services.rules.simulations.replay import ReplayOutcome, replay
from tests.answers import refused
from tests.rules.builders import PERSON, TODAY
from tests.rules.conftest import Rules, a_fact
from tests.rules.forecasts.test_forecasts import SPAN, Live, live, of_evidence
from tests.rules.records import kept_records
from tests.waiting import until

__all__ = ["live"]
TRIED = ("report-late", "same-theme-two-sources")
AS_THE_ENGINE = (
    "import sys, json\n"
    "from services.rules.adapters.engine.durable import Answering\n"
    "answering = Answering()\n"
    "for line in sys.stdin:\n"
    "    asked = json.loads(line)\n"
    "    found = answering.answer(asked)\n"
)
# Requests of one evaluation are numbered: the first is about the live rules, the second about those on trial.
CONTRARY = "    if asked['id'] > 1: found['answers'] = ['yy' * (len(text) // 2) for text in found['answers']]\n"
DEAD = "    if asked['id'] > 1: raise SystemExit\n"


def put_on_trial(folder: Path, rule_id: str) -> None:
    """Put the folder's rule on trial."""
    for file in (folder / "rules").glob("*.yaml"):
        before, rule, after = file.read_text().partition(f"rule: {rule_id}\n")
        file.write_text(before + rule + after.replace("status: live", "status: trial", 1) if rule else before)


def standings(live: Live, rule_id: str) -> list[Standing]:
    rulebook = load_rulebook(live.folder)
    with live.database.read() as connection:
        return list(SqlTrials(connection).of_rule(rule_id, terms_of(rulebook, rulebook.rule(rule_id))))


def test_a_rule_on_trial_needs_examples_on_both_sides_like_any_other(tmp_path: Path) -> None:
    folder = tmp_path / "rulebook"
    copytree(SHIPPED, folder)
    put_on_trial(folder, "report-late")
    assert not check_folder(folder, TODAY)
    file = folder / "rules" / "reports.yaml"
    before, rule, after = file.read_text().partition("- rule: report-late\n")
    own, following, others = after.partition("- rule: ")
    file.write_text(before + rule + own.replace("then: raised", "then: clear") + following + others)
    assert "EXAMPLES" in {fault.code for fault in check_folder(folder, TODAY)}


def test_a_trial_raises_on_the_days_a_what_if_foretells_and_nothing_else_comes_of_it(live: Live) -> None:
    for rule_id in TRIED:
        put_on_trial(live.folder, rule_id)
    evidence = of_evidence()
    live.goes_through(evidence, SPAN)
    outcome = WhatIf(load_rulebook(live.folder), load_rulebook(), SPAN, as_dated=True).person(
        CaseFile(PERSON, evidence)
    )
    # A what-if also names what rules that count these concerns would then raise: a trial leaves those as they are.
    foretold = {tuple(one.key): one.after[0].began_on for one in outcome.changed if one.key.rule_id in TRIED}
    found = [one for rule_id in TRIED for one in standings(live, rule_id)]
    assert {(one.rule_id, one.subject): one.raised_on for one in found if one.raised_on} == foretold
    assert {rule_id for rule_id, _ in foretold} == set(TRIED)
    raised = {rule_id for rule_id, _ in live.raised()}
    assert "confidentiality" in raised
    assert not raised & set(TRIED)
    with live.database.read() as connection:
        records = kept_records(connection)
        events = events_after(connection, 0, 500)
    assert len(events) >= len(raised)
    said = [*(record.whole for record in records), *(event.data for event in events)]
    assert not any(rule_id.encode() in part for rule_id in TRIED for part in said)


def test_what_was_decided_while_a_rule_is_on_trial_replays_byte_for_byte(live: Live) -> None:
    put_on_trial(live.folder, "report-late")
    live.goes_through(of_evidence(), Span(TODAY, TODAY))
    rulebook = load_rulebook(live.folder)
    with live.database.read() as connection:
        records = kept_records(connection)
    assert records
    for record in records:
        by_hash = {rulebook.content_hash: rulebook}
        found = replay(record.content, record.sha256, by_hash.get, live.engine, record.whole)
        assert found.outcome is ReplayOutcome.IDENTICAL


@pytest.mark.parametrize("fault", [CONTRARY, DEAD], ids=["disagrees", "dies"])
def test_whatever_becomes_of_a_trial_in_the_second_engine_holds_nobody(live: Live, fault: str) -> None:
    put_on_trial(live.folder, "report-late")
    answered = "    print(json.dumps(found), flush=True)\n"
    with EngineChild((sys.executable, "-c", AS_THE_ENGINE + fault + answered)) as engine:
        unwell = Live(live.database, live.folder, engine)
        safety = next(fact for fact in of_evidence() if fact.evidence_id == "safety")
        live.database.write(lambda tx: SqlFacts(tx).remember_fact(PERSON.safeguarder_id, safety, "evidence"))
        unwell.goes_through((), Span(TODAY, TODAY))
    assert ("confidentiality", "") in live.raised()
    assert not standings(live, "report-late")


def test_a_trial_is_read_in_counts_against_what_people_decided(rules: Rules) -> None:
    stub = trials_pb2_grpc.RuleTrialServiceStub(rules.channel)

    def report(rule: str = "") -> pb.ReportRuleTrialsResponse:
        request = pb.ReportRuleTrialsRequest(rule=rule)
        answer: pb.ReportRuleTrialsResponse = stub.ReportRuleTrials(request, **rules.as_("editor"))
        return answer

    assert not report().rule_trials
    put_on_trial(rules.folder, "confidentiality")
    rules.rulebook.ReloadRulebook(rules_pb2.ReloadRulebookRequest(), **rules.as_("editor"))
    for person in ("sg-tried", "sg-quiet"):
        rules.appoint(person)
    rules.record("sg-tried", a_fact("sg-tried", "one"))
    found = until(lambda: next((one for one in report().rule_trials if one.people_raised), None))
    assert found is not None
    (whole,) = report().rule_trials
    assert whole.rule == "confidentiality"
    assert whole.raised.matters == 1
    assert not any(concern.rule == "confidentiality" for concern in rules.open_concerns("sg-tried"))
    assert report("confidentiality") == report()


def test_a_rule_that_was_never_on_trial_has_no_report(rules: Rules) -> None:
    stub = trials_pb2_grpc.RuleTrialServiceStub(rules.channel)
    for rule, reason in (("report-late", "RULE_NOT_ON_TRIAL"), ("report-lat", "RULE_NOT_FOUND")):
        request = pb.ReportRuleTrialsRequest(rule=rule)
        answer = refused(partial(stub.ReportRuleTrials, request, **rules.as_("editor")))
        assert (answer.code, answer.reason) == ("NOT_FOUND", reason)
