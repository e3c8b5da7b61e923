#!/bin/sh
# The reports of the scenarios in tests/golden/list, byte by byte.  `make golden` writes them anew.
. "$(dirname "$0")/kit.inc"

compared=0
while read -r name arguments; do
    case "$name" in '' | '#'*) continue ;; esac
    # shellcheck disable=SC2086
    (cd "$root" && "$warmpool" run $arguments --quiet --out "$work/golden" --no-plots) \
        >"$work/out" 2>"$work/err"
    case $? in 0 | 10 | 12) ;; *) fail "$name" ;; esac
    if ! diff "$root/tests/golden/$name.txt" "$work/out" >"$work/diff"; then
        head -20 "$work/diff"
        fail "$name: differs from tests/golden/$name.txt"
    fi
    compared=$((compared + 1))
done <"$root/tests/golden/list"
[ "$compared" -gt 0 ] || fail 'tests/golden/list names nothing'
