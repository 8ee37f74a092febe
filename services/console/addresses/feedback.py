"""The addresses of feedback by a link. Those of givers need no sign-in: the link stands for it."""

from starlette.routing import Route

from services.console.addresses.at import Addresses
from services.console.addresses.roles import TEAM
from services.console.pages.feedback import giving, links


def of_feedback(at: Addresses) -> list[Route]:
    """Return the pages of those who give feedback, and of the Team that makes links."""
    take_back = "/feedback-links/{link}/take-back"
    return [
        *at.by_link("/feedback", giving.feedback, giving.feedback_sent),
        *at.by_link("/feedback/stage", giving.feedback_stage, giving.feedback_stage_sent),
        *at.by_link("/feedback/{token}", giving.feedback_opened),
        at.get("/feedback-links", links.feedback_links, roles=TEAM),
        *at.form(take_back, links.feedback_take_back, links.feedback_taken_back, roles=TEAM),
        *at.form("/people/{safeguarder}/feedback-link", links.feedback_link, links.feedback_link_sent, roles=TEAM),
    ]
