#!/bin/sh
# What goes where: the report to stdout, messages to stderr, files to the folder that was named.
. "$(dirname "$0")/kit.inc"

wants 0 run "$small"
says 'A small pool'
complains 'warmpool-out/result.json'
[ "$(ls warmpool-out)" = result.json ] || fail "more than result.json in warmpool-out"
grep -q '"warmpool": *1' warmpool-out/result.json || fail 'result.json has no version'
mv warmpool-out before

wants 0 run "$small" --format json
cmp -s out before/result.json || fail '--format json and result.json differ'
[ ! -e warmpool-out ] || fail '--format json wrote a folder'

wants 0 run "$small" --format json --out both
cmp -s out both/result.json || fail '--format json and result.json differ'

wants 0 run "$small" --out deep/er/report --no-plots
[ -s deep/er/report/result.json ] || fail 'no result.json in the folder of --out'
cmp -s deep/er/report/result.json before/result.json || fail 'the folder changes the result'
[ "$(ls deep/er/report | wc -l)" -gt 2 ] || fail '--out writes hardly anything'
ls deep/er/report | grep -qE '\.(svg|png)$' && fail '--no-plots draws plots'

cp "$small" other.json
wants 0 run "$small" other.json --out two --no-plots
[ -s two/small/result.json ] || fail 'no folder for the first of two files'
[ -s two/other/result.json ] || fail 'no folder for the second of two files'
mkdir twin && cp "$small" twin/small.json
wants 2 run "$small" twin/small.json --out three
complains 'small'
[ ! -e three ] || fail 'a folder was made before the command line was found wrong'

# Every file is checked before the first one runs.
echo '{' >broken.json
wants 3 run "$small" broken.json --out four
[ ! -e four ] || fail 'a folder was made though a file is invalid'
silent out

wants 0 run "$small" --quiet --seed 43
silent err
says 'A small pool'
if cmp -s warmpool-out/result.json before/result.json; then fail 'the seed changes nothing'; fi
wants 0 run - --quiet --format json <"$small"
