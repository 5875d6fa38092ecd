"""Everyday adjectives and doings, and how the headings look of the columns that tell of them.

"Is it strong?", 凶不凶 and "will it go in the dishwasher" name no column; a shop that has one (Strength, 习性,
Care) can answer them all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from shopdesk.core.heading_senses import Sense, sense

_ADJECTIVES: tuple[tuple[str, str, str], ...] = (
    # as said in English, as said in Chinese, the headings
    (r"heavy|light|lightweight", r"[重沉轻]|轻便", r"(?<!max )(?<!maximum )(?<!user )(?<!rider )(?<!draw )weigh(?!t (?:limit|capacity|class|range|rating))|\bmass\b|重量|[净自毛单]重|^重$"),
    (
        r"strong|weak|mild|powerful|potent|gentle|intense",
        r"劲儿?大|[冲烈]|够劲|力[气道]?大|有劲|强",
        r"strength|breaking|intens|\bproof\b|\babv\b|alcohol|\bpower|suction|\bload\b|强度|度数|酒精|浓度|力度|破断|拉力|功率|吸力|推力",
    ),
    (
        r"hard|easy|difficult|tricky|simple|fiddly|demanding|straightforward|advanced|basic",
        r"(?:复杂|[难容]易?|简单|好[养种学练拼装操上伺打]\w{0,2}|麻烦)",
        r"difficult|^(?:skill |care |experience |ability )?level$|\bskill|\bease\b|experience|难|好养|上手|适合水平|水平|熟练",
    ),
    (r"hard|soft|firm|stiff|squishy|bouncy|rigid", r"[软硬]|软硬", r"firm|hardness|duromet|stiff|\bflex|shore|softness|temper|软|硬|支撑"),
    (
        r"sweet|dry|sour|bitter|tart|sharp|fruity|smoky|peaty|salty|creamy|rich|tangy|nutty",
        r"[甜酸苦涩咸鲜腻]|偏甜|偏酸",
        r"sweet|sugar|acid|bitter|taste|tasting|flavou?r|palate|dryness|salt|peat|甜|糖|酸度|苦|涩|咸|口感|口味|风味|味型",
    ),
    (r"loud|noisy|quiet|silent|noiseless", r"[吵响]|静音|安静|声音大", r"nois|decibel|\bdb\b|sound|噪|分贝|静音"),
    (r"fast|quick|slow|speedy|nippy", r"[快慢]", r"speed|\brpm\b|\bpace\b|growth|速度|[转车流时]速|生长"),
    (r"bright|dim|vivid", r"[亮暗]|刺眼", r"bright|lumen|\blux\b|luminous|亮度|流明|光通|照度"),
    (
        r"warm|cosy|cozy|toasty|insulated",
        r"暖和?|保暖|[热冷]",
        r"warm|\btog\b|insulat|fill power|comfort|\btemp|保暖|充绒|暖|温标|厚薄|适用季节|温度",
    ),
    (r"thick|thin|flimsy|sheer|heavyweight", r"[厚薄]|透不|透", r"thick|gauge|\bgsm\b|\bply\b|denier|opaci|厚|克重|薄"),
    (
        r"aggressive|peaceful|friendly|docile|calm|fierce|territorial|shy|sociable|gentle|timid",
        r"凶|温[顺和]|打架|咬人?|好斗|粘人|胆小|闹|乖|怕人",
        r"temper|aggress|behavio|\bnature\b|friendl|personality|sociab|性情|习性|脾气|性格|攻击|凶|温顺|粘人",
    ),
    (
        r"toxic|poisonous|harmful|dangerous|safe|hazardous|irritating",
        r"有?毒性?大?|安全|危险|刺激|伤手|伤皮肤",
        r"toxi|poison|hazard|safe|danger|irrit|毒|安全|危险|刺激|腐蚀",
    ),
    (r"stretchy|elastic|bendy|flexible|springy|supple", r"弹|有弹性?|弹[力性]大|柔软?", r"stretch|elast|\bflex|spandex|弹|柔软|柔韧"),
    (r"breathable|sweaty|stuffy|airy", r"透气|闷", r"breath|ventil|airflow|透气"),
    (r"slippery|grippy|non-?slip", r"打?滑|防滑", r"grip|\bslip|traction|防滑|抓地"),
    (
        r"durable|tough|hard-?wearing|sturdy|robust|long-?lasting",
        r"耐磨|耐用|结实|牢固?|经用|扎实|耐造",
        r"durab|abras|martindale|\brubs?\b|lifespan|耐磨|耐用|强度|寿命|承重",
    ),
    (r"shiny|glossy|matte?|satin", r"反光|哑光|光亮|发亮", r"finish|sheen|gloss|surface|光泽|饰面|漆面|表面|光度"),
    (r"acidic|alkaline", r"偏?[酸碱]性?", r"acid|\bph\b|酸|碱"),
    (r"scented|smelly|fragrant|perfumed", r"香|臭|有味儿?|味儿?大|味道大|呛", r"scent|fragran|aroma|odou?r|smell|香|气味|味"),
    (r"rough|coarse|fine|smooth|gritty", r"[粗细糙]|光滑|扎人?", r"\bgrit|grain|coarse|grind|\bmesh\b|texture|粗细|粗糙|目数|颗粒|研磨|线径|细度|质地"),
    (r"deep|shallow", r"[深浅]", r"depth|深"),
    (r"waterproof|watertight|showerproof|water-?resistant|rainproof", r"[怕防]水|防雨|渗水|漏水", r"water|\bipx?\b|weather|hydro|ingress|防水|防护|防雨"),
    (r"fattening|healthy|fatty|greasy", r"[油腻肥]|长胖|发胖|热量高", r"calor|kcal|\bfat\b|energy|nutri|热量|脂肪|能量|肥瘦"),
)  # fmt: skip

_LITTLE = re.compile(
    r"light|lightweight|weak|mild|gentle|soft|easy|simple|basic|straightforward|quiet|silent|noiseless|slow|dim|thin"
    r"|flimsy|sheer|shallow|fine|smooth|dry|轻便?|弱|软|容易|简单|安静|静音?|慢|暗|薄|浅|细|干"
)
"""Adjectives that mean little of what a column measures."""


def means_little(adjective: str) -> bool:
    """Whether the lower of two values is the one that is more so: 安静, light."""
    return _LITTLE.fullmatch(adjective) is not None


@lru_cache(maxsize=256)
def heading_of_adjective(said: str) -> re.Pattern[str] | None:
    """How the headings look of the columns that an everyday adjective, folded and by itself, is about."""
    for english, chinese, heading in _ADJECTIVES:
        if re.fullmatch(english if said.isascii() else chinese, said):
            return re.compile(heading)
    return None


_AFTER = r"(?: (?:enough|at all|or not|then|though|to [a-z]+(?: (?:it|them|up|on|in|with|after|for|together|out|off))*))*(?: ?[?.!]|$)"


def _adjectives() -> Iterator[Sense]:
    for english, chinese, heading in _ADJECTIVES:
        last = rf"\b(?:(?:very|too|really|quite|particularly|that|so|fairly|pretty) )?(?:{english}){_AFTER}"
        how = rf"\bhow (?:very |so )?(?:{english})\b"
        chinese_so = (
            rf"(?:很|太|特别|容易)?(?P<whether>{chinese})[不没](?P=whether)(?:[得了\w]?(?=\W|$))?|有?多(?:么)?(?:{chinese})"
            rf"|(?:会不会|是不是|够不够|怕不怕|算不算|会|够|很|太|好)?(?:{chinese})(?:的|了)?(?:[吗么嘛]|不(?=\W*$))"
            rf"|(?:会不会|是不是|够不够|算不算)(?:很|太|特别)?(?:{chinese})|更(?:{chinese})"
        )
        yield sense(
            rf"^(?:and |so |but )?(?:is|are|was|were|does|do|will|would|can)\b[^,.?!]*?{last}|{how}|{chinese_so}",
            heading,
            f"{last}|{how}|{chinese_so}",
        )


EVERYDAY: tuple[Sense, ...] = (
    *_adjectives(),
    sense(
        r"[沾碰下进泡淋湿]水|[淋下]雨|\b(?:get|gets|getting) wet\b|\bin the (?:rain|wet|shower|pool|bath)\b|\bswim\b|\bwater ?proof\b" + r"(?= ?[?.!]|$)",
        r"water|\bipx?\b|weather|hydro|ingress|防水|防护|防雨",
        r"(?:怕不怕|怕|能不能|可以|能|会|可不可以)?(?:[沾碰下进泡淋湿]水|[淋下]雨)(?:行不行|可以|没事|有事)?[吗么]?|\b(?:get|gets|getting) wet\b|\b(?:ok |fine |alright |safe )?in the (?:rain|wet|shower|pool|bath)\b|\b(?:go |to )?swim(?:ming)?\b(?: with| in)?|\bwater ?proof\b",
    ),
    sense(
        r"\bin (?:the |direct |full )?(?:sun|sunlight|sunshine)\b|\b(?:fade|fades|faded)\b|[怕耐抗]晒|暴晒|晒(?:不|得|会|坏)|褪色|掉色",
        r"\buv\b|\bsun|\bfade|light ?fast|colou?r ?fast|防晒|耐光|耐晒|抗紫外|褪色|掉色|牢度|光照",
        r"\b(?:ok |fine |alright |left |out )*in (?:the |direct |full )?(?:sun|sunlight|sunshine)\b|\b(?:fade|fades|faded)\b|[怕耐抗不]?(?:暴?晒)(?:不晒)?|会?不?会?(?:褪色|掉色)",
    ),
    sense(
        r"\b(?:put (?:it |them )?together|assembl\w+|self[- ]assembly|flat[- ]?packed?|to build|to set up|to put up|to install)\b|(?:好|难|自己|怎么|要|需要?|包)(?:组装|安装|拼装)|组装|好装[吗么不]",
        r"assembl|\bbuild|flat.?pack|set-?up|pitch|construction|install|组装|安装|装配|拼装",
        r"\b(?:hard |easy |difficult |long |quick |tricky )?(?:to )?(?:put (?:it |them )?together|assembl\w+|self[- ]assembly|(?:arrive |come |supplied |delivered )?flat[- ]?packed?|build|set up|put up|install)\b|(?:好不好|好|难不难|难|自己|要不要|要|需要?)?(?:组装|安装|拼装)(?:难不难|麻烦)?|好装",
    ),
    sense(
        r"\bgo(?:es)? (?:off|bad|mouldy|out of date)\b|\bout of date\b|\buse[- ]by\b|坏掉|变质|(?:会不会|容易|会)坏|过期|到期|放得住",
        r"shelf life|expir|best before|use.by|\bbbe?\b|\bkeeps?\b|保质|有效期|到期|效期|保存",
        r"\b(?:when|how soon)\b|\bgo(?:es)? (?:off|bad|mouldy|out of date)\b|\bout of date\b|\buse[- ]by\b|(?:什么时候|多久|几天)?(?:会不会|会|容易)?(?:坏掉?|变质|过期|到期)|放得住",
    ),
    sense(
        r"\b(?:on|per|between|from) (?:a|one|each|a (?:full|single)|full) charges?\b|\bbattery\b.*\blast|\bhold (?:its|a) charge\b|\brun for\b|充(?:一次|满|好)电?|待机|撑(?:多久|几|得|到)|电池.{0,4}用|一次充电",
        r"batter|run ?time|play ?time|burn ?time|standby|续航|电池|待机|使用时[间长]|工作时[间长]|动[力能]储[存备]|作业时间",
        r"\bhow (?:long|many hours)\b|\b(?:last )?(?:on|per|between|from) (?:a|one|each|a (?:full|single)|full) charges?\b|\b(?:the |its )?battery(?: life)?\b(?: last)?|\bhold (?:its|a) charge\b|\brun for\b|充(?:一次|满|好)电?|待机|能?(?:用|撑)(?:多久|几天|几个?小时|多长时间)|一次充电",
    ),
    sense(
        r"(?:一次|每次|一亩|每亩|一天|每天|一盆|一顿|一勺|一桶水)[^\s,。?？]{0,3}(?:[用撒喂吃放加兑喷施]|要)(?:多少|几)|用量|剂量|(?:喂|撒|施|兑|喷)(?:多少|几)|怎么[兑稀]|\bhow (?:much|many)\b.*\b(?:should|do|shall|would|must) (?:i|you|we|they|a \w+|my \w+|customers?) (?:use|give|feed|apply|add|take|mix|dilute)\b|\bdos(?:e|age)\b|\bdilut",
        r"\bdos(?:e|age|ing)|\brate\b|application|feeding|serving|dilut|directions|用量|用法|剂量|喂食|投喂|一次量|配比|稀释|兑水|施用",
        r"(?:一次|每次|一亩|每亩|一天|每天|一盆|一顿|一勺|一桶水)(?:地|田)?(?:[用撒喂吃放加兑喷施]|要)?(?:多少|几[克勺片粒袋]?)|用量|剂量|(?:要|该)?(?:喂|撒|施|兑|喷)(?:多少|几[克勺片粒袋]?)|怎么[兑稀]释?|\bhow (?:much|many)\b|\b(?:should|do|shall|would|must) (?:i|you|we|they|a \w+|my \w+|customers?) (?:use|give|feed|apply|add|take|mix|dilute)\b|\b(?:the )?(?:right )?dos(?:e|age)\b|\bdilut\w+",
    ),
    sense(
        r"(?:多久|几天|多少天|多长时间|几个?月)(?:能|可以|才能|会|后能?)?(?:采?收|成熟|长成|上市|采摘|出苗|结果|收获)|(?:什么时候|几月|多久|啥时候)(?:能|可以)?(?:采?收|成熟|采摘|上市|收获)|\bhow long (?:till|until|before)\b.*\b(?:crops?|ready|picking|picked|harvest)|\b(?:ready to|days to|when (?:do|can) (?:i|you|we)) (?:harvest|pick|crop)\b|\bharvest(?:ed)?\b",
        r"生育期|成熟|间隔期|采收|收获|上市|matur|harvest|days to|cropp",
        r"(?:打完|用完|施完|喷完|种下)?(?:要|得)?(?:多久|几天|多少天|多长时间|几个?月|什么时候|几月|啥时候)(?:能|可以|才能|会|后能?)?(?:采?收|成熟|长成|上市|采摘|出苗|结果|收获)|\b(?:when|how long)\b|\b(?:ready to |days to |(?:do|can) (?:i|you|we) )?(?:harvest(?:ed)?|pick(?:ing|ed)?|crops?|ready)\b|\b(?:till|until|before)\b",
    ),
    sense(
        r"\ballerg\w+|\b(?:contain|contains|containing|any|got|has|have) (?:any )?(?:nuts?|peanuts?|almonds?|dairy|milk|eggs?|gluten|wheat|soya?|sesame|lactose|shellfish|parabens?|latex)\b|过敏|含不含|(?:含|里面?有|放没?放|加没?加)[^\s,。?？]{1,4}[吗么没]",
        r"allerg|contain|ingredient|free from|dietary|过敏|致敏|配料|成分|原料|不含",
        r"\ballerg\w+|\b(?:contain|contains|containing|got|has|have) (?:any )?(?:nuts?|peanuts?|almonds?|dairy|milk|eggs?|gluten|wheat|soya?|sesame|lactose|shellfish|parabens?|latex)\b(?: in (?:it|them))?|\bany (?:nuts?|peanuts?|almonds?|dairy|milk|eggs?|gluten|wheat|soya?|sesame|lactose|shellfish|parabens?|latex)\b(?: in)?|(?:会不会|会|容易)?过敏|含不含[^\s,。?？]{0,4}|(?:含|里面?有|放没?放|加没?加)[^\s,。?？]{1,4}[吗么没]",
    ),
    sense(
        r"\b(?:machine|hand) wash|\bwash(?:ed|able|ing)?\b(?! ?(?:basin|bag|bowl|brush|stand|up|machine|basket|powder|liquid|line))|\bdish ?washer\b|\btumble dr|\biron(?:ed)?\b(?= ?[?.!]|$| it\b)|\bdry clean|机洗|手洗|水洗|(?:能|可以|怎么|好)洗(?!面|发|手|衣|碗)|洗衣机|洗碗机|熨烫?|(?:怎么|咋|如何)(?:洗|擦|清洁|清洗|打理|保养)|\bhow (?:do|should|would|to|can)\b.*\bclean(?:ed)?\b",
        r"wash|\bcare\b|clean|laundr|洗|护理|打理|清洁|保养",
        r"\b(?:go |put )?(?:in|through) the (?:washing machine|dish ?washer|wash)\b|\b(?:machine |hand )?wash(?:ed|able|ing)?(?: machine)?\b|\bdish ?washer(?:[- ]safe)?\b|\btumble dr\w+|\biron(?:ed)?\b|\bdry clean\w*|(?:能不能|能|可以|可不可以|怎么|好)?(?:机洗|手洗|水洗|洗)(?!面|发|手|衣|碗)|(?:能)?(?:进|放|丢|扔)?(?:洗衣机|洗碗机)里?(?:洗)?|(?:能)?熨烫?|(?:怎么|咋|如何)(?:洗|擦|清洁|清洗|打理|保养)|\bhow\b|\bclean(?:ed)?\b",
    ),
    sense(
        r"\bwhat (?:does|do|did) .+ come with\b|\bwhat (?:do|would|will) (?:you|they|we|i) get with\b|里[头面边]?(?:都)?(?:有|装|是)(?:了)?(?:些)?(?:什么|哪些|啥)(?:东西)?|\bwhat(?:'s| is| comes| do you get)? (?:included|inside|in the (?:box|kit|set|pack|bag))\b|\bcomes? with\b(?= ?[?.!]|$)|(?:包含|附带|配|带|送|含)(?:有|了)?(?:什么|哪些|啥)(?:配件|附件|东西|赠品)?|[盒箱套包]子?里?面?(?:都)?有(?:什么|哪些|啥)|有(?:什么|哪些|啥)配件",
        r"includ|comes? with|contents?\b|in the box|accessor|supplied|\bextras\b|配套|组成|包含|配件|附件|清单|赠|内含|套装内容|附带|配置|包装内容",
        r"\bwhat\b|\b(?:included|inside)\b|\bcomes? with\b|\b(?:do|would|will) (?:you|they|we|i) get with\b|里[头面边]?(?:都)?(?:有|装|是)(?:了)?(?:些)?(?:什么|哪些|啥)(?:东西)?|\b(?:do you get )?in the (?:box|kit|set|pack|bag)\b|(?:都)?(?:包含|附带|配|带|送|含)(?:有|了)?(?:什么|哪些|啥)(?:配件|附件|东西|赠品)?|[盒箱套包]子?里?面?(?:都)?有(?:什么|哪些|啥)|有(?:什么|哪些|啥)配件",
    ),
    sense(
        r"\bhow much (?:weight|load)\b|\bhow heavy (?:can|could|may) (?:you|they|he|she|an?|the|someone)\b|\b(?:what|how heavy an?|how much) (?:weight )?(?:can|will|would|does|could) .+ (?:take|hold|carry|support|lift|bear|cope with)\b|(?:能|可以|最多|最大)(?:承|扛|载|压|坐|放|吊|举|拉|托|挂|驮)(?:得住|受)?(?:多重|多少(?:斤|公斤|千克|重量)|几斤)|承重|限重|载重|多胖|多重的人",
        r"\bload|max(?:imum)?[. ].*weight|weight (?:limit|capacity)|\bswl\b|\bcapacity\b|\brated|user weight|承重|载重|限重|承载|最大.{0,3}重|荷载|额定.{0,2}重",
        r"\bhow heavy (?:can|could|may) (?:you|they|he|she|someone) be\b(?: on| in)?|\bhow much(?: (?:weight|load))?\b|\bwhat weight\b|\b(?:take|hold|carry|support|lift|bear|cope with)\b|(?:能|可以|最多|最大)*(?:承|扛|载|压|坐|放|吊|举|拉|托|挂|驮)(?:得住|受)?(?:多重|多少(?:斤|公斤|千克|重量)|几斤)|承重|限重|载重|多重的人",
    ),
    sense(
        r"\bwhat(?:'s| is| are| \w+ (?:is|are)) .+ (?:for|good for|used for|meant for|best for|suited to|suitable for|designed for|ideal for)(?= ?[?.!]|$)|\bwho(?:'s| is| are) .+ (?:for|aimed at|suitable for)(?= ?[?.!]|$)|(?:适合|适用于?|给|针对)[^\s,。?？]{0,2}?(?:什么样?的?|哪[种类些]|啥|谁)(?:人群?|情况|场合|季节|地方)?|用在(?:哪|什么)|干(?:什么|啥|嘛)用|(?:做|干)(?:什么|啥|嘛)的|用来(?:干|做)",
        r"\bsuit|\bfor$|\bfits\b|best (?:for|used)|ideal|\buses?\b|purpose|recommended|application|occasion|terrain|skin type|适[用合]|用途|场[合景]|人群|功效|作用",
        r"\b(?:what|who)(?:'s| is| are)\b|\b(?:good |used |meant |best |suitable |designed |ideal )?for(?= ?[?.!]|$)|\b(?:suited to|aimed at)\b|(?:适合|适用于?|给|针对)[^\s,。?？]{0,2}?(?:什么样?的?|哪[种类些]|啥|谁)(?:人群?|情况|场合|季节|地方)?(?:用|戴|穿|吃|喝|玩)?|用在(?:哪[里儿]?|什么地方?)|是?干(?:什么|啥|嘛)用的?|是?(?:做|干)(?:什么|啥|嘛)的|用来(?:干|做)(?:什么|啥|嘛)?的?",
    ),
    sense(
        r"\b(?:goes?|pairs?|served?|eat|eaten|works?|drink|have) (?:it |best |well |nicely )*with\b(?= ?[?.!]|$)|\bwhat\b.*\b(?:mix|drink|serve|eat|pair|match|wear) .+ with\b(?= ?[?.!]|$)|\bwhat goes (?:well |best |nicely )?with\b|配什么|搭(?:配)?什么|跟什么(?:搭|配|一起)|和什么(?:搭|配|一起)",
        r"pair|serv|mixer|\bwith$|accompan|match|搭配|配餐|配菜|佐餐|配",
        r"\bwhat\b|\b(?:goes?|pairs?|served?|eat|eaten|works?|drink|have) (?:it |best |well |nicely )*with\b|\b(?:do (?:you|i|we) |should (?:you|i|we) )?(?:mix|drink|serve|eat|pair|match|wear)\b|\bwith\b(?= ?[?.!]|$)|(?:适合|可以|能)?(?:搭?配|搭|跟|和)什么(?:菜|酒|吃|喝|搭|配|一起)*(?:吃|喝|好)?",
    ),
    sense(
        r"\bhow (?:big|tall|large|high|wide|long)\b.+\b(?:get|gets|grow|grows)\b|\bgrow(?:s|n)? to\b|\bfully? grown\b|\badult size\b|[能会可]?以?长(?:到|得)?(?:有)?多[高大长]|最大(?:能|会)?(?:长|到)|成年(?:后)?(?:有)?多[大长高重]|养大",
        r"height|\bgrows?\b|spread|full.?(?:size|grown)|adult|mature|max(?:imum)? (?:size|height|length)|株高|成[株年体鱼犬猫]|高度|体[长型重]|冠幅|最大",
        r"\bhow (?:big|tall|large|high|wide|long)\b|\b(?:get|gets|grow|grows|grown)\b(?: to)?|\b(?:when )?fully? grown\b|[能会可]?以?长(?:到|得)?(?:有)?多[高大长]|最大(?:能|会)?(?:长|到)?多?[大高长]?|成年(?:后)?(?:有)?多[大长高重]|养大",
    ),
    sense(
        r"\b(?:what|how big(?: an?)?|which) (?:size )?(?:tank|aquarium|pot)\b|多大的?(?:缸|鱼缸|盆|花盆)|(?:几|多少)升的?缸",
        r"\btank\b|\bpot\b|aquarium|volume|缸|盆|水体",
        r"\b(?:what|how big(?: an?)?|which) (?:size )?(?:tank|aquarium|pot)\b(?: size)?|\bneeds?\b|要?(?:用|养)?(?:在)?多大的?(?:缸|鱼缸|盆|花盆)|(?:几|多少)升的?缸",
    ),
    sense(
        r"\bhow many\b.*\b(?:in|to|per) (?:an?|each|the|one|every)(?: [\w-]+)? ?(?:pack|packet|box|set|case|kit|bag|roll|tub|carton|tin|bundle|jar|tube)\b|\bhow many (?:do you get|come|per|in a|to a)\b|\bhow many [a-z]+ (?:do|does|would) (?:you|we|they|i) get\b|\b(?:pack|box|case|carton) (?:size|qty|quantity)\b"
        r"|[一每][盒包袋套箱罐瓶条卷件捆提](?:(?:里|里面)?(?:有|装|是)(?:几|多少)|里面?(?:几|多少)|(?:几|多少)(?=[个片枚颗张支条粒只双包根盒袋瓶罐套卷节]))"
        r"(?!钱|元|块|折|毛|米|银)|[盒包袋箱]里(?:有|装)(?:几|多少)",
        r"\bper (?:pack|box|case|set|bag|carton)|pack (?:qty|quantity|size|of|count)|(?:qty|quantity|units|pieces|number) (?:per|in)|pieces|\bcount\b|\bpcs\b|(?:case|box|carton) (?:qty|quantity|size)|每[盒包袋箱套瓶件].{0,2}数?|[装入]数|[每一][盒包袋箱套瓶捆].{0,1}(?:数|几|多少).?$|件数|枚数|片数|支数|[颗粒]数|数量$|包装数|装箱|包装规格",
        r"\bhow many(?: pairs| pieces| of)?\b|\b(?:do you get |come )?(?:in|to|per) (?:an?|each|the|one|every)(?: (?:pack|packet|box|set|case|kit|bag|roll|tub|carton|tin|bundle|jar|tube)\b(?: of)?)?|\b(?:pack|packet|box|set|case|kit|carton)\b(?= ?[?.!]|$)|\b(?:do you get|pack size)\b"
        r"|[每一]?[盒包袋套箱罐瓶条卷件捆提](?:里|里面)?(?:有|装|是)?(?:几|多少)[个片枚颗张支条粒只双块包根盒袋瓶罐]?(?!钱|元)",
    ),
    sense(
        r"\bwho(?:'s| is| are| was) .+ by(?= ?\?|$)|\bput (?:it|this|that|them) out\b",
        r"author|writer|artist|performer|\bband\b|composer|designer|director|\blabel\b|^by$",
        r"\bwho(?:'s| is| are| was)?\b|\bby(?= ?\?|$)|\bput (?:it|this|that|them) out\b",
    ),
    sense(
        r"\bwho (?:sings|plays|recorded|performs)\b|\b(?:which|what) (?:artist|band|singer)\b|谁(?:唱|演)的?",
        r"artist|performer|\bband\b|singer|歌手|演唱|乐队|艺人|主演",
        r"\bwho\b|\b(?:sings|plays|recorded|performs)\b|\b(?:which|what) (?:artist|band|singer)\b|是?谁(?:唱|演)的?",
    ),
    sense(
        r"\bwho (?:drew|illustrated|painted|designed)\b|\b(?:which|what) (?:designer|illustrator)\b|谁(?:画|设计)的?",
        r"illustrat|artist|designer|painter|画家|插画|绘者|设计师",
        r"\bwho\b|\b(?:drew|illustrated|painted|designed)\b|\b(?:which|what) (?:designer|illustrator)\b|是?谁(?:画|设计)的?",
    ),
    sense(
        r"(?:怎么|咋|如何|怎样)(?:存放?|保存|储存|贮存|收纳?|保管|放)(?=\W*$|好|才)|买回去?.{0,3}放|\bhow (?:do|should|would|must|to|can)\b.*\b(?:store|stored|keep|kept)\b|\bneeds? (?:keeping|storing)\b",
        r"stor(?:e|age)|\bkeep|保[存鲜]|存[放储]|储[存藏]|怎么放|放法|贮",
        r"(?:买回去?|拿回去?)?(?:要|该)?(?:怎么|咋|如何|怎样)(?:存放?|保存|储存|贮存|收纳?|保管|放)|\bhow\b|\b(?:store|stored|keep|kept|keeping|storing)\b",
    ),
    sense(
        r"(?:几号|几节|什么|啥|哪种)(?:的)?电池|(?:用|装)几?节?电池|插电|充电(?:的|还是)|\b(?:what|which|how many)(?: (?:size|type|kind|sort)(?: of)?)? batter(?:y|ies)\b|\b(?:rechargeable|mains|plug in|plugs in)\b",
        r"供电|电源|电池|充电|batter|\bpower|charg|supply",
        r"(?:用|装)?(?:的)?是?(?:几号|几节|什么|啥|哪种)?(?:的)?电池|插电的?(?:还是)?|充电(?:的|还是)|\b(?:what|which|how many)(?: (?:size|type|kind|sort)(?: of)?)? batter(?:y|ies)\b|\b(?:rechargeable|mains|plug in|plugs in)\b",
    ),
    sense(
        r"\b(?:what|which) (?:proof|percentage|percent|strength)\b|\bhow (?:alcoholic|boozy)\b",
        r"\babv\b|alcohol|strength|\bproof\b|percent|%|cocoa|酒精|度数|含量",
        r"\b(?:what|which) (?:proof|percentage|percent|strength)\b(?: alcohol)?|\bhow (?:alcoholic|boozy)\b",
    ),
    sense(
        r"充(?:满|好|电|一次电?)*(?:要|得|需要?)?(?:多久|多长时间|几个?(?:小时|钟头))|\bhow long\b.*\b(?:re)?charg(?:e|ing)\b(?! last)",
        r"充电时|charg",
        r"充(?:满|好|电|一次电?)*(?:要|得|需要?)?(?:多久|多长时间|几个?(?:小时|钟头))|\bhow long\b|\b(?:to )?(?:fully )?(?:re)?charg(?:e|ing)(?: time)?\b",
    ),
    sense(
        r"[几多]成新|新旧|\b(?:what|which) condition\b|\bused or new\b|\bnew or used\b",
        r"成色|新旧|condition|\bgrade\b",
        r"是?(?:几|多少?)成新的?|新旧(?:程度)?(?:怎么样|如何)?|\b(?:what|which) condition\b|\bused or new\b|\bnew or used\b",
    ),
    sense(
        r"[打印][印得]?(?:出)?(?:来)?(?:多少|几)[张页]|\bhow many (?:pages|sheets|prints|copies)\b",
        r"页数|张数|打印量|页产|\byield\b|\bpages\b|prints",
        r"能?[打印][印得]?(?:出)?(?:来)?(?:多少|几)[张页]|\bhow many (?:pages|sheets|prints|copies)\b|\b(?:print|do|give)\b(?= ?[?.!]|$)",
    ),
    sense(
        r"\b(?:what|which) (?:grade|class|rating)\b|(?:什么|啥|几)(?:等级|级别|级的?(?!能效|台阶)|成色|品级)",
        r"\bgrade\b|\bclass\b|rating|等级|级别|成色|品级|^级",
        r"\b(?:what|which) (?:grade|class|rating)\b|是?(?:什么|啥|几)(?:等级|级别|级的?|成色|品级)",
    ),
    sense(
        r"\bhow long\b.+\b(?:cook|bake|brew|steep|boil|roast|simmer|infuse|microwave|steam|fry|defrost|soak)\b|(?:要|得)?(?:煮|泡|烤|蒸|焖|炖|炸|煎|解冻|醒)(?:多久|几分钟|多长时间|多少分钟)",
        r"cook|brew|steep|bake|infus|prepar|\btime\b|煮|泡|烹|蒸|烤|时[间长]",
        r"\bhow long\b|\b(?:should|do|does|to) (?:i |you |we |it )?(?:cook|bake|brew|steep|boil|roast|simmer|infuse|microwave|steam|fry|defrost|soak)\b(?: for)?|(?:要|得)?(?:煮|泡|烤|蒸|焖|炖|炸|煎|解冻|醒)(?:多久|几分钟|多长时间|多少分钟)",
    ),
    sense(
        r"\bhow far\b|\bwhat range\b|(?:骑|跑|走|开|行驶|射|照|喷|传|拉|伸|测|扔|飞)(?:得|多)?(?:多?远|多长|(?:多少|几)公里)",
        r"\brange\b|reach|throw|distance|mileage|里程|续航|射程|距离|范围|半径",
        r"\bhow far\b|\bwhat range\b|\b(?:does|will|can) (?=.*\b(?:reach|throw|shoot|go|carry|shine|spray)\b)|\b(?:reach|throw|shoot|shine|spray)(?: to)?(?= ?[?.!]|$)|(?:一次)?(?:能|可以)?(?:骑|跑|走|开|行驶|射|照|喷|传|拉|伸|测|扔|飞)(?:得|多)?(?:多?远|多长|(?:多少|几)公里)",
    ),
    sense(
        r"(?:什么时候|几月份?|啥时候|啥季节|什么季节|哪个季节)(?:能|可以|该)?(?:种|播|栽|扦插|移栽)|\b(?:when|how late|how early)\b.*\b(?:plant|planted|sow|sown|put in|start)\b",
        r"\bsow|plant|season|播|种植|[季时]|栽",
    ),
    sense(r"(?:种|播|埋|栽)(?:得|下去)?多深|\bhow deep\b.*\b(?:plant|planted|sow|sown|put in)\b", r"depth|深"),
    sense(
        r"\bhow far apart\b|\bspac(?:e|ed|ing)\b|间距|株距|行距|隔多远",
        r"spacing|distance|apart|距",
    ),
)  # fmt: skip
