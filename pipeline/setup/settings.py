"""Settings: one model of every key, read as flag > environment > file > default, each value with its origin."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict

from models.heads.kinds import KINDS, unknown_kind
from pipeline.setup.errors import PipelineError

Share = Annotated[float, Field(gt=0, lt=1)]
# As in `models.thresholds`, and written out: importing that costs scipy, and every command reads the settings.
Policy = Literal["best-f1", "precision", "band"]
# A shell expands ~ at the beginning of a word only: not in --home=~/x, not in RUBRIKA_HOME='~/x', not in a file.
ExpandedPath = Annotated[Path, AfterValidator(lambda path: expanded(path))]
SETTINGS_FILE = Path("rubrika.toml")
# A key is a column, part of file names and of SQL conditions: so it must never need quoting. Match it with `fullmatch`,
# since `$` lets a newline through.
CATEGORY_KEY = r"^[a-z][a-z0-9_]{0,40}$"


def kind_of_head(name: str) -> str:
    """Refuse a kind of head that is not in the registry."""
    if name not in KINDS:
        raise PydanticCustomError("unknown_kind", "{sentence}", {"sentence": unknown_kind(name)})
    return name


class Section(BaseModel):
    """A section of the file: frozen, unknown keys refused."""

    # Refused and not ignored: a misspelt key would silently leave its default in force.
    model_config = ConfigDict(extra="forbid", frozen=True)


class IngestSettings(Section):
    """How a crawl is read."""

    timezone: str = "Europe/Moscow"


class EncoderSettings(Section):
    """Which encoder turns text into vectors, and how."""

    name: str = "auto"
    revision: str = ""
    template: str = "{title}\n{text}"
    max_tokens: int = Field(512, ge=8, le=2048)
    precision: Literal["fp32", "bf16"] = "fp32"
    batch_tokens: int = Field(4096, ge=64)
    device: str = "auto"


class AnnotatorSettings(Section):
    """Which language model labels articles, and at what pace and price."""

    backend: Literal["http", "local"] = "http"
    base_url: str = "http://localhost:8000/v1"
    model: str = Field("IlyaGusev/saiga_yandexgpt_8b", min_length=1)
    api_key_env: str = "OPENAI_API_KEY"
    structured: Literal["auto", "json_schema", "off"] = "auto"
    template: str = ""
    max_chars: int = Field(6000, ge=200)
    max_tokens: int = Field(200, ge=1)
    concurrency: int = Field(32, ge=1, le=512)
    timeout_s: float = Field(120.0, gt=0)
    retries: int = Field(5, ge=0, le=20)
    # 0: no limit. Prices are per million tokens.
    budget_tokens: int = Field(0, ge=0)
    budget_money: float = Field(0.0, ge=0)
    price_in: float = Field(0.0, ge=0)
    price_out: float = Field(0.0, ge=0)
    batch: int = Field(8, ge=1)
    device: str = "auto"


class SplitSettings(Section):
    """Which articles train, validate and test."""

    test_share: Share = 0.2
    validation_share: Share = 0.15
    near_duplicate: Share = 0.95  # a cosine: only who might be a near-duplicate; the stems decide


class TrainSettings(Section):
    """How heads are chosen and fitted."""

    # LightGBM is left out: on vectors it was below the linear heads wherever it was measured (docs/decisions.md).
    candidates: tuple[Annotated[str, AfterValidator(kind_of_head)], ...] = ("logistic", "hybrid")
    folds: int = Field(5, ge=2, le=20)
    # Of either kind: with fewer, cross-validation has folds without a positive.
    min_labels: int = Field(10, ge=2)
    seed: int = 0


class ThresholdSettings(Section):
    """What a probability must reach to become a verdict."""

    policy: Policy = "best-f1"
    precision: Share = 0.9


class EvaluateSettings(Section):
    """How figures are made and what they mean for the newsroom."""

    bootstrap: int = Field(1000, ge=10)
    minutes_per_article: float = Field(2.0, gt=0)
    articles_per_day: int = Field(500, gt=0)


class BundleSettings(Section):
    """When a bundle may serve."""

    margin: float = Field(0.01, ge=0, le=1)


class StoreSettings(Section):
    """Where the tables live."""

    uri: str = ""
    storage_options: dict[str, str] = {}


class Category(Section):
    """One category: what editors read, and its own threshold policy if it has one."""

    title: str = Field(min_length=1)
    description: str = ""
    policy: Policy | None = None
    precision: Share | None = None


class Settings(Section):
    """Every setting of Rubrika."""

    home: ExpandedPath = Path("var")
    ingest: IngestSettings = IngestSettings()
    encoder: EncoderSettings = EncoderSettings()
    annotator: AnnotatorSettings = AnnotatorSettings()
    split: SplitSettings = SplitSettings()
    train: TrainSettings = TrainSettings()
    threshold: ThresholdSettings = ThresholdSettings()
    evaluate: EvaluateSettings = EvaluateSettings()
    bundle: BundleSettings = BundleSettings()
    store: StoreSettings = StoreSettings()
    categories: dict[Annotated[str, Field(pattern=CATEGORY_KEY)], Category] = {}


class Environment(Settings, BaseSettings):
    """The same settings as environment variables, ``RUBRIKA_SECTION__KEY``."""

    model_config = SettingsConfigDict(env_prefix="RUBRIKA_", env_nested_delimiter="__")


def load_settings(
    config: Path | None = None, flags: Mapping[str, Any] | None = None
) -> tuple[Settings, dict[str, str]]:
    """Read the settings.

    Parameters
    ----------
    config
        The settings file; None takes ``rubrika.toml`` of the current folder if there is one.
    flags
        Values given on the command line, nested like the file.

    Returns
    -------
    Settings, dict
        The settings, and for every key ``section.key`` where its value came from.

    Raises
    ------
    PipelineError
        For a missing or broken file, an unknown key (with the nearest known one) or a value that does not fit (exit 2).
    """
    path = expanded(config) if config else SETTINGS_FILE
    # The strongest first, merged key by key: a flag for one key leaves the rest of its section to the layers below. By
    # hand and not by pydantic-settings, which does not tell where a value came from.
    layers = {
        "flag": dict(flags or {}),
        "environment": EnvSettingsSource(Environment)(),
        str(path): read_toml(path, required=config is not None),
    }
    merged: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for origin, layer in layers.items():
        fill(merged, layer, origin, origins)
    try:
        settings = Settings(**merged)
    except ValidationError as error:
        raise PipelineError(explain_problem(error, origins, str(path)), exit_code=2) from error
    # What no layer named has its default, which only the validated settings know.
    for key in flatten(settings.model_dump()):
        origins.setdefault(key, "default")
    return settings, origins


def expanded(path: Path) -> Path:
    """A path with the home folder of its ``~`` or ``~name`` put in.

    Raises
    ------
    PipelineError
        When nobody of that name has a home folder (exit code 2).
    """
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise PipelineError(f"{path}: {error}; write the path out", exit_code=2) from error


def read_toml(path: Path, *, required: bool) -> dict[str, Any]:
    """Read a TOML file; a file that is not required may be missing."""
    if not path.exists() and not required:
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PipelineError(f"settings file {path}: {error.strerror}; name one with --config", exit_code=2) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PipelineError(f"settings file {path} is not TOML: {error}", exit_code=2) from error


def fill(
    merged: dict[str, Any], layer: Mapping[str, Any], origin: str, origins: dict[str, str], prefix: str = ""
) -> None:
    """Add a lower layer's values where the layers above have none, noting where each came from."""
    for key, value in layer.items():
        if isinstance(value, Mapping) and value:
            fill(merged.setdefault(key, {}), value, origin, origins, f"{prefix}{key}.")
        elif key not in merged:
            merged[key] = value
            origins[prefix + key] = origin


def flatten(values: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested settings as ``section.key`` → value."""
    flat: dict[str, Any] = {}
    for key, value in values.items():
        flat |= flatten(value, f"{prefix}{key}.") if isinstance(value, Mapping) and value else {prefix + key: value}
    return flat


def explain_problem(error: ValidationError, origins: Mapping[str, str], path: str) -> str:
    """Say in one line what the first problem is and what would be right."""
    # One problem, a misspelt key before a wrong value: the value may be wrong because its key was meant to be another.
    problem = min(error.errors(), key=lambda problem: problem["type"] != "extra_forbidden")
    *sections, key = [str(part) for part in problem["loc"] if part != "[key]"]
    name = ".".join([*sections, key])
    where = f" ({origins.get(name) or path})"
    if problem["type"] == "extra_forbidden":
        keys = known_keys(sections)
        near = difflib.get_close_matches(key, [*keys, *Settings.model_fields], n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"keys: {', '.join(keys)}"
        return f"unknown key {key!r} in [{'.'.join(sections) or 'top level'}]{where}; {hint}"
    return f"{name} = {problem['input']!r}{where}: {problem['msg']}"


def known_keys(sections: list[str]) -> list[str]:
    """The keys that a section may hold."""
    if not sections:
        return list(Settings.model_fields)
    if sections[0] == "categories":
        return list(Category.model_fields)
    section = Settings.model_fields[sections[0]].annotation
    return list(section.model_fields) if isinstance(section, type) and issubclass(section, BaseModel) else []
