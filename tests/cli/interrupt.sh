#!/bin/sh
# SIGINT in a long run: exit 20, and what was finished is kept and says that it is not all.
. "$(dirname "$0")/kit.inc"

start() {
    "$warmpool" run "$small" --replications 100000 --out "$work/part" --no-plots --threads 2 \
        >"$work/out" 2>"$work/err" &
    pid=$!
    sleep 1
    kill -0 "$pid" 2>/dev/null || fail 'the run ended too early to be interrupted'
}

for signal in INT TERM; do
    rm -rf "$work/part"
    start
    kill -"$signal" "$pid"
    code=0
    wait "$pid" || code=$?
    [ "$code" -eq 20 ] || fail "SIG$signal: expected exit code 20, got $code"
    complains 'interrupted'
    grep -q '"interrupted": *true' part/result.json || fail 'the result does not say so'
    grep -q '"exit_code": *20' part/result.json || fail 'the result does not hold the exit code'
    ls -A part | grep -qE '^\.|tmp|partial' && fail "something half-written is left: $(ls -A part)"
done
exit 0
