"""Rounds of sampling and sampled reports in the database, in the current transaction. Every version is kept."""

from collections.abc import Iterator

from pydantic import TypeAdapter
from sqlalchemy import Connection, and_, or_, select

from services.evidence.adapters.tables import report_sample, sample_round
from services.evidence.domain.samples.awaited import awaited
from services.evidence.domain.samples.sample import Round, Sample, SampleNumbers, State
from services.evidence.wire.samples import sample_event
from services.platform.calls.relations import Listed
from services.platform.events.outbox import add_events
from services.platform.storage.database import execute, insert_sql, to_micros
from services.platform.telemetry.traces import traceparent

_ROUND, _SAMPLE = TypeAdapter(Round), TypeAdapter(Sample)
_ADD_ROUND = insert_sql(sample_round) + " ON CONFLICT DO NOTHING"
_ADD = insert_sql(report_sample)
_NOT_NEWEST = "UPDATE report_sample SET is_newest = false WHERE sample_id = ? AND is_newest"


class SqlSamples:
    """Rounds by id, and samples by id, by person and by round."""

    def __init__(self, connection: Connection, numbers: SampleNumbers) -> None:
        self._connection = connection
        self._numbers = numbers

    def find_round(self, round_id: str) -> Round | None:
        """Return a round, or None."""
        row = execute(self._connection, "SELECT body FROM sample_round WHERE round_id = ?", (round_id,)).fetchone()
        return _ROUND.validate_json(row[0]) if row else None

    def last_round(self) -> Round | None:
        """Return the last round, or None."""
        row = execute(self._connection, "SELECT body FROM sample_round ORDER BY round_id DESC LIMIT 1", ()).fetchone()
        return _ROUND.validate_json(row[0]) if row else None

    def add_round(self, known: Round) -> None:
        """Store a round. If there is one of this half year, it stays."""
        execute(self._connection, _ADD_ROUND, (known.round_id, _ROUND.dump_json(known).decode()))

    def find(self, sample_id: str) -> Sample | None:
        """Return a sample as it stands, or None."""
        statement = "SELECT body FROM report_sample WHERE sample_id = ? AND is_newest"
        row = execute(self._connection, statement, (sample_id,)).fetchone()
        return _SAMPLE.validate_json(row[0]) if row else None

    def of(self, safeguarder_id: str) -> list[Sample]:
        """Return a person's samples as they stand."""
        statement = "SELECT body FROM report_sample WHERE safeguarder_id = ? AND is_newest"
        return [_SAMPLE.validate_json(body) for (body,) in execute(self._connection, statement, (safeguarder_id,))]

    def states_of(self, round_id: str) -> dict[str, State]:
        """Return where the sample of each person in a round stands."""
        statement = "SELECT safeguarder_id, state FROM report_sample WHERE round_id = ? AND is_newest"
        return {person: State(state) for person, state in execute(self._connection, statement, (round_id,))}

    def read_twice(self, round_id: str) -> Iterator[Sample]:
        """Yield the samples with a second reader; of one round, unless `round_id` is empty."""
        statement = "SELECT body FROM report_sample WHERE is_newest AND second_reader <> ''"
        of_round = (" AND round_id = ?", (round_id,)) if round_id else ("", ())
        for (body,) in execute(self._connection, statement + of_round[0], of_round[1]):
            yield _SAMPLE.validate_json(body)

    def page(self, people: Listed, which: tuple[str, str], after: tuple[str, str] | None, most: int) -> list[Sample]:
        """Return samples after a place in the list, in order of person and round.

        `which`: a round and a reader, each empty for any.
        """
        sample, (round_id, reader) = report_sample.c, which
        conditions = [sample.is_newest, *people.limits(sample.safeguarder_id)]
        if after is not None:
            person, last = after
            later = and_(sample.safeguarder_id == person, sample.round_id > last)
            conditions.append(or_(sample.safeguarder_id > person, later))
        if round_id:
            conditions.append(sample.round_id == round_id)
        if reader:
            conditions.append(or_(sample.reader == reader, sample.second_reader == reader))
        query = select(sample.body).where(*conditions).order_by(sample.safeguarder_id, sample.round_id).limit(most)
        return [_SAMPLE.validate_json(body) for body in self._connection.execute(query).scalars()]

    def put(self, sample: Sample) -> None:
        """Store a version of a sample, and publish it."""
        execute(self._connection, _NOT_NEWEST, (sample.sample_id,))
        ids = (sample.sample_id, sample.version, sample.safeguarder_id, sample.round_id)
        stands = (sample.state.value, sample.reader, sample.second_reader, to_micros(sample.recorded_at), True)
        execute(self._connection, _ADD, (*ids, *stands, _SAMPLE.dump_json(sample).decode()))
        event = (sample.safeguarder_id, sample_event(sample, awaited(sample, self._numbers)))
        add_events(self._connection, [event], sample.recorded_at, traceparent())
