"""ShopDesk: a desktop chat assistant for people who work in shops."""

__version__ = "0.1.0"
