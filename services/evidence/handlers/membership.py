"""Whether somebody was a member on a day: the one place that tells a sender, and how often a partner is told (P20)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Protocol

from services.evidence.domain.evidence_item import Content
from services.evidence.domain.safeguarder import Safeguarder
from services.evidence.domain.senders import Sender, check_member
from services.evidence.ports import Told
from services.refusals import Refusal, precondition

REFUSALS_A_DAY = 3
"""Ours: how often a system is told in 24 hours that a person was no member on a day. By halving, ten answers tell the
day of an appointment among 1,024. An item that is recorded leaves a trace, so it is not counted."""


class Item(Protocol):
    """What is asked about an item that comes in."""

    @property
    def safeguarder_id(self) -> str:
        """Whom it is about."""
        ...

    @property
    def content(self) -> Content:
        """What it says, with the day on which it happened."""
        ...

    @property
    def sent_by(self) -> Sender:
        """Who sends it, by kind."""
        ...

    @property
    def place(self) -> str:
        """Its place in a batch, empty if it comes alone or in a file."""
        ...


@contextmanager
def named(item: Item) -> Iterator[None]:
    """Put the item's place in a batch in front of the field that a refusal names."""
    try:
        yield
    except Refusal as refusal:
        refusal.field = f"{item.place}{refusal.field}"
        raise


class Membership:
    """The answers about membership that one request gets. Look at it last, so that no other fault tells of it."""

    def __init__(self, people: Mapping[str, Safeguarder], told: Told | None) -> None:
        """`told`: what the caller has been told; None if nothing is recorded. A partner is then told nothing."""
        self._people = people
        self._told = told

    def check(self, item: Item) -> None:
        """Refuse an item about somebody who was no member that day.

        Raises:
            Refusal: as `check_member`; to a partner also TOO_MANY_CHECKS, whether the person was a member or not.
        """
        if item.sent_by is not Sender.PARTNER:
            self._check(item)
        elif self._told is not None:
            self._check_for_partner([item], self._told)

    def check_all(self, items: Sequence[Item]) -> None:
        """Refuse items that are recorded together, if one is about somebody who was no member that day.

        A partner is not told which. With an item about nobody beside it, that would tell of the others for nothing.

        Raises:
            Refusal: as `check`. It names the item to all others than partners.
        """
        if items[0].sent_by is not Sender.PARTNER:
            for item in items:
                with named(item):
                    self._check(item)
        elif self._told is not None:
            self._check_for_partner(items, self._told)

    def _check(self, item: Item) -> None:
        check_member(self._people.get(item.safeguarder_id), item.content, item.sent_by)

    def _check_for_partner(self, items: Sequence[Item], told: Told) -> None:
        """Refuse the items of a partner. A refusal is noted for each person: it may tell of any of them."""
        people = sorted({item.safeguarder_id for item in items})
        asked_often = [person for person in people if told.count(person) >= REFUSALS_A_DAY]
        refusal = _too_many() if asked_often else self._refusal(items)
        if refusal is None:
            return
        for person in asked_often or people:
            told.add(person, refused=bool(asked_often))
        refusal.leaves_a_trace = True
        if items[0].place:
            refusal.field = "requests"
        raise refusal

    def _refusal(self, items: Sequence[Item]) -> Refusal | None:
        """Return the refusal if one of the items is about no member, in words that fit all of them."""
        for item in items:
            try:
                self._check(item)
            except Refusal as refusal:
                return _one_of_them() if item.place else refusal
        return None


def _one_of_them() -> Refusal:
    message = (
        "At least one of the items is about somebody who was not a Safeguarder on the day on which it happened. "
        "Check the ids and the days, or import the items: an import answers row by row."
    )
    return precondition("NOT_APPOINTED", message, "parent")


def _too_many() -> Refusal:
    message = (
        f"Your system was told {REFUSALS_A_DAY} times in 24 hours that nobody with this id was a Safeguarder on a day. "
        "Check the ids and the days of your items and send them tomorrow, or ask the Safeguarders Panel Team."
    )
    return precondition("TOO_MANY_CHECKS", message, "parent")
