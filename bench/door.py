"""How others are answered while somebody tries to keep a service busy: `python -m bench.door`."""

import tempfile
import time
from pathlib import Path
from typing import Any

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from psmf.evidence.v1 import evidence_pb2 as pb

from bench.measuring import percentile
from bench.suite import Processes
from tests.attacks.jamming import attacked

ATTACKS = (
    ("1,000 calls without a token that never send their request", "half_open", "", 1000),
    ("1,000 calls of a partner that never send their request", "half_open", "partner", 1000),
    ("200 imports that never end", "imports", "partner", 200),
    ("2,000 connections that say nothing", "idle", "", 2000),
    ("a partner at full speed, 64 calls at a time", "flood", "partner", 64),
)
CALLS = 300
EACH_SECONDS = 5.0
"""Time for one call. One that takes longer counts as unanswered."""


def main() -> None:
    """Print a table: how long a read takes somebody else, and how many health checks are answered."""
    processes = Processes(Path(tempfile.mkdtemp()))
    try:
        with processes.evidence_alone():
            name = processes.items.CreateEvidenceItem(
                processes.item_request("bench-0"), metadata=processes.metadata
            ).name
            print("| meanwhile | p50 | p99 | unanswered | health answered | memory |")
            print("| --- | ---: | ---: | ---: | ---: | ---: |")
            print(_row("nothing", processes, name))
            for kind, how, whose, count in ATTACKS:
                token = processes.world.metadata(whose)[0][1].removeprefix("Bearer ") if whose else ""
                with attacked(how, processes.addresses["evidence"], count, token):
                    print(_row(kind, processes, name), flush=True)
    finally:
        processes.stop()


def _row(kind: str, processes: Processes, name: str) -> str:
    took: list[float] = []
    unanswered, healthy = 0, 0
    with grpc.insecure_channel(processes.addresses["evidence"]) as channel:
        health: Any = health_pb2_grpc.HealthStub(channel)
        for number in range(CALLS):
            began = time.perf_counter()
            try:
                request = pb.GetEvidenceItemRequest(name=name)
                processes.items.GetEvidenceItem(request, metadata=processes.metadata, timeout=EACH_SECONDS)
            except grpc.RpcError:
                unanswered += 1
            took.append(time.perf_counter() - began)
            if number % 10 == 0:
                healthy += _answers(health)
    memory = _resident_mib(processes.processes["evidence"].pid)
    p50, p99 = (1000 * percentile(took, share) for share in (0.5, 0.99))
    share = 100 * healthy * 10 // CALLS
    return f"| {kind} | {p50:.1f} ms | {p99:.1f} ms | {unanswered} | {share} % | {memory:.0f} MiB |"


def _answers(health: Any) -> bool:
    try:
        answer = health.Check(health_pb2.HealthCheckRequest(), timeout=EACH_SECONDS)
    except grpc.RpcError:
        return False
    return bool(answer.status == health_pb2.HealthCheckResponse.SERVING)


def _resident_mib(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


if __name__ == "__main__":
    main()
