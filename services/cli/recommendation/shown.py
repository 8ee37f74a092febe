"""The pages of readiness and of a recommendation. What is late is the Team's, and never a mark on the person."""

from collections.abc import Iterable, Iterator
from typing import Any

from services.client.lines import folded, labelled
from services.client.words import day_of, london_time, short, spaced, word_of

_LINES = {
    "open_action": "An action is open, due {day}.",
    "support_owed": "The Team owes a support, promised by {day}.",
    "reply_runs": "The time to reply runs until {day}.",
    "training_not_shown": "No assessment of training is on file for this term. It is due by {day}.",
    "samples_short": "Fewer reports were read in the last twelve months than are asked for.",
    "raised_too_late": "A matter was first raised on {day}, too late before the end of the term to be fair.",
    "review_open": "A review is open. Whose turn it is has until {day}.",
}
_STANDS_STILL = "The time to reply stands still."
_TOO_LATE = " Too late: the Team owes it."
_STATES = {
    "drafted": "Drafted. The person does not see it yet.",
    "checked": "Checked. The person does not see it yet.",
    "shared": "Shared.",
    "approved": "Approved by a second person.",
    "submitted": "Submitted to Scottish Ministers.",
    "decided": "Scottish Ministers have decided.",
    "withdrawn": "Taken back.",
}


def readiness_text(readiness: Any, who: str, width: int) -> str:
    """Return the page of how ready everything is."""
    lines = [folded(f"Readiness · {who}", width)]
    if readiness.HasField("term_end_date"):
        opens = day_of(readiness, "open_date")
        is_open = "The papers are open" if readiness.open else f"The papers open on {opens}"
        lines.append(folded(f"The term ends on {day_of(readiness, 'term_end_date')}. {is_open}.", width))
    lines += _not_ready(readiness.lines, width)
    if readiness.open and not readiness.lines:
        lines.append(labelled("Not ready", "nothing: everything is.", width))
    for each in readiness.recommendations:
        lines.append(labelled("Recommended", f"{short(each.name)}  {what_it_says(each)} {stands(each)}", width))
    return "\n".join([*lines, "", folded("Both sides see the same page. Nothing here counts against anybody.", width)])


def pack_text(pack: Any, who: str, width: int) -> str:
    """Return the page of a recommendation with its pack."""
    known = pack.recommendation
    rows = [
        ("Says", what_it_says(known)),
        ("Stands", stands(known)),
        *(("Criteria", _criterion(each)) for each in known.text.criteria),
        *(("Conditions", _condition(each)) for each in known.text.conditions),
        ("More time", _more_time(known.text)),
        ("About", ", ".join(short(name) for name in known.text.concerns)),
        *(("Said", _representation(each)) for each in known.representations),
        ("Pack", _pack(pack)),
        ("Relies on", ", ".join(_name(each.name) for each in pack.entries if each.relied_on)),
        ("Checked", f"against version {known.criteria_version} of the criteria." if known.criteria_version else ""),
        *(("Reviews", _review(each)) for each in known.reviews),
        ("Still open", _open_reviews(known)),
        ("Taken back", known.withdrawn_because),
        ("Decided", _decided(known)),
    ]
    head = folded(f"Recommendation {short(known.name)} · {who}", width)
    return "\n".join([head, *_rows(rows, width), *_not_ready(pack.lines, width)])


def what_it_says(known: Any) -> str:
    """Return what is recommended, in words."""
    return f"{spaced(word_of(known, 'kind'))}: {spaced(word_of(known.text, 'outcome'))}."


def stands(known: Any) -> str:
    """Return where a recommendation stands, in words."""
    said = _STATES.get(word_of(known, "state"), "-")
    if known.HasField("representations_due_date"):
        said += f" Words can be added until {day_of(known, 'representations_due_date')}."
    return f"{said} Nothing more to say." if known.nothing_more else said


def _not_ready(lines: Iterable[Any], width: int) -> Iterator[str]:
    for at, each in enumerate(lines):
        what = word_of(each, "what")
        said = _LINES.get(what, spaced(what)).format(day=day_of(each, "date"))
        said = _STANDS_STILL if what == "reply_runs" and not each.HasField("date") else said
        about = f"{_name(each.about)}  " if each.about else ""
        yield labelled("" if at else "Not ready", f"{about}{said}{_TOO_LATE if each.too_late else ''}", width)


def _criterion(each: Any) -> str:
    names = f" ({', '.join(map(_name, each.names))})" if each.names else ""
    return f"{spaced(word_of(each, 'what'))}: {spaced(word_of(each, 'answer'))}. {each.words}{names}"


def _condition(each: Any) -> str:
    return (
        f"{each.words} Measure: {each.measure} By {day_of(each, 'due_date')}. "
        f"Support: {each.support} Standard {each.standard}."
    )


def _more_time(text: Any) -> str:
    if not text.HasField("more_time"):
        return ""
    time = text.more_time
    return f"Until {day_of(time, 'until_date')}. What: {time.what} From: {time.where_from}"


def _representation(each: Any) -> str:
    late = ", after submission" if each.after_submission else ""
    answer = f" Answer: {each.answer}" if each.answer else ""
    return f"{london_time(each.create_time)}{late}: {each.words}{answer}"


def _pack(pack: Any) -> str:
    number = len(pack.entries)
    if not pack.hash:
        return f"{number} entries. It grows until it is shared."
    return f"{number} entries, frozen {london_time(pack.freeze_time)}, hash {pack.hash}"


def _open_reviews(known: Any) -> str:
    names = ", ".join(map(short, known.open_reviews))
    return f"as it was submitted, a review of something that it rests on: {names}" if names else ""


def _review(review: Any) -> str:
    decided = spaced(word_of(review, "decision"))
    return f"{short(review.name)}, {spaced(word_of(review, 'state'))}{decided and f': {decided}'}."


def _decided(known: Any) -> str:
    if not known.HasField("decide_time"):
        return ""
    reasons = f" {known.decision_reasons}" if known.decision_reasons else ""
    return f"{spaced(word_of(known, 'decided_as'))}, recorded {london_time(known.decide_time)}.{reasons}"


def _name(name: str) -> str:
    return short(name.removesuffix("/record"))


def _rows(rows: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    before = ""
    for label, text in rows:
        if text.strip():
            yield labelled("" if label == before else label, text, width)
            before = label
