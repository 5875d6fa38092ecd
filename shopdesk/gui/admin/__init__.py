"""The shop's rows to browse, filter, edit and delete: one page for each kind."""
