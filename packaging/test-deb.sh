#!/bin/sh
# Installs the package in a bare Debian and uses it there. Needs root and debootstrap.
# Usage: packaging/test-deb.sh dist/bindlint_*.deb [SUITE]
set -eu

deb=${1:?usage: packaging/test-deb.sh PACKAGE [SUITE]}
suite=${2:-bookworm}
chroot=$(mktemp -d)
trap 'umount "$chroot/proc" 2> /dev/null || true; rm -rf --one-file-system "$chroot"' EXIT

debootstrap --variant=minbase "$suite" "$chroot" > "$chroot.log" 2>&1 || { cat "$chroot.log" >&2; exit 1; }
rm -f "$chroot.log"
# The Swift runtime looks for its own path there when it starts.
mountpoint -q "$chroot/proc" || mount -t proc proc "$chroot/proc"
cp "$deb" "$chroot/bindlint.deb"
mkdir -p "$chroot/srv/example"
printf 'services:\n  db:\n    image: postgres\n    ports: ["5432:5432"]\n' > "$chroot/srv/example/compose.yaml"

inside() { chroot "$chroot" /bin/sh -c "cd /srv/example && $1"; }
fail() { echo "$0: $1" >&2; exit 1; }

inside 'dpkg -i /bindlint.deb' > /dev/null
inside 'bindlint --version' | grep -q '^bindlint [0-9]' || fail 'it does not start'
status=0
inside 'bindlint --format concise' > "$chroot/output" || status=$?
[ "$status" = 1 ] || fail "a published database gives exit status $status, not 1"
grep -q '^compose.yaml:4:.*public-database' "$chroot/output" || fail "the published database is not found"
for file in /usr/share/man/man1/bindlint.1.gz /usr/share/bash-completion/completions/bindlint \
    /usr/share/zsh/vendor-completions/_bindlint /usr/share/fish/vendor_completions.d/bindlint.fish; do
    # dpkg in a minimal Debian may leave out documentation, but never from what the package lists.
    inside "dpkg -L bindlint" | grep -qx "$file" || fail "$file is missing"
done
inside 'dpkg -r bindlint' > /dev/null
inside 'command -v bindlint' && fail 'it stays after removal'
echo "$deb installs, runs and goes on $suite"
