"""The pages of a Safeguarder's own view, in words. They hold no score, and no order by worst."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from services.cli.plan.shown import OWED, OWNERS, action_stands, due_of, part_of_page, who
from services.cli.session.reading import Names
from services.client.lines import folded, labelled
from services.client.words import day_of, london_time, short, spaced, word_of
from services.rules.domain.rulebook.wording import in_words

_WORDS = {
    "met": "Met.",
    "developing": "Developing.",
    "concern": "Concern. No action is open for it yet.",
    "not_enough_evidence": "Not enough evidence. That is the Team's task, and never a mark against the Safeguarder.",
}
_DUE = {
    **OWED,
    "reply": "a reply to an item of evidence",
    "say_received": "an answer on whether a support was received",
    "confirm_plan": "the confirmation of the development plan",
    "admit_late_item": "an answer on something that was shared too late for the papers of a session",
}
"""What each kind of thing that is due asks for. None of it counts against anybody."""
_COMMANDS: Mapping[str, str] = {
    "reply": "psmf evidence reply {id}",
    "answer_record": "psmf session answer {id}",
    "answer_action": "psmf action show {id}",
    "answer_support": "psmf support show {id}",
    "say_received": "psmf support received {id} --answer yes",
    "give_view": 'psmf concern view {id} "in your words"',
    "confirm_plan": "psmf plan show",
    "admit_late_item": "psmf session pack {id}",
    "acknowledge_approach": "psmf approach show {id}",
    "representations": "psmf recommendation show {id}",
    "action": 'psmf action done {id} "what you did"',
}
"""The command with which a Safeguarder does each, or reads what it is and how to answer it."""
_SERVICES = {"evidence": "The file", "rules": "The rules", "scheduling": "The calendar"}


def standing_text(standing: Any, names: Names, width: int) -> str:
    """Return a whole standing on one page."""
    as_of, since = day_of(standing, "as_of_date"), day_of(standing, "since_date")
    lines = [folded(f"Standing · {who(names)} · {as_of}", width)]
    if standing.edition:
        said = f"Evidence received since {since}. Practice Standards of {standing.edition}."
    else:
        said = "No edition of the Practice Standards is known here, so nothing can be said about any standard."
    lines.append(folded(said, width))
    if standing.more_is_open:
        lines.append(folded("Something more is open, and it is not known here what it is about.", width))
    for each in standing.standards:
        lines += _standard(each, names, width)
    lines += part_of_page("Actions", (_action(each, names) for each in standing.actions), "none", width)
    lines += part_of_page("Due", (due_entry(each, names) for each in standing.due), "nothing from anybody", width)
    lines += part_of_page("Ways to show a standard", _ways(standing.standards), "none", width)
    lines += ["", labelled("Ask", _whom(standing), width)]
    lines += [labelled("" if at else "Known", said, width) for at, said in enumerate(_known(standing.sources))]
    said = (
        f"{names.person} and everybody who may read this page see the same. What was not shared with them is not used."
    )
    return "\n".join([*lines, "", folded(said, width)])


def waiting_text(found: Any, width: int) -> str:
    """Return what waits for a Safeguarder, with what happens if they do nothing, and how they do it."""
    lines: list[str] = []
    for each in found.waiting:
        known, due = _reference(each.due), each.due
        said = _DUE.get(word_of(due, "kind"), spaced(word_of(due, "kind")))
        lines.append(folded(f"{said[0].upper()}{said[1:]}. {_by_when(due)}", width, f"{known}  " if known else ""))
        margin = " " * (len(known) + 2 if known else 2)
        lines.append(folded(f"If you do nothing: {each.if_nothing}", width, margin, margin))
        lines.append(folded(command_for(each), width, margin, margin))
    if not lines:
        lines.append("Nothing waits for you.")
    missing = [said for said in _known(found.sources) if said.endswith(_MISSING)]
    return "\n".join([*lines, *(folded(said, width) for said in missing)])


def command_for(waiting: Any) -> str:
    """Return the command with which a Safeguarder does what waits for them, or reads how to."""
    kind, due = word_of(waiting.due, "kind"), waiting.due
    return _COMMANDS[kind].format(id=_reference(due)) if kind in _COMMANDS else f"By the method {waiting.method}"


def _reference(due: Any) -> str:
    """Return the start of the id of what something is about. A plan has none: it is one person's."""
    return (
        "" if due.about.endswith("/developmentPlan") else short(due.about.removesuffix("/record").removesuffix("/pack"))
    )


def _by_when(due: Any) -> str:
    if due.stands_still:
        return f"No time passes for it now.{_as_it_stands(due)}"
    if not due.HasField("due_date"):
        return "No day is known here."
    return f"By {day_of(due, 'due_date')}.{' That day has passed. You can still do it.' if due.passed else ''}"


def _as_it_stands(due: Any) -> str:
    return f" As it stands: {day_of(due, 'due_date')}." if due.HasField("due_date") else ""


def _standard(each: Any, names: Names, width: int) -> Iterator[str]:
    yield ""
    yield folded(names.standards.get(each.standard, each.standard), width)
    rows = [_WORDS.get(word_of(each, "word"), spaced(word_of(each, "word")))]
    if each.under_review:
        rows.append("A matter about it is under review. That alone changes nothing here.")
    if each.HasField("last_view"):
        rows.append(_view(each.last_view))
    rows += [f"{names.items.get(name, 'concern')}  {short(name)}" for name in each.concerns]
    rows += [_item(item) for item in each.items]
    for row in rows:
        yield folded(row, width, "  ", "    ")


def _view(view: Any) -> str:
    disputed = " The Safeguarder disputes it." if view.disputed else ""
    return (
        f"The support manager's last view, on {day_of(view, 'held_date')}: {spaced(word_of(view, 'word'))}.{disputed}"
    )


def _item(item: Any) -> str:
    from psmf.evidence.v1 import evidence_pb2

    from services.platform.calls.wire import to_word

    said = [to_word(evidence_pb2.Polarity, polarity) for polarity in item.polarities]
    head = ", ".join([in_words(word_of(item, "kind")), day_of(item, "received_date"), *said])
    if item.HasField("reply_due_date"):
        return f"{head}. Reply until {day_of(item, 'reply_due_date')}.  {short(item.name)}"
    return f"{head}.{'' if item.counts else ' Does not count.'}  {short(item.name)}"


def _action(action: Any, names: Names) -> tuple[str, str]:
    standard = names.standards.get(action.indicator or action.standard, action.standard)
    aim = " ".join(action.aim.split())
    still = " No time passes for it." if action.stands_still else ""
    stands = f"{action_stands(action, names)} Due {due_of(action)}.{still}"
    return short(action.name), f"{names.items.get(action.name, 'action')} · {standard} · {aim} {stands}"


def due_entry(due: Any, names: Names) -> tuple[str, str]:
    """Return the start of the id of what is due, and what it is, from whom and by when."""
    kind, by = word_of(due, "kind"), OWNERS.get(word_of(due, "owed_by"), names.person)
    said = f"{_DUE.get(kind, spaced(kind))}, from {by}"
    if due.stands_still:
        return _reference(due), f"{said[0].upper()}{said[1:]}. No time passes for it now.{_as_it_stands(due)}"
    if not due.HasField("due_date"):
        return _reference(due), f"{said[0].upper()}{said[1:]}. No day is known here."
    passed = " That day has passed." if due.passed else ""
    return _reference(due), f"{said[0].upper()}{said[1:]}, by {day_of(due, 'due_date')}.{passed}"


def _ways(standards: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """Yield each way once, with the standards for which it is named if these are not all."""
    found: dict[str, tuple[str, list[str]]] = {}
    for each in standards:
        for way in each.ways:
            found.setdefault(way.way, (way.words, []))[1].append(each.standard)
    for words, shown in found.values():
        yield "", words if len(shown) == len(standards) else f"{', '.join(shown)}: {words}"


def _whom(standing: Any) -> str:
    manager = standing.support_manager
    return f"the support manager, {manager}." if manager else "the Panel Team. No support manager is allocated."


_MISSING = "It is missing here."


def _known(sources: Iterable[Any]) -> Iterator[str]:
    for source in sources:
        name = _SERVICES.get(source.service, source.service)
        state = word_of(source, "state")
        if state == "never_told":
            yield f"{name} ({source.service}): it has told nothing since this service began. {_MISSING}"
        elif state == "waits":
            yield f"{name} ({source.service}): something that it told cannot be read yet. {_MISSING}"
        elif source.HasField("known_time"):
            yield f"{name} ({source.service}): as known at {london_time(source.known_time)}."
        else:
            yield f"{name} ({source.service}): it has told nothing about this person."
