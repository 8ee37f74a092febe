"""A demo from start to end: services up, story told once, the end state at hand, services down."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from services.client.addresses import NoSuiteError
from services.client.client import Client
from services.client.tokens import Issuer
from services.demo.loading import Progress, load
from services.demo.outcome import outcome
from services.demo.profile import Profile
from services.demo.stack import Parts
from services.demo.story.telling import story
from services.demo.story.values import Story
from services.demo.supervisor import Supervisor

STORY_FILE = "story.json"
PATIENCE_SECONDS = 90.0


@dataclass(frozen=True, slots=True)
class Demo:
    """A suite that runs, with its story."""

    profile: Profile

    story: Story
    supervisor: Supervisor
    client: Client

    def tell(self, folder: Path, progress: Progress) -> None:
        """Tell the story, unless it was told to the end before. An interrupted telling goes on."""
        if not _told(folder)["finished"]:
            load(self.story, self.client, progress)
            _write(folder, self.story, self.profile, finished=True)

    def outcome(self) -> dict[str, Any]:
        """The end state as it stands."""
        return outcome(self.client, self.story)


@contextmanager
def running_demo(
    folder: Path, today: date, seed: int, profile: Profile | None = None, progress: Progress = lambda *_: None
) -> Iterator[Demo]:
    """The suite of a folder. A folder that has a story keeps it: its day, seed and profile, and what was told of it.

    `profile`: what it runs on; as the folder has it, or embedded, if not said.

    Raises:
        NoSuiteError: the folder's story was told on another profile.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kept = _told(folder)
    stands_on = Profile(kept["profile"]) if kept["today"] else profile or Profile.EMBEDDED
    if profile not in (None, stands_on):
        message = f"The demo in {folder} runs on the profile {stands_on}. To start over on {profile}: psmf demo reset"
        raise NoSuiteError(message)
    tale = story(date.fromisoformat(kept["today"]), kept["seed"]) if kept["today"] else story(today, seed)
    people = [person.safeguarder_id for person in tale.people]
    with Supervisor(folder, people, Parts(folder, stands_on), progress=progress) as supervisor:
        if not kept["today"]:
            _write(folder, tale, stands_on, finished=False)
        client = Client(supervisor.addresses, Issuer(folder).metadata, PATIENCE_SECONDS)
        try:
            yield Demo(stands_on, tale, supervisor, client)
        finally:
            client.close()


def _told(folder: Path) -> dict[str, Any]:
    file = folder / STORY_FILE
    if not file.exists():
        return {"today": "", "seed": 0, "finished": False}
    kept: dict[str, Any] = json.loads(file.read_text())
    return {"profile": Profile.EMBEDDED} | kept


def _write(folder: Path, tale: Story, profile: Profile, finished: bool) -> None:
    kept = {"today": tale.today.isoformat(), "seed": tale.seed, "profile": profile, "finished": finished}
    (folder / STORY_FILE).write_text(json.dumps(kept))
