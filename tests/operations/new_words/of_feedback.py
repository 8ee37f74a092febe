"""Every word of feedback links, made by the public methods. One event tells that somebody is not safe."""

from pathlib import Path
from typing import Any

from psmf.evidence.v1 import feedback_links_pb2 as pb

from services.demo.issuer import DESK_KEY
from services.platform.calls.client import ServiceToken
from services.platform.calls.wire import to_date
from services.platform.clock import SystemClock
from tests.builders import a_request_id, days_ago
from tests.operations.every_word_of_a_plan import TEAM, Doing

SAID = {"CHILD": {"safe": "no"}, "ADULT": {"who": "carer"}, "AGENCY": {"who": "reporter"}}


def make_every_word_of_feedback(office: Doing, person: str, folder: Path) -> None:
    """Make a link for each kind of giver, send something by each, and take one back."""
    desk = ServiceToken(folder / f"{DESK_KEY}.key", DESK_KEY, SystemClock().now)
    stub = office.client.feedback
    consents: list[Any] = [number for number in pb.FeedbackConsent.values() if number]
    for place, (name, said) in enumerate(SAID.items()):
        made = _made(office, person, pb.FeedbackGiver.Value(f"FEEDBACK_GIVER_{name}"))
        session = f"{'abc'[place]}" * 32
        asked = pb.ExchangeFeedbackLinkRequest(token=made.token, session=session, request_id=a_request_id())
        office.answers.append(stub.ExchangeFeedbackLink(asked, metadata=desk.metadata("evidence")))
        answers = [pb.FeedbackAnswer(question=question, choice=choice) for question, choice in said.items()]
        sent = pb.SendFeedbackRequest(session=session, answers=answers, consent=consents[place])
        stub.SendFeedback(sent, metadata=desk.metadata("evidence"))
    back = pb.RevokeFeedbackLinkRequest(name=_made(office, person, pb.FEEDBACK_GIVER_CHILD).name)
    office.does(TEAM, stub.RevokeFeedbackLink, back)
    states: list[Any] = list(pb.FeedbackLink.State.values())
    for state in states:
        listed = pb.ListFeedbackLinksRequest(safeguarder=f"safeguarders/{person}", state=state)
        office.answers.append(listed)
        office.does(TEAM, stub.ListFeedbackLinks, listed)


def _made(office: Doing, person: str, giver: Any) -> Any:
    day = to_date(days_ago(9))
    request = pb.CreateFeedbackLinkRequest(parent=f"safeguarders/{person}", giver=giver, happened_date=day)
    return office.does(TEAM, office.client.feedback.CreateFeedbackLink, request)
