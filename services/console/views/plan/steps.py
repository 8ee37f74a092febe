"""The form of a step on a development plan or on a part of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.client.words import enum_of, id_under, word_of
from services.console.days import long_day
from services.console.forms.answers import TypedDay, of_day
from services.console.forms.asked import Answers, AskedForm, RecordStep
from services.console.forms.plan.steps import COLLECTIONS, FOLLOWS, MORE_TIME, WHOLE
from services.console.views.asked import Asking, FormPage, Quoted, Shown, form_view, refused
from services.console.views.form import CHOICE, TICKS, titled
from services.console.views.heading import Heading, Link
from services.console.views.my_file.items import OWN, Voice, title_of, titles_known
from services.console.views.my_file.matters import OVER
from services.console.views.parts import Away, Found
from services.console.views.plan import possible
from services.console.views.plan.whole import PlanReader
from services.console.words import words
from services.platform.calls.wire import from_date, to_word

FOLDER = "plan"
NOT_PRACTICE = ("excellence", "data_gap")
"""Lanes of matters on which no part of a plan rests."""
CHOSEN = (CHOICE, TICKS)
NONE = "none"


@dataclass(frozen=True, slots=True)
class AskedStep:
    """A step as it was opened or comes back, with what the services answered for it.

    `part`: what the step is on; None for the whole plan. `name`: what the person is called, for the Team.
    """

    step: RecordStep
    asking: Asking
    plan: Any
    part: Any
    editions: Found[Any] | Away
    concerns: Found[Any] | Away
    items: Found[Any] | Away
    name: str = ""


def is_possible(asked: AskedStep, reader: PlanReader, today: date) -> bool:
    """Return whether the reader can make the step now."""
    step, part, role = asked.step, asked.part, reader.role
    if step.kind == WHOLE:
        found = step.step in possible.of_plan(asked.plan, role, today)
        return found or (step.step == "approach" and possible.may_change_approach(asked.plan, role))
    if step.kind == "action":
        return step.step in possible.of_action(part, role, today)
    of_part = {
        "need": possible.of_need,
        "support": possible.of_support,
        "approach": possible.of_approach,
        "review": possible.of_review,
    }
    return step.step in of_part[step.kind](part, role)


def build(asked: AskedStep, reader: PlanReader, request_id: str, today: date) -> FormPage:
    """Return the page. `request_id`: of a form that is new."""
    said, step, asking = words(FOLDER), asked.step, asked.asking
    choices = {one.name: tuple(_choices(one.name, asked, reader, today)) for one in step.asks}
    lacking = [*_lacking(step, choices, reader)]
    form = None
    if not asking.is_over and not lacking:
        form = form_view(_open(asked, choices), _shown(asked, reader, choices), request_id)
    title = said["steps"][step.name]
    place = "sessions" if reader.role == possible.OWN else "people"
    return FormPage(
        heading=Heading(
            title,
            titled(f"{title} - {said['section']}", form) if form else title,
            place,
            Link(said["back_plan"], reader.base),
        ),
        about=asked.name,
        lines=tuple(_lines(asked, reader, today)),
        quoted=tuple(_quoted(asked, reader)),
        form=form,
        none=(said["lacking"][lacking[0]],) if lacking else refused(asking, FOLDER) if asking.is_over else (),
    )


def _lacking(step: RecordStep, choices: Mapping[str, Sequence[tuple[str, str]]], reader: PlanReader) -> Iterator[str]:
    """Yield what the form can't do without, and for which there is nothing to choose: the service would refuse it."""
    yield from (one.name for one in step.asks if one.needed and one.kind in CHOSEN and not choices[one.name])
    if (
        step.method == "CreateNeed"
        and reader.role != possible.OWN
        and not choices["evidence"]
        and not choices["concern"]
    ):
        yield "grounds"


def _open(asked: AskedStep, choices: Mapping[str, Sequence[tuple[str, str]]]) -> Asking:
    """Return the form without questions that have nothing to choose from.

    An action in the place of another begins as that one stands, and a correction as what it corrects.
    """
    step, asking = asked.step, asked.asking
    asks = tuple(one for one in step.asks if one.kind not in CHOSEN or choices[one.name])
    opened = replace(asking, form=AskedForm(step.name, asks, step.mends))
    begins = {"replaces": _as_it_stands, "corrected": _as_it_was_held}.get(step.named_as)
    if begins is not None and not asking.sent.request_id:
        return replace(opened, answers=begins(asked.part))
    return opened


def _as_it_stands(action: Any) -> Answers:
    given: dict[str, Any] = {name: word_of(action, name) for name in ("kind", "purpose", "owner")}
    given |= {name: getattr(action, name) for name in ("standard", "aim", "measure")}
    given["needs"] = tuple(_below(one) for one in action.needs)
    given["concern"] = _below(action.concern) if action.concern else NONE
    return Answers(given)


def _as_it_was_held(review: Any) -> Answers:
    (reviewed,) = review.actions
    later, held = from_date(reviewed, "extended_date"), from_date(review, "held_date")
    kinds = enum_of(review, "follows")
    given: dict[str, Any] = {
        "outcome": MORE_TIME if later else word_of(reviewed, "outcome"),
        "extended_date": of_day(later) if later else TypedDay(),
        "held_date": of_day(held) if held else TypedDay(),
        "follows": tuple(word for word in (to_word(kinds, one) for one in review.follows) if word in FOLLOWS),
        "words": review.support_manager_words,
    }
    return Answers(given)


def _below(name: str) -> str:
    """Return a name of a record without the person before it."""
    return name.split("/", 2)[2]


def _shown(asked: AskedStep, reader: PlanReader, choices: Mapping[str, Sequence[tuple[str, str]]]) -> Shown:
    said, step = words(FOLDER), asked.step
    own = said["effect"].get(f"{step.name}_own", "") if reader.role == possible.OWN else ""
    place = reader.base if asked.part is None else f"{reader.base}/{COLLECTIONS[step.kind]}/{id_under(asked.part.name)}"
    etag = asked.plan.etag if asked.part is None else asked.part.etag
    return Shown(FOLDER, f"{place}/{step.step}", etag, choices, effect=own)


def _choices(name: str, asked: AskedStep, reader: PlanReader, today: date) -> Iterator[tuple[str, str]]:
    """Yield what can be chosen: what is open on the plan or on file, or a closed list."""
    said = words(FOLDER)
    if name == "standard":
        yield from ((one, text) for one, text in titles_known(asked.editions, today).items() if "." not in one)
    elif name == "needs":
        yield from _needs(asked.plan)
    elif name == "concern":
        found = [*_concerns(asked)]
        yield from (*found, (NONE, said["concern_none"])) if found else ()
    elif name == "supported":
        actions = [one for one in asked.plan.actions if word_of(one, "state") in ("proposed", *possible.OPEN)]
        yield from ((_below(one.name), said.say("an_action", what=one.aim)) for one in actions)
        yield from _needs(asked.plan)
        yield from _concerns(asked)
    elif name == "concerns":
        yield from _concerns(asked)
    elif name == "actions":
        theirs = [one for one in asked.plan.actions if word_of(one, "state") == "open" and one.concern]
        yield from ((_below(one.name), one.aim) for one in theirs if word_of(one, "owner") == possible.OWN)
    elif name == "evidence":
        yield from _evidence(asked)
    else:
        listed = said["choices"]
        own = f"{name}_own" if reader.role == possible.OWN else ""
        table = listed.get(f"{asked.step.name}_{name}") or listed.get(own) or listed.get(name, {})
        yield from table.items()


def _needs(plan: Any) -> Iterator[tuple[str, str]]:
    open_needs = [one for one in plan.needs if word_of(one, "state") in ("identified", "planned")]
    yield from ((_below(one.name), words(FOLDER).say("a_need", what=one.words)) for one in open_needs)


def _concerns(asked: AskedStep) -> Iterator[tuple[str, str]]:
    listed = asked.concerns.answer.concerns if isinstance(asked.concerns, Found) else ()
    for one in listed:
        if word_of(one, "state") not in OVER and word_of(one, "lane") not in NOT_PRACTICE:
            yield _below(one.name), words(FOLDER).say("a_matter", what=one.explanation.because)


def _evidence(asked: AskedStep) -> Iterator[tuple[str, str]]:
    """Yield the newest items that the Safeguarder can see."""
    listed = asked.items.answer.evidence_items if isinstance(asked.items, Found) else ()
    voice = Voice("people", "") if asked.name else OWN
    for item in listed:
        happened = from_date(item, "happened_date")
        if item.HasField("shared_date") and word_of(item, "state") == "current" and happened:
            yield _below(item.name), f"{title_of(item, voice)}, {long_day(happened).text}"


def _lines(asked: AskedStep, reader: PlanReader, today: date) -> Iterator[str]:
    said, step, part = words(FOLDER), asked.step, asked.part
    if step.kind in ("action", "need"):
        about = (part.indicator if step.kind == "action" else "") or part.standard
        yield titles_known(asked.editions, today).get(about, about)
    if step.kind == "action":
        yield said.say("plan_seen_by", measure=part.measure)
        due = from_date(part, "due_date")
        if due:
            yield f"{said['plan_due']} {long_day(due).text}."
    if step.kind == "support":
        yield reader.said["support_kinds"].get(word_of(part, "kind"), "")
    if step.kind == "approach":
        yield said["approaches"][word_of(part, "to_approach")]


def _quoted(asked: AskedStep, reader: PlanReader) -> Iterator[Quoted]:
    said, part = words(FOLDER), asked.part
    fields = {
        "need": (("words", said["quoted"]["need"]),),
        "action": (
            ("aim", said["quoted"]["aim"]),
            ("support_manager_words", reader.said["plan_manager_words"]),
            ("safeguarder_words", reader.said["plan_your_words"]),
            ("completion_words", reader.said["plan_your_words"]),
        ),
        "support": (("words", said["quoted"]["support"]),),
        "approach": (("expectation", said["quoted"]["expectation"]), ("because", said["quoted"]["because"])),
        "review": (
            ("support_manager_words", reader.said["plan_manager_words"]),
            ("safeguarder_words", reader.said["plan_your_words"]),
        ),
    }.get(asked.step.kind, ())
    for field, whose in fields:
        if getattr(part, field):
            yield Quoted(whose, getattr(part, field))
