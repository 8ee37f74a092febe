"""The rules that each gRPC method declares in its .proto: effect, class of data, deadline."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from google.protobuf.descriptor import FileDescriptor
from psmf.platform.v1 import (
    access_pb2,
    audit_pb2,
    events_pb2,
    feed_pb2,
    method_pb2,
    own_file_pb2,
    status_pb2,
    timeline_pb2,
)

OPEN_METHODS = frozenset(
    {
        "/grpc.health.v1.Health/Check",
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
    }
)
"""Methods that need no token. Probes return no data, and reflection is off in production."""


@dataclass(frozen=True, slots=True)
class MethodPolicy:
    """The declared rules of one method."""

    path: str
    method: str
    writes: bool
    data_class: str
    deadline_seconds: int
    names_record: bool = False
    """Whether a request names one record that there is already. Others make one, or are about several."""

    @property
    def leaves_read_audit(self) -> bool:
        """Return whether a read leaves a row in the audit log, as every read about a person does."""
        return not self.writes and self.is_about_people

    @property
    def is_about_people(self) -> bool:
        """Return whether the answer can name a person or say something about one."""
        return self.data_class in ("personal", "sensitive")


def method_policies(files: Iterable[FileDescriptor]) -> dict[str, MethodPolicy]:
    """Return the rules of every method of the given .proto files and of the platform's own, by full path.

    Raises:
        ValueError: a method declares no effect or no data class.
    """
    found: dict[str, MethodPolicy] = {}
    platform = (access_pb2, audit_pb2, events_pb2, feed_pb2, own_file_pb2, status_pb2, timeline_pb2)
    for file in (*files, *(each.DESCRIPTOR for each in platform)):
        for service in file.services_by_name.values():
            for method in service.methods:
                rules: Any = method.GetOptions().Extensions[method_pb2.rules]
                path = f"/{service.full_name}/{method.name}"
                if not rules.effect or not rules.data_class:
                    raise ValueError(f"{path} declares no effect or no data class")
                found[path] = MethodPolicy(
                    path,
                    method.name,
                    rules.effect == method_pb2.EFFECT_WRITE,
                    method_pb2.DataClass.Name(rules.data_class).removeprefix("DATA_CLASS_").lower(),
                    rules.deadline_seconds,
                    "name" in method.input_type.fields_by_name,
                )
    return found
