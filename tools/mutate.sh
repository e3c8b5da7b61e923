#!/bin/sh
# Mutation testing: makes small changes in sim/ and models/, one at a time, and reports which of
# them no test notices:  tools/mutate.sh [COUNT [SEED [FILE...]]], by default 200 of all.
#
# A change that gives the same machine code is the same program and does not count; nor does one
# that does not compile.  Survivors are compared with tools/mutants.known, where each line says why
# a change makes no difference that a test could see.  Exit status 1: under 90 % were killed.
set -u
cd "$(dirname "$0")/.." || exit 1
export LC_ALL=C
count=${1:-200} seed=${2:-1}
[ $# -gt 2 ] && shift 2 || set -- sim/*.c models/*.c
root=$(pwd)
out=$root/build/mutate
warn='-std=c11 -w -ffp-contract=off -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -I. -pthread'
libs='-lcmocka -lgsl -lgslcblas -lcjson -lz -lm'
jobs=$(nproc)

# The tree of a worker: objects, the library as a shared object, and every test program against it.
prepare() {
    tree=$out/tree$1
    rm -rf "$tree" && mkdir -p "$tree/obj" "$tree/bin" || return 1
    cp -r sim models bench tests scenarios "$tree" && cd "$tree" || return 1
    for source in sim/*.c models/*.c bench/*.c bench/*/*.c; do
        echo "gcc $warn -O1 -fPIC -c $source -o obj/$(echo "$source" | tr / -).o"
    done | xargs -P "$jobs" -I{} sh -c '{}' || return 1
    link || return 1
    for test in tests/sim/test_*.c tests/models/test_*.c tests/laws/test_*.c; do
        build_test "$test" || return 1
    done
    cp -r obj good
}

link() {
    gcc -shared -o bin/libwarmpool.so $(ls obj/*.o | grep -vE 'bench-(main|cmd_)') $libs &&
        gcc -o bin/warmpool obj/bench-main.c.o obj/bench-cmd_*.o -Lbin -lwarmpool \
            -Wl,-rpath,"$tree/bin" $libs
}

build_test() {
    gcc $warn -O1 -o "bin/$(echo "${1%.c}" | tr / -)" "$1" -Lbin -lwarmpool \
        -Wl,-rpath,"$tree/bin" $libs
}

notices() { # TEST: it fails, crashes or hangs
    ! timeout 60 "bin/$1" >/dev/null 2>&1
}

# Own tests first, then all others, then the golden files.
killed() {
    name=$(basename "$1" .c) layer=$(dirname "$1")
    own=$(ls tests/"$layer"/test_"$name".c tests/"$layer"/test_"$name"_*.c 2>/dev/null)
    for test in $own; do
        build_test "$test" || return 0
        program=$(echo "${test%.c}" | tr / -)
        notices "$program" && by=$program && return 0
    done
    for program in $(ls bin | grep -E '^tests-(models|laws|sim)-'); do
        case " $own " in *"$(echo "$program" | sed 's/^tests-[a-z]*-//').c"*) continue ;; esac
        notices "$program" && by=$program && return 0
    done
    by=golden
    ! WARMPOOL=$tree/bin/warmpool timeout 120 sh tests/cli/golden.sh >/dev/null 2>&1
}

# One change: FILE LINE COLUMN OLD NEW, by tabs.
try() {
    printf '%s' "$1" | awk -F '\t' '{ print $1; print $2; print $3; print $4; print $5 }' >change
    file=$(sed -n 1p change) line=$(sed -n 2p change)
    object=obj/$(echo "$file" | tr / -).o
    cp "$file" original
    awk -v line="$line" -v column="$(sed -n 3p change)" -v old="$(sed -n 4p change)" \
        -v new="$(sed -n 5p change)" 'NR == line {
            print substr($0, 1, column - 1) new substr($0, column + length(old)); next } 1' \
        original >"$file"
    result=killed by=
    if ! gcc $warn -O1 -fPIC -c "$file" -o "$object" 2>/dev/null; then
        result=broken
    elif cmp -s "$object" "good/$(basename "$object")"; then
        result=same
    elif ! link 2>/dev/null; then
        result=broken
    elif ! killed "$file"; then
        result=survived
    fi
    before=$(sed -n "${line}p" original | sed 's/^ *//')
    after=$(sed -n "${line}p" "$file" | sed 's/^ *//')
    printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$result" "$file" "$line" "$before" "$after" "$by"
    cp original "$file"
    cp "good/$(basename "$object")" "$object"
    for test in $own; do build_test "$test"; done
}

work() { # NUMBER: every jobs-th change
    cd "$out/tree$1" || exit 1
    tree=$out/tree$1
    link
    own=
    awk -v n="$1" -v jobs="$jobs" 'NR % jobs == n' "$out/changes" | while IFS= read -r change; do
        try "$change"
    done >"$out/results$1"
}

mkdir -p "$out"
for file in "$@"; do
    awk -f tools/mutants.awk "$file" | sed "s|^|$file\t|"
done >"$out/all"
yes "$seed" | shuf --random-source=/dev/stdin -n "$count" "$out/all" >"$out/changes"
chosen=$(wc -l <"$out/changes") all=$(wc -l <"$out/all")
printf 'mutate: %d of %d changes, seed %s\n' "$chosen" "$all" "$seed"
(prepare 0) || { echo 'mutate: cannot build' && exit 1; }
worker=1
while [ "$worker" -lt "$jobs" ]; do
    rm -rf "$out/tree$worker" && cp -r "$out/tree0" "$out/tree$worker"
    worker=$((worker + 1))
done
worker=0
while [ "$worker" -lt "$jobs" ]; do
    (work "$worker") &
    worker=$((worker + 1))
done
wait
cat "$out"/results[0-9]* >"$out/results"

# Known: the same file and the same two lines of code.
awk -F '\t' 'NR == FNR { if (!/^#/ && NF >= 3) known[$1 "\t" $2 "\t" $3] = 1; next }
    $1 == "survived" { key = $2 "\t" $4 "\t" $5
        if (key in known) equivalent++
        else { survived++; printf "%s:%s\n    - %s\n    + %s\n", $2, $3, $4, $5 } }
    $1 == "killed" { killed++ }
    END { total = killed + survived
        printf "mutate: %d killed, %d survived, %d known to make no difference: %.1f %% killed\n", \
            killed, survived, equivalent, total ? 100 * killed / total : 100
        exit total && killed < 0.9 * total }' tools/mutants.known "$out/results"
