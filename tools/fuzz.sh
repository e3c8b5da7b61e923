#!/bin/sh
# Fuzzes every tests/fuzz/fuzz_*.c under the sanitizers: tools/fuzz.sh [SECONDS], 60 by default,
# shared out among them.  Seeds are copies of the scenario files; whatever is found or made stays in
# build/fuzz/.
set -u
cd "$(dirname "$0")/.." || exit 1
seconds=${1:-60}
case "$seconds" in '' | *[!0-9]*) echo 'usage: tools/fuzz.sh [SECONDS]' >&2 && exit 2 ;; esac
command -v clang >/dev/null || { echo 'fuzz.sh: clang is needed' >&2 && exit 1; }

out=build/fuzz
sanitize='-g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all'
mkdir -p "$out" || exit 1
make --no-print-directory BUILD="$out/lib" CC=clang VARIANT=debug \
    CFLAGS="$sanitize -fsanitize=fuzzer-no-link" "$out/lib/libwarmpool.a" || exit 1

# seeds NAME FOLDER: what the fuzzer of that name starts from, and the words that it knows.
seeds() {
    echo '","' >"$out/$1.dict"
    case "$1" in
    fuzz_scenario)
        cp scenarios/*.json "$2"
        grep -oh '"[a-zA-Z_$-]*"' scenarios/*.json bench/input/*.c models/config.c | sort -u |
            grep -v '""' | sed 's/"/\\"/g; s/.*/"&"/' >"$out/$1.dict"
        ;;
    fuzz_condition)
        printf '%s' "(s == 'rolling' || x * 2 < 5m) && !t && \`a b\` >= -1.5e-3" >"$2/seed"
        printf '"%s"\n' '&&' '||' '==' '!=' '<=' '>=' true false rolling '(' ')' >"$out/$1.dict"
        ;;
    fuzz_trace)
        for file in scenarios/*.csv; do
            head -n 20 "$file" >"$2/$(basename "$file")"
        done
        head -c 2000 scenarios/request-log-sample.jsonl >"$2/log.json"
        echo '{"items": [{"sent_at": 9, "started_at": 9.5, "ended_at": 10}], "has_more": true}
            {"items": [{"sent_at": 7, "started_at": null, "ended_at": null}]}' >"$2/pages.json"
        echo '{"sent_at": 1, "started_at": 2, "ended_at": 3.5, "endpoint_id": "a"}' >"$2/item.json"
        printf 'arrival,service,caller,app,priority,outcome,key,cold\n5,1,acme,A,low,503,k,1\n' \
            >"$2/columns.csv"
        awk 'BEGIN { printf "HashOwner,HashApp,HashFunction,Trigger"
            for (i = 1; i <= 1440; i++) printf ",%d", i
            printf "\no,a,f,http"
            for (i = 1; i <= 1440; i++) printf ",%d", i % 3 }' >"$2/day.csv"
        for word in '[' ']' '{' '}' ':' '\"items\":[' '\"sent_at\":' '\"started_at\":' \
            '\"ended_at\":' '\"endpoint_id\":' '\\u00e9' 'null' 'arrival' 'caller'; do
            printf '"%s"\n' "$word"
        done >>"$out/$1.dict"
        ;;
    esac
}

count=$(find tests/fuzz -name 'fuzz_*.c' | wc -l)
each=$(((seconds + count - 1) / count))
failed=0
for source in tests/fuzz/fuzz_*.c; do
    name=$(basename "$source" .c)
    mkdir -p "$out/$name"
    seeds "$name" "$out/$name"
    # shellcheck disable=SC2086
    clang $sanitize -fsanitize=fuzzer -std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -I. \
        -o "$out/$name.run" "$source" "$out/lib/libwarmpool.a" \
        -lgsl -lgslcblas -lcjson -lz -lm -pthread || exit 1
    printf 'FUZZ  %s, %d s\n' "$name" "$each"
    if "$out/$name.run" -max_total_time="$each" -timeout=20 -rss_limit_mb=4096 -max_len=65536 \
        -dict="$out/$name.dict" -print_final_stats=1 \
        -artifact_prefix="$out/$name-" "$out/$name" >"$out/$name.log" 2>&1; then
        grep '^Done' "$out/$name.log"
    else
        failed=$((failed + 1))
        tail -n 40 "$out/$name.log"
        printf 'FOUND %s: see %s.log\n' "$name" "$out/$name"
    fi
done
[ "$failed" -eq 0 ]
