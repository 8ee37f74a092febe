"""Checks submitted rule files as `psmf rules check` and `psmf rules test` do."""

from collections.abc import Mapping
from datetime import date

from services.refusals import Refusal, invalid
from services.rules.adapters.rule_files.folder import Places, RulebookRefused, check_files, load_files_with_places
from services.rules.domain.rulebook.model import Rulebook
from services.rules.domain.workbench.coverage import Report, cover
from services.rules.domain.workbench.examples import run_examples

MOST_SHOWN = 10
MOST_OF_A_FAULT = 200
"""A refusal travels in the trailers of the call, which hold 8 KB."""


def examine(files: Mapping[str, str]) -> Rulebook:
    """Return the rulebook of submitted files.

    Raises:
        Refusal: INVALID with the first ten faults and examples that fail, each with `file:line:column` first.
    """
    try:
        rulebook, places = load_files_with_places(files)
    except RulebookRefused as refused:
        raise refused_files(refused) from None
    results = run_examples(rulebook)
    failed = [_line(places, one.rule_id, one.title, one.problem) for one in results if not one.holds]
    if failed:
        raise _faulty(failed)
    return rulebook


def refused_files(refused: RulebookRefused) -> Refusal:
    """Return the refusal of submitted files that do not load, with the first ten faults."""
    return _faulty([str(fault) for fault in refused.faults])


def report(files: Mapping[str, str], today: date) -> Report:
    """Return what `psmf rules check`, `test` and `cover` say of stored files. Raises RulebookRefused."""
    rulebook, places = load_files_with_places(files)
    results = run_examples(rulebook)
    failed = (_line(places, one.rule_id, one.title, one.problem) for one in results if not one.holds)
    gaps = (f"{gap.rule_id}: {gap.missing}" for rule in rulebook.rules for gap in cover(rulebook, rule).gaps)
    warned = (str(fault) for fault in check_files(files, today) if fault.severity == "warn")
    return Report(rulebook, len(results), tuple(failed), tuple(gaps), tuple(warned))


def _line(places: Places, rule_id: str, title: str, problem: str) -> str:
    return f"{places.of(rule_id, ('examples',))}  error  EXAMPLE  {rule_id}: it {title}: {problem}"


def _faulty(lines: list[str]) -> Refusal:
    shown = {f"fault_{number:02}": line[:MOST_OF_A_FAULT] for number, line in enumerate(lines[:MOST_SHOWN], 1)}
    message = f"The rule files were refused. Faults found: {len(lines)}. See: psmf rules check, psmf rules test"
    return invalid("RULEBOOK_FAULTY", message, "files", faults=str(len(lines)), **shown)
