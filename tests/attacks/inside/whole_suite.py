"""The four services and the console in this process, with two invented people of whom each service keeps something.

Everything that is written through it holds words that must come out nowhere but where they were written for.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import grpc
from psmf.evidence.v1 import evidence_pb2, safeguarder_pb2

from services.demo.issuer import write_identity
from services.platform.calls.identity import new_key, public_entry
from tests.attacks.inside.heard import Heard
from tests.between.cover.test_cover_across_services import delegate
from tests.between.doors.test_across import allocate, draw_reports, put_on_file
from tests.between.together import Together
from tests.builders import a_request_id
from tests.console.site import OPEN, Answer, Site, site
from tests.lives.planted import plant
from tests.notifications.mail_server import a_mail_server
from tests.world import PEOPLE, World

CANARIES = tuple(f"quill{one}{two}feather" for one in ("ba", "do", "fi", "gu", "ka") for two in "abcdefghilmn")
"""Sixty words that nothing in the suite says by itself, and that the screen of texts lets through."""
EACH = 6
"""Words in each text, so that sixty are written soon."""
OTHERS = {
    "manager-three": {"role": "support_manager", "region": "west"},
    "manager-four": {"role": "support_manager", "region": "east"},
    "reviewer": {"role": "report_reviewer"},
    "auditor": {"role": "auditor"},
    "lead": {"role": "data_lead"},
    "service:console": {"role": "feedback_desk"},
}


class Planter(grpc.UnaryUnaryClientInterceptor):
    """Adds the next words to every free text that is sent."""

    def __init__(self, words: Iterator[str], planted: set[str]) -> None:
        self._words, self._planted = words, planted

    def intercept_unary_unary(self, continuation: Any, details: Any, request: Any) -> Any:
        """Send a request with words in its texts."""
        if isinstance(request, safeguarder_pb2.CreateSafeguarderRequest):
            request.safeguarder.display_name = f"Demo {next(self._words)}"
        if not isinstance(request, bytes):
            plant(request, self._planted, " ".join(next(self._words) for _ in range(EACH)))
        return continuation(details, request)


@dataclass
class Whole:
    """The services, the console, and who is signed in to it."""

    running: Together
    console: Site
    folder: Path
    planted: set[str] = field(default_factory=set)
    heard: Heard = field(default_factory=Heard)
    """What was said while the people were put on file."""
    token: str = ""
    """The token of a link for feedback."""
    _jars: dict[str, dict[str, str]] = field(default_factory=dict)

    def get(self, person: str, address: str) -> Answer:
        """Ask for a page as somebody. `person`: empty for nobody."""
        return self._as(person, lambda: self.console.get(address))

    def post(self, person: str, address: str, form: dict[str, str]) -> Answer:
        """Send a form of the page at an address as somebody, filled in."""

        def sent() -> Answer:
            mark = self.console.mark(address, address)
            return self.console.post(address, {"form_mark": mark} | form)

        return self._as(person, sent)

    def _as(self, person: str, ask: Any) -> Answer:
        # A second for each request: nobody is too quick, and nobody is signed out.
        self.console.clock.instant += timedelta(seconds=1)
        self.console.jar = self._jars.setdefault(person, {})
        if person and not self.console.jar:
            self.console.sign_in(person)
        answer: Answer = ask()
        return answer


@contextmanager
def whole(folder: Path) -> Iterator[Whole]:
    """Start everything. sg-one was manager-four's, is manager-one's, and manager-two acts for them today."""
    services, identity = folder / "services", folder / "identity"
    services.mkdir()
    identity.mkdir()
    world = World(services)
    world.write_people(PEOPLE | OTHERS)
    _add_the_desk(world)
    write_identity(identity, [])
    (identity / "people.json").write_text((services / "people.json").read_text())
    with a_mail_server() as mail:
        running = Together(world, mail)
        try:
            yield _filled(running, identity)
        finally:
            running.end()


def _add_the_desk(world: World) -> None:
    """Let the console speak as the feedback desk."""
    desk, file = new_key("console"), world.folder / "keys.json"
    (world.folder / "console.key").write_text(json.dumps(desk.as_dict(private=True)))
    keys = json.loads(file.read_text())["keys"]
    file.write_text(json.dumps({"keys": [*keys, public_entry(desk, "service:console")]}))


def _filled(running: Together, identity: Path) -> Whole:
    addresses = {name: f"127.0.0.1:{each.process.server.port}" for name, each in running.services.items()}
    console = site(
        identity.parent, addresses, demo_identity=identity, desk_key_file=running.world.folder / "console.key"
    )
    OPEN.remove(console)
    found = Whole(running, console, identity.parent)
    words = cycle(CANARIES)
    for service in running.services.values():
        service.channel = grpc.intercept_channel(service.channel, Planter(words, found.planted))
    with found.heard.listening():
        _put_on_file(running)
    console.clock.instant = running.clock.instant
    # The services know other keys than the demo's.
    console.gateway._token_of = lambda visitor: running.as_(visitor.person)["metadata"][0][1].removeprefix("Bearer ")
    return found


def _put_on_file(running: Together) -> None:
    put_on_file(running, "sg-one")
    for manager in ("manager-four", "manager-one"):
        allocate(running, "sg-one", manager)
    delegate(running, "manager-two", 30)
    running.appoint("sg-two")
    for _ in range(len(CANARIES) // EACH):
        running.record("sg-one", summary="They said:")
    item = running.share(running.record("sg-one", summary="They said:"))
    reply = evidence_pb2.AddReplyRequest(name=item.name, text="I had asked for more time.", request_id=a_request_id())
    running.evidence.AddReply(reply, **running.as_("person-one"))
    running.share(running.record("sg-two"))
    draw_reports(running)
    running.pass_time(timedelta(days=1))
