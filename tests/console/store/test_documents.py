"""The published models, and a storage that loses nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import small_disk
from tinydb import TinyDB, where

from console.store.careful import CarefulStorage, StorageBusy, StorageDamaged
from console.store.documents import Documents, Edition, StaleBase, Tampered
from console.store.drafts import Draft

NOW = 1_800_000_000


def publish(documents: Documents, *pairs: tuple[str, str]) -> list[int]:
    """The numbers that these texts get, each edited from what is in force."""
    heads = {head.model: head.number for head in documents.heads()}
    editions = [Edition(model, text, heads.get(model)) for model, text in pairs]
    return [one.number for one in documents.publish(editions, "ana", "because", NOW)]


def test_numbers_and_parents_are_given_by_publishing(tmp_path: Path) -> None:
    documents = Documents(tmp_path)
    assert publish(documents, ("mill", "a: 1\n")) == [1]
    assert publish(documents, ("mill", "a: 2  # a comment stays\n"), ("provider", "p: 1\n")) == [2, 1]

    head = documents.head("mill")
    assert head is not None
    assert (head.number, head.parent, head.author, head.reason) == (2, 1, "ana", "because")
    assert documents.text(head) == "a: 2  # a comment stays\n"
    assert [one.model for one in documents.heads()] == ["provider", "mill"]
    assert [documents.text(one) for one in documents.history("mill")] == ["a: 1\n", "a: 2  # a comment stays\n"]
    documents.close()


def test_the_same_text_again_is_no_new_revision(tmp_path: Path) -> None:
    documents = Documents(tmp_path)
    publish(documents, ("mill", "a: 1\n"))

    assert publish(documents, ("mill", "a: 1\n")) == [1]
    assert len(documents.history("mill")) == 1
    documents.close()


def test_a_text_that_differs_in_its_base_alone_keeps_its_revision(tmp_path: Path) -> None:
    documents = Documents(tmp_path)
    publish(documents, ("mill", "schema: 1\na: 1\n"))
    pulled = [Edition("mill", "schema: 1\nbase: 1  # pulled\na: 1\n", 1)]
    assert documents.changed(pulled) == []
    assert [one.number for one in documents.publish(pulled, "tom", "nothing", NOW)] == [1]
    documents.close()


def test_a_stale_base_is_told_whose_revision_came_first_and_nothing_is_published(tmp_path: Path) -> None:
    documents = Documents(tmp_path)
    publish(documents, ("mill", "a: 1\n"))
    publish(documents, ("mill", "a: 2\n"))
    for base in (None, 1, 3):
        with pytest.raises(StaleBase) as told:
            documents.publish([Edition("provider", "p: 1\n"), Edition("mill", "a: 3\n", base)], "tom", "late", NOW)
        assert told.value.head == documents.head("mill")
    assert documents.head("provider") is None
    with pytest.raises(StaleBase) as told:
        documents.publish([Edition("new", "a: 1\n", 4)], "tom", "no such base", NOW)
    assert told.value.head is None
    documents.close()


def test_of_two_who_publish_at_once_exactly_one_wins(tmp_path: Path) -> None:
    documents = Documents(tmp_path)
    publish(documents, ("mill", "a: 0\n"))
    start = threading.Barrier(8)

    def race(number: int) -> str:
        start.wait()
        try:
            documents.publish([Edition("mill", f"a: {number}\n", 1)], f"p{number}", "mine", NOW)
        except StaleBase as stale:
            return f"lost to {stale.head.author if stale.head else None}"
        return f"won p{number}"

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(race, range(1, 9)))
    (won,) = [one.removeprefix("won ") for one in told if one.startswith("won")]
    assert told.count(f"lost to {won}") == 7
    head = documents.head("mill")
    assert head is not None
    assert (head.number, head.author, list(documents.broken())) == (2, won, [])
    documents.close()


def test_row_50_history_is_kept_with_its_ends_of_lines_and_opens_later(tmp_path: Path) -> None:
    documents = Documents(tmp_path)
    publish(documents, ("mill", "a: 1\r\nb: 2\r\n"))
    publish(documents, ("mill", "a: 2\n"))
    documents.close()
    again = Documents(tmp_path)
    assert [again.text(one) for one in again.history("mill")] == ["a: 1\r\nb: 2\r\n", "a: 2\n"]
    again.close()


def test_a_revision_that_was_taken_out_of_the_index_is_missed(tmp_path: Path) -> None:
    documents = Documents(tmp_path)
    for number in range(3):
        publish(documents, ("mill", f"a: {number}\n"))
    documents._index.remove(where("number") == 2)
    assert any("revision 2 is missing" in told for told in documents.broken())
    documents.close()


def test_a_draft_has_the_hash_that_it_gets_as_a_revision(tmp_path: Path) -> None:
    documents = Documents(tmp_path)
    publish(documents, ("mill", "a: 1\n"))
    edition = Edition("mill", "a: 2\n", 1)
    draft = Draft("mill", documents.would_be(edition), 1, NOW, "tom", "more")
    assert documents.drafts.add(draft, edition.text) == draft
    assert documents.drafts.add(Draft("mill", draft.sha256, 1, NOW + 9, "ana", "too"), edition.text) == draft
    assert documents.drafts.text(draft) == "a: 2\n"
    (revision,) = documents.publish([edition], "ana", "agreed", NOW)
    assert revision.sha256 == draft.sha256
    documents.drafts.withdraw(draft.sha256, "tom", NOW + 5)
    assert [(one.withdrawn_by, one.withdrawn_at) for one in documents.drafts.all()] == [("tom", NOW + 5)]
    again = Draft("mill", draft.sha256, 1, NOW + 9, "ana", "after all")
    assert documents.drafts.add(again, edition.text) == again
    documents.close()


def test_a_flipped_byte_breaks_the_chain_and_names_the_file(tmp_path: Path) -> None:
    documents = Documents(tmp_path)
    publish(documents, ("mill", "a: 1\n"))
    publish(documents, ("mill", "a: 2\n"))
    assert list(documents.broken()) == []
    (tmp_path / "mill" / "0001.yaml").write_text("a: 9\n")

    assert [told for told in documents.broken() if "0001.yaml" in told]
    with pytest.raises(Tampered, match=r"0001\.yaml"):
        documents.text(documents.history("mill")[0])
    documents.close()


def test_a_file_without_its_index_entry_is_overwritten_by_the_next_publish(tmp_path: Path) -> None:
    (tmp_path / "mill").mkdir()
    (tmp_path / "mill" / "0001.yaml").write_text("half a crash\n")
    documents = Documents(tmp_path)

    assert documents.heads() == []
    assert publish(documents, ("mill", "a: 1\n")) == [1]
    head = documents.head("mill")
    assert head is not None
    assert documents.text(head) == "a: 1\n"
    documents.close()


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    documents = Documents(tmp_path)
    code = (
        f"from pathlib import Path; from console.store.documents import Documents; Documents(Path({str(tmp_path)!r}))"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert other.returncode == 1
    assert "StorageBusy" in other.stderr
    with pytest.raises(StorageBusy):
        CarefulStorage(tmp_path / "index.json")
    documents.close()


def test_a_damaged_file_falls_back_to_the_generation_before_loudly(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "index.json"
    database = TinyDB(path, storage=CarefulStorage)
    database.insert({"n": 1})
    database.insert({"n": 2})
    database.close()
    path.write_bytes(path.read_bytes()[:-20])

    again = TinyDB(path, storage=CarefulStorage)
    assert [row["n"] for row in again.all()] == [1]
    assert "generation before" in caplog.text
    again.insert({"n": 3})
    assert [row["n"] for row in again.all()] == [1, 3]
    again.close()
    path.write_text("{}")
    path.with_suffix(".previous").write_text("nonsense")
    storage = CarefulStorage(path)
    with pytest.raises(StorageDamaged, match="restore a backup"):
        storage.read()
    storage.close()


def test_a_changed_value_does_not_fit_the_checksum(tmp_path: Path) -> None:
    path = tmp_path / "index.json"
    database = TinyDB(path, storage=CarefulStorage)
    database.insert({"n": 1})
    database.insert({"n": 2})
    database.close()
    path.write_text(path.read_text().replace('"n": 2', '"n": 7'))

    again = TinyDB(path, storage=CarefulStorage)
    assert [row["n"] for row in again.all()] == [1]
    again.close()


def test_a_full_disk_leaves_the_old_document_whole(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", "size=256k") as small:
        database = TinyDB(small / "index.json", storage=CarefulStorage)
        kept = 0
        with pytest.raises(OSError, match="No space left"):
            for number in range(1000):
                database.insert({"n": number, "text": "x" * 2000})
                kept += 1
        database.close()
        assert kept > 3
        again = TinyDB(small / "index.json", storage=CarefulStorage)
        assert [row["n"] for row in again.all()] == list(range(kept))
        again.close()


def test_a_disk_that_fills_while_publishing_leaves_the_old_revision_in_force(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", "size=256k") as small:
        documents = Documents(small / "model")
        publish(documents, ("provider", "p: 1\n"), ("mill", "a: 1\n"))
        wanted = [Edition("provider", "p: 2\n", 1), Edition("mill", "a: " + "x" * 300_000 + "\n", 1)]
        with pytest.raises(OSError, match="No space left"):
            documents.publish(wanted, "ana", "too big", NOW)
        assert [(head.model, head.number) for head in documents.heads()] == [("provider", 1), ("mill", 1)]
        assert [documents.text(head) for head in documents.heads()] == ["p: 1\n", "a: 1\n"]
        assert list(documents.broken()) == []
        assert publish(documents, ("mill", "a: 2\n")) == [2]
        documents.close()


def test_kill_minus_nine_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from console.store.documents import Documents, Edition; import itertools, sys\n"
        f"documents = Documents(Path({str(tmp_path)!r}))\n"
        "head = documents.head('mill'); start = head.number if head else 0\n"
        "for n in itertools.count(start + 1):\n"
        "    documents.publish([Edition('mill', f'n: {n}\\n', n - 1 or None)], 'ana', 'because', n)\n"
        "    print(n, flush=True)\n"
    )
    for attempt in range(4):
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as publisher:
            assert publisher.stdout is not None
            publisher.stdout.readline()
            time.sleep(0.03 * (attempt + 1))
            publisher.send_signal(signal.SIGKILL)
            said = [int(line) for line in publisher.stdout.read().split()]
        documents = Documents(tmp_path)
        assert list(documents.broken()) == []
        head = documents.head("mill")
        assert head is not None
        assert head.number >= max(said, default=1)
        assert [one.number for one in documents.history("mill")] == list(range(1, head.number + 1))
        documents.close()


def test_files_belong_to_their_owner_alone(tmp_path: Path) -> None:
    documents = Documents(tmp_path / "model")
    publish(documents, ("mill", "a: 1\n"))
    documents.close()

    assert (tmp_path / "model").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "model/mill/0001.yaml").stat().st_mode & 0o777 == 0o600
