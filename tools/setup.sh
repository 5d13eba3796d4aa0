#!/bin/sh
# Install what the program needs on Debian or Ubuntu: system packages, then .venv. Safe to repeat.
# `setup.sh tests` installs what the tests need besides: a PostgreSQL server.
set -eu
cd "$(dirname "$0")/.."

packages="tesseract-ocr tesseract-ocr-vie poppler-utils fonts-croscore python3-venv"
[ "${1:-}" != tests ] || packages="$packages postgresql"
missing=""
for package in $packages; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
if [ -n "$missing" ]; then
  root=""
  [ "$(id -u)" = 0 ] || root="sudo"
  $root apt-get update
  # shellcheck disable=SC2086  # the list is meant to be split
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing
fi

[ -x .venv/bin/python ] || "${PYTHON:-python3}" -m venv .venv
stamp=.venv/installed
if [ ! -f "$stamp" ] || [ pyproject.toml -nt "$stamp" ]; then
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[fast,dev]'
  touch "$stamp"
fi
