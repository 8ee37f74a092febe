"""Tables of the evidence service. Every change here needs a migration."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, String, Table, Text, false

from services.evidence.adapters.feedback.tables import feedback_tables
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
feedback_link, feedback_session, feedback_giver = feedback_tables(metadata)

safeguarder = Table(
    "safeguarder",
    metadata,
    Column("safeguarder_id", String(40), primary_key=True),
    Column("display_name", String(120), nullable=False),
    Column("areas", Text, nullable=False, comment="JSON list of area ids"),
    Column("state", String(20), nullable=False),
    Column("terms", Text, nullable=False, comment="JSON list of terms"),
    Column("demo", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
    Column("panel_number", String(40), nullable=True, comment="by which other bodies know the person"),
    Column("end_to_tell_on", String(10), nullable=True, comment="last day of a membership whose end is not told yet"),
    Index("safeguarder_by_number", "panel_number", unique=True),
    partial_index("safeguarder_end_to_tell", "end_to_tell_on", where="end_to_tell_on IS NOT NULL"),
)

ministerial_decision = Table(
    "ministerial_decision",
    metadata,
    Column("safeguarder_id", String(40), primary_key=True),
    Column("version", Integer, primary_key=True, comment="of the register's entry it led to"),
    Column("recorded_at", BigInteger, nullable=False),
    Column("body", Text, nullable=False, comment="JSON of the decision, with its basis and who made it"),
)

decision_correction = Table(
    "decision_correction",
    metadata,
    Column("safeguarder_id", String(40), primary_key=True),
    Column("decision", Integer, primary_key=True, comment="version of the decision in ministerial_decision"),
    Column("number", Integer, primary_key=True, comment="of the correction within the decision, from 1"),
    Column("body", Text, nullable=False, comment="JSON of the correction: what it says, why, and who did what when"),
    comment="corrections of recorded decisions of Ministers, each as it stands",
)

recommendation = Table(
    "recommendation",
    metadata,
    Column("concern_id", String(64), primary_key=True),
    Column("safeguarder_id", String(40), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("made_by", String(64), nullable=False, comment="empty if a release before did not say"),
    comment="the Team's recommendations that stand, from the events of rules",
)

time_away = Table(
    "time_away",
    metadata,
    Column("time_away_id", String(36), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("safeguarder_id", String(40), nullable=False, index=True),
    Column("recorded_at", BigInteger, nullable=False),
    Column("body", Text, nullable=False, comment="JSON of the time away, with who recorded it"),
    comment="leave and suspension, every version",
)

overlay = Table(
    "overlay",
    metadata,
    Column("overlay_id", String(36), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("safeguarder_id", String(40), nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("is_newest", Boolean, nullable=False),
    Column("is_open", Boolean, nullable=False, comment="the newest version, and in force"),
    Column("body", Text, nullable=False, comment="JSON of the overlay: days, and words of closed lists"),
    Index("overlay_of_person", "safeguarder_id"),
    partial_index("overlay_open", "overlay_id", where="is_open"),
    comment="suspensions with their policy, notice and reviews, every version",
)

session_slot = Table(
    "session_slot",
    metadata,
    Column("session_id", String(64), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("body", Text, nullable=False, comment="JSON of the session, as scheduling published it"),
    comment="support sessions, every version",
)

session_pack = Table(
    "session_pack",
    metadata,
    Column("session_id", String(64), primary_key=True),
    Column("safeguarder_id", String(40), nullable=False, index=True),
    Column("state", String(10), nullable=False),
    Column("freezes_at", BigInteger, nullable=True),
    Column("body", Text, nullable=False, comment="JSON of the papers: names and versions"),
    partial_index("session_pack_to_freeze", "freezes_at", where="state = 'growing'"),
    partial_index("session_pack_frozen", "freezes_at", where="state = 'frozen'"),
    comment="the papers of support sessions",
)

session_late_items = Table(
    "session_late_items",
    metadata,
    Column("session_id", String(64), primary_key=True),
    Column("safeguarder_id", String(40), nullable=False, index=True),
    Column("body", Text, nullable=False, comment="JSON of the late items: ids, versions, and who did what when"),
    comment="what was shared too late for the papers of support sessions, and offered beside them",
)

own_item = Table(
    "own_item",
    metadata,
    Column("item_id", String(36), primary_key=True),
    Column("session_id", String(64), nullable=False, comment="for which it was added first"),
    Column("safeguarder_id", String(40), nullable=False, index=True),
    Column("added_at", BigInteger, nullable=False),
    Column("words", Text, nullable=False),
    comment="what Safeguarders want to speak of at a session",
)

session_record = Table(
    "session_record",
    metadata,
    Column("session_id", String(64), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("safeguarder_id", String(40), nullable=False, index=True),
    Column("edition", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("answer_due_on", String(10), nullable=True),
    Column("recorded_at", BigInteger, nullable=False),
    Column("is_newest", Boolean, nullable=False),
    Column("body", Text, nullable=False, comment="JSON of the record, both sides' words"),
    partial_index("session_record_awaited", "answer_due_on", where="is_newest AND state = 'shared'"),
    comment="the records of support sessions, every version",
)

plan_part = Table(
    "plan_part",
    metadata,
    Column("part_id", String(36), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("safeguarder_id", String(40), nullable=False),
    Column("kind", String(10), nullable=False, comment="strength, need, action or support"),
    Column("recorded_at", BigInteger, nullable=False),
    Column("is_newest", Boolean, nullable=False),
    Column("body", Text, nullable=False, comment="JSON of the part, both sides' words"),
    Index("plan_part_of_person", "safeguarder_id", "kind"),
    partial_index("plan_part_support", "recorded_at", where="kind = 'support' AND is_newest"),
    comment="strengths, needs, actions and supports, every version",
)

term_plan = Table(
    "term_plan",
    metadata,
    Column("safeguarder_id", String(40), primary_key=True),
    Column("term", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("recorded_at", BigInteger, nullable=False),
    Column("body", Text, nullable=False, comment="JSON of the plan: reasons, its newest version, who confirmed it"),
    comment="plans of terms, every change",
)

known_concern = Table(
    "known_concern",
    metadata,
    Column("concern_id", String(64), primary_key=True),
    Column("safeguarder_id", String(40), nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("lane", String(20), nullable=False, server_default="", comment="empty until an event says it"),
    Column("is_held", Boolean, nullable=False, server_default=false()),
    Column("merged_into", String(64), nullable=False, server_default="", comment="the concern that it goes on as"),
    Column("reopened_on", String(10), nullable=False, server_default="", comment="empty if it never was"),
    Column("owner", String(64), nullable=False, server_default="", comment="who has taken it on; empty for nobody"),
    Column("escalated_by", String(64), nullable=False, server_default="", comment="empty if nobody did"),
    Column("raised_on", String(10), nullable=False, server_default="", comment="empty if a release before heard it"),
    Column("said", Text, nullable=True, comment="JSON of what it is about; null until an event of rules says it"),
    Index("known_concern_of_person", "safeguarder_id"),
    comment="concerns and whether they are open, from the events of rules",
)

approach_change = Table(
    "approach_change",
    metadata,
    Column("change_id", String(36), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("safeguarder_id", String(40), nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("is_newest", Boolean, nullable=False),
    Column("body", Text, nullable=False, comment="JSON of the change, with what is expected and why"),
    Index("approach_change_of_person", "safeguarder_id"),
    comment="changes of the approach to concerns, every version",
)

review_request = Table(
    "review_request",
    metadata,
    Column("review_id", String(36), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("safeguarder_id", String(40), nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("is_newest", Boolean, nullable=False),
    Column("body", Text, nullable=False, comment="JSON of the request, with both sides' words"),
    Column("up_on", String(10), comment="it goes up a level after this day; empty once it has ended"),
    Index("review_request_of_person", "safeguarder_id"),
    Index("review_request_up", "up_on"),
    comment="requests that somebody else looks at something, every version",
)

known_manager = Table(
    "known_manager",
    metadata,
    Column("safeguarder_id", String(40), primary_key=True),
    Column("person", String(64), primary_key=True),
    Column("until_on", String(10), nullable=False, server_default="", comment="empty while they support the person"),
    comment="support managers of Safeguarders since this is kept, from the events of scheduling",
)

team_recommendation = Table(
    "team_recommendation",
    metadata,
    Column("recommendation_id", String(36), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("safeguarder_id", String(40), nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("is_newest", Boolean, nullable=False),
    Column("is_shown", Boolean, nullable=False, comment="the person sees this version"),
    Column("body", Text, nullable=False, comment="JSON of the recommendation, its pack and both sides' words"),
    Index("team_recommendation_of_person", "safeguarder_id"),
    comment="what the Team recommends about memberships, every version",
)

sample_round = Table(
    "sample_round",
    metadata,
    Column("round_id", String(10), primary_key=True),
    Column("body", Text, nullable=False, comment="JSON of the round, with its seed"),
    comment="rounds of sampling, each half a contract year",
)

report_sample = Table(
    "report_sample",
    metadata,
    Column("sample_id", String(36), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("safeguarder_id", String(40), nullable=False),
    Column("round_id", String(10), nullable=False),
    Column("state", String(20), nullable=False),
    Column("reader", String(64), nullable=False, comment="empty while nobody reads it"),
    Column("second_reader", String(64), nullable=False, comment="empty while nobody reads it a second time"),
    Column("recorded_at", BigInteger, nullable=False),
    Column("is_newest", Boolean, nullable=False),
    Column("body", Text, nullable=False, comment="JSON of the sample, with its draw and its readings"),
    Index("report_sample_of_person", "safeguarder_id", "round_id"),
    Index("report_sample_of_round", "round_id"),
    comment="the sampled report of each person in each round, every version",
)

known_duty = Table(
    "known_duty",
    metadata,
    Column("duty_id", String(64), primary_key=True),
    Column("kind", String(20), nullable=False, comment="what has time: an action, or an answer"),
    Column("about_id", String(64), nullable=False, index=True, comment="action, support, or session of a record"),
    Column("version", Integer, nullable=False),
    Column("due_on", String(10), nullable=False),
    Column("stands_still", Boolean, nullable=False),
    Column("is_open", Boolean, nullable=False),
    comment="until when actions and answers have time, from the events of scheduling",
)

told = Table(
    "told",
    metadata,
    Column("safeguarder_id", String(64), primary_key=True),
    Column("source", String(20), primary_key=True),
    Column("recorded_at", BigInteger, nullable=False, comment="when the source recorded it"),
    comment="when each service last told something about a person that is used here",
)

evidence_item = Table(
    "evidence_item",
    metadata,
    Column("evidence_id", String(36), primary_key=True),
    Column("safeguarder_id", String(40), nullable=False),
    Column("version", Integer, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("received_on", String(10), nullable=False),
    Column("kind", String(30), nullable=False),
    Column("standards", String(200), nullable=False, comment="standards mapped to, each between spaces"),
    Column("open_to_the_person", Boolean, nullable=False),
    Column("receipt_id", String(36), nullable=False, unique=True),
    Column("sender", String(64), nullable=False),
    Column("case_reference", String(37), nullable=False, server_default=""),
    Column("identified", Boolean, nullable=False, server_default=false(), comment="it names the report it is about"),
    Column("held", Boolean, nullable=False, server_default=false(), comment="its text may name a child"),
    Column("to_look_at", String(20), nullable=False, server_default="", comment="its texts that may name a child"),
    Column("looked_through", Boolean, nullable=False, server_default=false(), comment="its texts were screened"),
    Column("derived", Text, nullable=True, comment="JSON of what is derived from an action of a plan"),
    Column("body", Text, nullable=False, comment="JSON of the item without its words"),
    Column("under_review", Boolean, nullable=False, server_default=false(), comment="somebody else looks at it"),
    Column("stages", Text, nullable=True, comment="JSON of every step of a complaint, also of those taken back"),
    Index("evidence_item_of_person", "safeguarder_id", "received_on", "evidence_id"),
    Index("evidence_item_of_case", "safeguarder_id", "case_reference"),
    partial_index("evidence_item_complaint", "safeguarder_id", where="kind = 'complaint'"),
    partial_index("evidence_item_unmapped", "received_on", "evidence_id", where="standards = '  '"),
    partial_index("evidence_item_unshared", "received_on", "evidence_id", where="NOT open_to_the_person"),
    partial_index("evidence_item_unidentified", "evidence_id", where="NOT identified"),
    partial_index("evidence_item_held", "received_on", "evidence_id", where="held OR to_look_at <> ''"),
    partial_index("evidence_item_not_looked_through", "evidence_id", where="NOT looked_through"),
)

evidence_version = Table(
    "evidence_version",
    metadata,
    Column("evidence_id", String(36), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("recorded_at", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
    comment="what an item was before each change",
)

evidence_text = Table(
    "evidence_text",
    metadata,
    Column("evidence_id", String(36), primary_key=True),
    Column("summary", Text, nullable=False),
    Column("reply", Text, nullable=False),
    comment="the words of an item, apart from its facts, so that they can go alone",
)

attendance = Table(
    "attendance",
    metadata,
    Column("record_id", String(36), primary_key=True, comment="id of the session, or of the training owed"),
    Column("safeguarder_id", String(40), nullable=False),
    Column("word", String(20), nullable=False),
    Column("told_on", String(10), nullable=False, comment="day since which the person knows it"),
    Column("version", Integer, nullable=False, comment="rises with each change of the word"),
    comment="how somebody took part, as scheduling last told",
)

rule_override = Table(
    "rule_override",
    metadata,
    Column("override_id", String(36), primary_key=True),
    Column("safeguarder_id", String(40), nullable=False),
    Column("author", String(64), nullable=False, comment="who set the rule aside"),
    Column("starts_on", String(10), nullable=False),
    Column("ends_on", String(10), nullable=False),
    Column("version", Integer, nullable=False, comment="1, and 2 once it was ended before its last day"),
    comment="a rule that is set aside for a person, as rules last told",
)

standards_edition = Table(
    "standards_edition",
    metadata,
    Column("edition", String(20), primary_key=True),
    Column("effective_on", String(10), nullable=False),
    Column("indicators", Text, nullable=False, comment="JSON: indicators by standard"),
    Column("became", Text, comment="JSON: ids of this edition by those of the one before; null if a release before"),
)

draft = Table(
    "draft",
    metadata,
    Column("draft_id", String(36), primary_key=True),
    Column("author", String(64), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("subject", String(40), nullable=False, comment="whom it is about; empty while that is not said"),
    Column("step", String(40), nullable=False),
    Column("answers", LargeBinary, nullable=False, comment="as the program that keeps it writes them"),
    Column("created_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
    Index("draft_of_author", "author", "changed_at"),
    Index("draft_about", "subject", "changed_at"),
    Index("draft_by_age", "changed_at"),
    comment="deleted 14 days after its last change",
)
