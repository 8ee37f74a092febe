"""The tables of the rules service. Every change here needs a migration."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, String, Table, Text, false

from services.platform.calls.commands import command_tables
from services.platform.calls.relations import relation_tables
from services.platform.events.inbox_tables import inbox_tables
from services.platform.events.outbox import outbox_table
from services.platform.kafka.relay import relay_table
from services.platform.storage.counters import counter_table
from services.platform.storage.database import partial_index
from services.platform.storage.origin import origin_table

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_name)s", "uq": "uq_%(table_name)s_%(column_0_name)s"}
)
outbox = outbox_table(metadata)
inbox_tables(metadata)
relay_table(metadata)
origin_table(metadata)
command_tables(metadata)
relation_tables(metadata)
counter_table(metadata)

person = Table(
    "person",
    metadata,
    Column("safeguarder_id", String(40), primary_key=True),
    Column("appointed_on", String(10), nullable=False),
    Column("term_starts_on", String(10), nullable=False),
    Column("term_ends_on", String(10), nullable=False),
    Column("serving", Boolean, nullable=False),
    Column(
        "changes",
        Integer,
        nullable=False,
        server_default="0",
        comment="rises with each change of what an evaluation looks at; the database counts",
    ),
)

fact = Table(
    "fact",
    metadata,
    Column("evidence_id", String(36), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("safeguarder_id", String(40), nullable=False, index=True),
    Column("origin", String(20), nullable=False, comment="the service whose event it came in"),
    Column("evaluated", Boolean, nullable=False),
    Column("body", Text, nullable=False, comment="JSON of the fact"),
    partial_index("fact_not_evaluated", "safeguarder_id", where="NOT evaluated"),
    comment="every version of every item, never deleted",
)

team_duty = Table(
    "team_duty",
    metadata,
    Column("duty_id", String(36), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("safeguarder_id", String(40), nullable=False, index=True),
    Column("evaluated", Boolean, nullable=False),
    Column("body", Text, nullable=False, comment="JSON of the duty"),
    partial_index("team_duty_not_evaluated", "safeguarder_id", where="NOT evaluated"),
    comment="every version of what the Team and support managers owe in a person's record, never deleted",
)

review_request = Table(
    "review_request",
    metadata,
    Column("review_id", String(36), primary_key=True),
    Column("safeguarder_id", String(40), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("body", Text, nullable=False, comment="JSON of the request, without words"),
    comment="the newest version of each review request, as evidence tells it",
)

overlay = Table(
    "overlay",
    metadata,
    Column("overlay_id", String(36), primary_key=True),
    Column("safeguarder_id", String(40), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("body", Text, nullable=False, comment="JSON of the overlay"),
    comment="the newest version of each suspension, as evidence tells it",
)

evaluation_request = Table(
    "evaluation_request",
    metadata,
    Column("safeguarder_id", String(40), primary_key=True),
    Column("number", Integer, nullable=False, comment="rises with each new reason to evaluate"),
    Column("tries", Integer, nullable=False),
    Column("not_before", BigInteger, nullable=False),
    Column("traceparent", String(64), nullable=False),
    Column(
        "evidence_recorded_at",
        BigInteger,
        nullable=False,
        server_default="0",
        comment="when the earliest evidence that waits was recorded; 0 when none set it off",
    ),
    Column("claimed_by", String(60), nullable=False, server_default="", comment="the copy that evaluates"),
    Column("claimed_until", BigInteger, nullable=False, server_default="0"),
    # Written by copies of the release before. Nothing reads it: see last_evaluation.
    Column(
        "instead_of",
        String(64),
        nullable=False,
        server_default="",
        comment="rulebook of the evaluation before, where another has come into force since",
    ),
    Column("urgency", Integer, nullable=False, server_default="1", comment="0 safety, 1 evidence, 2 everybody's turn"),
    Column("held", String(40), nullable=False, server_default="", comment="why the last try failed; empty if none did"),
    Index("evaluation_request_next", "urgency", "evidence_recorded_at", "safeguarder_id"),
    partial_index("evaluation_request_held", "safeguarder_id", where="held <> ''"),
    partial_index("evaluation_request_oldest", "evidence_recorded_at", where="evidence_recorded_at > 0"),
)

last_evaluation = Table(
    "last_evaluation",
    metadata,
    Column("safeguarder_id", String(40), primary_key=True),
    Column("rulebook_hash", String(64), nullable=False),
    Column("as_of", String(10), nullable=False),
    Column("holds_until", String(10), nullable=True, comment="last day on which its answers hold; null if not known"),
    Column("changes", Integer, nullable=True, comment="the person's number of changes when it looked"),
    Column("made_with", String(64), nullable=True, comment="hash of the rulebook and the programs that made it"),
    comment="the rules of each person's last evaluation, with which the next one is compared",
)

evaluation = Table(
    "evaluation",
    metadata,
    Column("evaluation_id", String(36), primary_key=True),
    Column("safeguarder_id", String(40), nullable=False),
    Column("number", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("record", LargeBinary, nullable=False, comment="the decision record: canonical JSON"),
    Column("same_as", String(36), nullable=False, server_default="", comment="the whole record that a short one names"),
    Column("essence", String(64), nullable=False, server_default="", comment="hash of all that matters in it"),
    Column("packed", Boolean, nullable=False, server_default=false(), comment="whether the record is compressed"),
    Column("inputs", String(64), nullable=False, server_default="", comment="hash of what it follows from"),
    Column("stands_on", String(36), nullable=False, server_default="", comment="the record that a difference needs"),
    Index("evaluation_of_person", "safeguarder_id", "number", unique=True),
)

trial_answer = Table(
    "trial_answer",
    metadata,
    Column("safeguarder_id", String(40), primary_key=True),
    Column("rule", String(60), primary_key=True),
    Column("terms", String(64), primary_key=True, comment="hash of what its answer follows from"),
    Column("subject", String(20), primary_key=True),
    Column("answer", String(30), nullable=False),
    Column("answered_on", String(10), nullable=False, comment="since when it has answered so"),
    Column("raised_on", String(10), nullable=True, comment="when it would first have been raised"),
    Column("asked_on", String(10), nullable=False, comment="when it was first asked"),
    Column("evaluation_id", String(36), nullable=False, comment="in which the answer changed last"),
    Index("trial_answer_of_rule", "rule", "terms"),
    comment="what rules on trial answer: it has no effect, and is no part of a decision record",
)


def _concern_columns(*, each_version: bool) -> list[Column[Any]]:
    """Return the columns of a concern as it is now, or of each of its versions."""
    return [
        Column("concern_id", String(36), primary_key=True),
        Column("safeguarder_id", String(40), nullable=False),
        Column("rule", String(60), nullable=False),
        Column("subject", String(20), nullable=False),
        Column("urgency", Integer, nullable=False, comment="0 is the most urgent lane"),
        Column("is_open", Boolean, nullable=False),
        Column("state", String(30), nullable=False),
        Column("closing_proposed", Boolean, nullable=False),
        Column("answer", Text, nullable=False, comment="JSON of what the rule answered, with why"),
        Column("evaluation_id", String(36), nullable=False),
        Column("rulebook_hash", String(64), nullable=False),
        Column("as_of", String(10), nullable=False),
        Column("raised_at", BigInteger, nullable=False),
        Column("owner", String(64), nullable=False),
        Column("next_on", String(10), nullable=True),
        Column("reason", String(40), nullable=True),
        Column("version", Integer, primary_key=each_version, nullable=False),
        Column("course", Text, nullable=True, comment="JSON of what people have done about it; null for nothing"),
        Column("ended_at", BigInteger, nullable=True),
        Column(
            "quiet",
            Boolean,
            nullable=False,
            server_default=false(),
            comment="a change of the rulebook alone set it off",
        ),
        Column(
            "whole_course", Text, nullable=True, comment="the course with what the release before would leave out of it"
        ),
    ]


concern = Table(
    "concern",
    metadata,
    *_concern_columns(each_version=False),
    Index("concern_of_person", "safeguarder_id", "raised_at"),
    partial_index("concern_one_open", "safeguarder_id", "rule", "subject", where="is_open", unique=True),
    Index("concern_by_urgency", "urgency", "raised_at", "concern_id"),
)

concern_version = Table(
    "concern_version",
    metadata,
    *_concern_columns(each_version=True),
    Column("kept_at", BigInteger, nullable=False, comment="from when it stood like this"),
    Index("concern_version_of_person", "safeguarder_id", "kept_at"),
    comment="every concern as it stood after each change, never changed",
)

concern_move = Table(
    "concern_move",
    metadata,
    Column("concern_id", String(36), primary_key=True),
    Column("number", Integer, primary_key=True, comment="the version of the concern that the move made"),
    Column("move", String(30), nullable=False),
    Column("person", String(64), nullable=False, comment="who made it: opaque id"),
    Column("made_at", BigInteger, nullable=False),
    Column("from_state", String(30), nullable=False),
    Column("to_state", String(30), nullable=False),
    Column("word", String(120), nullable=False, comment="words of closed lists"),
    comment="every move of people, never changed",
)

alert_act = Table(
    "alert_act",
    metadata,
    Column("concern_id", String(36), primary_key=True),
    Column("acted_at", BigInteger, nullable=False, comment="the latest act on its alert that the concern has answered"),
)

rule_override = Table(
    "rule_override",
    metadata,
    Column("override_id", String(36), primary_key=True),
    Column("safeguarder_id", String(40), nullable=False),
    Column("rule", String(60), nullable=False),
    Column("subject", String(20), nullable=False),
    Column("starts_on", String(10), nullable=False),
    Column("ends_on", String(10), nullable=False, comment="the last day it holds"),
    Column("author", String(64), nullable=False, comment="opaque id"),
    Column("reason", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger, nullable=True, comment="when somebody ended it before its time"),
    Column("ended_by", String(64), nullable=False, comment="opaque id; empty if nobody did"),
    Index("rule_override_of_person", "safeguarder_id"),
    Index("rule_override_by_end", "ends_on", "override_id"),
    comment="decisions to set aside what a rule says of a person, never deleted",
)

rulebook = Table(
    "rulebook",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("loaded_at", BigInteger, nullable=False),
    Column("files", Text, nullable=False, comment="JSON: text of each file, to go on with if the folder breaks"),
)

rulebook_revision = Table(
    "rulebook_revision",
    metadata,
    Column("content_hash", String(64), primary_key=True),
    Column("author", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Index("rulebook_revision_by_age", "created_at", "content_hash"),
    comment="its files are in rulebook, with loaded_at 0 until it comes into force",
)

rulebook_approval = Table(
    "rulebook_approval",
    metadata,
    Column("content_hash", String(64), primary_key=True),
    Column("approver", String(64), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("approved_at", BigInteger, nullable=False),
    Column("whatif_report_hash", String(64), nullable=False),
    Column("cover_report_hash", String(64), nullable=False),
    Column("signature", Text, nullable=False, comment="JWS over all of it, by a key of the service"),
)

rulebook_return = Table(
    "rulebook_return",
    metadata,
    Column("content_hash", String(64), primary_key=True),
    Column("returned_at", BigInteger, primary_key=True, autoincrement=False),
    Column("person", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("answered_by", String(64), nullable=False, comment="who submitted it again; empty while nobody has"),
    Column("answer", Text, nullable=False),
    Column("answered_at", BigInteger, nullable=True),
    comment="drafts that were sent back; there is one unanswered at most for each",
)
rulebook_activation = Table(
    "rulebook_activation",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content_hash", String(64), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("person", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("effective_at", BigInteger, nullable=False),
    Column("in_force_at", BigInteger, comment="empty until it came into force"),
    Column("refused", Text, nullable=False, comment="why it did not when its time came"),
    Column("taken_back", Boolean, nullable=False, comment="another took its place before its time"),
    Column("signature", Text, comment="JWS over the row, its files and approvals, and the link before"),
    comment="what came into force in this order, never deleted",
)

rulebook_chain = Table(
    "rulebook_chain",
    metadata,
    Column("part", String(10), primary_key=True, comment="end: what follows is signed; to_adopt: nothing was signed"),
    Column("value", Text, nullable=False, comment="JWS over the last activation; empty for to_adopt"),
    comment="the signed end of the activations, without which the last could be taken away unseen",
)

edition_published = Table(
    "edition_published",
    metadata,
    Column("edition", String(20), primary_key=True),
    Column("content", String(64), primary_key=True, comment="hash of what was published"),
)

shadow = Table(
    "shadow",
    metadata,
    Column("name", String(40), primary_key=True),
    comment="a row in the database of a shadow, so that the service never takes it for its own",
)

daily_run = Table("daily_run", metadata, Column("day", String(10), primary_key=True))

simulation = Table(
    "simulation",
    metadata,
    Column("simulation_id", String(36), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("asked", Text, nullable=False, comment="JSON of what to run"),
    Column("rulebook_hash", String(64), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False, index=True),
    Column("done", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("result", Text, nullable=True, comment="JSON of what was found; opaque ids only"),
    Column("problem", String(200), nullable=False),
    Column(
        "seen_at", BigInteger, nullable=False, comment="when the copy that runs it last said so; 0 while nobody does"
    ),
    Column("person", String(64), nullable=True, comment="who asked for it; null for the nightly replay"),
    Column("candidate_hash", String(64), nullable=True, comment="rulebook that a what-if tries"),
    Index("simulation_by_age", "created_at", "simulation_id"),
    Index("simulation_by_candidate", "candidate_hash", "created_at", "simulation_id"),
    comment="runs over history; deleted when they expire",
)

kpi_fact = Table(
    "kpi_fact",
    metadata,
    Column("fact_id", String(80), primary_key=True, comment="the event it came in, and its number within it"),
    Column("about", String(10), nullable=False, comment="what kind of fact"),
    Column("safeguarder_id", String(40), nullable=False),
    Column("subject", String(36), nullable=False, comment="the obligation of a duty and of each step"),
    Column("day", String(10), nullable=False, comment="by which a period finds it; empty for a step: by its duty"),
    Column("recorded_at", BigInteger, nullable=False),
    Column("body", Text, nullable=False, comment="JSON of the fact"),
    Index("kpi_fact_of_period", "about", "day"),
    Index("kpi_fact_of_subject", "subject"),
    comment="what KPIs are worked out from beside evidence, never deleted",
)

kpi_pack = Table(
    "kpi_pack",
    metadata,
    Column("quarter", String(10), primary_key=True),
    Column("frozen_at", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False, comment="the report: canonical JSON"),
    comment="quarterly packs, never changed",
)
