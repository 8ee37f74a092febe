"""`psmf call`: any method of any service, by reflection."""

import sys
from typing import Annotated, Any

import typer

from services.cli.failure import CommandError
from services.cli.terminal import Terminal


def call(
    terminal: Terminal,
    method: Annotated[str, typer.Argument(help="SERVICE/METHOD, for example AlertService/ListAlerts.")],
    data: Annotated[str, typer.Option("--data", "-d", help="The request as JSON; - reads standard input.")] = "{}",
    at: Annotated[str, typer.Option(help="Which process to ask where several serve it, for example rules.")] = "",
) -> None:
    """Call any method; answers are JSON, a stream is one object a line.

    psmf call AlertService/ListAlerts -d '{"parent": "safeguarders/-"}'
    psmf call StatusService/GetStatus --at rules
    """
    from google.protobuf import json_format
    from google.protobuf.message_factory import GetMessageClass

    channel, found = _find(terminal, method, at)
    request = GetMessageClass(found.input_type)()
    try:
        json_format.Parse(sys.stdin.read() if data == "-" else data, request)
    except json_format.ParseError as problem:
        message = f"The request does not fit {found.input_type.full_name}: {problem}"
        raise CommandError("INVALID_ARGUMENT", message) from None
    answer = GetMessageClass(found.output_type)
    path = f"/{found.containing_service.full_name}/{found.name}"
    if found.client_streaming:
        raise CommandError("USAGE", f"{path} takes a stream. To import a file: psmf evidence import")
    if found.server_streaming:
        stream = channel.unary_stream(path, _to_bytes, answer.FromString)
        for part in terminal.client.watch(terminal.person, stream, request):
            terminal.line(part)
    else:
        terminal.data(terminal.call(channel.unary_unary(path, _to_bytes, answer.FromString), request))


def _find(terminal: Terminal, text: str, at: str) -> tuple[Any, Any]:
    """The channel and the description of a method, asked of the running services.

    Raises:
        CommandError: when no service, or none at `at`, has it.
    """
    from services.client.addresses import SERVICES

    service, _, method = text.strip("/").rpartition("/")
    known: list[str] = []
    for process in SERVICES:
        if not at or process == at:
            channel = terminal.client.channel(process)
            for name, methods in _described(channel):
                if service in _names_of(name) and method in methods:
                    return channel, methods[method]
                known += [f"{name.rpartition('.')[2]}/{other}" for other in methods]
    from difflib import get_close_matches

    near = get_close_matches(text, known, n=3, cutoff=0.4)
    hint = f" Did you mean {', '.join(dict.fromkeys(near))}?" if near else ""
    raise CommandError("NOT_FOUND", f"No running service has {text!r}.{hint}")


def _names_of(service: str) -> tuple[str, str, str]:
    """`psmf.rules.v1.ConcernService`, as people shorten it: `rules.ConcernService`, `ConcernService`."""
    short = service.rpartition(".")[2]
    package = service.split(".")[1] if service.startswith("psmf.") else ""
    return service, f"{package}.{short}", short


def _described(channel: Any) -> Any:
    """Each service a process serves, with its methods."""
    from google.protobuf.descriptor_pool import DescriptorPool
    from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

    database = ProtoReflectionDescriptorDatabase(channel)
    pool = DescriptorPool(database)
    for name in database.get_services():
        yield name, pool.FindServiceByName(name).methods_by_name


def _to_bytes(message: Any) -> bytes:
    return bytes(message.SerializeToString())
