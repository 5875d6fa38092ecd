"""Remarks of people at work that ask nothing: on how they feel, the weather, the day's trade, a break; good wishes; and
how they call each other. Folded text."""

from __future__ import annotations

import re

from shopdesk.core.late import late

_FEEL_ZH = "累|忙|困|饿|渴|热|冷|闷|烦|乏|晕|疼|酸|懵|无聊|郁闷|开心|高兴|激动|紧张|瞌睡|上火|凉快|舒服|暖和|冻|晒|潮"
_HOW_ZH = "真的?|好|太|可(?!以)|挺|老|有点儿?|特别?|超|怪|够|这么|那么|都|快|要|又"
_WHEN_ZH = "今天|今儿个?|今早|今晚|昨晚|昨天|昨儿|这两天|这几天|这会儿?|现在|早上|上午|中午|下午|晚上|周末|大早上|一天|一上午|一早上|最近"
_FEEL = (
    "tired|knackered|shattered|exhausted|starving|hungry|thirsty|freezing|frozen|boiling|baking|roasting|sweating|melting|bored|"
    "stressed|worn out|done in|dead on my feet|hungover|sleepy|gasping|parched|run off my feet|rushed off my feet|poorly|pooped|beat"
)
_DAY = "day|days|morning|afternoon|evening|night|week|weekend|shift|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_LIKE = (
    "hot|cold|warm|chilly|wet|rainy|windy|sunny|busy|quiet|dead|slow|manic|mad|mental|crazy|hectic|long|rough|heaving|rammed|"
    "packed|nice|lovely|gorgeous|beautiful|awful|rotten|horrible|miserable|grim|dark|muggy|close|humid|early|late|boring|good|bad"
)
_WEATHER = (
    "hot|cold|warm|chilly|rainy|windy|sunny|muggy|humid|busy|manic|mental|hectic|heaving|rammed|raining|pouring|snowing|"
    "chucking it down|tipping it down|hammering down"
)
REMARKS = late(
    # how one feels, the weather, the trade
    rf"(?:(?:{_WHEN_ZH}|我|人|这天气?|天气?|外面|外头|店里|腿|脚|腰|嗓子|肚子|生意)(?:都|也|是|得)?)?(?:{_HOW_ZH})*"
    rf"(?:{_FEEL_ZH})(?:死|坏|趴|懵|晕|疯|瘫|惨|傻|透|爆|翻|成狗|到飞起|不行)(?:我|人|个人)?(?:了|啦|咯)?(?:{_WHEN_ZH})?"
    rf"|(?:{_WHEN_ZH}|我|这天气?|天气?|外面|外头|店里|这里)+(?:都|也|是|还)?(?:{_HOW_ZH})+(?:{_FEEL_ZH}|好|差|早|晚|长)(?:了)?(?=[啊呀呢哦哈]|\W*$)"
    rf"|^(?:{_HOW_ZH})+(?:{_FEEL_ZH})(?:了)?(?=[啊呀呢哦哈了]|\W*$)"
    rf"|(?:(?:{_WHEN_ZH})(?:的)?)?(?:人|客人|顾客|生意|活儿?)(?:{_HOW_ZH})*(?:多|少|好|差|冷清|火|火爆|清淡|一般|不行|不错)(?=[啊呀呢哦哈了]|\W*$)"
    rf"|(?:(?:{_WHEN_ZH})(?:的)?)?(?:都)?没(?:啥|什么|几个)?(?:人|客人?|顾客|生意)(?:来|上门)?(?:{_WHEN_ZH})?(?=[啊呀呢哦哈了]|\W*$)"
    rf"|(?:(?:{_WHEN_ZH}|外面|外头|又|要|刚|快|一直|还|在|怎么|开始)+)?(?:下(?:大|小|暴|着|起)?[雨雪]|刮(?:大)?风|打雷|降温|升温|变天|堵车|停电|下冰雹)(?:了|啦|呢|着)?(?:这么大)?(?:{_WHEN_ZH})?"
    rf"|(?:天气|这天儿?)(?:{_HOW_ZH})+(?:好|不错|差|怪|烂|冷|热|给力)|(?:{_WHEN_ZH})?天气(?:不错|不好|真好)"
    # good wishes
    r"|(?:老板|掌柜的?|大家|祝你?们?|恭喜)*(?:发(?:大)?财|生意(?:兴隆|红火|好)|大吉大利|财源(?:滚滚|广进)|开(?:门|工|业|张)大吉|日进斗金|恭喜|万事如意|一切顺利|身体健康|大卖)"
    r"|(?:元宵|中秋|端午|国庆|元旦|情人|儿童|妇女|劳动|双十一|双11|春|圣诞|母亲|父亲|教师)节?快乐|加油(?:干|啊|吧|鸭)?(?=[!啊呀哦吧]|\W*$)|冲鸭"
    rf"|(?:又|真)?是(?:忙碌|充实|漫长|美好|疲惫|难熬|新)的一[天周](?=\W*$)|(?:{_WHEN_ZH})?生意(?:{_HOW_ZH})*(?:不错|好|差|可以|冷清)啊?(?:{_WHEN_ZH})?(?=啊|呀|\W*$)"
    # a break
    r"|(?:我)?(?:先|得|要|去|来|该|还没|没|刚)*(?:吃|喝|抽|泡|上|眯|打|歇|喘)(?:个|点|口|杯|根|支|一?会儿?|一?下)*(?:饭|水|茶|烟|厕所|洗手间|瞌睡|盹|气|午饭|晚饭|早饭|早餐|午餐)(?:去)?(?:了|啦|咯|吧|没|没有|吗)?(?=\W*$)"
    r"|(?:我)?(?:先|得|要|去|来|该)*(?:歇|眯|躺|睡|休息)(?:一?会儿?|一?下)(?:吧|了)?(?=\W*$)|(?:可算|终于|总算|马上|快要?|快)(?:下班|打烊|收工|吃饭|周末|放假|忙完|熬到头?|歇)(?:了|啦)?"
    # a cry
    r"|^(?:哎+[呀哟呦]?|唉+|妈呀|哎呀妈呀|我的?(?:天|妈|娘)[哪呐啊呀]?|天[哪呐啊]|我[去靠晕]|啧+|呼+|嘘|吓死我了|吓我一跳|完了完了|倒霉|真倒霉|郁闷|无语|心累|绝了|崩溃|救命)+(?=\W*$|[\s,!.了])"
    # the same in English
    rf"|\b(?:i(?:'m| am| feel|'ve been)|we(?:'re| are|'ve been)|feeling|absolutely|proper|totally|so)? ?(?:a bit |bit |so |really |absolutely |proper |totally |completely |just )*(?:{_FEEL})\b(?: already| today| now)?(?= (?:here|this|after|me|i am)\b|\W*$)"
    r"|\b(?:my|me) (?:poor )?(?:feet|back|legs?|head|arms?|knees?|hands?|brain|eyes)(?:'s| is| are|'re) (?:\w+ ){0,2}(?:killing me|aching|hurting|sore|gone|done|frozen|dead|banging|throbbing|fried|numb)\b|\bkilling me\b"
    rf"|\b(?:what|such) an? (?:(?:{_LIKE}|\w+ing) )?(?:{_DAY}|nightmare|mess|rush|laugh|life|shame|relief|palaver|weather)(?: of an? (?:{_DAY}))?\b"
    rf"|^(?:god |oh |blimey |well |gosh |phew |bit |a bit )*(?:it'?s|it is|it was|been|it'?s been|that was|its)(?: an?)? (?:(?:so|a bit|bit|very|really|proper|bloody|flipping|absolutely|pretty|too|well|been|getting|just|right|one of those) )*(?:(?:{_WEATHER})(?: (?:out|outside|in|here|there|now|again|already))*|(?:{_LIKE})(?: (?:one|{_DAY}|out|outside|here|today|for it))+)(?=\W*$)"
    rf"|^(?:god |phew |bit |a bit |very |so |pretty |proper |really |another |nice and |dead )+(?:{_LIKE})(?: (?:one|{_DAY}|out|outside|in|here|today|now|again|already))*(?=\W*$)"
    rf"|^(?:{_LIKE}) (?:weather|{_DAY})(?: (?:today|isn'?t it|for it|again|out|this morning|we'?re having|so far|ahead))*(?=\W*$)|^(?:busy|quiet|dead|slow)(?: one| day)? (?:today|in here|out there|this morning|already)\b"
    r"|^(?:fancy (?:a |some )?(?:brew|cuppa|tea|coffee|pint)|(?:put )?(?:the )?kettle(?:'s)? on|(?:time for )?(?:a )?(?:tea|coffee|lunch|fag|smoke|loo) break|brew time|anyone (?:want|for) (?:a )?(?:brew|tea|coffee|cuppa)|lunch time|lunchtime|home time|hometime|dinner time|nearly (?:there|home time|done|five))\b"
    r"|\bthat'?s me (?:off|done|away|finished|out)\b|^(?:right )?(?:back|off) (?:to it|to work|we go|i go|i pop)\b|\bhere we go(?: again)?\b|\b(?:popping|nipping|going) (?:out|to the loo|for (?:a |my )?(?:lunch|break|smoke|brew))\b|\bback in (?:a (?:bit|sec|minute|mo|tick)|five|ten)\b"
    rf"|\bhappy (?:{_DAY}|birthday|holidays|diwali|eid|halloween|bank holiday)\b|\b(?:good|best of) luck\b|\bcome on (?:england|you)\b|\bthank (?:god|goodness|heavens)(?: it'?s \w+)?\b|\btgif\b|\bnearly (?:the )?weekend\b|\broll on (?:\w+)\b"
    r"|^(?:phew|blimey|crikey|crumbs|ugh+|argh+|sigh|yawn|gosh|good grief|oh (?:dear|my|no|well|lord|god|for)|omg|lol|haha+|jeez|wow|whoa|flippin\w* \w+|bloody hell|typical|yay|woo ?hoo|hooray|oops|whoops)+(?=\W*$|[\s,!.])",
    re.ASCII,
)
ASKS = late(
    r"([\u4e00-\u9fff])不\1|[吗么嘛]\W*$|什么|啥时|怎么样|咋样|哪|多少|几[点度号]|谁|[?？]"
    r"|^(?:is|are|will|would|does|do|did|can|could|should|who|where|when|which|why|how)\b"
    r"|^what(?:'s| is| are| time| was| will)\b"
)
"""Asks something: no remark."""
HAILS = late(
    r"(?:you |ya |u )?(?:all ?right|ok|okay|good)(?: there)? (?:boss|bossman|mate|matey|pal|bud|buddy|love|luv|duck|ducky|hun|chief|guv|guvnor|lads?|chap|fella|bro|bruv|geezer|all|everyone|gang|team)"
    r"|(?:are )?(?:you|ya) (?:all ?right|ok|okay)(?: \w+)?|wotcha|ay ?up|how'?s tricks|how do",
    re.ASCII,
)
"""Ways to hail somebody that sound like having heard: "alright boss"."""
CALLED = late(
    r"\b(?:boss|bossman|mate|matey|pal|bud|buddy|love|luv|duck|ducky|hun|hon|chief|guv|guvnor|darling|sweetheart|sweetie|lads?|folks|dear|pet|petal|treacle|chap|sunshine|fella|big man|bro|bruv|geezer|squire|skipper|champ|kids?|team|gang|guys|everybody|everyone|all)\b(?=\W*$)"
    r"|^(?:老板娘?|掌柜的?|老铁|师傅|兄弟|哥们儿?|美女|帅哥|亲|宝子?|大[哥姐爷妈叔]|小[哥姐妹弟]姐?|姐妹|伙计|朋友|同志|领导|老大|老弟|老哥)(?=.)|(?:老板娘?|掌柜的?|老铁|师傅|兄弟|哥们儿?|美女|帅哥|亲|宝子?|大[哥姐爷妈叔]|姐妹|伙计|朋友|领导|老大|老弟|老哥)(?=\W*$)",
    re.ASCII,
)
"""How somebody is called who is spoken to, first or last in what is said."""
