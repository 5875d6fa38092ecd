#!/bin/sh
# Unpacks the tarball as a user without any rights would, opens the window, asks a question, removes it again.
#   installer/linux/try_tarball.sh dist/shopdesk-0.1.0-linux-x86_64.tar.gz
# Everything happens in a folder of its own, with a home of its own and no network where the system allows that.
set -eu
tarball=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
offline=""
unshare --net true 2> /dev/null && offline="unshare --net" || true
run() { env -i HOME="$work/user" PATH=/usr/bin:/bin LANG=C.UTF-8 QT_QPA_PLATFORM=offscreen $offline "$@"; }
step() { echo "-- $*"; }

step unpack and install
mkdir "$work/user" "$work/apps"
tar -xzf "$tarball" -C "$work/apps"
run "$work/apps/shopdesk/install.sh"
shopdesk="$work/user/.local/bin/shopdesk"
[ -f "$work/user/.local/share/applications/shopdesk.desktop" ]

step ask
run "$shopdesk" ask "JKT-105 多少钱?" --route model --json > "$work/answer.json"
grep -q '404\.00' "$work/answer.json"

step open the window
run timeout 90 "$shopdesk" > "$work/window.txt" 2>&1 &
window=$!
for _ in $(seq 60); do
    pgrep -f "$work/apps/shopdesk/shopdesk --engine-worker" > /dev/null && break
    kill -0 "$window"
    sleep 1
done
pgrep -f "$work/apps/shopdesk/shopdesk --engine-worker" > /dev/null
kill "$window"
wait "$window" || true

step licences
[ "$(grep -c '^Licence: ' "$(find "$work/apps" -name NOTICES.txt)")" -gt 20 ]

step remove
run "$work/apps/shopdesk/uninstall.sh"
rm -r "$work/apps/shopdesk"
left=$(find "$work/user" -path "$work/user/.local/share/shopdesk" -prune -o -name 'shopdesk*' -print)
[ -z "$left" ] || { echo "left behind: $left" >&2; exit 1; }
[ -f "$work/user/.local/share/shopdesk/shop.db" ]
echo "passed: $(basename "$tarball")"
