"""Tables as programs really write them: one and the same three articles, whatever stands between and around them."""

from pathlib import Path

import pytest

from pipeline.crawl import Accepted, Crawl, Rejected, read_crawl
from pipeline.crawl.options import ReadOptions
from pipeline.setup.errors import PipelineError

FIELDS = ("title", "text", "source", "date")
ARTICLES = [
    ("Мэр открыл мост", "Мост открыли в полдень.", "ved.example", "2021-03-05"),
    ("Сборная обыграла гостей", "Три шайбы забросили «Северяне» во втором периоде.", "sport.example", "2021-03-06"),
    ("Ставка выросла", "Ставка выросла в марте до восьми.", "biz.example", "2021-03-07"),
]


@pytest.fixture
def read(tmp_path: Path):
    def read(content: str | bytes, name: str = "crawl.csv", **options) -> Crawl:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_crawl(path, "Europe/Moscow", options=ReadOptions(**options))

    return read


def articles(rows) -> list[tuple[str, ...]]:
    kept = [row.article for row in rows if isinstance(row, Accepted)]
    return [(article.title, article.text, article.source, article.published_raw) for article in kept]


def table(delimiter: str, header=FIELDS, end: str = "\n") -> str:
    return "".join(delimiter.join(row) + end for row in (header, *ARTICLES))


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".txt"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_delimiters_and_line_ends_are_found_whatever_the_suffix(read, suffix, delimiter, end) -> None:
    assert articles(read(table(delimiter, end=end), f"crawl{suffix}")) == ARTICLES


@pytest.mark.parametrize("header", [
    ("Заголовок", "Текст", "Источник", "Дата"),
    ("ЗАГОЛОВОК", " Текст новости", "издание", "Дата публикации"),
    ("Headline", "articleBody", "Publisher", "publishedAt"),
    ("news-title", "full_text", "Site", "Pub Date"),
])  # fmt: skip
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_headers_are_known_in_both_languages(read, header, delimiter) -> None:
    assert articles(read(table(delimiter, header))) == ARTICLES


@pytest.mark.parametrize("order", [(3, 0, 1, 2), (2, 0, 1, 3), (1, 0, 3, 2), (3, 2, 1, 0)])
@pytest.mark.parametrize("delimiter", ["\t", ","])
def test_columns_stand_in_any_order(read, order, delimiter) -> None:
    rows = [("Заголовок", "Текст", "Источник", "Дата"), *ARTICLES]
    content = "".join(delimiter.join(row[place] for place in order) + "\n" for row in rows)
    assert articles(read(content, "crawl.tsv")) == ARTICLES


@pytest.mark.parametrize("name", ["crawl.tsv", "crawl.csv"])
@pytest.mark.parametrize(
    "header", [("Когда", "Шапка", "Слова", "Где"), ("a", "b", "c", "d"), ("d.a", "d.b", "d.c", "d.e")]
)
@pytest.mark.parametrize("delimiter", ["\t", ",", ";"])
def test_header_that_is_not_understood_is_refused(read, name, header, delimiter) -> None:
    with pytest.raises(PipelineError, match=rf"line 1 is no header.*{header[2]}.*--column text=NAME") as caught:
        list(read(table(delimiter, header), name))
    assert "\n" not in str(caught.value)


def test_header_of_three_columns_is_not_glued_to_its_rows(read) -> None:
    with pytest.raises(PipelineError, match="line 1 is no header that is understood and no record either"):
        list(read("Шапка\tСлова\tКогда\nМост\tОткрыли\t2021-03-05\nМатч\tВыиграли\t2021-03-06\n", "crawl.tsv"))


def test_preamble_above_a_header_is_refused(read) -> None:
    with pytest.raises(PipelineError, match="line 2 is no header"):
        list(read("Отчёт за март\nКогда\tСлова\tШапка\tГде\n2021-03-05\tМост открыли\tМост\ta.example\n", "crawl.tsv"))


@pytest.mark.parametrize("row", [
    ("2021-03-05", "Мост", "Мост открыли в полдень.", "a.example"),
    ("Мост", "Мост открыли в полдень.", "a.example", "2021-03-05"),
])  # fmt: skip
def test_records_without_a_header_in_another_order_are_refused(read, row) -> None:
    with pytest.raises(PipelineError, match=r"no header, and its columns are not source, title, text, date.*text=2"):
        list(read("\t".join(row) + "\n", "crawl.tsv"))


def test_columns_are_chosen_by_name(read) -> None:
    content = table("\t", ("Шапка", "Слова", "Где", "Когда"))
    chosen = {"text": "слова", "title": "Шапка", "source": "Где", "published_at": "Когда"}
    assert articles(read(content, "crawl.tsv", columns=chosen)) == ARTICLES
    with pytest.raises(PipelineError, match="no column 'Тело'; its columns are Шапка, Слова") as caught:
        list(read(table(",", ("Шапка", "Слова", "text", "date")), columns={"title": "Тело"}))
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("delimiter", ["\t", ",", ";"])
def test_columns_are_chosen_by_number_where_there_is_no_header(read, delimiter) -> None:
    content = "".join(delimiter.join(row) + "\n" for row in ARTICLES)
    chosen = {"title": "1", "text": "2", "source": "3", "published_at": "4"}
    assert articles(read(content, columns=chosen)) == ARTICLES
    with pytest.raises(PipelineError, match="line 1 is no header"):
        list(read(table(delimiter, ("a", "b", "c", "d")), columns=chosen))


@pytest.mark.parametrize("content", [
    "\ufeffsep=;\r\ntitle;text;source;date\r\nМост;\"Мост \"\"новый\"\";\nоткрыли.\";a.example;2021-03-05\r\n",
    "title\ttext\tsource\tdate\nМост\t\"Мост \"\"новый\"\";\nоткрыли.\"\ta.example\t2021-03-05\n",
    "title,text,source,date\nМост,\"Мост \\\"новый\\\";\nоткрыли.\",a.example,2021-03-05\n",
    "title\ttext\tsource\tdate\nМост\t\"Мост \\\"новый\\\";\nоткрыли.\"\ta.example\t2021-03-05\n",
    "title\ttext\tsource\tdate\nМост\tМост \"новый\";\\nоткрыли.\ta.example\t2021-03-05\n\\.\n",
    "title\ttext\tsource\tdate\nМост\tМост \"новый\";\\\nоткрыли.\ta.example\t2021-03-05\n",
    "title|text|source|date\nМост|Мост \"новый\";\\nоткрыли.|a.example|2021-03-05\n",
], ids=["excel", "tabs of excel", "spark", "tabs of spark", "copy", "outfile", "copy with bars"])  # fmt: skip
def test_quotes_and_breaks_inside_a_text(read, content) -> None:
    assert articles(read(content)) == [("Мост", 'Мост "новый";\nоткрыли.', "a.example", "2021-03-05")]


def test_backslashes_before_quotes_outside_of_quotes(read) -> None:
    rows = read('title,text,source,date\n\\"Мост\\" открыт,"Мост \\"новый\\", C:\\\\",a.example,2021-03-05\n')
    assert articles(rows) == [('"Мост" открыт', 'Мост "новый", C:\\', "a.example", "2021-03-05")]


def test_nothing_is_written_in_several_ways(read) -> None:
    copied = "source\ttitle\ttext\tdate\tsport\na.example\t\\N\tТекст\\\\о\\tценах.\t\\N\t\\N\n"
    (row,) = read(copied, "copy.tsv")
    assert (row.article.title, row.article.text, row.article.published_raw) == ("", "Текст\\о ценах.", "")
    assert row.labels == {"sport": ""}
    (row,) = read('source,title,text,date\na.example,\\N,"Текст, о ценах.",\\N\n')
    assert (row.article.title, row.article.published_raw) == ("", "")


def test_copy_without_a_header_is_read_in_the_usual_order(read) -> None:
    (row,) = read("a.example\tМост\tМост открыли.\\nДвижение пустили.\t2021-03-05\n", "copy.tsv")
    assert row.article.text == "Мост открыли.\nДвижение пустили."


def test_titles_that_begin_with_a_quote_are_no_quoted_fields(read) -> None:
    rows = [('"Цены" растут', "Хлеб, сыр, масло.", "a.example", "2021-03-05"), *ARTICLES, ('"Да"', *ARTICLES[0][1:])]
    content = "\n".join("\t".join(row) for row in (FIELDS, *rows))
    assert articles(read(content)) == rows


def test_backslashes_that_are_no_escapes_stay(read) -> None:
    (row,) = read("title\ttext\tsource\tdate\nМост\tФайл C:\\Users\\new.\ta.example\t2021-03-05\n", "crawl.tsv")
    assert row.article.text == "Файл C:\\Users\\new."
    *_, row = read("title\ttext\tsource\nМост\tПервый.\\nВторой.\ta.example\n" * 9000 + "Мост\tC:\\Users.\ta.example\n")
    assert row.article.text == "C:\\Users."


@pytest.mark.parametrize("content", [
    "+-------+----------------+-----------+------------+\n| title | text           | source    | date       |\n"
    "+-------+----------------+-----------+------------+\n| Мост  | Мост открыли.  | a.example | 2021-03-05 |\n"
    "| Матч  | NULL           | b.example | 2021-03-06 |\n+-------+----------------+-----------+------------+\n"
    "2 rows in set (0.00 sec)\n",
    " title |     text      |  source   |    date\n-------+---------------+-----------+------------\n"
    " Мост  | Мост открыли. | a.example | 2021-03-05\n Матч  |               | b.example | 2021-03-06\n(2 строки)\n",
    "| title | text | source | date |\n|---|:--|---|---|\n| Мост | Мост открыли. | a.example | 2021-03-05 |\n"
    "| Матч | | b.example | 2021-03-06 |\n",
], ids=["mysql", "psql", "markdown"])  # fmt: skip
def test_drawn_tables(read, content) -> None:
    rows = list(read(content, "table.txt"))
    assert articles(rows) == [("Мост", "Мост открыли.", "a.example", "2021-03-05")]
    assert [row.reason for row in rows if isinstance(row, Rejected)] == ["no text"]


def test_breaks_in_a_drawn_table_are_marked_by_a_plus(read) -> None:
    rows = read(
        " title |  text   |  source\n-------+---------+-----------\n Мост  | Первый +| a.example\n"
        "       | второй. |\n Матч  | Счёт 3+ | b.example\n(2 rows)\n",
        "table.txt",
    )
    assert [text for _, text, _, _ in articles(rows)] == ["Первый\nвторой.", "Счёт 3+"]


def test_quotes_in_a_table_of_bars_mean_nothing_where_they_are_broken(read) -> None:
    rows = read('title|text|source|date\n"Мост" открыт|Мост "новый" открыт|a.example|2021-03-05\n')
    assert articles(rows) == [('"Мост" открыт', 'Мост "новый" открыт', "a.example", "2021-03-05")]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 0, 1, 2), (2, 0, 1, 3), (1, 0, 2, 3)])
@pytest.mark.parametrize("place", [0, 2, 49])
def test_a_quote_that_is_never_closed_costs_one_row_whichever_column_is_first(read, order, place) -> None:
    rows = [[f"Новость {n}", f"Мост номер {n} готов", "a.example", "2021-03-05"] for n in range(50)]
    rows[place][1] = '"' + rows[place][1]
    content = "".join(",".join(row[column] for column in order) + "\n" for row in (FIELDS, *rows))
    read_rows = list(read(content))
    assert [type(row) for row in read_rows].count(Rejected) == 1
    assert [title for title, *_ in articles(read_rows)] == [f"Новость {n}" for n in range(50) if n != place]


def test_after_a_broken_quote_records_of_several_lines_are_found_again(read) -> None:
    good = 'Мост,"Мост открыли,\n\nдвижение пустили.",a.example,2021-03-05\n'
    rows = list(read(f'title,text,source,date\n{good}Цены,"без конца, и ещё,a.example,2021-03-05\n{good}{good}'))
    assert [(type(row), row.line) for row in rows] == [(Accepted, 2), (Rejected, 5), (Accepted, 6), (Accepted, 9)]


@pytest.mark.parametrize("name", ["crawl.csv", "crawl.tsv", "crawl.txt"])
@pytest.mark.parametrize("content", ["title,text,source,date\n", "title\ttext\r", "sep=;\n", "sep=;\ntitle;text\n"])
def test_table_without_rows_is_an_error(read, name, content) -> None:
    with pytest.raises(PipelineError, match="it holds no rows"):
        list(read(content, name))


def test_one_column_needs_no_delimiter(read) -> None:
    rows = read("text\nМост, новый; открыли.\n", source="a.example")
    assert articles(rows) == [("", "Мост, новый; открыли.", "a.example", "")]


def test_line_breaks_of_an_old_mac_stay_inside_quotes(read) -> None:
    rows = list(read('title,text,source\rМост,"Первый\nвторой.",a.example\rМатч\r'))
    assert articles(rows) == [("Мост", "Первый\nвторой.", "a.example", "")]
    assert rows[1] == Rejected("Матч\r".encode(), 3, "wrong number of fields")


def test_a_quoted_header_may_go_over_lines(read) -> None:
    rows = list(read('"title","text","Дата\nпубликации",source\nМост,Открыли.,2021-03-05,a.example\n'))
    assert articles(rows) == [("Мост", "Открыли.", "a.example", "2021-03-05")]
    assert rows[0].line == 3
