"""`psmf rules`: the rulebook in plain words, and checks of rule files before they are submitted."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from services.cli.arguments import typed_date
from services.cli.command import command, group
from services.cli.failure import CHECK_FAILED, CommandError, file_failures
from services.cli.rules import override, revisions, simulations, trial
from services.cli.rules.fair import fair
from services.cli.rules.folder import HOLDS
from services.cli.rules.numbers import commands as numbers
from services.cli.rules.shadow.command import compare_with_shadow
from services.cli.terminal import Terminal
from services.client.words import LANES, day_of, spaced, word_of

if TYPE_CHECKING:
    from services.rules.adapters.rule_files.folder import Places
    from services.rules.domain.rulebook.model import Rulebook

app = group("rules")
command(app, "new")(revisions.new_rules)
command(app, "copy")(revisions.copy_rules)
command(app, "submit")(revisions.submit_rules)
command(app, "numbers")(numbers.list_numbers)
command(app, "change")(numbers.change_number)
command(app, "revisions")(revisions.list_revisions)
command(app, "examine")(numbers.examine_revision)
command(app, "send-back")(numbers.send_back_rules)
command(app, "approve")(revisions.approve_rules)
command(app, "publish")(revisions.publish_rules)
command(app, "rollback")(revisions.roll_back_rules)
command(app, "verify")(revisions.verify_rules)
command(app, "ahead")(revisions.dates_ahead)
command(app, "compare")(revisions.compare_revisions)
command(app, "state")(revisions.state_of_rulebook)
command(app, "reload")(revisions.reload_rules)
command(app, "evaluate")(revisions.evaluate_everyone)
FOLDER = Annotated[Path | None, typer.Argument(help="Folder of rule files. Default: the shipped rulebook.")]
MUTATE = Annotated[
    bool, typer.Option("--mutate", help="Make every small change to a rule and see whether an example notices it.")
]
SUGGEST = Annotated[bool, typer.Option("--suggest", help="As --mutate, and write the examples that would notice.")]


class CheckFormat(StrEnum):
    """Output formats of faults."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


class ReportFormat(StrEnum):
    """Output formats of the results of examples."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"


@command(app, "list")
def list_rules(terminal: Terminal) -> None:
    """List every rule in force.

    psmf rules list
    """
    answer = _rules(terminal)
    terminal.listing(
        answer.rules,
        "",
        ("Rule", "What for", "Standards", "In a sentence"),
        lambda rule: (rule.rule, _lane(rule), " ".join(rule.standards), rule.title),
    )
    if not terminal.as_json:
        terminal.say(f"Rulebook {answer.rulebook_hash[:12]}.")
        terminal.following(f"psmf rules explain {answer.rules[0].rule}")


@command(app, "explain")
def explain_rule(
    terminal: Terminal,
    what: Annotated[
        str, typer.Argument(help="A rule, a Safeguarder's name or id, or a stored evaluation as a concern names it.")
    ],
    on: Annotated[str, typer.Option(help="The day. Default: today.")] = "",
    known_at: Annotated[
        str, typer.Option(help="For a person: what was known at this time, for example 2026-12-03T09:00.")
    ] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="For a person: include rules that have nothing to say.")
    ] = False,
) -> None:
    """Explain a rule and its source, or explain what the rules say about a person.

    psmf rules explain report-late --on 2027-04-01
    psmf rules explain safeguarders/sg-1 --on 2026-11-02
    psmf rules explain safeguarders/sg-1/evaluations/0a1b2c
    """
    from services.cli.rules.explain import explain_evaluation, explain_person, is_evaluation

    if is_evaluation(what):
        explain_evaluation(terminal, what, everything)
        return
    if what.startswith(("safeguarders/", "sg-")) or " " in what:
        explain_person(terminal, what, on, known_at, everything)
        return
    answer = _rules(terminal, on, full=True)
    found = next((entry for entry in answer.rules if entry.rule == what), None)
    if found is None:
        from services.refusals import did_you_mean

        hint = did_you_mean(what, [entry.rule for entry in answer.rules]) or " See: psmf rules list"
        raise CommandError("NOT_FOUND", f"There is no rule {what!r} in force.{hint}")
    if terminal.as_json:
        terminal.data(found)
        return
    _print_rule(terminal, found)


@command(app, "notes")
def list_practice_notes(
    terminal: Terminal, on: Annotated[str, typer.Option(help="The day. Default: today.")] = ""
) -> None:
    """List the Practice Notes with their stage, and whether practice is unclear until the note takes effect.

    psmf rules notes --on 2026-12-03
    """
    from psmf.rules.v1 import rules_pb2 as pb

    request = pb.ListPracticeNotesRequest(as_of_date=_day(on))
    notes = terminal.call(terminal.client.standards.ListPracticeNotes, request).practice_notes
    terminal.listing(notes, "", ("Note", "Title", "About", "Stage", "Since", "Practice"), _note)


@command(app, "standards")
def show_standards(
    terminal: Terminal,
    edition: Annotated[str, typer.Argument(help="An edition, for example 2015-07. Default: list the editions.")] = "",
) -> None:
    """List the editions of the Practice Standards, or show one with its standards and indicators.

    psmf rules standards
    psmf rules standards 2015-07
    """
    from psmf.rules.v1 import rules_pb2 as pb

    standards = terminal.client.standards
    if not edition:
        found = terminal.call(standards.ListStandardsEditions, pb.ListStandardsEditionsRequest()).standards_editions
        terminal.listing(found, "", ("Edition", "Title", "In law from", "By"), _edition, "psmf rules standards")
        return
    name = f"standardsEditions/{edition.removeprefix('standardsEditions/')}"
    one = terminal.call(standards.GetStandardsEdition, pb.GetStandardsEditionRequest(name=name))
    if terminal.as_json:
        terminal.data(one)
        return
    terminal.text(f"{one.title}, from {day_of(one, 'effective_date')} by {one.legal_basis}")
    for standard in one.standards:
        terminal.text(f"\n{standard.standard} {standard.title}\n{standard.text}")
        for indicator in standard.indicators:
            terminal.text(f"  {indicator.indicator:<6}{indicator.title}")


@command(app, "check")
def check_rule_files(
    terminal: Terminal,
    folder: FOLDER = None,
    form: Annotated[CheckFormat, typer.Option("--format", help="Output format.")] = CheckFormat.TEXT,
) -> int:
    """Check rule files without using them. Each fault comes with its place and what to do.

    psmf rules check services/rules/rulebook
    psmf rules check my-rules --format sarif
    """
    from importlib.metadata import version

    from services.cli.rules.formats import sarif
    from services.platform.clock import SystemClock
    from services.rules.adapters.rule_files.folder import check_folder

    faults = check_folder(_folder(folder), SystemClock().today())
    broken = any(fault.severity == "error" for fault in faults)
    if form is CheckFormat.SARIF:
        terminal.data(sarif(faults, version("psmf")))
    elif terminal.as_json or form is CheckFormat.JSON:
        terminal.data({"faults": [str(fault) for fault in faults], "loads": not broken})
    else:
        for fault in faults:
            terminal.text(str(fault))
        terminal.say("The rulebook does not load." if broken else "The rulebook loads.")
    return CHECK_FAILED if broken else 0


@command(app, "test")
def run_rule_examples(
    terminal: Terminal,
    folder: FOLDER = None,
    form: Annotated[ReportFormat, typer.Option("--format", help="Output format.")] = ReportFormat.TEXT,
) -> int:
    """Run the examples of every rule. Each example says what its rule must answer.

    psmf rules test services/rules/rulebook
    psmf rules test my-rules --format junit
    """
    from services.cli.rules.formats import junit
    from services.rules.domain.workbench.examples import run_examples

    rulebook, places = _loaded(folder)
    results = run_examples(rulebook)
    failed = [result for result in results if not result.holds]
    if form is ReportFormat.JUNIT:
        terminal.exact(junit(results, places))
    elif terminal.as_json or form is ReportFormat.JSON:
        terminal.data({"examples": len(results), "failed": [_failure(result) for result in failed]})
    else:
        for result in failed:
            terminal.text(_failure(result))
        terminal.text(f"{len(results)} examples, {len(failed)} failed")
    return CHECK_FAILED if failed else 0


@command(app, "cover")
def cover_rules(
    terminal: Terminal,
    folder: FOLDER = None,
    only: Annotated[str, typer.Option("--rule", help="Only this rule or KPI. Default: all.")] = "",
    mutate: MUTATE = False,
    suggest: SUGGEST = False,
) -> int:
    """List what no example shows: an answer, a side of a line or an exception. With --mutate, also small changes.

    psmf rules cover --mutate
    psmf rules cover my-rules --rule report-late --suggest
    """
    from services.cli.rules.cover import report_cover

    return report_cover(terminal, *_loaded(folder), only, mutating=mutate or suggest, suggesting=suggest)


@command(app, "diff")
def compare_rules(
    terminal: Terminal,
    first: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of rule files.")],
    second: Annotated[
        Path | None,
        typer.Argument(
            metavar="NEWER", help="The newer folder. Default: compare the first folder with the shipped rulebook."
        ),
    ] = None,
) -> None:
    """Describe in words what a folder changes in the shipped rulebook, or what the second of two folders changes.

    psmf rules diff my-rules
    psmf rules diff rules-of-june my-rules
    """
    from services.cli.rules.diff import report_diff

    before, after = (None, first) if second is None else (first, second)
    report_diff(terminal, _loaded(before)[0], _loaded(after)[0])


@command(app, "book")
def write_book(
    terminal: Terminal,
    folder: FOLDER = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write. Default: print it.")] = None,
) -> None:
    """Write the rulebook as a document to read and print: standards, rules, numbers with their history, and examples.

    psmf rules book --output rulebook.html
    """
    from services.platform.clock import SystemClock
    from services.rules.adapters.rule_files.book import book

    text = book(_loaded(folder)[0], SystemClock().today())
    if output is None:
        terminal.exact(text.rstrip())
        return
    with file_failures(output, "written"):
        output.write_text(text, encoding="utf-8")
    terminal.changed({"written": str(output)}, f"Written to {output}.")


# Down here, because the help lists commands in the order in which they are registered.
command(app, "whatif")(simulations.what_if)
command(app, "simulations")(numbers.list_simulations)
command(app, "tune")(simulations.tune)
command(app, "replay")(simulations.replay)
command(app, "fair")(fair)
command(app, "shadow")(compare_with_shadow)
command(app, "override")(override.override_rule)
command(app, "overrides")(override.list_overrides)
command(app, "end-override")(override.end_override)
app.add_typer(trial.trial)


def _failure(result: Any) -> str:
    return f"{result.rule_id}: it {result.title}: {result.problem}"


def _rules(terminal: Terminal, on: str = "", *, full: bool = False) -> Any:
    from psmf.rules.v1 import rules_pb2

    request = rules_pb2.ListRulesRequest(as_of_date=_day(on), full=full)
    return terminal.call(terminal.client.rulebook.ListRules, request)


def _day(on: str) -> Any:
    return typed_date(on, "--on") if on else None


def _edition(one: Any) -> tuple[str, ...]:
    edition = one.name.removeprefix("standardsEditions/")
    return edition, one.title, day_of(one, "effective_date"), one.legal_basis


def _note(note: Any) -> tuple[str, ...]:
    return (
        note.name.removeprefix("practiceNotes/"),
        note.title,
        " ".join(note.about),
        spaced(word_of(note, "stage")),
        day_of(note, "stage_date"),
        "unclear" if note.unclear else "",
    )


def _loaded(folder: Path | None) -> "tuple[Rulebook, Places]":
    """Return the rulebook of a folder and the place of each of its parts.

    Raises:
        CommandError: INVALID_ARGUMENT with the faults of a broken rulebook.
    """
    from services.rules.adapters.rule_files.folder import RulebookRefused, load_with_places

    try:
        return load_with_places(_folder(folder))
    except RulebookRefused as refused:
        raise CommandError("INVALID_ARGUMENT", str(refused)) from None


def _folder(folder: Path | None) -> Path:
    from services.rules.adapters.rule_files.folder import SHIPPED

    chosen = folder or SHIPPED
    if not chosen.is_dir():
        raise CommandError("USAGE", f"{chosen} is not a folder. {HOLDS}")
    return chosen


def _lane(rule: Any) -> str:
    return LANES[word_of(rule, "lane")]


def _print_rule(terminal: Terminal, found: Any) -> None:
    from services.client.why import rule_lines

    title, *numbers = rule_lines(found)
    terminal.text(f"{found.rule} · {_lane(found)} · {' '.join(found.standards)}")
    terminal.text(title)
    for place, condition in enumerate(found.conditions):
        terminal.text(f"{'When' if place == 0 else '':9}{condition}")
    for place, number in enumerate(numbers):
        terminal.text(f"{'Numbers' if place == 0 else '':9}{number}")
    terminal.text(f"{'From':9}{found.source}")
    times = "fewer than five" if found.raised_withheld else str(found.times_raised)
    terminal.text(f"{'Raised':9}{times} in twelve months, about everybody")
    for place, example in enumerate(found.examples):
        said = f"{spaced(word_of(example, 'answer'))}: {example.title}"
        terminal.text(f"{'Examples' if place == 0 else '':9}{said}")
