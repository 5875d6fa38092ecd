"""The tokenizer: byte-level BPE with Qwen2's way of cutting text, made for shops in Chinese and English.

Its rules keep copying easy: a figure is always its digits; a character of GB 2312 is one token whatever stands beside
it; a Latin word has its pieces learned, with the space before it as part of the first. Names therefore look the same
in a fact and in an answer.

Merges are written down for characters (their bytes, two by two) and learned for Latin words. llama.cpp reads
the result as tokenizer model `gpt2` with pre-tokenizer `qwen2`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from tools.counter.shop import common_hanzi, rare_hanzi

CUT = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
END_OF_TEXT, START, END = SPECIAL
LATIN_MERGES = 2000
CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
MARKS = "，。：；？！、（）《》“”‘’【】「」『』—…·～×℃°¥￥€£₩®©™½±²③→＋－／％＆＃＂éöüñàèçäß　"
WORDS = (
    "资料",
    "要点",
    "问题",
    "价格",
    "原价",
    "库存",
    "货位",
    "条码",
    "颜色",
    "尺码",
    "品牌",
    "类别",
    "门店",
    "简介",
    "内容",
    "范围",
    "状态",
    "合计",
    "商品",
    "运单号",
    "快递公司",
    "未登记",
    "有货",
    "无货",
    "比较",
    "清单",
    "数量",
    "可选",
    "最便宜",
    "最贵",
    "差价",
    "更便宜",
    "多少",
    "多少钱",
    "货架",
    "请问",
    "您好",
    "问候",
    "引文",
    "没有找到",
    "抱歉",
    "店里",
    "规定",
    "根据",
    "预计送达",
    "下单时间",
    "开始",
    "结束",
    "材质",
    "面料",
    "产地",
    "重量",
    "容量",
    "保修",
    "便宜",
    "哪个",
    "什么",
    "怎么",
    "麻烦",
    "一下",
    "价钱",
    "售价",
    "货号",
    "编码",
    "退货",
    "换货",
    "活动",
    "优惠",
    "订单",
)


def byte_letters() -> dict[int, str]:
    """The printable letter that stands for each byte in byte-level BPE."""
    plain = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    letters = {byte: chr(byte) for byte in plain}
    for byte in range(256):
        if byte not in letters:
            letters[byte] = chr(256 + len(letters) - len(plain))
    return letters


_LETTERS = byte_letters()


def lettered(text: str) -> str:
    """`text` in UTF-8, each byte as its letter."""
    return "".join(_LETTERS[byte] for byte in text.encode())


class _Vocabulary:
    """Tokens with their numbers and the merges that make them, in order."""

    def __init__(self) -> None:
        self.tokens: dict[str, int] = {}
        self.merges: list[tuple[str, str]] = []
        for letter in (_LETTERS[byte] for byte in range(256)):
            self.tokens[letter] = len(self.tokens)

    def merge(self, left: str, right: str) -> str:
        whole = left + right
        if whole not in self.tokens:
            self.tokens[whole] = len(self.tokens)
            self.merges.append((left, right))
        return whole

    def character(self, character: str) -> str:
        """One token for a character of several bytes; its prefixes become tokens on the way."""
        letters = lettered(character)
        whole = letters[0]
        for letter in letters[1:]:
            whole = self.merge(whole, letter)
        return whole

    def word(self, word: str) -> None:
        whole = self.character(word[0])
        for character in word[1:]:
            whole = self.merge(whole, self.character(character))


def _learned_merges(texts: Iterable[str], count: int) -> list[tuple[str, str]]:
    """The `count` most useful merges of Latin letters in `texts`, a space before a word included."""
    learner = Tokenizer(models.BPE())
    learner.pre_tokenizer = _cutting()
    trainer = trainers.BpeTrainer(
        vocab_size=256 + count,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
        max_token_length=14,
    )
    learner.train_from_iterator(texts, trainer)
    return [(left, right) for left, right in json.loads(learner.to_str())["model"]["merges"]]


def _cutting() -> pre_tokenizers.PreTokenizer:
    return pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(CUT), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )


def _is_latin(text: str) -> bool:
    """A word of ASCII letters, a space before it allowed; or a space and one ASCII mark."""
    body = text.removeprefix("Ġ")
    return body.isascii() and (body.isalpha() or (text.startswith("Ġ") and len(body) == 1 and not body.isdigit()))


def make_tokenizer(texts: Iterable[str], latin_merges: int = LATIN_MERGES) -> Tokenizer:
    """A tokenizer whose Latin words are learned from `texts`; everything else is fixed."""
    vocabulary = _Vocabulary()
    latin_only = ("".join(character if character.isascii() else " " for character in text) for text in texts)
    for left, right in _learned_merges(latin_only, latin_merges + 200):
        # merges of marks with letters would make a name's tokens depend on what stands before it
        if (
            _is_latin(left + right)
            and left in vocabulary.tokens
            and right in vocabulary.tokens
            and len(vocabulary.merges) < latin_merges
        ):
            vocabulary.merge(left, right)
    for character in MARKS + common_hanzi() + rare_hanzi():
        vocabulary.character(character)
    for word in WORDS:
        vocabulary.word(word)
    for token in SPECIAL:
        vocabulary.tokens[token] = len(vocabulary.tokens)
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary.tokens, merges=vocabulary.merges, byte_fallback=False))
    tokenizer.pre_tokenizer = _cutting()
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in SPECIAL])
    return tokenizer


def save_as_folder(tokenizer: Tokenizer, folder: Path) -> None:
    """`tokenizer` as a model folder has it: tokenizer.json, what transformers needs beside it, the chat template."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    config = {
        # a Qwen2Tokenizer would add a normaliser that llama.cpp has not
        "tokenizer_class": "PreTrainedTokenizerFast", "clean_up_tokenization_spaces": False, "add_prefix_space": False,
        "add_bos_token": False, "eos_token": END, "pad_token": END_OF_TEXT, "bos_token": END_OF_TEXT,
        "additional_special_tokens": list(SPECIAL),
    }  # fmt: skip
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    (folder / "chat_template.jinja").write_text(CHAT_TEMPLATE, encoding="utf-8")


def load_tokenizer(path: Path) -> Tokenizer:
    return Tokenizer.from_file(str(path))


def parts_of(tokenizer: Tokenizer) -> tuple[list[str], list[str]]:
    """(tokens by number, merges as `left right`), as a GGUF file stores them."""
    model = json.loads(tokenizer.to_str())["model"]
    vocabulary: dict[str, int] = {**model["vocab"], **{token: tokenizer.token_to_id(token) for token in SPECIAL}}
    tokens = sorted(vocabulary, key=lambda token: vocabulary[token])
    return tokens, [f"{left} {right}" for left, right in model["merges"]]


def conversation_texts(seed: int, count: int) -> Iterator[str]:
    """Conversations to learn Latin words from."""
    import random

    from tools.counter.dialogue import DialogueMaker, written

    rng = random.Random(seed)
    maker = DialogueMaker(rng)
    for _ in range(count):
        yield written(maker.conversation(), rng)[0]
