"""The names people give to columns, per kind and field, the better name first.

A header is compared folded and without spaces, dashes, underscores and brackets:
`Compare at price` → `compareatprice`, `售价(元)` → `售价`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from shopdesk.core.text import fold

_PATH_END = re.compile(
    r"(?<=\S)\s*/\s*(?:display name|complete name|name|id)$"
)  # Odoo's `Unit of Measure/Display Name`


@lru_cache(maxsize=4096)
def normal(header: str) -> str:
    """The form in which headers are compared."""
    folded = _PATH_END.sub("", fold(header))
    text = re.sub(r"[(（\[【<].*?[)）\]】>]", "", folded) or folded
    return re.sub(r"[\W_]+", "", text)


def unit_in(header: str) -> str:
    """What stands in brackets after a header, folded: `售价（分）` → `分`."""
    match = re.search(r"[(（\[【](.*?)[)）\]】]", header)
    return fold(match[1]) if match else ""


def _names(text: str) -> tuple[str, ...]:
    """Names parted by bars or line ends, each once, in order of preference."""
    return tuple(dict.fromkeys(normal(name) for name in re.split(r"[|\n]", text) if name.strip()))


# Money fields end in _minor, as their columns do; `options` is a cell that holds several name: value pairs.
PRODUCT: Mapping[str, tuple[str, ...]] = {
    "sku": _names(
        """sku|sku code|custom label|seller sku|sku id|sku编码|sku编号|sku码|商品sku|规格编码|商品编码|商品编号|货号|款号|产品编号|产品编码|商品货号|编码|物料编码|物料号|品号
        存货编码|商家编码|variant sku|seller sku|goods sn|product sn|sku no|item no|item number|item code
        item id|article number|article no|style code|style no|product code|product number|part number
        variant id|code|编号|商品代码|代码|id|商品id|goods id|product id|asin|barcode sku|lineitem sku|商品編號|商品編碼
        貨號|款號|產品編號|品號|編號|料號|商品コード|商品番号|品番|型番|商品ID|管理番号|コード|artikelnummer|artikelnr|art nr|artnr
        bestellnummer|sachnummer|produktnummer|produkt nr|varianten sku|materialnummer|material|nummer
        internal reference|default code|reference|outer id|外部编码|物料代码|存货代码|商家货号|单品编码
        規格編號|商品代碼|상품코드|상품번호|품목코드|품번|제품코드|판매자상품코드|자체상품코드|stock no|stock number|stock code|plu|料号|条形编号"""
    ),
    "group_key": _names(
        """group|group id|variant group|parent sku|parent id|parent asin|parent|item group id|spu|spu id
        spu编码|spu编号|spu code|product id|goods id|handle|款式编码|父sku|父商品|主商品编码|商品组|系列编号|款号|父體|主商品編號|親商品コード
        商品グループ|グループ|グループコード|stammartikel|hauptartikel|vaterartikel|produktgruppe id"""
    ),
    "name": _names(
        """name|product name|商品名称|名称|品名|产品名称|商品名|货品名称|产品名|存货名称|物料名称|商品标题|宝贝标题|标题|title|product title
        item name|goods name|item|product|商品|产品|name zh|中文名|中文名称|名称中文|chinese name|label|display name
        商品名稱|名稱|產品名稱|貨品名稱|標題|商品標題|商品タイトル|製品名|名前|タイトル|アイテム名|bezeichnung|artikelbezeichnung|artikelname
        produktname|produkt|artikel|name deutsch|titel|artikeltext|warenbezeichnung|materialkurztext|kurztext|artikelkurztext
        part|part name|part description|货品|物品|商品全名|货品全名|宝贝名称|商品全称|存货全名|产品全称|物品名称|物资名称|상품명|품명|제품명|품목명"""
    ),
    "name_en": _names(
        """name en|english name|title en|product name en|英文名|英文名称|英文品名|名称英文|en name|商品英文名|英文名稱|英語名|英名
        bezeichnung englisch|englisch"""
    ),
    "name_zh": _names(
        """name zh|name cn|chinese name|title zh|中文名|中文名称|名称中文|中文品名|中文名稱"""),
    "brand": _names(
        """brand|品牌|brand name|品牌名称|商品品牌|牌子|manufacturer|vendor|maker|supplier|制造商|厂商|生产厂家|厂家|廠牌|品牌名稱|製造商
        廠商|ブランド|ブランド名|メーカー|メーカー名|marke|hersteller|lieferant|브랜드|제조사|厂牌"""
    ),
    "category": _names(
        """category|类别|分类|品类|商品分类|商品类别|类目|商品类目|category name|product category name|产品分类|product category
        categories|product type|department|type|种类|大类|google product category|類別|分類|商品分類|類目|大類|カテゴリ
        カテゴリー|カテゴリー名|商品カテゴリ|部門|kategorie|warengruppe|produktkategorie|artikelgruppe|produkttyp|rubrik|kategorie ebene 1|商品类型|存货分类
        宝贝类目|product range|product family|카테고리|분류"""
    ),
    "price_minor": _names(
        """price|售价|零售价|现价|销售价|销售价格|价格|单价|sale price|selling price|retail price|variant price|current price
        unit price|our price|门店价|门市价|门市售价|挂牌价|价钱|price cents|price in cents|price fen|price minor|售价分|价格分|amount
        促销价|优惠价|活动价|price incl tax|price cny|price usd|售價|零售價|單價|價格|銷售價|定價|特價|優惠價|会员价格|価格|販売価格|売価|単価
        税込価格|税抜価格|値段|通常価格|販売単価|preis|verkaufspreis|vk preis|vk|vk brutto|bruttopreis|einzelpreis
        preis brutto|endpreis|ladenpreis|price incl vat|price inc tax|unit price incl tax
        list price incl tax|retail|sales price|brutto vk|销售单价|零售单价|宝贝价格|一口价|商品售价|商品价格|统一售价|建议零售单价|零售价格
        sell|sell price|selling at|price each|our selling price|卖价|标签价|門市價|零售|会员价|商品単価|販売単価税込|판매가|판매가격|가격|단가|할인가|成交价|到手价|each"""
    ),
    "list_price_minor": _names(
        """list price|市场价|原价|吊牌价|划线价|标价|指导价|建议零售价|counter price|original price|msrp|rrp|compare at price
        variant compare at price|regular price|was price|market price|tag price|full price
        was|compare at|usual price|normal price|old price|previous price|参考价|划线|原售价|list price cents|专柜价|原價|市場價|建議售價|吊牌價|メーカー希望小売価格|希望小売価格|定価|参考価格|uvp|listenpreis|alter preis
        statt preis|streichpreis|ursprungspreis|unverbindliche preisempfehlung|소비자가|정가|시중가"""
    ),
    "currency": _names(
        """currency|cur|curr|币种|货币|currency code|price currency|币别|货币单位|幣別|貨幣|通貨|währung|waehrung"""),
    "stock": _names(
        """stock|库存|库存数量|库存量|现有库存|现存|现存量|现存数量|可用库存|可售库存|数量|stock quantity|stock qty|qty|quantity|inventory
        variant inventory qty|on hand|quantity on hand|in stock qty|number|num in stock|stock level|实际库存
        结存|结存数量|剩余|units|available quantity|available stock|庫存|庫存數量|庫存量|現有庫存|數量|在庫|在庫数|在庫数量|残数|bestand
        lagerbestand|lager|menge|anzahl|verfügbarer bestand|stück|stueck|lagermenge|quantity available
        qty available|qty on hand|soh|stock on hand|当前库存|当前库存量|库存总量|总库存|库存合计|合计库存|账面库存|期末结存数量|期末数量|结余数量|宝贝数量|商品库存
        lagerbestand gesamt|bestand gesamt|gesamtbestand|frei verwendbar|total stock|stock total|current stock|current quantity
        in shop|in store|left|how many|余量|存货|存货数量|재고|재고수량|재고량|수량|可售|可售数|可卖|店存|门店库存"""
    ),
    "available": _names(
        """available|availability|有货|是否有货|库存状态|现货|in stock|is available|stock status|有无货|供货状态|有無庫存|是否有貨
        庫存狀態|在庫状況|在庫有無|販売状況|verfügbar|verfügbarkeit|lieferbar|lieferbarkeit|auf lager"""
    ),
    "unit": _names(
        """unit|单位|计量单位|销售单位|uom|unit of measure|商品单位|單位|計量單位|売り単位|販売単位|入数単位|einheit|mengeneinheit|me
        verkaufseinheit|基本单位|主单位|basismengeneinheit|단위|计量|计量单元"""),
    "barcode": _names(
        """barcode|条码|条形码|商品条码|国际条码|bar code|ean|ean13|upc|gtin|variant barcode|isbn|国条码|ean code|upc code
        69码|條碼|國際條碼|商品條碼|條形碼|バーコード|janコード|jan|janコード13|eanコード|strichcode|ean nummer|ean nr|gtin13
        gtin ean|isbn13|isbn 13|gtin upc ean or isbn|商品条形码|规格条码|sku条码|바코드"""
    ),
    "color": _names(
        """color|colour|颜色|色彩|颜色分类|颜色名称|color name|colour name|商品颜色|花色|顏色|色|カラー|カラー名|farbe|farbton|색상|컬러"""),
    "size": _names(
        """size|尺码|尺寸|规格|码数|size name|商品规格|型号规格|规格型号|鞋码|尺码规格|大小|尺碼|規格|サイズ|サイズ名|größe|groesse|abmessung|maße|사이즈|규격"""),
    "location": _names(
        """location|货位|库位|货架|货架号|货架位|仓位|位置|陈列位置|存放位置|shelf|bin|bin location|aisle|shelf location|储位|柜位|架位
        bay|drawer|rack|cabinet|bench|柜台|柜号|摆放|摆放位置|区位|展位|所在位置|儲位|貨架|貨位|棚番|棚番号|棚|保管場所|ロケーション|lagerplatz|regal|lagerort|fach|standort im lager"""
    ),
    "description": _names(
        """description|描述|商品描述|产品描述|商品介绍|产品介绍|介绍|简介|商品简介|brief|short description|summary|body html|body
        detail|details|详情|商品详情|详细描述|desc|卖点|sub title|subtitle|副标题|说明|备注|long description|detail html
        detail desc|product description|商品說明|產品描述|說明|簡介|備註|商品説明|説明|商品説明文|備考|詳細|紹介文|beschreibung
        artikelbeschreibung|produktbeschreibung|kurzbeschreibung|langtext|langbeschreibung|bemerkung
        synopsis|item description|宝贝描述|상품설명|설명"""
    ),
    "image": _names(
        """image|图片|主图|商品图片|image url|image src|picture|pic|pic url|photo|图片链接|图片地址|主图链接|img|thumbnail
        variant image|image link|圖片|圖片網址|商品圖片|主圖|画像|画像url|商品画像|商品画像url|bild|bild url|bildlink
        produktbild"""
    ),
    "store": _names(
        """store|门店|店铺|分店|门店名称|shop|branch|store name|store code|门店编码|仓库|warehouse|店鋪|門市|門市名稱|倉庫|店舗|店舗名|店名
        店舗コード|filiale|filialname|geschäft|laden|standort|outlet|仓库名称|所在仓库|매장|창고"""
    ),
    "ref": _names("id|product id|goods id|商品id|商品编号|产品id|item id"),
    "brand_ref": _names("brand id|品牌id|品牌编号|manufacturer id|vendor id"),
    "category_ref": _names("category id|product category id|分类id|类目id|cat id|分类编号"),
    "options": _names(
        """options|option|specifications|specification|spec|specs|规格属性|属性|商品属性|sp data|variant|variants
        attributes|attribute|variation|销售属性|参数|规格参数|規格屬性|屬性|オプション|バリエーション|属性値|optionen|eigenschaften
        merkmale|product attr|product attributes|additional attributes|옵션"""
    ),
}  # fmt: skip

POLICY: Mapping[str, tuple[str, ...]] = {
    "key": _names("key|slug|policy id|编号|代码|code|id|政策编号"),
    "title": _names(
        """title|标题|问题|question|政策名称|政策|名称|name|q|主题名称|条目|policy|heading|subject|提问|问|政策名稱|標題|名稱|主題名稱|規則名
        タイトル|件名|規約名|titel|überschrift|regelung|richtlinie|rule|section title"""
    ),
    "body": _names(
        """body|内容|正文|答案|回答|answer|content|text|a|政策内容|说明|描述|description|详情|details|条款|规定|答|回复|reply|內容|條款
        說明|政策內容|本文|規約|詳細|文章|inhalt|beschreibung|regel|wortlaut|policy text|policy body|details text|细则|细节|正文内容"""
    ),
    "topic": _names("""topic|主题|分类|类别|category|类型|type|标签|section|主題|分類|カテゴリ|thema|kategorie"""),
    "language": _names("""language|语言|lang|locale|语种|語言|言語|sprache"""),
}

PROMOTION: Mapping[str, tuple[str, ...]] = {
    "code": _names(
        """code|优惠码|优惠券码|券码|活动编号|活动编码|活动代码|活动号|促销编号|促销代码|promo code|coupon code|promotion id|discount code|编号|编码|id|優惠碼
        折扣碼|活動編號|クーポンコード|コード|キャンペーンコード|gutscheincode|aktionscode|rabattcode|nummer|slug"""
    ),
    "title": _names(
        """title|name|标题|名称|活动名称|促销名称|优惠券名称|优惠名称|活动|促销活动|promotion|promotion name|coupon name|coupon|offer
        活動名稱|優惠名稱|促銷名稱|名稱|標題|キャンペーン名|クーポン名|タイトル|プロモーション名|aktion|aktionsname|bezeichnung|titel|angebot
        gutschein"""
    ),
    "name_en": _names("title en|name en|英文名称|英文标题"),
    "type": _names(
        """type|类型|活动类型|促销类型|优惠类型|优惠方式|promotion type|discount type|kind|類型|活動類型|種類|種別|割引種別|typ|art
        aktionsart|rabattart|offer type|promotion kind"""),
    "threshold_minor": _names(
        """threshold|门槛|满额|使用门槛|满|最低消费|满减门槛|满金额|min|min point|minimum|minimum spend|min spend|min amount
        full price|minimum order|满足金额|門檻|滿額|最低消費|最低購入金額|条件金額|mindestbestellwert|mindestumsatz|ab betrag
        schwelle|minimum purchase|门槛金额|满额门槛|起用金额"""
    ),
    "discount": _names(
        """discount|优惠|减免|折扣|优惠金额|面额|减|立减|amount|reduce price|value|discount value|力度|优惠力度|优惠内容|折扣率|優惠|折抵
        減免|割引|割引額|割引率|値引|値引き|rabatt|nachlass|ermäßigung|percent off|percentage|percent|discount amount
        discount percent|优惠额度|优惠额|折让|折扣比例|折扣系数"""
    ),
    "count": _names("count|满件|满几件|件数|数量门槛|min quantity|minimum quantity|min qty|ab menge|mindestmenge|購入点数|個数"),
    "price_minor": _names(
        """price|promo price|promotion price|flash promotion price|活动价|秒杀价|促销价|特价|优惠价|special price|sale price
        aktionspreis|sonderpreis|特別価格|セール価格|deal price"""
    ),
    "product": _names(
        """product id|product|sku|goods id|商品id|商品编号|商品编码|货号|商品|商品名称|product name|item|products
        product sku|artikel|artikelnummer|商品コード|商品名"""
    ),
    "currency": _names("currency|币种|货币|幣別|通貨|währung"),
    "starts": _names(
        """starts|开始|开始时间|开始日期|生效日期|start|start date|start time|valid from|from|起始日期|生效时间|starts at|活动开始|開始
        開始日期|開始時間|起始日|開始日|開始日時|beginn|start datum|startdatum|von|gültig ab|gueltig ab|start datetime
        promotion start time|生效|起|启用日期|begins|begin|opens|running from"""
    ),
    "ends": _names(
        """ends|结束|结束时间|结束日期|失效日期|截止日期|end|end date|end time|valid to|valid until|until|expires|到期|截止时间
        ends at|活动结束|有效期至|結束|結束日期|結束時間|到期日|終了日|終了日時|終了|ende|enddatum|bis|gültig bis|gueltig bis
        end datetime|promotion end time|expiry date|expires at|失效|止|截止|停用日期|to|till|finish|finishes|closes|last day|running to"""
    ),
    "scope": _names(
        """scope|范围|适用范围|适用商品|适用门店|applies to|use type|适用|参与商品|适用品类|適用範圍|適用商品|適用|対象|対象商品|対象店舗
        geltungsbereich|gültig für|gilt für|participating products"""),
    "body": _names(
        """body|内容|说明|描述|description|desc|details|详情|活动详情|优惠详情|詳情|规则|活动规则|活动内容|细则|note|备注|活动说明|使用说明|terms|說明|活動說明|內容|規則|詳細
        説明|beschreibung|bedingungen|hinweise|conditions|text|notes|wording|备注说明|内容说明"""
    ),
}  # fmt: skip

ORDER: Mapping[str, tuple[str, ...]] = {
    "number": _names(
        """number|order number|订单号|订单编号|单号|order sn|order no|order id|订单id|交易号|order|ref|reference|ticket|ticket no|booking|booking no|docket|name|id|訂單編號|訂單號|訂單號碼|單號
        注文番号|注文id|注文コード|オーダー番号|bestellnummer|auftragsnummer|bestellnr|auftragsnr|bestell nr
        purchase order|order ref|order reference|bestellung|主订单编号|子订单编号|订单序号|주문번호"""
    ),
    "status": _names(
        """status|状态|订单状态|order status|fulfillment status|物流状态|financial status|狀態|訂單狀態|物流狀態|ステータス|注文状況
        注文状態|状態|配送状況|bestellstatus|auftragsstatus|versandstatus|lieferstatus|order state|shipping status
        delivery status|state|stage|progress|进度|订单进度|当前状态|주문상태|배송상태"""),
    "placed_at": _names(
        """placed at|下单时间|下单日期|order date|created at|create time|add time|date|日期|时间|订单时间|创建时间|ordered at
        placed|下單時間|訂購日期|訂單日期|成立時間|注文日|注文日時|受注日|受注日時|bestelldatum|auftragsdatum|datum|bestellt am
        purchase date|order time|order created|ordered on|付款时间|订单成交时间|成交时间|订单创建时间|订单付款时间|拍下时间|下单|订购时间|订购日|ordered|주문일|주문일시"""
    ),
    "total_minor": _names(
        """total|订单金额|总金额|总价|实付金额|实付|合计|金额|pay amount|total amount|order total|grand total|amount
        total price|应付金额|訂單金額|總金額|總計|合計金額|合計|請求金額|お支払い金額|gesamtbetrag|summe|gesamt|gesamtsumme
        bruttosumme|rechnungsbetrag|order amount|payment amount|实付款|买家实付|总计|买家实际支付金额|用户实付金额|商家实收金额|买家应付货款
        订单应付金额|商品总价|应付|应付款|to pay|결제금액|주문금액|총금액"""
    ),
    "currency": _names("currency|币种|货币|幣別|通貨|währung"),
    "carrier": _names(
        """carrier|快递公司|物流公司|承运商|delivery company|快递|物流|shipping carrier|courier|ship channel|配送方式
        shipping method|貨運公司|快遞|快遞公司|配送業者|配送会社|運送会社|versanddienstleister|versand|spediteur|versandart
        paketdienst|shipped via|shipping company|ship via|tracking company|택배사|承运|承运方"""
    ),
    "tracking": _names(
        """tracking|运单号|快递单号|物流单号|tracking number|tracking no|delivery sn|ship sn|waybill|物流编号|tracking id
        貨運單號|追蹤號碼|物流編號|物流單號|追跡番号|伝票番号|お問い合わせ番号|送り状番号|sendungsnummer|trackingnummer|paketnummer
        sendungsverfolgung|tracking code|logistics number|物流运单号|tracking ids|tracking numbers|运单编号|运单|快递号|송장번호|운송장번호"""
    ),
    "expected_at": _names(
        """expected at|预计送达|预计到达|预计送达时间|预计到货|eta|expected|expected delivery|delivery date
        estimated delivery|预计时间|預計送達|預計到貨|到着予定日|お届け予定日|配達予定日|lieferdatum|voraussichtliche lieferung
        liefertermin|arrival date|estimated arrival|ship by|due|due date|collect on|collection date|pickup date|pick up date|ready on|ready by|送达日期|送货日期
        取货日期|自提日期|取件日期|预计取货|到货日期"""
    ),
    "customer": _names(
        """customer|顾客|客户|收货人|买家|customer name|姓名|buyer|consignee|user name|联系人|会员|billing name
        shipping name|客户姓名|收件人|顧客|客戶|買家|お客様名|顧客名|購入者|注文者|氏名|kunde|kundenname|käufer|empfänger|besteller
        user id|customer id|收货人姓名|买家昵称|buyer name|recipient name|ship name|买家会员名|주문자|수령인"""
    ),
    "lines": _names(
        """lines|items|商品|明细|商品明细|订单明细|商品清单|order items|products|line items|购买商品|明細|訂單明細|商品明細|注文明細|購入商品
        注文内容|contents|goods|what|内容|货品|货物|positionen|artikelliste|bestellpositionen|warenkorb"""
    ),
}  # fmt: skip

# The columns of one order line, where a file has a row for each line.
ORDER_LINE: Mapping[str, tuple[str, ...]] = {
    "line_name": _names(
        """lineitem name|line item name|item name|product name|item title|title|商品名称|商品名|宝贝标题|货品名称|商品標題|商品名稱
        商品|item|product|artikel|artikelbezeichnung|artikelname|produkt|bezeichnung|品名|name"""
    ),
    "line_sku": _names(
        """lineitem sku|sku|product sku code|sku code|product sku|item sku|sku编码|商品编码|货号|商品编号|商家编码|product sn
        item code|product code|seller sku|artikelnummer|artikelnr|商品コード|品番|item id|variant sku|product sku id|sku id
        product id|goods sn"""
    ),
    "line_quantity": _names(
        """lineitem quantity|quantity|qty|product quantity|数量|购买数量|件数|商品数量|menge|anzahl|個数|数量個|quantity ordered
        quantity purchased|item quantity|units|product count|number|購買數量|數量"""
    ),
    "line_price_minor": _names(
        """lineitem price|unit price|item price|product price|price|单价|商品单价|商品价格|成交单价|價格|單價|einzelpreis|preis
        価格|単価|sale price|price each|售价"""
    ),
    "line_options": _names(
        """lineitem options|product attr|options|variant|规格|商品规格|颜色分类|商品属性|sku属性|variante|バリエーション|specifications
        sp data|規格"""
    ),
}

STORE: Mapping[str, tuple[str, ...]] = {
    "code": _names(
        """code|store code|store id|store no|branch code|门店编码|门店编号|店铺编号|店号|编号|代码|id|門市編號|門市代號|店舗コード|店舗番号
        filialnummer|filialnr|filial nr|standort nr|shop id"""
    ),
    "name": _names(
        """store|store name|shop|shop name|branch|branch name|门店|门店名称|店铺|店铺名称|分店|名称|name|門市|門市名稱|店舗|店舗名
        店名|filiale|filialname|geschäft|laden|standort|outlet|门面|网点|depot"""
    ),
    "address": _names(
        "address|whereabouts|where we are|find us|地址|门店地址|店铺地址|詳細地址|详细地址|住所|所在地|adresse|anschrift|street|straße|strasse|location|位置"
    ),
    "phone": _names(
        "phone|电话|联系电话|门店电话|電話|電話番号|telefon|tel|telephone|phone number|手机|rufnummer|联系方式"
    ),
    "hours": _names(
        """hours|opening hours|business hours|营业时间|營業時間|営業時間|öffnungszeiten|oeffnungszeiten|open|opening times
        开放时间|营业|营业时段|上班时间|trading hours|open hours"""
    ),
}

ANSWER: Mapping[str, tuple[str, ...]] = {
    "question": _names(
        "question|问题|提问|问|q|常见问题|問題|質問|frage|客户问题|顾客问题|用户问题|user question|query|instruction"
    ),
    "answer": _names(
        """answer|答案|回答|答复|回复|a|答|标准答案|参考答案|標準答案|解答|antwort|approved answer|reply|response|output
        标准回复|话术"""
    ),
    "language": _names("language|语言|lang|locale|語言|言語|sprache"),
    "topic": _names("topic|主题|分类|类别|category|主題|分類|カテゴリ|thema|kategorie|标签|tags"),
    "source": _names("source|来源|出处|依据|來源|出典|quelle|reference|ref|policy"),
    "approved_by": _names(
        "approved by|approver|审核人|批准人|确认人|审批人|author|作者|審核人|承認者|freigegeben von|reviewed by|staff"
    ),
    "approved_at": _names(
        "approved at|approved on|审核时间|批准时间|审核日期|date|日期|更新时间|updated at|承認日|freigegeben am|time|时间"
    ),
}

BARCODE: Mapping[str, tuple[str, ...]] = {
    "barcode": PRODUCT["barcode"],
    "sku": PRODUCT["sku"],
    "unit": PRODUCT["unit"],
    "quantity": _names("quantity|qty|数量|包装数|装箱数|每箱数量|pack size|pack qty|units per pack|入数|menge|inhalt"),
}

# Lists that other tables speak of by number: brands, categories, reasons.
TERM: Mapping[str, tuple[str, ...]] = {
    "key": _names("id|key|code|编号|代码|編號|nummer|no|序号|pk"),
    "name": _names("name|名称|名稱|title|标题|label|品牌名称|分类名称|brand name|category name|bezeichnung|名前|原因"),
    "parent": _names("parent id|pid|parent|上级|父级|父id|上级分类|übergeordnet"),
}

# What rows that say one thing more about a product are made of.
TRAIT: Mapping[str, tuple[str, ...]] = {
    "product": _names(
        "product id|goods id|商品id|sku|sku code|商品编码|货号|item id|product sku|产品id|product|spu id"
    ),
    "attribute": _names(
        """attribute|attribute name|属性|属性名|属性名称|specification|spec name|参数|参数名|规格名|attr name|merkmal|eigenschaft
        key|属性名稱|項目"""
    ),
    "value": _names("value|attribute value|属性值|值|参数值|规格值|attr value|wert|内容|値"),
}

FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "product": PRODUCT, "policy": POLICY, "promotion": PROMOTION, "order": {**ORDER, **ORDER_LINE}, "store": STORE,
    "answer": ANSWER, "barcode": BARCODE, "trait": TRAIT, "term": TERM,
}  # fmt: skip

# Columns that machines keep for themselves; no clerk is ever asked about them.
JUNK = frozenset(
    _names(
        """add time|update time|create time|modify time|created at|updated at|created|modified|deleted
        delete status|is deleted|sort|sort order|order num|position|gallery|album pics|pics|images
        url|share url|link|product url|pic url|icon url|image position|image alt text|version
        seo title|seo description|category id|brand id|product category id
        product attribute category id|feight template id|freight template id|supplier id|creator
        operator|detail mobile html|service ids|variant inventory tracker|variant inventory policy
        variant fulfillment service|variant requires shipping|variant taxable|variant tax code
        published|gift growth|gift point|use point limit|preview status|verify status|new status
        recommand status|sale|low stock|lock stock|cost per item|floor price|创建时间|更新时间|修改时间|添加时间
        排序|是否删除|链接|商品链接|操作人|创建人|拒收原因 rejected because
        factory status|show status|nav status|first letter|big pic|logo|icon|pic|level|keywords|tags|published scope"""
    )
)
# The same names head columns that people keep: the year a book was published, the counter that meat lies in.
ALSO_TELLING = frozenset(_names("published|position|level|version|keywords|tags|created|modified"))
RETURNS = frozenset(
    _names("return amount|return reason|退货金额|退款金额|退货原因|退款原因|退货状态|handle note|proof pics")
)

# Prices that hold where a second, lower one is not given.
ASKED_OTHERWISE = frozenset(
    _names(
        "regular price|original price|full price|was price|normal price|usual price|tag price|ticket price|原价|标价|吊牌价|原價|通常価格|normalpreis|ursprungspreis"
    )
)
SPECIAL_PRICE = frozenset(
    _names(
        """special price|sale price|promo price|promotion price|promotional price|discount price|discounted price|offer price|reduced price
        特价|促销价|活动价|优惠价|折后价|折扣价|秒杀价|特價|促銷價|活動價|優惠價|特価|セール価格|割引価格|angebotspreis|sonderpreis|aktionspreis
        할인가|특가"""
    )
)
DELETED = frozenset(_names("deleted|delete status|is deleted|是否删除"))
# Flags that mean something only when they differ from what everybody assumes.
ON_SALE = frozenset(_names("is on sale|on sale|publish status|是否上架|上架状态"))
NOVELTY = frozenset(_names("is new|is hot|is recommend|is best|new|hot"))
PROSE = frozenset(PRODUCT["description"])
# Column names that only a German file has.
GERMAN = frozenset(
    _names(
        """artikelnummer|artikelnr|bezeichnung|artikelbezeichnung|artikelname|warengruppe|hersteller|lieferant|bestand|lagerbestand
        preis|verkaufspreis|vk brutto|brutto vk|netto vk|uvp|lagerplatz|einheit|farbe|größe|bestellnummer|gesamtbetrag|kunde
        versanddienstleister|sendungsnummer|bestelldatum|materialkurztext|währung|kategorie|beschreibung|artikel|menge"""
    )
)


def without_tax(header: str) -> bool:
    """Whether a price says that tax comes on top: beside it there is another, which customers pay."""
    return bool(re.search(r"excl|netto|\bnet\b|ohne mwst|不含税|未税|税抜|税別|부가세별도", fold(header)))


CENTS = ("cents", "fen", "minor", "分")


def cents_in(header: str) -> bool:
    """Whether a money column's header says that it counts minor units."""
    return normal(header).endswith(CENTS) or unit_in(header) in ("分", "cents", "cent", "fen")
