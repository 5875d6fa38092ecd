"""One signed file with a shop in it: made on one computer, checked and put in place on another, taken back again."""
