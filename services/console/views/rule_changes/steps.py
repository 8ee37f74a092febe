"""The form of a step on a change: approve it, publish it, send it back, or take it back once it is in force."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.calendar_days import london_today
from services.client.words import word_of
from services.console.days import NBSP, clock_time, long_day, named_day
from services.console.forms.answers import REUSED, Sent
from services.console.forms.rule_changes import DAY, KNOWN, LATER, NOW, REASON, REPORT, WHEN, TypedStep
from services.console.views.form import (
    Button,
    Choice,
    FormView,
    Hidden,
    Notice,
    Question,
    choice_question,
    day_question,
    sent_with,
    titled,
    words_question,
)
from services.console.views.heading import Heading, Link
from services.console.views.parts import Away, Found
from services.console.views.rule_changes.change import AskedChange, step_words
from services.console.views.rule_changes.parts import PLACE, differences, history, href_of, title_of
from services.console.views.rule_changes.what_if import figures_of, id_of
from services.console.words import words
from services.platform.calls.wire import from_instant
from services.refusals import Refusal

STALE_COPY = "STALE_COPY"


@dataclass(frozen=True, slots=True)
class StepView:
    """The page: what it is about, what the reader has before them, and the form."""

    heading: Heading
    topic: str
    says: tuple[str, ...]
    form: FormView


def is_stale(refusal: Refusal | None) -> bool:
    """Return whether a step was not made because the form was made from an older copy, or was sent before."""
    return refusal is not None and refusal.reason in (STALE_COPY, REUSED)


@dataclass(frozen=True, slots=True)
class AskedStep:
    """A step as it is asked for. `plan`: what is in force and scheduled, where it matters. `run`: the latest what-if.

    `refusal`: why the service did not make the step.
    """

    step: str
    typed: TypedStep
    sent: Sent
    refusal: Refusal | None = None
    plan: Any = None
    run: Any = None


def build(wanted: AskedStep, asked: AskedChange, today: date) -> StepView:
    """Return the page of a step."""
    said, revision, step = words(PLACE), asked.revision, wanted.step
    in_words = said["steps"][step_words(revision, step, asked.reader)]
    form = FormView(
        address=f"{href_of(revision)}/{step}",
        questions=tuple(_questions(wanted, in_words, today)),
        buttons=(Button(in_words["name"]),),
        hidden=_hidden(wanted, asked),
        effect=in_words["effect"].format(**(_in_words(wanted.plan) if step == "take-back" else {})),
        notice=_stale(asked, wanted) if is_stale(wanted.refusal) else None,
    )
    title = titled(f"{in_words['name']} - {said['h1']}", form)
    return StepView(
        heading=Heading(in_words["name"], title, PLACE, Link(said["back_one"], href_of(revision))),
        topic=title_of(revision),
        says=tuple(_says(wanted, asked, today)),
        form=form,
    )


def _hidden(wanted: AskedStep, asked: AskedChange) -> tuple[Hidden, ...]:
    """Return the hidden fields. A form that comes back because of a wrong answer stays on the copy that was seen."""
    sent, of_plan = wanted.sent, wanted.step == "take-back"
    known = wanted.typed.known if sent.etag else len(history(asked.revision, asked.people))
    report = id_of(wanted.run) if wanted.run is not None else ""
    etag = sent.etag or (wanted.plan.etag if of_plan else asked.revision.etag)
    return sent_with(sent.request_id, etag, **{KNOWN: str(known), REPORT: report})


def refused(refusal: Refusal | None) -> Notice:
    """Return why a step is not possible, for the page of the change as it is now."""
    said = words(PLACE)["refused"]
    reason = refusal.reason if refusal is not None else "any"
    return Notice(said["heading"], (said.get(reason, said["any"]), said["nothing"]))


def _questions(wanted: AskedStep, in_words: Mapping[str, str], today: date) -> Iterator[Question]:
    said, typed, wrong = words(PLACE), wanted.typed, _wrong(wanted)
    if wanted.step != "publish":
        yield words_question(REASON, in_words["ask"], typed.reason, in_words["hint"], wrong.get(REASON, ""), rows=3)
        return
    choices = [Choice(word, said["when"][word], is_chosen=typed.when == word) for word in (NOW, LATER)]
    yield choice_question(WHEN, said["ask"][WHEN], choices, "", wrong.get(WHEN, ""))
    ahead = today + timedelta(days=7)
    example = NBSP.join((str(ahead.day), str(ahead.month), str(ahead.year)))
    yield day_question(DAY, said["ask"][DAY], typed.day, said["hint"][DAY].format(example=example), wrong.get(DAY, ""))


def _wrong(wanted: AskedStep) -> dict[str, str]:
    """Return what is wrong with the answers, by field, in our own words."""
    texts, typed, refusal = words(PLACE)["wrong"], wanted.typed, wanted.refusal
    wrong = {field: texts.get(f"{fault}_{field}") or texts[fault] for field, fault in typed.faults.items()}
    if refusal is not None and not is_stale(refusal):
        about = REASON if wanted.step != "publish" else DAY if typed.when == LATER else WHEN
        wrong[about] = texts.get(refusal.reason, texts["any"])
    return wrong


def _says(wanted: AskedStep, asked: AskedChange, today: date) -> Iterator[str]:
    """Yield what the reader needs before them: what changes, whom it touches, and what else it undoes."""
    if wanted.step in ("approve", "publish"):
        for one in differences(asked.compared.changes, asked.rules):
            yield from (f"{one.name}: {line}" for line in one.says)
    if wanted.step == "approve":
        yield from figures_of(wanted.run) if wanted.run is not None else (words(PLACE)["not_tried_here"],)
    if wanted.step == "publish":
        yield from _undone(asked.revision, wanted.plan, today)


def _undone(revision: Any, plan: Any, today: date) -> Iterator[str]:
    said = words(PLACE)
    in_force = plan.in_force.in_force_time
    if plan.HasField("in_force") and in_force.ToNanoseconds() > revision.create_time.ToNanoseconds():
        at = from_instant(in_force)
        yield said.say("made_before", day=named_day(london_today(at), today).text, time=clock_time(at))
    if plan.HasField("scheduled"):
        day = london_today(from_instant(plan.scheduled.effective_time))
        yield said.say("takes_place", day=long_day(day).text)


def _in_words(plan: Any) -> dict[str, str]:
    """Return since when the rulebook was in force that would be in force again."""
    way: list[Any] = []
    for one in (*reversed(plan.earlier), plan.in_force):
        if word_of(one, "kind") == "rollback":
            del way[-1:]
        elif one.HasField("in_force_time") and (not way or way[-1].revision != one.revision):
            way.append(one)
    if len(way) < 2:
        return {"before": words(PLACE)["the_one_before"]}
    day = long_day(london_today(from_instant(way[-2].in_force_time))).text
    return {"before": words(PLACE).say("rulebook_of", day=day)}


def _stale(asked: AskedChange, wanted: AskedStep) -> Notice:
    said = words(PLACE)["stale"]
    if wanted.refusal is not None and wanted.refusal.reason == REUSED:
        return Notice(said["heading"], (said["reused"], said["kept"]))
    past = history(asked.revision, asked.people)[wanted.typed.known :]
    changes = tuple(f"{one.day.text}: {one.says}." for one in past)
    return Notice(said["heading"], (*(changes or (said["plan"],)), said["kept"]))


def report_hash(run: Any) -> str:
    """Return the SHA-256 of a what-if as the service answers it, in hex. The approval names it."""
    return hashlib.sha256(run.SerializeToString(deterministic=True)).hexdigest()


def done_in(tried: Found[Any] | Away | None) -> Any | None:
    """Return the latest what-if that is done; None if there is none."""
    runs = tried.answer.simulations if isinstance(tried, Found) else ()
    return next((one for one in runs if one.HasField("what_if")), None)
