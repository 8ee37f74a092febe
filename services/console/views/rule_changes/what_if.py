"""What a change would have done in the past: how far the run is, whom it touches, month by month."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.client.words import word_of
from services.console.days import Day, clock_time, long_day, named_day
from services.console.views.form import Button, FormView, sent_with
from services.console.views.heading import Heading, Link
from services.console.views.parts import GREY, Away, Found, Tag, titles_of_rules
from services.console.views.rule_changes import months as chart
from services.console.views.rule_changes.parts import PLACE, content_of, day_of_instant, href_of
from services.console.words import words
from services.platform.calls.wire import from_date, from_instant

KINDS = ("newly_raised", "no_longer_raised", "earlier", "later", "lane_changed", "lasts_otherwise")
MAIN = KINDS[:4]
"""Kinds of changes that are told although there is none of them."""
WAITS = ("queued", "running")
ROWS = 150
"""Matters that the table shows. The command shows all."""
MOST_MONTHS = 25
LETTERS = "JFMAMJJASOND"


@dataclass(frozen=True, slots=True)
class Touched:
    """A matter that changes. People stand by their number, because names are no business of policy staff."""

    person: str
    rule: str
    change: str
    day: Day


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month with what is raised in it now, and what would be."""

    name: str
    now: int
    proposed: int


@dataclass(frozen=True, slots=True)
class RunView:
    """A run, as the page of a change or of a number shows it. `again` leads to the same page, to look again."""

    tag: Tag
    says: str
    again: Link | None
    figures: tuple[str, ...]
    rows: tuple[Touched, ...]
    more: str
    months: tuple[MonthRow, ...]
    chart: chart.MonthsChart | None


@dataclass(frozen=True, slots=True)
class WhatIfView:
    """The page of a run on a change."""

    heading: Heading
    run: RunView


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run in the list of a change's runs."""

    link: Link
    tag: Tag


@dataclass(frozen=True, slots=True)
class TryView:
    """The runs of a change so far, and the form that starts one."""

    heading: Heading
    lead: str
    rows: tuple[RunRow, ...]
    none: str
    form: FormView


def runs_of(tried: Found[Any] | Away | None) -> Sequence[Any]:
    """Return the runs that were answered, the latest first."""
    return tuple(tried.answer.simulations) if isinstance(tried, Found) else ()


def figures_of(run: Any) -> Iterator[str]:
    """Yield what a run that is done found, a sentence each."""
    said, result = words(PLACE), run.what_if
    since, until = (_day(run, field) for field in ("since_date", "until_date"))
    yield said.say("looked_at", since=since, until=until, n=result.people, people=f"{result.people:,}")
    if not result.people_changed:
        yield said["nobody"]
        return
    for kind in KINDS:
        number = getattr(result, kind)
        if number or kind in MAIN:
            yield said["kinds"][kind].format(n=f"{number:,}")


def build(revision: Any, run: Any, rules: Found[Any] | Away, today: date) -> WhatIfView:
    """Return the page of one run on a change."""
    said = words(PLACE)
    href = f"{href_of(revision)}/what-if"
    heading = Heading(said["what_if_h1"], f"{said['what_if_h1']} - {said['h1']}", PLACE, Link(said["back_runs"], href))
    return WhatIfView(heading, build_run(run, rules, f"{href}/{id_of(run)}", today))


def build_try(revision: Any, tried: Any, request_id: str, today: date) -> TryView:
    """Return the page with the runs of a change, and the form that starts one."""
    said, href = words(PLACE), href_of(revision)
    rows = tuple(_run_row(one, href, today) for one in tried.simulations)
    form = FormView(
        address=f"{href}/what-if",
        questions=(),
        buttons=(Button(said["try_again"] if rows else said["try_it"]),),
        hidden=sent_with(request_id, ""),
        effect=said["try_effect"],
    )
    heading = Heading(said["try_h1"], f"{said['try_h1']} - {said['h1']}", PLACE, Link(said["back_one"], href))
    return TryView(heading, said["try_lead"], rows, "" if rows else said["not_tried"], form)


def build_run(run: Any, rules: Found[Any] | Away, here: str, today: date) -> RunView:
    """Return a run as it stands. `here`: the address of the page."""
    said, state = words(PLACE), word_of(run, "state")
    is_done = state == "done"
    found = run.what_if
    rows = tuple(_touched(rules, found.concerns[:ROWS], today)) if is_done else ()
    months = tuple(_months(found.load)) if is_done else ()
    total = sum(getattr(found, kind) for kind in KINDS)
    return RunView(
        tag=Tag(said["runs"][state], GREY),
        says=_says(run, state),
        again=Link(said["look_again"], here) if state in WAITS else None,
        figures=tuple(figures_of(run)) if is_done else (),
        rows=rows,
        more=said.say("more_rows", n=total - len(rows)) if total > len(rows) else "",
        months=months,
        chart=_chart(months) if any(row.now or row.proposed for row in months) else None,
    )


def id_of(run: Any) -> str:
    """Return the id of a run."""
    return str(run.name.partition("/")[2])


def is_of(run: Any, revision: Any) -> bool:
    """Return whether a run tries this change."""
    return bool(run.candidate_hash) and run.candidate_hash == content_of(revision.name)


def _says(run: Any, state: str) -> str:
    said = words(PLACE)["run_says"]
    share = 100 * run.done // run.total if run.total else 0
    return str(said[state].format(share=share, done=f"{run.done:,}", total=f"{run.total:,}", problem=run.problem))


def _run_row(run: Any, href: str, today: date) -> RunRow:
    said, state = words(PLACE), word_of(run, "state")
    day, at = day_of_instant(run, "create_time"), clock_time(from_instant(run.create_time))
    text = said.say("run_row", day=named_day(day, today).text if day else "", time=at)
    return RunRow(Link(text, f"{href}/what-if/{id_of(run)}"), Tag(said["runs"][state], GREY))


def _touched(rules: Found[Any] | Away, concerns: Sequence[Any], today: date) -> Iterator[Touched]:
    titles, said = titles_of_rules(rules), words(PLACE)["differences"]
    for one in concerns:
        day = from_date(one, "from_date") or today
        title = titles.get(one.rule, one.rule.replace("-", " "))
        rule = f"{title} ({one.subject})" if one.subject else title
        yield Touched(one.safeguarder, rule, said[word_of(one, "difference")], long_day(day))


def _months(load: Sequence[Any]) -> Iterator[MonthRow]:
    """Yield the latest months, from the first in which anything is raised, each with what is raised in it."""
    now, proposed = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
    for week in load:
        key = (week.week_date.year, week.week_date.month)
        now[key] += week.before
        proposed[key] += week.after
    keys = sorted({*now, *proposed})
    if not keys:
        return
    first, last = keys[0], keys[-1]
    for number in range(max(_number(first), _number(last) - MOST_MONTHS + 1), _number(last) + 1):
        year, month = divmod(number, 12)
        key = (year, month + 1)
        yield MonthRow(f"{date(year, month + 1, 1):%B %Y}", now[key], proposed[key])


def _number(key: tuple[int, int]) -> int:
    return key[0] * 12 + key[1] - 1


def _chart(rows: Sequence[MonthRow]) -> chart.MonthsChart:
    said = words(PLACE)
    months = [chart.Month(row.name[0], row.name, row.now, row.proposed) for row in rows]
    says = "; ".join(said.say("month_says", name=row.name, now=row.now, proposed=row.proposed) for row in rows)
    return chart.build(said["months_title"], f"{says}.", (said["as_now"], said["as_proposed"]), months)


def _day(run: Any, field: str) -> str:
    day = from_date(run, field)
    return long_day(day).text if day else ""
