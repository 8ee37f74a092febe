"""The numbers of the rulebook, and what people do with a change of one of them before it is approved."""

from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields, read_day
from services.cli.command import DryRun, PageSize, PageToken
from services.cli.failure import CHECK_FAILED, CommandError
from services.cli.rules.revisions import REASON, REVISION, find_revision, short, state_of, tell_changes
from services.cli.terminal import Terminal
from services.client.words import day_of, how_many, london_time, spaced, word_of

NUMBER = Annotated[str, typer.Argument(metavar="NUMBER", help="Its name, for example late_reports_line.")]


def list_numbers(
    terminal: Terminal,
    number: Annotated[str, typer.Argument(help="One number, with its history. Default: list all.")] = "",
) -> None:
    """List the numbers that rules and KPIs read, or show the history of one.

    psmf rules numbers
    psmf rules numbers late_reports_line
    """
    from psmf.rules.v1 import rules_pb2 as pb

    found = terminal.call(terminal.client.rulebook.ListParameters, pb.ListParametersRequest()).parameters
    if not number:
        names = ("Number", "Latest", "From", "Whose", "What it means")
        terminal.listing(found, "", names, _latest, "psmf rules numbers")
        return
    one = next((each for each in found if each.parameter == number), None)
    if one is None:
        from services.refusals import did_you_mean

        hint = did_you_mean(number, [each.parameter for each in found]) or " See: psmf rules numbers"
        raise CommandError("NOT_FOUND", f"The rulebook in force has no number {number!r}.{hint}")
    if terminal.as_json:
        terminal.data(one)
        return
    terminal.text(f"{one.means}: {one.least} to {one.most} {one.unit}")
    for value in one.values:
        whose = "given" if value.origin == "given" else "ours, not official"
        said = f"{how_many(value.value, one.unit)}, {whose}: {value.why} ({value.cites})"
        terminal.text(f"  from {day_of(value, 'from_date')}  {said}")
    terminal.text(
        f"Read by {', '.join(one.read_by) or 'nothing'}. {one.owner} looks at it by {day_of(one, 'review_date')}."
    )


def change_number(
    terminal: Terminal,
    number: NUMBER,
    from_day: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day, after today.")],
    value: Annotated[int, typer.Option(help="The value from that day on.")],
    why: Annotated[str, typer.Option(help="Why, in a sentence that Safeguarders read.")],
    cites: Annotated[str, typer.Option(help="What it rests on: a paragraph of the Framework, or a minute.")],
    *,
    given: Annotated[
        bool, typer.Option("--given", help="The Framework or the law sets it. Default: ours, not official.")
    ] = False,
    guard: Annotated[
        bool, typer.Option("--guard/--no-guard", help="Put the suggested examples into the files, too.")
    ] = True,
    dry_run: DryRun = False,
) -> None:
    """Change one number from a day on, for another person to approve. The service writes the files.

    psmf rules change late_reports_line --from 2027-04-01 --value 3 --why "One talk is enough" --cites "Minute 14"
    """
    from psmf.rules.v1 import revisions_pb2 as pb

    from services.platform.calls.wire import to_date

    words = {"why": why, "cites": cites, "origin": "given" if given else "ours"}
    first = to_date(read_day(from_day, "--from"))
    change = pb.ParameterChange(parameter=number, from_date=first, value=value, **words)
    method = terminal.client.revisions.ChangeParameter
    answer = terminal.call(method, pb.ChangeParameterRequest(change=change, validate_only=True))
    wanted = [pb.GuardingExample(key=one.key) for one in answer.suggested] if guard else []
    if not terminal.as_json:
        _tell_looked_at(terminal, answer, guard)
    if not dry_run:
        answer = terminal.call(
            method, pb.ChangeParameterRequest(change=change, examples=wanted, **change_fields(False))
        )
    revision = answer.rulebook_revision
    terminal.changed(answer, f"Revision {short(revision.name)} is {state_of(revision)}.", dry_run=dry_run)
    if not dry_run and not terminal.as_json:
        terminal.following(f"psmf rules whatif --revision {short(revision.name)}", when="to see whom it touches")


def _tell_looked_at(terminal: Terminal, answer: Any, guard: bool) -> None:
    tell_changes(terminal, answer.changes)
    for one in answer.suggested:
        terminal.text(f"{one.rule}: example {'added' if guard else 'suggested'}: it {one.example.title}")


def examine_revision(terminal: Terminal, revision: REVISION) -> int:
    """Try the examples of a stored revision today: which hold, which it adds, and what none of them shows.

    psmf rules examine 7c1e09
    """
    from psmf.rules.v1 import revisions_pb2 as pb

    request = pb.CheckRulebookRevisionRequest(name=find_revision(terminal, revision).name)
    found = terminal.call(terminal.client.revisions.CheckRulebookRevision, request)
    if terminal.as_json:
        terminal.data(found)
        return CHECK_FAILED if found.failed else 0
    terminal.text(f"{found.examples} examples, {len(found.failed)} failed")
    for line in found.failed:
        terminal.text(f"  failed: {line}")
    for one in found.added:
        terminal.text(f"  new in {one.rule}: it {one.example.title}")
    for line in (*found.untested, *found.warnings):
        terminal.text(f"  {line}")
    return CHECK_FAILED if found.failed else 0


def send_back_rules(terminal: Terminal, revision: REVISION, reason: REASON, dry_run: DryRun = False) -> None:
    """Send a draft back to its author with a reason, or take back your own.

    psmf rules send-back 7c1e09 --reason "Say which minute" --as policy-approver
    """
    from psmf.rules.v1 import revisions_pb2 as pb

    found = find_revision(terminal, revision)
    request = pb.SendBackRulebookRevisionRequest(
        name=found.name, reason=reason, etag=found.etag, **change_fields(dry_run)
    )
    answer = terminal.call(terminal.client.revisions.SendBackRulebookRevision, request)
    terminal.changed(answer, f"Revision {short(answer.name)} is {state_of(answer)}.", dry_run=dry_run)


def list_simulations(
    terminal: Terminal,
    revision: Annotated[str, typer.Option(help="Only those that try this revision.")] = "",
    mine: Annotated[bool, typer.Option("--mine", help="Only those that you asked for.")] = False,
    page_size: PageSize = 100,
    page_token: PageToken = "",
) -> None:
    """List the simulations that are kept, newest first: how far each is, and its counts.

    psmf rules simulations --as policy-editor
    psmf rules simulations --revision 7c1e09 --as policy-approver
    """
    from psmf.rules.v1 import simulations_pb2 as pb

    request = pb.ListSimulationsRequest(mine=mine, page_size=page_size, page_token=page_token)
    if revision:
        request.revision = find_revision(terminal, revision).name
    answer = terminal.call(terminal.client.simulations.ListSimulations, request)
    names = ("Asked for", "What", "State", "Done", "Rulebook", "Newly raised", "No longer", "By")
    terminal.listing(answer.simulations, answer.next_page_token, names, _run)


def _latest(one: Any) -> tuple[str, ...]:
    value = one.values[-1]
    whose = "given" if value.origin == "given" else "ours"
    return one.parameter, how_many(value.value, one.unit), day_of(value, "from_date"), whose, one.means


def _run(found: Any) -> tuple[str, ...]:
    counts = (str(found.what_if.newly_raised), str(found.what_if.no_longer_raised))
    return (
        london_time(found.create_time),
        spaced(word_of(found, "kind")),
        spaced(word_of(found, "state")),
        f"{found.done} of {found.total}",
        short(found.candidate_hash),
        *(counts if found.HasField("what_if") else ("", "")),
        found.person,
    )
