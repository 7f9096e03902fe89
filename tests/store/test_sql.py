import pytest

from store.errors import StoreError
from store.sql import open_sql, run_sql


def test_a_name_that_is_no_view_is_not_looked_up_among_the_variables_of_the_program(db):
    connection = open_sql(db, ["sport"])
    with pytest.raises(StoreError, match=r"SQL: Catalog Error: Table with name statement does not exist!"):
        run_sql(connection, "SELECT * FROM statement")
    assert run_sql(connection, "SELECT count(*) AS n FROM articles") == [{"n": 0}]
