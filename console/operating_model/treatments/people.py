"""Who could do it: a deputy from the teams, an owner on the client's side."""

from __future__ import annotations

from console.operating_model.gaps.gap import Facts


def stand_in(facts: Facts, *taken: str) -> str:
    """Somebody of a team with one of these people, and none of them; "" where there is nobody."""
    teams = {**(facts.provider.teams if facts.provider else {}), **facts.doc.teams}
    together = (team.members for team in teams.values() if set(team.members) & set(taken))
    return next((one for members in together for one in members if one not in {*taken, *facts.gone}), "")


def client_owner(facts: Facts, subject: str) -> str:
    """Who on the client's side answers for a service: accountable, else its outcome's owner, else who must sign."""
    doc = facts.doc
    service = doc.services.get(subject)
    wanted = service.outcome if service else ""
    asked = [facts.accountable(subject), *(one.owner for one in doc.outcomes if one.id == wanted)]
    asked += [one.person for one in doc.stakeholders if one.must_sign]
    theirs = {id_ for id_, one in facts.people.items() if one.org == "client"}
    return next((one for one in (*asked, *sorted(theirs)) if one in theirs), "")
