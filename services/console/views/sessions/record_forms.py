"""The forms of a session's record: one part of it, sharing it, the Safeguarder's answer, and the answer to that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from services.console.forms import record as forms
from services.console.forms.answers import MISSING, Sent
from services.console.forms.record import Answered, Part, Typed
from services.console.views.form import (
    Button,
    Choice,
    FormView,
    Hidden,
    Notice,
    Question,
    choice_question,
    sent_with,
    ticks_question,
    words_question,
)
from services.console.views.heading import Link
from services.console.views.sessions.agenda import Agenda
from services.console.views.sessions.entries import Line, line_of
from services.console.views.sessions.reader import Reader
from services.console.views.sessions.record import AskedRecord, Section, sections_of, title_of
from services.console.views.sessions.steps import FormPage, page_of, sentence
from services.console.words import words
from services.refusals import Refusal


@dataclass(frozen=True, slots=True)
class AskedPart:
    """The form of a part as it was opened, or as it comes back."""

    part: Part
    typed: Typed
    sent: Sent
    refusal: Refusal | None = None
    is_stale: bool = False


def build_part(asked: AskedRecord, agenda: Agenda, form: AskedPart) -> FormPage:
    """Return the form of a part, below what the papers say of what it is about."""
    said, name, part, reader = words("sessions"), asked.session.name, form.part, asked.reader
    questions = _questions(asked, agenda, form)
    view = FormView(
        address=reader.href(name, f"record/{part.id}"),
        questions=tuple(questions),
        buttons=(Button(said["save_part"]),),
        hidden=sent_with(form.sent.request_id, form.sent.etag),
        effect=said["effect_part"],
        notice=_stale(asked, form) if form.is_stale else None,
    )
    title = title_of(part, asked, agenda)
    back = Link(said["back_tasks"], reader.href(name, "record"))
    entry = agenda.entries.get(part.about)
    lines = (line_of(entry, asked.beside, reader, asked.today),) if entry is not None and "/" in part.about else ()
    own = [Line(title, quoted=one.words) for one in asked.pack.own_items if one.name == part.about]
    page = page_of(title, view, back, asked, said["part_tab"])
    return replace(page, about=(*lines, *own))


def _stale(asked: AskedRecord, form: AskedPart) -> Notice:
    said = words("sessions")["stale"]
    now = asked.held(form.part)
    in_words = " ".join(filter(None, (_word(form.part, now.word), now.words)))
    says = said["now"].format(words=in_words) if in_words else said["empty"]
    return Notice(said["heading"], (says, said["kept"]))


def _word(part: Part, word: str) -> str:
    said = words("sessions")["views" if part.kind == forms.VIEW else "outcomes"]
    return f"{said[word]}." if word in said else ""


def _questions(asked: AskedRecord, agenda: Agenda, form: AskedPart) -> Iterator[Question]:
    said, part, typed = words("sessions"), form.part, form.typed
    if part.kind == forms.SPOKEN:
        yield _ticks(agenda.offered.in_plan, said["ask_spoken"], said["hint_spoken"], form, asked)
        return
    if len(forms.WORDS[part.kind]) > 1:
        named = said["views" if part.kind == forms.VIEW else "outcomes"]
        choices = [Choice(word, named[word], said["word_hints"].get(word, ""), typed.word == word)
                   for word in forms.WORDS[part.kind]]  # fmt: skip
        yield choice_question("word", asked.reader.say(f"ask_word_{part.kind}"), choices, error=_error(form, "word"))
    if part.kind == forms.VIEW and agenda.offered.basis:
        yield _ticks(agenda.offered.basis, said["ask_basis"], said["hint_basis"], form, asked)
    if part.kind in (forms.OWN, forms.MATTER) and agenda.offered.actions:
        offered = [
            Choice(name, _of_plan(name, asked), is_chosen=typed.action == name) for name in agenda.offered.actions
        ]
        yield choice_question("action", said["ask_action"], offered, said["hint_action"], _error(form, "action"))
    hint = (
        f"{said['hint_part']} {said['hint_leave_out']}"
        if part.kind not in (forms.CHILD, forms.PLAN)
        else said["hint_leave_out"]
    )
    yield words_question("words", asked.reader.say(f"ask_words_{part.kind}"), typed.words, hint, _error(form, "words"))


def _of_plan(name: str, asked: AskedRecord) -> str:
    found = asked.beside.of_plan(name)
    return getattr(found, "aim", "") or getattr(found, "words", "") or str(words("sessions")["of_plan"])


def _ticks(names: Sequence[str], text: str, hint: str, form: AskedPart, asked: AskedRecord) -> Question:
    entries = {one.name: one for one in (*asked.pack.entries, *(late.entry for late in asked.pack.late_items))}
    own = {one.name: " ".join(one.words.split())[:100] for one in asked.pack.own_items}

    def called(name: str) -> tuple[str, str]:
        if name in own:
            return own[name], ""
        if "/actions/" in name or "/supports/" in name:
            return _of_plan(name, asked), ""
        line = line_of(entries[name], asked.beside, asked.reader, asked.today)
        return line.title, " ".join(line.says[:2])

    choices = [Choice(name, *called(name), name in form.typed.ticked) for name in names]
    return ticks_question("ticked", text, choices, hint, _error(form, "ticked"))


def _error(form: AskedPart, name: str) -> str:
    code = form.typed.faults.get(name, "")
    if form.refusal is not None and name == "words":
        code = form.refusal.reason
    wrong = words("sessions")["wrong"]
    return sentence(f"{code}_{name}" if f"{code}_{name}" in wrong else code)


def share_form(asked: AskedRecord, request_id: str) -> FormView:
    """Return the form that shares a draft."""
    assert asked.record is not None  # noqa: S101  a page without a draft has no such form
    return FormView(
        address=asked.reader.href(asked.session.name, "share"),
        questions=(),
        buttons=(Button(asked.reader.say("step_share")),),
        hidden=sent_with(request_id, asked.record.etag),
        effect=asked.reader.say("effect_share"),
    )


def numbers_of(asked: AskedRecord) -> dict[str, tuple[str, Section]]:
    """Return the parts of a text by their numbers. A form names a part by its number, so it holds no name of a record.

    One edition of a text never changes, so a number means the same until the next edition.
    """
    return {str(number): found for number, found in enumerate(sections_of(asked), 1)}


def answer_form(asked: AskedRecord, answered: Answered, sent: Sent) -> FormView:
    """Return the form with which a Safeguarder says whether the text is right, or which parts they see differently."""
    said = words("sessions")
    parts = numbers_of(asked)
    whether = [Choice(word, said["answers"][word], is_chosen=answered.word == word) for word in said["answers"]]
    which = [
        Choice(number, section.title, section.word, number in answered.ticked) for number, (_, section) in parts.items()
    ]
    faults = answered.faults
    return FormView(
        address=asked.reader.href(asked.session.name, "answer"),
        questions=(
            choice_question(
                "word",
                said["ask_right"],
                whether,
                error=sentence(f"{faults['word']}_right") if "word" in faults else "",
            ),
            ticks_question(
                "ticked",
                said["ask_which"],
                which,
                said["hint_which"],
                sentence("missing_which") if "ticked" in faults else "",
            ),
        ),
        buttons=(Button(said["go_on"]),),
        hidden=sent_with(sent.request_id, str(asked.record.edition) if asked.record is not None else ""),
        effect=said["effect_answer"],
    )


def words_form(asked: AskedRecord, numbers: Sequence[str], answered: Answered, sent: Sent) -> FormView:
    """Return the form for words on some parts: why the Safeguarder sees them differently, or the answer to that."""
    said, parts, reader = words("sessions"), numbers_of(asked), asked.reader
    step = "answer" if reader.is_own else "respond"
    questions = tuple(
        words_question(
            f"words-{number}",
            parts[number][1].title,
            answered.words.get(number, ""),
            _quoted(parts[number][1], reader),
            _fault(answered.faults[f"words-{number}"]) if f"words-{number}" in answered.faults else "",
        )
        for number in numbers
        if number in parts
    )
    ticked = tuple(Hidden(f"ticked-{number}", number) for number in numbers) if reader.is_own else ()
    do = (Hidden("do", forms.SEND), Hidden("word", forms.DIFFERENT)) if reader.is_own else ()
    etag = asked.record.etag if asked.record is not None and not reader.is_own else sent.etag
    return FormView(
        address=reader.href(asked.session.name, step),
        questions=questions,
        buttons=(Button(reader.say(f"send_{step}")),),
        hidden=(*sent_with(sent.request_id, etag), *ticked, *do),
        effect=said[f"effect_{step}_words"].format(name=reader.name),
    )


def _fault(code: str) -> str:
    return sentence("missing_side" if code == MISSING else code)


def _quoted(section: Section, reader: Reader) -> str:
    """Return what the other side wrote, to answer it in its own words."""
    said = words("sessions")
    if reader.is_own:
        return said.say("it_says", words=" ".join(filter(None, (section.word and f"{section.word}.", section.words))))
    return said.say("they_say", words=section.dispute, name=reader.name)


def answer_page(asked: AskedRecord, form: FormView, step: str) -> FormPage:
    """Return the page of an answer."""
    said, name, reader = words("sessions"), asked.session.name, asked.reader
    back = Link(said["back_record"], reader.href(name, "record"))
    page = page_of(said[f"{step}_words_h1"], form, back, asked)
    return replace(page, lead=(reader.say(f"lead_{step}"),))
