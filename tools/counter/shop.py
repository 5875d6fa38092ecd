"""Imagined shops: random rows whose names and values are as varied as those of real ones.

Names mix known words with random characters on purpose: a model that has copied every character of
GB 2312 and any mixture of letters, figures and marks will copy the next shop's names as well.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

from shopdesk.core.types import Language, Record
from tools.counter import lexicon

_Word = TypeVar("_Word")
_CONSONANTS = (
    "b",
    "c",
    "d",
    "f",
    "g",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "w",
    "x",
    "y",
    "z",
    "ch",
    "sh",
    "th",
    "st",
    "br",
    "cr",
    "tr",
    "gl",
    "pl",
    "sk",
    "qu",
    "ph",
)
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "ee", "ie", "oo", "ou", "y", "au", "io", "é", "ö", "ü", "ñ")
_ENDINGS = ("", "", "", "n", "r", "s", "t", "l", "x", "m", "nd", "ck", "ng", "ex", "ly", "ton", "o")
CURRENCIES = (
    ("CNY",) * 12 + ("USD",) * 4 + ("EUR", "EUR", "GBP", "GBP", "JPY", "HKD", "TWD", "KRW", "SGD", "AUD", "CAD", "")
)


def common_hanzi() -> str:
    """GB 2312 level 1: the 3,755 characters of everyday Chinese."""
    return _gb2312_rows(16, 56)


def rare_hanzi() -> str:
    """GB 2312 level 2: the 3,008 characters of names, plants, utensils and fabrics."""
    return _gb2312_rows(56, 88)


def _gb2312_rows(first: int, end: int) -> str:
    cells = (bytes((row + 0xA0, cell + 0xA0)) for row in range(first, end) for cell in range(1, 95))
    return "".join(cell.decode("gb2312", errors="ignore") for cell in cells)


_COMMON, _RARE = common_hanzi(), rare_hanzi()
_KNOWN = frozenset(_COMMON + _RARE)
_BEYOND = "".join(chr(code) for code in range(0x4E00, 0x9FA6) if chr(code) not in _KNOWN)
_FAR_BEYOND = ((0x3400, 0x4DB5), (0x20000, 0x2A6D6), (0x2A700, 0x2B734))
_ALPHABETS = (
    "абвгдежзийклмнопрстуфхцчшщыэюяёїє",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "".join(map(chr, range(0x30A2, 0x30F4))),  # katakana
    "".join(map(chr, range(0x3042, 0x3094))),  # hiragana
    "".join(map(chr, range(0xAC00, 0xD7A3, 28))),  # hangul without a final consonant
)
_BETWEEN = (
    "", "", "", " ", " ", " ", "·", "-", "/", "+", "&", "（", "，", "(", ", ", "·", "“", "、", ")", "）", ".", ": ",
    "_", "´", "!", "[", "|", "~",
)  # fmt: skip
_UNITS = ("ml", "寸", "g", "%", "cm", "L", "W", "mm", "克", "毫升", "米", "层", "抽", "支")
_PACKS = ("件套", "支装", "只装", "包装", "条装", "片", "瓶", "双装", "件", "袋")
_TITLE_ENDS = ("怎么办", "怎么算", "有哪些", "找谁", "要多久", "是什么", "注意事项", "常见问题", "规定", "的说法")
_GOODS_ENDS = ("坏了怎么办", "能退吗", "怎么保养", "丢了怎么办", "的保修", "拆封以后", "可以换吗")
_TITLE_STARTS = ("How to", "What if", "When you need", "If it is about", "All about", "What we say on")
_QUESTION_STARTS = ("How do I", "Can I", "Where do we", "What happens when I")
_RULE_NAMES = ("rules", "policy", "guide", "notes", "FAQ")
_ACCENTED = "àáâãäåæçèéêëìíîïñòóôõöøùúûüýąćčďęěğıłńňőřśşšťůűźżžßœþð"
_ENGLISH_WORDS = tuple(
    word
    for text in (*lexicon.EXTRA_EN, *lexicon.MAKERS_EN, *(pair[1] for pair in (*lexicon.GOODS, *lexicon.ADJECTIVES)))
    for word in text.split()
    if word.isalpha()
)


class ShopMaker:
    """Random products, policies, promotions and orders. Everything follows from `rng`.

    With `held_out` the shop is built from goods, makers and adjectives that no training shop has.
    With `plain` its rows say little beside what is asked for.
    """

    def __init__(self, rng: random.Random, held_out: bool = False, plain: bool = False) -> None:
        self.rng = rng
        self.held_out = held_out
        self.plain = plain

    def pick(self, words: Sequence[_Word]) -> _Word:
        """One of `words`: of its last seventh when held out, of the rest when training."""
        cut = len(words) - max(1, len(words) // 7)
        return self.rng.choice(words[cut:] if self.held_out else words[:cut])

    # ---- names

    def hanzi(self, low: int, high: int) -> str:
        """Random characters, a good half of them rare; at times traditional ones and others beyond GB 2312."""
        count = self.rng.randint(low, high)
        if self.rng.random() < 0.14:
            return "".join(self.beyond() if self.rng.random() < 0.6 else self.rng.choice(_COMMON) for _ in range(count))
        return "".join(self.rng.choice(_RARE if self.rng.random() < 0.55 else _COMMON) for _ in range(count))

    def beyond(self) -> str:
        """A character that has no token of its own."""
        if self.rng.random() < 0.9:
            return self.rng.choice(_BEYOND)
        return chr(self.rng.randrange(*self.rng.choice(_FAR_BEYOND)))

    def foreign_word(self) -> str:
        """A word in another alphabet, or a Latin one with accents."""
        rng = self.rng
        if rng.random() < 0.5:
            letters = rng.choice(_ALPHABETS)
            word = "".join(rng.choice(letters) for _ in range(rng.randint(2, 7)))
            return word.capitalize() if rng.random() < 0.4 else word
        word = list(self.pick(_ENGLISH_WORDS).lower())
        for _ in range(rng.randint(1, 2)):
            word[rng.randrange(len(word))] = rng.choice(_ACCENTED)
        return "".join(word).capitalize() if rng.random() < 0.6 else "".join(word)

    def latin_word(self) -> str:
        """A pronounceable word that no lexicon has, or one from ours."""
        roll = self.rng.random()
        if self.rng.random() < 0.05:
            return self.foreign_word()
        if roll < 0.45:
            return self.pick(lexicon.EXTRA_EN + lexicon.MAKERS_EN)
        syllables = self.rng.choice((1, 2, 2, 2, 3, 3))
        word = "".join(
            self.rng.choice(_CONSONANTS) + self.rng.choice(_VOWELS if self.rng.random() < 0.3 else _VOWELS[:5])
            for _ in range(syllables)
        ) + self.rng.choice(_ENDINGS)
        return word.upper() if roll > 0.95 else word if roll > 0.85 else word.capitalize()

    def blended_word(self) -> str:
        """The head of one word with the tail of another: pieces that real words are cut into, in new order."""
        rng = self.rng
        first, second = self.pick(_ENGLISH_WORDS), self.pick(_ENGLISH_WORDS)
        word = first[: rng.randint(1, 5)] + second[rng.randint(0, 4) :]
        return rng.choice((word, word, word.capitalize(), word.lower(), word.upper())) if len(word) < 14 else first

    def soup(self) -> str:
        """A name of no kind: characters, pieces of words, figures and marks in any order."""
        rng = self.rng
        if rng.random() < 0.5:
            return self.hanzi(2, 9) + (rng.choice(("", " ", "·")) + self.blended_word() if rng.random() < 0.15 else "")
        parts = [
            rng.choice((
                self.hanzi(1, 5), self.hanzi(2, 8), self.hanzi(2, 6), self.blended_word(), self.blended_word(),
                self.latin_word(), self.syllables(), self.foreign_word(), str(rng.randint(1, 999)), self.measure(),
            ))
            for _ in range(rng.randint(2, 5))
        ]  # fmt: skip
        text = parts[0]
        for part in parts[1:]:
            text += rng.choice(_BETWEEN) + part
        return text

    def syllables(self) -> str:
        """Letters as no language has them, in the case of a brand, an initialism or a typing slip."""
        rng = self.rng
        word = "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(rng.randint(1, 6)))
        return rng.choice((word, word.capitalize(), word.upper(), word[:2] + word[2:].upper()))

    def measure(self) -> str:
        """A quantity as names have them: 24cm, 160*230, 3支装, 第2代."""
        rng = self.rng
        number = rng.choice((rng.randint(1, 20), rng.randint(1, 300), rng.randint(10, 99) * 10))
        return rng.choice(
            (
                f"{number}{rng.choice(_UNITS)}",
                f"{number}{rng.choice('*×xX')}{rng.randint(2, 300)}{rng.choice(('', 'cm', '厘米'))}",
                f"{rng.randint(2, 24)}{rng.choice(_PACKS)}",
                f"第{rng.choice((rng.randint(2, 9), '二', '三', '四'))}代",
                f"{rng.randint(1, 12)}.{rng.randint(1, 9)}{rng.choice(('L', 'kg', 'm', '英寸', '尺', ''))}",
                f"{rng.randint(1, 12)}-{rng.randint(13, 36)}{rng.choice(('个月', '岁', 'cm'))}",
            )
        )

    def model_number(self) -> str:
        rng = self.rng
        letters = "".join(rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(rng.randint(1, 3)))
        digits = str(rng.randint(1, 10 ** rng.randint(1, 4)))
        return rng.choice(
            (
                f"{letters}{digits}",
                f"{letters}-{digits}",
                digits,
                f"{digits}{letters}",
                f"{letters}{digits}{rng.choice('abcSPX')}",
                f"V{rng.randint(1, 9)}.{rng.randint(0, 9)}",
                f"{rng.randint(1, 9)}",
                f"{rng.choice(('II', 'III', 'IV', 'Mk2', 'Gen 3', 'Pro', 'Max', 'Plus', 'SE', 'mini'))}",
                f"{rng.randint(2020, 2027)}",
                f"No.{rng.randint(1, 99)}",
            )
        )

    def _chinese_name(self, noun: str) -> str:
        rng = self.rng
        maker = self.pick(lexicon.MAKERS_ZH)
        adjective = self.pick(lexicon.ADJECTIVES)[0]
        style = rng.random()
        if style < 0.18:
            return f"{maker}{adjective}{noun}{' ' + self.model_number() if rng.random() < 0.5 else ''}"
        if style < 0.42:
            number = self.model_number() if rng.random() < 0.3 else ""
            return f"{self.hanzi(2, 4)}{rng.choice(('', adjective))}{noun}{number}"
        if style < 0.54:
            return self.hanzi(3, 9)
        if style < 0.66:
            words = " ".join(self.latin_word() for _ in range(rng.randint(1, 3)))
            return rng.choice(
                (
                    f"{words}{adjective}{noun}",
                    f"{words} {adjective}{noun}",
                    f"{words}{self.hanzi(2, 4)}{noun}",
                    f"{words}{noun} {self.model_number()}",
                )
            )
        if style < 0.76:
            size = rng.choice((self.measure(), self.measure(), "100%纯棉", "95%白鹅绒", "2020款", "10.000mAh", "30天"))
            return rng.choice(
                (
                    f"{size} {self.pick(lexicon.ADJECTIVES)[0]}{noun}",
                    f"{size} {self.hanzi(2, 4)} {noun}",
                    f"{size}{self.hanzi(1, 5)}{noun} {self.hanzi(2, 4)}",
                    f"{maker}{self.hanzi(1, 3)}{noun} {size}",
                    f"{size}{maker}{noun}",
                    f"{maker} {size}{noun}",
                )
            )
        if style < 0.92:
            other = self.pick(lexicon.GOODS)[0]
            return rng.choice(
                (
                    f"{maker}·{self.hanzi(2, 3)}{noun}",
                    f"{maker}{noun}+{other}",
                    f"{maker}{noun}/{other}套装",
                    f"{noun}（{rng.randint(2, 12)}只装）",
                    f"{maker}{noun}(升级款)",
                    f"【新品】{maker}{noun}",
                    f"{self.hanzi(2, 3)}&{self.hanzi(2, 3)}{noun}",
                    f"{maker}-{self.hanzi(2, 2)}-{noun}",
                    f"“{self.hanzi(2, 3)}”{noun}",
                    f"{maker}{noun}，{adjective}",
                    f"{noun}{rng.randint(2, 12)}{rng.choice('只包件瓶片')}装",
                    f"{self.hanzi(2, 3)}、{self.hanzi(2, 3)}{noun}",
                    f"{maker}{noun}{rng.randint(10, 900)}{rng.choice(('g', 'ml', 'cm', '克', '毫升'))}",
                )
            )
        second, third = self.pick(lexicon.ADJECTIVES)[0], self.pick(lexicon.ADJECTIVES)[0]
        return f"{maker}{adjective}{self.hanzi(3, 6)}{second}{noun}{self.hanzi(2, 6)} {self.model_number()}{third}"

    def _english_name(self, noun: str) -> str:
        rng = self.rng
        maker = self.pick(lexicon.MAKERS_EN)
        adjective = self.pick(lexicon.ADJECTIVES)[1]
        style = rng.random()
        if style < 0.25:
            return f"{maker} {adjective} {noun}{' ' + self.model_number() if rng.random() < 0.5 else ''}"
        if style < 0.45:
            return f"{self.latin_word()} {rng.choice(('', adjective + ' '))}{noun}"
        if style < 0.58:
            return " ".join(self.latin_word() for _ in range(rng.randint(1, 4)))
        if style < 0.68:
            return noun
        if style < 0.76:
            return f"{self.latin_word()} {noun} {self.model_number()}".lower()
        if style < 0.94:
            return rng.choice(
                (
                    f"{noun} ({rng.randint(2, 24)}-pack)",
                    f"{maker}'s {noun}",
                    f"{maker} & {self.latin_word()} {noun}",
                    f"{noun} - {self.latin_word()}",
                    f"{maker} {noun} + {self.latin_word()}",
                    f"{rng.randint(5, 32)}-inch {noun}",
                    f'{maker} {rng.randint(1, 9)}.{rng.randint(1, 9)}" {noun}',
                    f"{noun}, {adjective}",
                    f"{maker} {noun} {rng.randint(8, 999)} GB",
                    f"{maker}/{self.latin_word()} {noun}",
                    f"{self.latin_word()}: {self.latin_word()} {self.latin_word()} {noun}",
                    f"{maker}® {noun}",
                    f"The {adjective} {noun}",
                    f"{maker} {self.model_number()} {noun} {self.model_number()}",
                    f"{noun} for {self.pick(lexicon.GOODS)[1]}",
                    f"{maker.upper()} {noun.upper()}",
                    f"{noun} No. {rng.randint(1, 50)}",
                    f"{noun} ({self.latin_word()} edition)",
                )
            )
        second, third = f"{self.latin_word()} {self.latin_word()}", self.pick(lexicon.ADJECTIVES)[1]
        return f"{maker} {adjective} {noun} with {second} and {third} {self.latin_word()} {self.model_number()}"

    # ---- values

    def code(self) -> str:
        rng = self.rng
        roll = rng.random()
        letters = "".join(rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(rng.randint(2, 4)))
        if roll < 0.3:
            return str(rng.randint(10**4, 10 ** rng.randint(6, 10)))
        if roll < 0.55:
            color, size = (
                rng.choice(("BK", "WH", "RD", "BL", "GN", "GY")),
                rng.choice(("42", "41", "M", "L", "XL", "38", "500")),
            )
            return f"{letters}{rng.randint(1, 9)}-{color}-{size}"
        if roll < 0.75:
            return f"{letters}-{rng.randint(1, 9999):03d}{rng.choice(('', '', f'-{rng.randint(1, 99)}'))}"
        if roll < 0.82:
            return f"{letters.lower()}_{rng.randint(1, 99999)}"
        if roll < 0.9:
            return self.odd_code()
        return "".join(rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") for _ in range(rng.randint(5, 9)))

    def odd_code(self) -> str:
        """An item number as somebody made it up at the counter: x9, No.7/甲, KS_0012#, 12.40-b."""
        rng = self.rng
        parts = [
            rng.choice(
                (
                    self.syllables(),
                    str(rng.randint(0, 999)),
                    f"{rng.randint(0, 999):04d}",
                    rng.choice("甲乙丙丁ABCabcx"),
                )
            )
            for _ in range(rng.randint(1, 4))
        ]
        text = parts[0]
        for part in parts[1:]:
            text += rng.choice(("", "", "-", "_", "/", ".", "#", "+", ":", " ")) + part
        text = rng.choice(("", "", "", "No.", "#", "货")) + text + rng.choice(("", "", "", "#", "*", "号"))
        return text if len(text) > 1 else f"{text}{rng.randint(1, 99)}"

    def barcode(self) -> str:
        return str(self.rng.choice((69, 69, 69, 50, 40, 0))) + "".join(self.rng.choice("0123456789") for _ in range(11))

    def amount(self, currency: str) -> str:
        rng = self.rng
        whole = rng.choice(
            (
                rng.randint(1, 99),
                rng.randint(10, 999),
                rng.randint(10, 999),
                rng.randint(100, 9999),
                rng.randint(1000, 99999),
            )
        )
        if currency in ("JPY", "KRW"):
            return str(whole * rng.choice((1, 10, 100)))
        return f"{whole}.{rng.choice(('00', '00', '00', '90', '99', '50', f'{rng.randint(0, 99):02d}'))}"

    def location(self) -> str:
        rng = self.rng
        text = rng.choice(lexicon.LOCATION_STYLES)
        while "{A}" in text:
            text = text.replace("{A}", rng.choice("ABCDEFGHJKLMNS"), 1)
        while "{nn}" in text:
            text = text.replace("{nn}", f"{rng.randint(1, 40):02d}", 1)
        while "{n}" in text:
            text = text.replace("{n}", str(rng.randint(1, 20)), 1)
        return text

    def day(self) -> str:
        return f"{self.rng.randint(2024, 2027)}-{self.rng.randint(1, 12):02d}-{self.rng.randint(1, 28):02d}"

    def attribute(self, titled: Language) -> tuple[str, str, str, str]:
        """(name, value, name in the other language or "", value in the other language or "")."""
        rng = self.rng
        index = 0 if titled == "zh" else 1
        roll = rng.random()
        if roll < 0.5:
            names, values = rng.choice(lexicon.WORDED_ATTRIBUTES)
            value = rng.choice(values)
            return names[index], value[index], names[1 - index], value[1 - index]
        if roll < 0.72:
            unit, names = rng.choice(lexicon.NUMBERED_ATTRIBUTES)
            number = rng.choice(
                (str(rng.randint(1, 99)), str(rng.randint(100, 9999)), f"{rng.randint(1, 50)}.{rng.randint(1, 9)}")
            )
            value = f"{number}{rng.choice(('', ' '))}{unit.strip()}" if unit else number
            return names[index], value, names[1 - index], value
        if titled == "zh":
            name = rng.choice(lexicon.ATTRIBUTE_PARTS_ZH) + rng.choice(lexicon.ATTRIBUTE_PARTS_ZH)
            if rng.random() < 0.12:
                name = rng.choice((self.measure(), self.hanzi(2, 4), f"{name}（{self.measure()}）"))
            value = rng.choice(
                (
                    self.hanzi(2, 6),
                    self.latin_word(),
                    f"{self.hanzi(2, 3)}、{self.hanzi(2, 3)}",
                    self.sentence("zh"),
                    self.model_number(),
                    f"{rng.randint(1, 60)}×{rng.randint(1, 60)}{rng.choice(('cm', 'mm', '厘米'))}",
                    f"{self.hanzi(1, 3)}{rng.randint(2, 90)}%",
                )
            )
        else:
            name = (
                f"{rng.choice(' _').join(rng.choices(lexicon.ATTRIBUTE_PARTS_EN, k=2))}"
                if rng.random() < 0.6
                else rng.choice(lexicon.ATTRIBUTE_PARTS_EN)
            )
            if rng.random() < 0.1:
                name = rng.choice(
                    (
                        f"{rng.randint(1, 9)}.{rng.randint(1, 9)} x {rng.randint(1, 9)}M",
                        self.model_number(),
                        self.foreign_word(),
                    )
                )
            value = rng.choice(
                (
                    self.latin_word().lower(),
                    self.sentence("en"),
                    f"{self.latin_word()} {self.latin_word()}",
                    self.model_number(),
                    f"{rng.randint(1, 60)} x {rng.randint(1, 60)} {rng.choice(('cm', 'mm', 'in'))}",
                    f"{self.latin_word().lower()}, {self.latin_word().lower()}",
                )
            )
        return name, value, "", ""

    def sentence(self, language: Language) -> str:
        """A sentence as product descriptions have them."""
        rng = self.rng
        if language == "zh":
            first, second = self.pick(lexicon.ADJECTIVES)[0], self.pick(lexicon.ADJECTIVES)[0]
            place = rng.choice(("通勤", "露营", "居家", "旅行", "上学", "办公", "送礼"))
            return rng.choice(
                (
                    f"{first}又{second}，适合{place}",
                    f"采用{self.hanzi(2, 4)}工艺，{first}耐用",
                    f"{self.hanzi(2, 3)}面料，{place}时也{second}",
                    f"一款{first}的日常好物，{place}必备",
                    f"{first}设计，容量 {rng.randint(1, 90)}0 毫升，{place}很方便",
                )
            )
        first, second = self.pick(lexicon.ADJECTIVES)[1].lower(), self.pick(lexicon.ADJECTIVES)[1].lower()
        return rng.choice(
            (
                f"A {first} and {second} choice for {self.latin_word()}",
                f"Made with {self.latin_word()} for {second} use",
                f"{first.capitalize()} design, {rng.randint(2, 90)} cm wide, good for travel",
                f"Everyday {first} comfort with a {second} finish",
                f"A {second} piece that lasts for years",
            )
        )

    # ---- rows

    def product(self, titled: Language) -> Record:
        """A product with most columns filled and some empty."""
        rng = self.rng
        chinese, english, unit, kind = self.pick(lexicon.GOODS)
        index = 0 if titled == "zh" else 1
        title = self._chinese_name(chinese) if titled == "zh" else self._english_name(english)
        if rng.random() < (0.75 if self.plain else 0.12):
            title = self.soup()
        currency = rng.choice(CURRENCIES)
        stock = rng.choice((0, rng.randint(1, 9), rng.randint(1, 99), rng.randint(10, 999), rng.randint(0, 5000)))
        counted = rng.random() < 0.9
        attributes: dict[str, str] = {}
        if rng.random() < 0.3:
            attributes[f"name_{'en' if titled == 'zh' else 'zh'}"] = (
                self._english_name(english) if titled == "zh" else self._chinese_name(chinese)
            )
        for _ in range(rng.choice((0, 1, 1, 2, 3))):
            name, value, _, other = self.attribute(titled)
            attributes[name] = value
            if other and rng.random() < 0.4:
                attributes[f"{name}_{'en' if titled == 'zh' else 'zh'}"] = other
        color, size = rng.choice(lexicon.COLORS), rng.choice(lexicon.SIZES[kind])
        colored, sized = rng.random() < 0.5, rng.random() < 0.45
        if colored and rng.random() < 0.5:
            attributes[f"color_{'en' if titled == 'zh' else 'zh'}"] = color[1 - index]
        price = self.amount(currency)
        scarce = 0.3 if self.plain else 1.0
        fields = {
            "sku": self.code(),
            "price": price if rng.random() < 0.97 else None,
            "list_price": self.amount(currency) if rng.random() < 0.3 * scarce else None,
            "currency": currency,
            "stock": stock if counted else None,
            "available": None if counted or rng.random() < 0.3 else rng.random() < 0.6,
            "unit": unit if titled == "zh" and rng.random() < 0.8 else None,
            "barcode": self.barcode() if rng.random() < 0.2 * scarce else None,
            "color": color[index] if colored else None,
            "size": size if sized else None,
            "location": self.location() if rng.random() < 0.7 * scarce else None,
            "brand": (self.pick(lexicon.MAKERS_ZH) if titled == "zh" else self.pick(lexicon.MAKERS_EN))
            if rng.random() < 0.2 * scarce
            else None,
            "category": lexicon.CATEGORY_NAMES[kind][index] if rng.random() < 0.15 * scarce else None,
            "store": rng.choice(lexicon.STORES)[index] if rng.random() < 0.06 else None,
            "description": self._description(titled) if rng.random() < 0.2 else None,
        }
        return Record("product", str(fields["sku"]), title, fields, "2026-01-01T09:00:00+08:00", attributes)

    def _description(self, titled: Language) -> str:
        end, join = ("。", "") if titled == "zh" else (".", " ")
        return join.join(self.sentence(titled) + end for _ in range(self.rng.choice((1, 1, 2))))

    def near_duplicate(self, record: Record, titled: Language) -> Record:
        """Another row that reads almost like `record`: a variant, a neighbour in the series, a part of its name."""
        rng = self.rng
        fields, title = dict(record.fields), record.title
        currency = str(fields["currency"] or "")
        roll = rng.random()
        index = 0 if titled == "zh" else 1
        attributes = {
            name: value for name, value in record.attributes.items() if not name.startswith(("name_", "color_"))
        }
        if roll < 0.35:
            fields["color"] = rng.choice(lexicon.COLORS)[index]
        elif roll < 0.6:
            fields["size"] = rng.choice(lexicon.SIZES[rng.choice(tuple(lexicon.SIZES))])
        elif roll < 0.8:
            title = f"{title} {self.model_number()}"
        else:
            title = title[: max(2, len(title) * 2 // 3)].strip() + (
                self.pick(lexicon.ADJECTIVES)[0] if titled == "zh" else " " + self.latin_word()
            )
        fields.update(
            sku=self.code(),
            price=self.amount(currency),
            stock=rng.randint(0, 120) if fields["stock"] is not None else None,
        )
        if fields["location"] is not None:
            fields["location"] = self.location()
        if fields["barcode"] is not None:
            fields["barcode"] = self.barcode()
        return Record("product", str(fields["sku"]), title, fields, record.as_of, attributes)

    def text_record(self, kind: str, titled: Language) -> Record:
        """A policy or a promotion."""
        rng = self.rng
        index = 0 if titled == "zh" else 1
        title = self.pick(lexicon.POLICIES if kind == "policy" else lexicon.PROMOTIONS)[index]
        if rng.random() < 0.5:
            title = self._varied_title(title, titled)
        if kind == "policy":
            body = ("" if titled == "zh" else " ").join(self.rule(titled) for _ in range(rng.randint(1, 5)))
            return Record("policy", title, title, {"body": body, "language": titled}, "2026-01-01T09:00:00+08:00")
        body = rng.choice(lexicon.PROMOTION_BODIES)[index].format(
            a=rng.randint(1, 40) * 50,
            b=rng.randint(1, 20) * 5,
            d=rng.choice(("九", "八", "8.8", "7.5", "五")),
            p=rng.choice((10, 15, 20, 50)),
            n=rng.randint(2, 5),
        )
        fields = {
            "body": body,
            "starts": self.day() if rng.random() < 0.6 else None,
            "ends": self.day() if rng.random() < 0.8 else None,
            "scope": rng.choice(
                ("全店", "鞋类", "线下门店", "会员")
                if titled == "zh"
                else ("whole shop", "footwear", "in store", "members")
            )
            if rng.random() < 0.4
            else None,
        }
        return Record("promotion", self.code(), title, fields, "2026-01-01T09:00:00+08:00")

    def rule(self, language: Language) -> str:
        """A sentence as the rules of shops have them."""
        rng = self.rng
        days, money = rng.randint(2, 60), rng.randint(1, 90) * 10
        if language == "zh":
            goods, other = self.pick(lexicon.GOODS)[0], self.hanzi(2, 4)
            return rng.choice(
                (
                    f"自购买之日起 {days} 天内，商品未使用、吊牌齐全的可以办理。",
                    f"{goods}和{other}拆封后不能退换。",
                    "凭小票或会员手机号办理。",
                    f"满 {money} 元免运费，不足的收 {rng.randint(5, 30)} 元。",
                    f"退款按实付金额原路退回，需要 {rng.randint(1, 7)} 个工作日。",
                    f"{goods}质量问题由本店承担运费。",
                    f"{other}除外，清仓商品不参加。",
                    f"每天 {rng.randint(8, 10)}:00 至 {rng.randint(20, 22)}:00 营业。",
                    f"积分每 {money} 分抵 1 元。",
                    f"保修 {days} 个月，人为损坏除外。",
                    f"{other}需提前 {rng.randint(1, 9)} 天预约。",
                )
            )
        goods, other = self.pick(lexicon.GOODS)[1].lower(), self.latin_word()
        return rng.choice(
            (
                f"Within {days} days of purchase you may return unused goods with tags.",
                f"Opened {goods} and {other} cannot be returned.",
                "Please bring the receipt or your member phone number.",
                f"Delivery is free over ¥{money}, otherwise ¥{rng.randint(5, 30)}.",
                f"Refunds go back the way they came within {rng.randint(1, 7)} working days.",
                f"Faulty {goods} are collected at our cost.",
                f"{other} and clearance goods are excluded.",
                f"We are open from {rng.randint(8, 10)}:00 to {rng.randint(20, 22)}:00.",
                f"{money} points are worth ¥1.",
                f"The warranty is {days} months; damage by the customer is not covered.",
            )
        )

    def _varied_title(self, title: str, titled: Language) -> str:
        rng = self.rng
        if titled == "zh":
            return rng.choice(
                (
                    f"{title}：{self.hanzi(2, 6)}",
                    f"{self.hanzi(2, 4)}{title}",
                    f"{title}（{rng.choice(lexicon.STORES)[0]}）",
                    f"{title} {rng.randint(2, 30)} 天",
                    f"满 {rng.randint(1, 9)}00 减 {rng.randint(1, 9)}0",
                    f"{self.hanzi(3, 7)}",
                    f"{title}{rng.choice(_TITLE_ENDS)}",
                    f"{self.pick(lexicon.GOODS)[0]}{rng.choice(_GOODS_ENDS)}",
                    f"{rng.choice(('关于', '如何', '怎样', '什么时候可以', '请问'))}{self.hanzi(2, 4)}{title}",
                    f"第{rng.choice('一二三四五六')}条 {title}",
                )
            )
        goods = self.pick(lexicon.GOODS)[1].lower()
        return rng.choice(
            (
                f"{title}: {self.latin_word()} {self.latin_word()}",
                f"{self.latin_word()} {title}",
                f"{title} ({rng.choice(lexicon.STORES)[1]})",
                f"{title}, {rng.randint(2, 30)} days",
                f"{rng.choice(_TITLE_STARTS)} {title.lower()}",
                f"{rng.choice(_QUESTION_STARTS)} {self.pick(_ENGLISH_WORDS).lower()} {goods}?",
                f"{title} - {goods} and {self.pick(_ENGLISH_WORDS).lower()}",
                f"{rng.randint(1, 12)}. {title}",
                f"{self.pick(_ENGLISH_WORDS)}-{self.pick(_ENGLISH_WORDS).lower()} {rng.choice(_RULE_NAMES)}",
                f"{rng.randint(1, 9)}0% off {self.latin_word()}",
                f"{self.latin_word()} {self.latin_word()}",
            )
        )

    def order(self, titled: Language) -> Record:
        rng = self.rng
        index = 0 if titled == "zh" else 1
        number = rng.choice(
            (
                f"YX{rng.randint(20240101, 20271231)}-{rng.randint(1, 9999):04d}",
                str(rng.randint(10**5, 10**13)),
                f"#W{rng.randint(10**5, 10**7)}",
                self.code(),
                f"SO-{rng.randint(1, 99999)}",
            )
        )
        title = rng.choice(
            (f"订单 {number}", number, number)
            if titled == "zh"
            else (f"Order {number}", f"order {number}", number, number)
        )
        clock = f"{rng.randint(8, 21):02d}:{rng.randint(0, 59):02d}"
        fields = {
            "status": rng.choice(lexicon.ORDER_STATUS)[index],
            "carrier": rng.choice(lexicon.CARRIERS)[index] if rng.random() < 0.7 else None,
            "tracking": rng.choice(
                (
                    f"SF{rng.randint(10**9, 10**12)}",
                    str(rng.randint(10**9, 10**14)),
                    f"{rng.choice('JYZB')}{rng.choice('DTOB')}{rng.randint(10**8, 10**11)}",
                )
            )
            if rng.random() < 0.7
            else None,
            "placed_at": f"{self.day()}{rng.choice(('', f' {clock}', f'T{clock}:00+08:00'))}"
            if rng.random() < 0.8
            else None,
            "expected_at": self.day() if rng.random() < 0.6 else None,
            "currency": (currency := rng.choice(CURRENCIES)),
            "total": self.amount(currency) if rng.random() < 0.8 else None,
            "lines": self._lines(titled) if rng.random() < 0.5 else None,
        }
        return Record("order", number, title, fields, "2026-01-01T09:00:00+08:00")

    def _lines(self, titled: Language) -> str:
        rng = self.rng
        goods: Sequence[str] = [self.pick(lexicon.GOODS)[0 if titled == "zh" else 1] for _ in range(rng.randint(1, 3))]
        return ("；" if titled == "zh" else "; ").join(f"{name} × {rng.randint(1, 5)}" for name in goods)
