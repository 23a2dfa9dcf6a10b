#!/usr/bin/env bash
# The Python package in a clean virtual environment: built, installed, its tests, its notebook and the page made of it.
set -euo pipefail
cd "$(dirname "$0")/../python"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet '.[test]'
"$folder/bin/python" -m pytest -q
