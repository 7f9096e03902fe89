"""``rubrika predict``, ``similar`` and ``explain``: categories of articles, their neighbours, and why."""

from __future__ import annotations

import click

from pipeline.setup.call import Call, as_json, columns_option, encoding_option


@click.command(epilog="Examples:  rubrika predict fresh.tsv > sorted.jsonl  |  rubrika predict - < fresh.jsonl")
@click.argument("file")
@click.option("--bundle", help="Bundle to ask.  [default: the current one]")
@encoding_option
@columns_option
@click.option("--json", "as_json", is_flag=True, help="Accepted like everywhere; the output is JSON lines anyway.")
@click.pass_obj
def predict(
    call: Call, file: str, bundle: str | None, encoding: str | None, columns: tuple[str, ...], as_json: bool
) -> None:
    """Add categories and probabilities to every row of FILE, or of JSON lines on standard input (-).

    A line of output has id, source, title, text, published_at, published_raw and categories, and under row your own
    fields as they came; your columns of other names stand beside these too. A title without a text is enough. What is
    no article comes out as line, error and raw.

    The verdict is yes, no, or ask: a person should look. A reason says why where no threshold does.
    """
    from pipeline.crawl.options import ReadOptions, parse_columns
    from pipeline.predict.predict import predict
    from pipeline.predict.show import print_predicted

    options = ReadOptions(encoding=encoding, columns=parse_columns(columns))
    print_predicted(predict(*call.open(), file, bundle, options, say=call.say), file, call.say)


@click.command(
    epilog="""Examples:  rubrika similar 0065cf35 -n 20  |  echo '{"text": "…"}' | rubrika similar - --json"""
)
@click.argument("article")
@click.option("--number", "-n", "count", type=click.IntRange(min=1), default=10, show_default=True, help="How many.")
@as_json
@click.pass_obj
def similar(call: Call, article: str, count: int, as_json: bool) -> None:
    """Show the articles nearest to ARTICLE and what they are labelled.

    ARTICLE is an id or its first digits, or - for one JSON object on standard input. Needs no heads, only vectors.
    """
    from pipeline.predict.show import print_similar
    from pipeline.predict.similar import similar

    print_similar(similar(*call.open(), article, count), as_json=as_json)


@click.command(
    epilog="""Examples:  rubrika explain 0065cf35  |  echo '{"title": "…", "text": "…"}' | rubrika explain - --json"""
)
@click.argument("article")
@click.option("--bundle", help="Bundle to ask.  [default: the current one]")
@as_json
@click.pass_obj
def explain(call: Call, article: str, bundle: str | None, as_json: bool) -> None:
    """Show the words and labelled neighbours behind each category of ARTICLE.

    ARTICLE is an id or its first digits, or - for one JSON object on standard input. Words, vector and constant add up
    to the score, exactly.
    """
    from pipeline.predict.explain import explain
    from pipeline.predict.show import print_explanation

    print_explanation(explain(*call.open(), article, bundle), as_json=as_json)
