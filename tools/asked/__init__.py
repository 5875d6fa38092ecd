"""Questions whose kind is known, and the model of their words that is fitted to them."""
