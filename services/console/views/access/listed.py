"""Who opened a file in an emergency: when, why, until when, what the review says, and what the reader can do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.calendar_days import london_today
from services.client.words import id_under, safeguarder_of, word_of
from services.console.days import Day, clock_time, named_day
from services.console.views.form import Notice, Told
from services.console.views.heading import Heading, Link
from services.console.views.parts import Away, Found, Step, says_away
from services.console.words import name_of, words
from services.platform.calls.wire import from_date, from_instant

FOLDER, PATH = "access", "/emergency-accesses"
OPENER, LEAD = "support_manager", "data_lead"
"""The role that opens files, and the one that answers for the data: it closes any, and reviews those of others."""
STEPS = ("close", "review")


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One emergency access."""

    day: Day
    who: str
    about: str
    reason: str
    stands: str
    review: str
    possible: tuple[Link, ...] = ()
    blocked: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class AccessesView:
    """The page."""

    heading: Heading
    lead: str
    opens: Link | None
    """Where the reader opens a file; None if that is never theirs."""
    rows: tuple[AccessRow, ...]
    more: str
    away: tuple[str, ...]
    told: Told | None = None
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class AskedAccesses:
    """What the services answered, and who asks."""

    accesses: Found[Any] | Away
    people: Found[Mapping[str, str]] | Away
    """What staff are called, by id."""
    register: Found[Mapping[str, str]] | Away
    """What Safeguarders are called, by the names of their records, as far as the reader may know."""
    reader: str
    role: str

    @property
    def listed(self) -> Sequence[Any]:
        """Return those that the reader may see, the newest first."""
        return _listed(self.accesses)

    def called(self, person: str) -> str:
        """Return what somebody of the staff is called."""
        return _known(self.people, person) or name_of(person)

    def about(self, access: Any) -> str:
        """Return what the Safeguarder is called whose file it is, or the opaque id of their record."""
        one = safeguarder_of(access.name)
        return _known(self.register, f"safeguarders/{one}") or one


def staff_in(accesses: Found[Any] | Away) -> list[str]:
    """Return the ids of those who opened a file, each once, and of those who reviewed it."""
    return list(
        dict.fromkeys(one for access in _listed(accesses) for one in (access.opened_by, access.reviewed_by) if one)
    )


def files_in(accesses: Found[Any] | Away) -> list[str]:
    """Return the names of the records that were opened, each once."""
    return list(dict.fromkeys(f"safeguarders/{safeguarder_of(access.name)}" for access in _listed(accesses)))


def _listed(accesses: Found[Any] | Away) -> Sequence[Any]:
    return accesses.answer.emergency_accesses if isinstance(accesses, Found) else ()


def _known(names: Found[Mapping[str, str]] | Away, one: str) -> str:
    return names.answer.get(one, "") if isinstance(names, Found) else ""


def build(
    asked: AskedAccesses, now: datetime, today: date, done: Mapping[str, str] | None = None, says: tuple[str, ...] = ()
) -> AccessesView:
    """Return the page, the newest first. The words of staff are shown as they wrote them.

    `done`: what the reader has done just before, by the id of what they did it to. `says`: why a step was not made.
    """
    said, answer = words(FOLDER), asked.accesses.answer if isinstance(asked.accesses, Found) else None
    rows = tuple(_row(access, asked, today) for access in asked.listed)
    lead = said["lead" if rows else "none"] if answer else ""
    return AccessesView(
        heading=Heading(said["h1"], said["h1"], "accesses"),
        lead=lead,
        opens=Link(said["steps"]["open"], f"{PATH}/open") if asked.role == OPENER else None,
        rows=rows,
        more=said["more"] if answer and answer.next_page_token else "",
        away=tuple(says_away((asked.accesses, asked.people, asked.register), now)),
        told=next(_told(asked, done or {}), None),
        notice=Notice(words("layout")["refused"], says) if says else None,
    )


def step_blocked(access: Any, step: str, reader: str, role: str) -> str | None:
    """Return why the reader can't make a step on an emergency access; empty if they can. None: it is never theirs."""
    said, is_own, state = words(FOLDER)["blocked"], access.opened_by == reader, word_of(access, "state")
    if step == "close" and (role == LEAD or (role == OPENER and is_own)):
        return "" if state == "open" else str(said["over"])
    if step == "review" and role == LEAD:
        if access.outcome:
            return str(said["reviewed"])
        return str(said["own"]) if is_own else str(said["still_open"]) if state == "open" else ""
    return None


def stands(access: Any) -> str:
    """Return from when until when somebody may read the file, in a sentence."""
    ended = access.close_time if access.HasField("close_time") else access.end_time
    at = {"since": clock_time(from_instant(access.open_time)), "until": clock_time(from_instant(ended))}
    return words(FOLDER).say(word_of(access, "state"), **at)


def _row(access: Any, asked: AskedAccesses, today: date) -> AccessRow:
    return AccessRow(
        day=named_day(london_today(from_instant(access.open_time)), today),
        who=asked.called(access.opened_by),
        about=words(FOLDER).say(word_of(access, "kind"), person=asked.about(access)),
        reason=access.reason,
        stands=stands(access),
        review=_review(access, asked, today),
        possible=tuple(_possible(access, asked)),
        blocked=tuple(_blocked(access, asked)),
    )


def _review(access: Any, asked: AskedAccesses, today: date) -> str:
    said, due = words(FOLDER), from_date(access, "review_due_date")
    if access.outcome:
        by = asked.called(access.reviewed_by)
        return str(said.say(word_of(access, "outcome"), name=by, reasons=access.review_reasons))
    late = "review_late" if due and due < today else "review_due"
    return str(said.say(late, day=named_day(due, today).text if due else ""))


def _file(access: Any) -> str:
    return f"/people/{safeguarder_of(access.name)}"


def _possible(access: Any, asked: AskedAccesses) -> Iterator[Link]:
    said, path = words(FOLDER), f"{PATH}/{safeguarder_of(access.name)}/{id_under(access.name)}"
    if asked.role == OPENER and step_blocked(access, "close", asked.reader, asked.role) == "":
        yield Link(said["read"], _file(access))
    for step in STEPS:
        if step_blocked(access, step, asked.reader, asked.role) == "":
            yield Link(said["steps"][step], f"{path}/{step}")


def _blocked(access: Any, asked: AskedAccesses) -> Iterator[Step]:
    """Yield the review that the reader can't make yet, or never. Once it is made, the row says so."""
    why = step_blocked(access, "review", asked.reader, asked.role)
    if why and not access.outcome:
        yield Step(words(FOLDER)["steps"]["review"], why)


def _told(asked: AskedAccesses, done: Mapping[str, str]) -> Iterator[Told]:
    said = words(FOLDER)
    for access in asked.listed:
        code = done.get(id_under(access.name), "")
        if code in said["done"]:
            in_words = {"person": asked.about(access), "name": asked.called(access.opened_by)}
            until = clock_time(from_instant(access.end_time))
            on = Link(said["read"], _file(access)) if code == "open" else None
            yield Told(said["done"][code].format(until=until, **in_words), on)
