"""The addresses of feedback by a link. Those of givers need no sign-in: the link stands for it."""

from starlette.routing import Route

from services.console.addresses.at import Addresses
from services.console.pages.feedback import giving


def of_feedback(at: Addresses) -> list[Route]:
    """Return the pages of those who give feedback."""
    return [
        *at.by_link("/feedback", giving.feedback, giving.feedback_sent),
        *at.by_link("/feedback/stage", giving.feedback_stage, giving.feedback_stage_sent),
        *at.by_link("/feedback/{token}", giving.feedback_opened),
    ]
