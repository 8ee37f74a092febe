"""Where the day begins: what has to be done, by when, and about whom. Groups never change their order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

from services.calendar_days import WorkingCalendar, add_working_days, closed_because
from services.client.words import LANES, word_of
from services.console.days import Day, clock_time, named_day
from services.console.views import item_step as item_steps
from services.console.views.asked import known
from services.console.views.complaints.stages import awaited
from services.console.views.days_left import days_left
from services.console.views.heading import Heading, Link
from services.console.views.my_file.items import Voice, title_of
from services.console.views.parts import COLOURS, GREY, Away, Found, Tag, says_away, titles_of_rules
from services.console.views.recommendations.lists import OWED as ABOUT_RECOMMENDATIONS
from services.console.words import words
from services.platform.calls.wire import from_date, from_instant
from services.platform.clock import LONDON

SHOWN = 5
"""Rows of a group on the first page. The others stand behind a link."""
OTHERS_TURN = {
    "in_support", "required_action", "escalated", "recommendation", "held", "invited_to_share",
    "acknowledged_in_session",
}  # fmt: skip
"""States in which somebody else has the next word."""
ANSWERS = "panel_team"
"""The role that owes the answers to complaints."""
MEETS = "support_manager"
"""The role whose list of sessions holds those that are theirs to prepare. The others see everybody's."""
PREPARE_DAYS = 7
WEEK = 5
WITH_ITEMS = {"answer_complaint", "acknowledge_complaint", "investigate_complaint", "share_reading"}
"""Kinds of duties that stand here as the item that they are about."""
OF_COMPLAINTS = ("overdue", "week", "later")
"""Groups in which complaints stand for the Team, by the day of the answer that is owed."""
OF_DUTIES = ("overdue", "week")
"""Groups in which duties stand. One that is due later is on its own page."""
GROUPS = ("overdue", "safety", "week", "sessions", "items", "later", "others")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do, and the page on which one begins to do it."""

    name: str
    topic: str
    why: str
    tag: Tag
    day_says: str
    day: Day | None
    left: str
    owner: str
    href: str
    due: date


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one kind. `more` leads to all of them."""

    id: str
    name: str
    says: str
    rows: tuple[Row, ...]
    more: Link | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are. Without `href` there are none, or it is not known."""

    name: str
    number: str
    href: str
    hidden: str


@dataclass(frozen=True, slots=True)
class TodayView:
    """The page."""

    heading: Heading
    lead: str
    closed: str
    counts: tuple[Count, ...]
    groups: tuple[Group, ...]
    empty: str
    away: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the services answered for the page, and who asks."""

    concerns: Found[Any] | Away
    sessions: Found[Any] | Away | None
    """Sessions that are the reader's to prepare. None: not for this reader."""
    rules: Found[Any] | Away
    names: Mapping[str, str]
    reader: str
    items: Found[Any] | Away | None = None
    """Items that wait to be read against the standards, to be shared, or for an outcome. None: not for this reader."""
    role: str = ""
    duties: Found[Any] | Away | None = None
    """What somebody owes about the people whom the reader may see."""


def people_in(asked: Asked, today: date) -> list[str]:
    """Return the names of the records that the page speaks of, each once, with what is owed first."""
    found = (*(asked.concerns.answer.concerns if isinstance(asked.concerns, Found) else ()),)
    met = (*(asked.sessions.answer.support_sessions if isinstance(asked.sessions, Found) else ()),)
    waiting = (*(asked.items.answer.evidence_items if isinstance(asked.items, Found) else ()),)
    return list(dict.fromkeys(_person(one.name) for one in (*_owed_now(asked, today), *found, *waiting, *met)))


def build(asked: Asked, now: datetime, today: date, only: str = "") -> TodayView:
    """Return the page, or one group of it in full."""
    said, ordered = words("today"), grouped(asked, today)
    shown = [group for group in GROUPS if ordered[group] and only in ("", group)]
    back = Link(said["back"], "/today") if only else None
    title = said["groups"][only] if only else said["h1"]
    parts = asked.concerns, asked.sessions, asked.rules, asked.items, asked.duties
    away = tuple(says_away((part for part in parts if part), now))
    return TodayView(
        heading=Heading(title, f"{title} - {said['h1']}" if only else title, "today", back),
        lead="" if only else said.say("lead", day=_long(today), time=clock_time(now)),
        closed="" if only else _closed(today),
        counts=() if only else tuple(_count(group, ordered[group], asked) for group in _counted(asked)),
        groups=tuple(_group(group, ordered[group], in_full=bool(only)) for group in shown),
        empty="" if shown or away else _nothing(asked, today, only),
        away=away,
    )


def grouped(asked: Asked, today: date) -> dict[str, list[Row]]:
    """Return every row by its group, in the order in which they stand."""
    found: dict[str, list[Row]] = {group: [] for group in GROUPS}
    rows = _matters(asked, today), _sessions(asked, today), _items(asked, today), _duties(asked, today)
    for group, row in chain.from_iterable(rows):
        found[group].append(row)
    return {group: sorted(rows, key=lambda row: (row.due, row.name)) for group, rows in found.items()}


def _nothing(asked: Asked, today: date, only: str) -> str:
    """Say that nothing waits, and with whom the reader meets next."""
    said = words("today")
    if only:
        return str(said["empty_group"])
    met = asked.sessions.answer.support_sessions if isinstance(asked.sessions, Found) else ()
    meets = met if asked.role == MEETS else ()
    first = min(meets, key=lambda one: from_instant(one.start_time), default=None)
    if first is None:
        return str(said["empty"])
    local = from_instant(first.start_time).astimezone(LONDON)
    name = asked.names.get(_person(first.name), said["somebody"])
    return said.say("next_session", name=name, day=named_day(local.date(), today).text, time=f"{local:%H:%M}")


def _group(group: str, rows: Sequence[Row], *, in_full: bool) -> Group:
    said = words("today")
    more = Link(said.say("all", n=len(rows)), f"/today/{group}") if len(rows) > SHOWN and not in_full else None
    return Group(group, said["groups"][group], said["says"][group], tuple(rows if in_full else rows[:SHOWN]), more)


def _counted(asked: Asked) -> Iterator[str]:
    """Yield the groups whose number stands at the top: items only for those who read and share them."""
    yield from (group for group in GROUPS if group != "items" or asked.items is not None)


def _count(group: str, rows: Sequence[Row], asked: Asked) -> Count:
    said = words("today")
    source = {"sessions": asked.sessions, "items": asked.items}.get(group, asked.concerns)
    waits_too = asked.items if group in OF_COMPLAINTS and asked.role == ANSWERS else None
    owed = asked.duties if group in OF_DUTIES else None
    if any(isinstance(part, Away) for part in (source, waits_too, owed)):
        return Count(said["groups"][group], "?", "", said["not_known"])
    return Count(said["groups"][group], str(len(rows)), f"#{group}" if rows else "", "")


def _matters(asked: Asked, today: date) -> Iterator[tuple[str, Row]]:
    if isinstance(asked.concerns, Away):
        return
    titles = titles_of_rules(asked.rules)
    for concern in asked.concerns.answer.concerns:
        says, due = _day_of(concern)
        state, lane = word_of(concern, "state"), word_of(concern, "lane")
        group = _turn(state, lane, due, today)
        row = _matter(asked, concern, titles.get(concern.rule, LANES[lane]), (says, due), today)
        yield group, replace(row, href=f"{row.href}?from={group}")


def _day_of(concern: Any) -> tuple[str, date]:
    """Return the day of a matter with what it is. Until somebody has taken it on, the earlier of two may hold.

    A required action sets a next date too, and nobody need have taken the matter on.
    """
    said = words("today")
    days = [(from_date(concern, "next_date"), str(said["next_date"]))]
    if not concern.owner:
        days.append((from_date(concern, "respond_by_date"), str(said["answer_by"])))
    return min(((says, day) for day, says in days if day), key=lambda one: one[1], default=("", date.max))


def _turn(state: str, lane: str, due: date, today: date) -> str:
    """Return the first group that fits: an entry stands once."""
    if due < today:
        return "overdue"
    if lane == "safety":
        return "safety"
    if state in OTHERS_TURN:
        return "others"
    return "week" if due <= add_working_days(WorkingCalendar.OFFICE, today, WEEK) else "later"


def _matter(asked: Asked, concern: Any, topic: str, day: tuple[str, date], today: date) -> Row:
    said, state, lane = words("today"), word_of(concern, "state"), word_of(concern, "lane")
    says, due = day
    known = due is not date.max
    colour = COLOURS.get(lane, GREY)
    return Row(
        name=asked.names.get(_person(concern.name), said["somebody"]),
        topic=topic,
        why=concern.explanation.because,
        tag=Tag(LANES[lane] if colour != GREY else words("layout")["states"][state], colour),
        day_says=says,
        day=named_day(due, today) if known else None,
        left=days_left(due, today) if known else "",
        owner="" if concern.owner == asked.reader else said["nobody" if not concern.owner else "another"],
        href=f"/people/{concern.name.split('/')[1]}/matters/{concern.name.split('/')[3]}",
        due=due,
    )


def _sessions(asked: Asked, today: date) -> Iterator[tuple[str, Row]]:
    """Yield the sessions that are near, of those whom the reader supports or for whose support manager they act."""
    if not isinstance(asked.sessions, Found) or asked.role != MEETS:
        return
    said = words("today")
    for session in asked.sessions.answer.support_sessions:
        local = from_instant(session.start_time).astimezone(LONDON)
        closes = from_date(session, "freeze_date")
        if not _is_near(local.date(), closes, today):
            continue
        confirmed = word_of(session, "state") == "confirmed"
        yield (
            "sessions",
            Row(
                name=asked.names.get(_person(session.name), said["somebody"]),
                topic=said.say("session", number=session.number) if session.number else said["session_extra"],
                why=_pack(closes, today),
                tag=Tag(said["confirmed" if confirmed else "proposed"], GREY),
                day_says=said.say("at", time=f"{local:%H:%M}"),
                day=named_day(local.date(), today),
                left=days_left(local.date(), today),
                owner="" if session.support_manager == asked.reader else said["acts"],
                href=f"/people/{session.name.split('/')[1]}/sessions/{session.name.split('/')[3]}/prepare",
                due=local.date(),
            ),
        )  # fmt: skip


def _items(asked: Asked, today: date) -> Iterator[tuple[str, Row]]:
    """Yield what waits to be read against the standards, to be shared, or for an outcome, one row an item."""
    if not isinstance(asked.items, Found):
        return
    said = words("today")
    for item in asked.items.answer.evidence_items:
        waits = [one for one in item_steps.possible_steps(item, asked.role) if one in said["items"]]
        if item.mappings and "read" in waits:
            waits.remove("read")
        received = from_date(item, "received_date") or today
        if not waits:
            continue
        owed = awaited(item)[:1] if asked.role == ANSWERS else []
        row = Row(
            name=asked.names.get(_person(item.name), said["somebody"]),
            topic=title_of(item, Voice("people", "")),
            why=" ".join(said["items"][one] for one in waits),
            tag=Tag(said["item_tags"][waits[0]], GREY),
            day_says=said["received"],
            day=named_day(received, today),
            left="",
            owner="",
            href=f"/people/{item.name.split('/')[1]}/evidence/{item.name.split('/')[3]}",
            due=received,
        )
        yield _answer(row, owed[0], today, is_read=waits == ["outcome"]) if owed else ("items", row)


def _answer(row: Row, limit: Any, today: date, *, is_read: bool) -> tuple[str, Row]:
    """Return the row of a complaint that waits for an answer, in the group of the answer's last day.

    `is_read`: whether it was read against the standards and shared, so that nothing else is to be done with it.
    """
    said, due = words("complaints")["today"], from_date(limit, "due_date") or today
    soon = due <= add_working_days(WorkingCalendar.OFFICE, today, WEEK)
    group = "overdue" if due < today else "week" if soon else "later" if is_read else "items"
    answer = replace(row, day_says=said["by"], day=named_day(due, today), left=days_left(due, today), due=due)
    return group, replace(answer, why=f"{said[word_of(limit, 'limit')]} {row.why}", tag=Tag(said["tag"], GREY))


def _duties(asked: Asked, today: date) -> Iterator[tuple[str, Row]]:
    """Yield what the reader's side owes by a day that has passed or is near."""
    said = words("today")
    for duty in _owed_now(asked, today):
        due = from_date(duty, "due_date") or today
        row = Row(
            name=asked.names.get(_person(duty.name), said["somebody"]),
            topic=known(said["owed"], word_of(duty, "kind")),
            why=known(said["owes"], asked.role),
            tag=Tag(said["to_do"], GREY),
            day_says=said["due"],
            day=named_day(due, today),
            left=days_left(due, today),
            owner="",
            href=_page_of(duty),
            due=due,
        )
        yield "overdue" if duty.overdue else "week", row


def _owed_now(asked: Asked, today: date) -> Iterator[Any]:
    """Yield the duties that stand here. What a matter rests on, and what is about an item, stands there already."""
    if not isinstance(asked.duties, Found):
        return
    concerns = asked.concerns.answer.concerns if isinstance(asked.concerns, Found) else ()
    told = {duty.duty_id for concern in concerns for duty in concern.explanation.duties}
    near = add_working_days(WorkingCalendar.OFFICE, today, WEEK)
    for duty in asked.duties.answer.duties:
        owed = word_of(duty, "owed_by") == asked.role and word_of(duty, "state") == "running"
        stands_elsewhere = word_of(duty, "kind") in WITH_ITEMS or duty.name.rpartition("/")[2] in told
        if owed and not stands_elsewhere and (from_date(duty, "due_date") or date.max) <= near:
            yield duty


def _page_of(duty: Any) -> str:
    """Return the page on which one begins to do what is owed."""
    _, person, collection, one = (*duty.about.split("/"), "", "")[:4]
    if word_of(duty, "kind") in ABOUT_RECOMMENDATIONS:
        return f"/recommendations/{person}" + (f"/{one}" if collection == "recommendations" else "")
    pages = {
        "supportSessions": f"/people/{person}/sessions/{one}",
        "evidenceItems": f"/people/{person}/evidence/{one}",
        "concerns": f"/people/{person}/matters/{one}",
        "reviewRequests": f"/reviews/{person}/{one}",
        "emergencyAccesses": "/emergency-accesses",
    }
    of_plan = ("actions", "supports", "developmentPlan")
    return f"/people/{person}/plan" if collection in of_plan else pages.get(collection, f"/people/{person}")


def _pack(closes: date | None, today: date) -> str:
    said = words("today")
    return said.say("closes", day=named_day(closes, today).text) if closes and closes >= today else str(said["closed"])


def _is_near(held_on: date, closes: date | None, today: date) -> bool:
    soon = today + timedelta(days=PREPARE_DAYS)
    return held_on <= today + timedelta(days=1) or (closes is not None and today <= closes <= soon)


def _closed(today: date) -> str:
    reason = closed_because(WorkingCalendar.OFFICE, today)
    return words("today").say("office_closed", reason=reason) if reason else ""


def _long(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _person(name: str) -> str:
    return "/".join(name.split("/")[:2])
