#!/bin/sh
# Writes tests/golden/NAME.txt anew for each line "NAME ARGUMENTS" of tests/golden/list: the report
# of `warmpool run ARGUMENTS`; and scenarios/schema.json.  Read the diff before committing it: say
# which number moved, and why it is right now.
set -eu
cd "$(dirname "$0")/.."
warmpool=${WARMPOOL:-./warmpool}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$warmpool" explain schema >"$work/schema"
mv "$work/schema" scenarios/schema.json
echo schema

while read -r name arguments; do
    case "$name" in '' | '#'*) continue ;; esac
    code=0
    # shellcheck disable=SC2086
    "$warmpool" run $arguments --quiet --out "$work/out" --no-plots >"$work/text" ||
        code=$?
    case $code in
    0 | 10 | 12) mv "$work/text" "tests/golden/$name.txt" ;;
    *) echo "$name: exit code $code" && exit 1 ;;
    esac
    echo "$name"
done <tests/golden/list
