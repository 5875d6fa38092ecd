"""What the core needs from the world, as Protocols. `shopdesk.app` plugs the real ones in."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from shopdesk.core.banned import BannedWords
from shopdesk.core.figures import AllowedFigures
from shopdesk.core.gaps import Gap
from shopdesk.core.types import Answer, ChatMessage, Exchange, Hit, Kind, ModelManifest, Record, TokenCounts, Vocabulary


@dataclass(frozen=True, slots=True)
class SearchWish:
    """A search over the shop's rows.

    `text` is free text in any language. The filters are exact and applied before ranking; colours
    are matched against any of the given spellings, case-insensitively.
    `min_price`/`max_price` are hundredths of a unit of the row's currency, also where that has none:
    40000 is ¥400.00 and JP¥400. `by_price` puts the lowest or the highest prices first where there is no text.
    `sold_out` wants what is known to have run out.
    `also` are words that help to choose but need not be there. Only where fewer than `enough` rows have all words of
    the text does the search look for other spellings, synonyms and rows with some of the words.
    """

    text: str
    kinds: tuple[Kind, ...] = ("product",)
    limit: int = 20
    colors: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    stores: tuple[str, ...] = ()
    min_price: int | None = None
    max_price: int | None = None
    in_stock: bool = False
    sold_out: bool = False
    by_price: Literal["", "lowest", "highest"] = ""
    also: str = ""
    enough: int = 10


class Catalogue(Protocol):
    """Read access to the shop's rows. All methods are safe to call from any thread."""

    def view(self) -> AbstractContextManager[None]:
        """Inside, this thread reads the rows as they were when it entered, whatever others write meanwhile."""

    def search(self, wish: SearchWish) -> list[Hit]:
        """Best first. Text without a usable word finds nothing unless a filter is set."""

    def by_code(self, code: str) -> list[Record]:
        """Records whose SKU, barcode, order number, tracking number or promotion code equals `code`
        (case-insensitive)."""

    def variants_of(self, record: Record) -> list[Record]:
        """All products of the same group (same product, other colour or size), `record` included."""

    def count(self, wish: SearchWish) -> int:
        """How many products pass the filters and contain every word of the text."""

    def frequencies(self, tokens: Sequence[str]) -> Mapping[str, int]:
        """For each search token (see `shopdesk.core.text.search_tokens`) in how many rows it stands."""

    def respelled(self, text: str) -> str | None:
        """`text` as the shop writes it, where some row has all of that: from pinyin (`chongfengyi`, `cfy`), from
        characters that sound alike, joined or parted words. None where the shop knows no other way to write it."""

    def parted(self, text: str) -> str:
        """`text`, where it is Chinese, with blanks between the Latin words of the shop that were typed as one."""

    def reworded(self, text: str) -> list[str]:
        """`text` with a word of it put as the shop's own synonyms have it, folded; a few at most, none of itself."""

    def vocabulary(self) -> Vocabulary: ...

    def stores(self) -> list[Record]:
        """The shop's stores, by name."""

    def promotions_on(self, day: str) -> list[Record]:
        """Promotions running on the ISO date `day`, those without dates included."""


class Conversations(Protocol):
    def start(self) -> int:
        """A new, empty conversation; its id."""

    def history(self, conversation_id: int, limit: int) -> list[Exchange]:
        """The last `limit` exchanges, oldest first. Raises UserFacingError("conversation_missing")."""

    def question_asked(self, conversation_id: int, question: str, facts_json: str) -> int:
        """Store a question before it is answered (nothing is lost by a crash); the message id."""

    def answer_given(self, message_id: int, answer: Answer) -> None: ...


class AnswerCache(Protocol):
    """Answers that the model gave before, by a digest of everything that they rest on."""

    def get(self, key: str) -> str | None: ...

    def put(self, key: str, answer: str, model: str) -> None: ...


class GapNotes(Protocol):
    """Where questions are noted that the shop's data could not answer."""

    def note(self, gap: Gap) -> None: ...


class BannedList(Protocol):
    """The shop's list of words that no answer may show."""

    def banned(self) -> BannedWords: ...


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of the completion, never half a character."""

    text: str


@dataclass(frozen=True, slots=True)
class Completed:
    reason: Literal["stop", "length", "cancelled"]
    tokens: TokenCounts


class Engine(Protocol):
    """A language model. `generate` raises EngineError where the model cannot answer."""

    @property
    def manifest(self) -> ModelManifest: ...

    @property
    def device(self) -> str:
        """ "cpu" or, for example, "cuda"."""

    @property
    def state(self) -> str:
        """ "starting" while the model is being loaded."""

    @property
    def identity(self) -> str:
        """Tells this model from any other, also from another file under the same name."""

    def generate(
        self,
        messages: Sequence[ChatMessage],
        *,
        max_tokens: int,
        temperature: float = 0.0,
        cancel: threading.Event | None = None,
        copy: Sequence[str] = (),
        allowed: AllowedFigures | None = None,
        schema: Mapping[str, Any] | None = None,
    ) -> Iterator[Piece | Completed]:
        """Pieces, then exactly one Completed. Setting `cancel` ends it within 0.2 s.

        `copy`: names and values from the facts that, once begun, should be said to their end. `allowed`: the only
        figures and citations that may be written. `schema`: the JSON schema of the only text that may be written.
        An engine that cannot see to these may ignore them.
        """

    def count_tokens(self, text: str) -> int: ...

    def close(self) -> None: ...
