"""What rules raised about a Safeguarder, as they read it themselves. Praise stands first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from services.client.words import LANES, enum_of, id_under, word_of
from services.console.days import Day, named_day
from services.console.views.days_left import days_left
from services.console.views.heading import Heading, Link
from services.console.views.matter import page as matters
from services.console.views.parts import COLOURS, GREY, Away, Found, Step, Tag, says_away
from services.console.words import words
from services.platform.calls.wire import from_date, to_word

PRAISE = "excellence"
OWN = "/my-file/matters"
OVER = ("closed", "dismissed", "merged", "shared", "declined", "acknowledged_in_session")


@dataclass(frozen=True, slots=True)
class MatterRow:
    """One matter: the sentence of its rule, how it stands, and with whom."""

    because: str
    href: str
    tag: Tag
    with_whom: str
    day_says: str
    day: Day | None
    left: str


@dataclass(frozen=True, slots=True)
class MatterGroup:
    """Matters of one kind."""

    name: str
    rows: tuple[MatterRow, ...]


@dataclass(frozen=True, slots=True)
class MattersView:
    """Everything that was raised, also what is over."""

    heading: Heading
    groups: tuple[MatterGroup, ...]
    away: tuple[str, ...]


def build_list(answer: Any, people: Found[Mapping[str, str]] | Away, now: datetime, today: date) -> MattersView:
    """Return the list. A kind of which there is nothing is left out."""
    said = words("my_file")
    names = people.answer if isinstance(people, Found) else {}
    groups = tuple(groups_of(answer.concerns, names, today))
    heading = Heading(said["matters_h1"], said["matters_h1"], "my_file", Link(said["back"], "/my-file"))
    return MattersView(heading, groups, tuple(says_away([people], now)))


def build_one(asked: matters.AskedMatter, now: datetime, today: date) -> matters.MatterView:
    """Return one matter. It is the page that the support manager reads, with the way back to the person's own file.

    Its steps are the Team's: a link to one would lead the person nowhere. Their own stand in their place.
    """
    said = words("my_file")
    view = matters.build(asked, now, today)
    heading = Heading(
        view.heading.h1,
        f"{view.heading.h1} - {said['section']}",
        "my_file",
        Link(said["matters_back"], "/my-file/matters"),
    )
    return replace(view, heading=heading, seen_by=said["seen_as"], possible=tuple(_own_steps(asked.concern)))


def _own_steps(concern: Any) -> Iterator[Step]:
    """Yield what the person can do: answer an invitation, say how they see it, and ask for a review."""
    said, one = words("my_file")["own_steps"], id_under(concern.name)
    moves = enum_of(concern, "allowed_moves")
    if "answer_invitation" in (to_word(moves, move) for move in concern.allowed_moves):
        yield Step(said["invitation"], said["invitation_says"], f"/my-file/matters/{one}/invitation")
    if word_of(concern, "state") not in OVER and word_of(concern, "lane") not in matters.OF_NO_PRACTICE:
        yield Step(said["view"], said["view_says"], f"/my-file/matters/{one}/view")
        yield Step(said["disagree"], said["disagree_says"], f"/my-file/disagree/matters/{one}")


def groups_of(concerns: Iterable[Any], names: Mapping[str, str], today: date, base: str = OWN) -> Iterator[MatterGroup]:
    """Yield matters by how they stand, praise first. A kind of which there is nothing is left out."""
    said = words("my_file")
    rows: dict[str, list[MatterRow]] = {"matters_praise": [], "matters_open": [], "matters_over": []}
    for concern in concerns:
        rows[_group(concern)].append(row_of(concern, names, today, base))
    return (MatterGroup(said[name], tuple(found)) for name, found in rows.items() if found)


def row_of(concern: Any, names: Mapping[str, str], today: date, base: str = OWN) -> MatterRow:
    """Return a matter as a row. `base`: the address below which the matters of the person stand."""
    said = words("my_file")
    lane, state = word_of(concern, "lane"), word_of(concern, "state")
    colour = COLOURS.get(lane, GREY)
    due = from_date(concern, "next_date" if concern.owner else "respond_by_date") if state not in OVER else None
    return MatterRow(
        because=concern.explanation.because,
        href=f"{base}/{id_under(concern.name)}",
        tag=Tag(LANES[lane] if colour != GREY else words("layout")["states"][state], colour),
        with_whom=_with_whom(concern, names, state),
        day_says=said["next_date" if concern.owner else "answer_by"] if due else "",
        day=named_day(due, today) if due else None,
        left=days_left(due, today) if due else "",
    )


def owners_of(concerns: Found[Any] | Away) -> Iterator[str]:
    """Yield who took on the matters that were answered."""
    if isinstance(concerns, Found):
        yield from (concern.owner for concern in concerns.answer.concerns if concern.owner)


def _group(concern: Any) -> str:
    if word_of(concern, "state") in OVER:
        return "matters_over"
    return "matters_praise" if word_of(concern, "lane") == PRAISE else "matters_open"


def _with_whom(concern: Any, names: Mapping[str, str], state: str) -> str:
    said = words("my_file")
    if state in OVER:
        return ""
    if concern.closing_proposed:
        return str(said["closing_proposed"])
    if not concern.owner:
        return str(said["nobody"])
    name = names.get(concern.owner, "")
    return said.say("with", name=name) if name else str(said["with_somebody"])
