"""ShopDesk Counter, the small model that ShopDesk brings: its tokenizer, its school and its file format."""
