#!/bin/sh
# Validates the formats other than SARIF with readers that are not ours: Python's JSON and XML parsers, junitparser,
# and markdown-it-py for the tables of GitHub's Markdown.
# Usage: .ci/reports-validate.sh FILE...     (by extension: json jsonl gitlab junit markdown github)
set -eu

[ $# -gt 0 ] || { echo "usage: $0 FILE..." >&2; exit 2; }
root=$(cd "$(dirname "$0")/.." && pwd)
venv=${REPORTS_VENV:-$root/.build/reports-venv}
if [ ! -x "$venv/bin/markdown-it" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" --quiet --disable-pip-version-check install junitparser==5.0.3 markdown-it-py==4.3.0
fi
"$venv/bin/python" - "$@" <<'PYTHON'
import json, pathlib, re, sys, xml.etree.ElementTree
import junitparser
from markdown_it import MarkdownIt


def unique(pairs):
    members = dict(pairs)
    assert len(members) == len(pairs), "duplicate keys"
    return members


def strict(text):
    return json.loads(text, object_pairs_hook=unique)


def gitlab(text):
    issues = strict(text)
    for issue in issues:
        # https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
        assert all(isinstance(issue[key], str) and issue[key] for key in ("description", "check_name", "fingerprint"))
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not issue["location"]["path"].startswith(("./", "/"))
        assert issue["location"]["lines"]["begin"] >= 1
    assert len({issue["fingerprint"] for issue in issues}) == len(issues), "equal fingerprints collapse"
    return f"{len(issues)} issues"


def junit(text):
    root = xml.etree.ElementTree.fromstring(text.encode())
    suites = junitparser.JUnitXml.fromelem(root)
    cases = [case for suite in suites for case in suite]
    # The counts that are written must be those of the cases, as junitparser counts them.
    written = (suites.tests, suites.failures, suites.errors)
    suites.update_statistics()
    assert written == (suites.tests, suites.failures, suites.errors), written
    return f"{len(cases)} cases"


def markdown(text):
    assert len(text.encode()) <= 1 << 20
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    assert sum(token.type == "table_open" for token in tokens) <= 1
    rows = sum(token.type == "tr_open" for token in tokens)
    lines = sum(line.startswith("| ") and not line.startswith("| --- ") for line in text.splitlines())
    assert rows == lines, "a line is no row of the table"
    assert not any(token.type.startswith("html") for token in tokens), "HTML from a scanned file"
    return f"{max(0, rows - 1)} rows"


def github(text):
    command = re.compile(r"::(error|warning|notice) (\w+=[^,:]*)(,\w+=[^,:]*)*::.+")
    for line in text.splitlines():
        assert command.fullmatch(line), line
    return f"{len(text.splitlines())} commands"


readers = {
    "json": lambda text: f"schema {strict(text)['schema']}",
    "jsonl": lambda text: f"{len([strict(line) for line in text.splitlines()])} lines",
    "gitlab": gitlab,
    "junit": junit,
    "markdown": markdown,
    "github": github,
}
for name in sys.argv[1:]:
    text = pathlib.Path(name).read_bytes().decode("utf-8")
    assert not text.startswith("\ufeff"), "byte order mark"
    print(f"{name}: {readers[name.rsplit('.', 1)[-1]](text)}")
PYTHON
