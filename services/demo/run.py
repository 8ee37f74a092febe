"""A demo from start to end: services started, the story told once, the outcome read, services stopped."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from services.client.client import Client
from services.client.errors import NoSuiteError
from services.client.tokens import Issuer
from services.demo.issuer import write_names
from services.demo.outcome import outcome
from services.demo.profile import Beside, Profile
from services.demo.stack import Parts
from services.demo.story.telling import story
from services.demo.story.values import Story
from services.demo.supervisor import Supervisor
from services.demo.telling.loading import Progress, bring_into_force, load

STORY_FILE = "story.json"
PATIENCE_SECONDS = 90.0
"""How long calls wait for a service: longer than a killed service takes to start again on a busy machine."""


@dataclass(frozen=True, slots=True)
class Demo:
    """A running suite with its story."""

    profile: Profile
    story: Story
    supervisor: Supervisor
    client: Client

    def tell(self, folder: Path, progress: Progress, dated: bool = False) -> bool:
        """Tell the story unless it has been told to its end. An interrupted story is continued.

        `dated`: begin with a number of the rulebook that changes on a date. The rulebook is then not as shipped.

        Return whether it has just been told. After that people act on what it raised, so it can't be judged again.
        """
        if _told(folder)["finished"]:
            return False
        if dated:
            bring_into_force(self.story, self.client)
        load(self.story, self.client, progress, in_order=self.profile in (Profile.EMBEDDED, Profile.POSTGRESQL_FEED))
        _write(folder, self.story, self.profile, finished=True)
        return True

    def outcome(self) -> dict[str, Any]:
        """Return the state of the suite now."""
        return outcome(self.client, self.story)


@contextmanager
def running_demo(
    folder: Path,
    today: date,
    seed: int,
    profile: Profile | None = None,
    progress: Progress = lambda *_: None,
    *,
    beside: Beside = Beside.NOTHING,
) -> Iterator[Demo]:
    """Run the suite of a folder. A folder that has a story keeps its day, seed and profile, and how far it was told.

    Without `profile` the folder's own is used, or the embedded one in a new folder.
    `beside`: what runs beside the services.

    Raises:
        NoSuiteError: the folder's story was told on another profile.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kept = _told(folder)
    chosen = Profile(kept["profile"]) if kept["today"] else profile or Profile.EMBEDDED
    if profile not in (None, chosen):
        message = f"The demo in {folder} has the profile {chosen}. To start over with {profile}: psmf demo reset"
        raise NoSuiteError(message)
    tale = story(date.fromisoformat(kept["today"]), kept["seed"]) if kept["today"] else story(today, seed)
    people = {person.safeguarder_id: person.display_name for person in tale.people}
    write_names(folder, people)
    with Supervisor(folder, people, Parts(folder, chosen), progress=progress, beside=beside) as supervisor:
        # Written only now: a suite that did not start leaves no day and profile behind.
        if not kept["today"]:
            _write(folder, tale, chosen, finished=False)
        client = Client(supervisor.addresses, Issuer(folder).metadata, PATIENCE_SECONDS)
        try:
            yield Demo(chosen, tale, supervisor, client)
        finally:
            client.close()


def told_story(folder: Path) -> Story:
    """Return the story that a folder's demo tells.

    Raises:
        NoSuiteError: no story was begun there.
    """
    kept = _told(folder)
    if not kept["today"]:
        raise NoSuiteError(f"No demo was started in {folder}. Start one with: psmf demo up")
    return story(date.fromisoformat(kept["today"]), kept["seed"])


def _told(folder: Path) -> dict[str, Any]:
    file = folder / STORY_FILE
    if not file.exists():
        return {"today": "", "seed": 0, "finished": False}
    kept: dict[str, Any] = json.loads(file.read_text())
    return {"profile": Profile.EMBEDDED} | kept


def _write(folder: Path, tale: Story, profile: Profile, finished: bool) -> None:
    kept = {"today": tale.today.isoformat(), "seed": tale.seed, "profile": profile, "finished": finished}
    (folder / STORY_FILE).write_text(json.dumps(kept))
