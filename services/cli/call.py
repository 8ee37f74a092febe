"""`psmf call`: any method of any service, found by reflection."""

import sys
from typing import Annotated, Any

import typer

from services.cli.failure import CommandError
from services.cli.terminal import Terminal


def call(
    terminal: Terminal,
    method: Annotated[str, typer.Argument(help="SERVICE/METHOD, for example AlertService/ListAlerts.")],
    data: Annotated[str, typer.Option("--data", "-d", help="The request as JSON. - reads standard input.")] = "{}",
    at: Annotated[
        str, typer.Option(help="The process to ask, where several serve the method, for example rules.")
    ] = "",
) -> None:
    """Call any method. The answer is JSON; a stream is one object per line.

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
        raise CommandError("USAGE", f"{path} takes a stream of requests. To import a file: psmf evidence import")
    if found.server_streaming:
        stream = channel.unary_stream(path, _to_bytes, answer.FromString)
        for part in terminal.client.watch(terminal.person, stream, request):
            terminal.line(part)
    else:
        terminal.data(terminal.call(channel.unary_unary(path, _to_bytes, answer.FromString), request))


def _find(terminal: Terminal, text: str, at: str) -> tuple[Any, Any]:
    """Return the channel and the descriptor of a method, as the running services describe it.

    Raises:
        CommandError: NOT_FOUND; no service has the method, or the one named in `at` has not.
    """
    from services.client.addresses import SERVICES
    from services.refusals import did_you_mean

    service, _, method = text.strip("/").rpartition("/")
    known: list[str] = []
    for process in SERVICES:
        if not at or process == at:
            channel = terminal.client.channel(process)
            for name, methods in _described(channel):
                if service in _names_of(name) and method in methods:
                    return channel, methods[method]
                known += [f"{name.rpartition('.')[2]}/{other}" for other in methods]
    hint = did_you_mean(text, known, most=3, cutoff=0.4)
    raise CommandError("NOT_FOUND", f"No running service has {text!r}.{hint}")


def _names_of(service: str) -> tuple[str, str, str]:
    """Return a service's full name and its short forms: `rules.ConcernService` and `ConcernService`."""
    short = service.rpartition(".")[2]
    package = service.split(".")[1] if service.startswith("psmf.") else ""
    return service, f"{package}.{short}", short


def _described(channel: Any) -> Any:
    """Yield each service of a process with its methods by name."""
    from google.protobuf.descriptor_pool import DescriptorPool
    from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

    database = ProtoReflectionDescriptorDatabase(channel)
    pool = DescriptorPool(database)
    for name in database.get_services():
        yield name, pool.FindServiceByName(name).methods_by_name


def _to_bytes(message: Any) -> bytes:
    return bytes(message.SerializeToString())
