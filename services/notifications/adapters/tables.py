"""Tables of the notifications service. Every change here needs a migration."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    and_,
    false,
    literal_column,
)

from services.platform.calls.commands import command_tables
from services.platform.calls.relations import relation_tables
from services.platform.events.inbox_tables import inbox_tables
from services.platform.events.outbox import outbox_table
from services.platform.kafka.relay import relay_table
from services.platform.storage.counters import counter_table
from services.platform.storage.origin import origin_table

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_name)s", "uq": "uq_%(table_name)s_%(column_0_name)s"}
)
outbox_table(metadata)
inbox_tables(metadata)
relay_table(metadata)
origin_table(metadata)
command_tables(metadata)
relation_tables(metadata)
counter_table(metadata)


alert = Table(
    "alert",
    metadata,
    Column("alert_id", String(36), primary_key=True),
    Column("safeguarder_id", String(40), nullable=False),
    Column("concern_id", String(64), nullable=False),
    Column("rule", String(64), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("standards", String(200), nullable=False, comment="standards the rule cites, between spaces"),
    Column("lane", String(20), nullable=False),
    Column("urgency", Integer, nullable=False, comment="place of the lane, most urgent first"),
    Column("window_starts_on", String(10), nullable=False),
    Column("tell", String(20), nullable=False),
    Column("respond_within_working_days", Integer, nullable=False),
    Column("quiet_if_escalated", Boolean, nullable=False),
    Column("recipient", String(64), nullable=False),
    Column("respond_by_on", String(10), nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("open_to_the_person", Boolean, nullable=False),
    Column("state", String(20), nullable=False),
    Column("owner", String(64), nullable=False),
    Column("next_on", String(10), nullable=False),
    Column("reason", String(30), nullable=False),
    Column("updates", Integer, nullable=False),
    Column("silenced_by", String(36), nullable=False),
    Column("closing_proposed", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("change", BigInteger, nullable=False, unique=True, comment="number of the latest change, over all alerts"),
    Column("traceparent", String(64), nullable=False, server_default="", comment="of what opened it"),
    Column(
        "quiet", Boolean, nullable=False, server_default=false(), comment="a change of the rulebook alone set it off"
    ),
    Column("held_since", String(10), nullable=False, server_default="", comment="its concern is held; empty: not"),
    Column(
        "asks_on", String(10), nullable=False, server_default="", comment="when it asks, or asks again; empty: ended"
    ),
    Column("asked", Integer, nullable=False, server_default="0", comment="steps of its ladder taken since then"),
    Column("acted_at", BigInteger, comment="when a person last acted on it"),
    Column("acted_by", String(64), nullable=False, server_default="", comment="opaque id"),
    Index("alert_of_person", "safeguarder_id", "alert_id"),
    Index("alert_by_urgency", "urgency", "respond_by_on", "alert_id"),
)

silence = Table(
    "silence",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("alert_id", String(36), nullable=False, index=True),
    Column("silenced_by", String(36), nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger, comment="empty while it lasts"),
    comment="what was kept quiet, by what and when: silence is a decision too",
)

notification = Table(
    "notification",
    metadata,
    Column("notification_id", String(36), primary_key=True),
    Column("alert_id", String(36), nullable=False, index=True),
    Column("safeguarder_id", String(40), nullable=False),
    Column("recipient", String(64), nullable=False),
    Column("channel", String(10), nullable=False),
    Column("to_the_person", Boolean, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("state", String(10), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("reference", String(36), nullable=False),
    Column("claimed_at", BigInteger),
    Column("claimed_by", String(60), nullable=False, server_default=""),
    Column("sent_at", BigInteger),
    Column("possible_duplicate", Boolean, nullable=False),
    Column("answer_by_on", String(10), nullable=False, server_default="", comment="by when an answer is asked for"),
    Column("subject", String(30), nullable=False, server_default="", comment="what there is to read; empty: not said"),
    Column("session_on", String(10), nullable=False, server_default="", comment="day of the session it is about"),
    Column(
        "review_on",
        String(10),
        nullable=False,
        server_default="",
        comment="day by which a suspension is looked at again",
    ),
    Index("notification_about", "safeguarder_id", "created_at", "notification_id"),
    Index("notification_by_time", "created_at", "notification_id"),
)

# The table has the name that the release had for it which knew news of sessions alone. Going back needs that name.
news = Table(
    "session_news",
    metadata,
    Column("about", String(36), primary_key=True, comment="papers, a record, an action or a support"),
    Column("version", Integer, nullable=False, comment="the newest that evidence has told of"),
    Column("told", String(80), nullable=False, comment="what people were last told of"),
    comment="so that what comes late or twice tells nobody of what is no longer so",
)

duty = Table(
    "duty",
    metadata,
    Column("duty_id", String(36), primary_key=True),
    Column("safeguarder_id", String(40), nullable=False),
    Column("version", Integer, nullable=False, comment="the newest that scheduling has told of"),
    Column("kind", String(40), nullable=False),
    Column("owed_by", String(20), nullable=False),
    Column("stands", String(20), nullable=False),
    Column("due_on", String(10), nullable=False, comment="empty: it has no day"),
    Column("asked", Integer, nullable=False, comment="steps of its ladder taken or left out for this day"),
    Column("counted_from", String(10), nullable=False, comment="later steps count from it; empty: from due_on"),
    Column(
        "person",
        String(64),
        nullable=False,
        server_default="",
        comment="empty: who owes it follows from the Safeguarder",
    ),
    comment="what somebody owes by a day, as scheduling last told of it",
)

# The words stand in the statement itself. A database cannot use a partial index for a bound parameter, because it does
# not know the value when it plans the query.
LIVE = alert.c.state != literal_column("'resolved'")
PARKED = and_(alert.c.state == literal_column("'resolved'"), alert.c.next_on != literal_column("''"))
"""Ended until its next date, because it was taken to a session while its concern stayed open."""
ASKING = alert.c.asks_on != literal_column("''")
UNASSIGNED = and_(alert.c.recipient == literal_column("''"), LIVE)
INTENDED = notification.c.state == literal_column("'intended'")
CLAIMED = notification.c.state == literal_column("'claimed'")
RUNNING = duty.c.stands == literal_column("'running'")
WAITING = notification.c.state.in_([literal_column("'intended'"), literal_column("'claimed'")])


def _index_where(name: str, rows: ColumnElement[bool], *columns: Column[Any], unique: bool = False) -> None:
    Index(name, *columns, unique=unique, sqlite_where=rows, postgresql_where=rows)


_index_where(
    "alert_one_live",
    LIVE,
    *(alert.c.safeguarder_id, alert.c.rule, alert.c.subject, alert.c.window_starts_on),
    unique=True,
)
_index_where("alert_of_live_concern", LIVE, alert.c.concern_id)
_index_where("alert_of_parked_concern", PARKED, alert.c.concern_id)
_index_where("alert_asks", ASKING, alert.c.asks_on)
_index_where("alert_unassigned", UNASSIGNED, alert.c.opened_at)
_index_where("duty_asks", RUNNING, duty.c.due_on)
_index_where("notification_due", INTENDED, notification.c.urgent, notification.c.due_at)
_index_where("notification_oldest", WAITING, notification.c.created_at)
_index_where("notification_claimed", CLAIMED, notification.c.claimed_at)
