"""Commands on recommendations, and reading them."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.evidence.adapters.recommendations.files import RecommendationFile
from services.evidence.domain.recommendations import life, pack
from services.evidence.domain.recommendations.readiness import NotReady
from services.evidence.domain.recommendations.recommendation import (
    AFTER_SUBMISSION,
    Entry,
    Kind,
    Recommendation,
    Text,
)
from services.evidence.domain.review_requests.request import Target, TargetKind
from services.evidence.domain.safeguarder import Safeguarder, entered
from services.evidence.domain.time_away import AwayKind
from services.evidence.handlers.plans.parts import Name, check_concern, check_etag
from services.evidence.handlers.recommendations.grounds import concerns_of, grounds_of, lines_of, material_of
from services.evidence.handlers.review_requests.frozen import check_not_under_review
from services.refusals import Refusal, not_found, precondition


@dataclass(frozen=True, slots=True)
class Reader:
    """What the caller may see of recommendations."""

    drafts: bool
    """Also what was not shared yet. Else as the person saw it last."""
    submitted_only: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """How ready everything is, and the recommendations that the reader may see."""

    entry: Safeguarder
    lines: list[NotReady]
    recommendations: list[Recommendation]


def read_readiness(safeguarder_id: str, reader: Reader, file: RecommendationFile) -> Page:
    """Return how ready everything is for a person's reappointment. Refuse SAFEGUARDER_NOT_FOUND."""
    entry = _entry(safeguarder_id, file)
    found = file.kept.of(safeguarder_id, shown=not reader.drafts)
    return Page(entry, lines_of(entry, file), [each for each in found if _may_see(each, reader)])


@dataclass(frozen=True, slots=True)
class PackPage:
    """A recommendation with what its pack holds, the days of that by name, and what is not ready."""

    known: Recommendation
    entries: Sequence[Entry]
    days: Mapping[str, date]
    lines: list[NotReady]


def read_pack(name: Name, reader: Reader, file: RecommendationFile) -> PackPage:
    """Return a recommendation with its pack. Refuse RECOMMENDATION_NOT_FOUND."""
    found = file.kept.find(name[1], shown=not reader.drafts)
    if found is None or found.safeguarder_id != name[0] or not _may_see(found, reader):
        raise _none()
    entry = _entry(name[0], file)
    material = material_of(entry, file)
    held = found.pack.entries if found.pack else pack.gather(material)
    return PackPage(found, held, pack.days_of(material), lines_of(entry, file))


def create(safeguarder_id: str, kind: Kind, text: Text, file: RecommendationFile) -> Recommendation:
    """Draft a recommendation. Refuse as `life.check_text` and `life.draft` do, and for a concern that is not there."""
    _check_text(safeguarder_id, kind, text, file)
    ids = (uuid.uuid4().hex, safeguarder_id)
    drafted = life.draft(ids, kind, text, file.kept.of(safeguarder_id), file.actor)
    return _put(drafted, file)


def update(name: Name, etag: str, text: Text, file: RecommendationFile) -> Recommendation:
    """Draft a recommendation again. Refuse as `create` does, and UNDER_REVIEW."""

    def change(known: Recommendation) -> Recommendation:
        _check_not_under_review(known, file)
        _check_text(name[0], known.kind, text, file, known.text)
        return life.draft_again(known, text, file.actor)

    return _change(name, etag, file, change)


def check(name: Name, etag: str, file: RecommendationFile) -> Recommendation:
    """Check a draft. Refuse as `life.check` does."""
    return _change(name, etag, file, lambda known: life.check(known, _grounds(known, file), file.actor))


def share(name: Name, etag: str, file: RecommendationFile) -> Recommendation:
    """Share a recommendation, with its pack as it is now. Refuse as `life.share` does, and UNDER_REVIEW."""

    def change(known: Recommendation) -> Recommendation:
        _check_not_under_review(known, file)
        return life.share(known, _grounds(known, file), file.numbers.representation_days, file.actor)

    return _change(name, etag, file, change)


def represent(name: Name, etag: str, words: str, nothing_more: bool, file: RecommendationFile) -> Recommendation:
    """Keep what the person says of a recommendation. Refuse as `life.represent` does."""
    # They answer what they saw. What was not shared yet is not there for them.
    seen = file.kept.find(name[1], shown=True)
    if seen is None or seen.safeguarder_id != name[0]:
        raise _none()
    check_etag(etag, seen.etag)
    newest = _find(name, file)
    return _put(life.represent(newest, words, nothing_more, file.actor), file)


def approve(name: Name, etag: str, answers: Sequence[str], file: RecommendationFile) -> Recommendation:
    """Approve a recommendation as the second person. Refuse as `life.approve` does, and UNDER_REVIEW."""

    def change(known: Recommendation) -> Recommendation:
        _check_not_under_review(known, file)
        concerns = concerns_of(known.text, known.safeguarder_id, file)
        standing = file.plan.standings.of(known.time, file.actor.today) if known.time else None
        is_over = standing is not None and standing.is_over(file.actor.today)
        return life.approve(known, answers, concerns, _grounds(known, file), is_over, file.actor)

    return _change(name, etag, file, change)


def submit(name: Name, etag: str, with_open_reviews: bool, file: RecommendationFile) -> Recommendation:
    """Submit a recommendation to Ministers. Refuse as `life.submit` does."""

    def change(known: Recommendation) -> Recommendation:
        return life.submit(known, _grounds(known, file), file.actor, with_open_reviews=with_open_reviews)

    return _change(name, etag, file, change)


def withdraw(name: Name, etag: str, because: str, file: RecommendationFile) -> Recommendation:
    """Take a recommendation back. Refuse as `life.withdraw` does."""
    return _change(name, etag, file, lambda known: life.withdraw(known, because, file.actor))


def _check_not_under_review(known: Recommendation, file: RecommendationFile) -> None:
    """Refuse UNDER_REVIEW. A submission does not ask this: the end of a term waits for nobody, so it goes marked."""
    target = Target(TargetKind.RECOMMENDATION, known.recommendation_id)
    check_not_under_review(known.safeguarder_id, target, file.plan.requests)


def _check_text(
    safeguarder_id: str, kind: Kind, text: Text, file: RecommendationFile, before: Text | None = None
) -> None:
    """Check a text. `before`: the one that it replaces. A concern that it named is `life.check`'s to ask about."""
    entry, today = _entry(safeguarder_id, file), file.actor.today
    life.check_text(kind, text, entry, today, before)
    if kind is Kind.END_SUSPENSION and not _is_suspended(safeguarder_id, file):
        raise precondition("NOT_SUSPENDED", "The person is not suspended today.", "kind")
    named = before.concerns if before else ()
    for concern_id in (one for one in text.concerns if one not in named):
        check_concern(concern_id, safeguarder_id, file.plan, "text.concerns")


def _is_suspended(safeguarder_id: str, file: RecommendationFile) -> bool:
    today = file.actor.today
    return any(
        away.kind is AwayKind.SUSPENSION and not away.cancelled and away.starts_on <= today <= (away.ends_on or today)
        for away in file.plan.times_away.of(safeguarder_id)
    )


def _grounds(known: Recommendation, file: RecommendationFile) -> life.Grounds:
    return grounds_of(_entry(known.safeguarder_id, file), known, file)


def _entry(safeguarder_id: str, file: RecommendationFile) -> Safeguarder:
    return entered(file.plan.people.find(safeguarder_id))


def _may_see(found: Recommendation, reader: Reader) -> bool:
    return not reader.submitted_only or found.state in AFTER_SUBMISSION


def _change(
    name: Name, etag: str, file: RecommendationFile, move: Callable[[Recommendation], Recommendation]
) -> Recommendation:
    before = _find(name, file)
    check_etag(etag, before.etag)
    return _put(move(before), file)


def _find(name: Name, file: RecommendationFile) -> Recommendation:
    found = file.kept.find(name[1])
    if found is None or found.safeguarder_id != name[0]:
        raise _none()
    return found


def _put(recommendation: Recommendation, file: RecommendationFile) -> Recommendation:
    file.kept.put(recommendation)
    return recommendation


def _none() -> Refusal:
    return not_found("RECOMMENDATION_NOT_FOUND", "This person has no such recommendation.", "name")
