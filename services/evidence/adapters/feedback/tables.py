"""Tables of feedback links. What a giver says of themselves stands in a table of its own, and not for long."""

from sqlalchemy import BigInteger, Column, Index, MetaData, String, Table, Text


def feedback_tables(metadata: MetaData) -> tuple[Table, Table, Table]:
    """Declare the tables of links, of their sessions and of what givers say of themselves."""
    return _links(metadata), _sessions(metadata), _givers(metadata)


def _links(metadata: MetaData) -> Table:
    return Table(
        "feedback_link",
        metadata,
        Column("link_id", String(36), primary_key=True),
        Column("safeguarder_id", String(40), nullable=False),
        Column("giver", String(10), nullable=False),
        Column("happened_on", String(10), nullable=False),
        Column("case_reference", String(37), nullable=False),
        Column("token_hash", String(64), nullable=False),
        Column("made_by", String(64), nullable=False),
        Column("made_at", BigInteger, nullable=False),
        Column("ends_at", BigInteger, nullable=False),
        Column("revoked_at", BigInteger, nullable=True),
        Column("sent_at", BigInteger, nullable=True),
        Column("code", String(10), nullable=True, comment="by which the giver looks up the stage; it names nobody"),
        Column("evidence_id", String(36), nullable=False, comment="the item that came by it; empty while none did"),
        Column("hints", String(200), nullable=False, comment="indicators to which it may speak, with spaces between"),
        Index("feedback_link_by_token", "token_hash", unique=True),
        Index("feedback_link_by_code", "code", unique=True),
        Index("feedback_link_by_age", "made_at", "link_id"),
        Index("feedback_link_of_person", "safeguarder_id", "made_at", "link_id"),
        comment="links by which people give feedback without signing in; tokens as hashes",
    )


def _sessions(metadata: MetaData) -> Table:
    return Table(
        "feedback_session",
        metadata,
        Column("session_hash", String(64), primary_key=True),
        Column("link_id", String(36), nullable=False),
        Column("ends_at", BigInteger, nullable=False),
        Index("feedback_session_by_end", "ends_at"),
        comment="deleted two hours after the token of a link was exchanged",
    )


def _givers(metadata: MetaData) -> Table:
    return Table(
        "feedback_giver",
        metadata,
        Column("link_id", String(36), primary_key=True),
        Column("consent", String(20), nullable=False, comment="empty if they did not say"),
        Column("contact", Text, nullable=False, comment="how to reach them; deleted after its last day"),
        Column("contact_until_on", String(10), nullable=False, comment="empty once it is deleted"),
        Index("feedback_giver_by_day", "contact_until_on"),
        comment="what givers say of themselves, apart from the items; no event and no file has it",
    )
