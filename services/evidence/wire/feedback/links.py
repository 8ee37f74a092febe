"""Feedback links as protobuf: what the Team and the desk ask and read, and the event."""

from datetime import datetime

from psmf.evidence.v1 import events_pb2, feedback_stage_pb2
from psmf.evidence.v1 import feedback_links_pb2 as pb

from services.calendar_days import london_today
from services.evidence.domain.feedback.answers import LONGEST_ANSWER, LONGEST_CONTACT, Answer
from services.evidence.domain.feedback.link import (
    Asked,
    Consent,
    FeedbackLink,
    Giver,
    GiverKept,
    LinkState,
    Session,
    spaced_code,
)
from services.evidence.domain.feedback.stage import Stage
from services.platform.calls.wire import (
    from_date,
    from_word,
    name_parts,
    to_date,
    to_instant,
    to_member,
    to_text,
    to_word,
)
from services.refusals import invalid

MOST_ANSWERS = 20
"""More than any form has questions."""
LONGEST_WORD = 40
"""Characters of a name of a question or a choice."""


def link_id(name: str) -> str:
    """Return the id in a link's name. Refuse INVALID for another form."""
    return name_parts(name, "feedbackLinks")[0]


def asked(message: pb.CreateFeedbackLinkRequest) -> Asked:
    """Return what the Team asks for when it makes a link. Refuse INVALID for an unknown value."""
    (safeguarder_id,) = name_parts(message.parent, "safeguarders", field="parent")
    happened_on = from_date(message, "happened_date")
    assert happened_on is not None  # noqa: S101  REQUIRED, enforced by the gate
    giver = to_member(Giver, pb.FeedbackGiver, message.giver, "giver")
    return Asked(safeguarder_id, giver, happened_on, message.case_reference)


def wanted_state(message: pb.ListFeedbackLinksRequest) -> LinkState | None:
    """Return the state to which a list is limited, or None."""
    word = to_word(pb.FeedbackLink.State, message.state, "state")
    return LinkState(word) if word else None


def answers(message: pb.SendFeedbackRequest) -> list[Answer]:
    """Return the answers of a giver. Refuse INVALID for too many, or for words that are too long or not plain."""
    if len(message.answers) > MOST_ANSWERS:
        raise invalid("TOO_MANY_ANSWERS", f"There are at most {MOST_ANSWERS} answers.", "answers")
    return [
        Answer(
            to_text(each.question, f"answers[{place}].question", LONGEST_WORD),
            to_text(each.choice, f"answers[{place}].choice", LONGEST_WORD),
            to_text(each.text, f"answers[{place}].text", LONGEST_ANSWER),
        )
        for place, each in enumerate(message.answers)
    ]


def consent(message: pb.SendFeedbackRequest) -> Consent | None:
    """Return whether the Safeguarder may be told who said it, or None if the giver did not say."""
    word = to_word(pb.FeedbackConsent, message.consent, "consent")
    return Consent(word) if word else None


def contact(message: pb.SendFeedbackRequest) -> str:
    """Return how to reach the giver, or an empty text."""
    return to_text(message.contact, "contact", LONGEST_CONTACT)


def link_message(link: FeedbackLink, now: datetime, giver: GiverKept | None = None) -> pb.FeedbackLink:
    """Return a link as the Team sees it. It never holds the token or the code."""
    message = pb.FeedbackLink(
        name=f"feedbackLinks/{link.link_id}",
        safeguarder=f"safeguarders/{link.safeguarder_id}",
        giver=from_word(pb.FeedbackGiver, link.giver),
        happened_date=to_date(link.happened_on),
        case_reference=link.case_reference,
        state=from_word(pb.FeedbackLink.State, link.state(now)),
        made_by=link.made_by,
        create_time=to_instant(link.made_at),
        expire_time=to_instant(link.ends_at),
        send_time=to_instant(link.sent_at) if link.sent_at else None,
        hints=link.hints,
    )
    if link.evidence_id:
        message.evidence_item = f"safeguarders/{link.safeguarder_id}/evidenceItems/{link.evidence_id}"
    if giver is not None:
        message.consent = from_word(pb.FeedbackConsent, giver.consent)
        message.contact = giver.contact
        if giver.contact:
            message.contact_until_date.CopyFrom(to_date(giver.contact_until_on))
    return message


def session_message(link: FeedbackLink, session: Session) -> pb.FeedbackSession:
    """Return a session as the desk sees it."""
    return pb.FeedbackSession(giver=from_word(pb.FeedbackGiver, link.giver), expire_time=to_instant(session.ends_at))


def receipt_message(link: FeedbackLink, *, sent_before: bool) -> pb.FeedbackReceipt:
    """Return what a giver gets."""
    sent = to_instant(link.sent_at) if link.sent_at else None
    return pb.FeedbackReceipt(code=spaced_code(link.code), sent_before=sent_before, send_time=sent)


def stage_message(link: FeedbackLink, stage: Stage) -> feedback_stage_pb2.FeedbackStage:
    """Return how far something has come."""
    sent_on = london_today(link.sent_at) if link.sent_at else None
    word = from_word(feedback_stage_pb2.FeedbackStage.Stage, stage)
    return feedback_stage_pb2.FeedbackStage(stage=word, send_date=to_date(sent_on))


def safety_event(link: FeedbackLink) -> tuple[str, events_pb2.SafetySaid]:
    """Return the event that somebody is not safe, and its key. It says neither what nor about whom."""
    return link.link_id, events_pb2.SafetySaid(feedback_link_id=link.link_id)
