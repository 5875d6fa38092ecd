"""In which encoding a file of text is written: a mark says it, strict decoding proves it, or likeness decides."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from charset_normalizer import from_bytes

HEAD_BYTES = 256 * 1024
_TELLING_BYTES = 64 * 1024
_TELLING_LINE = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
_CHUNK_BYTES = 64 * 1024  # small, so that no single call keeps other threads from running
_LIKELY_ENOUGH = 0.6
_SURE = 0.75
_LEAD = 0.12  # how far the best guess must be ahead of the next to be beyond doubt

# Of the bytes below the blank these stand in texts; more than a few others are a program's or a picture's.
_WRITTEN_BYTES = bytes((*b"\t\n\v\f\r\x1a\x1b", *range(0x20, 0x100)))
_MOST_CONTROLS = 0.02

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# What Python calls encodings too, though no file of words is written so.
_NO_FILES_ENCODING = frozenset(
    ["idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "unicode-escape"]
)


@dataclass(frozen=True, slots=True)
class Guess:
    """Python's name of an encoding. `others` are those that a doubtful guess leaves possible, the likeliest first."""

    name: str
    others: tuple[str, ...] = ()

    @property
    def doubtful(self) -> bool:
        return bool(self.others)


def known_encoding(name: str) -> str:
    """Python's name for an encoding of text that the user named. Raises LookupError."""
    found = codecs.lookup(name).name
    if found in _NO_FILES_ENCODING:
        raise LookupError(name)
    b" ".decode(found, "ignore")  # LookupError for base64 and the like, which do not give text
    return found


def find_encoding(open_bytes: Callable[[], BinaryIO]) -> Guess | None:
    """The encoding of a text; None where the bytes are no text at all."""
    with open_bytes() as file:
        head = file.read(HEAD_BYTES)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Guess(name)
    if b"\0" in head:
        wide = _wide_encoding(head)
        if wide or head.count(0) > len(head) // 20:
            return Guess(wide) if wide else None
    if len(head.translate(None, _WRITTEN_BYTES)) > len(head) * _MOST_CONTROLS:
        return None
    telling = _not_utf8(open_bytes)
    if telling is None:
        return Guess("utf-8")
    scores = {name: _likeness(telling, name) for name in _LIKELY}
    ranking = sorted(scores, key=lambda name: -scores[name])
    best = scores[ranking[0]]
    if best >= _LIKELY_ENOUGH:
        lead = _SURE if best < _SURE else _LEAD
        rivals = [name for name in ranking[1:] if scores[name] > best - lead and scores[name] > 0]
        return Guess(ranking[0], tuple(rivals) or (("utf-8",) if best < _SURE else ()))
    if _likeness_of(telling, "utf-8", lambda text, i: text[i] != "\ufffd") > -1.5:
        return Guess("utf-8", (*ranking[:2],))  # mostly UTF-8; its broken bytes become U+FFFD and are reported
    guess = from_bytes(telling).best()
    name = codecs.lookup(guess.encoding).name if guess is not None else "gb18030"
    return Guess(name, tuple(other for other in ranking[:3] if other != name))


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: the one in which nearly all characters are ones that people write."""
    shares = {}
    for name, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        text = head[: len(head) // width * width].decode(name, "replace")
        shares[name] = sum(map(_is_written, text)) / max(len(text), 1)
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] > 0.9 else None


def _is_written(character: str) -> bool:
    return (
        character in "\r\n\t"
        or " " <= character <= "~"
        or "\xa0" <= character <= "\u024f"
        or "\u2000" <= character <= "\u206f"
        or character in "€™℃"
        or "\u3000" <= character <= "\u30ff"
        or "\u4e00" <= character <= "\u9fff"
        or "\uac00" <= character <= "\ud7a3"
        or "\uff00" <= character <= "\uffef"
    )


def _not_utf8(open_bytes: Callable[[], BinaryIO]) -> bytes | None:
    """None where all of a text is UTF-8; else lines of it with bytes beyond ASCII, for a closer look."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    telling: list[bytes] = []
    size, is_utf8 = 0, True
    for chunk in _chunks(open_bytes):
        if is_utf8:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                is_utf8 = False
        if size < _TELLING_BYTES and not chunk.isascii():
            for match in _TELLING_LINE.finditer(chunk):
                telling.append(match[0][:_TELLING_BYTES])
                size += len(telling[-1])
                if size > _TELLING_BYTES:
                    break
        elif not is_utf8 and size >= _TELLING_BYTES:
            break
    if is_utf8:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            is_utf8 = False
    return None if is_utf8 else b"\n".join(telling)


def _chunks(open_bytes: Callable[[], BinaryIO]) -> Iterator[bytes]:
    with open_bytes() as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


# -- what reads like a language ---------------------------------------------------------


def _likeness(text: bytes, encoding: str) -> float:
    likely, kana_expected = _LIKELY[encoding]
    score = _likeness_of(text, encoding, likely)
    if kana_expected and score > 0:
        # Kanji alone might as well be Chinese or Korean bytes: hardly a Japanese text is without kana.
        decoded = text.decode(encoding, "replace")
        beyond = [c for c in decoded if c > "\x7f"]
        share = sum("\u3040" <= c <= "\u30ff" for c in beyond) / len(beyond)
        score *= min(1.0, 0.6 + 2 * share)
    return score


def _likeness_of(text: bytes, encoding: str, likely: Callable[[str, int], float]) -> float:
    """Which share of the characters beyond ASCII is what a person would write, less four times the broken ones."""
    decoded = text.decode(encoding, "replace")
    beyond = [i for i, c in enumerate(decoded) if c > "\x7f"]
    if not beyond:
        return 0.0
    broken = decoded.count("\ufffd") / len(beyond)
    return sum(likely(decoded, i) for i in beyond) / len(beyond) - 4 * broken


_MARKS_OF_THE_EAST = frozenset("，。、：；！？（）《》“”‘’【】—…·￥°×・「」『』～％＋－／〒※①②③④⑤○●★☆■□〇〜ー々")


def _in_plane(text: str, i: int, encoding: str, common: range, other: float = 0.0) -> float:
    """Common characters fill the first part of the old code tables; wrong decoding scatters over the rest."""
    character = text[i]
    if character in _MARKS_OF_THE_EAST or "！" <= character <= "～" or character in "¥€£é®™²³½㎡℃㈱":
        return 1.0
    try:
        encoded = character.encode(encoding)
    except UnicodeEncodeError:
        return 0.0
    return 1.0 if len(encoded) == 2 and encoded[0] in common else other


def _is_kana(character: str) -> bool:
    return "\u3040" <= character <= "\u30ff"


def _japanese(text: str, i: int, encoding: str, common: range) -> float:
    if _is_kana(text[i]):
        return 1.0
    if "\uff61" <= text[i] <= "\uff9f":  # half-width kana: rare, and what Chinese bytes turn into
        return 0.2
    return _in_plane(text, i, encoding, common, 0.3)


def _korean(text: str, i: int) -> float:
    if "\uac00" <= text[i] <= "\ud7a3":
        # Chinese bytes scatter over this table and beyond; Korean ones never leave it.
        return 1.01 if len(text[i].encode("euc_kr", "ignore")) == 2 else 0.3
    return 0.8 if text[i] in _MARKS_OF_THE_EAST or text[i] in "·™®₩℃" else 0.1


def _western(text: str, i: int) -> float:
    """Western letters stand alone or in twos within words; Chinese bytes read as Latin come in rows."""
    if not (text[i].isalpha() or text[i] in "€£¥°®™©’‘“”–—…½²³·×«»•\xa0„"):
        return 0.0
    before, after = text[max(i - 1, 0) : i], text[i + 1 : i + 2]
    lonely = before <= "\x7f" and after <= "\x7f"
    if lonely:
        return 1.0
    neighbours = (text[max(i - 2, 0) : i] + text[i + 1 : i + 3]).replace(text[i], "")
    in_twos = sum(c > "\x7f" for c in neighbours) <= 1
    return 0.9 if in_twos and text[i].islower() and (before + after).isalpha() else 0.0


_LIKELY: dict[str, tuple[Callable[[str, int], float], bool]] = {
    "gb18030": (lambda text, i: _in_plane(text, i, "gb2312", range(0xB0, 0xD8)), False),
    "big5hkscs": (lambda text, i: _in_plane(text, i, "big5", range(0xA4, 0xC7)), False),
    "cp932": (lambda text, i: _japanese(text, i, "shift_jis", range(0x88, 0x98)), True),
    "euc_jp": (lambda text, i: _japanese(text, i, "euc_jp", range(0xB0, 0xD0)), True),
    "cp949": (_korean, False),
    "cp1252": (_western, False),
}
