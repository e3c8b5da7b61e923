#!/bin/sh
# Every scenario that comes with the program is valid and runs; two replications show that.
. "$(dirname "$0")/kit.inc"

count=0
for file in "$root"/scenarios/*.json; do
    case "$file" in */schema.json | *'*'*) continue ;; esac
    wants 0 validate "$file"
    silent err
    run run "$file" --replications 2 --quiet --format json
    case $code in 0 | 10 | 12) ;; *) fail "$file: exit code $code" ;; esac
    grep -q '"question": *"[^"]' out || fail "$file has no question"
    for verb in sweep plan; do
        grep -q "^ *\"$verb\":" "$file" || continue
        run "$verb" "$file" --replications 2 --quiet --format json
        case $code in 0 | 10 | 12) ;; *) fail "$verb $file: exit code $code" ;; esac
    done
    count=$((count + 1))
done
[ "$count" -gt 0 ] || fail 'no scenario found'
