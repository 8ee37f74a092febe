"""The forms of the Team: cover for a support manager, the end of cover, and another support manager for somebody."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from services.console.days import long_day
from services.console.forms.answers import Sent, of_day
from services.console.forms.team import BEFORE, CHANGES, REASONS, TypedChange, TypedCover
from services.console.views.asked import FormPage
from services.console.views.form import (
    Button,
    Choice,
    FormView,
    Notice,
    Question,
    choice_question,
    day_question,
    sent_with,
    titled,
)
from services.console.views.heading import Heading, Link
from services.console.views.team.people import CoverGroup, Manager, Person, Team, cover_says
from services.console.words import words
from services.refusals import Kind, Refusal

OF_THE_ANSWER = ("DAY_PAST", "DAYS_IN_WRONG_ORDER", "DELEGATION_TOO_LONG", "NOT_A_SUPPORT_MANAGER", "DELEGATE_AWAY")
"""Refusals that are about the answer and not about one person: nothing can be arranged with it."""


COVER_ASKS, CHANGE_ASKS = ("delegate", "from_date", "to_date", "reason"), ("manager", "reason")
"""What each form asks, in order."""


def cover_form(
    team: Team, manager: Manager, typed: TypedCover, sent: Sent, today: date, refusal: Refusal | None = None
) -> FormPage:
    """Return the form by which somebody acts for a support manager about everybody whom they support."""
    said, people = words("team"), team.of(manager.id)
    form = FormView(
        address=f"{manager.href}/cover",
        questions=tuple(_cover_questions(team, manager, typed, _errors(typed.faults, refusal, COVER_ASKS), today)),
        buttons=(Button(said["arrange"]),),
        hidden=sent_with(sent.request_id, ""),
        effect=said.say("cover_effect", n=len(people), manager=manager.name),
    )
    back = Link(said.say("back_manager", name=manager.name), manager.href)
    heading = Heading(said["cover_h1"], titled(f"{said['cover_h1']} - {said['h1']}", form), "team", back)
    return _page(heading, said.say("cover_lead", name=manager.name), form if people else None, said["people_none"])


def end_form(team: Team, manager: Manager, groups: Sequence[CoverGroup], sent: Sent, *, is_missing: bool) -> FormPage:
    """Return the form that ends cover before its last day."""
    said = words("team")
    choices = [Choice(group.id, cover_says(group, team), is_chosen=len(groups) == 1) for group in groups]
    error = said["wrong"]["missing"] if is_missing else ""
    form = FormView(
        address=f"{manager.href}/end-cover",
        questions=(choice_question("cover", said["ask"]["cover"], choices, error=error),),
        buttons=(Button(said["end"]),),
        hidden=sent_with(sent.request_id, ""),
        effect=said["end_effect"],
    )
    back = Link(said.say("back_manager", name=manager.name), manager.href)
    heading = Heading(said["end_h1"], titled(f"{said['end_h1']} - {said['h1']}", form), "team", back)
    return _page(heading, said.say("end_lead", name=manager.name), form if groups else None, said["end_none"])


def change_form(team: Team, person: Person, typed: TypedChange, sent: Sent, refusal: Refusal | None = None) -> FormPage:
    """Return the form by which somebody gets a support manager, or another one."""
    said, stale = words("team"), words("layout")["stale"]
    is_stale = refusal is not None and refusal.kind is Kind.CONFLICT
    form = FormView(
        address=person.change_href,
        questions=tuple(_change_questions(team, person, typed, _errors(typed.faults, refusal, CHANGE_ASKS))),
        buttons=(Button(said["change"]),),
        hidden=sent_with(sent.request_id, "", **{BEFORE: person.manager}),
        effect=said.say("change_effect", name=person.name),
        notice=Notice(stale["heading"], tuple(stale["says"])) if is_stale else None,
    )
    here = team.manager(person.manager)
    back = Link(said.say("back_manager", name=here.name), here.href) if here else Link(said["back"], "/team")
    lead = "change_lead" if person.manager else "change_lead_first"
    return _page(
        Heading(said["change_h1"], titled(f"{said['change_h1']} - {said['h1']}", form), "team", back),
        said.say(lead, name=person.name, manager=team.called(person.manager)),
        form,
    )


def _page(heading: Heading, lead: str, form: FormView | None, none: str = "") -> FormPage:
    """Return the page of a form. `lead` says about whom it is. Without a form, `none` says why."""
    return FormPage(heading, about="", lines=(lead,), quoted=(), form=form, none=() if form else (none,))


def not_covered(refused: Iterable[tuple[Person, Refusal]], done: int) -> Notice:
    """Return for whom cover could not be arranged, and why."""
    said = words("team")
    found = list(refused)
    reasons = said["refused"]
    lines = [f"{person.name}: {reasons.get(problem.reason, reasons['any'])}" for person, problem in found]
    return Notice(said["refused_heading"], (said.say("refused_done", n=done, of=done + len(found)), *lines))


def _cover_questions(
    team: Team, manager: Manager, typed: TypedCover, errors: Mapping[str, str], today: date
) -> Iterator[Question]:
    said = words("team")
    others = [one for one in team.managers if one.id != manager.id]
    yield _managers("delegate", others, typed.delegate, errors)
    example = "\u00a0".join((of_day(today).day, of_day(today).month, of_day(today).year))
    for name, day in (("from_date", typed.first), ("to_date", typed.last)):
        yield day_question(
            name, said["ask"][name], day, said["hint"][name].format(example=example), errors.get(name, "")
        )
    yield _reasons("why_cover", REASONS, typed.reason, errors)


def _change_questions(team: Team, person: Person, typed: TypedChange, errors: Mapping[str, str]) -> Iterator[Question]:
    others = [one for one in team.managers if one.id != person.manager]
    yield _managers("manager", others, typed.manager, errors)
    if person.manager:
        yield _reasons("why_change", CHANGES, typed.reason, errors)


def _managers(name: str, offered: Iterable[Manager], chosen: str, errors: Mapping[str, str]) -> Question:
    said = words("team")
    choices = [
        Choice(one.id, one.name, said["regions"].get(one.region, one.region), one.id == chosen) for one in offered
    ]
    return choice_question(name, said["ask"][name], choices, error=errors.get(name, ""))


def _reasons(asked: str, offered: Iterable[str], chosen: str, errors: Mapping[str, str]) -> Question:
    said = words("team")
    choices = [Choice(one, said[asked][one], is_chosen=one == chosen) for one in offered]
    return choice_question("reason", said["ask"][asked], choices, error=errors.get("reason", ""))


def _errors(faults: Mapping[str, str], refusal: Refusal | None, asked: Sequence[str]) -> dict[str, str]:
    """Return what is wrong with each answer, in our own words. A refusal about no question stands at the first one."""
    wrong = words("team")["wrong"]
    found = {name: str(wrong.get(f"{code}_{name}", wrong[code])) for name, code in faults.items()}
    if refusal is not None and refusal.kind is not Kind.CONFLICT:
        latest = refusal.metadata.get("latest", "")
        day = long_day(date.fromisoformat(latest)).text if latest else ""
        name = refusal.field if refusal.field in asked else asked[0]
        found[name] = str(wrong.get(refusal.reason, wrong["any"])).format(latest=day)
    return found
