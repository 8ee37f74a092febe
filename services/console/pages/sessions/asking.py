"""What the pages of sessions ask the services. The Safeguarder and the Team ask the same, each as themselves."""

import asyncio
from typing import Any

from services.console.calls.caller import part
from services.console.frame import Frame
from services.console.pages.my_file.start import own_record
from services.console.requests import Visit
from services.console.views.parts import Away, Found
from services.console.views.people.frame import says_of
from services.console.views.sessions.entries import Beside
from services.console.views.sessions.one import AskedSession
from services.console.views.sessions.reader import Reader, of_role
from services.console.views.sessions.sheet import AskedSheet

NOT_ASKED: Found[Any] | Away = Away("")
Known = Found[Any] | Away


def record_about(visit: Visit) -> str:
    """Return the name of the record of the person whom the page is about: the reader's own, or the one in the address.

    Raises:
        NotThere: the reader's own pages are asked for, and there is no record about them.
    """
    if visit.signed_in.role == "safeguarder":
        return own_record(visit)
    return visit.record


def session_name(visit: Visit) -> str:
    """Return the name of the session that the page is about."""
    return f"{record_about(visit)}/supportSessions/{visit.request.path_params['session']}"


async def known_as(frame: Frame, visit: Visit) -> Known:
    """Return the entry of the person in the register. A Safeguarder's own name came with them, so nothing is asked."""
    if visit.signed_in.role == "safeguarder":
        return Away("")
    return await part(frame.gateway.entry(visit, record_about(visit)))


def reader_of(visit: Visit, known: Known) -> Reader:
    """Return who reads."""
    person, role = record_about(visit), visit.acts_as
    if role == "safeguarder":
        return of_role(person, visit.signed_in.name, role)
    if isinstance(known, Away):
        return of_role(person, "", role)
    return of_role(person, known.answer.display_name, role, says_of(known.answer, visit.today))


async def nothing_asked() -> Known:
    """Return that nothing was asked, where another page would ask for something."""
    return NOT_ASKED


async def session(frame: Frame, visit: Visit) -> tuple[AskedSession, Reader]:
    """Return a session with its record, its agenda and its people."""
    ask, name = frame.gateway, session_name(visit)
    found, record, concerns, known = await asyncio.gather(
        ask.session(visit, name),
        part(ask.record_of(visit, name)),
        part(ask.raised(visit, record_about(visit), ended=True)),
        known_as(frame, visit),
    )
    people = await part(ask.called(visit, [found.support_manager] if found.support_manager else []))
    manager = people.answer.get(found.support_manager, "") if isinstance(people, Found) else ""
    beside = Beside(concerns, NOT_ASKED, NOT_ASKED, NOT_ASKED)
    return AskedSession(found, record, beside, manager), reader_of(visit, known)


async def for_step(frame: Frame, visit: Visit) -> tuple[AskedSession, Reader]:
    """Return a session with its record: what says whether a step on it is possible."""
    ask, name = frame.gateway, session_name(visit)
    found, record, known = await asyncio.gather(
        ask.session(visit, name), part(ask.record_of(visit, name)), known_as(frame, visit)
    )
    return AskedSession(found, record, Beside(*[NOT_ASKED] * 4), ""), reader_of(visit, known)


def beside(pack: Any, concerns: Known, editions: Known) -> Beside:
    """Return what the entries of papers are called by. The release before names no items and no plan."""
    if not pack.HasField("named"):
        return Beside(concerns, Away("evidence"), Away("evidence"), editions)
    return Beside(concerns, Found(pack.named), Found(pack.named.development_plan), editions)


async def sheet(frame: Frame, visit: Visit) -> tuple[AskedSheet, Reader]:
    """Return the papers of a session, with everything that is said of what they hold. All is asked for at once."""
    ask, name = frame.gateway, session_name(visit)
    pack, found, year, concerns, editions, known = await asyncio.gather(
        ask.pack_of(visit, name),
        part(ask.session(visit, name)),
        part(ask.year_of(visit, record_about(visit))),
        part(ask.raised(visit, record_about(visit), ended=True)),
        part(ask.standards(visit)),
        known_as(frame, visit),
    )
    return AskedSheet(pack, found, year, beside(pack, concerns, editions)), reader_of(visit, known)
