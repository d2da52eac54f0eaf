"""The trees that the benchmark reads: an ordinary large one, made of what a machine has and of a little configuration,
and series of growing ones."""

import os
import pathlib
import shutil

# Text, headers, manuals, Python and JavaScript source, translations and binary files: what a Debian machine with the
# test needs of the README has.
SOURCES = ["/usr/share", "/usr/include", "/usr/lib/python3", "/usr/lib/node_modules"]
# Go's own source is a tree of its own: no other holds the standard library's network packages.
GO = "/usr/share/go-"
LARGEST = 1 << 20
# bindlint enters none of these, rg does: both shall read the same files.
RENAMED = {"node_modules": "modules", "vendor": "third_party", ".git": "git"}
# A service in every so many files.
SERVICE_EVERY = 250


def machine_files(wants_go):
    """Regular files that can be read, each once, in an order that does not depend on the file system."""
    seen = set()
    for source in SOURCES:
        for folder, folders, names in os.walk(source):
            folders.sort()
            for name in sorted(names):
                path = os.path.join(folder, name)
                if path.startswith(GO) != wants_go or path in seen or os.path.islink(path) or not os.path.isfile(path) or not os.access(path, os.R_OK):
                    continue
                if any(ord(character) >= 0xD800 and ord(character) < 0xE000 for character in path):
                    continue
                seen.add(path)
                if os.path.getsize(path) <= LARGEST:
                    yield path


def ordinary(root, count, wants_go=False):
    """A repository of `count` files; of Go's own source if `wants_go`. Returns the number of bytes."""
    root = pathlib.Path(root)
    found = list(machine_files(wants_go))
    if not found:
        raise SystemExit("this machine has no files to make a tree of")
    # Evenly from all sources; a machine with fewer files gives them more than once.
    wanted = count - 6 * (count // SERVICE_EVERY)
    step = len(found) / wanted
    total = 0
    for index in range(wanted):
        source = found[int(index * step) if step >= 1 else index % len(found)]
        round_ = 0 if step >= 1 else index // len(found)
        parts = [RENAMED.get(part, part) for part in source.split("/")[1:]]
        file = root.joinpath(f"copy{round_}", *parts)
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, file)
        total += file.stat().st_size
    for index in range(count // SERVICE_EVERY):
        total += service(root / "services" / f"group{index % 23}" / f"service{index}", index)
    (root / ".gitignore").write_text("*.log\n/dist/\n")
    (root / ".git").mkdir()
    return total


def service(folder, index):
    """A service as people write them, of six files: a proxy before a program in a container."""
    port = 3000 + index % 5000
    files = {
        "compose.yaml": f"""services:
  proxy:
    image: nginx:1.27
    volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro"]
    ports: ["127.0.0.1:{port}:80"]
  app:
    build: .
    env_file: app.env
    expose: ["{port}"]
""",
        "app.env": f"PORT={port}\nLOG_LEVEL=info\n",
        "nginx.conf": """events {}
http {
    server {
        listen 80;
        location / { proxy_pass http://app; }
    }
}
""",
        "Dockerfile": f"FROM node:20\nCOPY server.js .\nEXPOSE {port}\nCMD [\"node\", \"server.js\"]\n",
        "server.js": """const express = require('express')
const app = express()
app.get('/', (request, response) => response.send('hello'))
app.listen(process.env.PORT || 3000)
""",
        "main.go": f"""package main

import "net/http"

func main() {{ http.ListenAndServe("127.0.0.1:{port}", nil) }}
""",
    }
    return write(folder, files)


def write(folder, files):
    folder = pathlib.Path(folder)
    total = 0
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        total += len(text)
    return total


def small(root):
    """A repository of ten files."""
    service(root, 1)
    write(root, {"README.md": "A service.\n" * 20, "LICENSE": "Terms.\n" * 50, "go.mod": "module x\n",
                 "package.json": '{"name": "x", "scripts": {"start": "node server.js"}}\n'})
    (pathlib.Path(root) / ".git").mkdir()


# Growing input: each makes a tree of `count` of something.


def listeners(root, count):
    """Programs that listen, a hundred in a file."""
    for start in range(0, count, 100):
        numbers = range(start, min(start + 100, count))
        calls = "\n".join(f"\tgo http.ListenAndServe(\"127.0.0.1:{1024 + n % 60000}\", nil)" for n in numbers)
        write(f"{root}/service{start // 100}",
              {"main.go": f"package main\n\nimport \"net/http\"\n\nfunc main() {{\n{calls}\n}}\n"})


def services(root, count):
    """Services in one compose file, each with a published port."""
    lines = "".join(
        f"  s{n}:\n    image: redis:7\n    ports: [\"127.0.{n // 60000}.1:{1024 + n % 60000}:6379\"]\n"
        for n in range(count))
    write(root, {"compose.yaml": f"services:\n{lines}"})


def megabytes(root, count):
    """One nginx configuration of so many megabytes."""
    block = """    server {{
        listen 127.0.{high}.{low}:8080;
        server_name host{n}.example.org;
        location / {{ proxy_pass http://127.0.0.1:9000; }}  # {padding}
    }}
"""
    padding = "x" * 200
    size = len(block.format(high=0, low=0, n=0, padding=padding))
    blocks = "".join(block.format(high=n // 250 % 250, low=n % 250, n=n, padding=padding)
                     for n in range(count * 1_000_000 // size))
    write(root, {"nginx.conf": f"events {{}}\nhttp {{\n{blocks}}}\n"})


def text(root, count):
    """Files that are of no known kind, and a service in every so many."""
    for n in range(count):
        write(f"{root}/folder{n // 200}", {f"file{n}.txt": "some words\n" * 40})
        if n % SERVICE_EVERY == 0:
            service(f"{root}/folder{n // 200}/service{n}", n)
