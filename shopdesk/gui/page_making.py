"""The pages that are loaded and made when they are first wanted, and how they are tied to the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from shopdesk.gui.main_window import MainWindow
    from shopdesk.gui.welcome_page import WelcomePage


def made(name: str, window: MainWindow) -> QWidget:
    """The page `name`; a name that is none of the others is a kind of rows."""
    app, jobs, look, messages = window.app, window.jobs, window.look, window.messages
    if name == "import":
        from shopdesk.gui.importing.page import ImportPage

        importing = ImportPage(app, jobs, look, messages)
        importing.data_changed.connect(window.rows_changed)
        return importing
    if name == "settings":
        from shopdesk.gui.settings_page import SettingsPage

        settings = SettingsPage(app, window.access, jobs, look, messages)
        settings.shop_renamed.connect(window.refresh_data_age)
        settings.look_changed.connect(window.refresh_look)
        settings.language_chosen.connect(window.speak)
        settings.model_changed.connect(lambda: window.engine_watch.watch(app.engine))
        return settings
    if name == "lock":
        from shopdesk.gui.lock_page import LockPage

        lock = LockPage(window.access, jobs, look, messages)
        lock.opened.connect(lambda: window.show_page(window.behind_lock))
        return lock
    if name == "insights":
        from shopdesk.gui.admin.insights_page import InsightsPage

        insights = InsightsPage(app, jobs, look, messages)
        insights.asked.connect(window.ask)
        return insights
    if name == "backup":
        from shopdesk.gui.admin.backup_page import BackupPage

        backup = BackupPage(app, jobs, look, messages)
        backup.restored.connect(window.store_restored)
        return backup
    if name == "help":
        from shopdesk.gui.help_page import HelpPage

        return HelpPage(look)
    if name == "welcome":
        return _welcome(window)
    from shopdesk.gui.admin.records_page import RecordsPage

    records = window.records_pages[name] = RecordsPage(name, app, jobs, look, messages)
    records.data_changed.connect(window.refresh_data_age)
    return records


def _welcome(window: MainWindow) -> WelcomePage:
    from shopdesk.gui.welcome_page import WelcomePage

    page = WelcomePage(window.app, window.access, window.jobs, window.look, window.messages)
    page.spoken.connect(window.speak)
    page.shop_changed.connect(window.refresh_data_age)
    page.import_wanted.connect(lambda: window.show_page("import"))
    page.model_file_chosen.connect(lambda file: window.settings_page.models.add(file))
    page.download_wanted.connect(window.show_models)
    page.done.connect(window.ask)
    page.show_engine(str(getattr(window.app.engine, "state", "none")))
    window.engine_watch.changed.connect(page.show_engine)
    return page
