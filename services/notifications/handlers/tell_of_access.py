"""Tell people of emergency accesses (X38)."""

from services.notifications.domain.accesses.news import AccessReviewed, FileOpened
from services.notifications.handlers.context import DATA_LEAD_ROLE, SENIOR_ROLE, AlertContext
from services.notifications.handlers.tell import tell_newest


def tell_of_access(known: FileOpened, context: AlertContext) -> None:
    """Tell who answers for the data and the support manager that a file was opened, and who opened it of the review.

    Where nobody answers for the data, a senior manager is told: somebody has to know.
    """
    about, one = known.access_id, known.safeguarder_id
    lead = context.somebody(DATA_LEAD_ROLE, one) or context.somebody(SENIOR_ROLE, one)
    if lead:
        tell_newest(f"{about}-d", known, context, lead)
    tell_newest(f"{about}-m", known, context)
    tell_newest(f"{about}-o", AccessReviewed(known), context, known.person)
