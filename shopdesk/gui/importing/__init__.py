"""The import page: from a file to "done, undo", one section after the other."""
