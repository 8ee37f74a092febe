"""`psmf ops` finds nothing in a healthy suite. In an unhealthy one it finds each fault and names the runbook."""

from collections.abc import Callable
from typing import Any

import pytest
from psmf.platform.v1 import status_pb2

from services.build import build_version
from services.cli.ops.checks import examine, missing, runbooks
from services.client.addresses import SERVICES
from services.client.ledger import ledger
from services.platform.clock import SystemClock
from tests.suite import PSMF, environment, run_psmf
from tests.telemetry.conftest import Observed, ask
from tests.waiting import run_to_end

READS = {"evidence": ("rules",), "rules": ("evidence",), "scheduling": ("rules",), "notifications": ("rules",)}
Found = dict[str, status_pb2.Status]


def healthy() -> Found:
    """Return healthy services: 10 events, 8 of them facts, all evaluated."""
    found = {}
    for service in SERVICES:
        status = status_pb2.Status(service=service, version=build_version(), outbox_position=10)
        status.time.FromDatetime(SystemClock().now())
        for source in READS[service]:
            status.sources.add(source=source, position=10, head_position=10, connected=True)
        found[service] = status
    found["evidence"].figures["facts_accepted"] = 8
    found["rules"].figures.update({"facts_received": 8, "facts_evaluated": 8})
    found["rules"].facts["rulebook"] = "a" * 64
    return found


def findings_of(found: Found, silent: tuple[str, ...] = (), unready: str = "") -> list[tuple[str, str]]:
    ready = {service: service != unready for service in found}
    return [(finding.service, finding.runbook) for finding in examine(found, found, silent, ready)]


def figure(service: str, name: str, value: int) -> Callable[[Found], None]:
    def change(found: Found) -> None:
        found[service].figures[name] = value

    return change


def source(service: str, **values: Any) -> Callable[[Found], None]:
    def change(found: Found) -> None:
        found[service].sources[0].MergeFrom(status_pb2.SourceStatus(**values))
        found[service].sources[0].connected = values.get("connected", True)

    return change


def field(service: str, name: str, value: Any) -> Callable[[Found], None]:
    return lambda found: setattr(found[service], name, value)


def fact(service: str, name: str, value: str) -> Callable[[Found], None]:
    def change(found: Found) -> None:
        found[service].facts[name] = value

    return change


def clock_set_back(found: Found) -> None:
    found["rules"].clock_step_time.CopyFrom(found["rules"].time)
    found["rules"].clock_step_seconds = -60


def _refused(status: Any, seconds: int) -> None:
    status.last_refusal = "storage_full"
    status.last_refusal_time.FromSeconds(status.time.seconds - seconds)


WRONG: dict[str, tuple[Callable[[Found], None], str, str]] = {
    "events set aside": (field("scheduling", "dead", 2), "scheduling", "PsmfDeadLetters"),
    "a database that refuses": (field("rules", "storage_fault", "storage_full"), "rules", "PsmfStorageRefuses"),
    "a refusal a minute ago": (lambda f: _refused(f["rules"], 60), "rules", "PsmfStorageRefuses"),
    "another version": (field("rules", "version", "0.0.9"), "rules", "PsmfVersionsDiffer"),
    "a clock that is off": (lambda f: f["rules"].time.FromSeconds(1), "rules", "PsmfMetricsMissing"),
    "a clock that was set": (clock_set_back, "rules", "PsmfClockStepped"),
    "a topic that lost events": (
        source("rules", gap_events=1200, gap_position=7, position=10), "rules", "PsmfLedgerUnbalanced",
    ),
    "events of a later release": (source("rules", unknown=1, position=10), "rules", "PsmfVersionsDiffer"),
    "a source away": (source("notifications", connected=False), "notifications", "PsmfSourceAway"),
    "a reader that stands still": (source("notifications", position=9), "notifications", "PsmfUnprocessedOld"),
    "engines that differ": (figure("rules", "disagreements", 1), "rules", "PsmfEnginesDisagree"),
    "people who are held": (figure("rules", "people_held", 1), "rules", "PsmfEvaluationsHeld"),
    "an engine that dies": (figure("rules", "engine_restarts", 1), "rules", "PsmfEngineRestarts"),
    "a broken rulebook": (figure("rules", "rulebook_faults", 1), "rules", "PsmfRulebookRefused"),
    "changed rules": (fact("rules", "rulebook_untrusted", "Activation 2"), "rules", "PsmfRulebookUntrusted"),
    "no rulebook": (lambda f: f["rules"].facts.clear(), "rules", "PsmfRulebookRefused"),
    "evaluations that wait": (figure("rules", "oldest_wait_seconds", 61), "rules", "PsmfEvaluationsWaiting"),
    "messages that wait": (
        figure("notifications", "oldest_wait_seconds", 901), "notifications", "PsmfNotificationsWaiting",
    ),
    "messages given up": (
        figure("notifications", "notifications_failed", 1), "notifications", "PsmfNotificationsFailed",
    ),
    "a fact that is lost": (figure("evidence", "facts_accepted", 9), "rules", "PsmfLedgerUnbalanced"),
    "a fact nobody accepted": (figure("evidence", "facts_accepted", 7), "rules", "PsmfLedgerUnbalanced"),
}  # fmt: skip


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    assert findings_of(healthy()) == []


@pytest.mark.parametrize("wrong", WRONG)
def test_the_doctor_finds(wrong: str) -> None:
    found = healthy()
    change, service, runbook = WRONG[wrong]
    change(found)
    assert (service, runbook) in findings_of(found)
    assert runbook in runbooks()


def test_the_doctor_says_since_when_events_are_missing_and_that_nothing_is_lost() -> None:
    """F6: how many, of whom, from which position on, and that they came otherwise. The runbook restores nothing."""
    found = healthy()
    source("rules", gap_events=1200, gap_position=7, position=10)(found)
    (finding,) = examine(found, found, (), dict.fromkeys(found, True))
    assert finding.what == (
        "1,200 events of evidence did not come by its topic, from position 7 on. They were read from evidence itself"
    )
    page = runbooks()[finding.runbook].read_text()
    assert page.index("psmf events republish") < page.index("restore all databases")


def test_the_doctor_finds_a_service_that_is_silent_or_not_ready() -> None:
    found = healthy()
    del found["notifications"]
    assert findings_of(found, ("notifications",)) == [("notifications", "PsmfMetricsMissing")]
    assert findings_of(healthy(), unready="evidence") == [("evidence", "PsmfMetricsMissing")]


def test_what_is_not_read_yet_waits_and_is_not_missing() -> None:
    found = healthy()
    found["evidence"].outbox_position = 13
    found["evidence"].figures["facts_accepted"] = 10
    assert ledger(found) == {"accepted": 10, "evaluated": 8, "waiting": 2, "dead": 0, "dropped": 0}
    assert missing(found) == []


def test_what_was_set_aside_is_accounted_for() -> None:
    found = healthy()
    found["rules"].figures.update({"facts_received": 7, "facts_evaluated": 7, "facts_dead": 1})
    assert ledger(found) == {"accepted": 8, "evaluated": 7, "waiting": 0, "dead": 1, "dropped": 0}
    assert missing(found) == []


@pytest.mark.journey
def test_a_healthy_suite_is_found_so(observed: Observed) -> None:
    answered = run_psmf(observed.folder, "ops", "doctor", "--as", "operator")
    assert (answered.returncode, answered.stderr) == (0, "")
    assert answered.stdout.startswith("No problem found: 4 services")
    counted = ask(observed.folder, "ops", "ledger", "--as", "operator")
    assert counted["balanced"]
    assert counted["accepted"] == counted["evaluated"] == 1
    assert counted["where"] == []


@pytest.mark.journey
def test_the_doctor_of_a_suite_with_a_silent_service_ends_with_1(observed: Observed) -> None:
    silent = environment(observed.folder) | {"PSMF_NOTIFICATIONS_ADDRESS": "127.0.0.1:1"}
    command = [PSMF, "ops", "doctor", "--as", "operator"]
    answered = run_to_end(command, env=silent)
    assert answered.returncode == 1
    assert "notifications  does not answer  psmf ops runbook PsmfMetricsMissing" in answered.stdout
