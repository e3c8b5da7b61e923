#!/bin/sh
# Instructions of `warmpool run` on each tests/perf/*.json, counted by callgrind, against the
# figures stored in tests/perf/instructions:  tools/perfgate.sh [--store].
#
# Counts do not depend on what else the machine does, so 1 % is a change of the program.  They do
# depend on compiler and C library, and on which clones the processor runs (sim/compiler.h): figures
# of others are not compared (exit status 77).
set -u
cd "$(dirname "$0")/.." || exit 1
warmpool=${WARMPOOL:-./warmpool}
stored=tests/perf/instructions
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
command -v valgrind >/dev/null || { echo 'perfgate: valgrind is needed' >&2 && exit 77; }
compiler="gcc $(gcc -dumpfullversion), libc $(ldd --version | sed -n '1s/.* //p')"
grep -qw avx2 /proc/cpuinfo && compiler="$compiler, AVX2"

for scenario in tests/perf/*.json; do
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$warmpool" run "$scenario" \
        --threads 1 --format json --quiet >/dev/null 2>"$work/log" ||
        { cat "$work/log" && exit 1; }
    count=$(sed -n 's/.*Collected : //p' "$work/log")
    echo "$(basename "$scenario" .json) $count"
done >"$work/now"

if [ "${1:-}" = --store ]; then
    { echo "# $compiler" && cat "$work/now"; } >"$stored"
    cat "$stored"
    exit 0
fi
if [ "$(head -n 1 "$stored")" != "# $compiler" ]; then
    echo "perfgate: figures are of another compiler ($(head -n 1 "$stored")), this is $compiler"
    exit 77
fi
awk 'NR == FNR { if (!/^#/) before[$1] = $2; next }
    !($1 in before) { printf "%-12s %12d  no figure stored\n", $1, $2; bad++; next }
    { change = 100 * ($2 / before[$1] - 1); verdict = "ok"
      if (change > 1) { verdict = "MORE: say why, and make perfgate-store"; bad++ }
      if (change < -1) { verdict = "LESS: make perfgate-store"; bad++ }
      printf "%-12s %12d  %+6.2f %%  %s\n", $1, $2, change, verdict }
    END { printf "perfgate: %s\n", bad ? bad " changed" : "all within 1 %"; exit bad > 0 }' \
    "$stored" "$work/now"
