"""The local API: `GET /v1/page/NAME`, `POST /v1/do/VERB`, `GET /v1/changes`, on a Unix socket.

Answers are the types of `console.pages` as JSON. Errors are `{"error": …, "what_to_do": …}`. `/v1/changes` never
ends: one line `{"generation": n}` whenever something changed, and every 15 seconds to say that it is alive.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
from aiohttp import web

from console.access.identity import Visitor, visitor
from console.desk.desk import Desk
from console.desk.refusal import DeskRefusal, Kind

HEARTBEAT_SECONDS = 15
MOST_BYTES = 64 << 20
"""Of a question: the models that are published together, with room for what JSON adds."""
DESK = web.AppKey("desk", Desk)
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def application(desk: Desk) -> web.Application:
    """The API over this desk."""
    app = web.Application(middlewares=[_told], client_max_size=MOST_BYTES)
    app[DESK] = desk
    app.router.add_get("/v1/page/{name}", _page)
    app.router.add_post("/v1/do/{name}", _do)
    app.router.add_get("/v1/changes", _changes)
    return app


async def serve(desk: Desk, path: Path) -> web.AppRunner:
    """Answer on the socket at `path`; the caller cleans the runner up."""
    _make_way(path)
    runner = web.AppRunner(application(desk), access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.UnixSite(runner, str(path)).start()
    return runner


def _make_way(path: Path) -> None:
    """The folder for the socket, without the socket that a killed daemon left."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.unlink(missing_ok=True)


@web.middleware
async def _told(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """Every refusal in one shape."""
    try:
        return await handler(request)
    except DeskRefusal as refusal:
        return _refused(refusal.kind, refusal.text, refusal.what_to_do)
    except web.HTTPException as error:
        return _refused(error.status, error.reason, "ask for one of the pages or verbs that docs/commands.md lists")


def _refused(status: int, text: str, what_to_do: str) -> web.Response:
    return web.json_response({"error": text, "what_to_do": what_to_do}, status=status)


def _who(request: web.Request) -> Visitor:
    transport = request.transport
    peer = None if transport is None else transport.get_extra_info("socket")
    if peer is None:
        raise DeskRefusal("the connection is gone", "try again", Kind.FORBIDDEN)
    return visitor(peer, request.app[DESK].ledger.model)


def _json(answer: msgspec.Struct) -> web.Response:
    return web.Response(body=msgspec.json.encode(answer), content_type="application/json")


async def _page(request: web.Request) -> web.Response:
    desk = request.app[DESK]
    return _json(await desk.page(request.match_info["name"], dict(request.query), _who(request)))


async def _do(request: web.Request) -> web.Response:
    try:
        text = await request.text() or "{}"
        arguments = json.loads(text)
        if "\\u" in text:
            json.dumps(arguments, ensure_ascii=False).encode()  # half a character has no bytes, and cannot be kept
    except (ValueError, RecursionError) as error:
        raise DeskRefusal(f"the body is not JSON: {error}", "send one JSON object") from error
    if not isinstance(arguments, dict):
        raise DeskRefusal("the body is not a JSON object", "send one JSON object with the verb's arguments")
    return _json(await request.app[DESK].do(request.match_info["name"], arguments, _who(request)))


async def _changes(request: web.Request) -> web.StreamResponse:
    desk = request.app[DESK]
    _who(request)
    response = web.StreamResponse(headers={"Content-Type": "application/x-ndjson"})
    await response.prepare(request)
    told = -1
    try:
        while not desk.pulse.is_stopped:
            told = desk.pulse.generation
            await response.write(json.dumps({"generation": told}).encode() + b"\n")
            await desk.pulse.next_after(told, HEARTBEAT_SECONDS)
    except (ConnectionResetError, asyncio.CancelledError):
        pass  # the front end went away, or the daemon stops
    return response
