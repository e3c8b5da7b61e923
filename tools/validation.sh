#!/bin/sh
# Remakes results/validation/: every case of tests/theory and tests/peers judged anew, the sweeps
# run and drawn, README.md written from intro.md and the tables.  $TESTS: the test programs, built;
# $WARMPOOL: the program; $WARMPOOL_DATA: the folder of the recorded logs.
set -eu
cd "$(dirname "$0")/.."
folder=results/validation
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
say() { printf 'validation: %s\n' "$*"; }

columns=source,file,alternative,metric,labels,reference,tolerance,ours,low,high,n,off_by,verdict
echo "$columns" >"$work/cases.csv"
: >"$work/cases.md"
status=0
for test in $TESTS; do
    code=0
    VALIDATION=$work "$test" >"$work/log" 2>&1 || code=$?
    case $code in
    0) ;;
    77) tail -n 1 "$work/log" ;;
    *) status=1 && cat "$work/log" ;;
    esac
done

# slim POINTS: what a picture needs of a sweep's points.csv.
slim() {
    tr -d '\r' <"$1" | sed -E 's/"\{""([a-z]+)"".*\}\}"/\1/; s/,1s,/,constant,/' | awk -F, '
        NR == 1 {
            count = split("c,rate,service,T,metric,mean,low,high,n", names)
            for (i = 1; i <= NF; i++) at[$i] = i
        }
        {
            line = ""
            for (i = 1; i <= count; i++)
                if (names[i] in at) {
                    value = $at[names[i]]
                    if (names[i] == "T") sub(/s$/, "", value)
                    line = line (line == "" ? "" : ",") value
                }
            print line
        }'
}

# draw NAME: its two pictures; prints how many points, how far the farthest, how many outside.
draw() {
    for picture in svg png; do
        gnuplot -d -e "folder = '$folder'; picture = '$picture'" "$folder/$1.gp" >"$work/off"
    done
    cat "$work/off"
}

cp "$folder/intro.md" "$work/intro.md"
for name in waits losses keep-alive; do
    "$WARMPOOL" sweep "$folder/$name.json" --quiet --no-plots --out "$work/$name" >/dev/null
    slim "$work/$name/points.csv" >"$folder/$name.csv"
    if command -v gnuplot >/dev/null; then
        draw "$name" >"$folder/$name.off"
    else
        say "gnuplot is not installed: $name.svg stays as it is"
    fi
    read -r points farthest outside <"$folder/$name.off"
    sed "s/@$name@/Of $points points the farthest is $farthest standard errors off; $outside \
intervals miss the exact value, of $(((points + 10) / 20)) to be expected./" \
        "$work/intro.md" >"$work/next.md"
    mv "$work/next.md" "$work/intro.md"
done

cat "$work/intro.md" "$work/cases.md" >"$work/README.md"
mv "$work/README.md" "$work/cases.csv" "$folder"
agree=$(grep -c ',agrees$' "$folder/cases.csv") || true
say "$agree of $(($(wc -l <"$folder/cases.csv") - 1)) cases agree"
exit $status
