"""Review requests as people make and read them, and their event."""

from datetime import date

from psmf.evidence.v1 import events_pb2, reviewers_pb2
from psmf.evidence.v1 import review_requests_pb2 as pb
from psmf.rules.v1 import events_pb2 as rules_events

from services.evidence.domain.review_requests.chain import Bar, Candidate
from services.evidence.domain.review_requests.override import Override
from services.evidence.domain.review_requests.request import (
    COLLECTIONS,
    ENDINGS,
    Acceptance,
    Asked,
    Decision,
    Ground,
    ReviewRequest,
    Target,
)
from services.evidence.wire.plans.requests import needed_words, parent
from services.evidence.wire.session_records import words
from services.platform.calls.wire import from_date, from_word, name_parts, to_date, to_instant, to_member
from services.refusals import Refusal, invalid, precondition

_KINDS = {(collection, ENDINGS.get(kind, "")): kind for kind, collection in COLLECTIONS.items()}
"""What can be reviewed, by the collection in its name and by how that ends."""
_NOT_YET = (
    *("strengths", "developmentPlans", "developmentPlan", "decisions", "overlays"),
    *("timesAway", "reportSamples", "duties"),
)
"""What a Safeguarder may ask to have reviewed, and cannot yet ask for here."""
_WHAT = (
    "an item of evidence, a concern, a session record, a need, an action, a review of actions, a support, a view that "
    "others entered, a change of approach, a recommendation, an unexcused absence or an override"
)


def asked(request: pb.CreateReviewRequestRequest, year: int) -> Asked:
    """Return a request as somebody makes it. `year`: the year in which it is read, for the screen of texts.

    Raises:
        Refusal: INVALID for an unknown word, a bad name or day, something named twice, or a text that `words` refuses;
            TARGET_NOT_YET.
    """
    grounds = tuple(to_member(Ground, pb.ReviewRequest.Ground, each, "grounds") for each in request.grounds)
    if len(set(grounds)) != len(grounds):
        raise invalid("NAMED_TWICE", "grounds names something twice. Name each once.", "grounds")
    return Asked(
        _target(request.target, parent(request.parent)),
        grounds,
        needed_words(request.words, "words", year),
        words(request.asks_for, "asks_for", year),
        from_date(request, "made_date"),
    )


def acceptance(request: pb.AcceptReviewRequestRequest) -> Acceptance:
    """Return what is said to a request at first. Refuse INVALID for an unknown word."""
    return to_member(Acceptance, pb.AcceptReviewRequestRequest.Answer, request.answer, "answer")


def decision(request: pb.DecideReviewRequestRequest) -> Decision:
    """Return what is decided. Refuse INVALID for an unknown word."""
    return to_member(Decision, pb.ReviewRequest.Decision, request.decision, "decision")


def request_message(request: ReviewRequest) -> pb.ReviewRequest:
    """Return the message of a request."""
    person, kinds, reviewer = f"safeguarders/{request.safeguarder_id}", pb.ReviewRequest, request.reviewer
    return pb.ReviewRequest(
        name=request.name,
        target=request.target_name,
        target_kind=from_word(kinds.TargetKind, request.target.kind),
        target_version=request.target_version,
        grounds=[from_word(kinds.Ground, ground) for ground in request.asked.grounds],
        words=request.asked.words,
        asks_for=request.asked.asks_for,
        made_date=to_date(request.made_on),
        entered_by=request.entered_by,
        create_time=to_instant(request.created_at),
        late=request.late,
        state=from_word(kinds.State, request.state),
        accepted_by=request.accepted_by,
        accept_words=request.accept_words,
        follows=f"{person}/reviewRequests/{request.follows}" if request.follows else "",
        assign_due_date=to_date(_assign_due_on(request)),
        reviewer=reviewer.person if reviewer else "",
        level=reviewer.level if reviewer else 0,
        decide_due_date=to_date(reviewer.due_on if reviewer and request.is_open else None),
        statements=[
            kinds.Statement(words=said.words, person=said.person, create_time=to_instant(said.said_at))
            for said in request.statements
        ],
        decision=from_word(kinds.Decision, request.decision),
        reasons=request.reasons,
        end_time=to_instant(request.ended_at) if request.ended_at else None,
        concerns=[f"{person}/concerns/{concern_id}" for concern_id in request.concern_ids],
        etag=request.etag,
        assigner=request.assigner,
        moved_up=request.moved_up,
    )


def reviewer_message(candidate: Candidate, bars: tuple[Bar, ...]) -> reviewers_pb2.Reviewer:
    """Return the message of somebody who may decide a request, or may not."""
    found = [from_word(reviewers_pb2.Reviewer.Bar, bar) for bar in bars]
    return reviewers_pb2.Reviewer(person=candidate.person, level=candidate.level, bars=found)


def request_event(request: ReviewRequest) -> events_pb2.ReviewRequestChanged:
    """Return the event of a request: ids, dates and words of closed lists."""
    kinds, reviewer = pb.ReviewRequest, request.reviewer
    return events_pb2.ReviewRequestChanged(
        safeguarder_id=request.safeguarder_id,
        review_id=request.review_id,
        version=request.version,
        target_kind=from_word(kinds.TargetKind, request.target.kind),
        target_id=request.target.target_id,
        state=from_word(kinds.State, request.state),
        decision=from_word(kinds.Decision, request.decision),
        made_date=to_date(request.made_on),
        evidence_ids=request.evidence_ids,
        concern_ids=request.concern_ids,
        create_time=to_instant(request.created_at),
        assign_due_date=to_date(_assign_due_on(request)),
        reviewer=reviewer.person if reviewer else "",
        assign_date=to_date(reviewer.since_on if reviewer else None),
        decide_due_date=to_date(reviewer.due_on if reviewer and request.is_open else None),
        end_date=to_date(request.ended_on),
        change_time=to_instant(request.recorded_at),
        entered=request.entered_for_them,
        assigner=request.assigner if _assign_due_on(request) else "",
        moved_up=request.moved_up,
        reviewer_before=request.reviewers[-2].person if len(request.reviewers) > 1 else "",
    )


def override(message: rules_events.RuleOverrideChanged) -> Override:
    """Return an override as its event tells it. Raise ValueError without its days."""
    starts_on, ends_on = from_date(message, "start_date"), from_date(message, "end_date")
    if starts_on is None or ends_on is None:
        raise ValueError("an override without its days")
    return Override(
        message.override_id, message.safeguarder_id, message.author, starts_on, ends_on, max(message.version, 1)
    )


def _assign_due_on(request: ReviewRequest) -> date | None:
    return request.assign_due_on if request.is_open and request.reviewer is None else None


def _target(name: str, safeguarder_id: str) -> Target:
    """Return what a name of a target stands for.

    Raises:
        Refusal: NAME_NOT_VALID for another form or another person; TARGET_NOT_YET for what cannot be reviewed here yet.
    """
    parts = name.split("/")
    if len(parts) > 2 and parts[2] in _NOT_YET:
        raise _not_yet()
    ending = f"/{parts[4]}" if len(parts) == 5 else ""
    kind = _KINDS.get((parts[2] if len(parts) > 2 else "", ending))
    if kind is None:
        message = f"target must be the name of {_WHAT}."
        raise invalid("NAME_NOT_VALID", message, "target")
    person, target_id = name_parts(name, "safeguarders", COLLECTIONS[kind], field="target", ending=ending)
    if person != safeguarder_id:
        raise invalid("NAME_NOT_VALID", "target must name what belongs to this Safeguarder.", "target")
    return Target(kind, target_id)


def _not_yet() -> Refusal:
    message = (
        f"Here a review can be asked for of {_WHAT}. Ask the Panel Team in writing for a review of anything else. The "
        "Scottish Government reviews a removal, and a decision not to appoint again."
    )
    return precondition("TARGET_NOT_YET", message, "target")
