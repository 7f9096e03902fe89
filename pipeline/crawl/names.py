"""What newsrooms call the fields of an article, in Russian and English; the one list that all formats are read by.

Names are compared as `plain_name` leaves them. Where a file has several names of one field the first in the list wins:
plain names before composed ones, and whole texts before what only sums them up.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

Field = Literal["source", "title", "text", "published_at", "url", "fetched_at"]

SUMMARIES = (
    *("description", "summary", "lead", "lede", "abstract", "excerpt", "annotation", "subtitle", "shorttext"),
    *("описание", "анонс", "лид", "аннотация", "подводка", "краткоесодержание", "подзаголовок"),
)
FIELD_NAMES: Mapping[Field, Sequence[str]] = {
    "source": (
        *(
            "source",
            "sourcename",
            "sourcedomain",
            "publisher",
            "outlet",
            "site",
            "website",
            "domain",
            "host",
            "newspaper",
        ),
        *("источник", "издание", "сми", "сайт", "ресурс", "названиеисточника"),
    ),
    "title": (
        *("title", "headline", "heading", "newstitle", "articletitle", "posttitle"),
        *("заголовок", "название", "заглавие", "заголовокновости", "заголовокстатьи", "названиестатьи"),
        *("названиеновости",),
    ),
    "text": (
        *("text", "content", "body", "fulltext", "articletext", "articlebody", "bodytext", "maintext", "cleantext"),
        *(
            "rawtext",
            "article",
            "newstext",
            "posttext",
            "contenttext",
            "articlecontent",
            "fullcontent",
            "textcontent",
            "contenthtml",
        ),
        *("текст", "полныйтекст", "текстновости", "текстстатьи", "текстматериала", "текстпубликации", "содержание"),
        *("содержимое", "контент", "телостатьи", "message", "news", "story", "новость", "статья", "сообщение"),
        *SUMMARIES,
    ),
    "published_at": (
        *("publicationdate", "postedts", "date", "publishedat", "timestamp", "pubdate", "published", "publishdate"),
        *(
            "datepublished",
            "datepublish",
            "publishedtime",
            "publishtime",
            "publisheddate",
            "publishedon",
            "pubtime",
            "datetime",
        ),
        *("postdate", "postedat", "newsdate", "articledate"),
        *("дата", "датапубликации", "датаивремя", "датавремя", "датаивремяпубликации", "времяпубликации"),
        *("опубликовано", "датановости", "датавыхода", "датаразмещения"),
    ),
    "url": (
        *("url", "link", "href", "permalink", "articleurl", "newsurl", "sourceurl", "canonicalurl", "pageurl"),
        *("ссылка", "адрес", "урл", "ссылканановость", "ссылканастатью", "ссылканаисточник", "адресстраницы"),
    ),
    # When the page was fetched, against which «вчера» is read.
    "fetched_at": (
        *("fetchedat", "crawledat", "scrapedat", "downloadedat", "retrievedat", "fetched", "crawled", "scraped"),
        *("datedownload", "downloaddate", "fetchdate", "crawldate", "fetchtime", "crawltime", "indexedat"),
    ),
}
_FIELDS = {name: field for field, names in FIELD_NAMES.items() for name in names}
_NOT_LETTERS = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """Leave of a column's name what tells it from others: no case, spaces, underscores, hyphens or dots; ё as е.

    A leading underscore stays: databases mark so what is theirs, as ``_source`` around a document.
    """
    mark = "_" if name.lstrip().startswith("_") else ""
    return mark + _NOT_LETTERS.sub("", name.lower()).replace("ё", "е")


def field_of(name: str) -> Field | None:
    """Return the field that a column of this name would be read as; None if it would be a label."""
    return _FIELDS.get(plain_name(name))
