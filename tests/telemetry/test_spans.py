"""The fields that a span keeps, and how the decision to trace is passed on."""

import os
import subprocess
import sys

from tests.telemetry.collector import Collector, Span, collecting

HEAD = "from services.platform.telemetry import traces\ntraces.set_up('rules')\n"
SAMPLED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
OTHER = "00-1af7651916cd43dd8448eb211c80319c-c7ad6b7169203331-01"
NOT_SAMPLED = SAMPLED[:-1] + "0"
TRACE, PARENT = bytes.fromhex(SAMPLED.split("-")[1]), bytes.fromhex(SAMPLED.split("-")[2])


def spans_of(program: str, **environment: str) -> list[Span]:
    """Return the spans of a program that ends normally."""
    with collecting() as (collector, to_collector):
        _run(program, to_collector | environment)
        return collector.spans()


def _run(program: str, environment: dict[str, str]) -> str:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("OTEL_")}
    command = [sys.executable, "-c", HEAD + program]
    return subprocess.run(command, env=inherited | environment, capture_output=True, text=True, check=True).stdout


def test_of_a_failure_only_the_type_is_kept() -> None:
    program = """
import contextlib
with contextlib.suppress(ValueError), traces.processing("rules.evaluate", ""):
    raise ValueError("what somebody wrote at Seafield")
"""
    with collecting() as (collector, environment):
        _run(program, environment)
    (span,) = collector.spans()
    assert span.failed
    assert span.attributes == {"error.type": "ValueError"}
    assert b"Seafield" not in _everything(collector)


def test_what_a_caller_sends_beside_the_trace_is_not_kept() -> None:
    headers = {"traceparent": SAMPLED, "tracestate": "note=Seafield", "baggage": "note=Seafield"}
    program = f"with traces.serving('rules', '/psmf.rules.v1.ConcernService/GetConcern', {headers!r}): pass"
    with collecting() as (collector, environment):
        _run(program, environment)
    (span,) = collector.spans()
    assert (span.trace_id, span.parent_id) == (TRACE, PARENT)
    assert b"Seafield" not in _everything(collector)


def _everything(collector: Collector) -> bytes:
    return b"".join(request.SerializeToString() for request in collector.received)


def test_a_trace_that_nobody_looks_at_stays_so_and_goes_on() -> None:
    program = f"""
with traces.processing("rules.evaluate", "{NOT_SAMPLED}"):
    print(traces.traceparent())
"""
    with collecting() as (collector, environment):
        kept = _run(program, environment).strip()
    assert kept == NOT_SAMPLED
    assert collector.spans() == []


def test_the_share_of_traces_is_set_by_the_standard_variables() -> None:
    program = "with traces.processing('rules.evaluate', ''): pass"
    never = {"OTEL_TRACES_SAMPLER": "parentbased_traceidratio", "OTEL_TRACES_SAMPLER_ARG": "0"}
    assert spans_of(program, **never) == []
    assert [span.name for span in spans_of(program)] == ["rules.evaluate"]


def test_what_is_done_for_several_is_linked_to_all_of_them() -> None:
    program = f"with traces.processing_together('rules.ask_engine', ['{SAMPLED}', '{OTHER}', '']): pass"
    (span,) = spans_of(program)
    assert (span.trace_id, span.parent_id) == (TRACE, PARENT)
    assert [trace.hex() for trace, _ in span.links] == [OTHER.split("-")[1]]


def test_work_in_another_thread_stays_in_the_trace() -> None:
    program = f"""
import threading
with traces.processing("rules.evaluate", "{SAMPLED}"):
    work = traces.carried(lambda: print(traces.traceparent().split("-")[1]))
thread = threading.Thread(target=work); thread.start(); thread.join()
"""
    with collecting() as (_, environment):
        assert _run(program, environment).strip() == SAMPLED.split("-")[1]
