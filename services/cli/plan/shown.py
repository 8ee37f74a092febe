"""The pages of a development plan: words of both sides, who is awaited, and until when. Silence is never agreement."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from services.cli.plan.approach import change_entry
from services.cli.plan.versions import version_lines
from services.cli.plan.views import view_entry
from services.cli.session.reading import Names
from services.client.lines import folded, labelled
from services.client.words import day_of, london_time, short, spaced, word_of

OWNERS = {
    "support_manager": "the support manager",
    "panel_team": "the Team",
    "senior_manager": "a senior manager",
    "reviewer": "its reviewer",
    "reader": "its reader",
}
"""Who owes something, where it is not the Safeguarder."""
OWED = {
    "share_record": "the record of a session",
    "answer_record": "an answer to the record of a session",
    "respond_to_dispute": "an answer to what is disputed in a record",
    "answer_action": "an answer to a proposed action",
    "answer_support": "an answer to an offered support",
    "deliver_support": "a support that was accepted",
    "action": "what an action asks",
    "look_at_completion": "a look at an action that is said to be done",
    "review_action": "a talk about an action whose day has passed",
    "give_view": "a view of a concern",
    "acknowledge_approach": "an acknowledgement of a change of approach",
    "allocate_another": "another support manager",
    "share_recommendation": "a recommendation for the next term, shared with the Safeguarder",
    "answer_leave": "an answer to a request for leave",
    "review_suspension": "a suspension, to be looked at again",
    "submit_recommendation": "the recommendation for the next term, submitted to Scottish Ministers",
    "representations": "an answer to a recommendation, or that there is nothing more to say",
    "finalise_plan": "the development plan of the term, confirmed by both sides",
    "assign_review": "a reviewer for a review that was asked for",
    "draw_sample": "a report drawn in the round of sampling, or why there is none",
    "obtain_report": "a sampled report, or why it is not provided",
    "read_report": "a reading of a sampled report",
    "second_reading": "a second reading of a sampled report",
    "reconcile_readings": "one reading for two of a sampled report that differ",
    "share_reading": "the reading of a sampled report, mapped and shared",
    "decide_review": "a decision on a review that was asked for",
    "review_continuing": "the review of continuing appointment: a recommendation, submitted to Scottish Ministers",
    "answer_complaint": "the answer to a complaint at stage 1",
    "acknowledge_complaint": "an acknowledgement of a complaint that went to stage 2",
    "investigate_complaint": "the answer to a complaint at stage 2",
    "review_access": "a review of an emergency access",
    "record_decision": "what Scottish Ministers decided about a membership whose term is over, recorded",
}
"""What each kind of duty asks for. None of them counts against anybody."""
REPORTED = "reported, not recorded here."
"""What a page says of what happened before it was entered here."""
PLAN = "/developmentPlan"
"""The end of the name of a plan."""
_STANDSTILL = {
    "suspended": "the Safeguarder is suspended",
    "on_leave": "the Safeguarder is on leave",
    "support_late": "the Team is late with a support for it",
    "review_open": "a review was asked for",
}


def plan_text(plan: Any, duties: Sequence[Any] | None, names: Names, width: int) -> str:
    """Return a whole plan on one page. `duties` are the open ones; None if they are not known."""
    lines = [folded(f"Development plan · {who(names)}", width), *version_lines(plan, names, width)]
    if not plan.HasField("shown"):
        lines += part_of_page("Waiting", _waiting(duties, names), "for nobody", width)
    lines += part_of_page("Strengths", (_strength(each, names) for each in plan.strengths), "none named yet", width)
    lines += part_of_page("Needs", (_need(each, names) for each in plan.needs), "none named yet", width)
    lines += part_of_page("Actions", (_action(each, names) for each in plan.actions), "none yet", width)
    lines += part_of_page("Supports", (_support(each, names) for each in plan.supports), "none offered yet", width)
    if plan.approach_changes:
        lines += part_of_page("Approach", (change_entry(each, names) for each in plan.approach_changes), "none", width)
    if plan.views:
        lines += part_of_page("Views", (view_entry(each, names) for each in plan.views), "none", width)
    lines += ["", folded(f"{names.person} and the support manager see the same page.", width)]
    return "\n".join(lines)


def who(names: Names) -> str:
    """Return the Safeguarder's name with their id."""
    return names.known if names.person == names.known else f"{names.person} ({names.known})"


def part_of_page(heading: str, entries: Iterable[Sequence[str]], none: str, width: int) -> Iterator[str]:
    """Yield a part of the page: each entry begins with the id that people type."""
    found = list(entries)
    yield ""
    if not found:
        yield labelled(heading, f"{none}.", width)
        return
    yield heading
    for known, *texts in found:
        first, rest = f"  {known}  " if known else "  ", " " * (len(known) + 4 if known else 2)
        parts = [part for text in texts for part in text.splitlines() if part.strip()]
        for place, part in enumerate(parts):
            yield folded(part, width, rest if place else first, rest)


def _waiting(duties: Sequence[Any] | None, names: Names) -> Iterator[tuple[str, ...]]:
    if duties is None:
        yield ("", "Scheduling does not answer, so it is not known now who has to do what.")
        return
    for duty in duties:
        said = owed(duty, names.person)
        yield (about(duty), f"{said[0].upper()}{said[1:]}")


def about(duty: Any) -> str:
    """Return the start of the id of what a duty is about. A plan and a term have none: they are one person's."""
    return "" if duty.about.endswith(PLAN) or "/terms/" in duty.about else short(duty.about.removesuffix("/record"))


def owed(duty: Any, person: str) -> str:
    """Return what is owed, by whom, until when, and whether its time stands still, in a sentence or two."""
    from psmf.scheduling.v1 import duties_pb2 as pb

    kind, by = word_of(duty, "kind"), OWNERS.get(word_of(duty, "owed_by"), person)
    due = day_of(duty, "due_date")
    if duty.state == pb.Duty.STATE_STANDING_STILL:
        reasons = (_STANDSTILL.get(reason, spaced(reason)) for reason in _reasons(duty))
        because = f", because {' and '.join(reasons)}" if duty.standstill_reasons else ""
        return f"{OWED.get(kind, spaced(kind))}, from {by}. No time passes{because}. As it stands: {due}."
    passed = " That day has passed." if duty.overdue else ""
    return f"{OWED.get(kind, spaced(kind))}, from {by}, by {due}.{passed}"


def _reasons(duty: Any) -> Iterator[str]:
    from psmf.scheduling.v1 import duties_pb2 as pb

    from services.platform.calls.wire import to_word

    return (to_word(pb.Duty.StandstillReason, reason) for reason in duty.standstill_reasons)


def _strength(strength: Any, names: Names) -> tuple[str, ...]:
    head = f"{_standard(strength.standard, names)} · named by {_raiser(strength, 'raised_by', names)}"
    return short(strength.name), head, strength.words, *_rests_on(strength, names)


def _need(need: Any, names: Names) -> tuple[str, ...]:
    head = f"{_standard(need.standard, names)} · {need_stands(need)} · named by {_raiser(need, 'raised_by', names)}"
    because = [f"Because: {need.because}"] if need.because else []
    if need.carried_because:
        because.append(f"Carried, because: {need.carried_because}")
    return short(need.name), head, need.words, *_rests_on(need, names), *because


def need_stands(need: Any) -> str:
    """Return where a need stands, in words."""
    return spaced(word_of(need, "state"))


def _rests_on(named: Any, names: Names) -> list[str]:
    rests = [*map(short, named.evidence)]
    concern = getattr(named, "concern", "")
    if concern:
        rests.append(f"{names.items.get(concern, 'concern')}  {short(concern)}")
    return [f"Rests on {', '.join(rests)}"] if rests else []


def _action(action: Any, names: Names) -> tuple[str, ...]:
    head = f"{spaced(word_of(action, 'kind'))} · {action_about(action, names)} · {owner(action, names)}"
    due = [f"Due {due_of(action)}."] if has_not_ended(action) else []
    still = ["No time passes for it."] if action.stands_still else []
    return short(action.name), head, action.aim, " ".join([action_stands(action, names), *due, *still])


def _support(support: Any, names: Names) -> tuple[str, ...]:
    head = f"{spaced(word_of(support, 'kind'))} · for {', '.join(map(short, support.supported)) or '-'}"
    return short(support.name), head, support.words, support_stands(support, names)


def _standard(standard: str, names: Names) -> str:
    return names.standards.get(standard, standard)


def action_about(action: Any, names: Names) -> str:
    """Return the title of the indicator or the standard that an action is about."""
    return _standard(action.indicator or action.standard, names)


def owner(action: Any, names: Names) -> str:
    """Return who has to do an action."""
    return OWNERS.get(word_of(action, "owner"), names.person)


def _raiser(message: Any, field: str, names: Names) -> str:
    return OWNERS.get(word_of(message, field), names.person)


def _other_side(action: Any, names: Names) -> str:
    return names.person if word_of(action, "proposed_by") == "support_manager" else "the support manager"


def has_not_ended(action: Any) -> bool:
    """Return whether an action is proposed, is to be done, or is looked at."""
    return word_of(action, "state") in ("proposed", "open", "completion_offered")


def due_of(action: Any) -> str:
    """Return the day on which an action is due: as scheduling moved it, else as it was set last."""
    if action.HasField("due_date") or not action.due_days:
        return day_of(action, "due_date")
    return day_of(action.due_days[-1], "date")


def action_stands(action: Any, names: Names) -> str:
    """Return where an action stands. Without an answer it is never shown as agreed."""
    said = _action_stands(action, names)
    if not action.reported:
        return said
    return f"{said} It was opened on {day_of(action, 'open_date')}: {REPORTED}"


def _action_stands(action: Any, names: Names) -> str:
    state = word_of(action, "state")
    if state == "proposed":
        return _proposed(action, names)
    if state == "open":
        return f"Open. {_basis(action, names)}"
    if state == "completion_offered":
        return _said_done(action, names)
    if state == "replaced":
        return f"Another action took its place: {short(action.replaced_by) or '-'}."
    return {
        "met": "Met.",
        "partly_met": "Met in part.",
        "not_met": "Not met.",
        "not_possible": "It could not be done. It counts against nobody.",
        "withdrawn": "Withdrawn.",
    }.get(state, "-")


def _said_done(action: Any, names: Names) -> str:
    by = owner(action, names)
    looks = "Team" if word_of(action, "owner") == "support_manager" else "support manager"
    return f"{by[0].upper()}{by[1:]} says that it is done. The {looks} looks at it."


def _proposed(action: Any, names: Names) -> str:
    by, other = _raiser(action, "proposed_by", names), _other_side(action, names)
    begun = f"Proposed by {by}."
    if word_of(action, "answer") == "not_agreed":
        return f"{begun} {other[0].upper()}{other[1:]} does not agree. It is not open."
    if action.HasField("answer_due_date"):
        return f"{begun} {other[0].upper()}{other[1:]} can answer until {day_of(action, 'answer_due_date')}."
    return f"{begun} No answer yet. Nothing is taken as agreed."


def _basis(action: Any, names: Names) -> str:
    basis = word_of(action, "basis")
    if basis == "agreed":
        return "Both sides agreed."
    if basis == "partly":
        other = _other_side(action, names)
        return f"{other[0].upper()}{other[1:]} agreed in part."
    if basis == "set" and action.HasField("asked_date"):
        return (
            f"The support manager set it. {names.person} was asked on {day_of(action, 'asked_date')} and gave no words."
        )
    return "The support manager set it." if basis == "set" else ""


def action_text(plan: Any, action: Any, names: Names, width: int) -> str:
    """Return one action with the words of both sides, and the supports for it."""
    head = f"Action {short(action.name)} · {who(names)}"
    for_what = spaced(word_of(action, "purpose"))
    shown = [
        ("What", f"{spaced(word_of(action, 'kind'))}, to {for_what} · {action_about(action, names)}"),
        ("Aim", action.aim),
        ("Measure", action.measure),
        ("Whose", owner(action, names)),
        *(("Answers", f"{names.items.get(name, name)}  {short(name)}") for name in _answers(action)),
        ("Stands", action_stands(action, names)),
        ("Due", f"{due_of(action)}.{' No time passes for it.' if action.stands_still else ''}"),
        *(("Days before", said) for said in _days_before(action)),
        ("Short because", action.too_short_because),
        ("Manager", action.support_manager_words),
        ("Safeguarder", action.safeguarder_words),
        ("Said done", _done(action)),
        ("Outcome", action.outcome_words),
        ("Evidence", short(action.outcome_evidence) if action.outcome_evidence else ""),
        *(("Support", _brief(each, names)) for each in supports_for(plan, action)),
    ]
    return "\n".join([folded(head, width), *rows(shown, width)])


def rows(shown: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    """Yield each row that says something. A label that comes again is left out."""
    before = ""
    for label, text in shown:
        if text.strip():
            yield labelled("" if label == before else label, text, width)
            before = label


def _answers(action: Any) -> list[str]:
    return [*action.needs, *([action.concern] if action.concern else [])]


def _days_before(action: Any) -> Iterator[str]:
    for before, after in zip(action.due_days, action.due_days[1:], strict=False):
        by = f"{day_of(after, 'set_date')} by {after.set_by}"
        yield f"{day_of(before, 'date')}, moved on {by}: {after.words}"


def _done(action: Any) -> str:
    shown = ", ".join(map(short, action.completion_evidence))
    return "\n".join(filter(None, (action.completion_words, f"Shown by {shown}" if shown else "")))


def supports_for(plan: Any, action: Any) -> list[Any]:
    """Return the supports of a plan for an action, for a need that it answers, or for its concern."""
    answered = {action.name, *_answers(action)}
    return [support for support in plan.supports if answered.intersection(support.supported)]


def _brief(support: Any, names: Names) -> str:
    return f"{spaced(word_of(support, 'kind'))}: {support_stands(support, names)}  {short(support.name)}"


def support_stands(support: Any, names: Names) -> str:
    """Return where a support stands. No answer is never shown as one."""
    reported = f" The answer is {REPORTED}" if support.reported else ""
    return f"{_support_stands(support, names)}{reported}"


def _support_stands(support: Any, names: Names) -> str:
    state, late = word_of(support, "state"), " It is late." if support.late else ""
    if state == "offered":
        until = f" {names.person} can answer until {day_of(support, 'answer_due_date')}."
        return f"Offered.{until if support.HasField('answer_due_date') else ''}"
    if state == "accepted":
        return f"Accepted. The Team promises it by {day_of(support, 'promised_date')}.{late}"
    if state == "not_delivered":
        return f"{_not_given(support, names)} The Team still owes it.{late}"
    return {
        "declined": f"{names.person} declined it.",
        "none_given": f"{names.person} was asked, and asked again, and gave no answer. Nothing is taken as agreed.",
        "unavailable": "The Team cannot provide it. It counts against nobody.",
        "delivered": f"Given on {day_of(support, 'delivered_date')}.",
    }.get(state, "-")


def _not_given(support: Any, names: Names) -> str:
    not_received = word_of(support, "received") == "no"
    return f"{names.person} says that they did not receive it." if not_received else "It was not given."


def support_text(support: Any, names: Names, width: int) -> str:
    """Return one support, with what the Safeguarder says to it."""
    entered = f" Entered for {names.person} by {support.answer_entered_by}." if support.answer_entered_by else ""
    shown = [
        ("What", spaced(word_of(support, "kind"))),
        ("Words", support.words),
        *(("For", f"{names.items.get(name, name)}  {short(name)}") for name in support.supported),
        ("Offered", f"on {_london_day(support)} by {support.offered_by or '-'}, {_spoken_of(support)}"),
        ("Stands", f"{support_stands(support, names)}{entered}"),
        ("Safeguarder", support.answer_words),
        ("Because", support.because),
        ("Received", _received(support, names)),
    ]
    return "\n".join([folded(f"Support {short(support.name)} · {who(names)}", width), *rows(shown, width)])


def _london_day(support: Any) -> str:
    return london_time(support.create_time).rpartition(" ")[0]


def _spoken_of(support: Any) -> str:
    return f"spoken of on {day_of(support, 'discussed_date')}"


def _received(support: Any, names: Names) -> str:
    said = word_of(support, "received")
    if said == "yes":
        return f"{names.person} received it. {support.received_words}"
    if said == "no":
        return f"{names.person} did not receive it. {support.received_words}"
    if support.HasField("received_due_date"):
        return f"{names.person} can say until {day_of(support, 'received_due_date')} that they did not receive it."
    return ""
