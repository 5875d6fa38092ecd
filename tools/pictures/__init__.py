"""The flat pictures of the sample shop, drawn in code. `tools/draw_pictures.py` writes them as SVG files."""
