#!/bin/sh
# Bad input gets a line that says what is wrong and where, exit code 3, and leaves nothing behind.
. "$(dirname "$0")/kit.inc"

# bad TEXT ARGUMENT...: refused by run and by validate, with this text.
bad() {
    text=$1
    shift
    for verb in validate run; do
        wants 3 "$verb" "$@"
        complains "$text"
        silent out
        [ ! -e warmpool-out ] || fail "$*: something was written"
    done
}

# edited PATTERN REPLACEMENT TEXT: small.json after that edit is bad.
edited() {
    sed "s|$1|$2|" "$small" >edited.json
    cmp -s "$small" edited.json && fail "the edit changes nothing: $1"
    bad "$3" edited.json
}

# Files.
bad 'none.json: error[E0101]' none.json
: >empty.json
bad 'empty.json: error[E0104]' empty.json
mkdir folder.json
bad 'folder.json: error[E0102]' folder.json
printf '\000\001\377\376\200garbage\033[31m' >binary.json
bad 'binary.json:1:1: error[E02' binary.json
if grep -q "$(printf '\033')" err; then fail 'a control character reached the terminal'; fi
head -c 300 "$small" >truncated.json
bad 'error[E0202]' truncated.json
printf '{"warmpool": 1} more' >more.json
bad 'error[E0209]' more.json

# JSON.
edited '"seed": "42"' '"seed": "42", "seed": "43"' 'error[E0204]: expected one value for "seed"'
edited '"rate_per_s": 0.5' '"rate_per_s": NaN' 'error[E02'
edited '"rate_per_s": 0.5' '"rate_per_s": 1e400' 'error[E0205]'
edited '"rate_per_s": 0.5' '"rate_per_s": 0.5,' 'error[E0208]'

# Keys and values.
edited '"keep_alive"' '"keep_alvie"' 'did you mean "keep_alive"?'
edited '"horizon"' '"x"' 'error[E0301]'
bad 'error[E0303]: /horizon' "$small" --set /horizon=true
bad 'error[E0303]: /apps' "$small" --set '/apps=[]'
bad '/apps/MyApp/keep_alive: expected' "$small" --set /apps/MyApp/keep_alive=-5s
bad '/apps/MyApp/keep_alive_s: expected' "$small" --set /apps/MyApp/keep_alive_s=-5
bad '/apps/MyApp/min_concurrency: expected a whole number' "$small" \
    --set /apps/MyApp/min_concurrency=1.5
bad '/apps/MyApp/min_concurrency' "$small" --set /apps/MyApp/min_concurrency=9
bad 'error[E0402]' "$small" --set /apps/MyApp/machine_type=GPU-L40
bad 'GPU-Z9' "$small" --set /apps/MyApp/machine_type=GPU-Z9
bad '/machine_types/GPU-A100/capacity' "$small" --set /machine_types/GPU-A100/capacity=-1
bad 'its capacity is 0' "$small" --set /machine_types/GPU-A100/capacity=0
bad '/warm_up' "$small" --set /warm_up=2h
bad '/replications' "$small" --set '/replications={"min":9,"max":2}'
bad '/expect/0/metric' "$small" --set /expect/0/metric=arivals
bad '/seed' "$small" --seed 99999999999999999999999
bad '/a/b' "$small" --set /a/b=1
bad '/json/pointer=value' "$small" --set horizon=5m

# All problems of a file at once.
run validate "$small" --set /horizon=x --set /warm_up=x
[ "$(grep -c 'error\[' err)" -ge 2 ] || fail 'not all problems were reported'

# Traces.
trace() {
    # shellcheck disable=SC2059
    printf "$1" >trace.csv
    traced "$2"
}
traced() {
    bad "$1" "$small" --set "/apps/MyApp/traffic=[{\"name\":\"t\",\"path\":\"queue\",
        \"trace\":{\"file\":\"$work/trace.csv\",\"arrival\":\"at\",\"service\":\"s\"}}]"
}
trace '' 'trace.csv'
trace 'at,s\n' 'trace.csv'
trace 'at,x\n1,2\n' 'error[E0503]'
trace 'at,s\n1,2\n2\n' 'trace.csv:3'
trace 'at,s\n1,soon\n' 'trace.csv:2:3: error[E0505]'
trace 'at,s\n5,1\n1,1\n' 'trace.csv:3'
trace 'at,s\n1,-2\n' 'trace.csv:2'
rm trace.csv
traced 'error[E0501]'

# Places that cannot be written: an error before the run, and nothing of it is left.
echo keep >regular
wants 1 run "$small" --out regular/below
complains 'regular'
[ "$(cat regular)" = keep ] || fail 'a file in the way was changed'
wants 1 run "$small" --out regular
if [ -c /dev/full ]; then
    code=0
    "$warmpool" run "$small" --quiet >/dev/full 2>err || code=$?
    [ "$code" -eq 1 ] || fail "a full standard output: expected exit code 1, got $code"
    complains 'standard output'
fi
