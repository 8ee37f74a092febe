"""`psmf ops`: the state of the services, without personal data."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from services.cli.command import command, group
from services.cli.failure import CHECK_FAILED, LATER, CommandError
from services.cli.ops.backup import backup, restore
from services.cli.ops.trace import trace
from services.cli.terminal import Terminal

if TYPE_CHECKING:
    from services.client.ledger import Reading

app = group("ops")
command(app, "backup")(backup)
command(app, "restore")(restore)
command(app, "trace")(trace)
PARTS = ("evaluated", "dead", "dropped", "waiting")
ALWAYS_SHOWN = ("evaluated", "dead", "waiting")
LOOKS = 3
"""Attempts before the ledger is called unbalanced, because events that move between two answers look like a gap."""


@command(app, "status")
def status(terminal: Terminal) -> int:
    """Show the state of each service, and whether every accepted fact is accounted for.

    psmf ops status --json
    """
    found, silent = _ask(terminal)
    from services.client.ledger import engines

    complete = _has_ledger(found)
    account = _account(terminal, found) if complete else Account({}, [], [])
    counted, balanced = account.counted, complete and account.balanced
    if terminal.as_json:
        from services.cli.terminal import plain

        services = {service: plain(message) for service, message in found.items()}
        rules = engines(found["rules"]) if complete else {}
        terminal.data(
            {"services": services, "not_answering": silent, "ledger": counted, "balanced": balanced, "engines": rules}
        )
    else:
        _print(terminal, found, silent)
        if complete:
            terminal.text(_ledger_line(counted, balanced))
    if silent:
        return LATER
    return 0 if balanced else CHECK_FAILED


@command(app, "doctor")
def doctor(terminal: Terminal) -> int:
    """Look for problems in each service and name the runbook that helps. Exit code 1 if there is one.

    psmf ops doctor --as operator
    """
    from services.cli.ops.checks import examine
    from services.client.ledger import readings

    found, silent = _ask(terminal)
    again, _ = _ask(terminal)
    ready = {service: _is_ready(terminal, service) for service in found}
    findings = examine(found, again, silent, ready, readings(terminal.client, terminal.person, again))
    if terminal.as_json:
        terminal.data({"findings": [finding._asdict() for finding in findings], "not_answering": silent})
    elif findings:
        rows = [(finding.service, finding.what, f"psmf ops runbook {finding.runbook}") for finding in findings]
        terminal.columns(("Service", "Found", "What to do"), rows)
    else:
        terminal.text(f"No problem found: {len(found)} services answer, are ready, and account for everything.")
    return CHECK_FAILED if findings else 0


@command(app, "ledger")
def show_ledger(terminal: Terminal) -> int:
    """Account for every fact that evidence accepted. If one is missing, say where it was lost.

    psmf ops ledger --json
    """
    for _ in range(LOOKS):
        found, silent = _ask(terminal)
        if not _has_ledger(found):
            message = f"The ledger needs evidence and rules. Not answering: {', '.join(silent)}"
            raise CommandError("UNAVAILABLE", message)
        account = _account(terminal, found)
        if account.balanced:
            break
    if terminal.as_json:
        more = {"balanced": account.balanced, "where": account.where, "still_reading": account.still_reading}
        terminal.data({**account.counted, **more})
    else:
        lines = [_ledger_line(account.counted, account.balanced), *account.where, *account.still_reading]
        terminal.text("\n".join(lines))
    return 0 if account.balanced else CHECK_FAILED


@command(app, "runbook")
def runbook(
    terminal: Terminal,
    alert: Annotated[str, typer.Argument(help="The alert, for example PsmfDeadLetters. Default: list all.")] = "",
) -> None:
    """Print the runbook of an alert: what to do about it. Without an alert, list all runbooks.

    psmf ops runbook PsmfDeadLetters
    """
    from services.cli.ops.checks import runbooks

    known = runbooks()
    if not alert:
        if terminal.as_json:
            terminal.data({"items": sorted(known)})
        else:
            terminal.text("\n".join(sorted(known)))
        return
    if alert not in known:
        from services.refusals import did_you_mean

        hint = did_you_mean(alert, known, most=3, cutoff=0.3)
        raise CommandError("NOT_FOUND", f"There is no runbook {alert!r}.{hint} See: psmf ops runbook")
    text = known[alert].read_text()
    if terminal.as_json:
        terminal.data({"alert": alert, "text": text})
    else:
        terminal.text(text.rstrip())


class Account(NamedTuple):
    """What has become of every fact and event: the numbers, the differences, and who is still reading."""

    counted: Mapping[str, int]
    where: Sequence[str]
    still_reading: Sequence[str]

    @property
    def balanced(self) -> bool:
        """Return whether every accepted fact is accounted for: the numbers agree, and they count the same facts."""
        return self.counted["accepted"] == sum(self.counted[part] for part in PARTS) and not self.where


def account_of(found: Mapping[str, Any], readings: "Sequence[Reading]") -> Account:
    """Return the account of services that have answered, evidence and rules among them."""
    from services.cli.ops.checks import differences, missing, still_reading
    from services.client.ledger import ledger

    other = [what for _, what in differences(readings)]
    return Account(ledger(found), [*missing(found), *other], still_reading(readings))


def _account(terminal: Terminal, found: Mapping[str, Any]) -> Account:
    from services.client.ledger import readings

    return account_of(found, readings(terminal.client, terminal.person, found))


def _has_ledger(found: Mapping[str, Any]) -> bool:
    return {"evidence", "rules"} <= found.keys()


def _ask(terminal: Terminal) -> tuple[dict[str, Any], list[str]]:
    from services.client.addresses import SERVICES

    # Evidence last: rules cannot then have read a fact that the answer of evidence does not count.
    client = terminal.client
    found, silent = client.ask_each(reversed(SERVICES), lambda service: client.status(terminal.person, service))
    return {service: found[service] for service in SERVICES if service in found}, silent[::-1]


def _is_ready(terminal: Terminal, service: str) -> bool:
    import grpc
    from grpc_health.v1 import health_pb2, health_pb2_grpc

    health: Any = health_pb2_grpc.HealthStub(terminal.client.channel(service))
    try:
        answer = health.Check(health_pb2.HealthCheckRequest(service="ready"), timeout=5)
    except grpc.RpcError:
        return False
    return bool(answer.status == health_pb2.HealthCheckResponse.SERVING)


def _print(terminal: Terminal, found: Mapping[str, Any], silent: list[str]) -> None:
    rows = [
        (
            service,
            _state(message),
            f"{message.outbox_position:,} events",
            "; ".join(_reading(source, found) for source in message.sources) or "-",
            f"{message.dead} dead",
            ", ".join(f"{name} {value:,}" for name, value in sorted(message.figures.items()) if value),
        )
        for service, message in found.items()
    ]
    rows += [(service, "does not answer", "-", "-", "-", "-") for service in silent]
    terminal.columns(("Service", "State", "Published", "Reads", "Dead letters", "Figures"), rows)


def _state(message: Any) -> str:
    if message.storage_fault:
        return f"refuses commands: {message.storage_fault}"
    if untrusted := message.facts["rulebook_untrusted"]:
        return untrusted if message.facts["rulebook"] else f"has no rules in force: {untrusted}"
    return "ready"


def _reading(source: Any, found: Mapping[str, Any]) -> str:
    owner = found.get(source.source)
    head = owner.outbox_position if owner is not None else source.head_position
    behind = max(head - source.position, 0)
    state = "up to date" if not behind else f"{behind:,} behind"
    return f"{source.source} {state}" if source.connected else f"{source.source} {state}, not connected"


def _ledger_line(counted: Mapping[str, int], balanced: bool) -> str:
    parts = [part for part in PARTS if counted[part] or part in ALWAYS_SHOWN]
    sums = " + ".join(f"{counted[part]:,} {part}" for part in parts)
    return f"ledger: {counted['accepted']:,} accepted = {sums}  {'balanced' if balanced else 'NOT BALANCED'}"
