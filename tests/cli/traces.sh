#!/bin/sh
# Recorded requests are replayed exactly, whatever form they are recorded in (T2).
. "$(dirname "$0")/kit.inc"

# Not sorted, one row incomplete; tests/peers/test_recorded.c says what is to come of it.
cp "$root/tests/peers/lambda.csv" .

# scenario NAME TRACE: a file with that trace.
scenario() {
    cat >"$1.json" <<END
{"warmpool": 1, "title": "$1", "horizon": "2000s", "replications": 1,
 "apps": {"F": {"machine_type": "GPU-A100", "autoscaler": "lambda", "max_concurrency": 100,
   "dispatch": "most_recently_created", "keep_alive": "600s",
   "traffic": [{"path": "direct", "trace": {$2}}]}},
 "compare": {"T600": {}, "T640": {"/apps/F/keep_alive": "640s"}}}
END
}

# metric NUMBER NAME VALUE: the mean of a metric of the first, or second, alternative of a result.
metric() {
    got=$(grep -o "\"metric\": \"$2\".*\"mean\": [^,]*" out | sed -n "$1s/.*\"mean\": //p")
    case "$got" in "$3"*) ;; *) fail "$2 of alternative $1: expected $3, got $got" ;; esac
}

replayed() {
    wants 0 run "$1.json" --format json
    metric 1 arrivals 7
    metric 1 cold_start_ratio 0.57142857
    metric 2 cold_start_ratio 0.28571428
}

times='"service": {"from": "client_start_time", "to": "client_end_time"}, "sort": true,
 "drop_incomplete": true'
scenario lambda "\"file\": \"lambda.csv\", \"arrival\": \"client_start_time\",
     \"cold\": \"is_cold\", $times"
replayed lambda
metric 1 cold_label_ratio 0.71428571
complains "1 of the trace's 8 rows are incomplete and left out"

# The same, compressed, and as pages of the platform's request log, newest first.
gzip -k lambda.csv
scenario packed "\"file\": \"lambda.csv.gz\", \"arrival\": \"client_start_time\", $times"
replayed packed
page() {
    echo '{"items": ['
    sort -t, -k3 -rn lambda.csv | sed -n "$1" | awk -F, '{
        end = $4 == "" ? "null" : $4
        printf "%s{\"request_id\": \"%s\", \"sent_at\": %s, ", (NR > 1 ? "," : ""), $2, $3
        printf "\"started_at\": %s, \"ended_at\": %s}\n", $3, end
    }'
    echo '], "has_more": false}'
}
{ page 1,4p && page 5,8p; } >requests.json
scenario log '"form": "request_log", "file": "requests.json", "sort": true, "drop_incomplete": true'
replayed log
scenario unsorted '"form": "request_log", "file": "requests.json", "drop_incomplete": true'
wants 3 run unsorted.json
complains 'requests.json:3:34: error[E0506]'
complains 'give "sort": true'

# Counts by minute: 3 in the first minute of the first day, 2 in the third of the second.
day() {
    awk -v minute="$1" -v count="$2" 'BEGIN {
        printf "HashOwner,HashApp,HashFunction,Trigger"
        for (i = 1; i <= 1440; i++) printf ",%d", i
        printf "\no,a,f,http"
        for (i = 1; i <= 1440; i++) printf ",%d", i == minute ? count : 0
        printf "\n"
    }'
}
day 1 3 >d01.csv
day 3 2 >d02.csv
cat >azure.json <<'END'
{"warmpool": 1, "title": "counts", "horizon": "2d", "warm_up": "11s", "replications": 1,
 "apps": {"F": {"machine_type": "GPU-A100",
   "traffic": [{"service": "1s", "trace": {"form": "azure_functions", "arrivals": "even",
     "file": ["d01.csv", "d02.csv"], "function": "f"}}]}}}
END
wants 0 run azure.json --format json
metric 1 arrivals 4 # at even distances the first one comes after 10 s, in the warm-up
