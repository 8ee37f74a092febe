"""Resource names of the rules service."""


def concern_name(safeguarder_id: str, concern_id: str) -> str:
    """Return the name of a concern."""
    return f"safeguarders/{safeguarder_id}/concerns/{concern_id}"


def note_name(note_id: str | None) -> str:
    """Return the name of a Practice Note; empty for none."""
    return f"practiceNotes/{note_id}" if note_id else ""
