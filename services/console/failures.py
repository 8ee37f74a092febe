"""What can go wrong, and the page that says so. A caller's words, the text of an error and its type stay unsaid."""

from dataclasses import dataclass

from services.refusals import Refusal


class Unanswered(Exception):
    """A request that gets another page than it asked for."""


class NotSignedIn(Unanswered):
    """Nobody is signed in, or the session is over."""


class SignInRefused(Unanswered):
    """Signing in took too long, began in another browser, or the issuer's answer does not hold. `reason`: for the log.

    One page for all of them, so that a forger learns nothing from it.
    """

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


class NoRole(Unanswered):
    """Somebody whom the issuer knows and the directory doesn't."""


class NotThere(Unanswered):
    """There is no such page, or it isn't this reader's. Both look the same, or one could find out what exists."""


class Forged(Unanswered):
    """A form that did not come from a page of ours for this reader."""


class TooLarge(Unanswered):
    """A form with too many bytes or fields."""


class TooMany(Unanswered):
    """More requests than a person makes."""


class WrongHost(Unanswered):
    """A request for another host than ours."""


class WrongMethod(Unanswered):
    """A form sent to a page that takes none, or a page asked for that is only sent to."""


class LinkOver(Unanswered):
    """A form of feedback whose two hours are over. It can be sent once the link was opened again."""


class ServiceAway(Unanswered):
    """A service that a page cannot do without did not answer."""

    def __init__(self, service: str) -> None:
        super().__init__(service)
        self.service = service


class MaybeDone(ServiceAway):
    """A service was asked to write and did not answer: it may have done so. Sent again, it cannot do it twice."""


class NotDone(Unanswered):
    """A service refused to write, and says why. A page shows the form again, or what is possible instead."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


class SentBefore(NotDone):
    """A service has taken this very form before, with another answer: its request id is used up."""


@dataclass(frozen=True, slots=True)
class Failure:
    """How a failure is answered: status, name of its words in `templates/failure`, and when to try again."""

    status: int
    words: str
    retry_after: int = 0


OURS = Failure(500, "ours")
FAILURES: dict[type[Exception], Failure] = {
    NotSignedIn: Failure(401, "signed_out"),
    SignInRefused: Failure(400, "sign_in_again"),
    NoRole: Failure(403, "no_role"),
    NotThere: Failure(404, "not_there"),
    WrongMethod: Failure(405, "wrong_method"),
    Forged: Failure(403, "forged"),
    TooLarge: Failure(413, "too_large"),
    LinkOver: Failure(401, "link_over"),
    TooMany: Failure(429, "too_many", retry_after=60),
    WrongHost: Failure(421, "wrong_host"),
    ServiceAway: Failure(503, "away", retry_after=30),
    MaybeDone: Failure(503, "maybe_done", retry_after=30),
    NotDone: Failure(409, "not_done"),
    SentBefore: Failure(409, "sent_before"),
}
"""The table of console failures. What stands nowhere here is our own fault."""
KEPT = ("signed_out", "link_over", "not_there", "away", "maybe_done", "not_done", "sent_before", "too_many", "ours")
"""Failures after which a form can be sent again as it is: what was typed stays on the page."""


def failure_of(problem: Exception) -> Failure:
    """Return how a failure is answered."""
    return FAILURES.get(type(problem), OURS)
