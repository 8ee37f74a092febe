"""`psmf rules override`, `overrides`, `end-override`: one rule overridden for one person for a limited time."""

from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields, read_day
from services.cli.command import DryRun, PageSize, PageToken
from services.cli.page.beside import Beside
from services.cli.terminal import Terminal
from services.client.words import EVERYBODY, day_of, safeguarder_of, short
from services.rules.domain.rulebook.wording import day_in_words

PERSON = Annotated[str, typer.Argument(metavar="PERSON", help="The Safeguarder's name or id, for example sg-9c65c488.")]


def override_rule(
    terminal: Terminal,
    safeguarder: PERSON,
    rule: Annotated[str, typer.Argument(metavar="RULE", help="A rule in force that is not about safety.")],
    *,
    until: Annotated[str, typer.Option(metavar="DAY", help="The last day of the override, at most 90 days ahead.")],
    reason: Annotated[str, typer.Option("--reason", help="Why, in a sentence.")],
    about: Annotated[
        str, typer.Option(metavar="SUBJECT", help="The standard or indicator, if the rule is evaluated for each.")
    ] = "",
    dry_run: DryRun = False,
) -> None:
    """Override one rule for one person until a day. The rule raises nothing until then, and its answer says why.

    psmf rules override sg-9c65c488 report-late --until 2026-12-31 --reason "SCRA's dates were wrong"
    psmf rules override sg-9c65c488 same-theme-two-sources --about S2.1 --until 2026-12-31 --reason "Discussed"
    """
    from psmf.rules.v1 import overrides_pb2 as pb

    from services.platform.calls.wire import to_date

    last = read_day(until, "--until")
    request = pb.CreateRuleOverrideRequest(
        parent=terminal.safeguarder(safeguarder),
        rule=rule,
        subject=about,
        end_date=to_date(last),
        reason=reason,
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.rule_overrides.CreateRuleOverride, request)
    said = f"{_what(answer)} is overridden for {safeguarder_of(answer.name)} until {day_in_words(last)}."
    following = "" if dry_run else f"psmf rules end-override {short(answer.name)}"
    terminal.changed(answer, said, following, dry_run=dry_run)


def list_overrides(
    terminal: Terminal,
    safeguarder: Annotated[
        str, typer.Argument(metavar="[PERSON]", help="One Safeguarder: a name or an id. Default: everybody.")
    ] = "",
    everything: Annotated[bool, typer.Option("--all", help="Include overrides that have ended.")] = False,
    page_size: PageSize = 100,
    page_token: PageToken = "",
) -> None:
    """List the overrides of today, with those that end first at the top. Those ending within 14 days are marked.

    psmf rules overrides
    psmf rules overrides sg-9c65c488 --all
    """
    from psmf.rules.v1 import overrides_pb2 as pb

    parent = terminal.safeguarder(safeguarder) if safeguarder else EVERYBODY
    request = pb.ListRuleOverridesRequest(
        parent=parent, include_ended=everything, page_size=page_size, page_token=page_token
    )
    answer = terminal.call(terminal.client.rule_overrides.ListRuleOverrides, request)
    if not answer.rule_overrides and not terminal.as_json:
        terminal.text("No rule is overridden.")
        return
    names = ("Safeguarder", "Rule", "Until", "Mark", "By", "Why", "Override")
    beside = Beside(terminal, parent)
    terminal.listing(answer.rule_overrides, answer.next_page_token, names, lambda one: _row(one, beside))


def end_override(
    terminal: Terminal,
    name: Annotated[str, typer.Argument(metavar="OVERRIDE", help="The override's id, or its first characters.")],
    dry_run: DryRun = False,
) -> None:
    """End an override early. The person is evaluated at once, and the rule can raise concerns again.

    psmf rules end-override 0a1b2c3d
    """
    from psmf.rules.v1 import overrides_pb2 as pb

    request = pb.EndRuleOverrideRequest(name=terminal.name_of("override", name), **change_fields(dry_run))
    answer = terminal.call(terminal.client.rule_overrides.EndRuleOverride, request)
    said = f"{_what(answer)} applies to {safeguarder_of(answer.name)} again."
    terminal.changed(answer, said, dry_run=dry_run)


def _what(one: Any) -> str:
    return f"{one.rule} about {one.subject}" if one.subject else str(one.rule)


def _row(one: Any, beside: Beside) -> tuple[str, ...]:
    mark = "ended early" if one.HasField("end_time") else "ends soon" if one.ends_soon else ""
    return beside.who(one.name), _what(one), day_of(one, "end_date"), mark, one.author, one.reason, short(one.name)
