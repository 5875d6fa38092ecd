"""Products side by side, and what the customer sees of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from shopdesk.core.offers import offers_for
from shopdesk.core.types import Record
from shopdesk.gui.compare_page import MOST, ComparePage
from shopdesk.gui.customer import CustomerView
from shopdesk.gui.facts_panel import FactsPanel
from shopdesk.gui.jobs import Jobs
from shopdesk.gui.look import Look
from shopdesk.gui.messages import Messages
from shopdesk.gui.ports import AppLike


class ProductDesk(QObject):
    """Keeps the cards, the comparison and the customer's view in step. `page()` names the page that is shown."""

    page_wanted = Signal(str)

    def __init__(
        self,
        app: AppLike,
        jobs: Jobs,
        look: Look,
        messages: Messages,
        facts: FactsPanel,
        window: QWidget,
        page: Callable[[], str],
    ) -> None:
        super().__init__(window)
        self._app, self._jobs, self._look, self._messages = app, jobs, look, messages
        self._facts, self._window, self._page = facts, window, page
        self._shop = ""
        self.comparison = ComparePage(look)
        self.customer: CustomerView | None = None
        self.comparison.changed.connect(self._compared_changed)
        self.comparison.emptied.connect(lambda: self.page_wanted.emit("chat"))
        self.comparison.customer_wanted.connect(self.toggle_customer)
        facts.compare_wanted.connect(self.toggle_compared)
        facts.label_wanted.connect(self.show_label)
        facts.filled.connect(lambda _filled: self.show_to_customer())

    def toggle_compared(self, record: Record) -> None:
        """Take a product into the comparison or out of it."""
        if not self.comparison.toggle(record):
            self._messages.say(self.tr("Four products can be compared. Take one out first."), "", "warning")
        elif self.comparison.holds(record):
            count = len(self.comparison.records)
            self._messages.say(self.tr("{n} of 4 to compare. /compare shows them side by side.").format(n=count))

    def compare_first(self) -> None:
        if products := self._facts.products():
            self.toggle_compared(products[0])

    def compare_cards(self) -> None:
        """The products taken to be compared; without any, those on the cards."""
        if not self.comparison.records:
            self.comparison.show_records(self._facts.products()[:MOST])
        self.page_wanted.emit("compare")

    def show_label(self, record: Record) -> None:
        """The product's label, to print or to scan."""
        from shopdesk.gui.product_label import LabelDialog  # with printing and QR codes, which no start needs

        dialog = LabelDialog(record, self._look, self._messages, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def toggle_customer(self) -> None:
        """The view for the customer: on the second screen where there is one."""
        if self.customer is not None and self.customer.isVisible():
            self.customer.close()
            return
        if self.customer is None:
            self.customer = CustomerView(self._look)
            self.customer.name_shop(self._shop)
        self.show_to_customer()
        self.customer.open_beside(self._window)

    def name_shop(self, name: str) -> None:
        self._shop = name
        if self.customer is not None:
            self.customer.name_shop(name)

    def show_to_customer(self) -> None:
        """What is shown here, as far as it is a customer's business."""
        view, catalogue = self.customer, self._app.store.catalogue
        if view is None:
            return
        products = self.comparison.records if self._page() == "compare" else tuple(self._facts.products()[:1])
        view.show_products(products)

        def find() -> object:
            running = catalogue.promotions_on(date.today().isoformat())
            return {record.key: offers_for(record, running) for record in products}

        def show(found: object) -> None:
            assert isinstance(found, dict)
            for key, offers in found.items():
                view.show_offers(key, offers)

        self._jobs.call("offers", find, on_done=show, on_failed=self._messages.report)

    def close(self) -> None:
        if self.customer is not None:
            self.customer.close()
            self.customer.deleteLater()
            self.customer = None

    def _compared_changed(self) -> None:
        self._facts.show_compared(self.comparison.holds)
        self.show_to_customer()
