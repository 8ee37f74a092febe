"""The file in which a support manager writes a record, as it is written to fill in.

A record is long and is written over days. In a file nothing is lost when the service refuses it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from services.cli.session.reading import Names
from services.client.lines import folded
from services.client.words import SHORT_ID, short, word_of

WIDTH = 80
PARTS = ("actions", "supports")
"""Parts of a record that list things of the development plan."""
_BREAKS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""Characters that YAML reads as the end of a line."""
_OUTCOMES = {
    "praise": "acknowledged",
    "own": "settled (with words), action (name it), no_action (because) or carried_forward (because)",
    "concern": "action (name it), no_action (because) or carried_forward (because)",
    "carried": "action (name it), no_action (because) or carried_forward (because)",
}
"""Outcome words by the part of the papers. The service says which fits; the file only reminds."""
_SHOWN_ONLY = ("open_action", "ended_action", "support_owed", "support_offered")
"""Parts of the papers that need no outcome."""
_IN_HAND = ("proposed", "open", "completion_offered", "offered", "accepted", "not_delivered", "delivered")
"""States of actions and supports that a record is likely to name."""
BELOW = "Write words on new lines below `|`, each line two spaces further in than the line with `|`."
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
    actions: Sequence[str] = ()
    """Names of all actions of the plan. The service says which a record may name."""
    supports: Sequence[str] = ()
    """Names of all supports of the plan."""
    in_hand: Sequence[str] = ()
    """Names of the actions and supports that have not ended. The file lists them."""


def agenda_of(papers: Any, standards: Mapping[str, str], plan: Any = None) -> Agenda:
    """Return what a record on these papers is about, praise first.

    A standard, or the child's interest, that was disputed last time needs no outcome: the record has a section on it.
    """
    outcomes: dict[str, str] = {}
    parts: dict[str, list[str]] = {"praise": [], "own": [item.name for item in papers.own_items]}
    admitted = [late.entry for late in papers.late_items if word_of(late, "state") == "admitted"]
    # What becomes of an action or a support is said on it, so it needs no outcome.
    entries = [
        entry
        for entry in (*papers.entries, *admitted)
        if "/" in entry.name and word_of(entry, "section") not in _SHOWN_ONLY
    ]
    for entry in entries:
        parts.setdefault(word_of(entry, "section"), []).append(entry.name)
    for part in _OUTCOMES:
        for name in parts.get(part, ()):
            outcomes.setdefault(name, part)
    named = dict.fromkeys([*outcomes, *(entry.name for entry in entries)])
    if plan is None:
        return Agenda(standards, outcomes, list(named))
    in_hand = [each.name for each in (*plan.actions, *plan.supports) if word_of(each, "state") in _IN_HAND]
    actions, supports = ([each.name for each in kind] for kind in (plan.actions, plan.supports))
    return Agenda(standards, outcomes, list(named), actions, supports, in_hand)


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
    head = _HEAD.format(about=about, below=BELOW, command=command)
    views = {view.standard: view for view in record.content.views}
    outcomes = {outcome.item: outcome for outcome in record.content.outcomes}
    basis = [f"{ids[name]} is {names.items[name]}" for name in agenda.papers if name in names.items]
    lines = [
        *_comments(head.splitlines()),
        f"session: {session}",
        *_comments(["Which state of the record this file was written from. Leave it as it is."]),
        f"etag: {quoted(record.etag)}",
        "",
        *_comments(["How the child's interest is served. Needed before you share."]),
        *_block("child_interest", record.content.child_interest),
        "",
        *_comments([f"One view for each standard. Words: {', '.join(words_of_list('view'))}."]),
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
                (names.items.get(name, name), f"Words: {_OUTCOMES[part]}."),
                ids[name],
                outcomes.get(name),
                None if part == "praise" else short_ids(agenda.actions),
            )
        ),
        "",
        *_of_the_plan(record.content, agenda, names),
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
    basis = ", ".join(quoted(ids.get(name, name)) for name in view.basis) if view else ""
    return [
        *_comments([title], "  "),
        f"  - standard: {standard}",
        f"    view: {word}".rstrip(),
        f"    basis: [{basis}]",
        *_block("words", view.words if view else "", "    "),
    ]


def _outcome(about: Iterable[str], item: str, outcome: Any, actions: Mapping[str, str] | None) -> list[str]:
    """Return the lines of one outcome. `actions`: the ids of those that it can name; None for praise."""
    word = word_of(outcome, "word") if outcome else ""
    action = quoted((actions or {}).get(outcome.action, outcome.action)) if outcome and outcome.action else ""
    return [
        *_comments(about, "  "),
        f"  - item: {quoted(item)}",
        f"    outcome: {word}".rstrip(),
        *([] if actions is None and not action else [f"    action: {action}".rstrip()]),
        *_block("words", outcome.words if outcome else "", "    "),
    ]


def _of_the_plan(content: Any, agenda: Agenda, names: Names) -> list[str]:
    """Return the lines of the actions and supports that were made or spoken of."""
    ids = short_ids(agenda.actions) | short_ids(agenda.supports)
    known = [f"{ids[name]} is {names.items.get(name, name)}" for name in agenda.in_hand]
    said = [f"{part}: [{', '.join(quoted(ids.get(name, name)) for name in getattr(content, part))}]" for part in PARTS]
    return [
        *_comments(["Other actions and supports of the development plan that you spoke of: [id, id]."]),
        *_comments(["An outcome names its action itself. These are in the plan:"]),
        *_comments(known or ["nothing"]),
        *said,
    ]


def _comments(lines: Iterable[str], margin: str = "") -> list[str]:
    # What stands in the papers may have line ends of its own. None of them may end the comment.
    return [folded(" ".join(line.split()), WIDTH, f"{margin}# ", f"{margin}# ") for line in lines]


def _block(key: str, words: str, margin: str = "") -> list[str]:
    lines = [line.rstrip() for line in _BREAKS.split(words.strip())] if words.strip() else []
    return [f"{margin}{key}: |", *(f"{margin}  {line}".rstrip() for line in lines)]


def quoted(text: str) -> str:
    """Return a text between quotation marks, so that YAML takes no id for a number."""
    return f'"{text}"'


def words_of_list(kind: str) -> list[str]:
    """Return the words of a closed list of the contract: `view` or `outcome`."""
    from services.platform.calls.wire import to_word

    enum = enum_of_list(kind)
    return [to_word(enum, number) for number in enum.values() if number]


def enum_of_list(kind: str) -> Any:
    """Return the enum of such a list."""
    from psmf.evidence.v1 import session_records_pb2 as pb

    return pb.StandardView.Word if kind == "view" else pb.AgendaOutcome.Word
