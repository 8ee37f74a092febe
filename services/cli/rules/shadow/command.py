"""The command `psmf rules shadow`."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields
from services.cli.failure import CHECK_FAILED
from services.cli.rules.shadow.comparing import Change, Difference, differences, raised
from services.cli.terminal import Terminal
from services.client.words import EVERYBODY, LANES, spaced

SHOWN_ROWS = 40
LABEL = 20


def compare_with_shadow(
    terminal: Terminal,
    address: Annotated[str, typer.Argument(help="The address of the shadow, for example 127.0.0.1:7301.")],
    evaluate: Annotated[
        bool, typer.Option("--evaluate", help="Compare nothing yet: have the shadow evaluate everybody.")
    ] = False,
) -> int:
    """Compare what a shadow on a candidate rulebook raises with what the service raises, person by person.

    psmf rules shadow 127.0.0.1:7301 --evaluate
    psmf rules shadow 127.0.0.1:7301
    psmf rules shadow 127.0.0.1:7301 --json
    """
    from psmf.platform.v1 import status_pb2_grpc
    from psmf.rules.v1 import rules_pb2 as pb
    from psmf.rules.v1 import rules_pb2_grpc

    from services.client.addresses import own_certificate
    from services.platform.calls.client import open_channel

    client = terminal.client
    if evaluate:
        with open_channel(address, own_certificate(), "rules") as channel:
            _evaluate(terminal, rules_pb2_grpc.ConcernServiceStub(channel))
        return 0
    asked = pb.ListConcernsRequest(parent=EVERYBODY, include_closed=True, page_size=500)
    with open_channel(address, own_certificate(), "rules") as channel:
        shadow = rules_pb2_grpc.ConcernServiceStub(channel)
        behind = list(_behind(terminal, status_pb2_grpc.StatusServiceStub(channel)))
        found = differences(
            raised(terminal.pages(client.concerns.ListConcerns, asked, "concerns")),
            raised(terminal.pages(shadow.ListConcerns, asked, "concerns")),
        )
    if terminal.as_json:
        terminal.data({"behind": behind, "differences": [_as_json(each) for each in found]})
    else:
        _show(terminal, found)
        for said in behind:
            terminal.say(f"Not comparable yet: {said}.")
    return CHECK_FAILED if behind else 0


def _evaluate(terminal: Terminal, shadow: Any) -> None:
    from psmf.rules.v1 import rules_pb2 as pb

    answer = terminal.call(shadow.EvaluateEveryone, pb.EvaluateEveryoneRequest(**change_fields(False)))
    if terminal.as_json:
        terminal.data(answer)
    else:
        terminal.text(f"{answer.waiting:,} people wait to be evaluated by the shadow.")


def _behind(terminal: Terminal, shadow: Any) -> Iterator[str]:
    """Yield what the shadow or the service has yet to do. Until then they differ by more than their rules."""
    from psmf.platform.v1 import status_pb2

    statuses = {
        "the service": terminal.call(terminal.client.status_of["rules"].GetStatus, status_pb2.GetStatusRequest()),
        "the shadow": terminal.call(shadow.GetStatus, status_pb2.GetStatusRequest()),
    }
    for name, status in statuses.items():
        if waiting := status.figures["people_waiting"]:
            yield f"{waiting:,} people wait to be evaluated by {name}"
        # A history is stored without an evaluation of each item. The next daily run evaluates it, or --evaluate.
        elif unknown := status.figures["facts_received"] - status.figures["facts_evaluated"]:
            yield f"{unknown:,} items have not been looked at by {name}"
    read, read_by_shadow = ({each.source: each.position for each in status.sources} for status in statuses.values())
    for source in read:
        if read[source] != (known := read_by_shadow.get(source, 0)):
            yield f"the service has read {read[source]:,} events of {source}, the shadow {known:,}"


def _show(terminal: Terminal, found: Sequence[Difference]) -> None:
    if not found:
        terminal.text("The shadow raises what the service raises.")
        return
    counts = Counter(each.change for each in found)
    for change in Change:
        terminal.text(f"  {spaced(change):{LABEL}}{counts[change]:,}")
    rows = [(*each.matter, spaced(each.change), _lane(each)) for each in found[:SHOWN_ROWS]]
    terminal.text("")
    terminal.columns(("Safeguarder", "Rule", "About", "Change", "What for"), rows)
    if len(found) > SHOWN_ROWS:
        terminal.say(f"{len(found) - SHOWN_ROWS} more: --json shows all.")


def _lane(found: Difference) -> str:
    before, after = LANES.get(found.before, ""), LANES.get(found.after, "")
    return f"{before or '-'} → {after or '-'}"


def _as_json(found: Difference) -> dict[str, str]:
    return {
        "change": str(found.change),
        **found.matter._asdict(),
        "before_lane": found.before,
        "after_lane": found.after,
    }
