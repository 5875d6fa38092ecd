"""The shop's answers over HTTP, for phones, tills and other programs: the same assistant, one question at a time."""
