"""Commands on the record of a support session (R66-R78)."""

from collections.abc import Callable, Mapping, Sequence
from itertools import islice

from services.calendar_days import london_today
from services.evidence.adapters.session_files import SessionFile
from services.evidence.domain.plans.term_plan import may_be_shared
from services.evidence.domain.review_requests.request import Target, TargetKind
from services.evidence.domain.sessions import life_of_a_record as life
from services.evidence.domain.sessions.record import Author, Content, Dispute, SessionRecord, TimedRecord
from services.evidence.handlers import session_packs as packs
from services.evidence.handlers.review_requests.frozen import check_not_under_review
from services.refusals import conflict, precondition
from services.who import Who

Name = tuple[str, str]
"""The ids of the Safeguarder and of the session."""


def create(name: Name, content: Content, author: Author, files: SessionFile) -> SessionRecord:
    """Begin the record of a session that was held.

    Raises:
        Refusal: NOT_FOUND for an unknown session; SESSION_NOT_HELD; RECORD_EXISTS.
    """
    pack = packs.find_pack(*name, files)
    papers = packs.papers_of(pack, files)
    drafted = life.draft(packs.slot_of(pack, files), content, author, papers, files.now)
    if files.records.find(pack.session_id) is not None:
        message = "This session has a record already. Change the draft, or correct the record with a reason."
        raise precondition("RECORD_EXISTS", message, "parent")
    files.records.put(drafted)
    return drafted


def update(name: Name, etag: str, content: Content, author: Author, files: SessionFile) -> SessionRecord:
    """Change a draft. Refuse NOT_FOUND, ETAG_MISMATCH, and what `life.change` refuses."""
    papers = packs.papers_of(packs.find_pack(*name, files), files)
    return _change(name, etag, files, lambda record: life.change(record, content, author, papers, files.now))


def share(name: Name, etag: str, files: SessionFile) -> SessionRecord:
    """Share a draft with the Safeguarder. Its papers do not change any more.

    Raises:
        Refusal: NOT_FOUND; ETAG_MISMATCH; PLAN_NOT_FINAL; and as `life.share` says.
    """
    pack = packs.find_pack(*name, files)
    papers = packs.papers_of(pack, files)

    def move(record: SessionRecord) -> SessionRecord:
        after = life.share(record, papers, files.now, files.numbers)
        if after is not record and pack.number:
            _check_plan(record, files)
        return after

    shared = _change(name, etag, files, move)
    packs.use(pack, files)
    return shared


def _check_plan(record: SessionRecord, files: SessionFile) -> None:
    """Refuse PLAN_NOT_FINAL while the plan of the session's term is not final, and nobody has said why (R106).

    Every record closes by itself in the end, so this is asked before the Safeguarder's time to answer begins. An extra
    one-to-one is none of the sessions of a year, and needs no plan.
    """
    entry = files.people.find(record.safeguarder_id)
    term = entry.term_begun_by(record.held_on) if entry else None
    if term is not None and not may_be_shared(files.plans.history(record.safeguarder_id).plans, term.number):
        message = (
            "The development plan of this term is not final: both sides have not confirmed the same version. "
            "Confirm it, or say why it is not final, and share the record then."
        )
        raise precondition("PLAN_NOT_FINAL", message, "name", term=str(term.number))


def answer(name: Name, edition: int, disputes: Sequence[Dispute], files: SessionFile) -> SessionRecord:
    """Keep the Safeguarder's answer. Refuse what `life.answer` refuses."""
    return _change(name, "", files, lambda record: life.answer(record, edition, disputes, files.now, files.numbers))


def close(name: Name, etag: str, responses: Mapping[str, str], files: SessionFile) -> SessionRecord:
    """Close a disputed record. Refuse UNDER_REVIEW, NOT_FOUND, ETAG_MISMATCH, and what `life.close` refuses."""
    _check_not_under_review(name, files)
    return _change(name, etag, files, lambda record: life.close(record, responses, files.now))


def correct(name: Name, etag: str, changed: life.Correction, files: SessionFile) -> SessionRecord:
    """Share another text of a record. Refuse UNDER_REVIEW, NOT_FOUND, ETAG_MISMATCH, and as `life.correct` does."""
    _check_not_under_review(name, files)
    papers = packs.papers_of(packs.find_pack(*name, files), files)
    return _change(name, etag, files, lambda record: life.correct(record, changed, papers, files.now, files.numbers))


def withdraw(name: Name, by: Who, reason: str, files: SessionFile) -> SessionRecord:
    """Withdraw a record, or ask for it. Refuse UNDER_REVIEW, NOT_FOUND, and what `life.withdraw` refuses."""
    _check_not_under_review(name, files)
    return _change(name, "", files, lambda record: life.withdraw(record, by, reason, files.now))


def lapse_due(files: SessionFile, most: int) -> int:
    """Close records whose time to answer is over, and return how many. Nothing in them is taken as agreed."""
    due = over(files, most)
    for record, answering in due:
        files.records.put(life.lapse(record, answering, files.now))
    return len(due)


def over(files: SessionFile, most: int) -> list[TimedRecord]:
    """Return records whose time to answer is over, those that wait longest first. A review of one stops that time."""
    today = london_today(files.now)
    shared = (timed(record, files) for record in files.records.awaited(today))
    late = (one for one in shared if one.answering and one.answering.is_over(today))
    return list(islice((one for one in late if not _is_under_review(one.record, files)), most))


def timed(record: SessionRecord, files: SessionFile) -> TimedRecord:
    """Return a record with how the time to answer it stands today."""
    given = record.time_to_answer
    return TimedRecord(record, files.standings.of(given, london_today(files.now)) if given else None)


def find(name: Name, edition: int, sees_drafts: bool, files: SessionFile) -> SessionRecord:
    """Return the record of a session as it stands, or an earlier text of it.

    Raises:
        Refusal: NOT_FOUND, also for a session of somebody else, and for a draft unless the caller sees drafts.
    """
    safeguarder_id, session_id = name
    found = files.records.find(session_id, edition)
    if found is None or found.safeguarder_id != safeguarder_id or not (found.was_shared or sees_drafts):
        raise life.record_not_found()
    return found


def _is_under_review(record: SessionRecord, files: SessionFile) -> bool:
    return files.requests.is_open(record.safeguarder_id, Target(TargetKind.SESSION_RECORD, record.session_id))


def _check_not_under_review(name: Name, files: SessionFile) -> None:
    check_not_under_review(name[0], Target(TargetKind.SESSION_RECORD, name[1]), files.requests)


def _change(
    name: Name, etag: str, files: SessionFile, change: Callable[[SessionRecord], SessionRecord]
) -> SessionRecord:
    before = find(name, 0, sees_drafts=True, files=files)
    if etag and etag != before.etag:
        message = (
            f"The record has changed: you read version {etag[:20]}, and it is at {before.etag} now. Read it again."
        )
        raise conflict("ETAG_MISMATCH", message, "etag", read=etag[:20], current=before.etag)
    after = change(before)
    if after is not before:
        files.records.put(after)
    return after
