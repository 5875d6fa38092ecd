"""What people say around the name of goods that names nothing: whom they speak to, what holds the goods, how they ask.

All patterns are meant for folded text.
"""

from __future__ import annotations

import re

from shopdesk.core.late import late

RUNS = late(r"\bwhat\b(?!.*\blong\b).{1,60}\b(run(?:s|ning)?(?: (?:me|you|us|him|her|them))?)(?=(?: these days)?\W*$)")
"""Asks for a price, in its first group: "what do the pruners run"."""

HOW_MANY_MORE = late(r"^(?:还有|有|还?剩)?几[个件双条只支套台盒把床瓶包袋顶张本罐副辆枝块盏根袋](?:啊|呢|呀)?\W*$")
"""Asks for the stock of what was spoken of: 几顶."""

WHICH_STORE = late(
    r"\b(?:which|what) (?:of (?:the|your|our) )?(?:store|branch|shop|location)s?"
    r" (?:has|have|had|got|stocks?|carr(?:y|ies|ied)|is|are) (?:got )?(?:it|that|this|them|one|some|any)\b"
    r"|哪(?:[家个间]|一家)?(?:门?店|分店)(?:里)?(?:还)?有(?:货|的|卖|它|这)?"
)
"""Asks in which store something is."""

FILLER = late(
    r"属于|归属|(?<=left[ -])handed\b|(?<=right[ -])handed\b"
    r"|(?:的)?(?:样品|样板|样块|展品)(?=.{0,3}(?:在|放|摆|挂|搁).{0,3}(?:哪|几号|什么位置))|"
    r"(?:行不行|行[吗么嘛不])(?=\W|$)|[大小]?(?:姐姐|哥哥|姐|哥)(?=[,，\s]|$)|^(?:宝妈|宝子们?|亲爱的|亲|帅哥|美女|靓[仔女]|小[哥妹]|大[哥姐]|师傅|老铁|老板娘?|掌柜的?)[,，\s]?"
    r"|(?:宝妈|奶奶|爷爷|大妈|大爷|大叔|小伙子?|小姑娘)(?=(?:要|想|来|能|可以)?[问找买换要])|(?:有得|有没得|还有得)卖?[不没吗]?|有没得|咋个"
    r"|\b(?:these days|nowadays|my (?:friend|man|dear|lovely)|of (?:them|those|these|em)|'?em)\b"
    r"|\b(?:takes?|taking|grab)\b(?!-)(?! ?away)"
    r"|\b(?:bag|sack|packet|tub|tin|can|bottle|jar|box|tube|carton)s?(?= of\b)"
    r"|(?<=\bwe )keep\b|(?<=\byou )keep\b|(?<=\bthey )keep\b|来(?=[俩仨\d一二两三四五六七八九十])",
    re.ASCII,
)
"""Words that name nothing."""

PLAIN = late(r"普通|一般|常规|不带别的|\b(?:plain|regular|normal|ordinary|standard|basic|usual)\b")
"""Says that the one without anything special is meant."""

WEARER = late(r"\b(?:girls?|boys?|kids?|mens?|womens?|ladies|lady|adults?|gents?|customers?|unisex)\b")
"""For whom goods are: no word of their name where no row says it."""

WHO_WANTS = late(
    r"^(?:(?:the|an?|my|our|this|some|one) )?((?:[a-z]+ )?[a-z]+)(?: wants| needs (?=an?\b|the\b|some\b|\d)"
    r"|(?:'s| is| are) (?:wanting|after|asking for|looking for)| would like| came in for)\b"
)
"""Who wants something, in its first group: "the *club* wants five helmets"."""

OCCASION = late(
    r"\bfor (?:(?:an?|the|his|her|my|their|our|your) )?(?:[a-z]+'s )?(christmas|xmas|easter|birthday|present|gift|mum"
    r"|mother|dad|father|gran|granny|grandad|wife|husband|son|daughter|nephew|niece|friend|mate|boss|teacher|partner)\b"
)
"""For whom or for what day something is, in its first group: "a cue for *Christmas*"."""

MATERIAL = late(
    r"真丝|丝绸|羊绒|羊毛|纯棉|亚麻|真皮|牛皮|不锈钢|陶瓷|玻璃|实木|竹制?|铜|铝合金|塑料|硅胶|碳纤维|橡木|松木|胡桃木|大理石"
    r"|\b(?:silk|leather|suede|wool|woollen|cashmere|cotton|linen|velvet|denim|nylon"
    r"|steel|brass|copper|bronze|aluminium|aluminum"
    r"|titanium|ceramic|porcelain|glass|wooden|oak|pine|walnut|bamboo|plastic|silicone|rubber"
    r"|carbon fib(?:re|er)|cast iron|marble|granite|stone|concrete)\b"
)
"""Of what goods are made: who names it means no other."""

SAYS_LITTLE = frozenset((
    "nice", "good", "best", "new", "old", "latest", "usual", "normal", "regular", "plain", "standard", "basic",
    "ordinary", "posh", "fancy", "lovely", "pretty", "cute", "cool", "big", "bigger", "biggest", "large",
    "larger", "largest", "small", "smaller", "smallest", "little", "tiny", "huge", "cheap", "cheaper", "cheapest",
    "expensive", "dear", "dearer", "popular", "famous", "same", "other", "different", "first", "second", "last",
    "next", "only", "whole", "single", "actual", "exact", "particular", "certain", "bloody", "damn", "average",
    "decent", "proper", "right", "wrong", "real", "main", "full", "long", "short", "tall", "thick", "thin",
    "heavy", "light", "wide", "narrow", "soft", "hard", "top", "bottom",
))  # fmt: skip
"""Words before a name that make it no other thing."""

PRICE_OF_TODAY = late(r"^(?:and |so )?what(?:'s|s| is| are)(?! left| in| there| on)\b[^,;]+\btoday ?\??$")
"""Asks for the price of the day: "what's gouda today?"."""
