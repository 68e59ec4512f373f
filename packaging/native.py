"""Checks the native packages of debian.txt and installs what is missing, where it may.

Runs on the system's Python, before .venv exists: the standard library alone.
Usage: native.py WHEN…  with WHEN one of setup, run, test, browser.
"""

from __future__ import annotations

import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).with_name("debian.txt")
OPTIONAL = "browser"


@dataclass(frozen=True)
class Package:
    """A line of debian.txt; `needs` is `kind:what`, the thing the package is there for."""

    name: str
    when: str
    needs: str


def packages(text: str) -> list[Package]:
    """The packages of debian.txt, in its order."""
    lines = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return [Package(*fields) for fields in lines]


def is_met(needs: str) -> bool:
    """Whether what a package is there for is found on this machine, from wherever it came."""
    kind, _, what = needs.partition(":")
    if kind == "library":
        return ctypes.util.find_library(what) is not None
    if kind == "module":
        return importlib.util.find_spec(what) is not None
    if kind == "program":
        return shutil.which(what) is not None
    return Path(what).exists()


def is_installed(package: Package) -> bool:
    if is_met(package.needs):
        return True
    if shutil.which("dpkg-query") is None or package.when == "setup":
        return False
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f=${Status}", package.name],
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout == "install ok installed"


def privilege() -> list[str] | None:
    """What stands before apt-get: nothing for root, else sudo; None where it may not."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def install(names: list[str], before: list[str]) -> bool:
    """Whether apt-get installed them all; the lists are fetched when the first try fails."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = [*before, "apt-get", "install", "-y", "-q", "--no-install-recommends", *names]
    print("安装系统软件包 / installing:", " ".join(names), flush=True)
    for attempt in (command, [*before, "apt-get", "update", "-q"], command):
        done = subprocess.run(
            attempt,
            env=quiet,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if attempt is command and done.returncode == 0:
            return True
    print(done.stderr.strip(), file=sys.stderr)
    return False


def command_line(names: list[str]) -> str:
    return "sudo apt-get update && sudo apt-get install -y " + " ".join(names)


def stop_with(names: list[str]) -> int:
    print(
        "缺少系统软件包，本机当前用户不能自行安装。请运行以下命令后再试：\n"
        "Native packages are missing. Run this, then try again:\n\n"
        f"    {command_line(names)}\n",
        file=sys.stderr,
    )
    return 2


def provide(wanted: list[Package]) -> int:
    """Exit status: 0 when all that must be there is there."""
    missing = [package for package in wanted if not is_installed(package)]
    required = [package.name for package in missing if package.when != OPTIONAL]
    optional = [package.name for package in missing if package.when == OPTIONAL]
    before = privilege() if shutil.which("apt-get") else None
    if required and (before is None or not install(required, before)):
        return stop_with(required)
    if optional and (before is None or not install(optional, before)):
        print(
            f"没有 {' '.join(optional)}：跳过浏览器测试 / browser tests will be skipped. "
            f"To have them: {command_line(optional)}"
        )
    return 0


def main(arguments: list[str]) -> int:
    known = packages(LIST.read_text(encoding="utf-8"))
    return provide([package for package in known if package.when in arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
