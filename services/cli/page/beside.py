"""What stands beside ids in a list: names of people, titles of rules, why, and how much time is left."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from services.cli.terminal import Terminal
from services.client.words import EVERYBODY, day_of, safeguarder_of


class Beside:
    """Names, titles and reasons, each read once for a list. What the caller may not read is left out."""

    def __init__(self, terminal: Terminal, parent: str = EVERYBODY) -> None:
        self._terminal = terminal
        self._parent = parent

    def who(self, name: str) -> str:
        """Return whom a record is about: the name with the id, or the id alone."""
        known = safeguarder_of(name)
        return f"{self._people[known]} ({known})" if known in self._people else known

    def what(self, rule: str, subject: str) -> str:
        """Return the title of a rule with the rule and what it is asked about."""
        asked = f"{rule} {subject}".strip()
        return f"{self._titles[rule]} ({asked})" if rule in self._titles else asked

    def concern(self, concern_id: str) -> Any:
        """Return a concern by its name or id; None if the caller may not read it."""
        return self._concerns.get(concern_id.rpartition("/")[2])

    def why(self, concern: str) -> str:
        """Return why a concern is there, in a sentence; empty if the caller may not read it."""
        found = self.concern(concern)
        return found.explanation.because if found else ""

    @cached_property
    def _people(self) -> Mapping[str, str]:
        from services.client.people import people_seen

        return people_seen(self._terminal.client, self._terminal.person)

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        from psmf.rules.v1 import rules_pb2 as pb

        answer = self._terminal.call(self._terminal.client.rulebook.ListRules, pb.ListRulesRequest())
        return {rule.rule: rule.title.rstrip(".") for rule in answer.rules}

    @cached_property
    def _concerns(self) -> Mapping[str, Any]:
        from psmf.rules.v1 import rules_pb2 as pb

        from services.client.people import unless_denied

        request = pb.ListConcernsRequest(parent=self._parent, include_closed=True)
        listed = self._terminal.pages(self._terminal.client.concerns.ListConcerns, request, "concerns")
        return {concern.name.rpartition("/")[2]: concern for concern in unless_denied(listed)}


def by_when(message: Any, field: str) -> str:
    """Return a date field with the time that is left: `3 December 2026, 5 working days left`."""
    from services.client.deadlines import time_left
    from services.platform.calls.wire import from_date
    from services.platform.clock import SystemClock

    day = from_date(message, field)
    left = f", {time_left(day, SystemClock().today())}" if day else ""
    return f"{day_of(message, field)}{left}"
