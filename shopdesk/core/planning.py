"""From a question to a plan: which rows, which values, which sum, said about what.

The planner is where the thinking is done. It asks the understanding what is wanted, then one way of asking after
the other whether the question is of its sort. The first that knows writes down one :class:`Plan` that the prompt,
the exact answer and the check all follow. A question that leans on an earlier one is read with the records that the
earlier answer was about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date

from shopdesk.core import lexicon
from shopdesk.core.about_acts import about_act
from shopdesk.core.about_change import about_change
from shopdesk.core.about_codes import about_code
from shopdesk.core.about_compared import about_compared
from shopdesk.core.about_deadlines import about_deadline
from shopdesk.core.about_extremes import about_extreme
from shopdesk.core.about_hire import about_hire
from shopdesk.core.about_offers import about_promotion, about_savings
from shopdesk.core.about_orders import about_customer, about_order, orders_of
from shopdesk.core.about_others import about_alternatives, about_replacement
from shopdesk.core.about_products import OF_THE_LIST, about_products
from shopdesk.core.about_rules import about_rules
from shopdesk.core.about_saved import about_saved
from shopdesk.core.about_several import about_basket, about_comparison
from shopdesk.core.about_sold_out import about_sold_out
from shopdesk.core.about_stores import about_stores, about_stores_after_all
from shopdesk.core.chatter import small_talk, small_talk_after_all
from shopdesk.core.following import Earlier, spoken_of
from shopdesk.core.gaps import SUPPORTED
from shopdesk.core.order_plans import orders_plan
from shopdesk.core.pairs import asks_of_both, of_both
from shopdesk.core.plan import Plan
from shopdesk.core.ports import Catalogue, SearchWish
from shopdesk.core.record_plans import nothing_plan
from shopdesk.core.resolving import Resolver, names_said
from shopdesk.core.second_reading import second_plan
from shopdesk.core.shop import NAMES_TRIED, Shop
from shopdesk.core.subjects import subject_of
from shopdesk.core.support import subject_and_support
from shopdesk.core.text import fold, search_tokens
from shopdesk.core.told_of_talk import plan_on_talk
from shopdesk.core.types import Exchange, Vocabulary
from shopdesk.core.understanding import QUESTION_LIMIT, Understanding, asks_something, understand
from shopdesk.core.wording import not_recorded

_IN_NAMES = frozenset(
    {"promotion", "policy", "order", "compare", "total", "instead", "substitute", "recommend", "how-to"}
)
"""Ways of asking whose words also stand in the names of goods."""
_MODELS = re.compile(r"(?<![\w.])([A-Za-z]+\d+[A-Za-z]*?|\d{3,})'?s(?![\w'])")
"""A number of a model in the plural: HT55s. Of two figures it may be a size or a count of threads: 80s."""
_TOKENS_TRIED = 3
"""Words that ask something and may stand in a name, the rarest; each takes a search."""
_TELLING = 1000
"""Rows that such a word may stand in; of one in more rows all that the question names is searched for instead."""


class Planner:
    """Makes plans over one catalogue. `today` gives the date for promotions."""

    def __init__(self, catalogue: Catalogue, today: Callable[[], date]) -> None:
        self._shop = Shop(catalogue, Resolver(catalogue), today)

    def plan(self, question: str, history: Sequence[Exchange] = ()) -> Plan:
        """The plan of an answer to `question`. Never raises for what a question says."""
        question = question[:QUESTION_LIMIT]
        parted = self._shop.catalogue.parted(question)
        said = self._in_singular(parted)
        plan = self._plan_of(said, history)
        return replace(self._reconsidered(plan, said, history), question=question)

    def _in_singular(self, question: str) -> str:
        """The question with numbers of models as the rows have them: "how many HT55s" asks for the HT55."""
        said = [match[1] for match in _MODELS.finditer(question)] if _MODELS.search(question) else []
        rows = self._shop.catalogue.frequencies([fold(model) for model in said])
        ours = {model for model in said if rows.get(fold(model))}
        return _MODELS.sub(lambda match: match[1] if match[1] in ours else match[0], question)

    def _reconsidered(self, plan: Plan, question: str, history: Sequence[Exchange]) -> Plan:
        """The plan of what the words make likelier than what `plan` is about, if there is one."""
        if plan.intent == "small_talk":
            return plan

        def plan_as(kinds: Collection[str]) -> Plan:
            vocabulary = self._shop.catalogue.vocabulary()
            read = understand(question, vocabulary, history, likely=kinds)
            read = self._with_names(read, vocabulary, history, kinds)
            read = replace(read, kinds=read.kinds - {"policy"}, goods_only=True)
            return _plan(self._shop, read, spoken_of(history, vocabulary, self.plan))

        return second_plan(self._shop, question, plan, history, plan_as) or plan

    def _plan_of(self, question: str, history: Sequence[Exchange]) -> Plan:
        shop, vocabulary = self._shop, self._shop.catalogue.vocabulary()
        read = understand(question, vocabulary, history)
        chatter = small_talk(shop, read)
        if chatter is not None:
            return chatter
        read = self._with_names(read, vocabulary, history)
        both = asks_of_both(read) or read.asks("both") or read.asks("total")
        earlier = spoken_of(history, vocabulary, self.plan, both=both)
        read, earlier = of_both(shop, read, earlier)
        plan = _plan(shop, read, earlier)
        plan = (plan_on_talk(shop, read, earlier, plan) if earlier.products else None) or plan
        if plan.intent == "policy" and not read.asks("policy"):
            _, support = subject_and_support(plan, vocabulary)
            return (small_talk_after_all(shop, read) if support < SUPPORTED else None) or plan
        before_offers = read.priced_by == "list_price" or lexicon.WITHOUT_OFFERS.search(read.folded) is not None
        if plan.intent == "not_found" and before_offers and "total" in read.kinds:
            # the figures that were taken for how many are part of a name: 300根…枕套*2
            plan = _plan(shop, replace(read, kinds=read.kinds - {"total"}, asked=("list_price",)), earlier)
        if plan.intent in ("not_found", "not_recorded") and read.by_container:
            # these goods have no price for a box of them: a box is how they are sold
            others = {name: told for name, told in vocabulary.attributes.items() if name not in read.priced_by}
            plan = _plan(shop, understand(question, replace(vocabulary, attributes=others), history), earlier)
        if plan.intent != "not_found":
            return plan
        orders = orders_of(shop, read)
        if orders:
            return orders_plan(read, orders)
        return (
            self._read_again(read, history)
            or small_talk_after_all(shop, read)
            or about_stores_after_all(shop, read)
            or plan
        )

    def _read_again(self, read: Understanding, history: Sequence[Exchange]) -> Plan | None:
        """The plan of a question that finds nothing as it stands, with its words as the shop spells or calls them."""
        catalogue = self._shop.catalogue
        for other in (*self._respelled(read), *catalogue.reworded(read.folded)):
            again = understand(other, catalogue.vocabulary(), history)
            plan = _plan(self._shop, again, spoken_of(history, catalogue.vocabulary(), self.plan))
            unsaid = any(point.value == not_recorded(plan.language) for point in plan.points)
            if unsaid and set(again.attributes) - set(read.attributes):
                continue  # what sounds like a column was not asked for
            if plan.intent != "not_found":
                return plan
        return None

    def _respelled(self, read: Understanding) -> list[str]:
        if read.language != "zh" and " " in read.folded:
            return []  # English words are no pinyin, and the resolver bears their typing errors
        spelled = read.folded
        for piece in subject_of(read).content.split():
            spelled = spelled.replace(piece, self._shop.catalogue.respelled(piece) or piece)
        return [spelled] if spelled != read.folded else []

    def _with_names(
        self,
        read: Understanding,
        vocabulary: Vocabulary,
        history: Sequence[Exchange],
        likely: Collection[str] = (),
    ) -> Understanding:
        """The question read again where it says whole names of goods, whose words then ask for nothing else."""
        if not (read.attributes or read.kinds & _IN_NAMES or set(read.asked) - {"price", "stock"}):
            return read
        columns = tuple(vocabulary.attributes)
        asking = dict.fromkeys(token for token in search_tokens(read.folded) if asks_something(token, columns))
        rows = self._shop.catalogue.frequencies([*asking])
        # what stands in no row stands in no name
        in_names = sorted((token for token in asking if rows[token]), key=lambda token: rows[token])
        telling = [token for token in in_names if rows[token] <= _TELLING][:_TOKENS_TRIED]
        wishes = [SearchWish(token, limit=NAMES_TRIED, enough=1, also=read.folded) for token in telling]
        if len(telling) < len(in_names) and not read.asks("compare"):
            named = self._shop.resolver.wish_for(subject_of(read), SearchWish(""))
            wishes.append(named if named.text else SearchWish(read.folded, limit=NAMES_TRIED, enough=1))
        hits = [hit for wish in wishes for hit in self._shop.catalogue.search(wish)[:NAMES_TRIED]]
        said = {fold(name) for hit in hits for name in names_said(read.folded, hit.record)}
        names = sorted(name for name in said if asks_something(name, columns))
        return understand(read.question, vocabulary, history, names, likely) if names else read


def _plan(shop: Shop, read: Understanding, earlier: Earlier) -> Plan:
    """The plan of the first way of asking that a question is of."""
    listed = earlier.understanding
    if (
        read.kinds & OF_THE_LIST
        and not read.content
        and listed is not None
        and listed.kinds & {"list", "recommend"}
    ):  # fmt: skip
        # "which is the cheapest?" after a list: of all that it was about, shown or not
        read = replace(listed, question=read.question, kinds=listed.kinds | read.kinds, asked=read.asked)
        earlier = Earlier()
    return (
        about_sold_out(shop, read)
        or about_alternatives(shop, read, earlier)
        or about_replacement(shop, read, earlier)
        or about_customer(shop, read)
        or about_saved(shop, read, earlier)
        or about_deadline(shop, read, earlier)
        or about_hire(shop, read, earlier)
        or about_change(shop, read, earlier)
        or about_savings(shop, read, earlier)
        or about_code(shop, read)
        or about_stores(shop, read)
        or about_extreme(shop, read)
        or about_act(shop, read, earlier)
        or about_compared(shop, read, earlier)
        or about_comparison(shop, read, earlier)
        or about_basket(shop, read, earlier)
        or about_order(shop, read, earlier)
        or about_promotion(shop, read, earlier)
        or about_rules(shop, read, earlier)
        or about_products(shop, read, earlier)
        or nothing_plan(read, ())
    )
