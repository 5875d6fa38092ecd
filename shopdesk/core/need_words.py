"""Different words for whom and for what goods are wanted in any trade: "little ones" are children, 雨天 wants 防水."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from shopdesk.core.late import late
from shopdesk.core.text import is_han

_FAMILIES = """
house, home, household, domestic, 家用, 家里, 自家, 家庭, 居家
child, children, kid, junior, youth, toddler, boy, girl, youngster, 孩子, 小孩, 儿童, 娃, 宝宝, 小朋友, 小学生, 少儿
    | little one, small one, son, daughter, nephew, niece, grandson, granddaughter, kiddie, tot
    | four year old, five year old, six year old, seven year old, eight year old, nine year old, ten year old
adult, grown up, grown-up, 成人, 大人
beginner, starter, novice, learner, improver, intro, 新手, 初学, 入门, 刚学
    | a first, first pair, first one, first set, first time, just started, just starting, starting out, new to
    | never done, never tried, 刚开始, 第一次
gift, present, 送人, 礼物, 礼盒, 送礼, 礼品
rain, wet, waterproof, showerproof, 防水, 雨天, 下雨, 淋雨, 雨衣
warm, winter, thermal, 保暖, 冬天, 过冬, 冬季, 御寒 | cold weather, freezing, 怕冷, 冻得慌, 天冷
quiet, silent, 安静, 静音 | noise, noisy, 噪音, 太吵, 不吵
garden, outdoor, outside, 户外, 室外
baby, infant, newborn, 婴儿, 新生儿 | 刚生, 刚出生
elderly, senior, pensioner, 老人, 老年, 长辈
    | granny, nan, grandad, grandma, old lady, old man, older person, 爷爷, 奶奶, 老爷子, 老太太, 爸妈, 父母
lightweight, 轻便, 轻巧 | light enough, easy to carry, 提得动, 拎得动
travel, portable, 旅行, 便携 | trip, holiday, journey, 出差, 旅游, 出门
historic, historical, medieval, period
school, pupil, student, 学生, 学校 | 上学, 开学
wedding, bridal, 结婚, 婚礼, 婚庆, 喜庆 | bride, getting married, 新娘, 新郎
店铺, 门店, 商铺, 商用 | 开店, 铺子, 开张
damaged, 受损, 损伤 | broken, 坏了, 坏掉
diabetic, sugar free, 无糖, 糖友, 控糖, 糖尿 | 血糖
孕妇, 孕期, pregnancy, maternity | pregnant, 怀孕, 有喜
sensitive, allergy, 敏感 | allergic, 过敏
photo, photograph, photography, camera, 拍照, 摄影
sleep, bedtime, 助眠, 睡眠 | sleeping, 睡觉, 失眠, 睡不着
office, 办公 | for work, at work, 上班
car, driver, 车载, 司机, 驾驶 | driving, 开车
professional, expert, trade, 专业 | 高手, 老手
women, ladies, 女士, 女款, 女生, 女孩 | lady, 姑娘
men, mens, gents, 男士, 男款, 男生, 男孩 | gentleman, lad, bloke, 小伙子
damp, mould, mouldy, mildew, 防霉, 防潮 | 潮, 发霉
祛湿, 湿气, 除湿
summer, cooling, 夏天, 夏季, 清凉 | hot weather, it's hot, 怕热, 凉快
dog, puppy, 狗, 犬 | pup
cat, kitten, 猫
tired, sleepy, 提神, 犯困 | drowsy, nod off, 打瞌睡, 困
"""
"""A family in a line: words that both questions and rows say; after a bar those that only questions say."""


@lru_cache(maxsize=1)
def _patterns() -> Sequence[tuple[re.Pattern[str], re.Pattern[str]]]:
    """For each family what finds it in a question, and what finds it in a row."""
    lines = re.sub(r"\n +", " ", _FAMILIES.strip()).splitlines()
    return [(_any_of(line.replace("|", ",")), _any_of(line.partition("|")[0])) for line in lines]


def _any_of(words: str) -> re.Pattern[str]:
    each = [word.strip() for word in words.split(",") if word.strip()]
    chinese = [word for word in each if is_han(word[0])]
    english = [re.escape(word) for word in each if not is_han(word[0])]
    latin = [rf"(?<![a-z])(?:{'|'.join(english)})(?:'?e?s|'s)?(?![a-z])"] if english else []
    return late("|".join([*latin, *sorted(chinese, key=len, reverse=True)]))


def families_said(folded: str) -> dict[int, tuple[int, int]]:
    """The families of which a folded question says a word, and where."""
    found = ((number, asked.search(folded)) for number, (asked, _) in enumerate(_patterns()))
    return {number: match.span() for number, match in found if match is not None}


@lru_cache(maxsize=1 << 14)
def tells(family: int, text: str) -> bool:
    """Whether a folded text of a row says a word of a family."""
    return _patterns()[family][1].search(text) is not None
