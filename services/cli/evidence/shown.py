"""How the commands of `psmf evidence` show an item."""

from typing import Any

from services.client.words import day_of, short, spaced, word_of
from services.rules.domain.rulebook.wording import in_words


def speaks(item: Any) -> str:
    """Return the indicators that an item is mapped to, each with its polarity. A whole standard stands for itself."""
    spoken = [f"{mapping.indicator or mapping.standard} {word_of(mapping, 'polarity')}" for mapping in item.mappings]
    return ", ".join(spoken) or "not mapped to the standards yet"


def standing(item: Any) -> str:
    """Return from which day an item counts, or that it does not."""
    from psmf.evidence.v1 import evidence_pb2 as pb

    if item.state in (pb.ITEM_STATE_SUPERSEDED, pb.ITEM_STATE_WITHDRAWN):
        because = spaced(word_of(item, "taken_out_because")) if item.taken_out_because else ""
        return f"no longer: {because}" if because else "no longer"
    if item.why_not_counted:
        return _WHY_NOT.get(word_of(item, "why_not_counted"), spaced(word_of(item, "why_not_counted")))
    if not item.HasField("countable_date"):
        return "not yet"
    if not item.HasField("adverse_date"):
        return f"from {day_of(item, 'countable_date')}, against the Safeguarder not before it is shared"
    adverse = f"against the Safeguarder from {day_of(item, 'adverse_date')}"
    return f"from {day_of(item, 'countable_date')}, {adverse}"


_WHY_NOT = {
    "held": "not yet, its text is looked at first",
    "help_seeking": "never, it asks for help",
    "developmental": "never, it adds to the picture only",
    "unverified": "not yet, it is talked about at a session first",
    "exploratory": "as praise only, something new was tried",
    "complaint_pending": "not yet, the complaint is being looked at",
    "complaint_not_upheld": "never, the complaint was not upheld",
    "complaint_resolved": "never, the complaint was settled without a finding",
    "complaint_withdrawn": "never, the complaint was taken back",
    "unmapped": "not yet, not read against the standards",
    "not_shared": "not yet, not shared",
    "reply_stands_still": "not yet, the time to reply stands still",
}
"""Why an item does not count, as the service says it. What was superseded or withdrawn says its own reason."""


def sharing(item: Any) -> str:
    """Return when an item was shared and until when the person can reply, and whether that is only reported."""
    if not item.HasField("shared_date"):
        return "-"
    shared = f"{day_of(item, 'shared_date')}, {reply_time(item)}"
    return f"{shared} (reported with a loaded history, not recorded here)" if item.sharing_reported else shared


def reply_time(item: Any) -> str:
    """Return until when the person can reply, and whether days away were left out."""
    if item.reply_stands_still:
        return "time to reply stands still while the Safeguarder is away or a review is open"
    moved = " (days away or under review not counted)" if item.reply_moved else ""
    return f"reply until {day_of(item, 'reply_due_date')}{moved}"


def sender(item: Any) -> str:
    """Return who recorded an item, with the body of a partner's system."""
    return f"{item.sender} ({item.sender_body})" if item.sender_body else item.sender or "-"


def reply(item: Any) -> str:
    """Return the words of a reply, or the day on which it was given."""
    given = item.reply.text or day_of(item.reply, "reply_date")
    return f"{given} (held: the Team looks at it first)" if item.reply.held else given


def report(item: Any) -> list[str]:
    """Return the line about the report that an item is about; nothing for any other item."""
    if item.HasField("timeliness"):
        return [f"Report     due {day_of(item.timeliness, 'due_date')}, filed {day_of(item.timeliness, 'filed_date')}"]
    if item.report_review.HasField("report_due_date"):
        return [f"Report     due {day_of(item.report_review, 'report_due_date')}"]
    return []


_BASES = {"agreed": "agreed", "partly": "agreed in part", "set": "set by the support manager"}
_SUPPORTS = {
    "complete": "the supports were given",
    "declined": "the Safeguarder declined the supports",
    "still_running": "a support still runs",
    "team_could_not": "the Team was late with a support, or could not give it",
    "none_offered": "no support was offered",
}


def outcome(item: Any) -> list[str]:
    """Return the line about the action that an item is derived from; nothing for any other item."""
    if not item.HasField("action_outcome"):
        return []
    ended = item.action_outcome
    person, action = ended.derived_from.split("/")[1], short(ended.derived_from)
    basis = _BASES.get(word_of(ended, "basis"), "-")
    supports = _SUPPORTS.get(word_of(ended, "supports_standing"), "-")
    said = f"{spaced(word_of(ended, 'outcome'))} · to {word_of(ended, 'purpose')} · {basis} · {supports}"
    return [f"Action     {person}/{action} · {said}"]


def heading(item: Any) -> str:
    """Return the kind, the source and the state of an item."""
    kind, source = in_words(word_of(item, "kind")), in_words(word_of(item, "source"))
    return f"{kind} from {source} · {spaced(word_of(item, 'state'))}"


def row(item: Any) -> tuple[str, ...]:
    """Return an item as a row of `psmf evidence list`."""
    has_day = item.HasField("countable_date") and not item.why_not_counted
    counts = day_of(item, "countable_date") if has_day else standing(item)
    return (
        day_of(item, "happened_date"),
        in_words(word_of(item, "kind")),
        in_words(word_of(item, "source")),
        sender(item),
        speaks(item),
        counts,
        short(item.name),
    )


def held_row(item: Any) -> tuple[str, ...]:
    """Return an item as a row of `psmf evidence held`."""
    return (
        day_of(item, "received_date"),
        in_words(word_of(item, "kind")),
        in_words(word_of(item, "source")),
        sender(item),
        ", ".join(spaced(word) for word in item.held_for),
        "\n".join({"summary": item.summary, "reply": item.reply.text}[words] for words in item.to_look_at),
        short(item.name),
    )
