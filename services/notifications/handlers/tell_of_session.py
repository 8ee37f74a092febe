"""Tell people of the papers and of the record of a support session (record 6)."""

from services.calendar_days import london_today
from services.notifications.domain.notification import Notification, Subject
from services.notifications.domain.session_news import Line, News, SessionPapers, SessionRecord
from services.notifications.handlers.ask import TEAM_ROLE
from services.notifications.handlers.context import AlertContext

_LONGEST_SESSION_ID = 32
"""Characters of a session's id, which the key of a message holds with the ending below."""
_PAPERS, _RECORD = "-pap", "-rec"


def tell_of_papers(papers: SessionPapers, context: AlertContext) -> None:
    """Tell the Safeguarder that the papers of a session are ready, or were made again before it.

    What was not sent yet is withdrawn when the papers are no longer needed.
    """
    about = f"{papers.session_id[:_LONGEST_SESSION_ID]}{_PAPERS}"
    known = context.notifications.news_of(about)
    if papers.version <= known.version:
        return
    told = known.told
    if papers.void:
        told = ""
        context.notifications.withdraw_request(about)
    elif papers.are_news(known, context.now):
        told = papers.content_hash
        context.notifications.withdraw_request(about)
        line = Line(Subject.SESSION_PAPERS, london_today(papers.starts_at))
        _notify(about, papers.safeguarder_id, line, context)
    context.notifications.keep_news(about, News(papers.version, told))


def tell_of_record(record: SessionRecord, context: AlertContext) -> None:
    """Tell the one whose turn it is of the record of a session.

    That is the Safeguarder when a text is shared, or closed without being confirmed. It is the support manager when the
    Safeguarder disputes or confirms it. What was not sent yet of an earlier standing is withdrawn.
    """
    about = f"{record.session_id[:_LONGEST_SESSION_ID]}{_RECORD}"
    known = context.notifications.news_of(about)
    if record.version <= known.version:
        return
    if record.news != known.told:
        context.notifications.withdraw_request(about)
        context.notifications.withdraw(about)
        line = record.line(london_today(context.now))
        if line is not None:
            _notify(about, record.safeguarder_id, line, context)
    context.notifications.keep_news(about, News(record.version, record.news))


def _notify(about: str, safeguarder_id: str, line: Line, context: AlertContext) -> None:
    if line.to_the_person:
        recipient = context.people.about(safeguarder_id)
    else:
        # The record of a person without a support manager is the Team's to look at.
        recipient = context.support_manager_of(safeguarder_id) or context.people.first_with_role(TEAM_ROLE)
    if not recipient:
        return
    message = Notification(
        notification_id=context.new_id(),
        alert_id=about,
        safeguarder_id=safeguarder_id,
        recipient=recipient,
        channel=context.people.channel(recipient),
        to_the_person=line.to_the_person,
        urgent=False,
        created_at=context.now,
        due_at=context.now + context.policy.group_for,
        answer_by_on=line.answer_by_on,
        subject=line.subject,
        session_on=line.session_on,
    )
    context.notifications.keep([message])
