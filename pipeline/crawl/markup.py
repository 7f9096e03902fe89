"""What HTML leaves in crawled text, removed by hand: a parser would also eat ``<...>``, e-mails and unknown names."""

import html
import re
from html.entities import html5

_BLOCKS = (
    "address|article|aside|blockquote|br|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|"
    "h[1-6]|header|hr|legend|li|main|nav|ol|option|p|pre|section|summary|table|tbody|td|tfoot|th|thead|title|tr|ul"
)
_INLINES = (
    "a|abbr|acronym|area|audio|b|base|bdi|bdo|big|body|button|caption|cite|code|col|colgroup|data|del|dfn|em|embed|font|"
    "frame|frameset|g|head|html|i|iframe|img|input|ins|kbd|label|link|map|mark|menu|meta|nobr|noindex|noscript|object|"
    "param|path|picture|q|rp|rt|ruby|s|samp|script|select|small|source|span|strike|strong|style|sub|sup|svg|template|"
    "textarea|time|track|tt|u|use|var|video|wbr|amp-[a-z-]+|[ovw]:[a-z]+"
)
_BARE_ATTRIBUTES = (
    "allowfullscreen|async|autoplay|checked|controls|default|defer|disabled|download|hidden|itemscope|loop|multiple|"
    "muted|noshade|nowrap|open|playsinline|readonly|required|reversed|selected"
)
# A word in angle brackets is a tag only with an element's name, and its attributes only with "=" or a known name: so
# "a <b and c> d" stays. Possessive repeats and no "<" inside a value keep the search linear on any input.
_TAG = re.compile(
    rf"""
    </?+(?:(?P<block>{_BLOCKS})|{_INLINES})(?=[\s/>])
    (?:\s*+(?:
        [^\s"'<>/=]++ \s*+=\s*+ (?:"[^"<]*+"|'[^'<]*+'|[^\s"'<>]++)
        | (?:{_BARE_ATTRIBUTES})(?=[\s/>])
    ))*+
    \s*+/?+>
    | <!doctype\b[^<>]*> | <\?xml\b[^<>]*> | <!\[CDATA\[ | \]\]>
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_HIDDEN = re.compile(
    r"(?P<opens><!--|<(?:script|style)(?=[\s/>])) | (?P<closes>-->|</(?:script|style)\s*>)",
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
# "&amp;amp;nbsp;" is one entity escaped twice; taking the whole chain keeps a million of them linear.
_ENTITY = re.compile(r"&(?:amp;)*(#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE | re.ASCII)


def strip_markup(text: str) -> str:
    r"""Remove tags, comments, scripts and styles, and decode entities, once.

    Only entities closed by ``;`` are decoded: ``?a=1&copy=2`` is an address, not a sign.

    Parameters
    ----------
    text
        Any string.

    Returns
    -------
    str
        Block elements become ``\n``, the others nothing. What the decoding brings to light is left for the next call.
    """
    return _ENTITY.sub(_decode, _TAG.sub(_line_break, _drop_hidden(text)))


def _line_break(tag: re.Match[str]) -> str:
    return "\n" if tag["block"] else ""


def _decode(entity: re.Match[str]) -> str:
    name = entity[1]
    if name.startswith("#"):
        return html.unescape(f"&{name};")
    return html5.get(f"{name};") or html5.get(f"{name.lower()};") or entity[0]


def _drop_hidden(text: str) -> str:
    """Drop scripts, styles and comments with their content; one that is never closed keeps its content."""
    kept: list[str] = []
    end, opening = 0, None
    for mark in _HIDDEN.finditer(text):
        if opening is None and mark["opens"]:
            opening = mark
        elif opening is not None and mark["closes"] and _kind(mark) == _kind(opening):
            kept.append(text[end : opening.start()])
            end, opening = mark.end(), None
    return "".join([*kept, text[end:]])


def _kind(mark: re.Match[str]) -> str:
    """Return ``sc`` of a script, ``st`` of a style, ``-`` of a comment."""
    return mark[0].strip("</!>").lower()[:2].strip("-") or "-"
