"""What the model expects to be probed from a host is a gap until that host's real agent reports it, and again after."""

from __future__ import annotations

import socket

from conftest import CLIENT, PROVIDER, House

PRINTER = 'externals: {printer: {kind: line, probe: "tcp 127.0.0.1:9 from box"}}'
PROBED = CLIENT.replace("services:\n", f"{PRINTER}\nservices:\n")


def unseen(house: House) -> list[tuple[str, str]]:
    return [(row.about, row.fix) for row in house.client.page("gaps", client="mill").rows if row.number == "PROBE"]


def test_a_probe_that_the_model_expects_and_nobody_lists_is_a_gap(house: House) -> None:
    house.start()
    house.publish(PROVIDER, PROBED)
    house.join("mill", "main", "box")
    assert unseen(house) == [], "a host that never checked in is told as such"
    assert house.agent("checkin").returncode == 0
    gap = ("printer", 'list it on box, in agent.toml: [[tcp]] name = "printer"')
    assert unseen(house) == [gap]

    settings = house.home / "agent" / "agent.toml"
    with socket.create_server(("127.0.0.1", 0)) as printer:
        settings.write_text(f'[[tcp]]\nname = "printer"\naddress = "127.0.0.1:{printer.getsockname()[1]}"\n')
        assert house.agent("checkin").returncode == 0
    assert unseen(house) == []
    (seen,) = [one for one in house.rows("findings", "--json") if one["check"] == "tcp"]
    assert (seen["subject"], seen["status"]) == ("printer", "ok")

    settings.unlink()
    assert house.agent("checkin").returncode == 0
    assert unseen(house) == [gap], "it is not listed any more"
