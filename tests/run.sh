#!/bin/sh
# Runs every test program and script named on the command line; ends with one line that counts them.
passed=0 failed=0 skipped=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for t in "$@"; do
    printf 'TEST  %s\n' "$t"
    case "$t" in
    *.sh) sh "$t" >"$log" 2>&1 ;;
    *) "$t" >"$log" 2>&1 ;;
    esac
    status=$?
    if [ $status -eq 0 ]; then
        passed=$((passed + 1))
    elif [ $status -eq 77 ]; then
        skipped=$((skipped + 1))
        cat "$log"
    else
        failed=$((failed + 1))
        cat "$log"
        printf 'FAILED %s (exit %d)\n' "$t" "$status"
    fi
done
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
