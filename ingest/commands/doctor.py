"""`ingest doctor`: what the machine has, what is missing, and how to mend it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

import psutil
import regex
import typer
from rich.console import Console
from rich.table import Table

_VERSION = regex.compile(r"\d+(?:\.\d+)+")
_REQUIREMENT = regex.compile(r"(?P<name>[\w.-]+)[^;]*(?P<extra>;.*extra)?")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; `mend` is what to type when it is not there."""

    name: str
    good: bool
    required: bool
    found: str
    mend: str = ""


def doctor() -> None:
    """Check programs, models, fonts and space; say how to mend what is missing."""
    checks = list(examine(wanted()))
    console = Console(markup=False, highlight=False)
    console.print(checks_table(checks))
    missing = [check for check in checks if check.required and not check.good]
    if missing:
        names = ", ".join(check.name for check in missing)
        console.print(f"Required and missing: {names}. Type what the last column says.")
        raise typer.Exit(1)
    console.print("All that is required is there.")


def wanted() -> dict[str, Any]:
    """Return what to look for."""
    return tomllib.loads((files("ingest.commands") / "doctor.toml").read_text(encoding="utf-8"))


def examine(want: Mapping[str, Any]) -> Iterator[Check]:
    """Yield every check, the required ones first."""
    yield python()
    yield from packages(metadata.requires("ingest") or ())
    yield own_model(want["model"])
    yield from (program(entry) for entry in want["program"])
    yield from (package(entry) for entry in want["package"])
    yield system_model(want["system_model"])
    yield font(want["font"])
    yield disk(want["space"]["disk_bytes"])
    yield memory(want["space"]["memory_bytes_a_core"])
    yield encoding(sys.stdout.encoding)


def python() -> Check:
    """Look at Python itself."""
    version = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info >= (3, 11)
    return Check("python", good, required=True, found=version, mend="apt install python3.11")


def packages(requirements: Iterable[str]) -> Iterator[Check]:
    """Look for the Python packages that the program requires; only missing ones are named."""
    named = [_REQUIREMENT.match(line) for line in requirements]
    names = [match["name"] for match in named if match and not match["extra"]]
    missing = [name for name in names if not installed(name)]
    for name in missing:
        yield Check(name, good=False, required=True, found="missing", mend="make setup")
    if not missing:
        yield Check("packages", good=True, required=True, found=f"all {len(names)} installed")


def installed(name: str) -> str | None:
    """Return the version of an installed Python package."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def own_model(want: Mapping[str, str]) -> Check:
    """Look at the language model in the package: whether it is the one that was packed."""
    file = files("ingest") / "models" / want["file"]
    if not file.is_file():
        return Check("language model", False, True, "missing", want["mend"])
    good = hashlib.sha256(file.read_bytes()).hexdigest() == want["sha256"]
    return Check(
        "language model", good, True, "best_int" if good else "changed or damaged", want["mend"]
    )


def program(want: Mapping[str, Any]) -> Check:
    """Look for a program and its version; optional where a Python package does its work."""
    name, mend = want["name"], f"{want['mend']}  ({want['use']})"
    required = not want.get("optional") and find_spec(want.get("unless") or "-") is None
    if shutil.which(name) is None:
        return Check(name, False, required, "missing", mend)
    version = version_of([name, *want["arguments"]])
    if older(version, want.get("oldest", "0")):
        return Check(name, False, required, f"{version}: too old", mend)
    return Check(name, True, required, version or "unknown version")


def version_of(command: list[str]) -> str:
    """Return the first version number that a program prints; nothing when it prints none."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    match = _VERSION.search(done.stdout + done.stderr)
    return match[0] if match else ""


def older(version: str, oldest: str) -> bool:
    """Whether a version's leading number is below the oldest that will do."""
    return bool(version) and int(version.split(".")[0]) < int(oldest)


def package(want: Mapping[str, str]) -> Check:
    """Look for an optional Python package."""
    version = installed(want["name"])
    mend = f"{want['mend']}  ({want['use']})"
    return Check(want["name"], version is not None, False, version or "missing", mend)


def system_model(want: Mapping[str, str]) -> Check:
    """Look for the system's Vietnamese model."""
    languages = ""
    if shutil.which("tesseract"):
        command = ["tesseract", "--list-langs"]
        languages = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    good = want["language"] in languages.split()
    mend = f"{want['mend']}  ({want['use']})"
    return Check("system's model", good, False, "there" if good else "missing", mend)


def font(want: Mapping[str, str]) -> Check:
    """Look for the font of the sample scans."""
    known = ""
    if shutil.which("fc-list"):
        command = ["fc-list", want["name"]]
        known = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    mend = f"{want['mend']}  ({want['use']})"
    name = f"font {want['name']}"
    return Check(name, bool(known.strip()), False, "there" if known.strip() else "missing", mend)


def disk(least: int) -> Check:
    """Look at the free space where pages are drawn."""
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free
    mend = f"make room in {folder}, or set TMPDIR to a larger disk"
    return Check("disk", free >= least, True, f"{free / 1e9:.1f} GB free in {folder}", mend)


def memory(least_a_core: int) -> Check:
    """Look at the memory against the workers that all cores would start."""
    free, cores = psutil.virtual_memory().available, os.cpu_count() or 1
    found = f"{free / 1e9:.1f} GB free for {cores} cores"
    fitting = max(1, free // least_a_core)
    return Check("memory", free >= least_a_core * cores, False, found, f"use --jobs {fitting}")


def encoding(name: str | None) -> Check:
    """Look at the terminal's encoding: Vietnamese letters need UTF-8."""
    good = (name or "").lower().replace("-", "") == "utf8"
    return Check("terminal", good, False, name or "unknown", "export LC_ALL=C.UTF-8")


def checks_table(checks: Iterable[Check]) -> Table:
    """Return the checks as a table: what is missing with what to type."""
    table = Table(title="The machine", title_justify="left")
    for heading in ("", "what", "found", "how to mend it"):
        table.add_column(heading, overflow="fold")
    for check in checks:
        mark = "ok" if check.good else ("MISSING" if check.required else "optional")
        table.add_row(mark, check.name, check.found, "" if check.good else check.mend)
    return table
