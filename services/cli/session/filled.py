"""The file in which a support manager writes a record, as it is read back, with the place of each fault."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Self

import yaml

from services.cli.failure import CommandError
from services.cli.session.files import BELOW, PARTS, Agenda, enum_of_list, quoted, short_ids, the_name, words_of_list
from services.client.words import word_of
from services.platform.data_file import DataFileError, Place

_IN_THE_PLAN = "in the development plan"
_PLACES = re.compile(r"(views|outcomes)\[\d+\]|child_interest|actions$|supports$")
"""The part of a record in a field that a refusal names."""


class Written(NamedTuple):
    """What a file holds: the record's content, and what is blank still."""

    session: str
    etag: str
    content: Any
    blank: Sequence[str]
    """What is not filled in yet, in the words of the file."""
    lines: Mapping[str, int]
    """The line of each part of the content, by its path in the request: `views[0]`."""


class _Part(Place):
    """A value of the file, which may be blank."""

    loader = yaml.SafeLoader

    def some(self, *names: str) -> dict[str, Self]:
        """Return the values that are given, which may have these keys and no others."""
        found = self.any_fields()
        unknown = [name for name in found if name not in names]
        if unknown:
            raise found[unknown[0]].fault(f"This is unknown here. Write only {', '.join(names)}.")
        return found

    def written(self) -> str:
        """Return a text, or nothing."""
        if not hasattr(self._node, "value") or not isinstance(self._node.value, str):
            raise self.fault("Write a text.")
        end = self._node.end_mark
        if self._node.value and self._node.style is None and "#" in end.buffer[end.pointer :].partition("\n")[0]:
            raise self.fault(f"What follows # on this line is a comment and would be lost. {BELOW}")
        return self._node.value.strip()

    def several(self) -> list[Self]:
        """Return the values of a list, which may be left blank."""
        return [] if self._node.value == "" else self.items()

    def choice(self, kind: str) -> Any:
        """Return the number of a word of a closed list, or 0 if it is blank."""
        from services.platform.calls.wire import from_word

        word = self.written() and self.word(words_of_list(kind))
        return from_word(enum_of_list(kind), word)

    def meaning(self, names: Iterable[str], where: str) -> str:
        """Return the one name that is meant."""
        try:
            return the_name(self.text().strip(), names, where)
        except ValueError as problem:
            raise self.fault(str(problem)) from None


def read_record(text: str, file: str, agenda: Agenda) -> Written:
    """Read a file that was filled in. `file` is how faults name it.

    Raises:
        CommandError: INVALID_ARGUMENT, with every fault and its line. Nothing has been sent.
    """
    from psmf.evidence.v1 import session_records_pb2 as pb

    faults: list[str] = []
    try:
        parts = _Part.of(text, file).some("session", "etag", "child_interest", "views", "outcomes", *PARTS)
        heads = {name: parts[name].written() if name in parts else "" for name in ("session", "etag", "child_interest")}
        listed = {name: parts[name].several() if name in parts else [] for name in ("views", "outcomes", *PARTS)}
    except DataFileError as problem:
        hint = "" if problem.__cause__ is None else f" {BELOW}"
        raise CommandError("INVALID_ARGUMENT", f"{problem}{hint} Nothing was sent.") from None
    views = _each(listed["views"], lambda part: _read_view(part, agenda), faults)
    outcomes = _each(listed["outcomes"], lambda part: _read_outcome(part, agenda), faults)
    named = {part: _read_names(listed[part], part, agenda, faults) for part in PARTS}
    if faults:
        raise CommandError("INVALID_ARGUMENT", "\n      ".join([*faults, "Nothing was sent."]))
    lines = {"child_interest": parts["child_interest"].line} if "child_interest" in parts else {}
    lines |= {part: parts[part].line for part in PARTS if part in parts}
    content = pb.RecordContent(
        child_interest=heads["child_interest"], actions=named["actions"], supports=named["supports"]
    )
    for name, found, into in (("views", views, content.views), ("outcomes", outcomes, content.outcomes)):
        for line, message in found:
            if message.word:
                lines[f"{name}[{len(into)}]"] = line
                into.append(message)
    return Written(heads["session"], heads["etag"], content, _blank(content, agenda), lines)


def _each(parts: Iterable[_Part], read: Callable[[_Part], Any], faults: list[str]) -> list[tuple[int, Any]]:
    """Return what each part says with its line, and add the faults of those that cannot be read."""
    found: list[tuple[int, Any]] = []
    for part in parts:
        try:
            message = read(part)
            known = message.DESCRIPTOR.fields[0].name  # the standard, or the item
            if any(getattr(message, known) == getattr(other, known) for _, other in found):
                raise part.fault("This stands in the file twice. Keep one of them.")
            found.append((part.line, message))
        except DataFileError as problem:
            faults.append(str(problem))
    return found


def _read_names(parts: Iterable[_Part], kind: str, agenda: Agenda, faults: list[str]) -> list[str]:
    """Return the names of actions or supports of the plan, each once, and add the faults."""
    found: dict[str, None] = {}
    for part in parts:
        try:
            found[part.meaning(getattr(agenda, kind), _IN_THE_PLAN)] = None
        except DataFileError as problem:
            faults.append(str(problem))
    return list(found)


def _read_view(part: _Part, agenda: Agenda) -> Any:
    from psmf.evidence.v1 import session_records_pb2 as pb

    given = part.some("standard", "view", "basis", "words")
    if "standard" not in given:
        raise part.fault("Say which standard this is about: standard: S2")
    view = pb.StandardView(
        standard=given["standard"].word(agenda.standards),
        word=given["view"].choice("view") if "view" in given else None,
        words=given["words"].written() if "words" in given else "",
    )
    basis = given["basis"].several() if "basis" in given else []
    view.basis.extend(each.meaning(agenda.papers, "in the papers") for each in basis)
    if not view.word and (view.words or view.basis):
        raise part.fault(f"There are words or a basis, but no view. Write one of: {', '.join(words_of_list('view'))}.")
    return view


def _read_outcome(part: _Part, agenda: Agenda) -> Any:
    from psmf.evidence.v1 import session_records_pb2 as pb

    given = part.some("item", "outcome", "action", "words")
    if "item" not in given:
        raise part.fault("Say which item of the agenda this is: item: and its id")
    outcome = pb.AgendaOutcome(
        item=given["item"].meaning(agenda.outcomes, "on the agenda"),
        word=given["outcome"].choice("outcome") if "outcome" in given else None,
        words=given["words"].written() if "words" in given else "",
    )
    if "action" in given and given["action"].written():
        outcome.action = given["action"].meaning(agenda.actions, _IN_THE_PLAN)
    if not outcome.word and (outcome.words or outcome.action):
        said = "are words" if outcome.words else "is an action"
        raise part.fault(f"There {said}, but no outcome. Write one of: {', '.join(words_of_list('outcome'))}.")
    return outcome


def _blank(content: Any, agenda: Agenda) -> list[str]:
    """Return what a record needs before it is shared and the file does not say."""
    ids = short_ids(agenda.papers)
    viewed, ended = {view.standard for view in content.views}, {outcome.item for outcome in content.outcomes}
    return [
        *([] if content.child_interest else ["child_interest"]),
        *(f"view of {standard}" for standard in agenda.standards if standard not in viewed),
        *(f"outcome of {ids[name]}" for name in agenda.outcomes if name not in ended),
        *(f"action of {ids[each.item]}" for each in content.outcomes if _has_no_action(each)),
    ]


def _has_no_action(outcome: Any) -> bool:
    return word_of(outcome, "word") == "action" and not outcome.action


def with_etag(text: str, etag: str) -> str:
    """Return a file's text with the etag of the record as it stands now, so that it can be sent again."""
    return re.sub(r"^etag:.*$", lambda _: f"etag: {quoted(etag)}", text, count=1, flags=re.MULTILINE)


def placed(problem: CommandError, file: str, written: Written) -> CommandError:
    """Return a service's refusal with the line of the file that it is about, if it names a part of the record.

    If the record has changed since the file was written, it says how the words in the file are not lost.
    """
    part = _PLACES.search(str(problem.details.get("field", "")))
    line = written.lines.get(part.group()) if part else None
    said = in_short(problem)
    if said.details.get("reason") == "ETAG_MISMATCH":
        message = f"{said.message} Write it to another file with --write, and take your words over."
        return CommandError(said.code, message, **said.details)
    return CommandError(said.code, f"{file}:{line}: {said.message}", **said.details) if line else said


def in_short(problem: CommandError) -> CommandError:
    """Return a service's refusal with short ids for the names in its sentence. As JSON, its details keep the names."""
    said = re.sub(r"safeguarders/[^/\s]+/(?:[^/\s]+/)*?([0-9a-f]{8})[0-9a-f-]*(?=[\s,.]|$)", r"\1", problem.message)
    return CommandError(problem.code, said, **problem.details)


def spoken(blank: Sequence[str]) -> str:
    """Return what is blank still as a sentence; empty if nothing is."""
    return f" Not filled in yet: {', '.join(blank)}." if blank else ""
