"""A client as one file, as a folder of files, and as one published text: always the same model."""

from __future__ import annotations

import pytest
from documents import Doc
from hypothesis import given
from hypothesis import strategies as st

from checks.catalogue import BY_NAME
from console.operating_model.examples import example
from console.operating_model.load import load
from console.operating_model.parts import Part, gathered, join, split
from console.operating_model.problems import ModelErrors

PROVIDER, WHOLE = example("brackwater")
AT = [WHOLE.text.index(f"\n{section}:") + 1 for section in ("suppliers", "services", "policies")]
HEAD = Doc("bw/brackwater.yaml", WHOLE.text[: AT[0]])
SITES = Doc("bw/sites.yaml", "# where they are\n" + WHOLE.text[AT[0] : AT[1]])
SERVICES = Doc("bw/services.yaml", "schema: 1\n" + WHOLE.text[AT[1] : AT[2]])
RULES = Doc("bw/rules.yml", "---\n" + WHOLE.text[AT[2] :])
FOLDER = [SERVICES, RULES, HEAD, SITES]


def problems(*documents: Doc) -> list[str]:
    with pytest.raises(ModelErrors) as told:
        load([PROVIDER, *documents], BY_NAME)
    return [f"{one.file}:{one.line}:{one.column} {one.where}: {one.text}" for one in told.value.problems]


def test_a_folder_and_its_published_text_make_the_model_of_the_one_file() -> None:
    whole = load([PROVIDER, WHOLE], BY_NAME)
    folder = load([PROVIDER, *FOLDER], BY_NAME)
    groups, told = gathered(FOLDER)
    assert told == []
    assert [group.model for group in groups] == ["brackwater"]
    stream = load([PROVIDER, Doc("brackwater.yaml", groups[0].text)], BY_NAME)
    assert folder == stream == whole


def test_the_published_text_gives_the_files_back_as_they_were_written() -> None:
    (group,), _ = gathered(FOLDER)
    found = split(Doc("brackwater.yaml", group.text))
    assert [part.name for part in found] == ["brackwater.yaml", "rules.yml", "services.yaml", "sites.yaml"]
    assert [part.text for part in found] == [one.text for one in (HEAD, RULES, SERVICES, SITES)]
    assert "# part: sites.yaml\n# where they are\n" in group.text


def test_one_file_is_published_as_it_stands() -> None:
    (group,), _ = gathered([WHOLE])
    assert group.text == WHOLE.text
    assert split(WHOLE) == [Part(WHOLE.name, WHOLE.text)]


def test_a_mistake_in_a_part_is_told_with_the_parts_own_place() -> None:
    bad = Doc(SITES.name, SITES.text.replace("site: main, os: opnsense", "site: mian, os: opnsense"))
    line = bad.text[: bad.text.index("mian")].count("\n") + 1
    column = bad.text.splitlines()[line - 1].index("site: mian") + 1
    said = "hosts.fw01.site: there is no site 'mian'; did you mean main?"
    assert problems(HEAD, bad, SERVICES, RULES) == [f"bw/sites.yaml:{line}:{column} {said}"]
    (group,), _ = gathered([HEAD, bad, SERVICES, RULES])
    assert problems(Doc("brackwater.yaml", group.text)) == [f"brackwater/sites.yaml:{line}:{column} {said}"]


def test_what_two_parts_say_is_refused_with_both_places() -> None:
    more = Doc("bw/z.yaml", "people:\n  tom: {name: Tom}\non_call: {order: [tom], start: 2026-11-09}\n"
                            "priorities: {order: [age]}\nschema: 2\nneeds: {}\n")  # fmt: skip
    told = problems(*FOLDER, more)
    line = HEAD.text[: HEAD.text.index("  tom:")].count("\n") + 1
    assert f"bw/z.yaml:2:3 people.tom: tom stands in bw/brackwater.yaml:{line} already; keep one" in told
    assert any("`priorities` stands in bw/rules.yml:" in one for one in told)
    assert any(one.startswith("bw/z.yaml:5:1 schema: `schema` stands in bw/brackwater.yaml:3 already") for one in told)
    assert any(one.startswith("bw/z.yaml:6:1 needs: `needs` stands in bw/rules.yml:") for one in told)


def test_lists_of_parts_follow_one_another_and_their_problems_stand_where_they_are_written() -> None:
    more = Doc("bw/z.yaml", "needs:\n  - {id: n-9, from: nobody, text: More}\n  - {id: n-1, from: tom, text: Again}\n")
    assert problems(*FOLDER, more) == [
        "bw/z.yaml:2:15 needs.3.from: there is no person 'nobody'",
        "bw/z.yaml:3:6 needs.4.id: n-1 stands here twice; give one of them another id",
    ]


def client(folder: str, id_: str) -> Doc:
    return Doc(f"{folder}/{id_}.yaml", f"schema: 1\nclient: {{id: {id_}, name: X, tz: UTC}}\n")


SITE = "sites: {main: {name: M}}\n"


def test_a_part_belongs_to_the_head_in_its_own_folder() -> None:
    docs = [client("a", "one"), client("b", "two"), Doc("b/more.yaml", SITE)]
    model = load([PROVIDER, *docs], BY_NAME)
    assert [list(one.sites) for one in model.clients.values()] == [[], ["main"]]


def test_a_part_from_elsewhere_belongs_to_the_only_client_that_was_given() -> None:
    assert list(load([PROVIDER, client("a", "one"), Doc("b/x.yaml", SITE)], BY_NAME).clients["one"].sites) == ["main"]


def test_a_part_that_may_belong_to_two_or_to_nobody_is_refused() -> None:
    told = problems(client("a", "one"), client("a", "two"), Doc("a/x.yaml", SITE))
    assert told == ["a/x.yaml:1:1 : may belong to a/one.yaml, a/two.yaml; give each client a folder of its own"]
    (alone,) = problems(Doc("a/x.yaml", SITE))
    assert "says neither `client:` nor `provider:`, and no file with it does" in alone


def test_two_heads_in_one_file_and_two_providers_are_refused() -> None:
    both = Doc("all.yaml", client("a", "one").text + "---\n" + client("a", "two").text)
    assert any("another head stands in this file already" in one for one in problems(both))
    second = Doc("other.yaml", "schema: 1\nprovider: {name: Other}\n")
    assert problems(second) == [
        "other.yaml:2:1 provider: the provider stands in provider.yaml already; keep one",
    ]  # fmt: skip


def test_the_same_file_given_twice_counts_once() -> None:
    assert list(load([PROVIDER, WHOLE, WHOLE], BY_NAME).clients) == ["brackwater"]
    copied = Doc("copy.yaml", WHOLE.text)
    assert any("client brackwater stands in another file already" in one for one in problems(WHOLE, copied))


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_name_of_a_part_is_safe_whatever_the_file_was_called(first: str, second: str) -> None:
    found = split(Doc("x.yaml", join([Doc(first, "a: 1\n"), Doc(second, "b: 2\n"), Doc(second, "c: 3\n")])))
    assert [part.text for part in found] == ["a: 1\n", "b: 2\n", "c: 3\n"]
    assert len({part.name for part in found}) == 3
    assert all("/" not in part.name and not part.name.startswith(".") for part in found)
