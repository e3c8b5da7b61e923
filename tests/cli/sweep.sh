#!/bin/sh
# sweep: what runs, what comes out, and that neither threads nor an interrupt spoil it.
. "$(dirname "$0")/kit.inc"

keys='/apps/MyApp/min_concurrency=1,2 --sweep /apps/MyApp/keep_alive=1m,never'
# shellcheck disable=SC2086
set -- sweep "$small" --sweep $keys --replications 3

# The two alternatives of the file are an axis, too.
wants 0 "$@" --list
says '8 points, 3 replications each: 24'
silent err
[ ! -e warmpool-out ] || fail '--list wrote something'

wants 0 "$@" --quiet --out one --threads 1
cp out report
says 'Lowest cost, owner, $: '
says 'alternative  min_concurrency  keep_alive'
silent err
wants 0 "$@" --quiet --out many --threads 4 --no-plots
cmp -s out report || fail 'the report depends on the number of threads'
for file in result.json points.csv replications.csv; do
    cmp -s one/$file many/$file || fail "$file depends on the number of threads"
done
[ ! -e many/plots ] || fail '--no-plots draws plots'
if command -v gnuplot >/dev/null; then
    ls one/plots | grep -q 'wait_s.*\.svg' || fail 'there is no picture of the waits'
fi
[ "$(wc -l <one/points.csv)" -eq 33 ] || fail 'points.csv has not 8 x 4 rows'

# A point is an alternative: the numbers of the one are those of the other.
only='{"/apps/MyApp/min_concurrency":2,"/apps/MyApp/keep_alive":"never"}'
wants 0 run "$small" --set "/compare={\"only\":$only}" --replications 3 --quiet --out alone \
    --no-plots
mean='s/.*"metric": "cost_usd", "labels": {"payer": "owner"}.*"mean": \([0-9.]*\).*/\1/p'
alone=$(sed -n "$mean" alone/result.json | head -1)
grep -q ",recreate,2,never,cost_usd,.*,$alone," one/points.csv ||
    fail "the cost $alone of the alternative is not that of the point"

# An axis that takes a file's key by name, and what is wrong with it.
wants 3 "$@" --sweep /apps/MyApp/max_concurrency=6,six
complains 'error[E0303]: /apps/MyApp/max_concurrency: expected a whole number'
silent out
wants 3 "$@" --sweep /apps/MyAp/x=1
complains 'did you mean "MyApp"?'
wants 3 sweep "$small" --sweep /seed=1
complains 'expected a path into the model'
wants 2 sweep "$small"
complains 'no "sweep"'
wants 2 sweep "$small" "$small"
complains 'expected one scenario file'

# What is chosen is what is reported.
wants 0 "$@" --quiet --metric arrivals --metric 'wait_s{quantile=0.5}'
says 'requests submitted'
says 'wait, p50, s'
if grep -q 'cost' out; then fail 'a number was reported that nobody asked for'; fi
wants 3 "$@" --metric arival
complains 'expected the name of a metric'

# Designs.
sweep='/sweep={"axes":{"/apps/MyApp/min_concurrency":[1,2],"/apps/MyApp/keep_alive":["1m","5m"]}'
wants 0 sweep "$small" --set "$sweep,\"design\":\"factorial2\"}" --quiet --replications 3
says 'Effects on cost, owner, $'
says 'alternative x min_concurrency x keep_alive'
wants 0 sweep "$small" --set "$sweep}" --tornado --quiet --replications 3
says 'Change of cost, owner, $'
says '1m48s / 2m12s'
wants 3 sweep "$small" --set "$sweep,\"where\":\"min_concurrency = 1\"}"
complains 'error[E0601]: /sweep/where: expected an operator or the end at character 17, got "="'
wants 3 sweep "$small" --set "$sweep,\"where\":\"keep_alive > 5m\"}"
complains 'leaves no point'

# run takes no notice of a sweep but says who does.
wants 0 run "$small" --set "$sweep}"
complains 'its sweep is run by: warmpool sweep'
wants 0 validate "$small" --set "$sweep}"
says 'a sweep of 8 points'

# A limit that is passed at one point leaves the others.
wants 1 sweep "$small" --sweep '/limits={"requests":2},{}' --replications 2 --quiet
says 'broke off: '
says 'Lowest cost'

wants 0 sweep "$small" --sweep /apps/MyApp/min_concurrency=1,2 --quiet --format json
grep -q '"design": "grid"' out || fail '--format json does not print the result'

# An interrupt keeps what is finished.
"$warmpool" sweep "$small" --sweep /apps/MyApp/min_concurrency=1,2,3,4,5,6 --replications 100000 \
    --out part --no-plots --quiet >out 2>err &
pid=$!
sleep 1
kill -INT "$pid"
code=0
wait "$pid" || code=$?
[ "$code" -eq 20 ] || fail "SIGINT: expected exit code 20, got $code"
grep -q '"interrupted": *true' part/result.json || fail 'the result does not say so'
says 'Interrupted'
exit 0
