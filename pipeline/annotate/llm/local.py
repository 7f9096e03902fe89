"""In this process: a causal language model of transformers, asked in batches that shrink where memory does not do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from models.annotator.protocol import Question, Reply
from models.encoders.load import find_device
from pipeline.setup.errors import PipelineError
from pipeline.setup.settings import AnnotatorSettings

if TYPE_CHECKING:
    import torch

Kept = TypeVar("Kept")
CUT = "cut off at annotator.max_tokens"


@dataclass(frozen=True)
class Written:
    """One generation: its text, whether the model ended it itself, and the tokens read and written."""

    text: str
    ended: bool
    read: int
    written: int


class LocalModel:
    """A model and its tokenizer.

    Parameters
    ----------
    model, tokenizer
        A causal language model and a tokenizer that pads on the left.
    max_tokens
        Most tokens of an answer.
    batch
        Articles at once, to begin with.
    """

    def __init__(self, model: Any, tokenizer: Any, max_tokens: int, batch: int) -> None:  # noqa: ANN401 - untyped library
        self.model, self.tokenizer, self.max_tokens, self.batch = model, tokenizer, max_tokens, batch

    def answers(self, questions: Iterable[Question], keep: Callable[[Reply], Kept]) -> Iterator[Kept]:
        """Ask every question, a batch at a time."""
        rest = iter(questions)
        while batch := list(islice(rest, self.batch)):
            excess = [self.excess(question) for question in batch]
            for question, problem in zip(batch, excess, strict=True):
                if problem:
                    yield keep(Reply(question, "", problem))
            fitting = [question for question, problem in zip(batch, excess, strict=True) if not problem]
            for reply in self.ask(fitting) if fitting else ():
                yield keep(reply)

    def excess(self, question: Question) -> str:
        """Why a question is longer than the model can read, if it is: positions beyond its window do not exist."""
        window = getattr(self.model.config, "max_position_embeddings", None)
        length = len(self.tokenizer(self.prompt(question))["input_ids"]) + self.max_tokens
        if window is None or length <= window:
            return ""
        how = "lower annotator.max_chars or max_tokens"
        return f"has {length} tokens with its answer, the model reads {window}; {how}"

    def ask(self, questions: Sequence[Question]) -> Iterator[Reply]:
        """Ask together; where memory does not do in halves, and one that does not fit alone is given up."""
        started = time.monotonic()
        try:
            written = self.generate([self.prompt(question) for question in questions])
        except (MemoryError, RuntimeError) as error:
            if not is_out_of_memory(error):
                raise
            written = None
        if written is not None:
            seconds = (time.monotonic() - started) / len(questions)
            for question, answer in zip(questions, written, strict=True):
                problem = "" if answer.ended else CUT
                yield Reply(question, answer.text, problem, "answered", answer.read, answer.written, seconds)
            return
        free_memory()
        if len(questions) == 1:
            yield Reply(questions[0], "", "too long for the memory of this machine", seconds=time.monotonic() - started)
            return
        self.batch = min(self.batch, (len(questions) + 1) // 2)
        for start in range(0, len(questions), self.batch):
            yield from self.ask(questions[start : start + self.batch])

    def prompt(self, question: Question) -> str:
        """Write a question the way the model was taught to be asked; a model without a chat template just reads on."""
        if not self.tokenizer.chat_template:
            return f"{question.system}\n\n{question.user}\n\n"
        both = [{"role": "system", "content": question.system}, {"role": "user", "content": question.user}]
        joined = [{"role": "user", "content": f"{question.system}\n\n{question.user}"}]
        rendered = self._render(both)
        return rendered if question.system in rendered else self._render(joined)

    def _render(self, chat: list[dict[str, str]]) -> str:
        """Put a chat into the model's template; empty where the template does not take it: some know no system."""
        from jinja2 import TemplateError

        try:
            return str(self.tokenizer.apply_chat_template(chat, tokenize=False, add_generation_prompt=True))
        except TemplateError:
            return ""

    def generate(self, prompts: list[str]) -> list[Written]:
        """Write the likeliest continuation of each prompt (greedy decoding)."""
        import torch

        # A chat template writes the special tokens itself.
        special = not self.tokenizer.chat_template
        inputs = self.tokenizer(prompts, return_tensors="pt", padding=True, add_special_tokens=special)
        inputs = {name: inputs[name].to(self.model.device) for name in ("input_ids", "attention_mask")}
        with torch.inference_mode():
            tokens = self.model.generate(
                **inputs,
                max_new_tokens=self.max_tokens,
                do_sample=False,
                num_beams=1,
                pad_token_id=self.tokenizer.pad_token_id,
            )
        read = inputs["attention_mask"].sum(dim=1).tolist()
        answers = tokens[:, inputs["input_ids"].shape[1] :]
        return [self.written(answer, count) for answer, count in zip(answers, read, strict=True)]

    def written(self, answer: torch.Tensor, read: int) -> Written:
        """Read one generation, (n_tokens,) int64, up to the token that ends it."""
        ends = self.model.generation_config.eos_token_id
        stops = set(ends) if isinstance(ends, list) else {ends}
        tokens = answer.tolist()
        length = next((place for place, token in enumerate(tokens) if token in stops), None)
        text = str(self.tokenizer.decode(tokens[:length], skip_special_tokens=True))
        return Written(text, length is not None, read, len(tokens) if length is None else length + 1)


def load_local(settings: AnnotatorSettings) -> LocalModel:
    """Load the model of the settings from its folder, the Hugging Face cache or the hub; no code of its own is run.

    Raises
    ------
    PipelineError
        When the packages or the model cannot be had (exit code 3).
    """
    try:
        from transformers import AutoModelForCausalLM, AutoTokenizer
        from transformers.utils import logging

        logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        tokenizer = AutoTokenizer.from_pretrained(settings.model, padding_side="left")
        model: Any = AutoModelForCausalLM.from_pretrained(settings.model, dtype="auto", use_safetensors=True)
    except ImportError as error:
        how = "pip install 'rubrika[local-llm]'"
        raise PipelineError(f"a local model needs a package that is not here ({error.name}): {how}", 3) from error
    except (OSError, ValueError) as error:
        reason = str(error).split("\n", 1)[0][:200]
        how = "annotator.model takes a Hugging Face id or a folder with safetensors"
        raise PipelineError(f"annotator.model = {settings.model!r} cannot be loaded: {reason}; {how}", 3) from error
    tokenizer.pad_token = tokenizer.pad_token or tokenizer.eos_token
    return LocalModel(model.to(find_device(settings.device)).eval(), tokenizer, settings.max_tokens, settings.batch)


def is_out_of_memory(error: Exception) -> bool:
    """Tell whether an error of torch is about memory: on a processor it has no class of its own."""
    import torch

    return isinstance(error, MemoryError | torch.OutOfMemoryError) or "can't allocate memory" in str(error)


def free_memory() -> None:
    """Give back what a failed attempt left on the GPU."""
    import torch

    if torch.cuda.is_available():
        torch.cuda.empty_cache()
