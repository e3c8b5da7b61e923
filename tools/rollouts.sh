#!/bin/sh
# Remakes results/rollouts/: each of its scenario files swept anew, its points and pictures in the
# folder of its name, README.md written from intro.md and the points.
set -eu
cd "$(dirname "$0")/.."
warmpool=${WARMPOOL:-./warmpool}
folder=results/rollouts
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp "$folder/intro.md" "$work/README.md"
for name in subsecond image video; do
    "$warmpool" sweep "$folder/$name.json" --quiet --out "$work/$name" >"$work/report"
    title=$(sed -n 's/^ *"title": "\(.*\)",$/\1/p' "$folder/$name.json")
    {
        printf '\n## %s\n\n' "$title"
        awk -f tools/rollouts.awk "$work/$name/points.csv"
        printf '\n'
        for metric in excess_failed_requests-App excess_cost_usd-App-owner; do
            printf '![%s: %s](%s/%s.png)\n' "$title" "$metric" "$name" "$metric"
        done
    } >>"$work/README.md"
    rm -rf "${folder:?}/$name"
    mkdir "$folder/$name"
    cp "$work/$name/points.csv" "$folder/$name"
    for picture in "$work/$name"/plots/*-curves.png; do
        cp "$picture" "$folder/$name/$(basename "$picture" -curves.png).png"
    done
    echo "rollouts: $name"
done

# The flagship comparison once more, for what common random numbers save it.
"$warmpool" run "$folder/image.json" --quiet --no-plots --out "$work/compare" >"$work/report"
{
    printf '\n## What the same random numbers save\n\n'
    cat <<'END'
How many times as many replications independent random numbers would take for intervals as short,
for the differences from `recreate` in [image.json](image.json) as it stands:

END
    awk -f tools/rollouts_saved.awk "$work/compare/comparisons.csv"
} >>"$work/README.md"
mv "$work/README.md" "$folder"
