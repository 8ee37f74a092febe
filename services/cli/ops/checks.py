"""What `psmf ops doctor` looks for in what the services say of themselves, and the runbook for each finding."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

CLOCKS_APART_SECONDS = 60.0
LONGEST_WAIT_SECONDS = {"rules": 60, "notifications": 900}
"""How long work may wait in a service, as the alert rules have it."""
SHOULD_BE_NONE = (
    ("rules", "disagreements", "evaluations held because the two engines differed", "PsmfEnginesDisagree"),
    ("rules", "engine_restarts", "children of the rules engine replaced after a failure", "PsmfEngineRestarts"),
    ("rules", "rulebook_faults", "faults in rule files: the rulebook before them is in force", "PsmfRulebookRefused"),
    ("notifications", "notifications_failed", "messages given up: somebody was not told", "PsmfNotificationsFailed"),
)
"""Figures, what a number above 0 means, and the alert about it."""
WHY_NOT_CONNECTED = {
    "no_answer": "nobody answers where Kafka should be",
    "files_unreadable": "the files of its certificate cannot be read",
    "files_unusable": "the files of its certificate are damaged, or do not belong together",
    "broker_not_trusted": "Kafka's certificate is not signed by the authority it trusts, has run out or is another's",
    "certificate_refused": "Kafka refused this service's certificate",
    "tls_expected": "Kafka speaks TLS there and the service does not",
    "tls_not_expected": "the service speaks TLS and Kafka does not there",
    "not_allowed": "Kafka lets it in and allows it too little",
    "topic_not_seen": "the topic is not there, or it may not see it",
}
"""Words of SourceStatus.fault, and what they mean."""


class Finding(NamedTuple):
    """Something wrong: where, what, and the alert whose runbook helps."""

    service: str
    what: str
    runbook: str


def examine(
    found: Mapping[str, Any], again: Mapping[str, Any], silent: Sequence[str], ready: Mapping[str, bool]
) -> list[Finding]:
    """Everything wrong in what the services said, asked twice in a row."""
    findings = [Finding(service, "does not answer", "PsmfMetricsMissing") for service in silent]
    for service, status in found.items():
        if not ready[service]:
            findings.append(Finding(service, "is not ready", "PsmfMetricsMissing"))
        findings += _itself(service, status)
        findings += _reading(service, status, found, again.get(service, status))
    findings += _figures(found)
    findings += _versions(found)
    if {"evidence", "rules"} <= found.keys():
        # Seen twice, because what moves on while it is asked about looks like a gap.
        still = set(missing(again)) if {"evidence", "rules"} <= again.keys() else set()
        findings += [Finding("rules", where, "PsmfLedgerUnbalanced") for where in missing(found) if where in still]
    return findings


def missing(found: Mapping[str, Any]) -> list[str]:
    """Where facts are that the ledger does not account for; empty when it accounts for all."""
    from services.client.ledger import unread_events

    evidence, rules = found["evidence"], found["rules"]
    held = rules.figures["facts_received"] + rules.figures["facts_dead"]
    lost = evidence.figures["facts_accepted"] - held - unread_events(found)
    if lost > 0:
        read = next(source.position for source in rules.sources if source.source == "evidence")
        return [
            f"{lost:,} facts were lost between evidence and rules, which read past them, to event {read:,}, and "
            "neither keeps them nor set them aside. Was a database restored alone?"
        ]
    more = held - evidence.figures["facts_accepted"]
    if more > 0:
        return [f"rules holds {more:,} facts that evidence does not know. Was evidence's database restored alone?"]
    return []


def runbooks() -> dict[str, Path]:
    """The runbooks by alert: beside this file where psmf is installed, else in the repository."""
    here = Path(__file__).parent
    folder = here / "runbooks" if (here / "runbooks").is_dir() else here.parents[2] / "docs" / "runbooks"
    return {file.stem: file for file in folder.glob("Psmf*.md")}


def _itself(service: str, status: Any) -> Iterator[Finding]:
    if status.dead:
        yield Finding(service, f"{status.dead:,} events set aside", "PsmfDeadLetters")
    apart = abs((status.time.ToDatetime(tzinfo=UTC) - datetime.now(UTC)).total_seconds())
    if apart > CLOCKS_APART_SECONDS:
        yield Finding(service, f"its clock and this one are {apart:,.0f} s apart", "PsmfMetricsMissing")
    waited, most = status.figures["oldest_wait_seconds"], LONGEST_WAIT_SECONDS.get(service)
    if most is not None and waited > most:
        runbook = "PsmfNotificationsWaiting" if service == "notifications" else "PsmfEvaluationsWaiting"
        yield Finding(service, f"work has waited for {waited:,} s, more than {most:,}", runbook)


def _reading(service: str, status: Any, found: Mapping[str, Any], later: Any) -> Iterator[Finding]:
    """What it reads: a source not connected, or events that wait while it stands still."""
    moved = {source.source: source.position for source in later.sources}
    for source in status.sources:
        owner = found.get(source.source)
        behind = owner.outbox_position - source.position if owner is not None else 0
        if not source.connected:
            reason = f": {WHY_NOT_CONNECTED.get(source.fault, source.fault)}" if source.fault else ""
            yield Finding(service, f"is not connected to {source.source}{reason}", "PsmfSourceAway")
        elif behind > 0 and moved.get(source.source) == source.position:
            yield Finding(service, f"stands still, {behind:,} events of {source.source} behind", "PsmfUnprocessedOld")


def _figures(found: Mapping[str, Any]) -> Iterator[Finding]:
    for service, name, what, runbook in SHOULD_BE_NONE:
        count = found[service].figures[name] if service in found else 0
        if count:
            yield Finding(service, f"{count:,} {what}", runbook)
    if "rules" in found and not found["rules"].facts["rulebook"]:
        yield Finding("rules", "works with no rulebook", "PsmfRulebookRefused")


def _versions(found: Mapping[str, Any]) -> Iterator[Finding]:
    ours = version("psmf")
    for service, status in found.items():
        if status.version != ours:
            yield Finding(service, f"is version {status.version}; this psmf is {ours}", "PsmfVersionsDiffer")
