"""The encoders that have a name: one entry each. To add one, add its entry here; nothing else knows any by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from models.encoders import navec


@dataclass(frozen=True)
class Build:
    """How an encoder is made on this machine, where it does not come from the hub.

    Parameters
    ----------
    revision
        Gives the fingerprint of what it is made of and how.
    folder
        Gives its folder inside a cache directory, making it on first use.
    """

    revision: Callable[[], str]
    folder: Callable[[Path], Path]


@dataclass(frozen=True)
class KnownEncoder:
    """What there is to know of an encoder before it is loaded; its pooling is written in its own folder.

    Parameters
    ----------
    name
        What the settings call it.
    model
        Its id on the hub, or the name again where it is built here.
    licence
        Of the weights.
    megabytes
        On disk, downloaded or built.
    prefix
        What its authors want before every text, as ``passage: ``; most want nothing.
    build
        None: it comes from the hub.
    """

    name: str
    model: str
    licence: str
    megabytes: int
    prefix: str = ""
    build: Build | None = None

    def template(self, template: str) -> str:
        """Put the prefix before a template; in the template it is part of what names the vectors."""
        return template if template.startswith(self.prefix) else self.prefix + template


RUBERT = KnownEncoder("rubert-tiny2", model="cointegrated/rubert-tiny2", licence="MIT", megabytes=120)
NAVEC = KnownEncoder(
    navec.NAVEC_NEWS,
    model=navec.NAVEC_NEWS,
    licence="MIT",
    megabytes=navec.MEGABYTES,
    build=Build(navec.navec_revision, navec.navec_folder),
)
KNOWN = {encoder.name: encoder for encoder in (NAVEC, RUBERT)}

# What `auto` takes: the better one where it can be had, else the one that needs no network.
PREFERRED, FALLBACK = RUBERT, NAVEC


def build_of(model: str) -> Build | None:
    """How a model is made here; None for hub models and folders."""
    return next((encoder.build for encoder in KNOWN.values() if encoder.model == model), None)


def template_for(name: str, template: str) -> str:
    """The template of the settings as an encoder reads it: with the prefix, if it is known to want one."""
    return KNOWN[name].template(template) if name in KNOWN else template
