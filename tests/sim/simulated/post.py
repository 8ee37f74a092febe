"""A mail server in memory. It accepts, refuses, is down, or accepts without its answer arriving."""

from collections.abc import Callable

from services.notifications.domain.notification import Outcome
from tests.sim.simulated.chance import Chance, Violation
from tests.sim.simulated.storage import InlineDatabase

_UNMARKED = "SELECT COUNT(*) FROM notification WHERE reference = ? AND NOT possible_duplicate"
_TOO_EARLY = (
    "SELECT COUNT(*) FROM notification AS mine JOIN notification AS theirs ON theirs.alert_id = mine.alert_id "
    "WHERE mine.reference = ? AND NOT mine.to_the_person AND NOT mine.urgent AND theirs.to_the_person "
    "AND theirs.created_at <= mine.created_at AND theirs.state NOT IN ('sent', 'failed')"
)


class Post:
    """The e-mails handed over, by reference."""

    def __init__(self, chance: Chance, database: InlineDatabase, at: Callable[[str], None]) -> None:
        self.taken: list[str] = []
        self.refused: set[str] = set()
        self._chance = chance
        self._database = database
        self._at = at

    def send(self, address: str, reference: str, at: object, answer_by_on: object = None) -> Outcome:
        """Accept an e-mail, or fail."""
        self._at("before_mail")
        if self._chance.fault("mail_away"):
            return Outcome.NOT_SENT
        if self._chance.fault("mail_refuses"):
            self.refused.add(reference)
            return Outcome.REFUSED
        if self._chance.fault("mail_cut"):
            return Outcome.UNKNOWN
        self._check(reference)
        self.taken.append(reference)
        self._at("after_mail")
        return Outcome.UNKNOWN if self._chance.fault("mail_silent") else Outcome.SENT

    def _check(self, reference: str) -> None:
        if reference in self.taken and self._database.rows(_UNMARKED, reference)[0][0]:
            raise Violation("no duplicate is unmarked", f"{reference} was handed over before and is not marked")
        if self._database.rows(_TOO_EARLY, reference)[0][0]:
            raise Violation("the person hears first", f"{reference} was sent to staff before the person was told")
