#!/bin/sh
# Help is found wherever one looks for it, and typing errors are named.
. "$(dirname "$0")/kit.inc"

wants 2
silent out
complains 'Usage: warmpool VERB [FILE...] [OPTION...]'
complains 'Examples:'

for arguments in help --help -h; do
    wants 0 $arguments
    silent err
    says 'Usage: warmpool'
    says '--replications N'
    says 'Exit codes:'
done

for verb in run compare validate explain bench help version; do
    wants 0 "$verb" --help
    silent err
    says "Usage: warmpool $verb"
    cp out first
    wants 0 help "$verb"
    cmp -s out first || fail "help $verb and $verb --help differ"
done
wants 0 run no-such-file.json -h
says 'Usage: warmpool run FILE...'

wants 0 --version
says 'warmpool '
cp out first
wants 0 version
cmp -s out first || fail 'version and --version differ'

wants 2 vlaidate
complains 'unknown verb "vlaidate"; did you mean "validate"?'
wants 2 help rum
complains 'did you mean "run"?'
wants 2 run --repliactions 3 x.json
complains 'unknown option --repliactions; did you mean --replications?'
silent out
