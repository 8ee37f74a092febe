"""The checks of `psmf ops doctor` on the status of each service, with the runbook for each finding."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from services.build import build_version

if TYPE_CHECKING:
    from services.client.ledger import Reading

CLOCKS_APART_SECONDS = 60.0
"""Longer than an answer may take, so that a slow answer is not mistaken for a wrong clock."""
STEP_SHOWN_SECONDS = 24 * 3600.0
"""How long a step of a clock is shown: until somebody on any shift has seen it."""
LONGEST_WAIT_SECONDS = {"rules": 60, "notifications": 900}
"""Seconds that work may wait in a service, the same as in the alert rules."""
SHOULD_BE_NONE = (
    ("rules", "disagreements", "evaluations deferred because the two engines disagreed", "PsmfEnginesDisagree"),
    ("rules", "engine_restarts", "child processes of the rules engine replaced after a failure", "PsmfEngineRestarts"),
    ("rules", "people_held", "people not evaluated: their last evaluation failed", "PsmfEvaluationsHeld"),
    ("rules", "rulebook_faults", "faults in rule files: the previous rulebook stays in force", "PsmfRulebookRefused"),
    ("notifications", "notifications_failed", "messages given up: a person was not told", "PsmfNotificationsFailed"),
)
"""Service and figure, what a number above 0 means, and the alert about it."""
WHY_NOT_CONNECTED = {
    "no_answer": "nothing answers at Kafka's address",
    "files_unreadable": "the files of its certificate cannot be read",
    "files_unusable": "the files of its certificate are damaged or do not match",
    "broker_not_trusted": "Kafka's certificate has expired, names another host or comes from an unknown authority",
    "certificate_refused": "Kafka refused this service's certificate",
    "tls_expected": "Kafka expects TLS there and the service does not use it",
    "tls_not_expected": "the service uses TLS and Kafka does not expect it there",
    "not_allowed": "Kafka accepts it but does not allow what it needs",
    "topic_not_seen": "the topic does not exist, or the service may not see it",
    "source_restored": "its database is not the one that was read. Reading has stopped until you decide",
    "another_source": "another service answers at its address. Reading has stopped until the address is put right",
    "sequence_conflict": "it sent another event under a number used before. Reading has stopped until you decide",
    "too_many_set_aside": "too many of its events could not be applied. Reading has stopped until the service restarts",
}
"""Words of SourceStatus.fault and their meaning."""
WHAT_IT_MAY_BE = "Was one database restored without the others?"
KEYS_NAMED = 3
"""Keys that a difference names. The others are counted."""
RECENT_SECONDS = 900
"""Time for which a refusal is still named after a commit: on a full disk small commits go on for a while."""
WHY_NOT_WRITTEN = {
    "storage_full": "the disk of its database is full",
    "database_unavailable": "its database cannot be written: the file or the server is gone, locked or unreadable",
    "damaged": "a part of its database is damaged",
}
"""Words of Status.storage_fault and their meaning."""


class Finding(NamedTuple):
    """A problem: the service, what is wrong, and the alert whose runbook helps."""

    service: str
    what: str
    runbook: str


def examine(
    found: Mapping[str, Any],
    again: Mapping[str, Any],
    silent: Sequence[str],
    ready: Mapping[str, bool],
    readings: "Sequence[Reading]" = (),
) -> list[Finding]:
    """Return every problem in the status of the services.

    `found` and `again` are two rounds of status, `silent` the services that did not answer, `ready` their readiness.
    `readings`: what each has read of each, compared with what was published.
    """
    findings = [Finding(service, "does not answer", "PsmfMetricsMissing") for service in silent]
    for service, status in found.items():
        if not ready[service]:
            findings.append(Finding(service, "is not ready", "PsmfMetricsMissing"))
        findings += _itself(service, status)
        findings += _reading(service, status, found, again.get(service, status))
    findings += [Finding(reader, what, "PsmfLedgerUnbalanced") for reader, what in differences(readings)]
    findings += _figures(found)
    findings += _versions(found)
    if {"evidence", "rules"} <= found.keys():
        # Only a gap seen twice counts: events that move between two answers look like a gap.
        still = set(missing(again)) if {"evidence", "rules"} <= again.keys() else set()
        findings += [Finding("rules", where, "PsmfLedgerUnbalanced") for where in missing(found) if where in still]
    return findings


def missing(found: Mapping[str, Any]) -> list[str]:
    """Return where facts are missing from the ledger, in words; nothing if it accounts for all of them."""
    from services.client.ledger import facts_held, unread_events

    evidence, rules = found["evidence"], found["rules"]
    held = facts_held(rules)
    lost = evidence.figures["facts_accepted"] - held - unread_events(found)
    if lost > 0:
        read = next(source.position for source in rules.sources if source.source == "evidence")
        return [
            f"{lost:,} facts were lost between evidence and rules. Rules has read past them, to event {read:,}, but "
            "has neither stored nor dead-lettered them. Was one database restored without the others?"
        ]
    more = held - evidence.figures["facts_accepted"]
    if more > 0:
        return [f"rules holds {more:,} facts that evidence does not know. Was only evidence's database restored?"]
    return []


def differences(readings: "Sequence[Reading]") -> list[tuple[str, str]]:
    """Return readers, and in words where they have applied other events than their sources published."""
    found = []
    for reading in readings:
        if reading.differing:
            keys = ", ".join(reading.differing[:KEYS_NAMED])
            more = len(reading.differing) - KEYS_NAMED
            others = f" and {more:,} others" if more > 0 else ""
            what = f"{reading.reader} has applied events that {reading.source} does not have, of {keys}{others}"
            found.append((reading.reader, f"{what}. {WHAT_IT_MAY_BE}"))
        if reading.lost:
            what = f"{reading.reader} lacks {reading.lost:,} events of {reading.source}, and has read past them"
            found.append((reading.reader, f"{what}. {WHAT_IT_MAY_BE}"))
    return found


def still_reading(readings: "Sequence[Reading]") -> list[str]:
    """Return in words which readers have events still to read, and why they read none now."""
    lines = []
    for reading in readings:
        if reading.behind:
            line = f"{reading.reader} is still reading {reading.source}: {reading.behind:,} behind"
            if reading.fault:
                line += f". Not connected: {WHY_NOT_CONNECTED.get(reading.fault, 'it does not answer')}"
            lines.append(line)
    return lines


def runbooks() -> dict[str, Path]:
    """Return the runbooks by alert: from beside this file in an installed psmf, otherwise from the repository."""
    here = Path(__file__).parent
    folder = here / "runbooks" if (here / "runbooks").is_dir() else here.parents[2] / "docs" / "runbooks"
    return {file.stem: file for file in folder.glob("Psmf*.md")}


def _itself(service: str, status: Any) -> Iterator[Finding]:
    if status.storage_fault:
        why = WHY_NOT_WRITTEN.get(status.storage_fault, status.storage_fault)
        yield Finding(service, f"refuses every command: {why}", "PsmfStorageRefuses")
    elif status.last_refusal:
        ago = status.time.seconds - status.last_refusal_time.seconds
        why = WHY_NOT_WRITTEN.get(status.last_refusal, status.last_refusal)
        if ago <= RECENT_SECONDS:
            yield Finding(service, f"refused commands {ago:,} s ago: {why}", "PsmfStorageRefuses")
    if status.dead:
        yield Finding(service, f"{status.dead:,} events are dead-lettered", "PsmfDeadLetters")
    yield from _clock(service, status)
    waited, most = status.figures["oldest_wait_seconds"], LONGEST_WAIT_SECONDS.get(service)
    if most is not None and waited > most:
        runbook = "PsmfNotificationsWaiting" if service == "notifications" else "PsmfEvaluationsWaiting"
        yield Finding(service, f"work has waited for {waited:,} s, more than {most:,}", runbook)


def _clock(service: str, status: Any) -> Iterator[Finding]:
    apart = abs((status.time.ToDatetime(tzinfo=UTC) - datetime.now(UTC)).total_seconds())
    if apart > CLOCKS_APART_SECONDS:
        yield Finding(service, f"its clock and this one are {apart:,.0f} s apart", "PsmfMetricsMissing")
    if status.HasField("clock_step_time"):
        at = status.clock_step_time.ToDatetime(tzinfo=UTC)
        if (status.time.ToDatetime(tzinfo=UTC) - at).total_seconds() < STEP_SHOWN_SECONDS:
            way = "forwards" if status.clock_step_seconds > 0 else "back"
            what = (
                f"its clock was set {way} by {abs(status.clock_step_seconds):,} s at {at:%H:%M:%S} UTC on {at:%d %B %Y}"
            )
            yield Finding(service, what, "PsmfClockStepped")


def _reading(service: str, status: Any, found: Mapping[str, Any], later: Any) -> Iterator[Finding]:
    """Yield the problems of what a service reads: no connection, or events that wait while it makes no progress."""
    moved = {source.source: source.position for source in later.sources}
    for source in status.sources:
        owner = found.get(source.source)
        behind = owner.outbox_position - source.position if owner is not None else 0
        if source.unknown:
            what = f"{source.unknown:,} events of {source.source} wait: only a later release knows their type"
            yield Finding(service, what, "PsmfVersionsDiffer")
        if source.gap_events:
            what = (
                f"{source.gap_events:,} events of {source.source} did not come by its topic, from position "
                f"{source.gap_position:,} on. They were read from {source.source} itself"
            )
            yield Finding(service, what, "PsmfLedgerUnbalanced")
        if not source.connected:
            reason = f": {WHY_NOT_CONNECTED.get(source.fault, source.fault)}" if source.fault else ""
            yield Finding(service, f"is not connected to {source.source}{reason}", "PsmfSourceAway")
        elif behind > 0 and moved.get(source.source) == source.position:
            yield Finding(
                service, f"makes no progress, {behind:,} events of {source.source} behind", "PsmfUnprocessedOld"
            )


def _figures(found: Mapping[str, Any]) -> Iterator[Finding]:
    for service, name, what, runbook in SHOULD_BE_NONE:
        count = found[service].figures[name] if service in found else 0
        if count:
            yield Finding(service, f"{count:,} {what}", runbook)
    if "rules" in found and (why := found["rules"].facts["rulebook_untrusted"]):
        yield Finding("rules", f"found stored rules that are not as they were signed: {why}", "PsmfRulebookUntrusted")
    elif "rules" in found and not found["rules"].facts["rulebook"]:
        yield Finding("rules", "has no rulebook", "PsmfRulebookRefused")


def _versions(found: Mapping[str, Any]) -> Iterator[Finding]:
    ours = build_version()
    for service, status in found.items():
        if status.version != ours:
            yield Finding(service, f"is version {status.version}; this psmf is {ours}", "PsmfVersionsDiffer")
