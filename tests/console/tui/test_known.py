"""The palette knows clients, services, people and hosts by name, and asks for them only when the model changed."""

from __future__ import annotations

import asyncio
from typing import Any

from console.tui.known import Known
from console.tui.view import Target


async def test_services_and_people_are_asked_for_when_another_model_is_in_force(story: Any) -> None:
    known = Known()
    first = await asyncio.to_thread(known.ask, story.client)
    known.learn(first)
    things = dict(known.things)
    assert known.clients == ("mill",)
    assert things["mill › model"] == Target("components", (("client", "mill"),))
    assert things["mill › Web shop"] == Target("service", (("client", "mill"), ("service", "shop")))
    assert things["People › Ana Ruiz"] == Target("who", (("person", "ana"),))
    assert things["mill › box"] == Target("host", (("client", "mill"), ("host", "box")))
    again = await asyncio.to_thread(known.ask, story.client)
    assert again[3:] == (None,)
    known.learn(again)
    assert dict(known.things) == things
