"""A word that people write into every free text of a life, and where it must never come (record 8, `canary`)."""

from typing import TYPE_CHECKING, Any

from google.protobuf.descriptor import FieldDescriptor

from services.platform.storage.database import execute
from tests.architecture.test_free_texts import SCREENED

if TYPE_CHECKING:
    from tests.lives.life import Life

CANARY = "quillfeather"
"""A word that nothing in the suite says by itself, and that the screen of texts lets through."""


def plant(message: Any, planted: set[str], word: str = CANARY) -> None:
    """Add a word to every free text that a request holds, and note in which fields it was."""
    for field, value in message.ListFields():
        place = f"{message.DESCRIPTOR.file.package.split('.')[1]}.{message.DESCRIPTOR.name}.{field.name}"
        if field.type == FieldDescriptor.TYPE_MESSAGE:
            for part in value if field.is_repeated else [value]:
                plant(part, planted, word)
        elif place in SCREENED:
            planted.add(place)
            words = [f"{each} {word}" for each in value] if field.is_repeated else f"{value} {word}"
            if field.is_repeated:
                getattr(message, field.name)[:] = words
            else:
                setattr(message, field.name, words)


def nothing_leaks(life: "Life") -> None:
    """Assert that no event and no e-mail holds the word, though the files do."""
    assert life.planted, "nothing was written"
    for name, service in life.running.services.items():
        with service.database.read() as connection:
            rows = execute(connection, "SELECT * FROM outbox", ()).fetchall()
        assert rows, f"{name} has told of nothing"
        told = b" ".join(value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row)
        assert CANARY.encode() not in told.lower(), f"an event of {name} holds what somebody wrote"
    assert not [mail["Subject"] for mail in life.running.mail.taken if CANARY in mail.as_string().lower()]
    with life.running.services["evidence"].database.read() as connection:
        kept = execute(connection, "SELECT body FROM review_request", ()).fetchall()
    assert not kept or CANARY in str(kept), "otherwise the word would never have come in"
