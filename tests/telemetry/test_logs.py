"""A log line names its trace and holds only declared fields."""

import json
import os
import subprocess
import sys

from services.platform.telemetry.logs import LOG_FIELDS
from tests.telemetry.collector import collecting

LOGGING = """
from services.platform.telemetry import logs, traces
traces.set_up("evidence")
with traces.serving("evidence", "/psmf.evidence.v1.EvidenceService/CreateEvidenceItem", {}):
    logs.log().info("inside", method="CreateEvidenceItem", narrative="what somebody wrote")
    kept = traces.traceparent()
logs.log().info("outside", reference=kept)
"""


def test_a_line_names_the_trace_it_belongs_to() -> None:
    with collecting() as (_, environment):
        inside, outside = _lines(environment)
    assert inside["trace_id"] == outside["reference"].split("-")[1]
    assert "trace_id" not in outside
    assert inside.keys() | outside.keys() <= LOG_FIELDS
    assert inside["service"] == "evidence"


def test_what_a_library_says_is_told_without_its_words() -> None:
    program = """
import logging
from services.platform.telemetry import logs, traces
traces.set_up("rules")
try:
    raise ValueError("what somebody wrote at Seafield")
except ValueError as problem:
    logging.getLogger("grpc._server").exception("Exception calling application: %s", problem)
"""
    (line,) = _lines_of(program, {})
    assert (line["event"], line["source"], line["error"]) == ("library_warned", "grpc._server", "ValueError")
    assert "Seafield" not in json.dumps(line)


def test_without_a_collector_a_line_names_no_trace() -> None:
    inside, outside = _lines({"OTEL_SDK_DISABLED": "true"})
    assert "trace_id" not in inside
    assert outside["reference"] == ""


def _lines(environment: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    inside, outside = _lines_of(LOGGING, environment)
    return inside, outside


def _lines_of(program: str, environment: dict[str, str]) -> list[dict[str, str]]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("OTEL_")}
    ended = subprocess.run(
        [sys.executable, "-c", program], env=inherited | environment, capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in ended.stderr.splitlines()]
