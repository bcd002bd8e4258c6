"""The published models, and a storage that loses nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import small_disk
from tinydb import TinyDB

from console.store.careful import CarefulStorage, StorageBusy, StorageDamaged
from console.store.documents import Documents, Tampered

NOW = 1_800_000_000


def publish(documents: Documents, *pairs: tuple[str, str]) -> list[int]:
    return [one.number for one in documents.publish(pairs, "ana", "because", NOW)]


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


def test_kill_minus_nine_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from console.store.documents import Documents; import itertools, sys\n"
        f"documents = Documents(Path({str(tmp_path)!r}))\n"
        "head = documents.head('mill'); start = head.number if head else 0\n"
        "for n in itertools.count(start + 1):\n"
        "    documents.publish([('mill', f'n: {n}\\n')], 'ana', 'because', n); print(n, flush=True)\n"
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
