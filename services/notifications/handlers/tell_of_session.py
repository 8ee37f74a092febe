"""Tell people of the papers and of the record of a support session (record 6)."""

from services.calendar_days import london_today
from services.notifications.domain.news import Line, News
from services.notifications.domain.notification import Subject
from services.notifications.domain.session_news import LateItems, SessionPapers, SessionRecord
from services.notifications.handlers.context import AlertContext
from services.notifications.handlers.tell import tell, tell_newest

_LONGEST_SESSION_ID = 32
"""Characters of a session's id, which the key of a message holds with the ending below."""
_PAPERS, _LATE_ITEMS, _RECORD = "-pap", "-lat", "-rec"


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
        line = Line(Subject.SESSION_PAPERS, to_the_person=True, session_on=london_today(papers.starts_at))
        tell(about, papers.safeguarder_id, line, context)
    context.notifications.keep_news(about, News(papers.version, told))


def tell_of_late_items(late: LateItems, context: AlertContext) -> None:
    """Tell the Safeguarder that something was offered beside the papers of a session.

    What was not sent yet is withdrawn when nothing waits for them any more.
    """
    tell_newest(f"{late.session_id[:_LONGEST_SESSION_ID]}{_LATE_ITEMS}", late, context)


def tell_of_record(record: SessionRecord, context: AlertContext) -> None:
    """Tell the one whose turn it is of the record of a session.

    That is the Safeguarder when a text is shared, or closed without being confirmed. It is the support manager when the
    Safeguarder disputes or confirms it. What was not sent yet of an earlier standing is withdrawn.
    """
    tell_newest(f"{record.session_id[:_LONGEST_SESSION_ID]}{_RECORD}", record, context)
