import re

import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from models.annotator.parse import judge
from models.annotator.prompt import Prompt, read_template
from models.annotator.protocol import Topic
from pipeline.annotate.annotate import AnnotateChoice, annotate
from pipeline.annotate.llm.local import load_local
from pipeline.setup.errors import PipelineError
from pipeline.setup.settings import AnnotatorSettings
from tests.pipeline.support.annotating import article, desk

TOPICS = (Topic("politics", "Политика"), Topic("sport", "Спорт"))
CHAT = "{% for message in messages %}[{{ message.role }}] {{ message.content }} {% endfor %}"
NO_SYSTEM = (
    "{% for message in messages %}{% if message.role == 'system' %}{{ raise_exception('no system') }}{% endif %}"
)
NO_SYSTEM += "[{{ message.role }}] {{ message.content }} {% endfor %}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A causal model of two layers with random weights and a tokenizer of some words."""
    path = tmp_path_factory.mktemp("model")
    words = ["<pad>", "<end>", "<unk>", "politics", "sport", "none", ",", "статья", "рубрика"]
    tokenizer = Tokenizer(models.WordLevel({word: number for number, word in enumerate(words)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="<pad>", eos_token="<end>", unk_token="<unk>")
    fast.chat_template = CHAT
    fast.save_pretrained(path)
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(words),
        hidden_size=16,
        intermediate_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        max_position_embeddings=4096,
        eos_token_id=1,
        pad_token_id=0,
    )
    LlamaForCausalLM(config).save_pretrained(path)
    return path


@pytest.fixture
def model(folder):
    return load_local(AnnotatorSettings(backend="local", model=str(folder), max_tokens=4, batch=4, device="cpu"))


def questions(count, text="статья"):
    prompt = Prompt(read_template(""), TOPICS)
    return [prompt.ask(f"a{number}", "рубрика", f"{text} " * (number + 1)) for number in range(count)]


def replies(model, asked):
    return list(model.answers(asked, lambda reply: reply))


def test_a_batch_says_what_each_question_alone_would(model):
    asked = questions(6)
    together = replies(model, asked)
    model.batch = 1
    alone = replies(model, asked)
    assert [reply.question for reply in together] == asked
    assert [reply.text for reply in together] == [reply.text for reply in alone]
    assert [reply.prompt_tokens for reply in together] == [reply.prompt_tokens for reply in alone]
    assert all(0 < reply.completion_tokens <= 4 for reply in together)


def test_an_answer_is_whole_only_if_the_model_ended_it(model):
    model.model.generation_config.eos_token_id = 10**6  # no token ends an answer
    assert {reply.problem for reply in replies(model, questions(2))} == {"cut off at annotator.max_tokens"}
    model.model.generation_config.eos_token_id = list(range(9))  # every token does
    assert {(reply.problem, reply.completion_tokens) for reply in replies(model, questions(2))} == {("", 1)}


def short_of_memory(model, most):
    """Let the model have memory for so many words in all, like a GPU that runs out of it."""
    generate, sizes = model.model.generate, []

    def limited(**inputs):
        sizes.append(len(inputs["input_ids"]))
        if inputs["input_ids"].numel() > most:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return generate(**inputs)

    model.model.generate = limited
    return sizes


def test_where_memory_does_not_do_the_batch_is_halved_and_stays_so(model):
    asked = questions(8)
    length = max(reply.prompt_tokens for reply in replies(model, asked))
    sizes = short_of_memory(model, 2 * length)
    assert [reply.question for reply in replies(model, asked)] == asked
    assert sizes == [4, 2, 2, 2, 2]
    assert model.batch == 2


def test_an_article_that_does_not_fit_alone_is_corrupted_and_the_others_are_not(model):
    asked = [*questions(2), *questions(1, "статья " * 500), *questions(1)]
    sizes = short_of_memory(model, 500)
    got = replies(model, asked)
    assert [reply.question for reply in got] == asked
    problems = [reply.problem for reply in got]
    assert problems[2] == "too long for the memory of this machine"
    assert judge(got[2]).reason == problems[2]
    assert "too long" not in problems[0] + problems[1] + problems[3]
    assert sizes[0] == 4


def test_an_article_longer_than_the_model_s_window_is_corrupted_and_the_others_are_not(model):
    asked = [*questions(2), *questions(1, "статья " * 5000), *questions(1)]
    got = {reply.question.user: reply.problem for reply in replies(model, asked)}
    assert set(got) == {question.user for question in asked}
    assert re.match(r"has \d+ tokens with its answer, the model reads 4096; lower annotator", got[asked[2].user])
    assert "the model reads" not in got[asked[0].user] + got[asked[1].user] + got[asked[3].user]


def test_another_error_of_the_model_is_not_taken_for_want_of_memory(model):
    def broken(**inputs):
        raise RuntimeError("shapes do not match")

    model.model.generate = broken
    with pytest.raises(RuntimeError, match="shapes do not match"):
        replies(model, questions(1))


def test_a_chat_template_is_used_and_one_that_knows_no_system_gets_all_in_one_message(model):
    (question,) = questions(1)
    told = model.prompt(question)
    assert told.startswith("[system] Ты — опытный редактор")
    assert "[user] <статья-" in told
    model.tokenizer.chat_template = NO_SYSTEM
    assert model.prompt(question).startswith("[user] Ты — опытный редактор")
    model.tokenizer.chat_template = None
    assert model.prompt(question).startswith("Ты — опытный редактор")


def test_annotating_with_a_local_model_accounts_for_every_article(folder, tmp_path):
    made = desk(tmp_path / "home", [article(str(number)) for number in range(5)])
    local = made.with_settings(backend="local", model=str(folder), max_tokens=3, device="cpu")
    done = annotate(local.home, local.settings, AnnotateChoice(), say=print, quiet=True)
    assert (done.asked, done.labelled + done.corrupted) == (5, 5)
    assert done.annotator == f"llm:{folder}"


def test_a_model_that_is_not_there_is_said(tmp_path):
    with pytest.raises(
        PipelineError, match=r"annotator.model = '.*none' cannot be loaded: .*; annotator.model takes"
    ) as caught:
        load_local(AnnotatorSettings(backend="local", model=str(tmp_path / "none")))
    assert caught.value.exit_code == 3
