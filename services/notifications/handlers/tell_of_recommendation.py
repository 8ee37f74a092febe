"""Tell people of recommendations about a membership (record 6)."""

from services.notifications.domain.duty import Duty
from services.notifications.domain.recommendations.news import Recommendation, Told, news_of, papers_open
from services.notifications.handlers.ask import RECORDER_ROLE
from services.notifications.handlers.context import TEAM_ROLE, AlertContext
from services.notifications.handlers.tell import tell_newest

_LONGEST_ID = 32
"""Characters of an id, which the key of a message holds with the ending below."""
_ENDING = {Told.PERSON: "rcp", Told.TEAM: "rct", Told.RECORDER: "rcr"}
_ROLE = {Told.TEAM: TEAM_ROLE, Told.RECORDER: RECORDER_ROLE}


def tell_of_recommendation(known: Recommendation, context: AlertContext) -> None:
    """Tell the person that they can answer and what became of it, the Team of answers, and a recorder of decisions."""
    near = context.support_manager_of(known.safeguarder_id)
    for who, news in news_of(known):
        recipient = context.people.first_with_role(_ROLE[who], near=near) if who in _ROLE else ""
        if recipient or who is Told.PERSON:
            tell_newest(f"{known.recommendation_id[:_LONGEST_ID]}-{_ENDING[who]}", news, context, recipient)


def tell_that_papers_open(duty: Duty, context: AlertContext) -> None:
    """Tell a Safeguarder that the papers for their reappointment are open, once in a term."""
    if news := papers_open(duty):
        tell_newest(f"{duty.duty_id[:_LONGEST_ID]}-rdy", news, context)
