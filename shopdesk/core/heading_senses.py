"""What people say when they ask for a column without its name, and how the headings of such columns look.

"Who do we get it from" asks for a column called Supplier, Vendor or 供货商, whichever the shop has. A sense that names
its matter asks for nothing else: where no column has it, it is not recorded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from shopdesk.core.late import late
from shopdesk.core.types import Language


@dataclass(frozen=True, slots=True)
class Sense:
    """`said` finds the question, `words` what in it asks (the same where it is None), `heading` the columns.

    `matter` is what is not recorded where no column has it; None where the words may ask for something else then.
    """

    said: re.Pattern[str]
    heading: re.Pattern[str]
    words: re.Pattern[str] | None = None
    matter: Mapping[Language, str] | None = None


def sense(said: str, heading: str, words: str = "", matter: tuple[str, str] | None = None) -> Sense:
    """The patterns are of folded text; `matter` is in English and Chinese."""
    named: Mapping[Language, str] | None = {"en": matter[0], "zh": matter[1]} if matter else None
    return Sense(
        late(said, re.ASCII), late(heading, re.ASCII), late(words, re.ASCII) if words else None, named
    )  # fmt: skip


_END = r"(?: (?:like|for|to|at|in|on|from|then|please|with|down to|up to))?(?= ?[?.!]|$)"

SENSES: tuple[Sense, ...] = (
    sense(
        r"\bwho (?:supplies|supplied|delivers|brings us|sends us|sells us)\b|\b(?:who|where) (?:do|did) we (?:get|buy|order|have) .+ from\b"
        r"|(?:哪里|哪家|谁家|哪个厂家|哪儿|谁那)(?:里|儿)?(?:供|进)的?货?|供货|供应|进货|进的货|从哪家?进的?",
        r"suppl|vendor|distribut|wholesal|grower|供[货应]|进货|货源",
        r"\bwho\b|\bsuppli(?:es|ed)\b|\bdelivers\b|\bwhere do we\b|\b(?:get|buy|order)\b|\bfrom\b"
        r"|从?(?:哪里|哪家|谁家|哪个厂家|哪儿|谁那)(?:里|儿)?(?:供|进)的?货?|供货商?|供应商?|进货|进的货",
    ),
    sense(
        r"\bwho (?:wrote|writes|is the author)\b|\bwritten by\b|谁写的?|作者",
        r"author|writer|written|作者|著者",
        r"\bwho (?:wrote|writes)\b|\bwho(?:'s| is)\b|\bthe author(?: of)?\b|\bwritten by\b|\bby(?= ?\?|$)|是?谁写的?|作者",
        ("author", "作者"),
    ),
    sense(
        r"\b(?:taste|tastes|tasting|flavou?r|flavou?rs|flavou?red)\b|味道|什么味儿?|口味|口感|[喝吃尝]起来",
        r"tast|flavou?r|\bnotes\b|palate|口味|口感|风味|味道|味型",
        r"\b(?:taste|tastes|tasting|flavou?rs?|flavou?red)(?: like| of)?\b|(?:是)?(?:什么|啥)?(?:味道|口味|口感|味儿?)(?:怎么?样|如何)?|[喝吃尝]起来(?:怎么?样|如何)?",
        ("taste", "口味"),
    ),
    sense(
        r"\b(?:smells?|scent|aroma|fragrance)\b|(?:什么|啥|哪种)香味?|香型|闻(?:起来|着)",
        r"scent|aroma|fragran|smell|\bnose\b|香",
        r"\b(?:smells?|scent|aroma|fragrance)(?: like| of)?\b|(?:是)?(?:什么|啥|哪种)香味?型?|香型|闻(?:起来|着)(?:怎么?样|如何)?",
    ),
    sense(
        r"\bhow (?:cold|low)\b|\bhardy\b|\b(?:frost|cold|winters?|snow|freezing)\b(?= ?\?|$)|耐寒|抗冻|抗寒|怕冷|低温|过冬|多冷|[抗耐扛].{0,3}(?:多少|几)度|最低.{0,5}度",
        r"hardy|hardiness|\bzone\b|frost|comfort|\bcold\b|耐寒|抗寒|耐低温|舒适温|最低温|极限温",
        r"\bhow (?:cold|low)(?: a (?:winter|night|temperature))?\b|\bhardy\b"
        r"|\b(?:take|stand|survive|handle|get|go|cope|tolerate|cope with)\b(?: (?:down )?to)?(?: the)?(?: (?:frost|cold|winters?|snow))?"
        + _END
        + r"|最低|能?[抗耐扛](?:到|得住|住)?(?:零下)?(?:多少|几)度|能?耐?(?:得住)?多?少?度?的?低温|耐寒(?:性|温度)?|抗[冻寒](?:性)?|怕冷|能?过冬|耐?多冷",
    ),
    sense(
        r"\b(?:what|which) temperature\b(?! is it| outside)|\bhow (?:hot|warm)\b|\btemp\b|(?:多少|几)度的?水|水温|多[烫热]|(?:多少|几)度[^\W\d_]{0,2}[泡冲喝养]",
        r"temp|温",
        r"\b(?:what|which) temp(?:erature)?s?\b(?: of)?|\b(?:good|ok|fine|rated)(?: down)? to\b|\bhow (?:hot|warm)\b|\btemp\b|用?(?:多少|几)度的?水?[泡冲喝养]?|水温|多[烫热]",
    ),
    sense(
        r"\b(?:sun|shade|sunlight|sunny|shady)\b|\b(?:how much|what|enough|need|needs|much) light\b|(?:什么|多少)光(?![盘源])|光照|阳光|喜阳|喜阴|喜光|日照|晒",
        r"\blight\b|\bsun|exposure|aspect|光照|日照|喜光|阳光",
        r"\b(?:full |part |partial |lots of )?(?:sun|shade|sunlight|sunny|shady)(?: spot| position| place)?\b|\b(?:how much|what|enough|much)? ?light\b|\b(?:need|needs|or|prefer|prefers)\b"
        r"|(?:喜欢|需要)?(?:什么|多少)光|要?(?:多少|什么)?(?:光照|阳光|日照)|喜(?:欢)?[阳阴光]|怕?(?:能|要)?晒(?:太阳)?",
    ),
    sense(
        r"\b(?:blooms?|blooming|flowering|blossoms?)\b|\bwhen\b.*\b(?:flowers?)\b" + _END + r"|花期|(?:几月份?|时候|季节?|多久)开花?|开花",
        r"bloom|flower|blossom|花期|开花",
        r"\bwhen\b|\b(?:blooms?|blooming|flowering|blossoms?|flowers?|in flower)\b" + _END + r"|花期|(?:是)?(?:什么时候|几月份?|啥时候|哪个季节?|多久)?开花?(?!架|盆)",
    ),
    sense(
        r"\bhow (?:often|much)\b.*\bwater(?:ed|ing)?\b|浇水?",
        r"water|浇",
        r"\bhow (?:often|much)\b|\b(?:be )?water(?:ed|ing)?\b|(?:多久|几天|多长时间|怎么)?(?:要)?浇(?:一次|几次)?水?(?:一次|几次)?",
    ),
    sense(
        r"\bhow (?:loud|noisy|quiet)\b|\bdecibels?\b|\bnois[ey]\b|噪音|分贝|声音大|吵",
        r"nois|sound|decibel|噪|分贝",
        r"\bhow (?:loud|noisy|quiet)\b|\bdecibels?\b|\bnois[ey]\b|噪音|(?:多少|几)?分贝|声音(?:大|有多大)?|吵(?:不吵|吗)?",
        ("noise", "噪音"),
    ),
    sense(
        r"\bhow (?:big|large) a room\b|\bwhat size (?:of )?room\b|\bcover(?:s|age)?\b(?= ?\?|$)|多大(?:的)?(?:面积|房间|屋子|空间|客厅|卧室)|多少平|几平|几个?平方",
        r"\barea\b|coverage|\broom|面积|空间",
        r"\bhow (?:big|large) a room\b|\bwhat size (?:of )?room\b|\bcover(?:s|age)?\b|[管用]?(?:得)?(?:到)?多大(?:的)?(?:面积|房间|屋子|空间|客厅|卧室)|(?:多少|几)个?平方?米?",
    ),
    sense(
        r"\b(?:filled(?! (?:in|out|up))|filling(?! (?:in|out|up))|stuffed|stuffing|padding|padded)\b|充的?(?:是)?(?:什么|啥)|填充|(?:什么|啥|哪种)(?:绒|芯|馅|棉)",
        r"fill|stuff|padding|填充|充绒|馅|芯|内胆",
        r"\bwhat\b|\b(?:filled|filling|stuffed|stuffing|padding|padded)(?: with| of)?\b|[里内]?面?充的?(?:是)?(?:什么|啥)?[绒棉]?|填充(?:物|料)?|(?:是)?(?:什么|啥|哪种)(?:绒|芯|馅|棉)(?:的)?",
    ),
    sense(
        r"\bhow (?:is|are|was|were) .+ (?:processed|made|produced|cured|dried|prepared|finished|roasted)" + _END + r"|(?:什么|啥|哪种)(?:工艺|处理法?|做法)|怎么(?:处理|加工|制作|发酵|做)的",
        r"process|method|工艺|处理|加工|制法|发酵",
        r"\bhow\b|\b(?:processed|made|produced|cured|dried|prepared|finished|roasted)" + _END + r"|(?:是)?(?:什么|啥|哪种)(?:工艺|处理法?|做法)|怎么(?:处理|加工|制作|发酵|做)的",
    ),
    sense(
        r"\b(?:what|which|what kind of|what sort of|what type of) (?:wood|timber|metal|stone|plastic|glass|steel|rubber)\b"
        r"|(?:什么|啥|哪种)(?:木头?|木材|金属|钢材?|玻璃|塑料|石头)",
        r"material|\bwood|timber|\bmetal|composition|made (?:of|from)|材[质料]|木[材料]|质地|用?料",
        r"\b(?:what|which)(?: (?:kind|sort|type) of)? (?:wood|timber|metal|stone|plastic|glass|steel|rubber)\b|\bmade (?:of|from|out of)\b"
        r"|(?:是|用)?(?:什么|啥|哪种)(?:木头?|木材|金属|钢材?|玻璃|塑料|石头)(?:做|制)?的?",
        ("material", "材质"),
    ),
    sense(
        r"\b(?:what|which|what kind of|what sort of|what type of) (?:fabric|cloth|leather|cotton)\b|(?:什么|啥|哪种)(?:料子?|布料?|皮料?|棉)",
        r"material|fabric|cloth|composition|made (?:of|from)|材[质料]|面料|布料|木[材料]|质地|用?料",
        r"\b(?:what|which)(?: (?:kind|sort|type) of)? (?:fabric|cloth|leather|cotton)\b|\bmade (?:of|from|out of)\b"
        r"|(?:是|用)?(?:什么|啥|哪种)(?:料子?|布料?|皮料?|棉)(?:做|制)?的?",
        ("material", "材质"),
    ),
    sense(
        r"\b(?:what|which) (?:year|vintage)\b|\bwhen (?:was|were|did) .+ (?:come out|published|released|bottled|printed|made)\b|哪一?年|什么年份?|几几年|几年的(?!质|保)",
        r"\byear\b|vintage|published|released|年份|出版年|年代",
        r"\b(?:what|which) (?:year|vintage)\b|\bwhen\b|\b(?:come out|published|released|bottled|printed|made)\b|(?:是)?(?:哪一?年|什么年份?|几几年|几年)(?:出|产|酿|出版)?的?",
    ),
    sense(
        r"\b(?:best|right|good) time of (?:the )?year\b|\b(?:what|which) (?:season|time of (?:the )?year)\b|(?:什么|啥|哪个)季节",
        r"\bseason|季",
        r"\b(?:the )?(?:best|right|good) time of (?:the )?year(?: (?:to|for)(?: (?:put|plant|use|wear|hang|set))?(?: out| up)?)?\b|\b(?:what|which) (?:season|time of (?:the )?year)\b|\bout(?= ?\?|$)|(?:是|在)?(?:什么|啥|哪个)季节",
    ),
    sense(
        r"\bhow (?:big|tall|large|high|wide)\b.+\b(?:get|grow)\b|\bgrow to\b|[能会]?长(?:到|得)?多[高大]",
        r"height|grows?|spread|full size|adult size|株高|成[株年]|高度",
        r"\bhow (?:big|tall|large|high|wide)\b|\b(?:get|grow)\b(?: to)?|[能会]?长(?:到|得)?多[高大]",
    ),
    sense(
        r"\bhow (?:many|much) (?:calories|kcal|energy)\b|\bcalories\b|热量|卡路里|多少大?千?卡(?!路)",
        r"calor|kcal|\benergy\b|热量|卡路里",
        r"\bhow (?:many|much) (?:calories|kcal|energy)\b|\bcalories\b|热量|(?:多少|几)(?:卡路里|大?千?卡)|卡路里",
        ("calories", "热量"),
    ),
    sense(
        r"\b(?:goes?|pairs?|serve[ds]?) (?:well )?with\b(?= ?\?|$)|配什么(?:菜|酒|吃)|搭什么",
        r"pair|serv|goes with|搭配|配餐",
    ),
    sense(
        r"\bhow (?:hot|spicy)\b|辣不辣|多辣|几级辣|辣吗|辣度",
        r"spic|\bheat\b|scoville|辣",
    ),
    sense(
        r"几个?月(?:大)?的?(?:宝宝|孩子|小孩|娃)?(?:能|可以|用|吃|喝|戴)|(?:适合|给)?(?:几个?月|多大)(?:大)?的?(?:宝宝|孩子|小孩|娃)",
        r"\bages?\b|月龄|年龄|适龄|岁",
        r"(?:适合|给)?(?:几个?月|多大)(?:大)?的?(?:宝宝|孩子|小孩|娃)?(?:能|可以|用|吃|喝|戴|的)*",
    ),
    sense(
        r"保(?:修|固|质)?(?:几|多少|多久|多长)(?:个?[年月天]|时间)?(?!.*(?:不坏|新鲜))|\bguaranteed?\b|\bwarranty\b",
        r"warrant|guarant|保修|质保|保固|三包",
        r"保(?:修|固|质)?(?:几|多少|多久|多长)(?:个?[年月天]|时间)?|\bhow long(?: is| does)?\b|\b(?:the )?(?:guaranteed?|warranty)\b(?: (?:period|last|for))?",
    ),
    sense(
        r"(?:有什么|有啥|是?管什么|干什么|啥|什么)(?:功效|作用|效果|用处|用途|用的)|治什么|\bwhat(?:'s| is| are| does| do)\b .+ (?:used for|good for|do)(?= ?\?|$)",
        r"功效|作用|主治|适应|用途|效果|effect|benefit|purpose|\buses?\b|indication",
        r"(?:有)?(?:什么|啥)?(?:功效|作用|效果|用处|用途)|是?(?:管|治|干)(?:什么|啥)(?:用)?的?|\bwhat(?:'s| is| are| does| do)\b|\b(?:used for|good for|do)\b",
    ),
    sense(
        r"[什么啥哪种]{1,2}(?:接口|插头|接头|卡口|插口|灯头|螺口|口(?=的|[?!。]|$))|\b(?:what|which)(?: (?:kind|sort|type) of)? (?:plug|connector|port|socket|fitting|cap|base|mount|thread)\b",
        r"connect|\bplug|\bport|interface|\bbase\b|\bcap\b|fitting|mount|socket|接口|插头|接头|卡口|插口|灯头",
        r"(?:是)?(?:什么|啥|哪种)(?:接口|插头|接头|卡口|插口|灯头|螺口|口)|\b(?:what|which)(?: (?:kind|sort|type) of)? (?:plug|connector|port|socket|fitting|cap|base|mount|thread)\b",
    ),
    sense(
        r"(?:能|可以)?开(?:得了?)?(?:多久|几天|多长)|\bhow long (?:do|does|will) .+ last in (?:a )?(?:vase|water)\b",
        r"花期|瓶插|vase|bloom",
        r"(?:能|可以)?开(?:得了?)?(?:多久|几天|多长时间)|\bhow long\b|\blast in (?:a )?(?:vase|water)\b",
    ),
    sense(
        r"\bhow long\b.+\b(?:dry|drying)\b|\bdrying time\b|(?:多久|多长时间|几个?小时|多少分钟)(?:能|可以|会|才)?[表全实]?干|干得快",
        r"dry|表干|干燥|实干",
        r"\bhow long\b|\b(?:to )?(?:touch[- ])?dry(?:ing)?(?: time)?\b|(?:多久|多长时间|几个?小时|多少分钟)(?:能|可以|会|才)?[表全实]?干(?:透)?|干得快",
    ),
    sense(
        r"\b(?:second|next|another) coat\b|\bre-?coat|\bbetween coats\b|第二[遍道]|[复重]涂|隔多久",
        r"recoat|between coats|[复重]涂|间隔",
        r"\bhow long\b|\b(?:before |until )?(?:the |a )?(?:second|next|another) coat\b|\bre-?coat(?:ed|ing)?\b|\bbetween coats\b|隔?(?:多久|多长时间)|(?:能|可以)?刷?第二[遍道]|[复重]涂",
    ),
    sense(
        r"\bhow (?:old|mature|long) (?:is|are|was|were)\b(?!.*(?:customers?|kid|child|people|for)\b).*|\bhow (?:long|much) (?:is|are) .+ (?:aged|matured|hung)\b|陈了?(?:多少|几)年",
        r"\baged\b|\bmatur|陈年|陈化|\bhung\b",
        r"\bhow (?:old|mature|long)\b|\b(?:aged|matured|hung)\b|陈了?(?:多少|几)年",
    ),
    sense(
        r"\bhow long (?:will|does|do|can|would) .+ (?:last|keep|stay fresh|be good)\b",
        r"\bkeeps?\b|shelf life|best before|best within|expiry|保质|有效期|lifespan|\blife\b|run ?time|burn|续航|寿命",
        r"\bhow long\b|\b(?:last|keep|stay fresh|be good)\b(?: for)?",
    ),
    sense(
        r"\bhow long (?:to get|for|(?:would|will|does|do|is|are) .+ (?:be coming|to (?:come|arrive|get)|take to (?:come|arrive|get)|on order|coming in))\b"
        r"|(?:订货?|调货?|进货|补货|到货|定做?)(?:一般|大概)?(?:要|得|需要)?(?:多久|几天|多长时间|多少天)|(?:多久|几天)(?:能)?(?:到货|来货)",
        r"lead.?time|\blead\b|delivery (?:time|days)|days to (?:arrive|get)|availability|交[期货]|到货|订货周期|货期|周期",
        r"\bhow long\b|\b(?:be |to )?(?:coming(?: in)?|come|arrive|get (?:one|it|them|more)?|on order)\b"
        r"|(?:订货?|调货?|进货|补货|到货|定做?)(?:一般|大概)?(?:要|得|需要)?(?:多久|几天|多长时间|多少天)|(?:多久|几天)(?:能)?(?:到货|来货)",
    ),
    sense(
        r"几级能效|能效(?:等级)?|省电(?:吗|不)|费电",
        r"energy|能效",
        r"几级能效|能效(?:等级)?(?:是?几级)?|省电(?:吗|不省?电?)?|费不?费?电",
    ),
    sense(
        r"[什么啥]{1,2}(?:内页|纸张?)|内页|\bwhat paper\b",
        r"paper|纸|内页",
        r"(?:是)?(?:什么|啥)?(?:样的?)?(?:内页|纸张?)|\bwhat paper\b",
    ),
)  # fmt: skip
