#!/bin/sh
# explain: topics, entries, paths, JSON, typing errors; and the schema is the one in scenarios/.
. "$(dirname "$0")/kit.inc"

wants 0 explain
silent err
says 'warmpool explain TOPIC'
topics=$(sed -n 's/^\([a-z-]*\)  .*/\1/p' out | grep -v '^topic$')
[ "$(echo "$topics" | wc -l)" -ge 13 ] || fail "topics: $topics"

for topic in $topics; do
    wants 0 explain "$topic"
    silent err
    [ "$(wc -l <out)" -gt 5 ] || fail "explain $topic says next to nothing"
    [ "$topic" = schema ] && continue
    LC_ALL=C.UTF-8 awk 'length($0) > 96 { exit 1 }' out ||
        fail "explain $topic: a long line"
    wants 0 explain "$topic" --format json
    says "\"topic\": \"$topic\""
done

# One of each, by its name alone.
for name in P4 C2 keep_alive keep_alive_s /apps/MyApp/keep_alive wait_s canary GPU-H100 E0304 \
    W0401 SETUP lognormal 503 rejected; do
    wants 0 explain "$name"
    silent err
done
wants 0 explain /apps/MyApp/keep_alive
says '/apps/NAME/keep_alive'
wants 0 explain rule P4
cp out first
wants 0 explain rules p4
cmp -s out first || fail 'rule P4 and rules p4 differ'
wants 0 explain exit-codes 12
says 'cannot tell'

wants 0 explain schema
cmp -s out "$root/scenarios/schema.json" || fail 'scenarios/schema.json is old: run make golden'
for file in "$root"/scenarios/*.json; do
    case "$file" in */schema.json) continue ;; esac
    grep -q '"\$schema": *"schema.json"' "$file" || fail "$file does not name its schema"
done

wants 2 explain keep_aliev
silent out
complains 'no topic or entry "keep_aliev"; did you mean "keep_alive"?'
wants 2 explain metrcis wait_s
complains 'no topic "metrcis"; did you mean "metrics"?'
wants 2 explain metrics waits_s
complains 'did you mean "wait_s"?'
wants 2 explain a b c
complains 'expected a topic and a name at most'
