"""Commands on sampled reports, and reading them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from services.evidence.adapters.samples.files import SampleFile
from services.evidence.domain.deliveries import corrections_of
from services.evidence.domain.evidence_item import EvidenceId, EvidenceItem
from services.evidence.domain.report_sample import NoReportReason
from services.evidence.domain.samples import life
from services.evidence.domain.samples.agreement import Agreement, agreement
from services.evidence.domain.samples.awaited import awaited
from services.evidence.domain.samples.item import item_of
from services.evidence.domain.samples.sample import Rating, Sample
from services.evidence.domain.samples.seen import Looker, Seen, seen_by
from services.evidence.handlers.plans.parts import Name, check_etag
from services.platform.calls.relations import Listed
from services.refusals import Refusal, not_found


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks."""

    person: str
    looker: Looker
    is_senior: bool = False


def find(name: Name, caller: Caller, files: SampleFile) -> Seen:
    """Return a sample as the caller sees it. Refuse SAMPLE_NOT_FOUND."""
    return _seen(_find(name, files), caller, files)


def page(
    people: Listed, round_id: str, after: tuple[str, str] | None, most: int, caller: Caller, files: SampleFile
) -> list[Seen]:
    """Return samples after a place in the list, as the caller sees them. A reader sees theirs alone."""
    reader = caller.person if caller.looker is Looker.READER else ""
    found = files.kept.page(people, (round_id, reader), after, most)
    items = _items(found, files)
    shared = {each.sample_id: _is_shared(items.get(each.evidence_id), files) for each in found}
    seen = (seen_by(each, caller.looker, caller.person, shared[each.sample_id]) for each in found)
    return [each for each in seen if each]


def obtained(name: Name, etag: str, reason: NoReportReason | None, caller: Caller, files: SampleFile) -> Seen:
    """Record that a report is there, or with a reason that it cannot be had. Refuse as `life` does."""

    def move(known: Sample) -> Sample:
        check_etag(etag, known.etag)
        return life.not_available(known, reason, files.actor) if reason else life.obtain(known, files.actor)

    return _change(name, caller, files, move)


def assign(name: Name, etag: str, to: tuple[str, bool], caller: Caller, files: SampleFile) -> Seen:
    """Give a report to a reader. `to`: who, and whether it is the second reading. Refuse as `life.assign` does."""

    def move(known: Sample) -> Sample:
        check_etag(etag, known.etag)
        return life.assign(known, *to, files.readers_of(known.safeguarder_id), files.actor)

    return _change(name, caller, files, move)


def read(name: Name, rating: Rating, words: str, caller: Caller, files: SampleFile) -> Seen:
    """Record the caller's reading. Refuse as `life.read` does, and SAMPLE_NOT_FOUND to whom it was not given.

    Readers do not wait for one another, so it has no etag.
    """
    return _change(name, caller, files, lambda known: life.read(known, rating, words, files.actor))


def end_wait(name: Name, etag: str, caller: Caller, files: SampleFile) -> Seen:
    """End the wait for a reading that did not come. Refuse as `life.end_wait` does."""

    def move(known: Sample) -> Sample:
        check_etag(etag, known.etag)
        return life.end_wait(known, awaited(known, files.numbers), files.actor)

    return _change(name, caller, files, move)


def reconcile(name: Name, etag: str, said: tuple[Rating, str], caller: Caller, files: SampleFile) -> Seen:
    """Record one reading for two that differ. Refuse as `life.reconcile` does."""

    def move(known: Sample) -> Sample:
        check_etag(etag, known.etag)
        return life.reconcile(known, *said, caller.is_senior, files.actor)

    return _change(name, caller, files, move)


def agreed(round_id: str, files: SampleFile) -> list[Agreement]:
    """Return how far readers agree; in one round, unless `round_id` is empty."""
    return agreement(files.kept.read_twice(round_id), files.numbers.agreement_least_pairs)


def _change(name: Name, caller: Caller, files: SampleFile, move: Callable[[Sample], Sample]) -> Seen:
    known = _find(name, files)
    _seen(known, caller, files)
    moved = _with_item(move(known), files)
    files.kept.put(moved)
    return _seen(moved, caller, files)


def _with_item(sample: Sample, files: SampleFile) -> Sample:
    """Record the item that a sample makes, once its reading stands. About a former member nothing is recorded."""
    item, entry = item_of(sample, files.actor), files.people.find(sample.safeguarder_id)
    if item is None or entry is None or not entry.serves_on(files.actor.today):
        return sample
    files.file.record([item])
    return replace(sample, evidence_id=item.evidence_id)


def _seen(sample: Sample, caller: Caller, files: SampleFile) -> Seen:
    item = _items([sample], files).get(sample.evidence_id)
    seen = seen_by(sample, caller.looker, caller.person, _is_shared(item, files))
    if seen is None:
        raise _none()
    return seen


def _items(samples: Iterable[Sample], files: SampleFile) -> dict[str, EvidenceItem]:
    ids = [EvidenceId(sample.evidence_id) for sample in samples if sample.evidence_id]
    return files.file.find_many(ids) if ids else {}


def _is_shared(item: EvidenceItem | None, files: SampleFile) -> bool:
    """Return whether the person was shown an item, or one that corrects it."""
    if item is None:
        return False
    return any(each.content.shared_on for each in (item, *corrections_of([item], files.file.find_many)))


def _find(name: Name, files: SampleFile) -> Sample:
    found = files.kept.find(name[1])
    if found is None or found.safeguarder_id != name[0]:
        raise _none()
    return found


def _none() -> Refusal:
    return not_found("SAMPLE_NOT_FOUND", "You see no such sampled report.", "name")
