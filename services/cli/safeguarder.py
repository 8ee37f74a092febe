"""`psmf safeguarder`: the register of Safeguarders."""

from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields, choose, text_or_file, typed_date
from services.cli.command import DryRun, PageSize, PageToken, PersonOrOneself, command, group
from services.cli.failure import CommandError
from services.cli.terminal import Terminal
from services.client.words import day_of, london_time, safeguarder_of, spaced, word_of

app = group("safeguarder")
OUTCOMES = ("recommend", "with_conditions", "do_not_recommend")
_RECOMMENDATION = Annotated[
    str, typer.Option(metavar="NAME", help="Full name of the recommendation, or of a concern with an older one.")
]
_ON = Annotated[
    str, typer.Option(metavar="DAY", help="First day of the term, last day as a member, or day of the decision.")
]
_HASH = Annotated[str, typer.Option(help="With a recommendation: the hash of the pack that both sides saw.")]
_DECIDED_AS = Annotated[
    str, typer.Option(help="If it differs, with --reasons: recommend, with-conditions or do-not-recommend.")
]
_REASONS = Annotated[
    str, typer.Option(metavar="WORDS", help="Why Ministers decided something else. @FILE reads a file.")
]
_RECOMMENDED_BY = Annotated[
    str, typer.Option(metavar="PERSON", help="Who recommended it, if no recommendation is named. Never you.")
]


@command(app, "list")
def list_safeguarders(
    terminal: Terminal,
    *,
    area: Annotated[str, typer.Option(help="Only people who serve this area, for example fife.")] = "",
    manager: Annotated[
        str, typer.Option(metavar="PERSON", help="Only people whom this support manager supports now.")
    ] = "",
    ends_before: Annotated[
        str, typer.Option(metavar="DAY", help="Only people whose last term ends before this day, and is not over.")
    ] = "",
    by_name: Annotated[bool, typer.Option("--by-name", help="In order of name.")] = False,
    page_size: PageSize = 100,
    page_token: PageToken = "",
) -> None:
    """List the register. Support managers see the people allocated to them.

    psmf safeguarder list --manager support-manager-east-1 --by-name
    """
    from psmf.evidence.v1 import safeguarder_pb2 as pb

    request = pb.ListSafeguardersRequest(
        page_size=page_size,
        page_token=page_token,
        area=area,
        support_manager=manager,
        term_ends_before_date=typed_date(ends_before, "--ends-before") if ends_before else None,
        by_name=by_name,
    )
    answer = terminal.call(terminal.client.safeguarders.ListSafeguarders, request)
    names = ("Safeguarder", "Name", "State", "Support manager", "Term ends", "Areas")
    terminal.listing(answer.safeguarders, answer.next_page_token, names, _row)


@command(app, "show")
def show_safeguarder(
    terminal: Terminal,
    safeguarder: PersonOrOneself = "-",
) -> None:
    """Show one person's entry with terms of appointment and support manager.

    psmf safeguarder show sg-1a2b3c4d
    """
    from psmf.evidence.v1 import safeguarder_pb2 as pb

    name = terminal.safeguarder(safeguarder)
    entry = terminal.call(terminal.client.safeguarders.GetSafeguarder, pb.GetSafeguarderRequest(name=name))
    if terminal.as_json:
        terminal.data(entry)
        return
    demo = "  Demo data: an invented person." if entry.demo else ""
    terminal.text(f"{entry.display_name} · {safeguarder_of(entry.name)} · {_standing(entry)}{demo}")
    if entry.HasField("open_until_time"):
        until = london_time(entry.open_until_time)
        terminal.text(f"You opened this file in an emergency. Until {until} you can read it and change nothing.")
    terminal.text(f"Panel number     {entry.panel_number or '-'}")
    terminal.text(f"Areas            {', '.join(entry.areas)}")
    terminal.text(f"Support manager  {_support_manager(terminal, name)}")
    for number, term in enumerate(entry.terms, 1):
        basis = f"{term.legal_basis.instrument} {term.legal_basis.provision}, {term.legal_basis.version}"
        days = f"{day_of(term, 'start_date')} to {day_of(term, 'end_date')}"
        terminal.text(f"Term {number}           {days}  ({basis})")
    terminal.following(f"psmf evidence list {safeguarder_of(entry.name)}", entry)


@command(app, "enter")
def enter_safeguarder(
    terminal: Terminal,
    name: Annotated[str, typer.Option(help="What the person is called.")],
    area: Annotated[list[str], typer.Option(help="An area that they serve, for example fife. Repeat it.")],
    as_id: Annotated[
        str, typer.Option("--id", help="An id of your own: 3 to 40 of a-z, 0-9 and hyphen, never a name.")
    ] = "",
    again: Annotated[bool, typer.Option("--again", help="Somebody else than the person with this name.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Enter an applicant in the register. Scottish Ministers appoint.

    psmf safeguarder enter --name "Demo Isla Example" --area fife --area edinburgh
    """
    from psmf.evidence.v1 import safeguarder_pb2 as pb

    request = pb.CreateSafeguarderRequest(
        safeguarder_id=as_id,
        safeguarder=pb.Safeguarder(display_name=name, areas=area),
        again=again,
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.safeguarders.CreateSafeguarder, request)
    said = f"{answer.display_name} is in the register as {safeguarder_of(answer.name) if answer.name else 'a new id'}."
    terminal.changed(answer, said, f"psmf safeguarder show {safeguarder_of(answer.name)}", dry_run=dry_run)


@command(app, "decide")
def record_decision(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Argument(help="The Safeguarder's name or id, for example sg-1a2b3c4d.")],
    kind: Annotated[str, typer.Argument(help="appointed, reappointed, continuing or ended.")],
    *,
    on: _ON,
    basis: Annotated[
        str, typer.Option(help='What it rests on: "INSTRUMENT; PROVISION; VERSION", separated by semicolons.')
    ],
    months: Annotated[int, typer.Option(help="Length of a further term, 12 to 36. Only with reappointed.")] = 0,
    end_reason: Annotated[
        str, typer.Option(help="Only with ended: resigned, term-ended, not-reappointed, removed, disqualified or died.")
    ] = "",
    recommendation: _RECOMMENDATION = "",
    pack_hash: _HASH = "",
    decided_as: _DECIDED_AS = "",
    reasons: _REASONS = "",
    recommended_by: _RECOMMENDED_BY = "",
    dry_run: DryRun = False,
) -> None:
    """Record what Scottish Ministers decided about a person's membership.

    psmf safeguarder decide sg-1 appointed --on 2026-12-01 --recommended-by ann --basis "SSI 2012/54; reg 7(1); as made"
    """
    from psmf.evidence.v1 import safeguarder_pb2 as pb

    request = pb.RecordMinisterialDecisionRequest(
        name=terminal.safeguarder(safeguarder),
        kind=choose(pb.RecordMinisterialDecisionRequest.Kind, kind, "KIND"),
        effective_date=typed_date(on, "--on"),
        term_months=months,
        legal_basis=legal_basis(basis),
        recommended_by=recommended_by,
        end_reason=choose(pb.EndReason, end_reason, "--end-reason") if end_reason else None,
        recommendation=recommendation,
        **_decided_on(pack_hash, decided_as, reasons),
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.safeguarders.RecordMinisterialDecision, request)
    of_what = "The decision on continuing is recorded. " if kind == "continuing" else ""
    said = f"{of_what}{answer.display_name} is {_standing(answer)}."
    terminal.changed(answer, said, f"psmf safeguarder show {safeguarder_of(answer.name)}", dry_run=dry_run)


@command(app, "allocate")
def allocate_safeguarder(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Argument(help="The Safeguarder's name or id, for example sg-1a2b3c4d.")],
    to: Annotated[str, typer.Option(metavar="PERSON", help="The new support manager.")],
    reason: Annotated[str, typer.Option(help="workload, absence, conflict-of-interest or requested.")],
    dry_run: DryRun = False,
) -> None:
    """Give a person another support manager. The old allocation ends.

    psmf safeguarder allocate sg-1a2b3c4d --to support-manager-east-2 --reason workload
    """
    from psmf.scheduling.v1 import scheduling_pb2 as pb

    request = pb.CreateAllocationRequest(
        parent=terminal.safeguarder(safeguarder),
        support_manager=to,
        reason=reason.replace("-", "_"),
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.allocations.CreateAllocation, request)
    said = f"{answer.support_manager} supports them from {day_of(answer, 'from_date')}."
    following = f"psmf safeguarder show {safeguarder_of(request.parent)}"
    terminal.changed(answer, said, following, dry_run=dry_run)


def _decided_on(pack_hash: str, decided_as: str, reasons: str) -> dict[str, Any]:
    """Return what a decision says of the recommendation that it follows."""
    from psmf.evidence.v1 import recommendations_pb2 as pb

    fields: dict[str, Any] = {"pack_hash": pack_hash, "reasons": text_or_file(reasons)}
    if decided_as:
        fields["decided_as"] = choose(pb.Recommendation.Outcome, decided_as, "--decided-as", own=OUTCOMES)
    return fields


def legal_basis(text: str) -> Any:
    """Return what a decision rests on, typed as `SSI 2012/54; reg 7(1); as made`.

    Raises:
        CommandError: USAGE.
    """
    from psmf.evidence.v1 import safeguarder_pb2 as pb

    parts = [part.strip() for part in text.split(";")]
    if len(parts) != 3 or not all(parts):
        message = (
            f'--basis {text!r} has not three parts. Write it as "SSI 2012/54; reg 7(1); as amended by SSI 2016/61".'
        )
        raise CommandError("USAGE", message)
    instrument, provision, version = parts
    return pb.LegalBasis(instrument=instrument, provision=provision, version=version)


@command(app, "find")
def find_safeguarder(
    terminal: Terminal,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="The panel number that you hold.")],
) -> None:
    """Show the id of the Safeguarder with a panel number, and nothing else. For other bodies and the Team.

    psmf safeguarder find DEMO-0749EDED --as partner-council
    """
    from psmf.evidence.v1 import safeguarder_pb2 as pb

    request = pb.LookUpSafeguarderRequest(panel_number=number)
    answer = terminal.call(terminal.client.safeguarders.LookUpSafeguarder, request)
    terminal.changed(answer, safeguarder_of(answer.safeguarder))


@command(app, "search")
def search_safeguarders(
    terminal: Terminal,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A name, a panel number or an id, or its beginning.")],
) -> None:
    """Search the people whom you may see by name or number: exact ones first, at most 20.

    psmf safeguarder search "Demo Isla"
    """
    from psmf.evidence.v1 import safeguarder_pb2 as pb

    request = pb.SearchSafeguardersRequest(query=text)
    answer = terminal.call(terminal.client.safeguarders.SearchSafeguarders, request)
    terminal.listing(answer.found, "", ("Safeguarder", "Name", "Panel number", "Found by"), _found_row)
    if answer.total > len(answer.found):
        terminal.say(f"There are {answer.total}. Type more of the name.")
    elif not answer.found:
        terminal.say("Nobody you may see has this name or number.")


@command(app, "number")
def set_number(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Argument(help="The Safeguarder's name or id, for example sg-1a2b3c4d.")],
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="The panel number.")],
    dry_run: DryRun = False,
) -> None:
    """Give a person the panel number by which other bodies know them.

    psmf safeguarder number sg-1a2b3c4d SP-1042
    """
    from psmf.evidence.v1 import safeguarder_pb2 as pb

    request = pb.SetPanelNumberRequest(
        name=terminal.safeguarder(safeguarder), panel_number=number, **change_fields(dry_run)
    )
    answer = terminal.call(terminal.client.safeguarders.SetPanelNumber, request)
    said = f"{answer.display_name} has the panel number {answer.panel_number}."
    terminal.changed(answer, said, f"psmf safeguarder find {answer.panel_number}", dry_run=dry_run)


def _support_manager(terminal: Terminal, name: str) -> str:
    import grpc
    from psmf.scheduling.v1 import scheduling_pb2

    try:
        request = scheduling_pb2.GetAllocationRequest(parent=name)
        allocation = terminal.call(terminal.client.allocations.GetAllocation, request)
    except grpc.RpcError as error:
        return "not allocated" if error.code() is grpc.StatusCode.NOT_FOUND else "not shown to you"
    return f"{allocation.support_manager}, since {day_of(allocation, 'from_date')}"


def _found_row(found: Any) -> tuple[str, ...]:
    entry = found.safeguarder
    by = spaced(word_of(found, "match"))
    return safeguarder_of(entry.name), entry.display_name, entry.panel_number or "-", by


def _state(entry: Any) -> str:
    return spaced(word_of(entry, "state"))


def _standing(entry: Any) -> str:
    """Return how somebody stands with the Panel. An end may lie ahead, so it is said with its day."""
    is_over = entry.state == type(entry).STATE_ENDED
    return f"a member until {day_of(entry.terms[-1], 'end_date')}" if is_over and entry.terms else _state(entry)


def _row(entry: Any) -> tuple[str, ...]:
    term_end = day_of(entry.terms[-1], "end_date") if entry.terms else "-"
    manager = entry.support_manager_name or entry.support_manager or "-"
    return safeguarder_of(entry.name), entry.display_name, _state(entry), manager, term_end, ", ".join(entry.areas)
