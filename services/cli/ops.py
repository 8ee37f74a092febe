"""`psmf ops`: the state of the services, without personal data."""

from collections.abc import Mapping
from typing import Any

from services.cli.command import command, group
from services.cli.failure import CHECK_FAILED, LATER
from services.cli.terminal import Terminal

app = group("ops")


@command(app, "status")
def status(terminal: Terminal) -> int:
    """Say how each service is, and whether everything accepted is accounted for.

    psmf ops status --json
    """
    found, silent = _ask(terminal)
    from services.demo.outcome import engines, ledger

    complete = {"evidence", "rules"} <= found.keys()
    counted = ledger(found) if complete else {}
    balanced = bool(counted) and counted["accepted"] == sum(counted[part] for part in ("evaluated", "waiting", "dead"))
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


def _ask(terminal: Terminal) -> tuple[dict[str, Any], list[str]]:
    import grpc

    from services.demo.issuer import SERVICES

    found, silent = {}, []
    for service in SERVICES:
        try:
            found[service] = terminal.client.status(terminal.person, service)
        except grpc.RpcError as error:
            if error.code() not in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED):
                raise
            silent.append(service)
    return found, silent


def _print(terminal: Terminal, found: Mapping[str, Any], silent: list[str]) -> None:
    rows = [
        (
            service,
            "ready",
            f"{message.outbox_position:,} events",
            "; ".join(_reading(source, found) for source in message.sources) or "-",
            f"{message.dead} dead",
            ", ".join(f"{name} {value:,}" for name, value in sorted(message.figures.items()) if value),
        )
        for service, message in found.items()
    ]
    rows += [(service, "does not answer", "-", "-", "-", "-") for service in silent]
    terminal.columns(("Service", "State", "Published", "Reads", "Set aside", "Figures"), rows)


def _reading(source: Any, found: Mapping[str, Any]) -> str:
    owner = found.get(source.source)
    head = owner.outbox_position if owner is not None else source.head_position
    behind = max(head - source.position, 0)
    state = "up to date" if not behind else f"{behind:,} behind"
    return f"{source.source} {state}" if source.connected else f"{source.source} {state}, not connected"


def _ledger_line(counted: Mapping[str, int], balanced: bool) -> str:
    sums = " + ".join(f"{counted[part]:,} {part}" for part in ("evaluated", "dead", "waiting"))
    return f"ledger: {counted['accepted']:,} accepted = {sums}  {'balanced' if balanced else 'NOT BALANCED'}"
