"""Ways of asking that need several tables: stores, offers on goods, replacements, orders of a customer, measures."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from shopdesk.core.planning import Planner
from shopdesk.core.types import Exchange
from shopdesk.core.wording import exact_answer
from shopdesk.store import Store, open_store

GOODS = """货号,品名,款号,品牌,类别,售价,库存,单位,颜色,规格,货位,产地,芯数,简介
HB-18,松烟羊毫,HB,汲古,毛笔,36.00,9,支,,1.8厘米,甲-1,湖州,,软毫，写隶书
HB-24,松烟羊毫,HB,汲古,毛笔,52.00,0,支,,2.4厘米,甲-1,湖州,,软毫，写隶书
LM-01,云鹤狼毫,,汲古,毛笔,48.00,6,支,,,甲-2,湖州,,硬毫，写小楷
SY-10,青檀生宣,SY,泾川,宣纸,88.00,14,刀,,四尺,乙-1,泾县,,墨韵足
MZ-05,油烟墨锭,,徽松,墨,120.00,3,锭,,,乙-3,歙县,,不含胶
MZ-06,书画墨汁,,徽松,墨汁,22.00,31,瓶,,500克,乙-3,歙县,,开盖即用
YN-12,八色印泥盒,,朱记,印泥,65.00,8,盒,,,丙-1,漳州,8芯,不走油
"""
ENGLISH = """sku,name,group,category,price,stock,size,location,makes,currency
KT-1,Walnut Easel,KT,Easels,80.00,4,90 cm,Bay 1,,USD
KT-2,Walnut Easel,KT,Easels,120.00,2,150 cm,Bay 1,,USD
DF-1,Deep Edge Canvas,,Canvases,15.00,40,,Bay 2,,USD
PB-1,Sable Brush,,Brushes,9.50,12,,Bay 3,,USD
GS-1,Gesso Powder,,Primers,11.00,7,,Bay 4,3 litres,USD
"""
RULES = """标题,内容
试墨,柜台可以免费试墨，每人限三张纸。
毛笔怎么开笔,新笔用温水泡开三分之二，不要用开水，泡十分钟后理顺笔锋。
退换,未使用的货品 10 天内可退，20 天内可换。裁开的宣纸不退。
Canvas stretching,We stretch canvas for $6 a piece. Below that size we charge $4.
"""
OFFERS = """code,title,type,threshold,discount,starts,ends,scope
BI9,毛笔九折,percent_off,,10%,2026-11-01,2026-12-05,毛笔
EA5,$5 off easels,amount_off,,5,2026-11-01,2026-12-31,Easels
BR3,Buy 2 fine brushes get 1 free,bundle,,,2026-11-01,2026-12-31,Brushes
"""
ORDERS = """订单号,状态,下单时间,订单金额,承运商,运单号,收货人
DD-1001,运输中,2026-11-18 10:00,88.00,白驹快运,BJ77120,柳晓岚
DD-1002,待付款,2026-11-19 12:00,120.00,,,Ida Marsh
"""
STORES = """门店编号,门店名称,地址,电话,营业时间
NM,南门店,南门街 8 号,0512-3310,9:00-18:00
BT,北塔店,北塔巷 2 号,0512-3399,10:00-20:00
"""


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    folder: Path = tmp_path_factory.mktemp("asking")
    with open_store(folder / "shop.db") as store:
        for name, text in (
            ("货品", GOODS), ("goods", ENGLISH), ("rules", RULES), ("offers", OFFERS), ("orders", ORDERS),
            ("门店", STORES),
        ):  # fmt: skip
            take_in(store, folder / f"{name}.csv", text)
        yield Planner(store.catalogue, lambda: date(2026, 11, 21))


def take_in(store: Store, path: Path, text: str) -> None:
    rows = list(csv.reader(io.StringIO(text)))
    width = len(rows[0])
    for row in rows:  # a comma in the last column needs no quotes here
        row[width - 1 :] = [",".join(row[width - 1 :])]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    store.importer.commit(store.importer.plan(path))


@pytest.mark.parametrize(
    ("question", "wanted", "unwanted"),
    [
        # a column by a question for its measure, its unit, its verb
        ("印泥盒有几芯", ["8芯"], []),
        ("墨锭哪儿产的", ["歙县"], []),
        ("松烟羊毫有哪几种长度", ["1.8厘米", "2.4厘米"], []),
        ("how much does the gesso make", ["3 litres"], []),
        ("墨汁 500g 多少", ["¥22.00"], []),
        # sizes said softly or around their unit, names that are also columns or categories
        ("price of the big easel", ["$120.00"], ["$80.00"]),
        ("how many deep edge canvases have we got", ["40"], []),
        # offers: on goods, until when
        ("毛笔最近有活动吗", ["毛笔九折"], ["共"]),
        ("any deals on easels", ["$5 off easels"], ["Walnut"]),
        ("毛笔打折到几号结束", ["2026-12-05"], []),
        # another in its place
        ("2.4厘米的羊毫没货了，有什么能代替的", ["松烟羊毫", "1.8厘米", "云鹤狼毫"], ["墨锭"]),
        ("three sable brushes with the deal", ["$19.00"], []),
        # sums without a word for a sum, and two variants of one product
        ("two sable brushes and a deep edge canvas", ["$34.00"], []),
        ("松烟羊毫两种有什么不同", ["¥36.00", "¥52.00"], []),
        # orders by whoever placed them
        ("柳晓岚的单发货没", ["运输中"], []),
        ("has Ida Marsh's order gone out", ["待付款"], []),
        ("DD-1002付款了吗", ["待付款"], []),
        # stores
        ("北塔店电话多少", ["0512-3399"], ["0512-3310"]),
        ("你们有几家店", ["共 2 家", "南门店", "北塔店"], ["款"]),
        # rules
        ("毛笔新买的怎么开笔", ["温水"], ["¥"]),
        ("买了15天还能换吗", ["2026-11-26"], ["2026-11-16"]),
        ("柜台试墨的条文，毛笔怎么开笔也说说", ["温水"], []),
        # two goods in one sentence, an extreme over a whole category, sizes that look like quantities
        ("云鹤狼毫 pk 油烟墨锭，比个价", ["¥48.00", "¥120.00"], []),
        ("学生没钱，毛笔里头挑个价最低的", ["¥36.00"], []),
        ("what does it cost to have canvas stretched", ["$6", "$4"], []),
        # all of a sort
        ("给老师买点毛笔，推荐两款", ["松烟羊毫", "云鹤狼毫"], []),
    ],
)
def test_the_answer(planner: Planner, question: str, wanted: list[str], unwanted: list[str]) -> None:
    answer = exact_answer(planner.plan(question))
    assert all(text in answer for text in wanted), answer
    assert not any(text in answer for text in unwanted), answer


@pytest.mark.parametrize(
    ("turns", "wanted"),
    [
        (("墨汁多少钱", "印泥盒呢", "两个一起多少"), "¥87.00"),
        (("毛笔有哪些", "最便宜的是哪个"), "¥36.00"),
        (("狼毫多少钱", "有便宜点的毛笔吗"), "¥36.00"),
        (("墨锭多少钱", "含胶吗"), "不含胶"),
    ],
)
def test_what_was_said_before_counts(planner: Planner, turns: tuple[str, ...], wanted: str) -> None:
    history: list[Exchange] = []
    for question in turns:
        plan = planner.plan(question, history)
        history.append(Exchange(question, exact_answer(plan), plan.facts))
    assert wanted in history[-1].answer


@pytest.mark.parametrize(
    ("said", "talk"),
    [
        ("好嘞知道啦", "ok"), ("可以可以", "ok"), ("ok 收到", "ok"), ("谢谢，不然又要挨说了", "thanks"),
        ("alright I'm out, my bus is here", "bye"), ("tell me a bit about yourself", "who"),
    ],
)  # fmt: skip
def test_small_talk_may_go_on(planner: Planner, said: str, talk: str) -> None:
    assert planner.plan(said).talk == talk


@pytest.mark.parametrize(
    "question", ["你好，有皮划艇吗", "thanks, do you sell kayaks?", "好的，砚台呢", "will it rain this weekend"]
)
def test_what_is_not_there_is_no_small_talk(planner: Planner, question: str) -> None:
    assert planner.plan(question).intent == "not_found"
