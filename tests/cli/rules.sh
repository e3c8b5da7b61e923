#!/bin/sh
# Every rule of DESIGN.md section 2 (the list of `warmpool explain rules`) is named by at least one
# test, other than those of the lists themselves.
. "$(dirname "$0")/kit.inc"

wants 0 explain rules
numbers=$(sed -n 's/^\([A-Z][0-9]\) .*/\1/p' out)
[ "$(echo "$numbers" | wc -l)" -eq 44 ] || fail "rules: $numbers"
tests=$(find "$root/tests" -name 'test_*.c' ! -name 'test_rules.c' ! -name 'test_topics_*.c')
missing=
for number in $numbers; do
    # shellcheck disable=SC2086
    grep -qw "$number" $tests || missing="$missing $number"
done
[ -z "$missing" ] || fail "no test names$missing"
