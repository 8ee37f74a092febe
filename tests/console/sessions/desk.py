"""Somebody at a desk, on services that answer with one session and fail as they are told."""

import html
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from psmf.evidence.v1 import session_records_pb2
from psmf.scheduling.v1 import scheduling_pb2

from services.console.calls.gateway import Gateway
from services.console.calls.sessions import put
from services.console.failures import NotThere
from services.console.requests import Visit
from services.console.views.parts import Found
from tests.console.fixtures.my_file import EDITIONS, MANAGER, ME, meetings
from tests.console.fixtures.my_reading import YEAR
from tests.console.fixtures.people import entry
from tests.console.fixtures.plans.away import leave, listed, suspension
from tests.console.fixtures.plans.pages import HELD, a_plan
from tests.console.fixtures.session_records import RECORD, a_record, disputed
from tests.console.fixtures.sessions import NAMES, TIMES, beside, papers, with_agenda
from tests.console.site import Answer, Site, site

PAGE = "/people/sg-1/sessions/s-2"


class Told(Gateway):
    """Services that know one person with one session."""

    session_now = with_agenda()
    pack_now = papers()
    record_now: Any = None
    around: Any = beside()
    fails: Exception | None = None

    def __init__(self) -> None:
        self.made: list[Any] = []

    def forget(self) -> None:
        """Know nothing of what was sent before."""
        self.__dict__.clear()
        self.made = []

    async def close(self) -> None:
        """Close nothing."""

    async def session(self, visit: Visit, name: str) -> Any:
        """Return the session, if it is the one."""
        if name != self.session_now.name:
            raise NotThere
        return self.session_now

    async def sessions_of(self, visit: Visit, person: str, *, upcoming: bool = False) -> Any:
        """Return the one session."""
        return meetings(self.session_now).answer

    async def sessions(self, visit: Visit, since: Any, until: Any) -> Any:
        """Return the one session."""
        return meetings(self.session_now).answer

    async def pack_of(self, visit: Visit, session: str) -> Any:
        """Return the papers, with what they name as far as it is known."""
        pack = session_records_pb2.SessionPack()
        pack.CopyFrom(self.pack_now)
        if isinstance(self.around.plan, Found) and isinstance(self.around.items, Found):
            pack.named.evidence_items.extend(self.around.items.answer.evidence_items)
            pack.named.development_plan.CopyFrom(self.around.plan.answer)
        return pack

    async def record_of(self, visit: Visit, session: str) -> Any:
        """Return the record."""
        return self.record_now

    async def records_of(self, visit: Visit, person: str) -> Any:
        """Return no record."""
        return session_records_pb2.ListSessionRecordsResponse()

    async def year_of(self, visit: Visit, person: str) -> Any:
        """Return what is owed."""
        return YEAR.answer

    async def raised(self, visit: Visit, person: str, *, ended: bool = False) -> Any:
        """Return what was raised."""
        return self.around.concerns.answer

    async def items(self, visit: Visit, person: str, *, most: int = 0, page: str = "", **limits: str) -> Any:
        """Return the items."""
        return self.around.items.answer

    async def plan_of(self, visit: Visit, person: str) -> Any:
        """Return the plan."""
        return self.around.plan.answer

    async def standards(self, visit: Visit) -> Any:
        """Return the standards."""
        return EDITIONS.answer

    async def names_of(self, visit: Visit, names: Any) -> dict[str, str]:
        """Return the names of those whom the register shows."""
        return {name: NAMES.answer[name] for name in names if name in NAMES.answer}

    async def entry(self, visit: Visit, name: str) -> Any:
        """Return the entry in the register, if it is the one."""
        if name != ME:
            raise NotThere
        return entry()

    async def called(self, visit: Visit, people: Any) -> dict[str, str]:
        """Return names of staff."""
        return {MANAGER: "Demo Morag Reid"}

    async def times_for(self, visit: Visit, name: str) -> Any:
        """Return two times."""
        return TIMES

    async def calendar_of(self, visit: Visit, name: str) -> Any:
        """Return a calendar file."""
        return scheduling_pb2.CalendarFile(file_name="s.ics", content_type="text/calendar", content=b"BEGIN:VCALENDAR")

    async def write(self, *sent: Any) -> Any:
        """Keep what was sent, and fail if told to."""
        self.made.append(sent)
        if self.fails is not None:
            raise self.fails

    async def add_own_item(self, visit: Visit, session: str, text: str, request_id: str) -> Any:
        """Add an own item."""
        return await self.write(session, text)

    async def write_part(self, visit: Visit, session: str, record: Any, part: Any, typed: Any, request_id: str) -> Any:
        """Keep the draft, as the service does."""
        before = record.content if record is not None else session_records_pb2.RecordContent()
        content = put(before, part, typed)
        await self.write(session, content, record.etag if record is not None else "")
        self.record_now = a_record(content=content, etag=f"{len(self.made)}0")

    async def action_reviews_of(self, visit: Visit, person: str) -> Any:
        """Return one review of an action."""
        return HELD.answer

    async def overlays_of(self, visit: Visit, person: str) -> Any:
        """Return a leave that waits for an answer, and a suspension."""
        return listed(leave(), suspension())

    async def change_overlay(self, visit: Visit, step: Any, request: Any) -> Any:
        """Make a step on a leave or a suspension."""
        await self.write(step.name, request)

    async def change_plan(self, visit: Visit, step: Any, request: Any) -> Any:
        """Make a step on the plan."""
        await self.write(step.name, request)

    async def say_not_final(self, visit: Visit, person: str, text: str, request_id: str) -> Any:
        """Say why the plan is not final."""
        await self.write(person, text)

    async def share_record(self, visit: Visit, session: str, sent: Any) -> Any:
        """Share the draft."""
        await self.write(session, sent)
        self.record_now = a_record(RECORD.STATE_SHARED)

    async def answer_record(self, visit: Visit, session: str, edition: int, disputes: Any, request_id: str) -> Any:
        """Answer the text."""
        await self.write(session, edition, disputes, request_id)
        self.record_now = disputed()

    async def close_record(self, visit: Visit, session: str, responses: Any, sent: Any) -> Any:
        """Close the record."""
        await self.write(session, responses, sent)

    async def arrange(self, visit: Visit, name: str, step: str, sent: Any, answer: Any) -> Any:
        """Keep what was sent, and fail if told to."""
        self.made.append((name, step, sent, dict(answer)))
        if self.fails is not None:
            raise self.fails
        if step == "move":
            return with_agenda(name=f"{ME}/supportSessions/s-9")
        return self.session_now


class Desk:
    """Somebody at a desk."""

    def __init__(self, folder: Path) -> None:
        self.served: Site = site(folder)
        self.told = Told()
        self.jars: dict[str, dict[str, str]] = {}
        self.served.loop.run_until_complete(self.served.gateway.close())
        self.served.gateway = self.told
        self.served.app = self.served.console.app(self.told)
        self.sits(MANAGER)

    def begin(self) -> None:
        """Begin again, a little later, with services that know nothing of what was sent before."""
        self.told.forget()
        self.served.clock.instant += timedelta(seconds=10)
        self.sits(MANAGER)

    def sits(self, person: str) -> None:
        """Let somebody sit down at the desk after the person before. They sign in once."""
        self.served.jar = dict(self.jars.get(person, {}))
        if person not in self.jars:
            self.served.sign_in(person)
            self.jars[person] = dict(self.served.jar)

    @staticmethod
    def with_plan(*actions: Any) -> Any:
        """Return what is said beside papers, with a plan of these actions."""
        return replace(beside(), plan=Found(a_plan(*actions)))

    @staticmethod
    def told_before() -> Any:
        """Return the session as it stood before it began."""
        return with_agenda()

    def send(self, address: str, **typed: str) -> Answer:
        """Open a form and send it with the fields that it has and what was typed."""
        return self.again(self.served.get(address), address, **typed)

    def again(self, shown: Answer, address: str, **typed: str) -> Answer:
        """Send a form that is open."""
        return self.served.post(address, hidden(shown, address) | typed)


def hidden(answer: Answer, address: str) -> dict[str, str]:
    """Return the hidden fields of the form on a page."""
    form = answer.text.partition(f'action="{address}"')[2].partition("</form>")[0]
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in found}
