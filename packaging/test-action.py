#!/usr/bin/env python3
"""Runs the shell steps of action.yml as a runner would, with an executable that is there already.

Usage: packaging/test-action.py BINDLINT        (needs PyYAML)
"""

import os
import pathlib
import subprocess
import sys
import tempfile

import yaml

DATABASE = 'services: { db: { image: "postgres:17", ports: ["5432:5432"] } }\n'


class Runner:
    def __init__(self, folder):
        self.steps = {step["name"]: step for step in yaml.safe_load(ACTION.read_text())["runs"]["steps"]}
        self.work = folder / "work"
        self.work.mkdir()
        self.output = folder / "output"
        self.summary = folder / "summary"
        self.environment = {
            "PATH": os.environ["PATH"],
            "RUNNER_TEMP": str(folder),
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
        }

    def run(self, name, **inputs):
        """The process that has ended, and the outputs of the step."""
        self.output.write_text("")
        assert set(self.steps[name]["env"]) == set(inputs), f"{name} has other inputs"
        process = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", self.steps[name]["run"]],
            cwd=self.work, env=self.environment | inputs, capture_output=True, text=True,
        )
        return process, dict(line.split("=", 1) for line in self.output.read_text().splitlines())


def lint(runner, executable, paths, arguments="", fail_on="warning"):
    return runner.run(
        "Lint", PATHS=paths, POLICY="", FAIL_ON=fail_on, ARGUMENTS=arguments, SARIF="out.sarif", BINDLINT=executable)


def install(runner, version, ref=""):
    return runner.run(
        "Install bindlint", VERSION=version, ACTION_REF=ref, ACTION_REPOSITORY="nobody/nothing",
        SERVER="https://github.invalid")


def main(executable, folder):
    runner = Runner(folder)
    runner.environment["PATH"] = f"{pathlib.Path(executable).parent}:{runner.environment['PATH']}"
    (runner.work / "my compose.yaml").write_text(DATABASE)
    (runner.work / "--fail.yml").write_text(DATABASE)

    process, outputs = install(runner, "installed")
    assert process.returncode == 0 and outputs["executable"] == executable, process
    process, _ = install(runner, "", ref="main")
    assert process.returncode == 2 and "::error::" in process.stdout, process

    process, outputs = lint(runner, executable, "my compose.yaml\n--fail.yml\n", "--no-suppressions\n")
    assert process.returncode == 0 and outputs == {"status": "1", "sarif": "out.sarif"}, process
    assert process.stdout.count("title=public-database") == 2, process.stdout
    assert "public-database" in runner.summary.read_text()

    _, outputs = lint(runner, executable, ".", fail_on="never")
    assert outputs["status"] == "0", outputs
    _, outputs = lint(runner, executable, "$(touch gone)\n`touch gone`")
    assert outputs["status"] == "2" and not (runner.work / "gone").exists(), outputs
    (runner.work / "out.sarif").unlink()
    _, outputs = lint(runner, executable, ".", "--no-such-option")
    assert outputs == {"status": "2"}, outputs

    for status, expected in [("0", 0), ("1", 1), ("2", 2), ("", 2)]:
        process, _ = runner.run("Fail by the exit status", STATUS=status)
        assert process.returncode == expected, process
    print("the steps of the action do what they say")


ACTION = pathlib.Path(__file__).resolve().parent.parent / "action.yml"
with tempfile.TemporaryDirectory() as folder:
    main(str(pathlib.Path(sys.argv[1]).absolute()), pathlib.Path(folder))
