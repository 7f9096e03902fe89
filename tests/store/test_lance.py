import multiprocessing

import pyarrow as pa
import pytest

from store.errors import StoreError
from store.lance import connect, ids_of, insert_new, key_field, open_table, rows_for, upsert

SCHEMA = pa.schema([key_field("id"), ("value", pa.int8())])


def rows(pairs):
    return pa.table({"id": [key for key, _ in pairs], "value": [value for _, value in pairs]}, schema=SCHEMA)


@pytest.fixture
def table(tmp_path):
    return open_table(connect(str(tmp_path)), "things", SCHEMA)


def test_insert_new_keeps_the_first_of_a_key_within_and_across_batches(table):
    assert insert_new(table, rows([("a", 1), ("b", 2), ("a", 3)])) == 2
    assert insert_new(table, rows([("a", 9), ("c", 4)])) == 1
    assert dict(zip(*table.to_arrow().sort_by("id").to_pydict().values(), strict=True)) == {"a": 1, "b": 2, "c": 4}


def test_upsert_replaces(table):
    insert_new(table, rows([("a", 1), ("b", 2)]))
    upsert(table, rows([("a", 7), ("c", 3)]))
    assert table.to_arrow().sort_by("id")["value"].to_pylist() == [7, 2, 3]


def test_rows_come_with_their_position_among_the_ids_asked_for(table):
    insert_new(table, rows([("a", 1), ("b", 2), ("c", 3)]))
    rows_of = {
        position: value
        for positions, batch in rows_for(table, pa.array(["c", "missing", "a"]), ["value"])
        for position, value in zip(positions.to_pylist(), batch["value"].to_pylist(), strict=True)
    }
    assert rows_of == {0: 3, 2: 1}


def write_all(path):
    table = open_table(connect(path), "things", SCHEMA)
    for start in range(0, 200, 20):
        insert_new(table, rows([(f"{start + step}", 1) for step in range(20)]))


def test_two_processes_that_insert_the_same_keys_double_none(tmp_path):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_all, args=(str(tmp_path),)) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    ids = ids_of(connect(str(tmp_path)).open_table("things")).to_pylist()
    assert len(ids) == len(set(ids)) == 200


def test_a_file_where_the_store_should_be_is_said_in_one_line(tmp_path):
    (tmp_path / "store").write_text("in the way")
    with pytest.raises(StoreError, match="a file is in the way; choose another folder with --home") as caught:
        connect(str(tmp_path / "store"))
    assert caught.value.exit_code == 3
