"""Goods for what a question tells of: where nothing is called so, the rows that say most of it.

喷漆戴啥好 names no goods, but one row notes 喷漆用; "something warm for the stable" means the stable rug. What no row
has ("horse") tells nothing here, unless it is what is wanted itself: "a kayak for fishing" is no fishing rod.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from shopdesk.core import lexicon
from shopdesk.core.about_sorts import all_goods
from shopdesk.core.late import late
from shopdesk.core.needs import best_fit
from shopdesk.core.plan import Plan
from shopdesk.core.ports import SearchWish
from shopdesk.core.ranges import says_limit
from shopdesk.core.record_plans import product_plan
from shopdesk.core.resolving import Subject
from shopdesk.core.shop import Shop
from shopdesk.core.subjects import SEVERAL, price_wish_of, subject_of
from shopdesk.core.text import fold
from shopdesk.core.things_wanted import any_things
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding

_ASKS = late(
    r"(?:该|要|得|能|想|应该|可以)?[用戴穿吃喝买送选挑拿放配备拎带垫装贴使抹涂擦泡养种玩盖铺打挂喷施炸涮煮](?:点|些|个|一[个双件款])?(?:什么|啥|哪(?:[个种款双件样些台把只条张瓶盒]|一[个种款双件]))(?!时候|地方)"
    r"(?:样的|东西)?(?:比较|最|更|才)?(?:好|合适|行|管用|靠谱)?(?:些|点)?"
    r"|(?:帮|给|替)?(?:我|忙|他|她|客人)?(?:推荐|挑|选)(?:一?[下点些个款种双件]|几[样个款种])*|适合(?=[^,，。?？的]{1,8}的)"
    r"|[用戴穿吃喝装放玩使切修打炖煮](?=的)"
    r"|\b(?:something|anything|what|which(?: ones?)?)\b.{0,50}?\b(?:for|to|use|wear|suits?|good|best)\b"
    r"|\b(?:good|best|suitable|right|ideal) for\b"
    r"|的(?:工具|设备|装备|用品|机器|家伙|材料|食材|礼物|东西)|\bfor (?:an? |the |my |our |some(?:one|body) |people )"
    r"|\b(?:recommend|suggest|advise)\b|\bwhat (?:can|should|do|would|could) (?:i|we|you|they|he|she"
    r"|one) (?:put|use|wear|take|get|give|buy|offer)\b"
    r"|\b(?:wants?|needs?|looking for|after|could do with)\b"
)
"""Asks for goods by what they are for."""
_WANTED = late(
    r"\b(?:wants?|needs?|looking for|is after|'s after|are after|could do with|would like) (?:to (?:buy|get|have) )?"
    r"(?:(?:some|an?|the|new|her|his|their|own|pair of|good|nice|decent) )*([a-z][a-z' -]{2,40})"
    r"|(?:想[要买找]|需要|要买)(?:一?[个双件款条只支套台盒把瓶包袋张本块]|点|些)?([\u4e00-\u9fff]{2,10})"
)
"""What somebody wants, after whatever is told of them."""
_THING = late(
    r"\b(?:an?|any|some)((?: [a-z-]+){1,3}?) (?:for|to|that|which|suitable|good)\b"
    r"|的([\u4e00-\u9fff]{2,4}?)(?=[吗么呢?？,，。]|有|推荐|$)"
)
"""The thing itself that is asked for a purpose."""
_ANY_THING = frozenset((
    "something", "anything", "thing", "things", "gift", "present", "product", "item", "tool", "tools", "gear", "kit",
    "equipment", "stuff", "supplies", "one", "idea", "ideas", "recommendation", "suggestion", "treat", "little", "nice",
    "good", "cheap", "small", "bit", "pressie", "filler", "stocking", "option", "options", "solution",
    "工具", "设备", "装备", "用品", "机器", "家伙", "材料", "礼物", "礼品", "东西", "食材", "款式", "推荐", "客人",
))  # fmt: skip
_NO_THING = re.compile(r"什么|啥|哪|吗|[点些个]$|^[能会要可有该得]")
"""Asks; it is no thing."""
_NEARLY = 0.08
_ENOUGH = 0.6
_SHOWN = 6
_RULES_TRIED = 5
_CANDIDATES = 100
_AS_GOOD = 0.6
"""The part of what the best fitting goods say that others must say to be as good."""


_SURELY = late(
    r"[用戴穿吃喝送放打挂喷施](?:点|些|个)?(?:什么|啥|哪[个种款双件])|[买选挑]哪[个种款双件台把]"
    r"|\bwhat (?:can|should|could) (?:i|we|you|they) (?:put|use|wear)\b"
)


_WANTS = late(
    r"(?:客人|顾客|客户|有人|他|她|阿姨|大爷|大妈|老板)(?:说|要|想|问|嫌|怕|爱|喜欢|不能|需要)|哪[个种款台双件样](?:比较|更|最)?(?:好|合适|行|管用)"
    r"|[买选挑拿][哪][个种款台双件样]|(?:想|要|得)(?:要|买|找|吃|喝|用)?(?:点|个|些|能)|[^\W\d_]个什么|吃点|喝点|送个"
    r"|^(?:i |we |he |she |they )?(?:need|want|after)?(?:an?|some) (?:[a-z-]+ ){0,4}(?:for|to|that|which|who|with)\b"
    r"|\b(?:customer|lady|chap|bloke|gentleman|someone|somebody|man|woman|guy) (?:wants|needs|likes|asks|has|is|says)\b"
)
"""Tells what somebody wants, however it is put."""
_TELLS = late(r"的(?:[,，。!]|\W*$)")
"""Tells of what is wanted, and asks nothing: 稳当点的, 五十以内送人的."""
_WHICH = late(r"\b(?:what|which)\b|什么|啥|哪")
_HEAD = late(r"[\u4e00-\u9fff]的([\u4e00-\u9fff]{2,8}?)(?:有吗|有没有?|有不|有卖|卖吗|吗|呢)*\W*$")
"""The thing itself after what is told of it: 敬茶改口的*红包*有吗."""


def asks_for_purpose(read: Understanding) -> bool:
    """Whether goods are surely asked for, and by what they are for: no rule answers that before them."""
    return read.asks("recommend") or _SURELY.search(read.folded) is not None


def about_purpose(shop: Shop, read: Understanding) -> Plan | None:
    """The goods whose rows say most of what they are wanted for; None where no purpose is asked about or told."""
    return _named_for_it(shop, read) or _as_told(shop, read)


def _named_for_it(shop: Shop, read: Understanding) -> Plan | None:
    """The goods that are named after a word for wanting, or whose rows cover what is named."""
    if not (read.asks("recommend") or _ASKS.search(read.folded)) or read.kinds & {"policy", "order", "promotion"}:
        return None
    loosely = (("price",),) if read.asks("exists") else (("price",), ("stock",))
    if read.asked and read.asked not in loosely and not _SURELY.search(read.folded):
        return None
    subject = subject_of(read).without(
        match.span() for match in _ASKS.finditer(read.folded) if not match.group().startswith(("的", "for"))
    )
    wanted = _what_is_wanted(shop, read)
    if wanted:
        return _offered(read, wanted)
    wish = replace(price_wish_of(read), categories=read.categories or read.sorts, brands=read.brands)
    if not subject.content or (_unknown_thing(shop, read) and not wish.categories):
        return None
    searched = replace(shop.resolver.wish_for(subject, wish), limit=_CANDIDATES)
    records = [hit.record for hit in shop.catalogue.search(searched)]
    shares = shop.resolver.known_shares(subject, records)
    best = max(shares, default=0.0)
    if best < _ENOUGH and (read.high is not None or lexicon.GIFTS.search(read.folded)):
        # "for a boulderer": no text, but other forms of its words may be told in some; a gift may be anything
        records = all_goods(shop, wish)
        shares = shop.resolver.known_shares(subject, records, all_words=True)
        best = max(shares, default=0.0)
        if best == 0.0 and read.high is not None and lexicon.GIFTS.search(read.folded):
            return _offered(read, records)
    if best < _ENOUGH:
        return None
    return _offered(read, [record for record, share in zip(records, shares, strict=True) if share >= best - _NEARLY])


def _as_told(shop: Shop, read: Understanding) -> Plan | None:
    """The goods that fit what a question tells which names none of them; None where it asks for something else."""
    if read.kinds & {"policy", "order", "promotion", "total", "cheapest", "dearest"}:
        return None
    if "price" in read.asked and not (read.kinds & SEVERAL or _SURELY.search(read.folded)):
        return None  # of a thing that the shop does not have
    if not _wants_goods(read):
        return None
    if not read.asks("exists") or read.asks("recommend") or _WHICH.search(read.folded):
        return _chosen(shop, read)
    # "do we sell bait buckets": baits are none, and what shares a word with a thing need not be one
    head = _HEAD.search(read.folded)
    plan = _chosen(shop, read) if head is not None else None
    return plan if plan is not None and head is not None and _all_called(head[1], plan) else None


def _wants_goods(read: Understanding) -> bool:
    """Whether some goods are asked for, in whatever way: by a word for that, by a limit, or by what is told of them."""
    if read.kinds & (SEVERAL | {"exists"}) or _ASKS.search(read.folded) or _WANTS.search(read.folded):
        return True
    if read.low is not None or read.high is not None or says_limit(read.folded):
        return True
    return bool(_TELLS.search(read.folded)) and not lexicon.ASKS_SOMETHING.search(read.folded)


def _all_called(thing: str, plan: Plan) -> bool:
    """Whether the goods of a plan are all called so, or kept in a category that is."""
    return all(
        thing[-2:] in f"{fact.record.title}|{fact.record.fields.get('category')}"
        for fact in plan.facts if fact.record.kind == "product"
    )  # fmt: skip


def _chosen(shop: Shop, read: Understanding) -> Plan | None:
    """The goods of which a column, a note or the name says most of what is told; None where nothing telling is."""
    if _unknown_thing(shop, read):
        return None
    records = _all_within(shop, read)
    fit = best_fit(read, records) if records else None
    if fit is None:
        return None
    sure = fit.told or _SURELY.search(read.folded) or _WANTS.search(read.folded) or read.asks("recommend")
    return _offered(read, fit.records) if sure else None


def better_fitting(shop: Shop, read: Understanding, plan: Plan, *, surely: bool) -> Plan | None:
    """The goods that fit what a question tells better than those of its plan, or fewer of these; None where none do.

    Unless goods are `surely` to be recommended, the thing that is wanted must be one that goods are called by.
    """
    goods = [fact.record for fact in plan.facts if fact.record.kind == "product"]
    told = plan.intent not in ("not_found", "not_recorded", "policy")
    if plan.intent == "computed" and all(fact.record.key != "list" for fact in plan.facts):
        return None  # a sum or a comparison
    if told and len({record.key for record in goods}) > 1:
        fit = best_fit(read, goods)
        return _offered(read, fit.records) if fit is not None and fit.told and len(fit.records) < len(goods) else None
    if _unknown_thing(shop, read):
        return None
    fit = best_fit(read, _all_within(shop, read))
    if fit is None or not fit.told or not (surely or fit.called):
        return None
    if told and any(fit.says(record) >= _AS_GOOD for record in goods):
        return None
    if told and _named_apart(read.folded, goods, fit.records):
        return None
    return _offered(read, fit.records)


def _named_apart(folded: str, goods: Sequence[Record], others: Sequence[Record]) -> bool:
    """Whether a question says a thing that some goods are called by and none of the others."""
    keys = {record.key for record in others}
    return any(
        keys.isdisjoint(record.key for record in thing.records) for thing in any_things(folded, (*goods, *others))
    )  # fmt: skip


def _all_within(shop: Shop, read: Understanding) -> list[Record]:
    """All goods at the prices and of the brands that a question says; in a large shop those that have its words."""
    wish = price_wish_of(read)
    present = lexicon.IN_STOCK_ONLY.search(read.folded) is not None
    wish = replace(wish, brands=read.brands, in_stock=wish.in_stock or present)
    records = all_goods(shop, wish)
    if not records and wish.brands:
        records = all_goods(shop, replace(wish, brands=()))
    if not records:
        searched = shop.resolver.wish_for(subject_of(read), replace(wish, brands=()))
        records = [hit.record for hit in shop.catalogue.search(searched)] if searched.text else []
    return records


def _what_is_wanted(shop: Shop, read: Understanding) -> Sequence[Record]:
    """The goods that are named after a word for wanting: "she has just started riding and wants some jodhpurs"."""
    for match in _WANTED.finditer(read.folded):
        part = _only(subject_of(read), match.span(match.lastindex or 0))
        found = shop.resolver.resolve(part, price_wish_of(read)).records if part.content else ()
        if found:
            return found
    return ()


def _only(subject: Subject, span: tuple[int, int]) -> Subject:
    return subject.without(((0, span[0]), (span[1], len(subject.folded))))


def _unknown_thing(shop: Shop, read: Understanding) -> bool:
    """Whether the thing itself that is asked for is called by a word that no row has."""
    for match in _THING.finditer(read.folded):
        place = match.lastindex or 0
        said = match[place].strip()
        word = said.split()[-1] if said.isascii() and said else said
        if word in _ANY_THING or any(word.endswith(thing) for thing in _ANY_THING if not word.isascii()):
            continue
        if _NO_THING.search(word):
            continue
        part = _only(subject_of(read), (match.end(place) - len(word), match.end(place)))
        if part.content and not shop.resolver.knows(part) and not _in_rules(shop, word):
            return True
    return False


def _in_rules(shop: Shop, word: str) -> bool:
    """Whether the shop's rules or promotions call its goods so, which no row needs to: 汉服, machines, animals."""
    hits = shop.catalogue.search(SearchWish(word, kinds=("policy", "promotion"), limit=_RULES_TRIED, enough=1))
    told = (" ".join((hit.record.title, *map(str, hit.record.fields.values()))) for hit in hits)
    return any(word in fold(text) for text in told)


def _offered(read: Understanding, records: Sequence[Record]) -> Plan:
    there = [record for record in records if record.fields.get("stock") != 0] or list(records)
    kinds = frozenset({"list"})
    asking = replace(read, kinds=kinds, asked=("price",), attributes=(), quantities=(), quantity_spans=(), sizes=())
    return product_plan(asking, there[:_SHOWN])
