"""Open the parts of ShopDesk that a command needs, and say what the user should know about them."""

from __future__ import annotations

import argparse

from shopdesk.app import App, open_app
from shopdesk.cli.console import Console


def opened(options: argparse.Namespace, console: Console, *, with_model: bool = False) -> App:
    """The app in the chosen home. With `with_model`, notices about the model are printed."""
    app = open_app(
        options.home,
        empty=options.empty,
        model=getattr(options, "model", None),
        engine=getattr(options, "engine", None),
        language=options.language,
    )
    if with_model:
        for notice in app.notices:
            console.say("notice", text=notice.text)
    return app
