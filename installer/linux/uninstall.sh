#!/bin/sh
# Takes ShopDesk out of the menu and off the path. The shop's data stay; this folder can then be deleted.
set -eu
data=${XDG_DATA_HOME:-$HOME/.local/share}
rm -f "$HOME/.local/bin/shopdesk" "$data/applications/shopdesk.desktop" \
    "$data/icons/hicolor/scalable/apps/shopdesk.svg"
echo "ShopDesk is out of the menu. The shop's data are still in $data/shopdesk"
