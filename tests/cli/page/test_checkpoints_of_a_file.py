"""`psmf audit verify --checkpoints FILE`: a line that is none is named, and the others count."""

from pathlib import Path

from services.cli.audit.commands import _no_checkpoints
from services.platform.audit.statement import TYPE, Statement
from services.platform.calls.identity import new_key, sign_statement


def test_half_a_line_is_named_by_its_number() -> None:
    said = Statement("evidence", "a/1", 5, "00", 5).to_bytes()
    signed = sign_statement(new_key("service:evidence"), TYPE, said)
    told = _no_checkpoints(Path("evidence\n.checkpoints"), [signed, signed[:40], signed])
    assert len(told) == 1
    assert told[0].endswith(":2  is no checkpoint, and was left out.")
    assert "\n" not in told[0]
