"""After a review is upheld everything stands as if the item had never counted, but for history (record 8).

Two suites live the same months. In one an item is on file, a review of it is asked for, and it is upheld. In the other
the item was never there. The kind that this file closes: what was found wrong still raises something, or what is right
no longer does, because of the order in which both came.
"""

import random
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.rules.v1 import rules_pb2 as rules

from services.platform.calls.wire import to_date
from tests.between.reviews.request import HEAD, TEAM, Asking, Request
from tests.between.together import Together, together
from tests.builders import a_mapping
from tests.sizes import WHOLE, part_of
from tests.world import PEOPLE

STORIES = part_of(60) if WHOLE else 1
SOURCES = ("REPORTER", "PANEL_MEMBER", "CHILD", "SHERIFF")
LATER = 30
"""Days after the last thing that happens, in which every time to reply ends."""


@dataclass
class Story:
    """Items that come on some days, of which one is reviewed."""

    seed: int
    choices: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.choices = random.Random(self.seed)
        number = self.choices.randint(2, 5)
        self.wrong = self.choices.randrange(number)
        self.items = [self._item() for _ in range(number)]
        comes = [self.choices.randint(1, 12) for _ in self.items]
        self.comes = [sum(comes[: place + 1]) for place in range(number)]
        self.asked = self.comes[self.wrong] + self.choices.randint(0, 40)
        self.made = self.choices.randint(self.comes[self.wrong], self.asked) if self.choices.random() < 0.5 else 0
        """The day of the letter, if it was asked for by one; else 0."""
        self.decided = self.asked + self.choices.randint(0, 20)

    def _item(self) -> dict[str, Any]:
        source = items.EvidenceSource.Value(f"EVIDENCE_SOURCE_{self.choices.choice(SOURCES)}")
        return {"source": source, "mappings": [a_mapping(self.choices.choice(("S2.2", "S2.2", "S2.1")))]}

    def _ask(self, asking: Asking, name: str) -> str:
        if not self.made:
            return asking.ask(name).name
        made_on = asking.running.ago(self.asked - self.made)
        return asking.ask(name, TEAM, made_date=to_date(made_on)).name

    def lived(self, folder: Path, *, with_the_item: bool) -> tuple[list[Any], list[str]]:
        """Live it in a suite. Return what is open at the end, and what was ever raised."""
        folder.mkdir()
        with together(folder, PEOPLE | {HEAD: {"role": "senior_manager", "level": 3}}) as running:
            running.appoint("sg-one")
            begins, asking = running.today, Asking.__new__(Asking)
            asking.running = running
            name = asked = ""
            for day in range(max(self.decided, self.comes[-1]) + LATER):
                running.clock.instant += timedelta(days=(begins - running.today).days + day)
                for place in (place for place, on in enumerate(self.comes) if on == day):
                    if with_the_item or place != self.wrong:
                        made = running.share(running.record("sg-one", **self.items[place]))
                        name = made.name if place == self.wrong else name
                if with_the_item and day == self.asked:
                    asked = self._ask(asking, name)
                if with_the_item and day == self.decided:
                    asking.decided(asked, Request.DECISION_UPHELD)
                if day % 4 == 0:
                    running.settle()
            running.settle()
            return _open(running), _raised(running)


def _open(running: Together) -> list[Any]:
    """Return the open concerns, each with what it rests on, in words without ids."""
    return sorted(
        (each.rule, each.subject, each.lane, each.state, sorted(counted.text for counted in each.explanation.counted))
        for each in running.concerns_of("sg-one")
        if not each.closing_proposed
    )


def _raised(running: Together) -> list[str]:
    request = rules.ListConcernsRequest(parent="safeguarders/sg-one", page_size=500, include_closed=True)
    found = running.concerns.ListConcerns(request, **running.as_("panel-team")).concerns
    return sorted(f"{each.rule} {each.subject} {each.state}" for each in found)


@pytest.mark.parametrize("seed", range(STORIES))
def test_what_is_upheld_leaves_what_would_be_there_without_the_item(seed: int, tmp_path: Path) -> None:
    """B5, D15.13: the concern that rested on it goes, and what rests on other things is there."""
    story = Story(seed)
    with_it, ever = story.lived(tmp_path / "with", with_the_item=True)
    without, _ = story.lived(tmp_path / "without", with_the_item=False)
    assert with_it == without, f"seed {seed}: {ever}"
