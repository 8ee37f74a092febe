"""Everything that evidence keeps of support sessions, together, in the current transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from services.evidence.adapters.development_plans import SqlDevelopmentPlans
from services.evidence.adapters.record_numbers import record_numbers
from services.evidence.adapters.review_requests.requests import SqlReviewRequests
from services.evidence.adapters.session_packs import SqlSessionPacks
from services.evidence.adapters.session_records import SqlSessionRecords
from services.evidence.adapters.standings import SqlStandings
from services.evidence.adapters.store import SqlFile, SqlRegister
from services.evidence.domain.sessions import life_of_a_record as life


@dataclass(frozen=True, slots=True)
class SessionFile:
    """What handlers need to work on papers and records in the current transaction."""

    packs: SqlSessionPacks
    records: SqlSessionRecords
    plans: SqlDevelopmentPlans
    requests: SqlReviewRequests
    standings: SqlStandings
    people: SqlRegister
    file: SqlFile
    now: datetime
    numbers: life.RecordNumbers


def session_file(connection: Connection, now: datetime) -> SessionFile:
    """Return what handlers need to work on papers and records in a transaction."""
    packs, records = SqlSessionPacks(connection), SqlSessionRecords(connection)
    plans, standings = SqlDevelopmentPlans(connection), SqlStandings(connection)
    people, file = SqlRegister(connection), SqlFile(connection)
    requests = SqlReviewRequests(connection)
    return SessionFile(packs, records, plans, requests, standings, people, file, now, record_numbers())
