#!/bin/sh
# Puts ShopDesk into the menu and on the path of the user who runs it. The folder may lie anywhere and stays there.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
mkdir -p "$HOME/.local/bin" "$data/applications" "$data/icons/hicolor/scalable/apps"
ln -sf "$here/shopdesk" "$HOME/.local/bin/shopdesk"
cp "$here/shopdesk.svg" "$data/icons/hicolor/scalable/apps/shopdesk.svg"
cat > "$data/applications/shopdesk.desktop" <<ENTRY
[Desktop Entry]
Type=Application
Name=ShopDesk
Name[zh_CN]=店员助手 ShopDesk
Comment=Offline assistant for shop clerks
Comment[zh_CN]=离线的店员助手
Exec="$here/shopdesk"
Icon=shopdesk
Terminal=false
Categories=Office;
ENTRY
echo "ShopDesk is in the menu; in a terminal: $HOME/.local/bin/shopdesk"
