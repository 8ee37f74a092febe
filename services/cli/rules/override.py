"""`psmf rules override`, `overrides`, `end-override`: what a rule says of a person, set aside for a time."""

import uuid
from typing import Annotated, Any

import typer

from services.cli.arguments import read_day
from services.cli.command import DryRun, PageSize, PageToken, command
from services.cli.terminal import Terminal
from services.client.words import day_in_words, day_of, safeguarder_name, safeguarder_of

PERSON = Annotated[str, typer.Argument(metavar="PERSON", help="The Safeguarder, for example sg-9c65c488.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    command(app, "override")(override_rule)
    command(app, "overrides")(list_overrides)
    command(app, "end-override")(end_override)


def override_rule(
    terminal: Terminal,
    safeguarder: PERSON,
    rule: Annotated[str, typer.Argument(metavar="RULE", help="Any rule in force that is not about safety.")],
    *,
    until: Annotated[str, typer.Option(metavar="DAY", help="The last day it holds, at most 90 days ahead.")],
    reason: Annotated[str, typer.Option("--reason", help="Why, in a sentence.")],
    about: Annotated[
        str, typer.Option(metavar="SUBJECT", help="The standard or indicator, where the rule is asked about each.")
    ] = "",
    dry_run: DryRun = False,
) -> None:
    """Set aside what one rule says of one person, until a day. It raises nothing meanwhile, and says why.

    psmf rules override sg-9c65c488 report-late --until 2026-12-31 --reason "SCRA's dates were wrong"
    psmf rules override sg-9c65c488 same-theme-two-sources --about S2.1 --until 2026-12-31 --reason "Discussed"
    """
    from psmf.rules.v1 import overrides_pb2 as pb

    from services.platform.calls.wire import to_date

    last = read_day(until, "--until")
    request = pb.CreateRuleOverrideRequest(
        parent=safeguarder_name(safeguarder),
        rule=rule,
        subject=about,
        end_date=to_date(last),
        reason=reason,
        request_id=str(uuid.uuid4()),
        validate_only=dry_run,
    )
    answer = terminal.call(terminal.client.rule_overrides.CreateRuleOverride, request)
    said = f"{_what(answer)} is set aside for {safeguarder_of(answer.name)} until {day_in_words(last)}."
    following = f"psmf rules end-override {answer.name}"
    terminal.changed(answer, f"Nothing was changed. {said}" if dry_run else said, "" if dry_run else following)


def list_overrides(
    terminal: Terminal,
    safeguarder: Annotated[
        str, typer.Argument(metavar="[PERSON]", help="One Safeguarder; everybody, if not said.")
    ] = "",
    everything: Annotated[bool, typer.Option("--all", help="Also those that hold no longer.")] = False,
    page_size: PageSize = 100,
    page_token: PageToken = "",
) -> None:
    """List what is set aside today, what ends first at the top; those that end within 14 days are marked.

    psmf rules overrides
    psmf rules overrides sg-9c65c488 --all
    """
    from psmf.rules.v1 import overrides_pb2 as pb

    parent = safeguarder_name(safeguarder) if safeguarder else "safeguarders/-"
    request = pb.ListRuleOverridesRequest(
        parent=parent, include_ended=everything, page_size=page_size, page_token=page_token
    )
    answer = terminal.call(terminal.client.rule_overrides.ListRuleOverrides, request)
    if terminal.as_json:
        terminal.page(answer.rule_overrides, answer.next_page_token)
        return
    if not answer.rule_overrides:
        terminal.text("Nothing is set aside.")
        return
    terminal.columns(
        ("Safeguarder", "Rule", "Until", "Mark", "By", "Why", "Override"), [_row(one) for one in answer.rule_overrides]
    )
    if answer.next_page_token:
        terminal.say(f"There are more: --page-token {answer.next_page_token}")


def end_override(
    terminal: Terminal,
    name: Annotated[str, typer.Argument(metavar="OVERRIDE", help="Its name. See: psmf rules overrides")],
    dry_run: DryRun = False,
) -> None:
    """End an override before its time. The person is evaluated at once, and what the rule says is raised.

    psmf rules end-override safeguarders/sg-9c65c488/ruleOverrides/0a1b2c
    """
    from psmf.rules.v1 import overrides_pb2 as pb

    request = pb.EndRuleOverrideRequest(name=name, request_id=str(uuid.uuid4()), validate_only=dry_run)
    answer = terminal.call(terminal.client.rule_overrides.EndRuleOverride, request)
    said = f"{_what(answer)} speaks again of {safeguarder_of(answer.name)}."
    terminal.changed(answer, f"Nothing was changed. {said}" if dry_run else said)


def _what(one: Any) -> str:
    return f"{one.rule} about {one.subject}" if one.subject else str(one.rule)


def _row(one: Any) -> tuple[str, ...]:
    mark = "ended early" if one.HasField("end_time") else "ends soon" if one.ends_soon else ""
    return safeguarder_of(one.name), _what(one), day_of(one, "end_date"), mark, one.author, one.reason, one.name
