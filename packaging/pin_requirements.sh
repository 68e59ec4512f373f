#!/bin/sh
# Pins and hashes the requirements anew. Run it on Python 3.11.2 (Debian 12's): what an older
# Python needs must be in the lists, and pip-compile leaves out what its own Python does not need.
set -eu

place=.venv/pip-tools
[ -x "$place/bin/pip-compile" ] || {
  /usr/bin/python3 -m venv "$place"
  "$place/bin/pip" install --quiet pip-tools
}
for name in requirements requirements-dev; do
  "$place/bin/pip-compile" --quiet --generate-hashes --strip-extras --no-header \
    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
    --annotation-style=line "$@" --output-file "$name.txt" "$name.in"
done
