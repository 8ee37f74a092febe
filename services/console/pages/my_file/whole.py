"""A Safeguarder's whole file to take away, and who has read it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from io import StringIO
from typing import Any

from starlette.responses import Response, StreamingResponse

from services.client.addresses import SERVICES
from services.client.errors import ClientError
from services.client.file.as_html import HtmlFile
from services.client.file.as_json import JsonFile
from services.client.file.whole import End, Kept, whose
from services.console.calls.caller import part
from services.console.days import clock_time, long_day
from services.console.failures import NotThere
from services.console.frame import Frame
from services.console.pages.my_file.start import own_record
from services.console.requests import Visit
from services.console.views.my_file import download, readers
from services.console.views.my_file.items import titles_known
from services.platform.clock import LONDON
from services.platform.telemetry.logs import log

ENOUGH = 32 * 1024
"""Characters that are sent at once."""


async def my_readers(frame: Frame, visit: Visit) -> Response:
    """Show who has read the reader's file. A service that is away is named, and the others answer."""
    ask, person = frame.gateway, own_record(visit)
    found = await asyncio.gather(*(part(ask.reads_of(visit, service, person)) for service in SERVICES))
    answers = dict(zip(SERVICES, found, strict=True))
    people = await part(ask.called(visit, readers.readers_in(answers)))
    view = readers.build(answers, people, visit.now)
    return frame.rendering.page(visit, "my_file/readers", view)


async def my_download(frame: Frame, visit: Visit) -> Response:
    """Show what the whole file is, and where to take it."""
    return frame.rendering.page(visit, "my_file/download", download.build())


async def my_whole_file(frame: Frame, visit: Visit) -> Response:
    """Send the reader's whole file as it is read. What cannot begin is answered with a page that says so."""
    name = visit.request.path_params["file"]
    if name not in download.FILES:
        raise NotThere
    ask, person = frame.gateway, own_record(visit)
    parts = ask.own_file(visit, person)
    first, editions = await asyncio.gather(anext(parts), part(ask.standards(visit)))
    out = StringIO()
    writer = _writer(name, out, whose(first), visit.now, titles_known(editions, visit.today))
    kind = "text/html" if isinstance(writer, HtmlFile) else "application/json"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(_sent(first, parts, writer, out), media_type=kind, headers=headers)


def _writer(name: str, out: StringIO, named: str, now: datetime, titles: Any) -> HtmlFile | JsonFile:
    local = now.astimezone(LONDON)
    if name == download.FILES[0]:
        made = f"{long_day(local.date()).text} {clock_time(now)}"
        return HtmlFile(out, named, made, titles)
    return JsonFile(out, named, local.isoformat(timespec="seconds"))


async def _sent(
    first: Kept | End, parts: AsyncIterator[Kept | End], writer: HtmlFile | JsonFile, out: StringIO
) -> AsyncIterator[str]:
    """Yield the file. If a service breaks off, the connection is broken too, so that no half file looks whole."""
    try:
        _add(writer, first)
        async for found in parts:
            _add(writer, found)
            if out.tell() > ENOUGH:
                yield _taken(out)
        writer.close()
        yield _taken(out)
    except Exception as problem:
        log().error("file_broke_off", error=type(problem).__name__)
        raise ClientError("UNAVAILABLE", "The file broke off.") from None


def _add(writer: HtmlFile | JsonFile, found: Kept | End) -> None:
    if isinstance(found, End):
        writer.end_of(found)
    else:
        writer.add(found)


def _taken(out: StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text
