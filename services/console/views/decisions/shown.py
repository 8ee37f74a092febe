"""A recommendation that Ministers decide on, what is recorded of it, and the corrections that wait for two."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.calendar_days import london_today
from services.client.words import id_under, safeguarder_of, word_of
from services.console.days import long_day
from services.console.forms.asked import AskedForm, Asks
from services.console.views.asked import Asking, FormPage, Quoted, Shown, form_view, known
from services.console.views.form import LINE, Notice, Told, titled
from services.console.views.heading import Heading, Link
from services.console.views.parts import Away, Found, Step, says_away
from services.console.views.recommendations.lists import what_it_says
from services.console.views.recommendations.one import in_groups
from services.console.words import name_of, words
from services.platform.calls.wire import from_date, from_instant

FOLDER = "decisions"
FIND = AskedForm("find", (Asks(LINE, "reference", most=120),))
WAITING = "waiting"
FIRST_SIGNS = 8
RECORDED_HERE = ("appointment", "reappointment", "continuing", "removal")
"""Kinds of recommendation on which the page records what was decided. A suspension is recorded with its policy."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is recorded of one decision, its corrections, and what can be done with it."""

    says: str
    lines: tuple[str, ...]
    quoted: tuple[Quoted, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class DecisionView:
    """The page."""

    heading: Heading
    person: str
    says: str
    stands: str
    hash: str
    record: Step | None
    record_not: str
    recorded: tuple[Recorded, ...]
    away: tuple[str, ...]
    told: Told | None = None
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class AskedDecision:
    """What the services answered, and who asks."""

    pack: Any
    decisions: Any
    person: Any
    people: Found[Mapping[str, str]] | Away
    reader: str

    @property
    def one(self) -> Any:
        """Return the recommendation."""
        return self.pack.recommendation

    @property
    def path(self) -> str:
        """Return the address of the page."""
        return f"/decisions/{safeguarder_of(self.one.name)}/{id_under(self.one.name)}"

    @property
    def is_recorded_here(self) -> bool:
        """Return whether what was decided is recorded as a decision, and not as a suspension or its end."""
        return word_of(self.one, "kind") in RECORDED_HERE

    @property
    def away(self) -> str:
        """Return where a suspension of the person is recorded or lifted. It carries the recommendation along."""
        return f"/decisions/{safeguarder_of(self.one.name)}/away?recommendation={id_under(self.one.name)}"

    def called(self, person: str) -> str:
        """Return what somebody of the staff is called."""
        found = self.people.answer if isinstance(self.people, Found) else {}
        return found.get(person, "") or name_of(person)


def find(asking: Asking, request_id: str) -> FormPage:
    """Return the page that asks for a reference. Recorders of decisions see no list of people."""
    said = words(FOLDER)
    form = form_view(asking, Shown(FOLDER, "/decisions", ""), request_id)
    heading = Heading(said["h1"], titled(said["h1"], form), "decisions")
    return FormPage(heading, "", (said["find_lead"],), (), form)


def people_in(decisions: Any) -> list[str]:
    """Return the ids of the staff whom the page names, each once."""
    named = [one.recorded_by for one in decisions.decisions]
    for one in decisions.decisions:
        named += [person for each in one.corrections for person in (each.entered_by, each.answered_by)]
    return list(dict.fromkeys(filter(None, named)))


def build(asked: AskedDecision, now: datetime, done: str = "", says_not: tuple[str, ...] = ()) -> DecisionView:
    """Return the page. `done`: what the reader has done just before. `says_not`: why a step was not made."""
    said, state = words(FOLDER), word_of(asked.one, "state")
    is_open, is_here = state == "submitted", asked.is_recorded_here
    step = "record" if is_here else "suspension"
    record = Step(said["steps"][step], said["does"][step], f"{asked.path}/record" if is_here else asked.away)
    return DecisionView(
        heading=Heading(said["one_h1"], f"{said['one_h1']} - {said['h1']}", "decisions", _back()),
        person=asked.person.display_name,
        says=what_it_says(asked.one),
        stands=known(words("recommendations")["stands"], state).format(name=asked.person.display_name),
        hash=begins(asked.pack.hash),
        record=record if is_open else None,
        record_not="" if is_open else said["not_submitted"],
        recorded=tuple(_recorded(one, asked) for one in asked.decisions.decisions),
        away=tuple(says_away([asked.people], now)),
        told=Told(said["done"][done].format(name=asked.person.display_name)) if done in said["done"] else None,
        notice=Notice(words("layout")["refused"], says_not) if says_not else None,
    )


def begins(digest: str) -> str:
    """Return how a hash begins. Its end is typed from the letter, so the page doesn't show it."""
    return in_groups(digest[:FIRST_SIGNS])


def waits(decision: Any) -> bool:
    """Return whether a correction of a decision waits for a second person."""
    return bool(decision.corrections) and word_of(decision.corrections[-1], "state") == WAITING


def says(record: Any) -> str:
    """Return what a record of a decision says, in a sentence."""
    said, day = words(FOLDER), from_date(record, "effective_date")
    kind, reason = word_of(record, "kind"), word_of(record, "end_reason")
    what = known(said["end_reasons"], reason) if reason else known(said["kinds"], kind)
    parts = [said.say("record_says", what=what, day=long_day(day).text if day else "")]
    if record.term_months:
        parts.append(said.say("months", n=record.term_months))
    return " ".join(parts)


def _back() -> Link:
    return Link(words(FOLDER)["back"], "/decisions")


def _recorded(one: Any, asked: AskedDecision) -> Recorded:
    said = words(FOLDER)
    head = says(one.record) if one.HasField("record") else said["no_such"]
    when = long_day(london_today(from_instant(one.record_time))).text
    lines = [said.say("recorded_by", name=asked.called(one.recorded_by), day=when)]
    quoted = [Quoted(said["reasons"], one.record.reasons)] if one.record.reasons else []
    for each in one.corrections:
        state = known(said["correction_states"], word_of(each, "state"))
        entered = long_day(london_today(from_instant(each.enter_time))).text
        lines.append(said.say("correction", state=state, name=asked.called(each.entered_by), day=entered))
        lines.append(said.say("would_say", says=says(each.record) if each.HasField("record") else said["no_such"]))
        quoted.append(Quoted(said["correction_because"], each.because))
    return Recorded(head, tuple(lines), tuple(quoted), tuple(_steps(one, asked)))


def _steps(one: Any, asked: AskedDecision) -> Iterator[Step]:
    said, path = words(FOLDER), f"{asked.path}/records/{id_under(one.name)}"
    if not waits(one):
        yield Step(said["steps"]["correct"], said["does"]["correct"], f"{path}/correct")
        return
    if one.corrections[-1].entered_by != asked.reader:
        yield Step(said["steps"]["confirm"], said["does"]["confirm"], f"{path}/confirm")
    yield Step(said["steps"]["take-back"], said["does"]["take-back"], f"{path}/take-back")


def day_of(today: date) -> str:
    """Return a day as somebody types it, for an example."""
    return f"{today.day} {today.month} {today.year}"
