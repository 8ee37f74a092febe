"""The record of a session: as a list of parts to write, and as the text that both sides read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.client.words import word_of
from services.console.forms.record import CHILD, OWN, PLAN, PRAISE, SPOKEN, Part, Typed, held_in, is_done
from services.console.views.form import FormView, Notice, Told
from services.console.views.heading import Heading, Link
from services.console.views.parts import GREY, Found, Tag, says_away
from services.console.views.people.frame import Banner
from services.console.views.sessions.agenda import Agenda
from services.console.views.sessions.entries import Beside, line_of, matter_line
from services.console.views.sessions.one import record_stands
from services.console.views.sessions.reader import Reader
from services.console.views.sessions.sheet import when_of
from services.console.words import words

ALONE = {CHILD: "child_interest", SPOKEN: "spoken_of", PLAN: "why_not_final"}
"""Parts of which a record has one, with the name of their title."""


@dataclass(frozen=True, slots=True)
class AskedRecord:
    """What the services answered of a record. `record`: None if there is none that the reader may see."""

    session: Any
    record: Any | None
    pack: Any
    beside: Beside
    reader: Reader
    today: date

    @property
    def is_draft(self) -> bool:
        """Return whether it is still to be written or shared."""
        return self.record is None or word_of(self.record, "state") == "drafted"

    def held(self, part: Part) -> Typed:
        """Return what is saved of a part. Why a plan is not final stands in the plan, and not in the record."""
        if part.kind == PLAN:
            return (
                Typed(words=self.beside.plan.answer.not_final_because)
                if isinstance(self.beside.plan, Found)
                else Typed()
            )
        return held_in(self.record.content, part) if self.record is not None else Typed()


@dataclass(frozen=True, slots=True)
class Task:
    """A part to write."""

    title: str
    href: str
    tag: Tag


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Parts of one kind."""

    heading: str
    lead: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class TasksView:
    """The list of parts. `share`: the way to share it, once everything is there."""

    heading: Heading
    person: Banner
    when: str
    says: tuple[str, ...]
    groups: tuple[TaskGroup, ...]
    progress: str
    share: Link | None
    away: tuple[str, ...]
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the text, with the words of both sides."""

    title: str
    word: str
    words: str
    says: tuple[str, ...]
    dispute: str
    response: str


@dataclass(frozen=True, slots=True)
class TextView:
    """The text. `form`: what the reader can do with it now."""

    heading: Heading
    person: Banner
    when: str
    says: tuple[str, ...]
    steps: tuple[Link, ...]
    sections: tuple[Section, ...]
    away: tuple[str, ...]
    form: FormView | None = None
    told: Told | None = None
    notice: Notice | None = None


def build_tasks(asked: AskedRecord, agenda: Agenda, now: datetime, done: str = "") -> TasksView:
    """Return the list of parts, praise first."""
    said, name, reader, today = words("sessions"), asked.session.name, asked.reader, asked.today
    left = missing(asked, agenda)
    needed = [one for one in agenda.parts if one.kind != SPOKEN]
    return TasksView(
        heading=reader.heading(said["tasks_h1"], Link(said["back_session"], reader.href(name))),
        person=reader.banner,
        when=when_of(asked.session.start_time, Found(asked.session), today),
        says=(reader.say("tasks_lead"),),
        groups=tuple(_groups(asked, agenda)),
        progress=said.say("progress", done=len(needed) - len(left), n=len(needed)),
        share=Link(reader.say("step_share"), reader.href(name, "share"))
        if not left and asked.record is not None
        else None,
        away=tuple(says_away(asked.beside.parts, now)),
        told=Told(said["told_part"]) if done == "part" else None,
    )


def missing(asked: AskedRecord, agenda: Agenda) -> list[Part]:
    """Return the parts that a record still lacks."""
    return [one for one in agenda.parts if not is_done(one, asked.held(one))]


def _groups(asked: AskedRecord, agenda: Agenda) -> Iterator[TaskGroup]:
    said = words("sessions")
    kinds = dict.fromkeys(one.kind for one in agenda.parts)
    for kind in kinds:
        parts = [one for one in agenda.parts if one.kind == kind]
        tasks = tuple(_task(one, asked, agenda) for one in parts)
        yield TaskGroup(asked.reader.say(f"group_{kind}"), said["group_leads"].get(kind, ""), tasks)


def _task(part: Part, asked: AskedRecord, agenda: Agenda) -> Task:
    said = words("sessions")["task_states"]
    held = asked.held(part)
    is_begun = bool(held.word or held.words or held.ticked)
    state = "none" if not is_begun else "done" if is_done(part, held) else "begun"
    if part.kind == SPOKEN and state == "none":
        state = "optional"
    return Task(
        title_of(part, asked, agenda),
        asked.reader.href(asked.session.name, f"record/{part.id}"),
        Tag(said[state], GREY),
    )


def title_of(part: Part, asked: AskedRecord, agenda: Agenda) -> str:
    """Return what a part is about, as a title."""
    said = words("sessions")
    if part.kind in ALONE:
        return str(said[ALONE[part.kind]])
    if part.kind == OWN:
        return _own_words(part.about, asked.pack) or str(said["own_item"])
    entry = agenda.entries.get(part.about)
    if entry is None:
        return asked.beside.titles(asked.today).get(part.about, part.about)
    line = line_of(entry, asked.beside, asked.reader, asked.today)
    return f"{line.title}, {line.says[0].rstrip('.')}" if part.kind == PRAISE and line.says else line.title


def _own_words(name: str, pack: Any, most: int = 80) -> str:
    """Return the first words of an own item."""
    text = next((" ".join(one.words.split()) for one in pack.own_items if one.name == name), "")
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0] or text[:most]} …"


def build_text(
    asked: AskedRecord, now: datetime, form: FormView | None = None, done: str = "", notice: Notice | None = None
) -> TextView:
    """Return the text, with what each side said to it. Praise that was acknowledged stands first."""
    said, record, name = words("sessions"), asked.record, asked.session.name
    reader, today = asked.reader, asked.today
    return TextView(
        heading=_heading(asked, is_form=form is not None),
        person=reader.banner,
        when=when_of(asked.session.start_time, Found(asked.session), today),
        says=tuple(_says(record, reader, today)),
        steps=tuple(_steps(record, reader, name)) if form is None else (),
        sections=tuple(section for _, section in sections_of(asked)),
        away=tuple(says_away(asked.beside.parts, now)),
        form=form,
        told=Told(reader.say(f"told_{done}")) if f"told_{done}" in said else None,
        notice=notice,
    )


def _heading(asked: AskedRecord, *, is_form: bool) -> Heading:
    """Return the heading. Two pages in a row never have the same one."""
    said, reader, name = words("sessions"), asked.reader, asked.session.name
    if not is_form:
        return reader.heading(said["record_h1"], Link(said["back_session"], reader.href(name)))
    title = said["answer_h1" if reader.is_own else "share_h1"]
    return reader.heading(title, Link(said["back_record"], reader.href(name, "record")))


def _says(record: Any, reader: Reader, today: date) -> Iterator[str]:
    said = words("sessions")
    yield record_stands(record, reader, today)
    if record.edition > 1:
        yield said.say("edition", n=record.edition)
    if record.correction_reason:
        yield said.say("corrected_because", reason=record.correction_reason)


def may_answer(record: Any) -> bool:
    """Return whether the Safeguarder's answer to a text is awaited."""
    return word_of(record, "state") == "shared" and not record.HasField("answer")


def _steps(record: Any, reader: Reader, name: str) -> Iterator[Link]:
    if reader.is_own and may_answer(record):
        yield Link(reader.say("step_answer"), reader.href(name, "answer"))
    if reader.writes and word_of(record, "state") == "disputed":
        yield Link(reader.say("step_respond"), reader.href(name, "respond"))


def sections_of(asked: AskedRecord) -> list[tuple[str, Section]]:
    """Return each part of the text with the name that the record knows it by, praise first."""
    record = asked.record
    assert record is not None  # noqa: S101  pages ask this of a record that is there
    disputes = {one.section: one for one in record.answer.disputes}
    said, content = words("sessions"), record.content
    outcomes = sorted(content.outcomes, key=lambda one: word_of(one, "word") != "acknowledged")
    found = [(one.item, _outcome(one, asked)) for one in outcomes]
    found += [(one.standard, _view(one, asked)) for one in content.views]
    found.append(("child_interest", Section(said["child_interest"], "", content.child_interest, (), "", "")))
    spoken = dict.fromkeys((*content.actions, *content.supports))
    found += [(name, Section(_titled(name, asked), "", "", (), "", "")) for name in spoken]
    return [(name, _with_dispute(section, disputes.get(name))) for name, section in found]


def _with_dispute(section: Section, dispute: Any) -> Section:
    if dispute is None:
        return section
    return Section(section.title, section.word, section.words, section.says, dispute.words, dispute.response)


def _outcome(one: Any, asked: AskedRecord) -> Section:
    word = words("sessions")["outcomes"].get(word_of(one, "word"), "")
    says = (_titled(one.action, asked),) if one.action else ()
    return Section(_titled(one.item, asked), word, one.words, says, "", "")


def _view(one: Any, asked: AskedRecord) -> Section:
    said = words("sessions")
    rests = [_titled(name, asked) for name in one.basis]
    says = (said.say("rests_on", what="; ".join(rests)),) if rests else ()
    word = said["views"].get(word_of(one, "word"), "")
    title = asked.beside.titles(asked.today).get(one.standard, one.standard)
    return Section(title, word, one.words, says, "", "")


def _titled(name: str, asked: AskedRecord) -> str:
    """Return what a name in a record is about: an entry of the papers, an own item, or a part of the plan."""
    if "/ownItems/" in name:
        return _own_words(name, asked.pack) or str(words("sessions")["own_item"])
    entries: Mapping[str, Any] = {
        one.name: one for one in (*asked.pack.entries, *(x.entry for x in asked.pack.late_items))
    }
    if name in entries:
        line = line_of(entries[name], asked.beside, asked.reader, asked.today)
        return line.quoted if "/actions/" in name and line.quoted else line.title
    if "/concerns/" in name:
        return matter_line(name, asked.beside, asked.reader).title
    found = asked.beside.of_plan(name)
    text = getattr(found, "aim", "") or getattr(found, "words", "")
    return text or str(words("sessions")["of_plan"])
