#!/bin/sh
# The same seed gives the same bytes, with any number of threads and from any compiler (DESIGN O2).
. "$(dirname "$0")/kit.inc"

[ "${VARIANT:-release}" = release ] || { echo 'skipped: the release build compares' && exit 77; }

# What no file of scenarios/ has: random rates, waves, sticky keys, counts by minute.
awk 'BEGIN {
    printf "HashOwner,HashApp,HashFunction,Trigger"
    for (i = 1; i <= 1440; i++) printf ",%d", i
    printf "\no,a,f,http"
    for (i = 1; i <= 1440; i++) printf ",%d", i * i % 7
    printf "\n"
}' >counts.csv
cat >sources.json <<'END'
{"warmpool": 1, "title": "Sources and policies",
 "horizon": "1h", "warm_up": "5m", "replications": 3,
 "machine_types": {"M": {"price_usd_per_h": 1, "capacity": 20}},
 "apps": {
   "storms": {"machine_type": "M", "autoscaler": "knative", "max_concurrency": 8,
     "setup": {"gamma": {"mean": "20s", "cv": 0.7}},
     "traffic": [{"service": {"weibull": {"shape": 0.8, "scale": "2s"}},
       "mmpp": {"states": {"calm": {"rate_per_s": 0.05, "mean_stay": "5m"},
                           "storm": {"rate_per_s": 2, "mean_stay": "1m"}}}}]},
   "waves": {"machine_type": "M", "autoscaler": {"oracle": {}}, "max_concurrency": 8,
     "setup": "30s",
     "traffic": [{"service": {"erlang": {"stages": 3, "mean": "3s"}}, "batch": 2,
       "diurnal": {"rate_per_s": 0.5, "amplitude": 0.9, "period": "20m"}}]},
   "sticky": {"machine_type": "M", "dispatch": "hint", "max_multiplexing": 4,
     "slowdown": "processor_sharing", "mtbf": {"exponential": {"mean": "10m"}},
     "traffic": [{"hints": 9, "poisson": {"rate_per_s": 0.5},
       "service": {"pareto": {"shape": 2.5, "minimum": "1s"}}}]},
   "counted": {"machine_type": "M", "max_concurrency": 4,
     "traffic": [{"service": {"lognormal": {"mean": "4s", "cv": 1}},
       "trace": {"form": "azure_functions", "file": "counts.csv"}}]}}}
END
cat >plan.json <<'END'
{"warmpool": 1, "title": "M/M/c", "horizon": "600s", "warm_up": "1m", "replications": 12,
 "apps": {"A": {"machine_type": "GPU-A100", "autoscaler": "fixed", "max_concurrency": 20,
   "traffic": [{"poisson": {"rate_per_s": 8}, "service": {"exponential": {"mean": "1s"}}}]}},
 "plan": {"minimise": {"metric": "cost_usd"}, "subject_to": [{"metric": "wait_mean_s", "max": 0.3}],
   "knobs": {"/apps/A/max_concurrency": {"from": 8, "to": 16}}}}
END
scenarios="sources.json $small $(ls "$root"/scenarios/*.json | grep -v '/schema\.json$')"

# keep NAME PROGRAM VERB FILE OPTION...: report and files of one run go to the end of NAME.txt.
keep() {
    name=$1 program=$2 what="$1: $3 $4"
    shift 2
    rm -rf "$name"
    "$program" "$@" --seed 7 --quiet --no-plots --out "$name" >report 2>err
    case $? in 0 | 10 | 12) ;; *) fail "$what" ;; esac
    cat report "$name"/*.json "$name"/*.csv >>"$name.txt"
}

# results NAME PROGRAM OPTION...: run on every scenario, and each of the other verbs on a small one.
results() {
    name=$1 program=$2
    shift 2
    for scenario in $scenarios; do
        keep "$name" "$program" run "$scenario" --replications 3 "$@"
    done
    keep "$name" "$program" compare "$small" "$@"
    keep "$name" "$program" sweep "$small" --sweep /apps/MyApp/keep_alive=30s,2m,10m "$@"
    keep "$name" "$program" plan plan.json "$@"
}

same() {
    cmp one.txt "$1.txt" || fail "$1 differs"
}

results one "$warmpool" --threads 1
results two "$warmpool" --threads 2
results seven "$warmpool" --threads 7
same two
same seven

if ! command -v clang >/dev/null || ! command -v gcc >/dev/null; then
    echo 'determinism.sh: threads compared; compilers not, because gcc and clang are not both here'
    exit 77
fi
for build in gcc-O0 gcc-O3 clang-O0 clang-O3; do
    compiler=${build%-*} level=${build#*-}
    program=$root/build/$level-$compiler/warmpool
    make -s -C "$root" -j2 CC="$compiler" VARIANT="$level" "build/$level-$compiler/warmpool" \
        >"$work/err" 2>&1 || fail "cannot build $build"
    results "$build" "$program" --threads 2
    same "$build"
done
