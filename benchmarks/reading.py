"""How fast crawls are read, in each format, beside what the bare parser of the format takes in the same run.

python -m benchmarks.reading --file crawl.tsv
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.crawl.read import read_crawl
from pipeline.crawl.rows import Accepted

ROUNDS = 3  # the best of them: other work on the machine only ever slows a round down
COLUMNS = ("source", "title", "text", "date")


def seconds(work: Callable[[], int]) -> float:
    """CPU seconds of the fastest round."""
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def read(path: Path) -> int:
    """Read a crawl as `ingest` does, without the store."""
    return sum(1 for _ in read_crawl(path, "Europe/Moscow"))


def main() -> None:
    """Write the articles of a crawl in every format and time each."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--file", type=Path, default=Path("data/sample/crawl.tsv"))
    crawl: Path = options.parse_args().file
    articles = [row.article for row in read_crawl(crawl, "Europe/Moscow") if isinstance(row, Accepted)]
    table = [(article.source, article.title, article.text, article.published_raw) for article in articles]
    csv.field_size_limit(sys.maxsize)
    print(f"{len(table)} articles; CPU seconds, best of {ROUNDS}")
    with tempfile.TemporaryDirectory() as folder:
        files = {name: Path(folder) / f"crawl.{name}" for name in ("csv", "jsonl", "parquet")}
        with files["csv"].open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([COLUMNS, *table])
        lines = (json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False) + "\n" for row in table)
        files["jsonl"].write_text("".join(lines), encoding="utf-8")
        pq.write_table(pa.table(dict(zip(COLUMNS, zip(*table, strict=True), strict=True))), files["parquet"])
        bare: dict[str, Callable[[], int]] = {
            "csv": lambda: sum(1 for _ in csv.reader(files["csv"].open(encoding="utf-8", newline=""))),
            "jsonl": lambda: sum(1 for line in files["jsonl"].open(encoding="utf-8") if json.loads(line)),
            "parquet": lambda: len(pq.read_table(files["parquet"]).to_pylist()),
        }
        print(f"{crawl.suffix[1:]:8} {seconds(lambda: read(crawl)):.2f}")
        for name, path in files.items():
            ours, floor = seconds(lambda path=path: read(path)), seconds(bare[name])
            print(f"{name:8} {ours:.2f}  bare parser {floor:.2f}  ratio {ours / floor:.1f}")


if __name__ == "__main__":
    main()
