"""The list behind a figure: each unit, whether it counts, falls short or is left out, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.client.words import safeguarder_of, word_of
from services.console.days import Day, long_day
from services.console.views.heading import Heading, Link
from services.console.views.kpis.periods import Period
from services.console.views.parts import Away, Found
from services.console.words import words
from services.platform.calls.wire import from_date

RESULTS = ("short", "counted", "left_out")


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One unit. `who` is a name, or the opaque id. `href` is empty where the reader may not see people."""

    who: str
    href: str
    day: Day | None
    result: str
    why: str
    beside: str


@dataclass(frozen=True, slots=True)
class LedgerView:
    """The page."""

    heading: Heading
    tabs: tuple[Link, ...]
    lead: str
    note: str
    rows: tuple[LedgerRow, ...]
    none: str
    more: Link | None
    csv: Link


@dataclass(frozen=True, slots=True)
class AskedLedger:
    """What the services answered. `result`: only units with this one; empty for all."""

    ledger: Any
    names: Found[Mapping[str, str]] | Away | None
    """None where the reader may not see names."""
    result: str


def people_in(ledger: Any) -> list[str]:
    """Return the names of the records of the people in a ledger, each once."""
    return list(dict.fromkeys(one.safeguarder for one in ledger.contributors))


def build(asked: AskedLedger, period: Period, kpi: str) -> LedgerView:
    """Return the page."""
    said, here = words("kpis"), f"{period.href}/{kpi}/ledger"
    names = asked.names.answer if isinstance(asked.names, Found) else {}
    more = f"{here}?result={asked.result}&after={asked.ledger.next_page_token}"
    heading = said.say("ledger_h1", title=asked.ledger.title)
    return LedgerView(
        heading=Heading(
            heading, f"{heading} - {said['title']}", "kpis", Link(said["ledger_back"], f"{period.href}/{kpi}")
        ),
        tabs=tuple(
            Link(said["results"][one or "all"], f"{here}?result={one}", one == asked.result) for one in ("", *RESULTS)
        ),
        lead=said.say("ledger_lead", n=asked.ledger.total_size, period=period.name),
        note=_note(asked.names),
        rows=tuple(_row(one, names, sees_people=asked.names is not None) for one in asked.ledger.contributors),
        none="" if asked.ledger.contributors else said["ledger_none"][asked.result or "all"],
        more=Link(said["ledger_more"], more) if asked.ledger.next_page_token else None,
        csv=Link(said["ledger_csv"], f"{period.href}/{kpi}/ledger.csv"),
    )


def _note(names: Found[Any] | Away | None) -> str:
    said = words("kpis")
    if names is None:
        return str(said["by_id"])
    return str(said["names_away"]) if isinstance(names, Away) else ""


def _row(one: Any, names: Mapping[str, str], *, sees_people: bool) -> LedgerRow:
    day = from_date(one, "date")
    return LedgerRow(
        who=names.get(one.safeguarder, safeguarder_of(one.safeguarder)),
        href=f"/people/{safeguarder_of(one.safeguarder)}" if sees_people else "",
        day=long_day(day) if day else None,
        result=words("kpis")["results"][word_of(one, "result")],
        why=one.reason,
        beside="; ".join(one.beside),
    )
