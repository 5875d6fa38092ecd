"""What shops do around their goods and what befalls these: how customers ask for it, and the words of rules on it.

A customer says "take up my trousers" where the rule says "alterations", 死了包不包 where it says 包活. Each act has
the ways in which it is asked for, for folded text, and the words by which a rule on it is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from shopdesk.core.late import late


class Act(NamedTuple):
    """asks: finds it in a folded question; words: one of them stands in a rule on it."""

    asks: re.Pattern[str]
    words: tuple[str, ...]


_SOMETHING = r"(?:[\w'-]+ ){0,4}"
_HERS = r"(?:my|our|his|her|their|your|the|a|an|these|those|this|that|some|one|it|them|me|us)"


def _act(asks_en: str, asks_zh: str, words: str) -> Act:
    said = tuple(word.strip() for word in words.split(","))
    return Act(late(f"{asks_en}|{asks_zh}", re.ASCII), said)


ACTS: tuple[Act, ...] = (
    _act(
        rf"\b(?:put|puts|putting) {_SOMETHING}together\b|\bassembl\w*|\bflat[- ]?pack\w*|\bbuild {_HERS}\b",
        r"组装|拼装|装配|装起来",
        "assembly, assemble, put together, build, 组装, 拼装, 装配, 安装",
    ),
    _act(
        rf"\b(?:take|takes|taken|taking|took) (?:{_HERS} )?(?:[\w'-]+ ){{0,3}}(?:up|in)\b(?! (?:stock|to|part|the))|\btak(?:e|ing) (?:up|in) (?:some |my |his |her |a |the |these )?[a-z]"
        rf"|\b(?:hem|hems|hemmed|hemming|shorten\w*|alter|alters|altered|altering|alterations?|tailor\w*|lengthen\w*|resiz\w*)\b"
        rf"|\b(?:make|made|making|get|have) {_SOMETHING}(?:shorter|longer|smaller|tighter|looser|narrower)\b|\btoo (?:long|big|loose|tight|wide|short)\b|\blet {_SOMETHING}out\b",
        r"改(?:短|长|小|大|瘦|肥|尺寸|衣|裤|腰|圈|一?[下改]|袖|个)|能改|给改|帮改|改[吗不么]|[裁剪截]短|收(?:腰|身|一收|小)|锁边|裤脚|太[长大肥松]|[长大肥松]了",
        "alteration, alter, altered, hem, hemmed, shorten, shortened, tailor, tailoring, resize, resizing, taken up, taken in, let out, "
        "改短, 改长, 改圈, 改裤, 改衣, 修改, 收腰, 锁边, 裤脚, 裁短, 截短, 改",
    ),
    _act(
        r"\b(?:cut|cuts|cutting|saw|sawn|sawing|slice|sliced|slicing)\b",
        r"裁|切(?!换)|锯|剪[一下断开]|截[一下断成]",
        "cut, cutting, sawn, slice, sliced, slicing, 裁, 切, 锯, 剪, 截",
    ),
    _act(
        r"\b(?:how|best way|best place|where (?:should|do i|do you|can i|to)|should|must|need to|have to|has to|ok to|okay to)\b.*\b(?:stor(?:e|ed|ing)|kept|keep(?:ing)?)\b(?! (?:it open|receipts?|open|any|going))"
        r"|\bhow long (?:does|do|will|can|would|should|is|are) .+ (?:keep|last|stay|be good|good for|fresh)\b|\b(?:fridge|refrigerat(?:e[ds]?|ing|ion)|freezer|freeze|frozen)\b|\bgoes? off\b|\bstor(?:e|ing) (?:it|them|my|these|this|the)\b",
        r"保存|存放|储存|储藏|保鲜|冰箱(?!有|还有|多少|怎么卖|什么价|几|价)|冷藏|冷冻|放[得]?(?:住|多久|几天|多长)|能放|怎么放|如何放|[放搁]阴凉|存多久",
        "store, storing, storage, keep, keeping, fridge, refrigerate, freeze, freezing, freezer, 保存, 存放, 储存, 储藏, 保鲜, 冷藏, 冷冻, 冰箱, 阴凉, 避光, 密封",
    ),
    _act(
        r"\b(?:wash|washes|washed|washing|iron|irons|ironed|ironing|tumble|bleach|dry[- ]clean\w*|launder\w*|laundry|cleaners|clean|cleans|cleaned|cleaning|polish\w*|look(?:ing)? after|car(?:e|ing) for|take care of|maintain\w*|maintenance|upkeep)\b",
        r"洗|熨|烫|晒|保养|养护|护理|打理|清洁|擦|除[霉尘灰锈]|进灰|有灰|发霉|怎么养|养[得护]",
        "wash, washing, washed, care, clean, cleaning, cleaned, iron, ironed, polish, polishing, dry, maintenance, tumble, "
        "洗, 保养, 护理, 养护, 清洗, 清洁, 晒, 熨, 擦, 除霉, 打理",
    ),
    _act(
        rf"\b(?:taste|tastes|tasted|tasting|tasters?|sample|samples|sampled|sampling|swatch|swatches|testers?)\b|\btry {_SOMETHING}(?:first|before|bit|piece)\b|\b(?:bit|piece|strip|square) of {_SOMETHING}home\b",
        r"尝|试[吃喝饮]|品[尝茶酒]|小样|色卡|样[布品板]|布样|试用装",
        "tasting, taste, tasted, sample, swatch, swatches, tester, try, 试吃, 试喝, 试饮, 品尝, 尝, 小样, 样品, 样布, 色卡",
    ),
    _act(
        rf"\b(?:try|tries|trying|tried) {_SOMETHING}(?:on|out)\b|\b(?:try|trying) (?:it|them|one|this|that|the)\b|\btest(?:ed|ing)? (?:it|them|one|this|that|the|a|an)\b|\btest (?:ride|drive|run)\b|\b(?:listen to|hear) (?:it|them|one|this|that|the|a|an|some)\b|\b(?:demo|demos|demonstrat\w+|audition)\b|\bhave a (?:go|listen|play)\b|\bon trial\b",
        r"试(?:穿|戴|用|听|骑|坐|驾|玩|试|一|下|弹|看)|能试|可以试|让试|体验|样机|听听",
        "try, trying, tried, trial, test, demo, demonstration, listening room, audition, fitting room, changing room, 试穿, 试戴, 试用, 试听, 试骑, 试坐, 试玩, 试, 体验, 样机",
    ),
    _act(
        r"\b(?:was|were|is|are|it's|he's|gone|went|going|goes|go|tast(?:es?|ed)|smell(?:s|ed|ing)?|smelt|turned|looks?|looked)(?: [a-z]+){0,2} (?:off|bad|mouldy|moldy|rotten|rancid|sour|stale|wilted|dead|mushy|funny|wrong|horrid|horrible|awful)\b(?! (?:for|size|colou?r|one|order))"
        r"|\b(?:died|dead|dies|dying|wilt\w*|mould\w*|mold|rotten|rotted|spoil\w*|stale|perished)\b|\bnot fresh\b",
        r"[买拿放一有]?.{0,3}坏(?:了|的|果)|[变]坏|烂|发霉|霉了|馊|变[质味]|臭了|不新鲜|[没不]出?[芽发]芽?|[没不](?:发芽|出苗|开花)|死|蔫|枯|包活|包赔|赔|包不包",
        "complaint, complaints, wrong, fresh, freshness, replace, replacement, refunded, dead, die, died, live, living, alive, guarantee, quality, "
        "坏, 烂, 包活, 死亡, 死, 蔫, 变质, 包赔, 赔, 售后, 质量",
    ),
    _act(
        rf"\b(?:fit|fits|hang|hangs|install|installs|mount|wire|plumb|put|set|lay|laid) (?:{_HERS} )?(?:[\w'-]+ ){{0,3}}(?:for (?:me|us|him|her|them|you|customers?)|up)\b|\binstall\w*|\b(?:fitted|fitting|fitter|fitters)\b(?! (?:sheet|rooms?))"
        rf"|\b(?:charge|charges|cost|costs|much|pay|extra|price|somebody|someone|you|we) {_SOMETHING}(?:to|for)? ?(?:fit|fitting|hang|hanging|install|installing|mount|mounting|lay|laying) ",
        r"安装|装上|[帮给包上].{0,3}装(?![修饰])|挂上|[包给帮能会管免]费?装[吗不么]|装一?[个下套]|会装|送装",
        "fitting, fitted, fit, fitter, install, installed, installation, put up, mounted, set up, 安装, 装上, 上门装, 送装, 包安装",
    ),
    _act(
        r"\bmeasur(?:e|es|ed|ing) (?:up|it|me|us|him|her|them|for|my|our|his|their|the)\b|\bmeasured\b",
        r"量(?:尺|体|一?下|身|面积|窗|房|门|个|脚)|测量|上门量",
        "measure, measuring, measured, 量尺, 量体, 量身, 测量, 上门量, 量面积, 量",
    ),
    _act(
        r"\b(?:come|comes|coming|visit|visits) {0}(?:to|round|over|out|at)\b.*\b(?:house|home|place|flat|me|us|school|office|him|her)\b|\bcome (?:round|over|out)\b|\b(?:home|house) (?:visit|call)s?\b|\bcall[- ]?outs?\b".replace("{0}", r"(?:and \w+ )?"),
        r"上门|来家里|到家里|来我家",
        "home, at home, visit, visits, call out, 上门",
    ),
    _act(
        rf"\bdeliver\w*|\b(?:bring|brought|take|drop|dropped|get|send|sent) (?:{_HERS} )?(?:[\w'-]+ ){{0,3}}(?:to (?:my|our|the|his|her|their) (?:door|house|home|place|flat|address)|round|brought|delivered)\b|\bdrops? (?:[\w'-]+ ){{0,3}}(?:off|round)\b|\bpostage\b|\bcarriage\b|\bshipping\b|\bpost (?:it|them|one)\b|\bcourier\b",
        r"送(?:货|到|上|过来|不送|吗|来|达|多远)|能送|给送|包送|配送|外送|免费送|送不送|邮费|运费|包邮|寄",
        "delivery, deliver, deliveries, delivered, van, courier, postage, post, shipping, carriage, 送货, 配送, 送, 运费, 包邮, 邮寄, 寄",
    ),
    _act(
        r"\b(?:repair|repairs|repaired|repairing|mend|mends|mended|mending|fix|fixes|fixed|fixing|servic(?:e|ed|ing)|overhaul\w*)\b|\b(?:won't|doesn't|wouldn't|isn't|not|stopped|stops) (?:turn(?:ing)? on|start(?:ing)?|work(?:ing)?|switch(?:ing)? on|charg(?:e|ing)|go|close|open)\b"
        r"|\b(?:have|take|having|taking) a look at\b|\blook(?:ing)? (?:at|over) (?:my|his|her|a|it|their)\b|\bdiagnos\w+|\bcheck(?:ed|ing)? (?:it|them|over|my|his|her|their)\b|\b(?:broke|broken|breaks|crack|cracks|cracked|snapped|torn|tore)\b",
        r"修|坏了|检[查测]|开不了机|不(?:亮|转|动|响|通电|制冷|工作)了?|脱线|开线|断了|[掉松]了",
        "repair, repairs, repaired, mend, mended, mending, fix, fixed, service, servicing, looking over, overhaul, cracked, 维修, 修理, 修补, 修, 检测, 检查, 开线",
    ),
    _act(
        rf"\b(?:move|moving|copy|copying|transfer\w*|switch) {_SOMETHING}(?:over|across|onto|on to|to (?:the|a|my|his|her) new)\b|\bback ?up\b|\bget {_SOMETHING}back (?:off|from)\b|\brecover\w*|\b(?:erase|wipe) ",
        r"导(?:数据|照片|资料|过去|入|到)|搬数据|传到新|数据|误删|找回",
        "transfer, data, move files, wiped, backup, recover, recovery, 数据, 恢复, 迁移, 备份",
    ),
    _act(
        rf"\bget rid of\b|\bdispos\w+|\brecycl\w+|\b(?:take|takes|taking|haul|cart|collect) (?:away|{_SOMETHING}(?:old|used|empty|dead) {_SOMETHING}?(?:away|off|back)?)|\bold [a-z]+ (?:{_SOMETHING})?(?:away|off|back)\b|\b(?:leave|bring|hand|take|drop) {_SOMETHING}(?:old|used|empty|dead) ",
        r"回收|旧[^,，。]{0,6}(?:怎么|能|可以|拉走|搬走|处理|拿来|带走)|处理旧|拉走|搬走|空[瓶桶罐盒箱]",
        "recycling, recycle, removal, remove, dispose, disposal, take away, taken, empties, old, 回收, 旧, 拉走, 搬走, 空瓶, 空桶",
    ),
    _act(
        r"\btrade[sd]?[- ]?ins?\b|\btrading in\b|\btrade (?:it|my|in|them)\b|\bpart[- ]?ex\w*|\bexchange (?:my|an?|his|her|their|our)\b|\bbuy(?:ing)? (?:back|my|used|old|second)\b|\b(?:buy|give|get|offer|pay|take|sell|worth|sells?)\b.*\b(?:old|used|second[- ]?hand|pre-owned)\b|\btowards (?:a|the) new\b|\b(?:buy|bought|buying) (?:\w+ ){0,2}back\b",
        r"以旧换新|旧.{0,6}(?:换|抵|折|卖|收|值)|[收卖](?:二手|旧)|二手|折价|抵多少|卖给你们",
        "trade-in, trade in, part exchange, part-exchange, exchange, second-hand, second hand, towards, we buy, buy back, bought back, old, used, 以旧换新, 回收, 二手, 抵, 旧",
    ),
    _act(
        r"\b(?:hire|hires|hired|hiring|rent|rents|rental|rented|renting|borrow|borrows|borrowing|loan|loans|lend|lends)\b|\bfor (?:just )?the (?:weekend|day|night|week|evening|wedding)\b",
        r"租(?!房|屋|客)|借(?!口|记|鉴)",
        "hire, hired, rent, rental, rented, loan, borrow, 出租, 租赁, 租, 借",
    ),
    _act(
        r"\b(?:bespoke|custom(?:ised|ized|-made| made)?|made[- ]to[- ](?:measure|order)|commission\w*|one made|made up|specially made)\b",
        r"[定订]做|定制|订制|量身|做一[件套个身条双]|专门做",
        "made to measure, made-to-measure, made to order, bespoke, custom, special order, commission, 定做, 定制, 订做, 量体, 订制",
    ),
    _act(
        rf"\border {_SOMETHING}in\b|\bspecial(?:ly)? order\w*|\bget {_SOMETHING}in (?:for|specially)\b|\b(?:how much|any|give|need|days'?|hours'?) notice\b|\b(?:in advance|ahead|beforehand|pre-?order\w*|booked|booking|appointment|reserve|reserved|reserving|reservation)\b|\bbook (?:it|in|a|an|for|ahead|online|my|the|one|him|her|them)\b|\bby when\b.*\border",
        r"订(?!单|阅)|预[订定约留]|提前|调货|代购|要约|约时间",
        "order, ordered, ordering, orders, notice, in advance, ahead, book, booked, booking, appointment, reserve, reserved, 预订, 预定, 订, 预约, 提前, 预留",
    ),
    _act(
        rf"\b(?:put|puts|set|keep|keeps|keeping|hold|holds|holding) (?:{_HERS} )?(?:[\w'-]+ ){{0,3}}(?:aside|by|away|back|for (?:me|him|her|us|them|a customer|someone|somebody|a (?:day|week|few|couple|month)|until|till))\b|\blay[- ]?(?:away|by)\b|\bhold (?:it|one|them|on to)\b|\breserv\w+|\bpay {_SOMETHING}(?:bit by bit|off over|in bits)\b",
        r"留(?:一|个|着|给|货|几|住|到|多久)|先留|帮.{0,3}留|预留|寄存|代存|保留",
        "reserve, reserved, reservation, hold, holding, held, layaway, put by, put aside, keep, kept, lay by, 预留, 保留, 留, 寄存, 代存",
    ),
    _act(
        rf"\bdeposits?\b|\bup ?front\b|\b(?:pay|paid|paying|put) {_SOMETHING}(?:first|down|half|part|before)\b|\bdown payment\b",
        r"[定订押]金|先[付给交]|预付|[付给交]几成|首付|押(?:多少|几|一)|要押",
        "deposit, up front, upfront, down, half the price, in advance, 定金, 订金, 押金, 先付, 预付",
    ),
    _act(
        rf"\b(?:monthly|instal?ments?|financ\w+|klarna|interest[- ]free)\b|\bspread {_SOMETHING}(?:cost|payments?|over|out)\b|\bpay (?:\w+ ){{0,2}}(?:later|over)\b|\binterest\b(?=.*\b(?:pay|cost|spread|month|credit)\b)|\b(?:on|in) (?:credit|account|tick|parts|bits)\b|\ba (?:month|week) at a time\b|\bowe\b",
        r"分期|[按每一个]月(?:付|结)|月结|赊|先拿货|后给钱|以后[给付]|欠着|先欠|挂账|记账|花呗|白条|分[几多]次",
        "finance, instalment, instalments, spread, monthly, interest, credit, account, layaway, 分期, 月结, 免息, 赊, 赊账, 挂账, 账期, 现款",
    ),
    _act(
        r"\b(?:pay|paying|take|takes|accept|accepts)\b.{0,30}\b(?:cards?|cash|cheques?|checks?|amex|paypal|apple pay|google pay|contactless|phone|euros?|visa)\b",
        r"刷卡|微信|支付宝|现金|扫码付|付款方式|怎么付|医保",
        "payment, payments, pay, card, cash, cheque, contactless, 支付, 付款, 刷卡, 微信, 现金, 医保",
    ),
    _act(
        r"\bwrap\w*\b|\bgift (?:box|bag)\w*\b(?=.*\b(?:charge|free|extra|put|do)\b)",
        r"包(?:一?下|起来|装一|个礼|成礼|漂亮)|礼[品物]?包装|帮.{0,3}包(?!括|含|邮)|包装[吗费服]",
        "wrapping, wrap, wrapped, gift box, 包装, 礼盒, 礼品袋",
    ),
    _act(
        rf"\b(?:engrav\w*|initials|monogram\w*|personali[sz]\w*|embroider\w*|logos?)\b|\bnames? {_SOMETHING}(?:on|onto|in|inside)\b|\b(?:print|stitch|write|put|sew) {_SOMETHING}(?:name|names|logo|initials|message|badge)\b",
        r"刻(?:字|名|上|个|几)|印(?:字|名|上|个|logo|标|公司|几)|[绣烫](?:字|名|上|个)|logo",
        "engraving, engraved, engrave, personalise, personalised, monogram, initials, embroidery, embroidered, printing, print, printed, logo, name, 刻字, 刻名, 印字, 印名, 印标, 烫印, 绣字, 刻, 印, 绣",
    ),
    _act(
        r"\b(?:class|classes|lesson|lessons|course|courses|workshop|workshops|tutorials?|teach|teaches|teaching|learn|learning|demos?|demonstrations?|sessions?|talks)\b",
        r"课|培训|学(?:做|画|拍|弹|怎么|习|会)|想学|教(?:我|怎么|不教|吗|拍|做|画|学)|有教|讲座|沙龙",
        "class, lesson, course, workshop, session, evening, club, learn, teach, 课, 培训, 教学, 讲座, 沙龙",
    ),
    _act(
        r"\bpart(?:y|ies)\b|\bbirthday\b.*\b(?:here|host|hold)\b|\bhold {0}event\b".replace("{0}", _SOMETHING),
        r"生日会|办(?:生日|聚会|派对|活动)|包场|场地",
        "party, parties, venue, room, 生日会, 场地, 包场",
    ),
    _act(
        r"\b(?:bulk|wholesale|trade (?:price|prices|discount|account|accounts|customers?|terms)|school|schools|company|companies|business|businesses|firm|club|clubs|team|teams|group|groups|builder|builders|caf(?:e|es)|restaurants?|large orders?|big orders?|contractors?|professionals?)\b",
        r"大量|批发|团购|公司|单位|企业|工地|学校|买(?:得)?多|量大|多买|拿得多|机构|同行",
        "trade, bulk, wholesale, business, company, corporate, school, group, quantity, 批发, 团购, 企业, 单位, 公司, 量大, 大宗, 大客户, 同行, 学校",
    ),
    _act(
        r"\b(?:students?|teachers?|pensioners?|seniors?|nhs|nurses?|staff|employees?|forces|military|veterans?|over[- ]?\d0s?|oaps?|concessions?|scouts?|retired)\b",
        r"学生|教师|老师|老人|老年|军人|员工|退休|残疾",
        "student, teacher, senior, pensioner, staff, forces, concession, 学生, 老人, 老年, 军人, 员工, 教师",
    ),
    _act(
        r"\bgift (?:cards?|vouchers?|tokens?|certificates?)\b|\bvouchers?\b|\bstore credit\b|\b(?:prepaid|store) cards?\b",
        r"充值|储值|礼品?卡|购物卡|存.{0,6}送|充.{0,6}送|办(?:张|个)?卡|充[一二三四五六七八九十\d]|卡里|[我你他她]的卡|提货券",
        "gift card, gift voucher, voucher, store credit, 充值, 储值, 礼品卡, 购物卡, 充, 提货券",
    ),
    _act(
        r"\b(?:lost|without|no|missing|threw|hasn't got|haven't got|got no|hasn't|haven't|doesn't have|don't have|forgot|forgotten|can't find|mislaid)\b.{0,20}\breceipts?\b",
        r"(?:没有?|丢|不见|找不到|扔|忘).{0,4}(?:小票|收据|凭证|发票)|(?:小票|收据|凭证|发票).{0,3}(?:丢|没|不见|找不|扔|忘)",
        "receipt, proof of purchase, 小票, 收据, 凭证",
    ),
    _act(
        r"\bcancel\w*|\b(?:change|changes|changed|changing) (?:my|her|his|their|your|the) minds?\b|\bcall {0}off\b|\bpull(?:s|ed)? out\b".replace("{0}", _SOMETHING),
        r"取消|不想?要了|退[定订]|反悔",
        "cancel, cancelled, cancellation, non-refundable, 取消, 不退, 退订",
    ),
    _act(
        r"\ballerg\w*|\bintoleran\w+|\bcoeliac\b|\bceliac\b",
        r"过敏|忌口",
        "allergy, allergies, allergen, allergens, traces, 过敏",
    ),
    _act(
        r"\b(?:mix|mixes|mixed|mixing|tint|tints|tinted|tinting) {0}(?:colou?rs?|paint|shade|one|it)\b|\bcolou?r match\w*|\bmatch {0}colou?rs?\b".replace("{0}", _SOMETHING),
        r"调[个一]?色|配色|调成",
        "mixing, mixed, mix, colour matching, tint, tinting, 调色, 配色",
    ),
    _act(
        r"\bsharpen\w*|\bblunt\b|\bregrind\w*|\b(?:keys?) (?:cut|copied)\b",
        r"磨(?:刀|一?下|快|剪)|开刃|钝了|[配打](?:一?[把个副])?[^,，。]{0,4}钥匙",
        "sharpening, sharpen, sharpened, key, grinding, 磨刀, 磨, 开刃, 配钥匙",
    ),
    _act(
        r"\brefill\w*|\btop(?:ped|ping)? {0}up\b|\bfill {0}up\b".replace("{0}", _SOMETHING),
        r"续(?:杯|装)|补充装|灌[气装]|充[气绒]|加满",
        "refill, refills, top up, 灌, 充气, 续, 充绒",
    ),
    _act(
        r"\bminimum\b|\b(?:least|smallest|shortest|lowest) (?:[a-z']+ ){0,4}(?:order|cut|cuts|buy|amount|spend|quantity|length|sell|sold|piece|number)\b|\bhow (?:little|short|small)\b|\bhave to (?:spend|buy|order|take)\b|\bneed to (?:spend|buy|order)\b",
        r"最[少低小短](?:[要得能]?(?:买|订|卖|裁|切|起|送|做|印|租|拿|是)|.{0,4}(?:起|卖|裁))|至少|起[送订卖裁批租做印]|(?:买|满|够|要)(?:满|够|多少)?.{0,3}(?:才|免费)?送|几[个件米条双]起",
        "minimum, smallest, shortest, least, at least, over, from, 最少, 起, 最低, 至少, 起订, 起送, 满",
    ),
    _act(
        r"\blimit(?:s|ed)?\b|\b(?:how many|most|maximum|max)\b.*\b(?:per (?:customer|person|head)|can (?:someone|somebody|anyone|a customer|one customer|one person|people|i|we|they|he|she|you) (?:buy|have|get|take|order))\b",
        r"限购|最多(?:能|可以)?[买拿]|[一每]人.{0,4}[几多]",
        "limit, limited, per customer, per person, maximum, up to, 限购, 每人, 限, 最多",
    ),
    _act(
        r"\b(?:arrived|came|delivered|turned up|received|arrives|comes)\b (?:[a-z]+ ){0,2}(?:broken|damaged|smashed|scratched|cracked|dented|wrong|faulty)\b|\bmissing (?:a )?(?:parts?|screws?|pieces?|bits?|bolts?)\b|\b(?:parts?|screws?|pieces?|bits?) (?:is|are|was|were) missing\b",
        r"少(?:了|个)?(?:零件|配件|螺丝|一件|东西)|缺(?:件|零件|配件)|[送寄]来.{0,6}[坏破碎裂错]",
        "damaged, missing, parts, faulty, broken, 破损, 少件, 缺件, 补发, 漏发",
    ),
    _act(
        r"\bcomplain\w*|\bunhappy\b|\bnot happy\b|\b(?:the|a) manager\b|\bwhat (?:can|do|should) we (?:do|say|offer)\b",
        r"投诉|差评|找经理|找老板",
        "complaint, complaints, complain, manager, 投诉",
    ),
    _act(
        r"\bpick(?:s|ed|ing)? {0}up\b|\b(?:collect|collects|collecting|collection|collected)\b".replace("{0}", _SOMETHING),
        r"自[提取]|来店里?[拿取]|[来去]取|几天(?:能)?[取拿]",
        "collect, collection, collected, pick up, 自提, 自取, 取",
    ),
    _act(
        rf"\b(?:carrier|cool|carry|plastic|paper) ?bags?\b|\bkeep {_SOMETHING}(?:cold|cool|frozen|warm|chilled) |\bice\b(?! (?:cream|skat))",
        r"塑料袋|购物袋|袋子|保温|冰袋|冰块",
        "bag, bags, ice, cool bag, 袋, 保温, 冰袋",
    ),
    _act(
        r"\b(?:fillet|fillets|filleted|filleting|gut|gutted|gutting|scale|scaled|scaling|bone|boned|boning|debone\w*|skinned|shell|shelled|pluck\w*|joint|jointed|mince|minced|dice|diced|descale|prepared?|preparing)\b|\b(?:take|get) {0}(?:bones?|skin|shells?|head|guts?|scales?|stones?) (?:out|off)\b".replace("{0}", _SOMETHING),
        r"去[骨皮鳞壳核]|杀(?:鱼|好|一下|不杀)|剁|切[块片丝]|绞[肉成]|开(?:个)?(?:壳|榴莲|椰子|蚝|生蚝|果)|削皮|处理(?:干净|好)|加工",
        "preparation, prepare, prepared, fillet, filleting, filleted, boning, boned, scaling, gutting, slicing, shelled, 切, 杀, 去骨, 处理, 加工, 开壳, 开果, 削皮, 剥, 开",
    ),
    _act(
        r"\b(?:eye|sight|hearing|skin|water|blood) tests?\b|\btest my (?:eyes|hearing|water)\b|\beyes tested\b",
        r"验光|测视力|量血压|测听力|测水质|把脉|测肤",
        "eye test, test, sight test, hearing test, 验光, 测",
    ),
    _act(
        r"\b(?:passport|id) photos?\b|\bprint(?:s|ed|ing)? {0}(?:photos?|pictures?|documents?|copies)\b|\bphotocop\w*".replace("{0}", _SOMETHING),
        r"证件照|[一两二]寸照?|洗[照相]片|冲[印洗]|打印(?![机纸头])|复印(?![机纸])|打(?:一|几)?张",
        "photo, photos, printing, print, copies, photocopying, 证件照, 冲印, 冲洗, 打印, 复印",
    ),
    _act(
        r"\b(?:dress|make) ?up\b|\bhair(?:cut|style|do)?\b|\bmakeup\b",
        r"化妆|妆造|盘发|做头发|做造型|妆",
        "makeup, make-up, hair, styling, 化妆, 妆造, 盘发, 造型",
    ),
    _act(
        r"\btax[- ]free\b|\bvat (?:back|refund|receipt)\b",
        r"退税|免税",
        "tax free, tax-free, vat, 退税, 免税",
    ),
    _act(
        r"\b(?:half[- ]price|marked down|cheaper|reduced|reduction|reductions|knocked off|bargains?)\b.*\b(?:evening|end of|late|after|day|night|saturday|sunday|close|closing|pm|when)\b|\bwhen\b.*\b(?:half[- ]price|marked down|reduced|cheaper)\b|\bend of the day\b",
        r"[晚下].{0,6}(?:打折|特价|便宜|半价)|几点.{0,8}(?:打折|特价|便宜|半价)",
        "cheaper, half price, reduced, reduction, off, bargains, 打折, 特价, 半价, 折",
    ),
    _act(
        r"\b(?:short[- ]dated|nearly out of date|near(?:ly)? (?:its |the )?(?:date|expiry)|close to (?:its |the )?(?:date|expiry)|about to expire|yellow sticker)\b",
        r"快(?:要)?(?:过期|到期)|临期|要过期|日期不好|尾货",
        "short dated, short-dated, best before, use by, near date, 临期, 快到期, 尾货, 保质期",
    ),
    _act(
        r"\b(?:jobs?|vacanc\w+|hiring)\b(?=.*\b(?:here|going|you|apply)\b)",
        r"招(?:人|工|聘)",
        "jobs, vacancies, vacancy, hiring, 招聘, 招人",
    ),
)  # fmt: skip
"""Broad ways of asking are safe here: an act counts only where a rule of the shop says it too."""


_TOOL = late(
    r"^[\w-]* ?(?:machine|board|knife|cloth|kit|spray|powder|liquid|fluid|brush|bag|box|basket|rack|table|stand|blade|scissors|gun|paper|ribbon|tape|paste|cream|solution|tablet|block|tool)s?\b"
    r"|^[\u4e00-\u9fff]{0,2}?[机器刀液粉剂巾布刷膏皂炉桶钳]"
)
"""What follows an act that only tells what a thing is for: a washing machine, 洗碗机."""


@lru_cache(maxsize=64)
def acts_said(folded: str) -> Mapping[int, Sequence[tuple[int, int]]]:
    """The acts, by their index in :data:`ACTS`, that a folded question asks for, and where."""
    found = ((index, [match.span() for match in act.asks.finditer(folded)]) for index, act in enumerate(ACTS))
    asked = ((index, [span for span in spans if not _names_a_tool(folded, *span)]) for index, spans in found)
    return {index: spans for index, spans in asked if spans}


def _names_a_tool(folded: str, start: int, end: int) -> bool:
    """Whether an act is told in one word, and only as what a thing is for."""
    said = folded[start:end]
    plain = len(said) == 1 or (said.endswith("ing") and " " not in said)
    return plain and _TOOL.match(folded[end:].removeprefix(" ")) is not None


@lru_cache(maxsize=256)
def words_of_acts(indices: tuple[int, ...]) -> tuple[str, ...]:
    """The words of rules on any of the acts."""
    return tuple(word for index in indices for word in ACTS[index].words)
