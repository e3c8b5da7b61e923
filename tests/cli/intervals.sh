#!/bin/sh
# What a user sees of intervals and warm-up: the cut, the refusal, statistics over replications, one
# long run.
. "$(dirname "$0")/kit.inc"

steady=$root/scenarios/steady-state.json

wants 0 run "$steady" --quiet
says 'warm-up (found by MSER)'
says 'The warm-up is the longest cut of MSER'

# Overload never settles: no number is printed as if it were good, but the picture's data are there.
wants 12 run "$steady" --set /apps/MyApp/traffic/0/poisson/rate_per_s=2 --no-progress --out over
complains 'no results: the warm-up could not be found'
says 'No results: the warm-up could not be found'
if grep -q 'Downtime' out; then fail 'a report without a warm-up'; fi
grep -q '"verdict": "inconclusive"' over/result.json || fail 'result.json: no verdict'
grep -q '"alternatives": \[\]' over/result.json || fail 'result.json: alternatives'

# One long run: batch means where they hold, nothing elsewhere.
wants 0 run "$steady" --replications 1 --quiet --format json --set /horizon=40h --set '/expect=[]'
grep '"queue_length_mean"' out | grep -q '"method": "batch_means", "batches": 25' ||
    fail 'no batch means'
grep '"wait_mean_s"' out | grep -q '"low": null, "high": null' || fail 'an interval of one number'

# A confidence, and a quantile over replications that has no finite limit.
wants 12 run "$small" --set '/expect=[{"metric":"unserved_time_s","stat":"p95","max":1000}]' \
    --set '/replications={"min":5,"confidence":0.9}' --quiet
says '90 % interval'
says 'p95 over replications of unserved_time_s'
says 'no finite limit'

# The precision asked for is out of reach: how many it would take is said.
wants 0 run "$steady" --quiet --set '/expect=[]' --set '/replications/max=12' \
    --set '/replications/until/0/relative=0.01'
says 'the precision asked for was not reached in 12 replications'

# The number of threads changes nothing: not n, not the pools, not the cut.
for threads in 1 2 7; do
    wants 0 run "$steady" --quiet --format json --threads $threads
    mv out "threads$threads"
done
cmp threads1 threads2 || fail 'two threads differ'
cmp threads1 threads7 || fail 'seven threads differ'
