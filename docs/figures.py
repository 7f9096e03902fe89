"""The pictures of the docs, made again: the flow, the report in a browser, the learning curve of the sample."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

DOCS = Path(__file__).parent
ROOT = DOCS.parent
IMAGES = DOCS / "img"
SAMPLE = ROOT / "data" / "sample"
CHROMIUM = Path("/usr/bin/chromium")
# As root in a container there is no sandbox; the others keep the browser from the network.
OPTIONS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"]
OPTIONS += ["--disable-component-update", "--disable-sync"]
# What bars show of a vector: any numbers, the same in every language.
VECTOR = (30, -18, 41, 12, -35, 22, -9, 38, -27, 16)
# What the picture of the report keeps: some of the verdict, and the pictures of one category.
KEEP = """document.querySelectorAll('body > *:not(main), main > *').forEach(one => {
    if (one.id === 'verdict') {
        one.style.border = one.style.margin = one.style.padding = 0;
        one.querySelectorAll('.strips article:not(:last-of-type):nth-of-type(n + 3)').forEach(strip => strip.remove());
        return;
    }
    if (one.id !== 'category-sport') { one.remove(); return; }
    one.querySelectorAll('.pictures ~ *').forEach(part => part.remove());
})"""


@dataclass(frozen=True)
class Step:
    """One box of the flow: where it is, what it is called and what is noted below it."""

    x: int
    width: int
    name: str
    note: tuple[str, ...]


ENGLISH = {
    "lang": "en",
    "title": "How news becomes categories",
    "description": (
        "A crawl file gives articles; each is embedded once into a vector and lexical counts; one head per category "
        "reads them and gives a probability and a verdict: yes, ask or no. A person's correction becomes a label, and "
        "only the head of that category is trained again."
    ),
    "steps": (
        Step(24, 150, "file", ("rows that are no articles", "wait in quarantine")),
        Step(214, 160, "article", ("same text, one article,", "however many print it")),
        Step(414, 140, "vector", ("computed once, and", "n-grams and stems")),
        Step(594, 150, "head", ("one per category,", "trained in seconds")),
        Step(784, 192, "verdict", ("a calibrated probability", "and a threshold each")),
    ),
    "rows": ("crawl.tsv", "source, title,", "text, date", "…"),
    "article": ("Театр выкупит банк", "Областной театр", "получил кредит на", "новую сцену…"),
    "heads": (
        ("politics", "0.03", "no", "no"),
        ("economy", "0.52", "ask", "ask a person"),
        ("culture", "0.97", "yes", "yes"),
    ),
    "loop_text": "a correction is a label: only this head is trained again, nothing is embedded again",
}
RUSSIAN = {
    **ENGLISH,
    "lang": "ru",
    "title": "Как новость получает рубрики",
    "description": (
        "Файл обхода даёт статьи; каждая один раз превращается в вектор и счётчики слов; голова каждой рубрики читает "
        "их и даёт вероятность и вердикт: да, спросить или нет. Поправка человека становится меткой, и заново учится "
        "только голова этой рубрики."
    ),
    "steps": (
        Step(24, 150, "файл", ("строки, что не статьи,", "ждут в карантине")),
        Step(214, 160, "статья", ("один текст — одна статья,", "кто бы его ни напечатал")),
        Step(414, 140, "вектор", ("считается один раз;", "и ещё буквы и основы")),
        Step(594, 150, "голова", ("у каждой рубрики своя,", "учится за секунды")),
        Step(784, 192, "вердикт", ("вероятность, которой", "можно верить, и порог")),
    ),
    "rows": ("crawl.tsv", "источник, заголовок,", "текст, дата", "…"),
    "heads": (
        ("Политика", "0,03", "no", "нет"),
        ("Экономика", "0,52", "ask", "спросить"),
        ("Культура", "0,97", "yes", "да"),
    ),
    "loop_text": "поправка — это метка: заново учится только эта голова, векторы не пересчитываются",
}


def flow(words: dict[str, Any]) -> str:
    """Draw the flow in one language.

    Returns
    -------
    str
        An SVG document.
    """
    jinja = Environment(
        loader=FileSystemLoader(DOCS), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return jinja.get_template("flow.svg.jinja").render(vector=VECTOR, **words)


def evaluated_sample(home: Path) -> Path:
    """Train and evaluate on the bundled sample, with the encoder that needs no download; returns the report's page."""
    for step in (("ingest", SAMPLE / "crawl.tsv"), ("embed",), ("labels", "import", SAMPLE / "labels.csv"), ("train",)):
        rubrika(home, *step)
    return Path(rubrika(home, "evaluate")["report"])


def rubrika(home: Path, *words: str | Path) -> dict[str, Any]:
    """Run a command on a home of its own and read its result."""
    program = sys.executable, "-c", "from pipeline.cli import main; main()"
    command = [*program, "--home", home, "--quiet", *words, "--json"]
    # The encoder that is everywhere, so that the pictures do not depend on a cache.
    environment = {**os.environ, "RUBRIKA_ENCODER__NAME": "navec-news"}
    done = subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def photograph(page: Path, picture: Path) -> None:
    """Take the picture of the report."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        opened = browser.new_page(viewport={"width": 1040, "height": 800}, color_scheme="light")
        opened.goto(page.as_uri())
        opened.evaluate(KEEP)
        opened.screenshot(path=picture, full_page=True)
        browser.close()


def main() -> None:
    """Make all pictures; the report's only where there is a browser."""
    IMAGES.mkdir(exist_ok=True)
    for name, words in (("flow.svg", ENGLISH), ("flow.ru.svg", RUSSIAN)):
        (IMAGES / name).write_text(flow(words), encoding="utf-8")
    if not CHROMIUM.exists():
        sys.exit(f"{CHROMIUM} is missing, the picture of the report stays as it is: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        photograph(evaluated_sample(home), IMAGES / "report.png")
        shutil.copy(rubrika(home, "learning-curve")["picture"], IMAGES / "learning-curve.svg")


if __name__ == "__main__":
    main()
