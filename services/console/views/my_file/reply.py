"""A reply to an item: the form with the item in full, then the words once more before they are sent."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from services.console.days import long_day, named_day
from services.console.views.form import Button, FormView, Hidden, Notice, Told, sent_with, titled, words_question
from services.console.views.heading import Heading, Link
from services.console.views.my_file.items import PLACE, ItemView, build_item, href_of, title_of
from services.console.views.parts import Away, Found
from services.console.words import words
from services.platform.calls.wire import from_date

MOST = 4000
"""Characters of a reply, as the service takes them."""
TEXT, DO = "reply", "do"
"""Names of the field with the words, and of the button that was pressed."""
CHECK, SEND, LATER, CHANGE = "check", "send", "later", "change"
STALE, NOT_PLAIN, NOT_KEPT = "stale", "not_plain", "not_kept"


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody has typed so far. `etag`: of the draft that holds it, if one does."""

    text: str
    request_id: str
    etag: str = ""
    fault: str = ""
    """What is wrong with it."""
    notice: str = ""
    """What is to be said of the draft."""


@dataclass(frozen=True, slots=True)
class ReplyFormView:
    """The form, below the item that it is about."""

    heading: Heading
    item: ItemView
    until: str
    form: FormView


@dataclass(frozen=True, slots=True)
class CheckView:
    """The words once more, and what sending them does."""

    heading: Heading
    about: str
    words: str
    warning: str
    kept: str
    form: FormView


def build(item: Any, editions: Found[Any] | Away, typed: Typed, now: datetime, today: date) -> ReplyFormView:
    """Return the form."""
    said = words("my_file")
    shown = build_item(item, editions, now, today)
    question = words_question(TEXT, said["reply_text"], typed.text, said["reply_hint"], _sentence(typed), rows=10)
    form = FormView(
        address=f"{href_of(item.name)}/reply",
        questions=(question,),
        buttons=(Button(said["reply_check"], DO, CHECK), Button(said["reply_later"], DO, LATER)),
        hidden=sent_with(typed.request_id, typed.etag),
        notice=_notice(typed.notice),
    )
    heading = Heading(
        said["reply_h1"],
        titled(f"{said['reply_h1']} - {said['evidence_h1']}", form),
        PLACE,
        Link(said["reply_back"], href_of(item.name)),
    )
    return ReplyFormView(heading, shown, _until(item, today), form)


def build_check(item: Any, typed: Typed, draft: Any | None) -> CheckView:
    """Return the words once more. `item`: as it will be with the reply. `draft`: where the words are kept, if they are.

    The words travel in a hidden field, so that nothing depends on the draft.
    """
    said = words("my_file")
    form = FormView(
        address=f"{href_of(item.name)}/reply",
        questions=(),
        buttons=(
            Button(said["reply_send"], DO, SEND),
            Button(said["reply_change"], DO, CHANGE),
            Button(said["reply_later"], DO, LATER),
        ),
        hidden=(*sent_with(typed.request_id, typed.etag), Hidden(TEXT, typed.text)),
        effect=f"{_effect(item)} {said['reply_stays']}",
    )
    title = said["reply_check_h1"]
    return CheckView(
        heading=Heading(title, f"{title} - {said['evidence_h1']}", PLACE, Link(said["reply_back"], href_of(item.name))),
        about=said.say("reply_about", title=title_of(item)),
        words=typed.text,
        warning=said["reply_may_name"] if item.reply.held else "",
        kept=said.say("draft_kept", day=_last(draft)) if draft is not None else said["draft_not_kept"],
        form=form,
    )


def told(code: str, item: Any, draft: Any | None) -> Told | None:
    """Return the message on the page of an item after its form; None if there is none."""
    said = words("my_file")
    if code == "reply_sent":
        sent = f"{said['told_sent']} {_effect(item)} {said['told_next']}"
        return Told(said["told_held"] if item.reply.held else sent, Link(said["told_on"], "/my-file"))
    if code == "recorded":
        return Told(said["told_recorded"], Link(said["told_on"], "/my-file"))
    if code == "draft_kept" and draft is not None:
        due = from_date(item, "reply_due_date")
        kept = f"{said.say('draft_kept', day=_last(draft))} {_ends_first(draft, due.isoformat() if due else '')}"
        return Told(kept.rstrip(), Link(said["told_on"], "/my-file"))
    return None


def with_draft(view: ItemView, draft: Any | None) -> ItemView:
    """Return the page of an item, with the way back to a reply that was begun."""
    if draft is None or view.reply.reply is None:
        return view
    said = words("my_file")
    link = Link(said["draft_go_on"], view.reply.reply.href)
    until = view.reply.until.iso if view.reply.until else ""
    begun = f"{said.say('draft_begun', day=_last(draft))} {_ends_first(draft, until)}".rstrip()
    return replace(view, reply=replace(view.reply, reply=link, begun=begun))


def _effect(item: Any) -> str:
    """Return from when an item can count once the reply is there."""
    said, adverse = words("my_file"), from_date(item, "adverse_date")
    if adverse is None:
        return str(said["effect_none"])
    return said.say("effect", day=long_day(adverse).text)


def _until(item: Any, today: date) -> str:
    """Return until when one can reply, and what happens after that day."""
    said = words("my_file")
    due, adverse = from_date(item, "reply_due_date"), from_date(item, "adverse_date")
    if due is None or item.reply_stands_still:
        return str(said["until_still"])
    if due < today:
        return str(said["until_over"])
    lapse = said.say("until_lapse", day=long_day(adverse).text) if adverse else ""
    return f"{said.say('until', day=named_day(due, today).text)} {lapse}".rstrip()


def _sentence(typed: Typed) -> str:
    if not typed.fault:
        return ""
    return str(words("my_file")["faults"][typed.fault]).format(most=f"{MOST:,}", n=f"{len(typed.text):,}")


def _notice(notice: str) -> Notice | None:
    if not notice:
        return None
    said = words("my_file")["draft_notices"][notice]
    return Notice(said["heading"], tuple(said["says"]))


def _ends_first(draft: Any, until: str) -> str:
    """Return what to do if a draft ends before the time to reply. `until`: the last day to reply, as 2026-12-07."""
    last = from_date(draft, "last_date")
    return str(words("my_file")["draft_ends_first"]) if last and last.isoformat() < until else ""


def _last(draft: Any) -> str:
    last = from_date(draft, "last_date")
    return long_day(last).text if last else ""
