#!/bin/sh
# Runs the hooks of .pre-commit-hooks.yaml from a scratch repository. Needs pre-commit 3.2.2 or later, git and, for the
# hooks that build bindlint, Swift.
# Usage: packaging/test-hooks.sh           all, building with Swift
#        packaging/test-hooks.sh BINDLINT  this executable, with the hook bindlint-system alone
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if [ $# -gt 0 ]; then
    mkdir "$scratch/bin"
    ln -s "$(realpath "$1")" "$scratch/bin/bindlint"
    PATH=$scratch/bin:$PATH
fi
export PRE_COMMIT_HOME="$scratch/cache"

git init -q "$scratch/repository"
cd "$scratch/repository"
mkdir 'my files' plain
database='services: { db: { image: "postgres:17", ports: ["5432:5432"] } }'
echo "$database" > 'my files/compose.yaml'
echo "$database" > ./--fail.yml
echo 'services: { db: { image: "postgres:17" } }' > compose.yaml
echo 'services: { db: { ports: ["${BIND}:5432:5432"] } }' > compose.override.yaml
echo 'BIND=0.0.0.0' > .env
echo 'nothing that listens' > plain/notes.txt
git add -A

# expect STATUS PATTERN HOOK FILE...: the exit status of pre-commit and a line of its output.
expect() {
    wanted=$1 pattern=$2 hook=$3
    shift 3
    status=0
    pre-commit try-repo "$root" "$hook" --verbose --color never --files "$@" > "$scratch/output" 2>&1 || status=$?
    if [ "$status" != "$wanted" ] || ! grep -qe "$pattern" "$scratch/output"; then
        cat "$scratch/output"
        echo "$0: $hook $*: exit status $status instead of $wanted, or no line that matches $pattern" >&2
        exit 1
    fi
    echo "$hook $*: as expected"
}

each() {
    expect 1 '^my files/compose.yaml:1:' "$1" 'my files/compose.yaml'
    expect 1 '^--fail.yml:1:' "$1" ./--fail.yml
    # Its finding is in the file next to it, which is not among the changed ones.
    expect 0 'Passed' "$1" .env
    # What the service is, and where BIND leads, stand in files that were not passed.
    expect 1 '^compose.override.yaml:1:.*public-database' "$1" compose.override.yaml
    expect 0 'Skipped' "$1" plain/notes.txt
}

if [ $# -gt 0 ]; then
    each bindlint-system
else
    each bindlint
    expect 1 '^--fail.yml:1:' bindlint-repo .env
fi
