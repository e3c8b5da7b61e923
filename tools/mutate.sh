#!/bin/sh
# Mutation testing: makes small changes in sim/ and models/, one at a time, and reports which of
# them no test notices:  tools/mutate.sh [COUNT [SEED [FILE...]]], by default 200 of all.
#
# A change that gives the same machine code is the same program and does not count; nor does one
# that does not compile, nor one in tools/mutants.known, where each line says why it makes no
# difference that a test could see.  Exit status 1: under 90 % of the others were killed.
#
# Test programs that fail without any change judge nothing, and are named.  A change is also killed
# by a program that runs for LIMIT seconds of processor time, which none does by itself.
set -u
cd "$(dirname "$0")/.." || exit 1
export LC_ALL=C
unset MAKEFLAGS MAKEOVERRIDES MAKELEVEL
count=${1:-200} seed=${2:-1}
if [ $# -gt 2 ]; then shift 2; else set -- sim/*.c models/*.c; fi
root=$(pwd)
out=$root/build/mutate
compile='gcc -std=c11 -w -ffp-contract=off -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -I. -pthread'
jobs=${JOBS:-$(nproc)}
LIMIT=8
export RANDOM_COUNT="${RANDOM_COUNT:-200}" # scenarios of tests/laws/test_random
tab=$(printf '\t')

# Chosen by the minimal standard generator of Park and Miller: the same for every awk.
sample() {
    for file in "$@"; do
        awk -f tools/mutants.awk "$file" | sed "s|^|$file$tab|"
    done >"$out/all"
    awk -v seed="$seed" 'BEGIN { x = (seed * 69621 + 1) % 2147483647
            for (i = 0; i < 20; i++) x = 16807 * x % 2147483647 }
        { x = 16807 * x % 2147483647; printf "%d\t%s\n", x, $0 }' "$out/all" |
        sort -n | head -n "$count" | cut -f 2- | sort >"$out/changes"
}

# The tree of a worker: sources to change, objects to link, programs to run.
plant() {
    tree=$out/tree$1
    rm -rf "$tree" && mkdir -p "$tree/obj" || return 1
    cp -r sim models bench tests scenarios "$out/base/shared" "$tree" || return 1
    for object in "$out"/base/sim/*.o "$out"/base/models/*.o; do
        name=${object#"$out/base/"}
        cp "$object" "$tree/obj/$(echo "$name" | tr / -)"
    done
    cp -r "$tree/obj" "$tree/good"
}

passes() { # COMMAND...: it ends well, and in time
    prlimit --cpu="$LIMIT" --as=8589934592 timeout 240 "$@" >/dev/null 2>&1
}

judge() { # NAME of a test program, or golden: it passes
    if [ "$1" = golden ]; then
        WARMPOOL=$tree/shared/warmpool passes sh tests/cli/golden.sh
    else
        passes "shared/$1"
    fi
}

# What passes as things are, quick ones first: a line each.
pool() {
    tree=$out/tree0
    cd "$tree" || exit 1
    for by in shared/tests-* golden; do
        by=$(basename "$by")
        case $by in *.d) continue ;; esac
        start=$(date +%s%N)
        if judge "$by"; then
            echo "$((($(date +%s%N) - start) / 1000)) $by"
        else
            echo "mutate: $by fails without a change, and judges nothing" >&2
        fi
    done | sort -n | cut -d ' ' -f 2 >"$out/pool"
    [ -s "$out/pool" ] || exit 1
}

# The tests of the changed file, which include it and are built anew, then those named after it,
# then all others, the last one that killed something first.
killed() {
    name=$(basename "$1" .c) layer=$(dirname "$1")
    own=$(grep -lxF "#include \"$1\"" "tests/$layer"/test_*.c)
    tried=
    for test in $own; do
        by=$(echo "${test%.c}" | tr / -)
        grep -qx "$by" pool || continue
        tried="$tried $by "
        $compile -O0 -o shared/own "$test" -Lshared -lbench -lcore -Wl,-rpath,"$tree/shared" \
            -lcmocka -lgsl -lgslcblas -lcjson -lz -lm || return 0
        passes shared/own || return 0
    done
    for by in $(grep -E "^tests-$layer-test_${name}_" pool) $(cat pool); do
        case $tried in *" $by "*) continue ;; esac
        case $layer-$by in models-tests-sim-*) continue ;; esac # sim/ does not know models/
        tried="$tried $by "
        judge "$by" || return 0
    done
    return 1
}

# The name of the function around a line of the original.
function_at() {
    sed -n "1,${line}p" original | grep -E '^[a-z].*\(' | tail -n 1 |
        sed 's/(.*//; s/.*[ *]//'
}

is_known() { # FILE, FUNCTION, LINE AS IT IS, LINE CHANGED, with a tab after each
    key=$1 awk 'index($0, ENVIRON["key"]) == 1 { found = 1; exit } END { exit !found }' \
        "$root/tools/mutants.known"
}

# One change: FILE LINE COLUMN OLD NEW, by tabs.
try() {
    file=$(printf '%s' "$1" | cut -f 1) line=$(printf '%s' "$1" | cut -f 2)
    object=$(echo "${file%.c}.o" | tr / -)
    cp "$file" original
    printf '%s\n' "$1" | awk -F '\t' 'NR == FNR { line = $2; column = $3; old = $4; new = $5; next }
        FNR == line { print substr($0, 1, column - 1) new substr($0, column + length(old)); next }
        { print }' - original >"$file"
    before=$(sed -n "${line}p" original | sed 's/^ *//')
    after=$(sed -n "${line}p" "$file" | sed 's/^ *//')
    result=killed by=
    if is_known "$file$tab$(function_at)$tab$before$tab$after$tab"; then
        result=known
    elif ! $compile -O1 -fPIC -c "$file" -o "obj/$object" 2>/dev/null; then
        result=broken
    elif cmp -s "obj/$object" "good/$object"; then
        result=same
    elif ! gcc -shared -o shared/libcore.so obj/*.o -lgsl -lgslcblas -lm 2>/dev/null; then
        result=broken
    elif ! killed "$file"; then
        result=survived by=
    else
        { echo "$by" && grep -vx "$by" pool; } >pool.new && mv pool.new pool
    fi
    printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$result" "$file" "$line" "$before" "$after" "$by"
    cp original "$file"
    cp "good/$object" "obj/$object"
}

work() { # NUMBER: every jobs-th change
    tree=$out/tree$1
    cd "$tree" || exit 1
    cp "$out/pool" pool
    awk -v n="$1" -v jobs="$jobs" 'NR % jobs == n' "$out/changes" | while IFS= read -r change; do
        try "$change"
    done >"$out/results$1"
}

report() {
    awk -F '\t' '
        $1 == "broken" || $1 == "same" { void++ }
        $1 == "known" { known++ }
        $1 == "survived" { survived++; printf "%s:%s\n    - %s\n    + %s\n", $2, $3, $4, $5 }
        $1 == "killed" { killed++
            own = $2; sub(/\.c$/, "", own); sub(/\//, "-test_", own)
            if (index($6, "tests-" own) == 1) by_own++
            else if ($6 ~ /-laws-/) by_laws++
            else if ($6 == "golden") by_golden++
            else by_others++ }
        END { total = killed + survived
            printf "mutate: killed %d: %d by the tests of the file, %d by tests of others, " \
                "%d by laws, %d by golden files\n", killed, by_own, by_others, by_laws, by_golden
            printf "mutate: survived %d; %d known to make no difference; %d did not compile or " \
                "gave the same code\n", survived, known, void
            printf "mutate: %.1f %% killed\n", total ? 100 * killed / total : 100
            exit total && killed < 0.9 * total }' "$out/results"
}

mkdir -p "$out"
rm -f "$out"/results*
sample "$@"
printf 'mutate: %d of %d changes, seed %s\n' "$(wc -l <"$out/changes")" "$(wc -l <"$out/all")" \
    "$seed"
make -s -j "$jobs" -f tools/mutate.mk VARIANT=release CC=gcc BUILD=build/mutate/base \
    CFLAGS='-w -fPIC -O1 -g0' mutants >"$out/build.log" 2>&1 ||
    { cat "$out/build.log" && echo 'mutate: cannot build' && exit 1; }
worker=0
while [ "$worker" -lt "$jobs" ]; do
    (plant "$worker") || { echo 'mutate: cannot copy' && exit 1; }
    worker=$((worker + 1))
done
(pool) || { echo 'mutate: no test program passes' && exit 1; }
trap 'trap - INT TERM; kill 0' INT TERM
worker=0
while [ "$worker" -lt "$jobs" ]; do
    (work "$worker") &
    worker=$((worker + 1))
done
wait
cat "$out"/results[0-9]* >"$out/results"
report
