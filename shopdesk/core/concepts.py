"""Different words, in both languages, for one thing that a shop's rules are about.

A clerk says "my son wandered off" where the rule says "a missing child", 调 where it says 换. One line
(deeper ones go on with it) is one thing: the first words are those of rules, the others those of everyday
speech. An English word stands for its usual endings too.
"""

from __future__ import annotations

_RETURNS = """
    没有小票, 没小票, 小票丢, 没带小票, 无小票, 没票, 没凭证, without the receipt, without a receipt, without receipt,
        no receipt, lost the receipt, lost receipt, receipt is lost, lost my receipt
    小票, 收据, 购物凭证, 凭证, 单据, 购物小条, receipt, proof of purchase, slip, sales slip, docket
    小票丢, 小票扔, 小票不见, 小票没了, 小票找不到, 小票不知道, 小票不在, 小票忘, receipt is lost, lost the receipt,
        lost my receipt, threw away, thrown away,
        binned, misplaced
    退货, 退掉, 退回, 退了, 退吗, 能退, 不退, 可退, 想退, 要退, 退换, 退, return, bring back, brought back, send back,
        sent back, send it back, take back, taken back, took back, come back, comes back,
        coming back, give back, give it back, hand back, sending back
    退款, 退钱, 退回, 返钱, 返还, 到账, 钱退, refund, money back, cash back, reimburse, goes back, credited,
        paid back, pay back, pay me back
    不喜欢, 后悔, 无理由, 不想要, 不要了, 反悔, 不合适, without giving a reason, no reason, changed my mind,
        don't want, no longer want, no longer needed, don't like, dislike, unwanted, mistake, by mistake
    换货, 调换, 更换, 调成, 调一, 调大, 调小, 换, 调, exchange, swap, trade in, change them, change it, switch,
        replace
    换成更, 补差价, 差价, 补钱, 贴钱, 加钱, 补多少, 找零, 更贵, 更便宜, pay the difference, price difference,
        difference, pricier, dearer, more expensive, costs more, costs less, top up
    尺码, 大一号, 小一号, 大一码, 小一码, 换大, 换小, 换号, 我的码, 别的码, 没码, 号码, another size, different size,
        bigger size, smaller size, bigger, smaller, larger, size
    颜色, 别的颜色, colour, color
    其他门店, 别的店, 别的门店, 另一家店, 分店, 调货, 兄弟店, another branch, other branch, branch, another store,
        other store, sister shop, transfer
    户外磨损, 外面穿, 穿出门, 穿出去, 磨损, 室内, 试穿, 踩脏, worn outdoors, outdoors, outside, worn, wear, wore,
        indoor, tried on, try on
    正常磨损, 磨破, 磨坏, 磨穿, 旧了, 老化, normal wear, wear and tear, worn out, worn through, wore out
    洗过, 穿过, 用过, 穿了, 用了, 下过水, 未使用, 没用过, 没穿过, worn, washed, used, unused, wore, unworn
    吊牌, 标签, 牌子剪, 吊牌剪, tag, label
    包装, 盒子, 外盒, 原包装, packaging, original packaging, box, wrapping, original box
    拆封, 拆开, 拆了, 打开包装, 开封, 开了封, 打开过, opened, unsealed, unboxed, once opened, seal
    内衣, 内裤, 贴身, 文胸, 泳衣, underwear, lingerie, bra, briefs, swimwear
    袜子, 袜, sock
    食品, 零食, 吃的, 食物, 饼干, 糕点, 罐头, food, snack, eat, eaten, groceries, edible, biscuit
    茶叶, 茶, tea
    特价, 清仓, 甩卖, 打折, 处理品, 尾货, 折价, clearance, sale item, on sale, reduced, marked down, discounted,
        outlet
    不退不换, 不退, 不能退, 不可退, 不参加, 不支持, 除外, no returns, final sale, excluded, not covered,
        cannot be returned, non-returnable, can't be returned, not eligible
    部分退, 只退, 退一件, 退掉一件, 退其中, 凑单, 门槛, partial return, return one, part of the order, only one of,
        below its threshold, threshold
    满减, 优惠, 折扣, 减价, 满额, 享折, 折, discount, full-reduction, full reduction, money off
    质量问题, 质量, 瑕疵, 次品, 毛病, 缺陷, 有问题, 坏的, 残次, defect, defective, faulty, fault, flaw, flawed,
        doesn't work, not working, quality
    网上, 网购, 线上, 网店, 在线, 网单, online, internet, website, web order
    签收, 收到, 到手, 收货, day of delivery, delivered, received, arrive, arrived, got it
    现价, 当前售价, 同等价值, 等值, current price, same value
"""
_CARE = """
    安装, 装上, 上门装, 装一, install, installation, installing, set up, mount, mounting
    保修, 质保, 三包, 保固, 包修, 保多久, 保几年, 管修, 免费修, warranty, guarantee, covered, cover, guaranteed
    维修, 修理, 修补, 送修, 修好, 修不好, 没修好, 修, 坏了, 坏, repair, broken, fix, mend, mending, broke, fixing,
        fixed
    修不好, 没修好, 修不了, 没法修, cannot be repaired, can't be repaired, can't mend, can't fix, cannot fix,
        beyond repair, couldn't fix, unrepairable
    新品, 换新, 新的, 全新, a new one, new one, brand new, replaced with
    缝, 缝补, 补丁, 破洞, 补洞, 开线, 断线, 开缝, 补, stitch, sew, mend, tear, torn, ripped, rip, hole, seam, split,
        stitching
    鞋底, 换底, 换个底, 换鞋底, 底磨, 开胶, 大底, sole, resole, unglued, heel, resoled
    拉链, zip, zipper, fastener
    羽绒, 补绒, 充绒, 加绒, 跑绒, 鸭绒, down jacket, down, feather, refill
    防泼水, 防水, 涂层, 不防水, 漏水, 渗水, water repellency, waterproof, waterproofing, reproof, leak, repellent,
        rainproof
    帐篷杆, 帐杆, 杆子, 杆, 断杆, pole
    宠物咬, 狗咬, 猫咬, 猫抓, 咬, 咬坏, 抓坏, 啃, bites by pets, bite, bitten, bit, chew, chewed, gnaw, scratched
    自行改动, 自己改, 改过, 改装, 改短, 私自, alterations of your own, alteration, altered, modified it, customised,
        shortened
    火烧, 烧坏, 烧了, 烫, 烫坏, 火星, 烧破, burn, burnt, burned, fire, singed, campfire, scorched, melted
    使用不当, 人为, 摔坏, 弄坏, 自己弄, improper use, misuse, dropped, abuse, accident, my own fault
    破损, 压坏, 摔坏, 摔烂, 碎, 烂了, 破了, 撞坏, 坏掉, 砸, 压扁, 变形, damaged, damage, crushed, smashed, dented,
        shattered, cracked, in pieces, squashed, broken
    洗净, 清洗, 清洁, 洗干净, 先洗, 要洗, 脏, 晾干, 弄干净, 洗, washed, wash, clean, cleaning, dirty, dry, muddy,
        filthy
    加急, 急用, 赶时间, 最快, 快点, 着急, 尽快, 急着, express, urgent, hurry, rush, faster, asap, quicker, in a hurry,
        as soon as possible, speed up, tomorrow
    取件, 来取, 来拿, 取走, 领取, 拿走, 忘了拿, pick up, pick-up, picked up, collect, collection, pick it up, fetch
    保管, 保留, 留多久, 放多久, 能放, 存多久, 逾期, 帮我留, 留着, keep, kept, hold, store it, storage, no longer,
        held
    保修范围, 算不算保修, 范围, covers, cover, covered, scope
    重新计算, 重算, 重新算, starts anew, start again, start over, restart, begin again
    每处, 每节, 每件, a spot, each, per
    胀袋, 鼓包, 鼓了, 鼓起来, 胀气, 涨袋, 发胀, 鼓鼓的, swollen, bloated, puffed up, bulging
"""
_MONEY = """
    价保, 补差, 保价, 买贵, 退差价, 补偿, 跟价, 跟不跟价, 比价, 差价, price match, price protection, price adjustment,
        refund the difference
    降价, 便宜了, 降了, 跌价, 掉价, 打折了, 便宜卖, cheaper, got cheaper, price fell, falls, dropped in price,
        dropped the price, lowered the price, cut the price, reduced the price, price dropped, marked down,
        price drop, went down, lower price, reduced after, price falls, came down
    别家, 别的店, 其他店, 其他商家, 对手, 隔壁, 网上更便宜, 同行, 淘宝, 京东, 跟价, 跟不跟价, 比价, elsewhere,
        other shop,
        another shop, competitor, other store, other retailer, rival, next door, amazon, beat
    发票, 开票, 开个票, 补票, 税票, 票据, 报销, invoice, fapiao, tax invoice, expense, reimbursement
    抬头, 公司名, 单位名, 写错, 开错, 名字错, company name, wrong name, invoice title, misspelt, misspelled,
        corrected
    专票, 专用发票, 增值税, 税号, 公司, 企业, 单位, special invoice, vat, company, firm, business, tax number, tax id,
        corporate
    冲红, 作废发票, 红冲, 已经开票, 开过票, cancelled invoice, void the invoice
    二维码, 扫码, 扫, 自助, qr, scan, code
    邮箱, 邮件, mailbox, email, e-mail, inbox
    会员, 入会, 办卡, 注册, 加入, member, membership, join, sign up, signing up, loyalty, enrol, register, club
    银卡, 金卡, 等级, 级别, 升级, 升, 铜卡, 黑卡, vip, silver, gold, bronze, tier, level, status, platinum, upgrade
    积分, 的分, 分数, 攒分, 扣分, 几分, 一分, 分能, 兑分, point
    抵, 抵扣, 抵钱, 抵用, 值多少, 值几, 当钱, 兑换, 换钱, redeem, worth, spend my points, convert
    生日, 寿星, birthday, born
    双倍, 两倍, 加倍, 翻倍, double, twice, two times
    会员日, member day
    礼品卡, 储值卡, 购物卡, 礼券, 充值卡, 卡里, 送的卡, gift card, gift voucher, voucher, prepaid card, store card,
        gift cards
    余额, 还剩, 剩多少, 剩下, 剩, balance, left on, remaining, how much is on, what's left, enough balance, empty
    有效期, 过期, 到期, 作废, 失效, 清零, 有效, 不能用了, 还能用, expiry, expire, valid, run out, runs out, lapse,
        last, good for, void, stops working
    现金, 兑现, 变现, 换钱, 换成现金, 提现, 套现, cash, cash out, cashed, money instead
    挂失, 丢了, 掉了, 弄丢, 不见, 丢失, 补办, 补一张, 补卡, 遗失, lost, stolen, lose, misplace, missing, can't find,
        mislaid
    不记名, 转送, 转让, 送人, 送朋友, 别人用, bears no name, bear no name, give it to, someone else, transfer to,
        as a gift, a friend
    面值, 面额, 多少一张, 几种, values, value, denomination
    分多次, 分几次, 一次用完, 多次, 几次用, in parts, partly, several times, all at once, more than once
    祝福语, 印字, 刻字, 印制, 定制, 写字, greeting, printed, print, message, engrave, personalise, logo
    促销, 活动, 优惠, promotion, promo, offer, deal
    优惠券, 券, coupon
    捆绑, 套装, bundle, set
    付款, 支付, 付钱, 刷卡, 买单, 结账, 付, 付的款, 付了款, 微信, 支付宝, 付过, payment, pay, paid, wechat, alipay,
        credit card,
        debit card, paypal
    支付方式, 付款方式, 付款卡, payment method, way to pay, ways to pay, method of payment, means of payment, paypal,
        pay with, paying with
    原路, 原支付方式, 原卡, 退到哪, original payment, original means, the way it came, back on my card, back onto,
        on my card
    另一张卡, 换张卡, 别的卡, 不同, different, other, another
    银行卡, 信用卡, 储蓄卡, bank card, credit card, debit card, card
    手续费, 收费, 免费, 要钱, 收钱, 不收, 白送, 费用, 交钱, 花钱, 另收, 加收, 免, free, free of charge, fee, charge,
        extra, for nothing, surcharge, waived, waive, surcharges, cost anything
    多收, 扣错, 收错, 重复扣, 多扣, overcharged, overcharge, extra fee, wrong amount, billed twice, error, mystery,
        surcharge, extra charge
    账单, bill, billing, billed
    定金, 预订, 预留, 预定, 订金, deposit, reserve, pre-order, preorder
    试喝, 试饮, 试吃, 品尝, 品茶, 免费尝, 尝一, 尝几, 尝尝, tasting, taste, sample, try some
    自带, 自己带, 自备, 外带来, 别处买, 别的地方买, 不在这买, 其他地方买, bring my own, bring your own, my own,
        their own, bought elsewhere, bought somewhere else, from elsewhere, bought online
    刻字, 刻名, 刻个名, 烫名, 烫印, 烫个名, 印名, 印个名, 姓名, 名字, 绣字, 绣名, engrave, engraving, personalise,
        monogram, initials, name on
    师傅, 工人, 安装工, 施工, 工匠, tradesman, fitter, installer, decorator, plumber, builder
    半价, 五折, half price, half-price, half off
    分期, instalment, installment, pay later
    押金, 租, 租赁, rent, rental, hire
    尾货, 临期, 快到期, 剩下的, 卖剩, leftover, left over, remnant, odd, end of the day, end of day
    最多, 上限, 不超过, 最高, 封顶, 限额, 限制, 几成, at most, limited to, limit, maximum, up to, most, cap,
        only once
    实付, 付满, 满, 消费满, 花多少, 累计, spend, spent, paid within, have to spend
"""
_SENDING = """
    配送, 送货, 快递, 送到, 送上门, 送来, 上门, delivery, deliver, ship, courier, shipped, delivering,
        bring to my door
    包邮, 免邮, 免运费, 不收运费, 免费送, free shipping, free delivery, postage is free, shipping free, ships free,
        free postage
    运费, 邮费, 包邮, 快递费, 免邮, 免运费, 邮资, 送货费, 配送费, shipping, delivery fee, postage, delivery cost,
        free shipping, free delivery, shipping cost, delivery charge
    退回运费, 谁出, 谁付, 谁承担, 承担, 自己出, 谁掏, who pays, pays return postage, pays, at whose cost, our cost,
        pay for
    寄, 寄送, 邮寄, 发货, 发出, 快递, 寄走, 托运, 发, ship, shipping, dispatch, send, sent, post, mail, posted, leave
    同城, 急送, 跑腿, 闪送, 就近, 附近, 住附近, 当天送, 马上送, 市内, city express, across town, in town, nearby,
        same-day delivery, this afternoon
    新疆, 西藏, 偏远, 边远, xinjiang, tibet, remote
    江浙沪, 外地, 外省, 其他地区, 全国, 上海, 北京, elsewhere, other provinces, across china, out of town, shanghai,
        beijing, jiangsu, zhejiang, nationwide
    自提, 自取, 到店取, 店里拿, 来店里拿, 自己拿, 店里取, 到店里拿, collection in the shop, collect in store,
        pick up in store, pick-up, click and collect, collected in the shop, collect it
    外包装破损, 包裹, 快递盒, 箱子, 纸箱, 外箱, parcel, package, box, packet, carton
    拍照, 照片, 取证, photo, picture, photograph
    客服, 热线, 打电话, 有电话, 客服电话, customer service, ring, call you, hotline, helpline, phone you, telephone,
        number to call, help line
    联系, 找谁, 联络, 电话, 号码, contact, phone number, reach, number, get in touch
    补发, 重发, 再发, 少发, 漏发, 发错, resend, replacement, missing item, send another, sent the wrong
    当天, 当日, 今天, 今日, 今晚, same day, today, tonight
    截止, 之前, 以后下单, 最晚, 最迟, 多晚, cut-off, cutoff, latest, last order, at the latest
    下单, 付款, 订, placed, ordered, order placed, paid before
    气罐, 煤气, 瓦斯, 燃气, 炉头气, gas canister, gas, canister, cartridge, fuel
    海外, 国外, 港澳台, 境外, abroad, overseas, international
    短信, 通知, 告诉我, 提醒, 知会, text message, notify, let me know, sms, told, notified, tell me, email regarding
    地址, 住址, 改地址, 搬家, 街道, address, moved, street
    物流, 单号, 到哪了, tracking, track
"""
_ORDERS = """
    取消, 撤单, 撤销, 不要这单, 退单, cancel, cancellation, call off, calling off, called off, scrap, drop the order,
        cancelling
    修改, 更改, 改单, 改成, 变更, 改, modify, change, alter, amend, adjust, edit, update, altered, modification,
        changing
    待处理, 未发货, 还没发货, 没发出, pending, not shipped, not yet shipped, unshipped, hasn't shipped,
        has not shipped, before it ships, in process
    已发货, 已签收, 发出去, in transit, out for delivery, delivered, shipped already, already shipped, on its way
    订单, 单子, order, purchase
    状态, 进度, status, progress, state
    原因, 理由, 为什么, 借口, reason, why, excuse, grounds, explanation
    确认, 同意, 点头, 核实, confirm, confirmation, consent, agree, approval, yes, permission, explicit
    身份, 核对, 本人, 验证, 认证, authenticate, identity, identify, verify, prove, verification, log in, proof
    顾客, 客人, user, customer, shopper, caller, buyer, client
    别人, 代办, 家人, 老婆, 老公, 朋友, other user, another user, wife, husband, someone else, friend, one user,
        on behalf, relative
    人工, 经理, 主管, 转接, 投诉, human, manager, supervisor, transfer, escalate, hand over, colleague, complain,
        complaint
    建议, 评价, 意见, 主观, recommendation, opinion, subjective, advise, advice, comment, views, recommend
    编造, 不知道, make up, invent, guess
    商品种类, 不同商品, 品类, product type, change of product, different product, different kind, other product,
        types of products
    同款, 同商品, 规格, 款式, same product, product option, same model, option, variant, other colour
    一次性, 一次, 只能一次, 两次, 2 次, 3 次, 几次, 再次, 第二次, 再换, 再退, 还能再, called once, only once, once,
        twice, again, second time, how often,
        two times
    次数, 几次, 多少次, 最多几次, at most, times, how often, how many times
    时区, 几点, time zone, timezone, est
    新订单, 重新下单, new order, reorder, order again
    个人资料, 账号, 账户, 用户, profile, account, user id, username
    立即, 马上, 当场, immediately, at once, instantly, right away, straight away
    默认, default
    方式, 途径, 渠道, 怎么退, 哪里退, by mail, in store, drop off, method, ways, way
    客人不知道, 不记得, 忘了, does not know, do not know, doesn't know, no idea, forgot, forget, can't remember,
        unsure, don't remember
    不满意, 不开心, 不喜欢, not satisfied, do not like, dislike, unhappy, not happy, complaint, angry
    无限, 不限, unlimited, no limit, without limit, as often as
    延期, 延长, 宽限, extension, extend, late, overdue, more time, delay
    订阅, 年费, subscription, subscribe, premium
"""
_SHOP = """
    营业时间, 营业, 几点, 开门, 关门, 打烊, 下班, 开到, 上班, 开始营业, 照常, opening hours, open, close, hours,
        opening, shut, closing, closed, shuts, how late
    周末, 周六, 周日, 礼拜六, 礼拜天, 礼拜日, 星期六, 星期天, 星期日, 周五至周日, 双休, weekend, saturday, sunday,
        sundays
    平日, 周一, 周二, 周三, 周四, 工作日, 星期一, 礼拜一, weekday, monday, tuesday, wednesday, thursday
    除夕, 过年, 春节, 大年, 新年, 年三十, 年夜, 初一, 初二, 正月, chinese new year, new year, lunar year,
        spring festival, lunar new year
    节假日, 国庆, 五一, 元旦, 中秋, 端午, 放假, 假期, 长假, 清明, holiday, bank holiday, national day, public holiday,
        christmas, easter
    打烊前, 快关门, 关门前, 快打烊, 临关门, before closing, about to close, just before you close, nearly closing
    地铁, 公交, 怎么来, 怎么去, 怎么走, 几号口, 几号线, 路线, 车站, 交通, metro, subway, station, underground, train,
        get there, get to you, bus, directions, tube
    停车, 车位, 车停, 开车, 停哪, 泊车, 自驾, parking, car park, park, parked, drive, driving, garage, my car
    狗, 猫, 宠物, 汪, 毛孩子, 牵绳, dog, cat, pet, puppy, kitten, animal, pup
    进店, 进来, 带进, 进去, 入内, 逛, welcome, come in, come inside, bring in, enter, inside, allowed in, let in,
        come along
    母婴室, 哺乳, 喂奶, 换尿布, 尿布, 喂宝宝, 给宝宝, nursing room, baby room, baby-care, baby care, nappy, diaper,
        breastfeed, feed my baby, breast-feed, my baby, change a baby
    厕所, 洗手间, 卫生间, 方便一下, toilet, restroom, washroom, loo, bathroom
    电梯, 楼, 轮椅, 无障碍, lift, floor, elevator, wheelchair, accessible
    无线网, 上网, wifi, wi-fi
    失物, 捡到, 拾到, 遗失, 失物招领, 落下, 落在, 忘在, 掉在, 拾获, 捡, lost property, found, left behind, handed in,
        left a, hand in, lost and found, turned in, left my, forgot my, picked up
    认领, 来领, 领回, 是我的, 冒领, claim, is mine, belongs to me, prove, belong to, get it back
    丢的东西, 丢失的东西, 丢东西, 失物, lost property, lost item, lost something
    走失, 走丢, 不见了, 找不到, 跑丢, 丢了, 找孩子, 走散, 寻人, missing, missing child, lost child, wandered off,
        wander off, ran off, can't find, cannot find, got lost, run off, disappeared, separated, lost sight, gone
    孩子, 小孩, 儿童, 小朋友, 娃, 儿子, 女儿, 闺女, 宝宝不见, child, children, kid, son, daughter, boy, girl, toddler,
        little one, youngster, grandson
    家长, 父母, 爸妈, 妈妈, 爸爸, parent, mother, father, mum, dad, guardian
    报警, 警察, 派出所, 公安, 民警, police, cops, cop, officer
    监控, 摄像, 录像, 探头, cameras, camera, cctv, video, footage
    广播, 喇叭, loudspeaker, announce, announcement, call out, pa system
    证件, 身份证, 出示, 证明, 特征, identification, identity papers, show, describe, proof, prove, id card, passport
    钱包, 手机, 物品, 雨伞, 钥匙, 包包, 个包, 书包, wallet, phone, belongings, umbrella, keys, purse, valuables, item
    贵重, 签字, 签名, 值钱, valuables, signed, sign, signature, precious
    带什么, 需要什么, 凭, 要带, 材料, 准备什么, 任选其一, 要什么, 资料, 提供, 出示, bring, show, required, documents,
        provide, paperwork, evidence
    隐私, 个人信息, 保密, 信息安全, 我的信息, privacy, personal data, personal information, data, confidential
    未成年, 学生, 老人, 军人, student, senior, pensioner, discount for
    包装服务, 礼品包装, 包起来, 礼盒, gift wrap, gift-wrap, wrapping, wrap
    安全, 受伤, 急救, safety, injured, hurt, first aid, accident
    试坐, 试用, 体验, 试试, 试帐篷, 试穿, tried out, try out, trial, sat in, test, try, sit in
    帐篷, 天幕, tent
    背包, 双肩包, backpack, rucksack
    鞋, 靴, 鞋类, footwear, shoe, boot, trainers, sneakers
    服装, 衣服, 外套, 裤子, 夹克, clothing, clothes, garment
"""


def _read(*tables: str) -> tuple[tuple[str, ...], ...]:
    lines = (line.strip() for table in tables for line in table.replace(",\n", ", ").splitlines())
    return tuple(tuple(dict.fromkeys(word.strip() for word in line.split(","))) for line in lines if line)


CONCEPTS = _read(_RETURNS, _CARE, _MONEY, _SENDING, _ORDERS, _SHOP)
"""Groups of folded words; a word may stand in several."""
