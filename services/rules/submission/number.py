"""A revision that changes one number of the rulebook in force, and the examples that guard it."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from services.refusals import invalid, precondition
from services.rules.adapters.rule_files.changing import with_example, with_value
from services.rules.adapters.rule_files.folder import RulebookRefused, rulebook_of_files
from services.rules.adapters.rule_files.writing import VERBS, example_yaml
from services.rules.domain.closed_lists import Answer
from services.rules.domain.rulebook.model import Rulebook
from services.rules.domain.rulebook.parameter_change import ParameterChange, with_change
from services.rules.domain.rulebook.wording import day_in_words
from services.rules.domain.workbench.guards import Suggested, guards
from services.rules.submission.files import examine, refused_files

MOST_PREPARED = 8
"""More than are being changed at one time."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The rulebook in force with one number changed: its files, all of whose examples hold, and what would guard it."""

    files: Mapping[str, str]
    rulebook: Rulebook
    suggested: tuple[Suggested, ...]


class ChangedNumbers:
    """Changes of a number, prepared once. A page asks about the same one several times, and each takes a second."""

    def __init__(self, files: Callable[[str], Mapping[str, str]], stored: Callable[[str], Rulebook]) -> None:
        self._files = files
        self._stored = stored
        self.prepared = lru_cache(maxsize=MOST_PREPARED)(self._prepare)

    def _prepare(self, in_force: str, change: ParameterChange, today: date) -> Prepared:
        """Prepare a change. `in_force`: the content hash of the rulebook in force. Raises as `changed_files`."""
        try:
            stored = self._files(in_force)
        except RulebookRefused as refused:
            raise refused_files(refused) from None
        files, rulebook = changed_files(stored, self._stored(in_force), change, today)
        examine(files)
        return Prepared(files, rulebook, tuple(suggested(rulebook, change)))


def changed_files(
    files: Mapping[str, str], in_force: Rulebook, change: ParameterChange, today: date
) -> tuple[dict[str, str], Rulebook]:
    """Return the files of the rulebook in force with one number changed, and their rulebook.

    Raises:
        Refusal: as `with_change` and `with_value`; INVALID with the faults of rules that the value makes unsound.
    """
    wanted = with_change(in_force, change, today)
    written = with_value(files, change)
    try:
        rulebook = rulebook_of_files(written)
    except RulebookRefused as refused:
        raise refused_files(refused) from None
    if rulebook.parameters != {**in_force.parameters, wanted.name: wanted}:
        message = "The files do not say what was asked for. Use: psmf rules copy, psmf rules submit."
        raise precondition("FILES_NOT_CHANGEABLE", message, "change.parameter")
    return written, rulebook


def suggested(rulebook: Rulebook, change: ParameterChange) -> Iterator[Suggested]:
    """Yield examples that guard the number. `rulebook` has the change. The same change gives the same examples."""
    parameter, value = rulebook.parameters[change.parameter], change.value
    line = f"{parameter.name.replace('_', ' ')} at {value.value} {parameter.unit}"
    for found in guards(rulebook, parameter.name, value.from_on):
        key = hashlib.sha256(f"{found.rule_id}\n{example_yaml(found.example)}".encode()).hexdigest()[:16]
        title = f"{VERBS[Answer(found.example.answer)]} from {day_in_words(value.from_on)}, with {line}"
        yield Suggested(key, found.rule_id, replace(found.example, title=title))


def with_guards(files: Mapping[str, str], wanted: Mapping[str, str], found: Iterable[Suggested]) -> Mapping[str, str]:
    """Return the files with the suggested examples that are wanted. `wanted`: titles by key; empty for the suggested.

    Raises:
        Refusal: INVALID for a key that is not among the suggestions.
    """
    by_key = {one.key: one for one in found}
    if not wanted.keys() <= by_key.keys():
        message = "An example is not among those suggested for this change. Ask again what is suggested."
        raise invalid("EXAMPLE_NOT_SUGGESTED", message, "examples")
    for key, title in wanted.items():
        one = by_key[key]
        files = with_example(files, one.rule_id, replace(one.example, title=title or one.example.title))
    return files


def added_examples(before: Rulebook, after: Rulebook) -> Iterator[Suggested]:
    """Yield the examples of rules that a rulebook has and another has not."""
    known = {(rule.rule_id, example.title) for rule in before.rules for example in rule.examples}
    for rule in after.rules:
        for example in rule.examples:
            if (rule.rule_id, example.title) not in known:
                yield Suggested("", rule.rule_id, example)
