"""Peak memory and speed of ingesting a large synthetic crawl.

python -m benchmarks.ingest_memory --gigabytes 2
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

SYLLABLES = [
    "ка",
    "но",
    "ри",
    "ста",
    "во",
    "ле",
    "про",
    "ми",
    "та",
    "го",
    "ду",
    "шен",
    "бер",
    "лы",
    "ны",
    "зар",
    "пу",
    "чи",
]
ROWS_A_BLOCK = 2000


def write_crawl(path: Path, size: int) -> int:
    """Write a header-less crawl of about ``size`` bytes, texts of two lines, no two alike; returns its rows."""
    generator = np.random.default_rng(0)
    words = ["".join(generator.choice(SYLLABLES, generator.integers(1, 5))) for _ in range(20_000)]
    rows = 0
    with path.open("w", encoding="utf-8") as file:
        while file.tell() < size:
            # In blocks: one call a row would make the generator slower than the ingest that is measured.
            for drawn in generator.integers(0, len(words), (ROWS_A_BLOCK, 180)):
                text = [words[place] for place in drawn]
                title, body = " ".join(text[:8]), " ".join(text[8:90]) + ".\n" + " ".join(text[90:])
                file.write(f"source-{rows % 50}.example\t{title}\t{body}\t2024-03-{rows % 28 + 1:02d} 12:00:00\n")
                rows += 1
    return rows


def main() -> None:
    """Write the crawl, ingest it in a process of its own, print its peak resident memory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gigabytes", type=float, default=2.0)
    size = int(parser.parse_args().gigabytes * 1e9)
    with tempfile.TemporaryDirectory() as folder:
        crawl = Path(folder) / "crawl.tsv"
        rows = write_crawl(crawl, size)
        started = time.perf_counter()
        command = [sys.executable, "-c", "from pipeline.cli import main; main()", "--quiet", "--home", folder + "/home"]
        subprocess.run([*command, "ingest", str(crawl), "--json"], check=True)
        seconds = time.perf_counter() - started
    # Of the child: this process holds the word list. The kernel counts in KiB.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{size / 1e9:.1f} GB, {rows} rows: peak {peak:.0f} MB, {seconds:.0f} s, {rows / seconds:.0f} rows/s")


if __name__ == "__main__":
    main()
