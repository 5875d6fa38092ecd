#!/bin/sh
# Installs the .deb as a new user's computer would, opens the window, asks a question, removes it again.
#   installer/linux/try_deb.sh dist/shopdesk_0.1.0_amd64.deb
# As root, in a copy of this system that is thrown away: nothing on this system changes. Python and the project's own
# folder are hidden there, and there is no network.
set -eu
if [ "${SHOPDESK_INSIDE:-}" != yes ]; then
    [ "$(id -u)" = 0 ] || { echo "run this as root: it needs a root directory of its own" >&2; exit 1; }
    deb=$(realpath "$1")
    self=$(realpath "$0")
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    export SHOPDESK_INSIDE=yes
    unshare --mount --net --pid --fork --kill-child sh -eu -c '
        mount --make-rprivate /
        mount -t tmpfs -o size=4g tmpfs "$3"
        mkdir "$3/new" "$3/changed" "$3/work"
        mount -t overlay overlay -o "lowerdir=/,upperdir=$3/changed,workdir=$3/work" "$3/new"
        mkdir -p "$3/new/mnt/try"
        cp "$1" "$3/new/mnt/try/shopdesk.deb"
        cp "$2" "$3/new/mnt/try/try.sh"
        mount -t proc proc "$3/new/proc"
        mount --bind /dev "$3/new/dev"
        mount -t tmpfs tmpfs "$3/new/tmp"
        for hidden in "${2%/installer/*}" /usr/lib/python3 /usr/local/lib/python3.11 /root /home; do
            [ ! -d "$3/new$hidden" ] || mount -t tmpfs tmpfs "$3/new$hidden"
        done
        ip link set lo up 2> /dev/null || true
        exec chroot "$3/new" sh /mnt/try/try.sh
    ' sh "$deb" "$self" "$work"
    echo "passed: $(basename "$deb")"
    exit 0
fi

step() { echo "-- $*"; }
step install
dpkg -i /mnt/try/shopdesk.deb > /dev/null
useradd --create-home clerk 2> /dev/null || { mkdir -p /home/clerk; useradd --home-dir /home/clerk clerk; }
chown clerk /home/clerk
as_clerk() {
    env -i /bin/su clerk -s /bin/sh -c "export HOME=/home/clerk PATH=/usr/bin:/bin LANG=C.UTF-8; cd /home/clerk; $1"
}
# What a program that stays open is found to have done, within a minute.
within_a_minute() { for _ in $(seq 60); do if "$@" > /dev/null 2>&1; then return 0; fi; sleep 1; done; return 1; }

step ask
as_clerk 'shopdesk ask "how much is JKT-105?" --route model --json' > /tmp/answer.json
grep -q '404\.00' /tmp/answer.json
grep -q '"route": "model"' /tmp/answer.json

step open the window
as_clerk 'QT_QPA_PLATFORM=offscreen exec timeout 90 shopdesk' &
within_a_minute pgrep -u clerk -f engine-worker
pkill -u clerk -f 'timeout 90 shopdesk'
wait
sleep 2
if pgrep -u clerk -f engine-worker; then echo "the model's process is left behind" >&2; exit 1; fi

step build and install a pack
as_clerk 'shopdesk pack build shop.pack && shopdesk --home stall --empty pack install shop.pack'

step serve
as_clerk 'exec timeout 90 shopdesk serve --port 8799' > /tmp/serve.txt 2>&1 &
within_a_minute grep -q 'http://127.0.0.1:8799' /tmp/serve.txt
pkill -u clerk -f 'timeout 90 shopdesk'
wait

step licences
[ "$(grep -c '^Licence: ' /usr/share/doc/shopdesk/NOTICES.txt)" -gt 20 ]

step remove
dpkg --purge shopdesk > /dev/null
left=$(find /opt/shopdesk /usr/bin/shopdesk /usr/share/applications/shopdesk.desktop /usr/share/doc/shopdesk \
    /usr/share/icons/hicolor/scalable/apps/shopdesk.svg /usr/lib/systemd/system/shopdesk.service 2> /dev/null || true)
[ -z "$left" ] || { echo "left behind: $left" >&2; exit 1; }
[ -f /home/clerk/.local/share/shopdesk/shop.db ]
