"""How papers and records are shown: pages of words for people, with nothing wider than the terminal."""

from collections.abc import Iterable, Iterator
from typing import Any

from services.cli.session.reading import Names, reference
from services.client.lines import folded, labelled
from services.client.words import day_of, how_many, london_time, short, spaced, word_of

CHILD_INTEREST = "child_interest"
"""The section of a record about the child's interest."""
_SECTIONS = {  # those between the own items and what has no evidence
    "new_evidence": "New",
    "concern": "Concerns",
    "open_action": "Actions",
    "ended_action": "Ended",
    "support_owed": "Team owes",
    "support_offered": "To answer",
    "carried": "Carried",
}


def papers_text(papers: Any, names: Names, width: int) -> str:
    """Return the papers of a session as both sides read them, praise first."""
    by_section: dict[str, list[Any]] = {}
    for entry in papers.entries:
        by_section.setdefault(word_of(entry, "section"), []).append(entry)
    which = f"Session {papers.number}" if papers.number else "One-to-one"
    lines = [folded(f"{which} · {_who(names)} · {london_time(papers.start_time)}", width)]
    lines.append(labelled("Papers", _frozen(papers), width))
    lines += _entries("Praise", by_section.pop("praise", []), names, width)
    lines += [
        labelled("" if place else "Own items", f"{_own_item(item)}  {short(item.name)}", width)
        for place, item in enumerate(papers.own_items)
    ]
    lines += _late_items(papers.late_items, names, width)
    without = by_section.pop("no_evidence", [])
    for section, label in _SECTIONS.items():
        lines += _entries(label, by_section.pop(section, []), names, width)
    if papers.HasField("plan_change"):
        lines += _plan_change(papers.plan_change, names, width)
    if without:
        said = ", ".join(names.items.get(entry.name, entry.name) for entry in without)
        lines.append(labelled("No evidence", f"{said}. It counts against nobody.", width))
    if papers.items_not_shared:
        it, items = "It" if papers.items_not_shared == 1 else "They", how_many(papers.items_not_shared, "items")
        said = f"{items} not shared with {names.person}. {it} cannot be used at this session."
        lines.append(labelled("Left out", said, width))
    lines.append(folded(f"{names.person} and the support manager see the same page.", width))
    return "\n".join(lines)


def _plan_change(change: Any, names: Names, width: int) -> Iterator[str]:
    """Yield what another version of the development plan changed since the papers before."""
    before = f"Version {change.version_before} was" if change.version_before else "No version was"
    since = f"{before} in force at the papers of {day_of(change, 'since_date')}."
    yield labelled("Plan", f"Version {change.version} is in force. {since}", width)
    parts = (("New", change.added), ("Changed", change.changed), ("No longer in it", change.removed))
    for said, found in parts:
        for name in found:
            yield labelled("", f"{said}: {names.items.get(name, _kind_of(name))}  {short(name)}", width)
    if not any(found for _, found in parts):
        yield labelled("", "Only reasons are given in other words.", width)


def _kind_of(name: str) -> str:
    """Return what kind of part of a plan a name names."""
    return name.split("/")[-2].removesuffix("s")


def _who(names: Names) -> str:
    return names.known if names.person == names.known else f"{names.person} ({names.known})"


def _frozen(papers: Any) -> str:
    """Return where the papers stand, in a sentence."""
    from psmf.evidence.v1 import session_records_pb2 as pb

    if papers.state == pb.SessionPack.STATE_VOID:
        return "void. The session was moved, was cancelled or was not held."
    if papers.state == pb.SessionPack.STATE_GROWING:
        if not papers.HasField("freeze_time"):
            return "still growing. They are frozen when the date of the session is confirmed."
        return f"still growing. They are frozen on {_london_day(papers.freeze_time)}."
    used = " A record rests on them." if papers.state == pb.SessionPack.STATE_USED else ""
    return f"frozen on {_london_day(papers.freeze_time)}, {papers.hash[:8]}.{used}"


def _london_day(stamp: Any) -> str:
    return london_time(stamp).rpartition(" ")[0]


def _own_item(item: Any) -> str:
    return f'"{" ".join(item.words.split())}", added {_london_day(item.add_time)}'


def _late_items(late_items: Iterable[Any], names: Names, width: int) -> Iterator[str]:
    """Yield what was shared too late for the papers, and whether the Safeguarder lets it be used."""
    from psmf.evidence.v1 import session_records_pb2 as pb

    for place, late in enumerate(late_items):
        admitted = late.state == pb.LateItem.STATE_ADMITTED
        how = f"admitted on {_london_day(late.admit_time)}" if admitted else "not admitted, so it cannot be used"
        yield labelled("" if place else "Late", f"{_said(late.entry, names)}; {how}", width)


def _entries(label: str, entries: Iterable[Any], names: Names, width: int) -> Iterator[str]:
    for place, entry in enumerate(entries):
        yield labelled("" if place else label, _said(entry, names), width)


def _said(entry: Any, names: Names) -> str:
    """Return an entry of the papers in words, with its id."""
    reply = f"; reply open until {day_of(entry, 'reply_due_date')}" if entry.HasField("reply_due_date") else ""
    if entry.reply_stands_still:
        reply = "; reply open, its time stands still while the Safeguarder is away or a review is open"
    return f"{names.items.get(entry.name, entry.name)}{reply}  {reference(entry.name)}"


def stands(record: Any, person: str) -> str:
    """Return where a record stands. The end of the time to answer is never shown as agreement."""
    from psmf.evidence.v1 import session_records_pb2 as pb

    if record.state == pb.SessionRecord.STATE_DRAFTED:
        return "Draft. Only those who write it see it."
    if record.state == pb.SessionRecord.STATE_SHARED:
        if record.answer.confirmed:
            return f"{person} confirmed this text on {_answered(record)}. It is not closed yet."
        return f"Shared. {person} can answer until {day_of(record, 'answer_due_date')}."
    if record.state == pb.SessionRecord.STATE_DISPUTED:
        return f"{person} disputes parts of it. An answer to them is due by {day_of(record, 'response_due_date')}."
    if record.state == pb.SessionRecord.STATE_CLOSED:
        return f"Closed on {_london_day(record.close_time)}. {_ending(record, person)}"
    return "Withdrawn, because the session was not held."


def _earlier(record: Any, person: str, current: int) -> str:
    """Return that a later text took the place of this one; empty if none did."""
    if current <= record.edition:
        return ""
    disputed = f" {person} disputed parts of it." if record.answer.disputes else ""
    return f"An earlier text.{disputed} Edition {current} took its place."


def _ending(record: Any, person: str) -> str:
    from psmf.evidence.v1 import session_records_pb2 as pb

    if record.ending == pb.SessionRecord.ENDING_CONFIRMED:
        return f"{person} confirmed this text on {_answered(record)}."
    if record.ending == pb.SessionRecord.ENDING_DISPUTED:
        return f"{person} disputes parts of it. Both sides' words stand."
    return f"{person} gave no answer. Nothing is taken as agreed."


def _answered(record: Any) -> str:
    return _london_day(record.answer.answer_time)


def record_text(record: Any, names: Names, width: int, current: int = 0) -> str:
    """Return one text of a record. What is disputed stands in both sides' words, section by section.

    `current` is the edition at which the record is, where an earlier text of it was asked for.
    """
    mode = f", {spaced(record.mode)}" if record.mode else ""
    lines = [
        folded(f"Record of a session · {_who(names)}", width),
        labelled("Held", f"{day_of(record, 'held_date')}{mode}", width),
        labelled("Edition", _edition(record), width),
        labelled("Stands", _earlier(record, names.person, current) or stands(record, names.person), width),
    ]
    if record.withdrawal_reason or record.withdrawal_asked_by:
        lines.append(labelled("Withdrawal", _withdrawal(record), width))
    lines.append(labelled("Papers", record.pack_hash[:8] or "-", width))
    written_for = f", for {record.for_whom}" if record.for_whom else ""
    lines.append(labelled("Written by", f"{record.author or '-'}{written_for}", width))
    disputes = {dispute.section: dispute for dispute in record.answer.disputes}
    for section, heading, word, words in _sections(record.content, names):
        said = [labelled(*word, width)] if word[1] else []
        lines += ["", folded(heading, width), *said, *_both_sides(words, disputes.pop(section, None), width)]
    for section, dispute in disputes.items():
        lines += ["", folded(section, width), *_both_sides("", dispute, width)]
    return "\n".join(lines)


def _edition(record: Any) -> str:
    shared = f", shared on {_london_day(record.share_time)}" if record.HasField("share_time") else ""
    before = (
        f", in place of edition {record.edition - 1}: {record.correction_reason}" if record.correction_reason else ""
    )
    return f"{record.edition}{shared}{before}"


def _withdrawal(record: Any) -> str:
    from psmf.evidence.v1 import session_records_pb2 as pb

    if record.state == pb.SessionRecord.STATE_WITHDRAWN:
        return record.withdrawal_reason or "-"
    return f"asked for by {record.withdrawal_asked_by}: {record.withdrawal_reason} A second person has to confirm it."


def _sections(content: Any, names: Names) -> Iterator[tuple[str, str, tuple[str, str], str]]:
    """Yield each section of a record: its id, its heading, its word if any, and the manager's words."""
    yield CHILD_INTEREST, f"How the child's interest is served  {CHILD_INTEREST}", ("", ""), content.child_interest
    for view in content.views:
        word = spaced(word_of(view, "word"))
        before = ". The view before stands, if there is one." if word == "no new evidence" else ""
        rests = f", rests on {', '.join(map(reference, view.basis))}" if view.basis else ""
        title = names.standards.get(view.standard, view.standard)
        yield view.standard, title, ("  View", f"{word}{rests}{before}"), view.words
    for outcome in content.outcomes:
        about = names.items.get(outcome.item, outcome.item)
        word = spaced(word_of(outcome, "word"))
        if outcome.action:
            word += f": {names.items.get(outcome.action, outcome.action)}  {reference(outcome.action)}"
        yield outcome.item, f"{about}  {reference(outcome.item)}", ("  Outcome", word), outcome.words
    for name in (*content.actions, *content.supports):
        yield name, f"Spoken of: {names.items.get(name, name)}  {reference(name)}", ("", ""), ""


def _both_sides(words: str, dispute: Any, width: int) -> list[str]:
    """Return the words of a section, and where it is disputed the Safeguarder's words and the answer to them."""
    lines = [labelled("  Manager", words, width)] if words else []
    if dispute is not None:
        lines.append(labelled("  Safeguarder", f"Disputed: {dispute.words}", width))
        lines.append(labelled("  Manager", f"Answer: {dispute.response or 'none yet.'}", width))
    return lines
