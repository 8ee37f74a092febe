"""What somebody needs to know before they record an item, as protobuf."""

from collections.abc import Iterable

from psmf.evidence.v1 import evidence_pb2 as pb

from services.child_screen import findings_in
from services.evidence.domain.senders import RecordingChoices
from services.evidence.domain.similar import Similar
from services.evidence.wire.items import put_item, source_words
from services.platform.calls.wire import from_word, numbers

_SIMILAR = pb.SimilarEvidenceItem


def choices_message(choices: RecordingChoices) -> pb.RecordingChoices:
    """Return what the caller may record, in the order of the contract."""
    sources, kinds = choices.sources or source_words(), {kind.value for kind in choices.kinds}
    return pb.RecordingChoices(
        sources=[number for word, number in numbers(pb.EvidenceSource).items() if word in sources],
        kinds=[number for word, number in numbers(pb.EvidenceKind).items() if word in kinds],
        may_read_against_standards=choices.may_read_against_standards,
    )


def similar_message(found: Iterable[Similar], *, with_held_words: bool) -> pb.FindSimilarEvidenceItemsResponse:
    """Return the items that resemble another."""
    answer = pb.FindSimilarEvidenceItemsResponse()
    for one in found:
        similar = answer.similar.add(likeness=[from_word(_SIMILAR.Likeness, word) for word in one.likeness])
        put_item(similar.evidence_item, one.item, with_held_words=with_held_words)
    return answer


def put_findings(item: pb.EvidenceItem, year: int) -> pb.EvidenceItem:
    """Return an item that was only checked, with what in its summary looks as if it names a child."""
    item.findings.extend(pb.Finding(sign=one.sign, words=one.words) for one in findings_in(item.summary, year))
    return item
