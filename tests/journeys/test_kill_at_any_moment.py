"""Killing the engine's child process, or any service, at any moment of the demo's load loses and doubles nothing."""

import contextlib
import os
import random
import signal
import threading
from collections import Counter
from pathlib import Path

import pytest

from services.client.addresses import SERVICES, read_suite
from services.client.client import Client
from services.client.tokens import Issuer
from services.demo.outcome import differences, outcome
from services.demo.stack import Parts, Profile
from services.demo.story.telling import story
from services.demo.supervisor import Supervisor
from services.demo.telling.loading import load
from services.demo.waiting import wait_until_settled
from services.platform.clock import SystemClock
from tests.sizes import part_of
from tests.suite import LoadedSuite, assert_same_end
from tests.waiting import HUNG

pytestmark = pytest.mark.journey

KILLS_EACH = part_of(5, least=2)
SEED = 20161001
ENGINE = "engine"


class Reaper:
    """Kills each service, and the rules engine's child, again and again while the story is told."""

    def __init__(self, supervisor: Supervisor, folder: Path) -> None:
        self._supervisor = supervisor
        self._folder = folder
        self._told = threading.Event()
        self._one_at_a_time = threading.Lock()
        self._threads = [threading.Thread(target=self._stalk, args=(victim,)) for victim in (*SERVICES, ENGINE)]
        self.killed: Counter[str] = Counter()
        self.failures: list[BaseException] = []

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._told.set()
        for thread in self._threads:
            thread.join()
        if self.failures:
            raise self.failures[0]

    def _stalk(self, victim: str) -> None:
        moments = random.Random(f"{SEED} {victim}")
        try:
            while self.killed[victim] < KILLS_EACH and not self._told.wait(moments.uniform(0.2, 0.8)):
                if victim == ENGINE:
                    self._kill_engine(moments)
                else:
                    with self._one_at_a_time:
                        self._supervisor.replace(victim)
                        self.killed[victim] += 1
                    self._supervisor.wait_until_serving(victim)
        except BaseException as failure:
            self.failures.append(failure)

    def _kill_engine(self, moments: random.Random) -> None:
        with self._one_at_a_time:
            children = engine_children(self._folder)
        if children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(moments.choice(children), signal.SIGKILL)
                self.killed[ENGINE] += 1


def engine_children(folder: Path) -> list[int]:
    """The processes that durable-rules runs in, as children of the rules service."""
    parent = read_suite(folder).processes["rules"]
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with contextlib.suppress(OSError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent and b"engine.durable" in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
    return found


@pytest.mark.parametrize("profile", [Profile.EMBEDDED, pytest.param(Profile.PRODUCTION, marks=pytest.mark.long)])
def test_a_load_with_kills_ends_as_one_without(suite: LoadedSuite, tmp_path: Path, profile: Profile) -> None:
    """Takes half a minute: the whole story is told, and each process that is killed starts again meanwhile."""
    told = story(SystemClock().today())
    people = [person.safeguarder_id for person in told.people]
    with Supervisor(tmp_path, people, Parts(tmp_path, profile)) as supervisor:
        issuer = Issuer(tmp_path)
        client = Client(supervisor.addresses, issuer.metadata, HUNG)
        reaper = Reaper(supervisor, tmp_path)
        reaper.start()
        try:
            load(told, client)
        finally:
            reaper.stop()
        wait_until_settled(client)
        seen = outcome(client, told)
        mails = supervisor.mailbox.by_message_id
        client.close()
    assert reaper.killed.total() >= 4 * KILLS_EACH, reaper.killed
    assert set(reaper.killed) == {*SERVICES, ENGINE}
    assert differences(told, seen) == []
    assert_same_end(seen, suite.seen)
    assert seen["engines"]["disagreements"] == 0
    # A message whose sending was cut off is sent again under the same Message-ID, so that the mailbox knows it.
    assert sum(times - 1 for times in mails.values()) <= reaper.killed["notifications"]
