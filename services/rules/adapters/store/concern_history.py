"""The history of moves in the database."""

from sqlalchemy import Connection

from services.platform.storage.database import execute, from_micros
from services.rules.domain.closed_lists import State
from services.rules.domain.concerns.history import Made, Move

_MOVES = (
    "SELECT move, person, made_at, from_state, to_state, word FROM concern_move "
    "WHERE concern_id = ? AND number <= ? ORDER BY number"
)


def moves_of(connection: Connection, concern_id: str, version: int) -> tuple[Made, ...]:
    """Every move of people about a concern until it had a version, oldest first."""
    return tuple(
        Made(Move(move), by, from_micros(at), State(from_state), State(to_state), word)
        for move, by, at, from_state, to_state, word in execute(connection, _MOVES, (concern_id, version))
    )
