"""The file in which a support manager writes a record: written to fill in, and read back with the place of each fault.

A record is long and is written over days. In a file nothing is lost when the service refuses it.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Self

from services.cli.failure import CommandError
from services.cli.session.reading import Names
from services.client.lines import folded
from services.client.words import SHORT_ID, short, word_of
from services.platform.data_file import DataFileError, Place

WIDTH = 80
_BREAKS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What YAML takes for the end of a line."""
_OUTCOMES = {
    "praise": "acknowledged",
    "own": "settled (with words), action, no_action (because) or carried_forward (because)",
    "concern": "action (say which), no_action (because) or carried_forward (because)",
    "carried": "action (say which), no_action (because) or carried_forward (because)",
}
"""Outcome words by the part of the papers. The service says which fits; the file only reminds."""
_SHOWN_ONLY = ("open_action", "support_owed", "support_offered")
"""Parts of the papers that a record does not name."""
_BELOW = "Write words on new lines below `|`, each line two spaces further in than the line with `|`."
_HEAD = """\
{about}
Fill it in, then send it: {command}
Blank parts are left out. After a draft is kept you can change this file and send it again.
{below}
A line that begins with # is a comment and is not sent.
"""


class Agenda(NamedTuple):
    """What a record may name: the standards, what needs an outcome, and everything in the papers."""

    standards: Mapping[str, str]
    """Titles by id, of the edition in force on the day of the session, in order."""
    outcomes: Mapping[str, str]
    """For each name that needs an outcome, the part of the papers: a key of `_OUTCOMES`."""
    papers: Sequence[str]
    """Names of all entries and own items."""


def agenda_of(papers: Any, standards: Mapping[str, str]) -> Agenda:
    """Return what a record on these papers is about, praise first.

    A standard, or the child's interest, that was disputed last time needs no outcome: the record has a section on it.
    """
    outcomes: dict[str, str] = {}
    parts: dict[str, list[str]] = {"praise": [], "own": [item.name for item in papers.own_items]}
    # What becomes of an action or a support is said on it, so the record names none.
    entries = [entry for entry in papers.entries if "/" in entry.name and word_of(entry, "section") not in _SHOWN_ONLY]
    for entry in entries:
        parts.setdefault(word_of(entry, "section"), []).append(entry.name)
    for part in _OUTCOMES:
        for name in parts.get(part, ()):
            outcomes.setdefault(name, part)
    named = dict.fromkeys([*outcomes, *(entry.name for entry in entries)])
    return Agenda(standards, outcomes, list(named))


def short_ids(names: Iterable[str]) -> dict[str, str]:
    """Return for each name the first characters of its id by which it alone can be named; else the whole name."""
    named = list(names)
    found = {}
    for name in named:
        known = name.rpartition("/")[2]
        lengths = range(min(SHORT_ID, len(known)), len(known) + 1)
        alone = (known[:length] for length in lengths if _fitting(known[:length], named) == [name])
        found[name] = next(alone, name)
    return found


def _fitting(text: str, names: Iterable[str]) -> list[str]:
    """Return the names that a text may mean: those it is, else those whose id it is, else whose id it begins."""
    named = list(dict.fromkeys(names))
    for fits in (
        [name for name in named if name == text],
        [name for name in named if name.rpartition("/")[2] == text],
        [name for name in named if name.rpartition("/")[2].startswith(text)],
    ):
        if text and fits:
            return fits
    return []


def the_name(text: str, names: Iterable[str], where: str) -> str:
    """Return the one name that a text means, by its id or the first characters of it.

    Raises:
        ValueError: none or several do. The message says so.
    """
    fits = _fitting(text, names)
    if len(fits) == 1:
        return fits[0]
    if fits:
        raise ValueError(f"{text!r} may be any of {', '.join(fits)}. Write more of it.")
    raise ValueError(f"{text!r} is not {where}.")


def template(record: Any, agenda: Agenda, names: Names, about: str, file: str) -> str:
    """Return the file to fill in, with what the record holds already. `about` says in a sentence which session it is.

    `record` has the name and, if there is a record already, its etag and its content.
    """
    session = record.name.removesuffix("/record")
    command = sending(record, file)
    ids = short_ids(agenda.papers)
    head = _HEAD.format(about=about, below=_BELOW, command=command)
    views = {view.standard: view for view in record.content.views}
    outcomes = {outcome.item: outcome for outcome in record.content.outcomes}
    basis = [f"{ids[name]} is {names.items[name]}" for name in agenda.papers if name in names.items]
    lines = [
        *_comments(head.splitlines()),
        f"session: {session}",
        *_comments(["Which state of the record this file was written from. Leave it as it is."]),
        f"etag: {_quoted(record.etag)}",
        "",
        *_comments(["How the child's interest is served. Needed before you share."]),
        *_block("child_interest", record.content.child_interest),
        "",
        *_comments([f"One view for each standard. Words: {', '.join(_words_of('view'))}."]),
        *_comments(["developing and concern rest on something in the papers: basis: [id, id]. These are the papers:"]),
        *_comments(basis or ["nothing"]),
        "views:" if agenda.standards else "views: []",
        *(line for known, title in agenda.standards.items() for line in _view(title, known, views.get(known), ids)),
        "",
        *_comments(["One outcome for everything on the agenda, with words where the list says so."]),
        "outcomes:" if agenda.outcomes else "outcomes: []",
        *(
            line
            for name, part in agenda.outcomes.items()
            for line in _outcome(
                (names.items.get(name, name), f"Words: {_OUTCOMES[part]}."), ids[name], outcomes.get(name)
            )
        ),
    ]
    return "\n".join(lines) + "\n"


def sending(record: Any, file: str) -> str:
    """Return the command that takes a file of this record: a text that was shared is corrected."""
    from psmf.evidence.v1 import session_records_pb2 as pb

    session = short(record.name.removesuffix("/record"))
    if record.state in (pb.SessionRecord.STATE_UNSPECIFIED, pb.SessionRecord.STATE_DRAFTED):
        return f"psmf session record {session} --file {file}"
    return f'psmf session correct {session} --file {file} --reason "why the text changes"'


def _view(title: str, standard: str, view: Any, ids: Mapping[str, str]) -> list[str]:
    word = word_of(view, "word") if view else ""
    basis = ", ".join(_quoted(ids.get(name, name)) for name in view.basis) if view else ""
    return [
        *_comments([title], "  "),
        f"  - standard: {standard}",
        f"    view: {word}".rstrip(),
        f"    basis: [{basis}]",
        *_block("words", view.words if view else "", "    "),
    ]


def _outcome(about: Iterable[str], item: str, outcome: Any) -> list[str]:
    word = word_of(outcome, "word") if outcome else ""
    return [
        *_comments(about, "  "),
        f"  - item: {_quoted(item)}",
        f"    outcome: {word}".rstrip(),
        *_block("words", outcome.words if outcome else "", "    "),
    ]


def _comments(lines: Iterable[str], margin: str = "") -> list[str]:
    # What stands in the papers may have line ends of its own. None of them may end the comment.
    return [folded(" ".join(line.split()), WIDTH, f"{margin}# ", f"{margin}# ") for line in lines]


def _block(key: str, words: str, margin: str = "") -> list[str]:
    lines = [line.rstrip() for line in _BREAKS.split(words.strip())] if words.strip() else []
    return [f"{margin}{key}: |", *(f"{margin}  {line}".rstrip() for line in lines)]


def _quoted(text: str) -> str:
    return f'"{text}"'


def _words_of(kind: str) -> list[str]:
    """Return the words of a closed list of the contract: `view` or `outcome`."""
    from services.platform.calls.wire import to_word

    enum = _enum(kind)
    return [to_word(enum, number) for number in enum.values() if number]


def _enum(kind: str) -> Any:
    from psmf.evidence.v1 import session_records_pb2 as pb

    return pb.StandardView.Word if kind == "view" else pb.AgendaOutcome.Word


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
            raise self.fault(f"What follows # on this line is a comment and would be lost. {_BELOW}")
        return self._node.value.strip()

    def several(self) -> list[Self]:
        """Return the values of a list, which may be left blank."""
        return [] if self._node.value == "" else self.items()

    def choice(self, kind: str) -> Any:
        """Return the number of a word of a closed list, or 0 if it is blank."""
        from services.platform.calls.wire import from_word

        word = self.written() and self.word(_words_of(kind))
        return from_word(_enum(kind), word)

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
        parts = _Part.of(text, file).some("session", "etag", "child_interest", "views", "outcomes")
        heads = {name: parts[name].written() if name in parts else "" for name in ("session", "etag", "child_interest")}
        listed = {name: parts[name].several() if name in parts else [] for name in ("views", "outcomes")}
    except DataFileError as problem:
        hint = "" if problem.__cause__ is None else f" {_BELOW}"
        raise CommandError("INVALID_ARGUMENT", f"{problem}{hint} Nothing was sent.") from None
    views = _each(listed["views"], lambda part: _read_view(part, agenda), faults)
    outcomes = _each(listed["outcomes"], lambda part: _read_outcome(part, agenda), faults)
    if faults:
        raise CommandError("INVALID_ARGUMENT", "\n      ".join([*faults, "Nothing was sent."]))
    lines = {"child_interest": parts["child_interest"].line} if "child_interest" in parts else {}
    content = pb.RecordContent(child_interest=heads["child_interest"])
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
        raise part.fault(f"There are words or a basis, but no view. Write one of: {', '.join(_words_of('view'))}.")
    return view


def _read_outcome(part: _Part, agenda: Agenda) -> Any:
    from psmf.evidence.v1 import session_records_pb2 as pb

    given = part.some("item", "outcome", "words")
    if "item" not in given:
        raise part.fault("Say which item of the agenda this is: item: and its id")
    outcome = pb.AgendaOutcome(
        item=given["item"].meaning(agenda.outcomes, "on the agenda"),
        word=given["outcome"].choice("outcome") if "outcome" in given else None,
        words=given["words"].written() if "words" in given else "",
    )
    if not outcome.word and outcome.words:
        raise part.fault(f"There are words, but no outcome. Write one of: {', '.join(_words_of('outcome'))}.")
    return outcome


def _blank(content: Any, agenda: Agenda) -> list[str]:
    """Return what a record needs before it is shared and the file does not say."""
    ids = short_ids(agenda.papers)
    viewed, ended = {view.standard for view in content.views}, {outcome.item for outcome in content.outcomes}
    return [
        *([] if content.child_interest else ["child_interest"]),
        *(f"view of {standard}" for standard in agenda.standards if standard not in viewed),
        *(f"outcome of {ids[name]}" for name in agenda.outcomes if name not in ended),
    ]


def with_etag(text: str, etag: str) -> str:
    """Return a file's text with the etag of the record as it stands now, so that it can be sent again."""
    return re.sub(r"^etag:.*$", lambda _: f"etag: {_quoted(etag)}", text, count=1, flags=re.MULTILINE)


def placed(problem: CommandError, file: str, written: Written) -> CommandError:
    """Return a service's refusal with the line of the file that it is about, if it names a part of the record.

    If the record has changed since the file was written, it says how the words in the file are not lost.
    """
    part = re.search(r"(views|outcomes)\[\d+\]|child_interest", str(problem.details.get("field", "")))
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
