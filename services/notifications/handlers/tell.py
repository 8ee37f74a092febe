"""Tell people of something on record, with what there is to read and by when (record 6)."""

from services.calendar_days import london_today
from services.notifications.domain.news import Line, News, OnRecord
from services.notifications.domain.notification import Notification
from services.notifications.handlers.context import AlertContext


def tell_newest(about: str, fact: OnRecord, context: AlertContext, recipient: str = "") -> None:
    """Tell the one whose turn it is of the newest version of something on record. `recipient`: as in `tell`.

    If an earlier version had something else to tell, messages about it that were not sent yet are withdrawn.
    """
    known = context.notifications.news_of(about)
    if fact.version <= known.version:
        return
    if fact.news != known.told:
        withdraw(about, context)
        line = fact.line(london_today(context.now))
        if line is not None:
            tell(about, fact.safeguarder_id, line, context, recipient)
    context.notifications.keep_news(about, News(fact.version, fact.news))


def withdraw(about: str, context: AlertContext) -> None:
    """Delete every message about something that was never tried."""
    context.notifications.withdraw_request(about)
    context.notifications.withdraw(about)


def tell(about: str, safeguarder_id: str, line: Line, context: AlertContext, recipient: str = "") -> None:
    """Tell one person. Without a recipient it is the Safeguarder or their support manager, as the line says."""
    if not recipient:
        recipient = (
            context.people.about(safeguarder_id) if line.to_the_person else context.manager_or_team(safeguarder_id)
        )
    if not recipient:
        return
    context.notifications.keep(
        [
            Notification(
                notification_id=context.new_id(),
                alert_id=about,
                safeguarder_id=safeguarder_id,
                recipient=reader,
                channel=context.people.channel(reader),
                to_the_person=line.to_the_person,
                urgent=line.urgent,
                created_at=context.now,
                due_at=context.now if line.urgent else context.now + context.policy.group_for,
                answer_by_on=line.answer_by_on,
                subject=line.subject,
                session_on=line.session_on,
                review_on=line.review_on,
            )
            for reader in context.readers([recipient], safeguarder_id)
        ]
    )
