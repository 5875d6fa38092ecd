"""A store in a folder of its own, and small files to import."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shopdesk.store import Store, open_store

Write = Callable[..., Path]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "数据 folder" / "shop.db")
    yield opened
    opened.close()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(name: str, text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write_file


GOODS_ZH = """商品编码,商品名称,售价(元),市场价,库存,颜色,尺码,货位,条码,品牌,分类,材质
A-100,云朵跑鞋,"¥1,299.00",1599,12,黑色,42,A5,6901234567892,云步,跑鞋,网布
A-101,云朵跑鞋,1299元,1599,0,白色,42,A5,6901234567908,云步,跑鞋,网布
B-200,保温杯 500ml,89.5,,7件,,500ml,B2,,暖山,杯具,304不锈钢
"""

GOODS_EN = """Item ID,Title,Price,Compare at price,Qty,Colour,Size,Shelf,Vendor,Fabric
S-1,Running Shoes,$79.90,$99.00,4,Black,10,C3,Fleet,mesh
S-2,Running Shoes,$79.90,$99.00,0,White,10,C3,Fleet,mesh
H-1,Wool Hat,$19.00,,25,Navy,,D1,Northbay,merino wool
"""

POLICIES = """标题,内容
七天无理由退货,自购买之日起七天内，凭小票可以退货，吊牌须完好。
Warranty,Electronics carry a two-year warranty from the day of purchase.
"""


def import_file(store: Store, path: Path, **options: object) -> dict[str, object]:
    return store.importer.commit(store.importer.plan(path, **options)).to_json()  # type: ignore[arg-type]
