#!/bin/sh
# The rules of the house: prints every offence and fails if there is one.  `make tidy` builds the
# objects first and names them in $OBJECTS.
set -u
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/.." || exit 1
found=$(mktemp)
trap 'rm -f "$found"' EXIT

code=$(find sim models bench tests -name '*.[ch]' | sort)
headers=$(find sim models bench tests -name '*.h' | sort)
program=$(find sim models bench -name '*.c' | sort)
simulation=$(find sim models -name '*.[ch]' | sort)
scripts="$(find tests tools -name '*.sh' -o -name '*.inc' | sort) .ci/run"

# offences RULE: each line of the input is one.
offences() {
    sed "s|^|$1: |" >>"$found"
}

# never RULE PATTERN FILE...: the pattern stands nowhere outside a comment.
never() {
    rule=$1 pattern=$2
    shift 2
    grep -nP "^(?!\s*//).*?$pattern" "$@" | offences "$rule"
}

layers() {
    grep -nE '#include "(models|bench|tests)/' sim/*.[ch]
    grep -nE '#include ("(bench|tests)/|<cjson|<pthread|<stdio)' models/*.[ch]
    grep -nrE '#include "(bench/[^i][^/]*/|bench/[^/]*"|tests/)' bench/input
    grep -nrE '#include "(bench/(output|explain)/|bench/[^/]*"|tests/)' bench/experiment
    grep -nrE '#include "(bench/explain/|bench/[^/]*"|tests/)' bench/output
    grep -nrE '#include "(bench/experiment/|bench/[^/]*"|tests/)' bench/explain
    grep -nE '#include "tests/' bench/*.[ch]
}

# Constant tables with pointers sit in .data.rel.ro, which is not in the list.  The exception is the
# thread-local pointer of the crash line.
globals() {
    mutable='( O \.(data|bss|data\.rel|data\.rel\.local)|[lg]       \.t(data|bss))[[:space:]]'
    for object in ${OBJECTS:-}; do
        objdump -t "$object" | grep -E "$mutable" | sed "s|^.* |$object: |"
    done | grep -v 'sim/check\.o: '
}

headers_alone() {
    for header in $headers; do
        case "$header" in tests/*) continue ;; esac
        echo "#include \"$header\"" |
            "${CC:-gcc}" -std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -I. -Wall -Wextra \
                -Werror -fsyntax-only -x c - 2>&1 | head -3
    done
}

long_functions() {
    # shellcheck disable=SC2086
    ctags -x --c-kinds=f --fields=+e --_xformat='%{end} %n %N %F' $code |
        awk '$1 - $2 + 1 > 70 { print $4 ":" $2 ": " $3 " has " $1 - $2 + 1 " lines" }'
}

long_files() {
    for file in $code $scripts; do
        lines=$(wc -l <"$file")
        [ "$lines" -le 600 ] || echo "$file has $lines lines"
    done
}

without_test() {
    for file in $program; do
        name=$(basename "$file" .c)
        case "$file" in bench/main.c | bench/cmd_*.c) continue ;; esac
        [ -f "tests/${file%%/*}/test_$name.c" ] || echo "$file"
    done
}

layers | offences 'include goes up'
globals | offences 'mutable global'
headers_alone | offences 'header does not compile alone'
long_functions | offences 'function over 70 lines'
long_files | offences 'file over 600 lines'
without_test | offences 'no test file'
# shellcheck disable=SC2086
{
    grep -L '^#pragma once$' $headers | offences 'no #pragma once'
    grep -nE '^.{101,}' $code $scripts | cut -d: -f1,2 | offences 'line over 100 columns'
    grep -nP '\t' $code $scripts | cut -d: -f1,2 | offences 'tab'
    grep -nE ' $' $code $scripts Makefile | cut -d: -f1,2 | offences 'space at the end of a line'
    grep -nEw 'TO''DO|FIX''ME|X''XX' $code $scripts Makefile | offences 'unfinished'
    never 'banned function' "\\b(strcpy|strcat|v?sprintf|strtok|gets|s?rand)\\((?!')" $code
    never 'object without a kind of keys' 'object_open\(.*NULL\)' bench/input/*.c
    never 'struct typedef' '\btypedef (struct|union|enum)\b[^(]*$' $code
    grep -nE '^[^"]*/\*' $code | offences 'comment that is not //'
    never 'clock in the simulation' '\b(time|clock|clock_gettime|gettimeofday)\(' $simulation
    never 'printing in the simulation' '\b(printf|puts|fopen|perror)\(' $simulation
    never 'heap in the simulation' '\b(malloc|calloc|realloc|free)\(' \
        $(echo "$simulation" | grep -v '^sim/arena\.c$')
}

if [ -s "$found" ]; then
    cat "$found"
    printf 'tidy: %d offences\n' "$(wc -l <"$found")"
    exit 1
fi
echo 'tidy: no offences'
