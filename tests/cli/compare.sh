#!/bin/sh
# compare: alternatives of one file and of several, what is said about them, and what is refused.
. "$(dirname "$0")/kit.inc"

# edited NAME PATTERN REPLACEMENT...: NAME.json is small.json after these edits.
edited() {
    name=$1
    shift
    cp "$small" "$name.json"
    while [ $# -gt 1 ]; do
        sed "s|$1|$2|" "$name.json" >edit.json
        cmp -s "$name.json" edit.json && fail "the edit changes nothing: $1"
        mv edit.json "$name.json"
        shift 2
    done
}

# One file.
wants 0 compare "$small"
says 'Compared with recreate, rolling reduces unserved time by'
says 'Who can still be the best'
complains 'warmpool-out/result.json'
cp out first
wants 0 compare "$small" --threads 3 --quiet
cmp -s out first || fail 'threads change the report'
silent err
wants 0 compare "$small" --against rolling
says 'Compared with rolling, recreate raises unserved time by'
wants 0 compare "$small" --metric 'wait_s{quantile=0.5}' --metric cost_usd
says 'wait, p50'
grep -q 'unserved time, s' out && fail 'a number that nobody asked for'
wants 0 compare "$small" --out report --quiet
for file in result.json comparisons.csv plots/differences.csv plots/best.csv; do
    [ -s "report/$file" ] || fail "no $file"
done
wants 0 compare "$small" --format json --quiet
grep -q '"mcb": {' out || fail 'no mcb in result.json'
cmp -s out report/result.json || fail '--format json and result.json differ'

# Several files: each is an alternative, or all of its alternatives are.
edited alone '"compare"' '"x-compare"'
edited other '"compare"' '"x-compare"' '"strategy": "recreate"' '"strategy": "rolling"'
wants 0 compare alone.json other.json
says 'Compared with alone, other reduces unserved time by'
says 'paired replications'
wants 0 compare alone.json "$small" --against small/rolling
says 'Compared with small/rolling, alone raises unserved time by'
says 'small/recreate'
# The same runs give the same numbers, whatever the file they stand in.
run compare alone.json "$small" --metric arrivals --quiet
says 'The same with all alternatives, in every replication'

# What differs between files is said, and what cannot be compared is refused.
edited seed '"seed": "42"' '"seed": "7"' '"compare"' '"x-compare"'
wants 0 compare alone.json seed.json
complains 'different seeds'
says '(Welch)'
says 'seed          42, 7'
wants 0 compare alone.json seed.json --seed 5
says 'seed makes no difference at all.'
edited more '{"min": 4, "max": 4}' '6' '"compare"' '"x-compare"'
wants 0 compare alone.json more.json
complains "the first file's are used for all"
says 'replications  4'
edited longer '"horizon": "20m"' '"horizon": "30m"'
wants 2 compare alone.json longer.json
complains 'the horizon of alone.json is 20m, of longer.json 30m'
edited warmer '"warm_up": "2m"' '"warm_up": "3m"'
wants 2 compare alone.json warmer.json
complains 'the warm_up of'
wants 2 compare alone.json
complains 'one alternative only'
mkdir twin && cp alone.json twin/
wants 2 compare alone.json twin/alone.json
complains 'two alternatives are named "alone"'
wants 2 compare "$small" --against nobody
complains 'the first one is "recreate"'
wants 2 compare "$small" --against rollin
complains 'did you mean "rolling"?'
wants 2 compare "$small" --metric unserved_time
complains 'did you mean "unserved_time_s"?'
wants 2 compare "$small" --metric 'wait_s{quantil=1}'
complains 'did you mean "quantile"?'
wants 2 compare
complains 'no scenario file given'

# Selection.
selection() {
    printf '/selection={"metric":"unserved_time_s",%s}' "$1"
}
wants 0 compare "$small" --set "$(selection '"procedure":"kn","zones":{"unserved_time_s":1}')"
says 'rolling is selected (KN, '
says 'Dropped out: recreate after 10 replications.'
cp out first
wants 0 compare "$small" --threads 4 \
    --set "$(selection '"procedure":"kn","zones":{"unserved_time_s":1}')"
cmp -s out first || fail 'threads change the selection'
wants 0 compare "$small" --quiet --format json \
    --set "$(selection '"procedure":"ocba","budget":31,"first":4')"
grep -q '"replications": 31' out || fail 'the budget was not spent'
grep -q '"selected": "rolling"' out || fail 'nobody was selected'
wants 0 compare "$small" --set '/selection={"zones":{"unserved_time_s":1000}}'
says 'equal within'
wants 3 compare "$small" --set "$(selection '"procedure":"ocba","budget":19')"
complains '/selection/budget: 19 replications are too few'
wants 3 compare "$small" --set "$(selection '"procedure":"kn"')"
complains 'a zone of the deciding metric'
wants 3 compare "$small" --set '/selection={"metric":"cost_usd","procedure":"ocba","budget":40}'
complains 'no number, or several'

# A few replications cannot tell everything.
wants 12 compare "$small" --fail-on-undecided --replications 2
says 'more replication'
wants 0 compare "$small" --metric unserved_time_s --fail-on-undecided --replications 20
wants 12 compare "$small" --fail-on-undecided --metric unserved_time_s \
    --set "$(selection '"procedure":"kn","zones":{"unserved_time_s":0.001},"budget":21')"
says 'Not decided: the budget is spent'

# Interrupted: what is finished is kept.
"$warmpool" compare "$small" --replications 1000000 --out kept --no-plots >out 2>err &
pid=$!
sleep 1
kill -INT "$pid"
wait "$pid"
[ $? -eq 20 ] || fail 'an interrupt must give exit code 20'
grep -q '"interrupted": true' kept/result.json || fail 'nothing was kept'
