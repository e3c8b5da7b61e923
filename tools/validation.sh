#!/bin/sh
# Remakes results/validation/: every case of tests/theory and tests/peers judged anew, README.md
# written from intro.md and the table.  $TESTS: the test programs, built.
set -eu
cd "$(dirname "$0")/.."
folder=results/validation
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
columns=source,file,alternative,metric,labels,reference,tolerance,mean,low,high,n,verdict
echo "$columns" >"$work/cases.csv"
{
    echo '| case | source | quantity | reference | ours | 95 % interval | verdict |'
    echo '|---|---|---|---|---|---|---|'
} >"$work/cases.md"
status=0
for test in $TESTS; do
    VALIDATION=$work "$test" >"$work/log" 2>&1 || { status=1 && cat "$work/log"; }
done
cat "$folder/intro.md" "$work/cases.md" >"$work/README.md"
mv "$work/README.md" "$work/cases.csv" "$folder"
agree=$(grep -c ',agrees$' "$folder/cases.csv") || true
printf 'validation: %d of %d cases agree\n' "$agree" "$(($(wc -l <"$folder/cases.csv") - 1))"
exit $status
