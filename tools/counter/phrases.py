"""How clerks and customers ask, and how ShopDesk Counter answers: question patterns beside answer patterns.

A group ties ways of asking to the ways of answering that suit them, so that a yes-or-no question gets a yes
and a terse question a terse answer. Placeholders: {n} the product as the asker names it, {f} a field's name,
{q} a quantity; in answers {L} the label, {V} the value, {F} the field's name, {C} the citation. The
last question of a group is held out: it serves for examination only and is never trained on.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    questions: tuple[str, ...]
    answers: tuple[str, ...]

    def asked(self, held_out: bool) -> tuple[str, ...]:
        return self.questions[-1:] if held_out else self.questions[:-1]


def _group(questions: str, answers: str) -> Group:
    return Group(tuple(questions.split("|")), tuple(answers.split("|")))


VALUE: dict[str, dict[str, tuple[Group, ...]]] = {
    "zh": {
        "price": (
            _group("{n}多少钱|{n}多少钱?|{n} 多少钱一{u}|{n}卖多少钱？|{n}价格是多少|{n}的价格是多少？|{n}什么价钱|问一下{n}的价钱|{n}现价多少", "{L}的价格是 {V} {C}。"),
            _group("请问{n}多少钱|您好，{n}多少钱|请问一下{n}的价格|麻烦查一下{n}的价格|帮我看看{n}卖多少钱|麻烦问下{n}的售价", "{L}现在的售价是 {V} {C}。|{L}的售价是 {V} {C}。"),
            _group("{n} 价格|{n}价|{n} 价钱|{n} 售价|价格 {n}|{n} 单价", "{L}：{V} {C}。"),
            _group("{n}怎么卖|{n}卖多少|{n}要多少钱|买{n}要花多少|{n}得多少钱|我想买{n}，要多少钱|客人问{n}多少钱|来一{u}{n}要多少", "{L}卖 {V} {C}。"),
            _group("{n}贵不贵|{n}贵吗|{n}便宜吗|{n}是多少钱的？贵不贵|{n}会不会很贵", "{L}的价格是 {V} {C}。"),
        ),
        "list_price": (
            _group("{n}原价多少|{n}的原价|{n}打折前多少钱|{n}吊牌价是多少|{n}市场价多少|{n}没打折的时候多少钱", "{L}的原价是 {V} {C}。"),
            _group("{n} 原价|原价 {n}|{n}划线价|{n} 标价", "{L}：原价 {V} {C}。"),
        ),
        "stock": (
            _group("{n}有货吗|有没有{n}|{n}还有吗|{n}有没有货|还有{n}吗？|店里有{n}吗|{n}现货有吗|有{n}卖吗|{n}卖完了吗", "+有货，{L}的库存是 {V} {C}。|-抱歉，{L}的库存是 {V} {C}。"),
            _group("{n}还有多少|{n}库存多少|{n}剩几{u}|{n}还有几{u}|{n}的库存是多少|{n}还剩多少{u}？|{n}存货有多少|查一下{n}剩多少", "{L}的库存是 {V} {C}。|+{L}还有 {V} {C}。"),
            _group("{n} 库存|{n}库存|库存 {n}|{n} 有货|查库存 {n}|{n} 存量", "{L}：库存 {V} {C}。"),
            _group("请问{n}还有货吗|您好，{n}还有吗|帮我看下{n}有没有现货|麻烦查一下{n}的库存|请问能买到{n}吗", "+有的，{L}的库存是 {V} {C}。|-很抱歉，{L}的库存是 {V} {C}。"),
        ),
        "location": (
            _group("{n}在哪|{n}放哪儿了|{n}在哪个货架|{n}放在哪里|{n}在什么位置？|去哪里拿{n}|{n}摆在哪|怎么找到{n}", "{L}在 {V} {C}。"),
            _group("{n}货位|{n} 位置|货位 {n}|{n} 库位|{n} 货架号", "{L}：货位 {V} {C}。"),
            _group("请问{n}放在哪里|帮我找一下{n}|客人要{n}，在哪儿拿|{n}的货位是多少|麻烦告诉我{n}在哪里", "{L}的货位是 {V} {C}。"),
        ),
        "sku": (
            _group("{n}的货号是多少|{n}的SKU是什么|{n}编号多少|{n}的sku|{n}商品编码是什么|{n}的编码多少", "{L}的 SKU 是 {V} {C}。"),
            _group("{n} sku|{n} SKU|{n}货号|货号 {n}|{n} 编码", "{L}：SKU {V} {C}。"),
        ),
        "barcode": (
            _group("{n}的条码是多少|{n}条形码|{n}条码号|查{n}的条码|{n}的69码是多少", "{L}的条码是 {V} {C}。"),
            _group("{n} 条码|条码 {n}|{n} 条形码", "{L}：条码 {V} {C}。"),
        ),
        "color": (_group("{n}什么颜色|{n}是什么颜色的|{n}的颜色|{n}颜色是啥|{n}是哪个颜色", "{L}的颜色是{V} {C}。"),),
        "size": (_group("{n}什么尺码|{n}是多大的|{n}的尺寸|{n}几码的|{n}的规格是多少|{n}多大号", "{L}的尺码是 {V} {C}。"),),
        "brand": (_group("{n}什么牌子|{n}是哪个品牌的|{n}的品牌|{n}是哪家的|{n}谁家生产的", "{L}的品牌是 {V} {C}。"),),
        "category": (_group("{n}属于什么类别|{n}是哪一类|{n}的分类|{n}归在哪个类目", "{L}的类别是{V} {C}。"),),
        "store": (_group("{n}在哪个店有|哪家门店有{n}|{n}是哪个门店的|{n}在哪家分店", "{L}的门店是{V} {C}。"),),
        "description": (_group("介绍一下{n}|{n}有什么特点|{n}怎么样|说说{n}|{n}是什么样的", "{L}的简介是{V} {C}。"),),
        "attribute": (
            _group("{n}的{f}是什么|{n}的{f}|{n}{f}是多少|{n}的{f}是多少？|请问{n}的{f}是什么|{n}{f}怎么样|想知道{n}的{f}", "{L}的{F}是 {V} {C}。"),
            _group("{n} {f}|{f} {n}|{n}{f}|{n}，{f}", "{L}：{F} {V} {C}。"),
            _group("{n}是什么{f}|{n}{f}呢|{n}什么{f}的|这个{n}{f}是啥|{n}有写{f}吗", "{L}的{F}是 {V} {C}。"),
        ),
        "promotion": (_group("{n}是什么活动|{n}怎么参加|{n}到什么时候|{n}的{f}|{n} {f}|{n}什么时候{f}", "{L}的{F}是 {V} {C}。"),),
        "order": (
            _group("{n}到哪了|{n}什么状态|{n}发货了吗|查一下{n}|{n}怎么样了|{n}进展如何", "{L}的{F}是 {V} {C}。"),
            _group("{n}的{f}|{n} {f}|{n}的{f}是什么|{n}{f}多少|告诉我{n}的{f}", "{L}的{F}是 {V} {C}。"),
        ),
        "several": (
            _group("介绍一下{n}|{n}怎么样|说说{n}|查{n}|{n}|看看{n}|{n}的情况|帮我查下{n}|{n}的资料", "{L}：{S} {C}。"),
            _group("{n}的{fs}|{n} {fs}|{n}{fs}分别是多少|告诉我{n}的{fs}|{n}的{fs}是多少|请问{n}的{fs}各是什么", "{L}的{S2} {C}。"),
            _group("{n}有货吗，{fs}呢|{n}多少钱，还有货吗|{n}有没有货，放哪儿|{n}还有吗？多少钱|有没有{n}，什么价", "{L}：{S} {C}。"),
        ),
        "not_recorded": (
            _group("{n}的{f}是什么|{n}的{f}|{n}{f}多少|{n} {f}|请问{n}的{f}|{n}{f}呢|想问{n}的{f}", "{L}的{F}未登记 {C}。"),
        ),
    },
    "en": {
        "price": (
            _group("how much is {n}|How much is the {n}?|what does {n} cost|How much does {n} cost?|what's the price of {n}|What is the price of the {n}?|how much for {n}|what would the {n} cost me", "{L} costs {V} {C}."),
            _group("could you tell me the price of {n}?|Please check the price of {n}|Hi, how much is {n}?|can you look up the price for the {n}|Would you kindly tell me what {n} costs?", "The price of {L} is {V} {C}."),
            _group("{n} price|price {n}|{n} price?|price of {n}|{n}, price", "{L}: {V} {C}."),
            _group("I'd like to buy {n}, how much?|A customer asks what {n} sells for|how much are you asking for {n}|what do you charge for {n}|how many euros for {n}", "{L} sells for {V} {C}."),
            _group("is {n} expensive?|is the {n} cheap|is {n} pricey", "{L} costs {V} {C}."),
        ),
        "list_price": (
            _group("what's the list price of {n}|original price of {n}?|what did {n} cost before the discount|what is the regular price of {n}?|how much was {n} originally", "The list price of {L} is {V} {C}."),
            _group("{n} list price|list price {n}|{n} MSRP|{n} RRP", "{L}: list price {V} {C}."),
        ),
        "stock": (
            _group("do you have {n}|Do you have the {n}?|is {n} in stock?|is the {n} available|any {n} left?|have you got {n}|is {n} sold out|can I get {n} today", "+Yes, {L} is in stock: {V} {C}.|-Sorry, {L} is not available: {V} {C}."),
            _group("how many {n} are left|how many {n} do we have?|how many of the {n} are in stock|stock level of {n}?|what's the stock of {n}|how much stock is there of {n}", "The stock of {L} is {V} {C}."),
            _group("{n} stock|stock {n}|{n} in stock|check stock {n}|{n} qty", "{L}: stock {V} {C}."),
            _group("Could you check whether {n} is available?|Hi, do you still have the {n}?|Please see if we have {n}|I was wondering if {n} is still in stock", "+Yes, {L} is in stock: {V} {C}.|-Sorry, {L} is not available: {V} {C}."),
        ),
        "location": (
            _group("where is {n}|Where can I find the {n}?|where do we keep {n}|which shelf is {n} on|where's the {n}?|where would I look for {n}", "{L} is at {V} {C}."),
            _group("{n} location|location {n}|{n} shelf|{n} aisle", "{L}: location {V} {C}."),
            _group("Could you tell me where {n} is?|please locate {n}|what's the location of {n}?|I need to fetch {n}, where is it", "The location of {L} is {V} {C}."),
        ),
        "sku": (
            _group("what's the SKU of {n}|what is the item number of {n}?|SKU for {n}?|which item code does {n} have|tell me the code of {n}", "The SKU of {L} is {V} {C}."),
            _group("{n} SKU|sku {n}|{n} item number|{n} item code", "{L}: SKU {V} {C}."),
        ),
        "barcode": (
            _group("what's the barcode of {n}|barcode for {n}?|give me the EAN of {n}|what is the UPC of {n}", "The barcode of {L} is {V} {C}."),
            _group("{n} barcode|barcode {n}|{n} EAN", "{L}: barcode {V} {C}."),
        ),
        "color": (_group("what color is {n}|what colour is the {n}?|color of {n}|which colour does {n} come in", "The color of {L} is {V} {C}."),),
        "size": (_group("what size is {n}|size of {n}?|how big is {n}|which size is the {n}", "The size of {L} is {V} {C}."),),
        "brand": (_group("what brand is {n}|who makes {n}?|brand of {n}|which company makes the {n}", "The brand of {L} is {V} {C}."),),
        "category": (_group("what category is {n} in|category of {n}?|which department has {n}", "The category of {L} is {V} {C}."),),
        "store": (_group("which store has {n}|store of {n}?|at which branch is {n}", "The store of {L} is {V} {C}."),),
        "description": (_group("tell me about {n}|describe {n}|what is {n} like?|what's special about {n}", "The description of {L} is {V} {C}."),),
        "attribute": (
            _group("what's the {f} of {n}|what is the {f} of the {n}?|what {f} does {n} have|tell me the {f} of {n}|do you know the {f} of {n}", "The {F} of {L} is {V} {C}."),
            _group("{n} {f}|{f} {n}|{n} {f}?|{f} of {n}|{n}: {f}", "{L}: {F} {V} {C}."),
            _group("does {n} say its {f}?|which {f} is {n}|what about the {f} of {n}|and what {f} has {n}", "The {F} of {L} is {V} {C}."),
        ),
        "promotion": (_group("what is {n}|{n} {f}|when does {n} start|{f} of {n}|until when is {n}", "The {F} of {L} is {V} {C}."),),
        "order": (
            _group("where is {n}|what's the status of {n}?|has {n} shipped|check {n}|how is {n} going", "The {F} of {L} is {V} {C}."),
            _group("{f} of {n}|{n} {f}|what's the {f} of {n}|give me the {f} for {n}", "The {F} of {L} is {V} {C}."),
        ),
        "several": (
            _group("tell me about {n}|{n}|describe {n}|info on {n}|what about {n}|look up {n}|show me {n}|details of {n}", "{L}: {S} {C}."),
            _group("{fs} of {n}|what are the {fs} of {n}|{n} {fs}|tell me the {fs} of {n}|I need {fs} for {n}", "The {S2} {C}."),
            _group("do you have {n}, and the {fs}?|is {n} in stock and how much is it|how much is {n} and do we have it|have we got {n}? what price", "{L}: {S} {C}."),
        ),
        "not_recorded": (
            _group("what's the {f} of {n}|{n} {f}|what {f} does {n} have|{f} of {n}?|tell me the {f} of {n}|any idea about the {f} of {n}", "The {F} of {L} is not recorded {C}."),
        ),
    },
}  # fmt: skip

# a question that leans on the one before: no name in it
FOLLOW_UPS: dict[str, dict[str, tuple[str, ...]]] = {
    "zh": {
        "price": ("那多少钱", "它多少钱？", "价格呢", "多少钱", "这个卖多少", "那{v}的多少钱", "{v}的呢", "要多少钱呢"),
        "list_price": ("原价呢", "它原价多少", "打折前多少钱", "那原价是多少"),
        "stock": ("有货吗", "还有吗", "库存呢", "它还有几{u}", "还剩多少", "那{v}的有货吗", "{v}还有吗", "那这个有没有"),
        "location": ("放在哪", "在哪儿", "货位呢", "它在哪个货架", "去哪拿"),
        "sku": ("货号呢", "SKU是多少", "它的编码呢"), "barcode": ("条码呢", "它的条码是多少", "扫码用的条码"),
        "color": ("什么颜色", "颜色呢", "它是什么颜色"), "size": ("尺码呢", "它多大", "是多大的"), "brand": ("什么牌子", "品牌呢", "哪个牌子"),
        "attribute": ("{f}呢", "它的{f}是什么", "那{f}呢？", "{f}是多少", "再说下{f}"), "several": ("那{v}的呢", "这个呢", "再说说它", "{v}呢"),
    },
    "en": {
        "price": ("how much is it", "and the price?", "what does it cost", "how much?", "and in {v}, how much?", "what about {v}?", "so what's the price"),
        "list_price": ("and the list price?", "what was it before", "original price?"),
        "stock": ("is it in stock?", "do you have it", "how many are left", "any left?", "and in {v}?", "is {v} available", "still got it?"),
        "location": ("where is it", "and where?", "which shelf?", "where can I find it"),
        "sku": ("and the SKU?", "what's its item number", "code?"), "barcode": ("and the barcode?", "its barcode", "EAN?"),
        "color": ("what color is it", "and the color?", "colour?"), "size": ("what size is it", "and the size?", "size?"), "brand": ("what brand is it", "who makes it", "brand?"),
        "attribute": ("and the {f}?", "what's its {f}", "what about {f}?", "{f}?"), "several": ("what about {v}?", "and that one?", "tell me more about it", "and {v}?"),
    },
}  # fmt: skip

COMPUTED: dict[str, dict[str, Group]] = {
    "zh": {
        "compare": _group("{a}和{b}哪个便宜|{a}跟{b}比哪个贵|比较一下{a}和{b}|{a}和{b}差多少钱|{a} 对比 {b}|{a}比{b}便宜多少|{a}还是{b}划算|{a}与{b}价格差多少", "{V} {C}。"),
        "total": _group("{q}{u}{n}一共多少钱|买{q}{u}{n}多少钱|{q}个{n}总共多少|{n}要{q}{u}，合计多少|{n}来{q}{u}得花多少", "一共是 {V} {C}。"),
        "list": _group("有哪些{n}|{n}都有什么|有什么{n}推荐|列一下{n}|{n}有哪几种|{n}有多少款|{p}元以下的{n}|{p}以内的{n}有吗|现在有什么活动|有什么优惠|推荐几款{n}", "{V} {C}。"),
        "extreme_low": _group("最便宜的{n}是哪个|哪款{n}最便宜|{n}最低价的|最便宜的{n}|{n}里面最实惠的", "最便宜的是 {V} {C}。"),
        "extreme_high": _group("最贵的{n}是哪个|哪款{n}最贵|{n}最高价的|最贵的{n}|{n}里面最高档的", "最贵的是 {V} {C}。"),
        "count": _group("{n}有几款|有多少种{n}|{n}一共几种|店里有多少款{n}|{n}的款式有几个", "{V} {C}。"),
        "options": _group("{n}有哪些{f}|{n}都有什么{f}|{n}有什么{f}可选|{n}{f}有哪些|{n}的{f}能选哪些", "{V} {C}。"),
    },
    "en": {
        "compare": _group("which is cheaper, {a} or {b}?|compare {a} and {b}|{a} vs {b}|is {a} cheaper than {b}|price difference between {a} and {b}|{a} or {b}, which costs less|what separates {a} and {b} in price", "{V} {C}."),
        "total": _group("how much are {q} {n}|total for {q} {n}|what do {q} of {n} cost|{q} x {n}, total?|I need {q} {n}, what's the total", "In total: {V} {C}."),
        "list": _group("what {n} do you have|which {n} are there|list the {n}|show {n}|{n} under {p}|any {n} below {p}?|what promotions are on|any offers today?|recommend some {n}", "{V} {C}."),
        "extreme_low": _group("what's the cheapest {n}|cheapest {n}?|which {n} is cheapest|lowest priced {n}|most affordable {n}", "The cheapest is {V} {C}."),
        "extreme_high": _group("what's the most expensive {n}|dearest {n}?|which {n} costs most|top price {n}|priciest {n}", "The most expensive is {V} {C}."),
        "count": _group("how many kinds of {n}|how many {n} models do you have|number of {n}?|count the {n}", "{V} {C}."),
        "options": _group("which {f} does {n} come in|what {f} are there for {n}|{n} {f} options|available {f} for {n}|what choices of {f} has {n}", "{V} {C}."),
    },
}  # fmt: skip

POLICY: dict[str, tuple[Group, ...]] = {
    "zh": (
        _group("买了{d}天还能退吗|怎么退货|可以换货吗|保修多久|运费怎么算|能开发票吗|{t}|{t}是怎么规定的|讲一下{t}|退款几天到账|拆封了能退吗|支持货到付款吗|几点关门|积分怎么用|你们{t}是什么样的", "根据 {L} {C}："),
        _group("请问{t}|请问怎么换货|请问食品可以退吗|您好，想了解{t}|请问多久能到|麻烦讲讲{t}", "{L}是这样规定的 {C}："),
        _group("{n}怎么参加|{n}是什么活动|有什么优惠|{n}的规则|现在有活动吗|{n}怎么算", "{L}的内容是 {C}："),
    ),
    "en": (
        _group("can I return this after {d} days|how do I return an item|do you do exchanges|how long is the warranty|how is shipping charged|can I get an invoice|{t}|what's the {t}|explain {t}|when do I get my refund|can I return opened items|when do you close|what's your stance on {t}", "{L} says {C}:"),
        _group("Could you tell me about {t}?|Please explain {t}|Hi, how do refunds work?|I'd like to know about {t}|would you walk me through {t}", "According to {L} {C}:"),
        _group("what is {n}|how does {n} work|any promotions now|details of {n}|what are the rules of {n}", "{L} says {C}:"),
    ),
}  # fmt: skip

NOT_FOUND: dict[str, tuple[Group, ...]] = {
    "zh": (
        _group("{n}多少钱|有没有{n}|{n}在哪|{n}还有货吗|{n}的{f}|今天天气怎么样|帮我写首诗|1加1等于几|订单{o}到哪了|{n} 库存|股票会涨吗|{n}有几款", "没有找到，店里的资料中没有这一项。"),
        _group("请问有{n}吗|请问{n}多少钱|您好，有{n}吗|麻烦查一下{n}|请问你们卖{n}吗", "抱歉，店里的资料中没有找到这一项。"),
    ),
    "en": (
        _group("how much is {n}|do you have {n}|where is {n}|is {n} in stock|{f} of {n}|what's the weather today|write me a poem|who is the president|where is order {o}|{n} stock|tell me a joke|got any {n}", "Not found: the shop's data do not have this."),
        _group("Could you check {n}?|Hi, do you sell {n}?|please look up {n}|I'm looking for {n}|would you have {n} by chance", "Sorry, I could not find this in the shop's data."),
    ),
}  # fmt: skip

POLITE_ENDS = {
    "zh": ("", "", "", "", "？", "?", "呢", "啊", "呀", "？谢谢"),
    "en": ("", "", "", "", "?", "?", " please", "??", " thanks"),
}
