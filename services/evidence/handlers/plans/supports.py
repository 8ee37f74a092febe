"""Supports of a development plan."""

import uuid
from collections.abc import Callable
from datetime import date

from services.evidence.adapters.plan_files import PlanFile
from services.evidence.domain.plans import life_of_a_support as life
from services.evidence.domain.plans import on_file
from services.evidence.domain.plans.support import Offer, Received, ReportedAnswer, Support, SupportAnswer
from services.evidence.domain.review_requests.request import Target, TargetKind
from services.evidence.handlers.plans import parts
from services.evidence.handlers.review_requests.frozen import check_not_under_review
from services.refusals import invalid, precondition


def offer(safeguarder_id: str, offered: Offer, said: ReportedAnswer | None, again: bool, files: PlanFile) -> Support:
    """Offer a support, or report one that was answered before (`said`). `again`: as in `create_need`.

    Raises:
        Refusal: FIELD_MISSING if it is for nothing; ACTION_ENDED; NOT_APPOINTED; SUPPORT_ON_FILE; and as `life.offer`,
            `life.report` and the checks of `parts` say.
    """
    parts.check_serves(safeguarder_id, files)
    supported, field = offered.supported, "supported"
    if not (supported.needs or supported.actions or supported.concerns):
        raise invalid("FIELD_MISSING", "supported is needed: name what the support is for.", field)
    parts.check_needs(supported.needs, safeguarder_id, files, field)
    for action_id in supported.actions:
        if not parts.find_action((safeguarder_id, action_id), files, field).is_live:
            raise precondition("ACTION_ENDED", "An action that is named has ended.", field)
    for concern_id in supported.concerns:
        parts.check_concern(concern_id, safeguarder_id, files, field)
    since = parts.spoken_of_from(() if said else supported.concerns, safeguarder_id, files)
    life.check_spoken_of(offered, since)
    support_id, by_whom = uuid.uuid4().hex, (files.actor, files.numbers)
    if said is None:
        support = life.offer(support_id, safeguarder_id, offered, *by_whom)
    else:
        support = life.report((safeguarder_id, support_id), offered, said, *by_whom)
    if not again:
        on_file.check_support(support, files.parts.of(Support, safeguarder_id))
    files.parts.put(support)
    return support


def answer(name: parts.Name, etag: str, given: SupportAnswer, words: str, files: PlanFile) -> Support:
    """Keep the Safeguarder's answer. Refuse as `life.answer` does."""

    def move(support: Support) -> Support:
        again_on = _asked_on(support, files) if given is SupportAnswer.NONE_GIVEN else []
        asked = life.Asked(parts.timed_support(support, files).answering, again_on)
        return life.answer(support, given, words, asked, files.actor, files.numbers)

    return _change(name, etag, files, move)


def _asked_on(support: Support, files: PlanFile) -> list[date]:
    """Return the days of the sessions that asked again. One whose record is disputed on that waits for the answer."""
    records = files.records.of(support.safeguarder_id)
    disputed = {record.session_id for record in records if support.name in record.unanswered}
    return files.packs.asked_on(support.safeguarder_id, support.name, without=disputed)


def promise(name: parts.Name, etag: str, day: date, because: str, files: PlanFile) -> Support:
    """Promise a later day. Refuse as `life.promise` does."""
    return _change(name, etag, files, lambda support: life.promise(support, day, because, files.actor, files.numbers))


def record(name: parts.Name, etag: str, said: life.Recorded, files: PlanFile) -> Support:
    """Keep what became of a support. Refuse as `life.record` does."""
    return _change(name, etag, files, lambda support: life.record(support, said, files.actor, files.numbers))


def confirm(name: parts.Name, etag: str, received: Received, words: str, files: PlanFile) -> Support:
    """Keep whether the Safeguarder received a support. Refuse as `life.confirm` does."""

    def move(support: Support) -> Support:
        denying = parts.timed_support(support, files).denying
        return life.confirm(support, received, words, denying, files.actor)

    return _change(name, etag, files, move)


def _change(name: parts.Name, etag: str, files: PlanFile, move: Callable[[Support], Support]) -> Support:
    """Store what a move makes of a support. Refuse UNDER_REVIEW for what others than the Safeguarder do meanwhile."""
    before = parts.find_support(name, files)
    parts.check_etag(etag, before.etag)
    after = move(before)
    if after is not before and not files.actor.is_safeguarder:
        check_not_under_review(name[0], Target(TargetKind.SUPPORT, name[1]), files.requests)
    if after is not before:
        files.parts.put(after)
    return after
