#!/bin/sh
# Exit codes are an interface (DESIGN section 4); here is one way to each.
. "$(dirname "$0")/kit.inc"

wants 0 run "$small" --quiet
silent err

wants 1 run "$small" --set '/limits={"requests":2}'
complains 'limits'
wants 1 run "$small" --out "$small/below"
silent out

wants 2 run
complains 'no scenario file'
wants 2 validate
complains 'no scenario file'
wants 2 run "$small" --threads 0
complains '--threads: expected a whole number from 1 to 1024'
wants 2 nonsense

wants 3 run "$small" --set /horizon=never
wants 3 validate "$small" "$here/none.json"
says 'small.json: ok: 1 app, 2 alternatives, 1 expectation, 4 replications'

wants 10 run "$small" --set /expect/0/min=1000000
says 'arrivals'
wants 10 run "$small" --set '/expect/0={"metric":"machine_utilisation","min":0}' \
    --set /machine_types/GPU-A100/capacity=unlimited
says 'no data'

# The mean number of arrivals is 540; the interval of 4 replications is wide enough to hold it.
wants 12 run "$small" --set /expect/0/min=540 --set '/expect/0/alternative=recreate' --seed 1
