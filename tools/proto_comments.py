"""The protos with their comments, as the pages made from them need them."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    EnumDescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
    FileDescriptorSet,
)

PROTOS = Path(__file__).parents[1] / "proto"
MESSAGE, ENUM, FIELD, NESTED_MESSAGE, NESTED_ENUM, VALUE = 4, 5, 2, 3, 4, 2
"""Field numbers in descriptor.proto, of which the place of a comment is made."""
_SCALARS = {number: name.removeprefix("TYPE_").lower() for name, number in FieldDescriptorProto.Type.items()}


class Field(NamedTuple):
    """One field of a message."""

    number: int
    name: str
    kind: str
    """A scalar of protobuf, or the full name of a message or an enum."""
    repeated: bool
    means: str


class Message(NamedTuple):
    """A message with its comment."""

    name: str
    """The full name, such as `psmf.rules.v1.ConcernFact`."""
    file: str
    means: str
    fields: Sequence[Field]


class Value(NamedTuple):
    """One value of an enum."""

    number: int
    name: str
    means: str


class Words(NamedTuple):
    """An enum with its comment."""

    name: str
    file: str
    means: str
    values: Sequence[Value]


@cache
def contract(protos: Path = PROTOS) -> dict[str, Message | Words]:
    """Return every message and enum of a folder of protos by full name, in the order of the files."""
    files_of_ours = (file for file in _compiled(protos).file if file.package.startswith("psmf."))
    return {part.name: part for file in files_of_ours for part in _parts(file)}


def _compiled(protos: Path) -> FileDescriptorSet:
    import google.rpc
    from grpc_tools import protoc

    common = Path(next(iter(google.rpc.__path__))).parents[1]
    known = files("grpc_tools") / "_proto"
    sources = sorted(str(path.relative_to(protos)) for path in protos.rglob("*.proto"))
    with tempfile.TemporaryDirectory() as folder:
        image = Path(folder) / "image.binpb"
        paths = [f"-I{protos}", f"-I{common}", f"-I{known}"]
        if protoc.main(["protoc", *paths, "--include_source_info", f"--descriptor_set_out={image}", *sources]):
            sys.exit("protoc refuses the protos")
        return FileDescriptorSet.FromString(image.read_bytes())


def _parts(file: FileDescriptorProto) -> Iterator[Message | Words]:
    comments = {tuple(place.path): " ".join(place.leading_comments.split()) for place in file.source_code_info.location}
    for number, message in enumerate(file.message_type):
        yield from _of_message(message, file, file.package, (MESSAGE, number), comments)
    for number, words in enumerate(file.enum_type):
        yield _of_enum(words, file, file.package, (ENUM, number), comments)


def _of_message(
    message: DescriptorProto,
    file: FileDescriptorProto,
    within: str,
    path: tuple[int, ...],
    comments: dict[tuple[int, ...], str],
) -> Iterator[Message | Words]:
    name = f"{within}.{message.name}"
    fields = [
        Field(
            field.number,
            field.name,
            field.type_name.removeprefix(".") or _SCALARS[field.type],
            field.label == FieldDescriptorProto.LABEL_REPEATED,
            comments.get((*path, FIELD, number), ""),
        )
        for number, field in enumerate(message.field)
    ]
    yield Message(name, file.name, comments.get(path, ""), fields)
    for number, nested in enumerate(message.nested_type):
        yield from _of_message(nested, file, name, (*path, NESTED_MESSAGE, number), comments)
    for number, words in enumerate(message.enum_type):
        yield _of_enum(words, file, name, (*path, NESTED_ENUM, number), comments)


def _of_enum(
    words: EnumDescriptorProto,
    file: FileDescriptorProto,
    within: str,
    path: tuple[int, ...],
    comments: dict[tuple[int, ...], str],
) -> Words:
    values = [
        Value(value.number, value.name, comments.get((*path, VALUE, number), ""))
        for number, value in enumerate(words.value)
    ]
    return Words(f"{within}.{words.name}", file.name, comments.get(path, ""), values)
