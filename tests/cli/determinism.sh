#!/bin/sh
# The same seed gives the same bytes, with any number of threads and from any compiler (DESIGN O2).
. "$(dirname "$0")/kit.inc"

scenarios="$small $(ls "$root"/scenarios/*.json 2>/dev/null | grep -v '/schema\.json$')"

# results NAME PROGRAM OPTION...: result.json and report of every scenario, one after another.
results() {
    name=$1 program=$2
    shift 2
    for scenario in $scenarios; do
        "$program" run "$scenario" --seed 7 --replications 3 --quiet --no-plots \
            --out "$work/$name" "$@" >"$work/report" 2>"$work/err"
        case $? in 0 | 10 | 12) ;; *) fail "$name: $scenario" ;; esac
        cat "$work/report" "$work/$name"/*.json "$work/$name"/*.csv >>"$work/$name.txt"
    done
}

same() {
    cmp "$work/one.txt" "$work/$1.txt" || fail "$1 differs"
}

results one "$warmpool" --threads 1
results two "$warmpool" --threads 2
results seven "$warmpool" --threads 7
same two
same seven

[ "${VARIANT:-release}" = release ] || exit 0
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
