"""The forms on which the Team writes a recommendation: where it begins, and each part of its text."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from services.client.words import word_of
from services.console.forms.answers import TypedDay, of_day
from services.console.forms.asked import Answers, AskedForm, Given
from services.console.forms.recommendations.parts import (
    CONCERNS,
    CONDITION,
    CRITERION,
    DRAFT,
    FORMS,
    HELD,
    NAMES,
    OUTCOME,
    TAKE_OUT,
    TIME,
    Part,
    mark_of,
)
from services.console.views.asked import Asking, FormPage, Quoted, Shown, form_view, known, refused, typed_in
from services.console.views.form import titled
from services.console.views.heading import Heading, Link
from services.console.views.my_file.items import titles_known
from services.console.views.parts import Found
from services.console.views.recommendations import choices
from services.console.views.recommendations.asked import AskedRecommendation
from services.console.views.recommendations.choices import Beside, below
from services.console.views.recommendations.lists import FOLDER, what_it_says
from services.console.views.recommendations.text import address_of, condition_says, time_says
from services.console.words import words
from services.platform.calls.wire import from_date

PLACE = "reviews"
Offers = dict[str, tuple[tuple[str, str], ...]]


def part_at(part: Part, text: Any) -> Any:
    """Return what a text holds of a part; None if it holds nothing of it."""
    if part.kind == CRITERION:
        return next((one for one in text.criteria if word_of(one, "what") == part.about), None)
    if part.kind == CONDITION:
        return next((one for one in text.conditions if mark_of(one) == part.about), None)
    if part.kind == TIME:
        return text.more_time if text.HasField("more_time") else None
    return text


def stands(part: Part, text: Any) -> Answers:
    """Return a part as it stands, to be changed."""
    held = part_at(part, text)
    if held is None:
        return Answers()
    given: dict[str, Given] = {}
    for asks in FORMS[part.kind].asks:
        if asks.name in (NAMES, CONCERNS):
            given[asks.name] = tuple(below(name) for name in getattr(held, asks.name))
        elif asks.name.endswith("_date"):
            day = from_date(held, asks.name)
            given[asks.name] = of_day(day) if day else TypedDay()
        elif held.DESCRIPTOR.fields_by_name[asks.name].enum_type is not None:
            given[asks.name] = word_of(held, asks.name)
        else:
            given[asks.name] = getattr(held, asks.name)
    return Answers(given)


def offers(part: Part, pack: Any, beside: Beside, today: date) -> Offers:
    """Return what the questions of a part let choose from."""
    said, text = words(FOLDER), pack.recommendation.text
    if part.kind == OUTCOME:
        matters = tuple(choices.matters(beside.concerns, tuple(text.concerns)))
        return {"outcome": tuple(said["choices"]["outcome"].items()), CONCERNS: matters}
    if part.kind == CRITERION:
        held = part_at(part, text)
        names = tuple(held.names) if held is not None else ()
        may_not_apply = part.about in said["need_not_apply"]
        answers = [(word, text) for word, text in said["answers"].items() if word != "not_applicable" or may_not_apply]
        return {"answer": tuple(answers), NAMES: tuple(choices.in_pack(pack, beside, names))}
    if part.kind == CONDITION:
        standards = tuple(choices.standards(titles_known(beside.editions, today)))
        return {"support_kind": tuple(words("plan")["support_kinds"].items()), "standard": standards}
    return {}


def begin(name: str, person: str, asking: Asking, beside: Beside, request_id: str) -> FormPage:
    """Return the form on which a recommendation begins. `person`: the id in its address."""
    said = words(FOLDER)
    offered: Offers = {
        "kind": tuple(said["kinds"].items()),
        "outcome": tuple(said["choices"]["outcome"].items()),
        CONCERNS: tuple(choices.matters(beside.concerns)),
    }
    address = f"/recommendations/{person}"
    shown = Shown(FOLDER, f"{address}/new", "", offered, {"name": name})
    title, lines = said["draft_h1"], (said["draft_lead"], *_matters_away(beside))
    opened = replace(asking, form=_without_empty(DRAFT, offered))
    return _page(_around(title, Link(said["back_readiness"], address), name, lines), opened, shown, request_id)


def build(
    asked: AskedRecommendation, part: Part, asking: Asking, beside: Beside, request_id: str, today: date
) -> FormPage:
    """Return the form of a part."""
    offered = offers(part, asked.pack, beside, today)
    put_in = {"name": asked.name, "what": _title(part), "example": choices.earliest(today)}
    shown = Shown(FOLDER, address_of(asked, part), asked.one.etag, offered, put_in, _effect(asked), _held(part))
    opened = replace(asking, form=_without_empty(FORMS[part.kind], offered))
    lines = [*_lines(part), *(_matters_away(beside) if part.kind == OUTCOME else ())]
    return _page(_around(_title(part), _back(asked), _about(asked), lines), opened, shown, request_id)


def take_out(asked: AskedRecommendation, part: Part, asking: Asking, request_id: str) -> FormPage:
    """Return the form that takes a part out."""
    said, held = words(FOLDER), part_at(part, asked.one.text)
    address = f"{address_of(asked, part)}/take-out"
    shown = Shown(FOLDER, address, asked.one.etag, effect=_effect(asked), hidden=_held(part))
    says = {
        CRITERION: lambda: f"{_title(part)}. {known(said['answers'], word_of(held, 'answer'))}. {held.words}",
        CONDITION: lambda: condition_says(held),
        TIME: lambda: time_says(held),
    }
    quoted = (Quoted(said["take_out_says"], says[part.kind]()),) if held is not None else ()
    asking = replace(asking, form=TAKE_OUT)
    around = _around(said["take_out_h1"], _back(asked), _about(asked), ())
    return replace(_page(around, asking, shown, request_id), quoted=quoted)


def lacking(part: Part, offered: Offers) -> bool:
    """Return whether a part needs something to choose from that nobody could say."""
    return any(asks.needed and asks.name in offered and not offered[asks.name] for asks in FORMS[part.kind].asks)


def says_why(asking: Asking) -> tuple[str, ...]:
    """Return why something can't be done now. Criteria that aren't met are named as the page calls them."""
    refusal, said = asking.refusal, words(FOLDER)
    if refusal is None or refusal.reason != "CRITERION_OPEN":
        return refused(asking, FOLDER)
    lines = [said["criterion_open"]]
    for key in ("open", "not_shown"):
        named = [known(said["criteria"], word) for word in refusal.metadata.get(key, "").split()]
        if named:
            lines.append(f"{said[f'criteria_{key}']}: {'; '.join(named)}.")
    return (*lines, words("layout")["not_recorded"])


def _around(title: str, back: Link, about: str, lines: Iterable[str]) -> FormPage:
    """Return a page without its form."""
    return FormPage(Heading(title, f"{title} - {words(FOLDER)['h1']}", PLACE, back), about, tuple(lines), (), None)


def _page(around: FormPage, asking: Asking, shown: Shown, request_id: str) -> FormPage:
    """Return a page with its form. One that can't be sent any more shows what was typed, to be copied."""
    if asking.is_over:
        return replace(around, quoted=typed_in(asking), none=says_why(asking))
    form = form_view(asking, shown, request_id)
    heading = replace(around.heading, title=titled(around.heading.title, form))
    return replace(around, heading=heading, form=form)


def _without_empty(form: AskedForm, offered: Offers) -> AskedForm:
    """Return a form without questions that have nothing to choose from."""
    return replace(form, asks=tuple(one for one in form.asks if offered.get(one.name, (one,))))


def _matters_away(beside: Beside) -> Iterator[str]:
    if not isinstance(beside.concerns, Found):
        yield words(FOLDER)["matters_away"]


def _title(part: Part) -> str:
    said = words(FOLDER)
    if part.kind == CRITERION:
        return known(said["criteria"], part.about)
    return str(said["part_h1"][part.id if part.id in said["part_h1"] else part.kind])


def _lines(part: Part) -> Iterator[str]:
    said = words(FOLDER)
    if part.kind == CRITERION and part.about in said["need_not_apply"]:
        yield said["need_not_apply"][part.about]


def _held(part: Part) -> dict[str, str]:
    return {HELD: part.about} if part.kind == CONDITION else {}


def _effect(asked: AskedRecommendation) -> str:
    return str(words(FOLDER)["writes"][asked.state]).format(name=asked.name)


def _about(asked: AskedRecommendation) -> str:
    return f"{asked.name}, {what_it_says(asked.one)}"


def _back(asked: AskedRecommendation) -> Link:
    return Link(words(FOLDER)["back_one"], asked.path)
