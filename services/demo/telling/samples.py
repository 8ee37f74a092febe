"""A round of sampling: drawn for everybody, one report read twice, and nothing to draw for one person.

After an interruption this can be repeated: it goes on from where each report stands.
"""

from typing import Any

from psmf.evidence.v1 import evidence_pb2
from psmf.evidence.v1 import report_samples_pb2 as pb

from services.client.client import Client
from services.demo.story.cast import AILSA, LACHLAN
from services.demo.story.values import Story
from services.demo.telling import wire

FIRST, SECOND = "report-reviewer-1", "report-reviewer-2"
ABOVE = evidence_pb2.LINE_RATING_ABOVE
WORDS = "The recommendation is reasoned throughout."
OTHERWISE = "The last of the three reasons stands there without what it rests on."
TOGETHER = "Reasoned throughout. The last reason could say what it rests on."
_STATES = pb.ReportSample


class Samples:
    """The round of this half year. The readings of one report differ on one line, and both readers reconcile them."""

    def __init__(self, story: Story, client: Client) -> None:
        self._story = story
        self._client = client

    def tell(self) -> None:
        """Draw for everybody, and tell of two people."""
        self._ask(wire.PANEL_TEAM, "CreateSampleRound")
        self._ask(wire.PANEL_TEAM, "DrawSamples", name="sampleRounds/-")
        without = self._of(LACHLAN)
        if without.state == _STATES.STATE_DUE:
            self._move(without, wire.PANEL_TEAM, "RecordObtained", reason=pb.NO_REPORT_REASON_NO_REPORT_DUE)
        self._read_twice()
        self._reconcile()
        self._share()

    def _read_twice(self) -> None:
        known = self._of(AILSA)
        if known.state == _STATES.STATE_SELECTED:
            known = self._move(known, wire.PANEL_TEAM, "RecordObtained")
        if not known.reader:
            known = self._move(known, wire.PANEL_TEAM, "AssignReading", reader=FIRST)
        if not known.second_reader:
            known = self._move(known, wire.PANEL_TEAM, "AssignReading", reader=SECOND, second=True)
        above, otherwise = _rating(), _rating(reasoned=evidence_pb2.LINE_RATING_AT)
        self._ask(FIRST, "RecordReading", FIRST, name=known.name, rating=above, words=WORDS)
        self._ask(SECOND, "RecordReading", SECOND, name=known.name, rating=otherwise, words=OTHERWISE)

    def _reconcile(self) -> None:
        known, rating = self._of(AILSA), _rating(reasoned=evidence_pb2.LINE_RATING_AT)
        if known.state == _STATES.STATE_SECOND_READ and not known.HasField("agreed"):
            known = self._move(known, FIRST, "ReconcileReadings", rating=rating, words=TOGETHER)
        if known.state == _STATES.STATE_SECOND_READ:
            self._move(known, SECOND, "ReconcileReadings", rating=rating)

    def _share(self) -> None:
        item, evidence = self._of(AILSA).evidence_item, self._client.evidence
        mapping = evidence_pb2.Mapping(standard="S4", indicator="S4.4", polarity=evidence_pb2.POLARITY_NEUTRAL)
        mapped = evidence_pb2.MapEvidenceItemRequest(name=item, mappings=[mapping], request_id=self._id("map"))
        self._client.call(wire.PANEL_TEAM, evidence.MapEvidenceItem, mapped)
        shared = evidence_pb2.ShareEvidenceItemRequest(name=item, request_id=self._id("share"))
        self._client.call(wire.PANEL_TEAM, evidence.ShareEvidenceItem, shared)

    def _of(self, name: str) -> pb.ReportSample:
        """Return the sampled report of a person as the Team sees it."""
        request = pb.ListReportSamplesRequest(parent=f"safeguarders/{self._story.named(name).safeguarder_id}")
        (found,) = self._client.call(
            wire.PANEL_TEAM, self._client.report_samples.ListReportSamples, request
        ).report_samples
        sample: pb.ReportSample = found
        return sample

    def _move(self, known: Any, person: str, method: str, **fields: Any) -> Any:
        return self._ask(person, method, known.name, known.etag, name=known.name, etag=known.etag, **fields)

    def _ask(self, person: str, method: str, *about: str, **fields: Any) -> Any:
        request = getattr(pb, f"{method}Request")(request_id=self._id(method, *about), **fields)
        return self._client.call(person, getattr(self._client.report_samples, method), request)

    def _id(self, *about: str) -> str:
        return wire.request_id(self._story, "sample", *about)


def _rating(**lines: Any) -> pb.Rating:
    above = dict.fromkeys(("on_time", "form", "clear", "reasoned", "justifiable"), ABOVE)
    return pb.Rating(**{**above, **lines}, child_views=evidence_pb2.YES_NO_YES)
