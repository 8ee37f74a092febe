"""Looks at submitted rule files as `psmf rules check` and `psmf rules test` do."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from services.rules.adapters.rule_files.folder import Places, RulebookRefused, load_with_places
from services.rules.domain.rulebook.model import Rulebook
from services.rules.domain.workbench.examples import run_examples
from services.rules.rulebook_in_force import write_files


class SubmissionRefused(Exception):
    """The files have faults, or examples that do not hold: one line each, `file:line:column` first."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__(f"{len(lines)} faults")
        self.lines = lines


def examine(files: Mapping[str, str]) -> Rulebook:
    """The rulebook of submitted files. Raises SubmissionRefused with every fault and every example that fails."""
    with tempfile.TemporaryDirectory() as folder:
        write_files(files, Path(folder))
        try:
            rulebook, places = load_with_places(Path(folder))
        except RulebookRefused as refused:
            raise SubmissionRefused(tuple(map(str, refused.faults))) from None
    results = run_examples(rulebook)
    failed = tuple(_line(places, one.rule_id, one.title, one.problem) for one in results if not one.holds)
    if failed:
        raise SubmissionRefused(failed)
    return rulebook


def _line(places: Places, rule_id: str, title: str, problem: str) -> str:
    return f"{places.of(rule_id, ('examples',))}  error  EXAMPLE  {rule_id}: it {title}: {problem}"
