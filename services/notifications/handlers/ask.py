"""Tell those who are asked for something, with the day by which an answer is asked for (P29)."""

from dataclasses import replace
from datetime import date, datetime

from services.calendar_days import WorkingCalendar, add_working_days, london_today
from services.notifications.domain.alert import Alert, Concern
from services.notifications.domain.asking import ASKED_BY, STANDS_STILL, WITH_A_DAY, Asked, ReplyAsked
from services.notifications.domain.news import Line, News
from services.notifications.domain.notification import Subject
from services.notifications.handlers.context import SENIOR_ROLE, TEAM_ROLE, AlertContext
from services.notifications.handlers.tell import tell

RECORDER_ROLE = "decision_recorder"
LONGEST_ID = 36
"""Characters of the column that holds the id of what a message is about."""


def ask_by_move(concern: Concern, move: str, due_on: date | None, at: datetime, context: AlertContext) -> None:
    """Tell those whom a move of a concern asks for something. `due_on`: the day that the move sets, if it sets one."""
    asked = ASKED_BY.get(move, ())
    if not asked:
        return
    alert = context.alerts.find_standing(concern)
    within = context.policy.ladders.answer_within
    if move not in WITH_A_DAY:
        due_on = add_working_days(WorkingCalendar.OFFICE, london_today(at), within[move])
    if alert is not None and not alert.open_to_the_person:
        # What somebody is asked for, they can read, whatever the policy says about matters of safety.
        alert = context.keep(alert, replace(alert, open_to_the_person=True))
    about = alert.alert_id if alert else concern.concern_id[:LONGEST_ID]
    for who in asked:
        person = _person(who, concern, alert, context)
        if person:
            to_the_person = who is Asked.PERSON
            context.notify(about, [person], concern.safeguarder_id, to_the_person=to_the_person, answer_by_on=due_on)


def ask_for_reply(item: ReplyAsked, context: AlertContext) -> None:
    """Tell a Safeguarder of an item to which they may reply, once for each day by which they may.

    They are also told when that time stands still, and of the new day when it moves. What is not asked any more and was
    not sent yet is withdrawn.
    """
    about = item.evidence_id[:LONGEST_ID]
    known = context.notifications.news_of(about)
    if item.due_on is None and not item.stands_still:
        context.notifications.withdraw_request(about)
        if known.told:
            context.notifications.keep_news(about, News(known.version + 1))
        return
    too_late = item.due_on is not None and item.due_on < london_today(context.now)
    if too_late or not context.people.about(item.safeguarder_id):
        return
    if item.told == known.told or (not known.told and _was_asked(item, about, context)):
        return
    standing = item.stands_still or known.told == STANDS_STILL
    subject = Subject.REPLY_STANDS_STILL if item.stands_still else Subject.REPLY_MOVED if item.moved else None
    if standing or item.moved:
        context.notifications.withdraw_request(about)
    tell(about, item.safeguarder_id, Line(subject, to_the_person=True, answer_by_on=item.due_on), context)
    context.notifications.keep_news(about, News(known.version + 1, item.told))


def _was_asked(item: ReplyAsked, about: str, context: AlertContext) -> bool:
    """Return whether an answer by the same day was asked for before: nobody is asked twice for one day."""
    return item.due_on is not None and context.notifications.has_asked(about, item.due_on)


def tell_of_held_words(on: date, context: AlertContext) -> None:
    """Tell the Team that a text waits to be looked at, once for each day on which evidence says so (P23).

    The message says neither what nor about whom.
    """
    about, person = f"words-held-{on}", context.people.first_with_role(TEAM_ROLE)
    if person and not context.notifications.has_told(about):
        context.notify(about, [person])


def tell_of_safety(link_id: str, context: AlertContext) -> None:
    """Tell a person of the Team and a senior manager at once that somebody said that they, or a child, are not safe.

    Nobody has read it against the standards yet, so no rule can raise it. The message says neither what nor about whom.
    """
    about = link_id[:LONGEST_ID]
    if context.notifications.news_of(about).told:
        return
    line = Line(Subject.SAFETY_SAID, to_the_person=False, urgent=True)
    for role in (TEAM_ROLE, SENIOR_ROLE):
        person = context.people.first_with_role(role)
        if person:
            tell(about, "", line, context, person)
    context.notifications.keep_news(about, News(1, Subject.SAFETY_SAID))


def _person(who: Asked, concern: Concern, alert: Alert | None, context: AlertContext) -> str:
    owner = (alert.addressee if alert else "") or context.recipient_of(concern)
    if who is Asked.PERSON:
        return context.people.about(concern.safeguarder_id)
    if who is Asked.OWNER:
        return owner
    role = TEAM_ROLE if who is Asked.TEAM else RECORDER_ROLE
    return context.somebody(role, concern.safeguarder_id, but=owner)
