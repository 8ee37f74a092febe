"""Steps of somebody who gives feedback by a link."""

from psmf.evidence.v1 import feedback_links_pb2 as pb

from services.platform.calls.wire import to_date
from tests.between.together import Together
from tests.builders import a_request_id

TEAM, DESK, SESSION = "panel-team", "feedback-desk", "a" * 32


def a_link(running: Together, giver: pb.FeedbackGiver = pb.FEEDBACK_GIVER_CHILD) -> pb.FeedbackLink:
    """Have the Team make a link about sg-one."""
    day = to_date(running.ago(9))
    request = pb.CreateFeedbackLinkRequest(parent="safeguarders/sg-one", giver=giver, happened_date=day)
    made: pb.FeedbackLink = running.feedback.CreateFeedbackLink(request, **running.as_(TEAM))
    return made


def feedback_by_a_link(running: Together, *answers: pb.FeedbackAnswer) -> str:
    """Send answers of a child by a new link. Return the name of the item."""
    made = a_link(running)
    asked = pb.ExchangeFeedbackLinkRequest(token=made.token, session=SESSION, request_id=a_request_id())
    running.feedback.ExchangeFeedbackLink(asked, **running.as_(DESK))
    sent = pb.SendFeedbackRequest(session=SESSION, answers=answers, request_id=a_request_id())
    running.feedback.SendFeedback(sent, **running.as_(DESK))
    listed = running.feedback.ListFeedbackLinks(pb.ListFeedbackLinksRequest(), **running.as_(TEAM))
    return next(str(link.evidence_item) for link in listed.feedback_links if link.name == made.name)
