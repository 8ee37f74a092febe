"""Conversion of what scheduling says of emergency accesses."""

from typing import Any

from services.notifications.domain.accesses.news import FileOpened


def file_opened(message: Any) -> FileOpened:
    """Return an emergency access. Any outcome is a review, also one that only a later release knows."""
    ids = (message.safeguarder_id, message.access_id, message.version, message.person)
    return FileOpened(*ids, reviewed=bool(message.outcome))
