"""Who acts: a person, by one of their accounts (A7)."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Who:
    """The person who acts. `person`: the account by which they do, as the record has it."""

    person: str
    accounts: frozenset[str] = field(default=frozenset(), kw_only=True)
    """Every account of the same person, as the directory has them now."""

    def is_any_of(self, people: Iterable[str | None]) -> bool:
        """Return whether the one who acts is one of these people, by whichever account.

        Where two people must agree, somebody with two accounts would otherwise agree with themselves.
        """
        return any(each == self.person or each in self.accounts for each in people)
