"""From a file somebody exported somewhere to rows of the shop: source → layout → rows → plan → commit."""
