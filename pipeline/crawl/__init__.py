"""From a dirty crawl to clean articles: file → records → articles, and whatever is none with the reason why."""

from pipeline.crawl.article import Article, Assumed, RawArticle, Reason, content_id, make_article
from pipeline.crawl.dates import parse_date
from pipeline.crawl.read import Crawl, read_crawl
from pipeline.crawl.rows import Accepted, Rejected, Row
from pipeline.crawl.text import clean, clean_line

__all__ = [
    "Accepted",
    "Article",
    "Assumed",
    "Crawl",
    "RawArticle",
    "Reason",
    "Rejected",
    "Row",
    "clean",
    "clean_line",
    "content_id",
    "make_article",
    "parse_date",
    "read_crawl",
]
