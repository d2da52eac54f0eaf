#!/bin/sh
# Builds what a release consists of, into dist/: a static, stripped executable in a tarball with its manual page and
# completions, a Debian package, and SHA256SUMS. Two runs on one commit give the same bytes.
# Usage: packaging/build.sh        (needs Swift, libyaml's archive (libyaml-dev), strip, dpkg-deb)
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
umask 022

# A folder of its own: the libyaml that is linked differs from that of other builds.
export BINDLINT_STATIC_LIBYAML=1
build="swift build -c release --product bindlint --scratch-path .build-release -Xswiftc -static-executable"
$build
built=$($build --show-bin-path)/bindlint

version=$("$built" --version)
version=${version#bindlint }
machine=$(uname -m)
architecture=$(dpkg --print-architecture)
name=bindlint-$version-linux-$machine

rm -rf dist
stage=dist/$name
mkdir -p "$stage/completions"
strip -o "$stage/bindlint" "$built"
# The file it was built as may be 0775 or anything else.
chmod 755 "$stage/bindlint"
"$stage/bindlint" manual > "$stage/bindlint.1"
"$stage/bindlint" completions bash > "$stage/completions/bindlint.bash"
"$stage/bindlint" completions zsh > "$stage/completions/_bindlint"
"$stage/bindlint" completions fish > "$stage/completions/bindlint.fish"
cp LICENSE "$stage/"
tar --create --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -C dist "$name" \
    | gzip -9n > "dist/$name.tar.gz"

deb=dist/deb
install -D -m 755 "$stage/bindlint" "$deb/usr/bin/bindlint"
install -D -m 644 "$stage/completions/bindlint.bash" "$deb/usr/share/bash-completion/completions/bindlint"
install -D -m 644 "$stage/completions/_bindlint" "$deb/usr/share/zsh/vendor-completions/_bindlint"
install -D -m 644 "$stage/completions/bindlint.fish" "$deb/usr/share/fish/vendor_completions.d/bindlint.fish"
install -D -m 644 LICENSE "$deb/usr/share/doc/bindlint/copyright"
mkdir -p "$deb/usr/share/man/man1" "$deb/DEBIAN"
gzip -9n < "$stage/bindlint.1" > "$deb/usr/share/man/man1/bindlint.1.gz"
cat > "$deb/DEBIAN/control" <<CONTROL
Package: bindlint
Version: $version
Architecture: $architecture
Maintainer: bindlint contributors
Section: devel
Priority: optional
Installed-Size: $(du -sk "$deb/usr" | cut -f 1)
Description: linter for listen addresses
 Reads the configuration files and the source code of a repository, works out
 which sockets its programs and containers will open and who can connect to
 them, and reports what breaks a policy.
CONTROL
dpkg-deb --root-owner-group --build "$deb" "dist/bindlint_${version}_$architecture.deb" > /dev/null

rm -rf "$deb"
cd dist
sha256sum ./*.tar.gz ./*.deb | sed 's,\./,,' > SHA256SUMS
cat SHA256SUMS
