"""The local API: `GET /v1/page/NAME`, `POST /v1/do/VERB`, `GET /v1/changes`, on a Unix socket.

Answers are the types of `console.pages` as JSON; where nothing is kept just now, a header `Watchbill-Trouble` says why.
Errors are `{"error": …, "what_to_do": …}`. `/v1/changes` never ends: one line `{"generation": n}` whenever something
changed, and every 15 seconds to say that it is alive.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

import msgspec
from aiohttp import web

from console.access.identity import Visitor, visitor
from console.client.client import TROUBLE
from console.client.where import is_heard
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


class CannotAnswer(Exception):
    """A socket cannot be there: says where and why."""


async def serve(desk: Desk, path: Path, shared: Path | None = None) -> web.AppRunner:
    """Answer at `path`, to the daemon's own account alone, and at `shared` to every login. Raises CannotAnswer.

    Everybody may connect to a shared socket (mode 0666): who they are comes from the kernel, and the desk refuses who
    has no role. A group would be a second list of people, and one that counts only from the next login on.
    """
    runner = web.AppRunner(application(desk), access_log=None, shutdown_timeout=1)
    await runner.setup()
    await _listen(runner, path, (0o700, 0o600))
    if shared is not None:
        try:
            await _listen(runner, shared, (0o755, 0o666))
        except CannotAnswer:
            await closed(runner, [path])
            raise
    return runner


async def closed(runner: web.AppRunner, paths: Iterable[Path]) -> None:
    """Answer nobody any more, and take the sockets away."""
    await runner.cleanup()
    for path in paths:
        path.unlink(missing_ok=True)


async def _listen(runner: web.AppRunner, path: Path, modes: tuple[int, int]) -> None:
    """Listen at a socket, with the modes of a folder that is made for it, and of itself."""
    try:
        _make_way(path, modes[0])
        await web.UnixSite(runner, str(path)).start()
        _let_in(path, modes[1])
    except OSError as error:
        raise CannotAnswer(f"nobody can be answered at {path}: {error.strerror or error}") from error


def _make_way(path: Path, folder: int) -> None:
    """The folder for the socket, without the socket that a killed daemon left."""
    if is_heard(path):
        raise CannotAnswer(f"another daemon answers at {path}; stop it, or listen elsewhere: --socket")
    if not path.parent.exists():
        path.parent.mkdir(parents=True, mode=0o700)
        path.parent.chmod(folder)
    _refuse_others(path.parent)
    path.unlink(missing_ok=True)


def _let_in(path: Path, mode: int) -> None:
    path.chmod(mode)


def _refuse_others(folder: Path) -> None:
    """A folder in which somebody else can put a socket of theirs in the place of ours is none for it."""
    found = folder.stat()
    if found.st_uid not in (0, os.getuid()) or found.st_mode & 0o022:
        raise CannotAnswer(f"others may write in {folder}, and could answer in our place; make it yours, mode 0755")


@web.middleware
async def _told(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """Every refusal in one shape; nobody's question is read, let alone answered."""
    try:
        await request.app[DESK].enter(_who(request))
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


def _json(desk: Desk, answer: msgspec.Struct) -> web.Response:
    headers = {TROUBLE: json.dumps(trouble)} if (trouble := desk.trouble) else None
    return web.Response(body=msgspec.json.encode(answer), content_type="application/json", headers=headers)


async def _page(request: web.Request) -> web.Response:
    desk = request.app[DESK]
    return _json(desk, await desk.page(request.match_info["name"], dict(request.query), _who(request)))


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
    desk = request.app[DESK]
    return _json(desk, await desk.do(request.match_info["name"], arguments, _who(request)))


async def _changes(request: web.Request) -> web.StreamResponse:
    desk, who = request.app[DESK], _who(request)
    response = web.StreamResponse(headers={"Content-Type": "application/x-ndjson"})
    await response.prepare(request)
    told = -1
    try:
        while not desk.pulse.is_stopped and desk.knows(who):
            told = desk.pulse.generation
            await response.write(json.dumps({"generation": told}).encode() + b"\n")
            await desk.pulse.next_after(told, HEARTBEAT_SECONDS)
    except (ConnectionResetError, asyncio.CancelledError):
        pass  # the front end went away, or the daemon stops
    return response
