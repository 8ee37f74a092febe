"""Tables of the scheduling service. Every change here needs a migration."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, String, Table, Text

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

safeguarder = Table(
    "safeguarder",
    metadata,
    Column("safeguarder_id", String(40), primary_key=True),
    Column("serves_until", String(10), nullable=True, comment="last day of membership as far as known"),
    Column("body", Text, nullable=False, comment="JSON of areas, terms, the end, and what waits"),
    Index("safeguarder_serving", "serves_until", "safeguarder_id"),
)

allocation = Table(
    "allocation",
    metadata,
    Column("safeguarder_id", String(40), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("support_manager", String(64), nullable=False),
    Column("is_current", Boolean, nullable=False),
    Column("body", Text, nullable=False, comment="JSON of the allocation"),
    partial_index("allocation_one_current", "safeguarder_id", where="is_current", unique=True),
    partial_index("allocation_current", "support_manager", where="is_current"),
)

obligation = Table(
    "obligation",
    metadata,
    Column("obligation_id", String(36), primary_key=True),
    Column("safeguarder_id", String(40), nullable=False, index=True),
    Column("is_open", Boolean, nullable=False, comment="nothing has stopped its clock"),
    Column("body", Text, nullable=False, comment="JSON of the obligation with its clock"),
    partial_index("obligation_open", "is_open", where="is_open"),
)

support_session = Table(
    "support_session",
    metadata,
    Column("session_id", String(36), primary_key=True),
    Column("safeguarder_id", String(40), nullable=False),
    Column("support_manager", String(64), nullable=False),
    Column("starts_at", BigInteger, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("body", Text, nullable=False, comment="JSON of the session with its agenda"),
    Index("support_session_of_person", "safeguarder_id", "starts_at", "session_id"),
    Index("support_session_by_start", "starts_at", "session_id"),
    partial_index("support_session_open", "support_manager", "starts_at", where="is_open"),
    partial_index("support_session_open_by_start", "starts_at", "session_id", where="is_open"),
)

duty = Table(
    "duty",
    metadata,
    Column("duty_id", String(36), primary_key=True),
    Column("safeguarder_id", String(40), nullable=False, index=True),
    Column("is_open", Boolean, nullable=False, comment="somebody still owes it"),
    Column("due_on", String(10), nullable=False, comment="last day, as it was last told"),
    Column("body", Text, nullable=False, comment="JSON of the duty"),
    partial_index("duty_open", "due_on", "duty_id", where="is_open"),
)

duty_fact = Table(
    "duty_fact",
    metadata,
    Column("safeguarder_id", String(40), primary_key=True),
    Column("about", String(120), primary_key=True, comment="name of the record, the action or the support"),
    Column("body", Text, nullable=False, comment="JSON of its newest version, without words"),
)

delegation = Table(
    "delegation",
    metadata,
    Column("delegation_id", String(36), primary_key=True),
    Column("safeguarder_id", String(40), nullable=False, index=True),
    Column("support_manager", String(64), nullable=False),
    Column("from_on", String(10), nullable=False),
    Column("to_on", String(10), nullable=False),
    Column("ended", Boolean, nullable=False),
    Column("body", Text, nullable=False, comment="JSON of the delegation"),
    Index("delegation_in_force", "ended", "from_on", "delegation_id"),
)

person_link = Table(
    "person_link",
    metadata,
    Column("link_id", String(36), primary_key=True),
    Column("safeguarder_id", String(40), nullable=False, index=True),
    Column("declared_at", BigInteger, nullable=False),
    Column("ended", Boolean, nullable=False),
    Column("body", Text, nullable=False, comment="JSON of the link"),
    Index("person_link_in_force", "ended", "declared_at", "link_id"),
)

emergency_access = Table(
    "emergency_access",
    metadata,
    Column("access_id", String(36), primary_key=True),
    Column("safeguarder_id", String(40), nullable=False),
    Column("opened_by", String(64), nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("reviewed", Boolean, nullable=False),
    Column("body", Text, nullable=False, comment="JSON of the emergency access"),
    Index("emergency_access_of_person", "safeguarder_id", "opened_at"),
    Index("emergency_access_to_review", "reviewed", "opened_at", "access_id"),
)

training_event = Table(
    "training_event",
    metadata,
    Column("training_event_id", String(40), primary_key=True),
    Column("body", Text, nullable=False, comment="JSON of the event and the days on which it was held"),
)

daily_run = Table("daily_run", metadata, Column("day", String(10), primary_key=True))
