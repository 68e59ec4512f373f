#!/bin/sh
# Makes .venv with the first Python >= 3.11 there is; leaves a working one alone.
set -eu

if [ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1; then
  exit 0
fi

chosen=
for candidate in ${PYTHON3:-} python3 python3.14 python3.13 python3.12 python3.11; do
  if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    chosen=$candidate
    break
  fi
done
if [ -z "$chosen" ]; then
  echo "需要 Python 3.11 或更高版本 / Python >= 3.11 is needed:" >&2
  echo "    sudo apt-get update && sudo apt-get install -y python3 python3-venv" >&2
  exit 2
fi

"$chosen" packaging/native.py setup
rm -rf .venv
if ! "$chosen" -m venv .venv; then
  rm -rf .venv
  version=$("$chosen" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  echo "不能建立 .venv / .venv could not be made. Run this, then try again:" >&2
  echo "    sudo apt-get install -y python$version-venv" >&2
  exit 2
fi
