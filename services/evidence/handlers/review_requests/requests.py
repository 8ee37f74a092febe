"""Review requests: made, accepted, given to a reviewer, decided, taken back (R92, R93, B5)."""

import uuid
from collections.abc import Callable, Sequence
from datetime import time

from services.calendar_days import london_instant
from services.evidence.adapters.review_requests.files import REVIEWER_ROLE, ReviewFile
from services.evidence.domain.evidence_item import EvidenceId
from services.evidence.domain.review_requests import life
from services.evidence.domain.review_requests.chain import Bar, Candidate, Chain, bars, managers_since
from services.evidence.domain.review_requests.request import Acceptance, Asked, Decision, Reviewer, ReviewRequest
from services.evidence.domain.sessions.record import Content
from services.evidence.handlers.plans import parts
from services.evidence.handlers.reply_times import ReplyTimes, move_reply_times
from services.evidence.handlers.review_requests.decisions import apply
from services.evidence.handlers.review_requests.targets import look_up, took_part
from services.platform.calls.relations import Listed
from services.refusals import Refusal, precondition


def create(safeguarder_id: str, asked: Asked, files: ReviewFile) -> ReviewRequest:
    """Ask for a review. Refuse SAFEGUARDER_NOT_FOUND, and as `targets.look_up` and `life.submit` do."""
    parts.check_known(safeguarder_id, files.plan)
    known = look_up(safeguarder_id, asked.target, files)
    submitted = life.submit((uuid.uuid4().hex, safeguarder_id), asked, known, files.actor, files.numbers)
    keep(submitted, files)
    return submitted


def find(name: parts.Name, files: ReviewFile) -> ReviewRequest:
    """Return a request. Refuse REVIEW_REQUEST_NOT_FOUND, also for one of somebody else."""
    found = files.requests.find(name[1])
    if found is None or found.safeguarder_id != name[0]:
        raise life.no_such_request()
    return found


def every(safeguarder_id: str, files: ReviewFile) -> list[ReviewRequest]:
    """Return a person's requests: those that are open first, then the newest first."""
    parts.check_known(safeguarder_id, files.plan)
    newest_first = files.requests.of(safeguarder_id)[::-1]
    return sorted(newest_first, key=lambda request: not request.is_open)


def open_ones(people: Listed, files: ReviewFile) -> list[ReviewRequest]:
    """Return the open requests of several people: the one that was made first at the top."""
    found = files.requests.open_ones(people)
    return sorted(found, key=lambda request: (request.made_on, request.created_at, request.review_id))


def accept(name: parts.Name, etag: str, answer: Acceptance, words: str, files: ReviewFile) -> ReviewRequest:
    """Accept a request, or say why it is not accepted. Refuse as `life.accept` does."""

    def move(request: ReviewRequest) -> ReviewRequest:
        before = files.requests.find(request.follows) if request.follows else None
        level = files.level_of(files.actor.person)
        is_higher = before is not None and level > files.level_of(before.accepted_by)
        higher = is_higher and before is not None and not files.actor.is_any_of([before.accepted_by])
        return life.accept(request, answer, words, files.actor, higher)

    return _change(name, etag, files, move)


def assign(name: parts.Name, etag: str, person: str, files: ReviewFile) -> ReviewRequest:
    """Give a request to a reviewer. Refuse as `life.assign` does, and NO_REVIEWER if nobody could decide it."""

    def move(request: ReviewRequest) -> ReviewRequest:
        chain = chain_of(request, request.reviewers, files)
        try:
            return life.assign(request, _candidate(person, files), chain, files.actor, files.numbers)
        except Refusal as refused:
            if refused.reason == "NOT_OUTSIDE" and all(barred for _, barred in next_reviewers(request, files)):
                raise _nobody() from None
            raise

    return _change(name, etag, files, move)


def say(name: parts.Name, etag: str, words: str, files: ReviewFile) -> ReviewRequest:
    """Add what staff say to a request. Refuse as `life.say` does."""
    return _change(name, etag, files, lambda request: life.say(request, words, files.actor))


def decide(
    name: parts.Name, etag: str, decided: tuple[Decision, str], text: Content | None, files: ReviewFile
) -> ReviewRequest:
    """Decide a request. What follows is stored in the same transaction. Refuse as `life.decide` and `apply` do.

    `decided`: what, and why. `text`: what the record of a session says from now on.
    """

    def move(request: ReviewRequest) -> ReviewRequest:
        after = life.decide(request, *decided, chain_of(request, request.reviewers[:-1], files), files.actor)
        if after is not request:
            apply(after, text, files)
        return after

    return _change(name, etag, files, move)


def withdraw(name: parts.Name, etag: str, files: ReviewFile) -> ReviewRequest:
    """Take a request back, as the Safeguarder. Refuse as `life.withdraw` does."""
    return _change(name, etag, files, lambda request: life.withdraw(request, files.actor))


def reviewers_of(request: ReviewRequest, files: ReviewFile) -> list[tuple[Candidate, tuple[Bar, ...]]]:
    """Return every senior manager with what keeps them from deciding a request, those who could decide it first.

    The one who has it is measured by the reviewers before. Measured by themselves, nobody could ever decide it.
    """
    found = dict(next_reviewers(request, files))
    current = _candidate(request.reviewer.person, files) if request.reviewer is not None else None
    if current in found:
        found[current] = bars(current, chain_of(request, request.reviewers[:-1], files))
    return sorted(found.items(), key=lambda each: bool(each[1]))


def next_reviewers(request: ReviewRequest, files: ReviewFile) -> list[tuple[Candidate, tuple[Bar, ...]]]:
    """Return every senior manager with what keeps them from being given a request."""
    chain = chain_of(request, request.reviewers, files)
    everybody = (_candidate(each.person, files) for each in files.reviewers)
    return [(candidate, bars(candidate, chain)) for candidate in everybody]


def chain_of(request: ReviewRequest, above: Sequence[Reviewer], files: ReviewFile) -> Chain:
    """Return who stands in the chain of a request, in the term that runs. `above`: reviewers who had it before."""
    person, today = request.safeguarder_id, files.actor.today
    entry = files.plan.people.find(person)
    term = entry.term_begun_by(today) if entry else None
    since = term.starts_on if term else request.made_on
    managers = managers_since(files.chain.managers(person), since) | files.chain.covers(person, since)
    before = files.requests.find(request.follows) if request.follows else None
    levels = [files.level_of(manager) for manager in managers] or [1]
    everyone = files.directory.every_account
    return Chain(
        everyone(managers),
        everyone(took_part(request, files) | files.chain.writers(person, london_instant(since, time(0)))),
        max([*levels, *(each.level for each in above)]),
        everyone({before.accepted_by}) if before else frozenset(),
        everyone(files.chain.linked(person)),
    )


def _candidate(person: str, files: ReviewFile) -> Candidate:
    is_senior = files.directory.role_of(person) == REVIEWER_ROLE
    return Candidate(person, files.level_of(person), is_senior)


def _nobody() -> Refusal:
    message = (
        "Nobody stands outside the chain of this request. Take it to the named contact of the Scottish Government. It "
        "stays open, and the Team still owes a reviewer."
    )
    return precondition("NO_REVIEWER", message, "reviewer")


def _change(
    name: parts.Name, etag: str, files: ReviewFile, move: Callable[[ReviewRequest], ReviewRequest]
) -> ReviewRequest:
    before = find(name, files)
    parts.check_etag(etag, before.etag)
    after = move(before)
    if after is not before:
        keep(after, files)
    return after


def keep(request: ReviewRequest, files: ReviewFile) -> None:
    """Store a request. The time to reply to its items stands still while it is open, and goes on after it (B5)."""
    files.requests.put(request)
    file = files.plan.file
    items = file.find_many([EvidenceId(each) for each in request.evidence_ids]).values()
    reply_times = ReplyTimes(files.plan.times_away, files.requests, files.reply_working_days)
    move_reply_times(items, reply_times, file, files.actor.now)
