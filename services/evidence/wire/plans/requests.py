"""Development plans as people write them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as pb

from services.evidence.domain.plans.action import (
    ActionAnswer,
    ActionKind,
    ActionState,
    Basis,
    Proposal,
    Purpose,
    ReportedOpening,
)
from services.evidence.domain.plans.contents import Carried, Reasons
from services.evidence.domain.plans.life_of_a_support import Recorded
from services.evidence.domain.plans.life_of_an_action import Ending
from services.evidence.domain.plans.need import NeedState
from services.evidence.domain.plans.sides import Side
from services.evidence.domain.plans.strength import Named
from services.evidence.domain.plans.support import (
    Offer,
    Received,
    ReportedAnswer,
    SupportAnswer,
    Supported,
    SupportKind,
    SupportState,
)
from services.evidence.wire.session_records import words
from services.platform.calls.wire import from_date, name_parts, to_member, to_needed_text, to_text, to_word
from services.refusals import invalid

MOST_NAMES = 50
"""Ours: names in one list of a request. A plan has some dozens of parts at most."""
_LONGEST_ID = 200
_PLAN = "/developmentPlan"


def plan_person(name: str) -> str:
    """Return the Safeguarder's id in the name of a plan. Refuse INVALID if it has another form, or names everybody."""
    (safeguarder_id,) = name_parts(name, "safeguarders", ending=_PLAN)
    if safeguarder_id == "-":
        raise invalid("NAME_NOT_VALID", "Name one Safeguarder: a plan is one person's.", "name")
    return safeguarder_id


def parent(name: str) -> str:
    """Return the Safeguarder's id in a parent. Refuse INVALID if it has another form."""
    (safeguarder_id,) = name_parts(name, "safeguarders", field="parent")
    return safeguarder_id


def one_person(name: str) -> str:
    """Return the Safeguarder's id in a parent. Refuse INVALID if it has another form, or names everybody.

    An empty list would say that nobody has a plan. A Safeguarder's `-` is themselves by then.
    """
    person = parent(name)
    if person == "-":
        raise invalid("NAME_NOT_VALID", "Name one Safeguarder: a plan is one person's.", "parent")
    return person


def part_name(name: str, collection: str) -> tuple[str, str]:
    """Return the ids of the Safeguarder and of the part in a name. Refuse INVALID if it has another form."""
    safeguarder_id, part_id = name_parts(name, "safeguarders", collection)
    return safeguarder_id, part_id


def ids(names: Sequence[str], collection: str, safeguarder_id: str, field: str) -> tuple[str, ...]:
    """Return the ids in names of parts of one person.

    Raises:
        Refusal: INVALID for another form or another person, a name that stands there twice, or too many names.
    """
    _check_list(names, field)
    return tuple(_own_id(name, (collection,), safeguarder_id, field)[1] for name in names)


def one_id(name: str, collection: str, safeguarder_id: str, field: str) -> str:
    """Return the id in a name that may be missing; empty without one. Refuse INVALID as `ids` does."""
    return _own_id(name, (collection,), safeguarder_id, field)[1] if name else ""


def needed_words(text: str, path: str, year: int) -> str:
    """Return a text that has to be there. Refuse INVALID as `words` does, and if it is empty."""
    found = words(text, path, year)
    if not found:
        raise invalid("FIELD_MISSING", f"{path} is needed.", path)
    return found


def needed_date(request: Any, field: str) -> date:
    """Return a day that has to be there. Refuse INVALID without one, and for what is no day of the calendar."""
    day = from_date(request, field)
    if day is None:
        raise invalid("FIELD_MISSING", f"{field} is needed.", field)
    return day


def strength(request: pb.CreateStrengthRequest, year: int) -> Named:
    """Return a strength as somebody names it. Refuse INVALID as `proposal` does."""
    return Named(*_what(request, year))


def need(request: pb.CreateNeedRequest, year: int) -> Named:
    """Return a need as somebody names it. Refuse INVALID as `proposal` does."""
    concern = one_id(request.concern, "concerns", parent(request.parent), "concern")
    return Named(*_what(request, year), concern)


def is_met(request: pb.CloseNeedRequest) -> bool:
    """Return whether a need that ends is met. The false of callers of earlier releases may be a blank (P18).

    Raises:
        Refusal: UNKNOWN_VALUE for another outcome; FIELD_MISSING without one.
    """
    word = to_word(pb.Need.State, request.outcome, "outcome") or ("met" if request.met else "")
    if not word:
        message = "Say how the need ends: set outcome to STATE_MET or STATE_NO_ACTION. met is of earlier releases, and "
        raise invalid("FIELD_MISSING", f"{message}its false is no answer.", "outcome")
    if word not in (NeedState.MET, NeedState.NO_ACTION):
        raise invalid("UNKNOWN_VALUE", "A need ends as met or no_action.", "outcome")
    return word == NeedState.MET


def _what(request: Any, year: int) -> tuple[str, str, tuple[str, ...]]:
    standard = to_needed_text(request.standard, "standard", _LONGEST_ID)
    evidence = ids(request.evidence, "evidenceItems", parent(request.parent), "evidence")
    return standard, needed_words(request.words, "words", year), evidence


def proposal(request: pb.CreateActionRequest, year: int) -> Proposal:
    """Return an action as somebody proposes it. `year`: the year in which it is read, for the screen of texts.

    Raises:
        Refusal: INVALID for an unknown word, a bad name or day, or a text that `words` refuses.
    """
    person = parent(request.parent)
    return Proposal(
        to_member(ActionKind, pb.Action.Kind, request.kind, "kind"),
        to_member(Purpose, pb.Action.Purpose, request.purpose, "purpose"),
        to_needed_text(request.standard, "standard", _LONGEST_ID),
        to_text(request.indicator, "indicator", _LONGEST_ID),
        needed_words(request.aim, "aim", year),
        needed_words(request.measure, "measure", year),
        to_member(Side, pb.Action.Owner, request.owner, "owner"),
        needed_date(request, "due_date"),
        ids(request.needs, "needs", person, "needs"),
        one_id(request.concern, "concerns", person, "concern"),
        words(request.too_short_because, "too_short_because", year),
        one_id(request.replaces, "actions", person, "replaces"),
    )


def reported_opening(request: pb.CreateActionRequest, year: int) -> ReportedOpening | None:
    """Return how an action was opened before, if it is only reported; None for one that is proposed now.

    Raises:
        Refusal: INVALID as `proposal` says; FIELD_MISSING without the day, if anything else is reported.
    """
    said = (
        words(request.support_manager_words, "support_manager_words", year),
        words(request.safeguarder_words, "safeguarder_words", year),
    )
    opened_on = from_date(request, "reported_open_date")
    if opened_on is None:
        _check_nothing_reported(request.reported_basis or any(said), "reported_open_date")
        return None
    basis = to_member(Basis, pb.Action.Basis, request.reported_basis, "reported_basis")
    return ReportedOpening(opened_on, basis, *said)


def _check_nothing_reported(given: Any, field: str) -> None:
    if given:
        message = f"{field} is needed: say on which day it was, or leave out what you report of that day."
        raise invalid("FIELD_MISSING", message, field)


def reasons(request: pb.UpdateDevelopmentPlanRequest, year: int) -> Reasons:
    """Return the reasons that somebody gives. Refuse INVALID as `proposal` does."""
    person = plan_person(request.name)
    named = ids([each.need for each in request.carried], "needs", person, "carried")
    texts = (
        needed_words(each.because, f"carried[{place}].because", year) for place, each in enumerate(request.carried)
    )
    return Reasons(
        words(request.no_strength_because, "no_strength_because", year),
        words(request.not_final_because, "not_final_because", year),
        tuple(Carried(need_id, because) for need_id, because in zip(named, texts, strict=True)),
    )


def action_answer(request: pb.AnswerActionRequest) -> ActionAnswer:
    """Return what the other side says to an action. Refuse INVALID for an unknown word."""
    return to_member(ActionAnswer, pb.AnswerActionRequest.Answer, request.answer, "answer")


def ending(request: pb.CloseActionRequest, year: int) -> Ending:
    """Return how an action ends. Refuse INVALID for an unknown word, and as `needed_words` does."""
    outcome = to_member(ActionState, pb.Action.State, request.outcome, "outcome")
    return Ending(outcome, needed_words(request.words, "words", year))


def offer(request: pb.OfferSupportRequest, year: int) -> Offer:
    """Return a support as somebody offers it. Refuse INVALID as `proposal` does."""
    return Offer(
        to_member(SupportKind, pb.Support.Kind, request.kind, "kind"),
        _supported(request),
        words(request.words, "words", year),
        needed_date(request, "discussed_date"),
        from_date(request, "promised_date"),
    )


def reported_answer(request: pb.OfferSupportRequest, year: int) -> ReportedAnswer | None:
    """Return what the Safeguarder answered before, if it is only reported; None for what is offered now.

    Raises:
        Refusal: INVALID as `proposal` says; FIELD_MISSING without the day, if anything else is reported.
    """
    said, answered_on = words(request.answer_words, "answer_words", year), from_date(request, "reported_answer_date")
    if answered_on is None:
        _check_nothing_reported(request.reported_answer or said, "reported_answer_date")
        return None
    answers, given = pb.AnswerSupportRequest.Answer, request.reported_answer
    return ReportedAnswer(to_member(SupportAnswer, answers, given, "reported_answer"), answered_on, said)


def _supported(request: pb.OfferSupportRequest) -> Supported:
    person, found = parent(request.parent), dict[str, list[str]]()
    _check_list(request.supported, "supported")
    for name in request.supported:
        collection, part_id = _own_id(name, ("needs", "actions", "concerns"), person, "supported")
        found.setdefault(collection, []).append(part_id)
    return Supported(**{collection: tuple(part_ids) for collection, part_ids in found.items()})


def support_answer(request: pb.AnswerSupportRequest) -> SupportAnswer:
    """Return what the Safeguarder says to a support. Refuse INVALID for an unknown word."""
    return to_member(SupportAnswer, pb.AnswerSupportRequest.Answer, request.answer, "answer")


def gives_words(request: pb.GiveViewRequest) -> bool:
    """Return whether the Safeguarder gives a view in words.

    Raises:
        Refusal: INVALID for an unknown word; VIEW_HAS_WORDS for words where none was given, which would be lost.
    """
    in_words = to_word(pb.GiveViewRequest.Given, request.given, "given") == "words"
    if request.words and not in_words:
        raise invalid("VIEW_HAS_WORDS", "These words are a view. Say that it was given, or leave them out.", "words")
    return in_words


def recorded(request: pb.RecordSupportRequest, year: int) -> Recorded:
    """Return what became of a support. Refuse INVALID for an unknown word, and as `words` does."""
    outcome = to_member(SupportState, pb.Support.State, request.outcome, "outcome")
    return Recorded(outcome, from_date(request, "delivered_date"), words(request.because, "because", year))


def received(request: pb.ConfirmSupportRequest) -> Received:
    """Return whether a support was received. Refuse INVALID for an unknown word."""
    return to_member(Received, pb.Support.Received, request.received, "received")


def _check_list(names: Sequence[str], field: str) -> None:
    if len(names) > MOST_NAMES:
        raise invalid("TOO_MANY_PARTS", f"{field} has more than {MOST_NAMES} entries.", field, most=str(MOST_NAMES))
    if len(set(names)) != len(names):
        raise invalid("NAMED_TWICE", f"{field} names something twice. Name each once.", field)


def _own_id(name: str, collections: Sequence[str], safeguarder_id: str, field: str) -> tuple[str, Any]:
    parts = name.split("/")
    collection = parts[2] if len(parts) > 2 and parts[2] in collections else collections[0]
    person, part_id = name_parts(name, "safeguarders", collection, field=field)
    if person != safeguarder_id:
        raise invalid("NAME_NOT_VALID", f"{field} must name what belongs to this Safeguarder.", field)
    return collection, part_id
