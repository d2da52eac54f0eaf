#!/usr/bin/env python3
"""Compares bindlint's wall time with tools that only read, on one generated tree and in one run: the ratios hold on
other machines, the times do not.

Usage: Benchmarks/compare.py [BINDLINT] [--files N] [--runs N]     (BINDLINT: a release build)
"""

import argparse
import pathlib
import random
import shutil
import subprocess
import tempfile
import time

SERVICE = "services:\n  {name}:\n    build: .\n    ports: [\"127.0.0.1:{port}:{port}\"]\n    env_file: .env\n"
GO = """package {name}

import "net/http"

// Serve answers until the process ends.
func Serve(address string) error {{
	mux := http.NewServeMux()
	{body}
	return {call}
}}
"""
TYPESCRIPT = "import {{ Router }} from 'express'\n\nexport const {name} = Router()\n{body}{call}\n"


def files(count, random):
    """Paths and contents in the proportions of service repositories: much code, few files that listen."""
    for index in range(count):
        name = f"part{index}"
        folder = f"services/group{index % 97}/service{index % 389}"
        port = 3000 + index % 5000
        body = "\n".join(f"\tmux.HandleFunc(\"/{name}/{line}\", nil)" for line in range(random.randrange(5, 120)))
        kind = index % 20
        if kind < 8:
            call = f'http.ListenAndServe("127.0.0.1:{port}", mux)' if index % 100 == 0 else "nil"
            yield f"{folder}/{name}.go", GO.format(name=name, body=body, call=call)
        elif kind < 14:
            call = f"app.listen({port}, '127.0.0.1')\n" if index % 100 == 10 else ""
            lines = body.replace("\tmux.HandleFunc", f"{name}.get")
            yield f"{folder}/{name}.ts", TYPESCRIPT.format(name=name, body=lines, call=call)
        elif kind < 16:
            yield f"{folder}/deploy/{name}.yaml", "apiVersion: v1\nkind: ConfigMap\ndata:\n" + "  key: value\n" * 40
        elif kind == 16 and index % 100 == 16:
            yield f"{folder}/compose.yaml", SERVICE.format(name=name, port=port)
        elif kind == 17 and index % 100 == 17:
            yield f"{folder}/{name}.conf", f"server {{\n    listen 127.0.0.1:{port};\n}}\n"
        elif kind == 18 and index % 100 == 18:
            yield f"{folder}/Dockerfile", f"FROM scratch\nEXPOSE {port}\nCMD [\"/{name}\"]\n"
        else:
            yield f"{folder}/docs/{name}.md", "Some words about this service.\n" * 60


def generate(root, count):
    total = 0
    for path, text in files(count, random.Random(7)):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        total += len(text)
    (root / ".gitignore").write_text("node_modules/\n*.log\n/dist/\n")
    subprocess.run(["git", "init", "--quiet", str(root)], check=True)
    return total


def best(command, root, runs):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        status = subprocess.run(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
        times.append(time.perf_counter() - start)
        if status not in (0, 1):
            raise SystemExit(f"{command[0]} ends with {status}")
    return min(times)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("bindlint", nargs="?", default=shutil.which("bindlint") or ".build/release/bindlint")
    arguments.add_argument("--files", type=int, default=20000)
    arguments.add_argument("--runs", type=int, default=5)
    arguments = arguments.parse_args()
    bindlint = str(pathlib.Path(arguments.bindlint).resolve())

    candidates = {
        "bindlint --show-files": [bindlint, "list", "--show-files"],
        "bindlint list": [bindlint, "list", "--format", "json"],
        "bindlint check": [bindlint, "check", "--isolated", "--format", "json"],
        "git ls-files (names only)": ["git", "ls-files", "--others", "--exclude-standard"],
        "rg --files (names only)": ["rg", "--files"],
        "rg (every byte)": ["rg", "--count", "listen"],
        "grep -r (every byte)": ["grep", "-rc", "listen", "."],
    }
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        total = generate(root, arguments.files)
        print(f"{arguments.files} files, {total / 1e6:.0f} MB, best of {arguments.runs}")
        times = {
            name: best(command, root, arguments.runs) for name, command in candidates.items() if shutil.which(command[0])
        }
    reference = times.get("rg (every byte)") or times["grep -r (every byte)"]
    for name, seconds in times.items():
        print(f"{name:28} {seconds * 1000:8.0f} ms {seconds / reference:6.2f}x")


main()
