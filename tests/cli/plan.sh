#!/bin/sh
# plan: the fewest runners of M/M/c that keep a mean wait, known from Erlang C (8 erlangs: 10
# runners wait 0.2046 s, 9 wait 0.6532 s), and each way in which a search can end.
. "$(dirname "$0")/kit.inc"

cat >mmc.json <<'END'
{"warmpool": 1, "title": "M/M/c", "question": "How few?", "seed": "7", "horizon": "2000s",
 "warm_up": "2m", "replications": 12,
 "apps": {"A": {"machine_type": "GPU-A100", "autoscaler": "fixed", "max_concurrency": 20,
   "traffic": [{"poisson": {"rate_per_s": 8}, "service": {"exponential": {"mean": "1s"}}}]}},
 "plan": {"minimise": {"metric": "cost_usd"},
   "subject_to": [{"metric": "wait_mean_s", "max": 0.3}],
   "knobs": {"/apps/A/max_concurrency": {"from": 8, "to": 24, "monotone": "up"}}}}
END

wants 0 plan mmc.json --out one --threads 1 --quiet
cp out report
says 'Cheapest setting that keeps all promises: max_concurrency 10;'
says '--set /apps/A/max_concurrency=10'
says 'Bisection on max_concurrency, declared to be monotone'
silent err
[ "$(cat one/plan.json)" = '{"apps":{"A":{"max_concurrency":10}}}' ] || fail 'plan.json is wrong'
wants 0 plan mmc.json --out many --threads 3 --quiet --no-plots
cmp -s out report || fail 'the report depends on the number of threads'
for file in result.json points.csv plan.json; do
    cmp -s one/$file many/$file || fail "$file depends on the number of threads"
done
if command -v gnuplot >/dev/null; then
    [ -s one/plots/frontier-1-wait_mean_s.svg ] || fail 'there is no picture of the frontier'
fi

# The line that can be pasted does what it says.
command=$(sed -n 's/^ *warmpool run //p' report)
# shellcheck disable=SC2086
wants 0 run $command --replications 2 --quiet
grep -q '"max_concurrency":10' warmpool-out/result.json || fail 'the pasted options set nothing'

# All settings, and the same answer.
wants 0 plan mmc.json --set '/plan/knobs={"/apps/A/max_concurrency":{"from":9,"to":12}}' --quiet
says 'max_concurrency 10;'
says 'All 4 settings were tried.'

wants 10 plan mmc.json --set /plan/subject_to/0/max=0.0001 --out none --quiet --no-plots \
    --set '/plan/knobs={"/apps/A/max_concurrency":{"from":8,"to":13,"monotone":"up"}}'
says 'No setting keeps all promises.'
says 'The closest is max_concurrency 13'
[ ! -e none/plan.json ] || fail 'plan.json without a plan'
grep -q '"chosen": null' none/result.json || fail 'something was chosen'

# The limit is the mean itself: with few replications nobody can tell.
wants 12 plan mmc.json --set /plan/subject_to/0/max=0.2045901 --replications 3 --quiet \
    --set '/plan/knobs={"/apps/A/max_concurrency":{"values":[9,10]}}'
says 'for some it cannot be told'

wants 2 plan "$small"
complains 'no "plan"'
wants 2 plan
complains 'expected one scenario file'
wants 3 plan mmc.json --set /plan/minimise/metric=cost
complains 'expected the name of a metric'
wants 1 plan mmc.json --set /plan/minimise/metric=wait_s
complains 'name its labels in /plan/minimise'
wants 10 plan mmc.json --set /plan/subject_to/0/metric=rollout_switch_s --replications 2 --quiet
says 'there is no such number'
wants 0 validate mmc.json
says 'a plan over 17 settings'

"$warmpool" plan mmc.json --set /horizon=200h --out part --no-plots --quiet >out 2>err &
pid=$!
sleep 1
kill -INT "$pid"
code=0
wait "$pid" || code=$?
[ "$code" -eq 20 ] || fail "SIGINT: expected exit code 20, got $code"
grep -q '"interrupted": *true' part/result.json || fail 'the result does not say so'
exit 0
