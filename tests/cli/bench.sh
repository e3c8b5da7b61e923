#!/bin/sh
# bench: figures, a baseline, its verdicts and what it refuses.
. "$(dirname "$0")/kit.inc"

wants 0 bench pool-18 --rounds 1 --out "$work/speed" --quiet
says 'pool-18'
[ -s "$work/speed/speed.json" ] || fail 'no speed.json'
wants 0 bench pool-18 --rounds 1 --format json --quiet
says '"case": "pool-18"'

# A baseline of a program a hundred times as fast, and of one a hundred times as slow.
sed 's/"ratio\([a-z_]*\)": [0-9.e-]*/"ratio\1": 100/g' "$work/speed/speed.json" >fast.json
sed 's/"ratio\([a-z_]*\)": [0-9.e-]*/"ratio\1": 0.0001/g' "$work/speed/speed.json" >slow.json
wants 11 bench pool-18 --rounds 1 --baseline fast.json --quiet
says 'slower'
wants 0 bench pool-18 --rounds 1 --baseline slow.json --quiet
says 'not slower'

wants 13 bench pool-18 --baseline "$small"
complains 'not a speed.json'
wants 13 bench pool-18 --baseline absent.json
wants 2 bench pool18
complains 'did you mean "pool-18"?'
wants 2 bench --rounds 0
