"""Hand-outs over the real desk: one for each person, each team and the client, signed with the revision."""

from __future__ import annotations

from typing import Any

import pytest

from console.desk.refusal import DeskRefusal

SUNDAY = 1_794_776_400  # Sun 15 Nov 2026, 16:00 in New York


async def test_row_58a_there_is_a_hand_out_for_each_person_team_and_client(published: Any) -> None:
    marco = (await published.page("handout", person="marco")).text
    assert "tells           Helen Brandt, by phone (+1-865-555-0110) for S1, S2" in marco
    assert "Incident handling  own → tell-client → contain" in marco
    sha = (await published.page("model")).heads[1].sha256[:12]
    assert f"Holston Field IT · brackwater revision 1 ({sha}) · 15 November 2026" in marco
    field = (await published.page("handout", team="field")).text
    assert "people          Dana Whitlock, lead: +1-865-555-0101" in field
    assert "work            ERP: Marco Reyes; Tom Osei answers for it" in field
    tom = (await published.page("handout", person="tom")).text
    assert "who to call     S1, S2  phone to team field, at any hour: Dana Whitlock" in tom
    assert "■ 01 Nov 2026, past:  last day to cancel with Ledgerwood" in tom
    html = await published.page("handout", form="html")
    assert html.text.startswith("<!doctype html>")
    assert (await published.page("handout", form="markdown")).text.startswith("# Brackwater Cabinetry and Holston")


async def test_row_67_the_card_is_what_the_channel_register_says(published: Any) -> None:
    lines = " ".join((await published.page("handout")).text.split())
    assert "S1, S2 phone to team field, at any hour: Dana Whitlock +1-865-555-0101, Marco Reyes" in lines
    assert "S3, S4 email to team field, in office hours: Dana Whitlock dana@msp.example" in lines
    assert "weekly-summary report to Helen Brandt, by Mon 10:00" in lines
    assert "on call Marco Reyes +1-865-555-0102, until Sun 15 Nov" in lines
    assert "then incident lead: Marco Reyes +1-865-555-0102, or Dana Whitlock" in lines
    assert "S3 critical (A) is at risk" in lines
    assert "solved within 24 h of office hours" in lines


@pytest.mark.parametrize(
    ("asked", "said", "do"),
    [
        ({"team": "feild"}, "there is no team 'feild'", "did you mean field?"),
        ({"person": "nobody"}, "there is no person", "see `watchbill who`"),
        ({"person": "marco", "team": "field"}, "one person or for one team", "leave one of the two out"),
        ({"form": "pdf"}, "there is no form 'pdf'", "name one: text, markdown, html"),
        ({"client": "nobody"}, "there is no client nobody", "known are: brackwater"),
    ],
)
async def test_what_there_is_no_hand_out_for_is_refused(
    published: Any, asked: dict[str, str], said: str, do: str
) -> None:
    with pytest.raises(DeskRefusal, match=said) as refused:
        await published.page("handout", **asked)
    assert refused.value.what_to_do == do
