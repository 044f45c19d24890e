#!/usr/bin/env bash
# Measures what Nabla claims: how well the recipes learn and how long it takes, beside PyTorch where it is installed.
#   ./x bench acceptance DATA     DATA is the tiny Shakespeare text (1.1 MB); on two cores it takes about half an hour
# Prints a table, writes bench/acceptance/results.md, and ends with 1 when a bar is missed. The machine must be idle.
# NABLA_ACCEPTANCE_STEPS=5 rehearses the script: so many steps in every run, and results.md stays as it is.
set -euo pipefail

data="$(realpath -e -- "${1:?usage: ./x bench acceptance DATA}")"
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"
results="$root/bench/acceptance/results.md"
rehearsal="${NABLA_ACCEPTANCE_STEPS:-}"
nanogpt_seeds=(1 2 3) shakespeare_seed=1 quickstart_seeds=(1 2)
steps=()
[ -z "$rehearsal" ] || steps=(--steps "$rehearsal")
rows=()
missed=0
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

nabla() { "$root/nabla" "$@"; }

note() { printf '▸ %s\n' "$*" >&2; }

# number FILE KEY…: a number inside a JSON document, or nothing when it is not there.
number() {
    python3 -c '
import json, sys
value = json.load(open(sys.argv[1]))
for key in sys.argv[2:]:
    value = value[key]
print(value)' "$@" 2> /dev/null || true
}

row() {
    rows+=("| $1 | $2 | $3 | $4 |")
    note "$1: asked $2, measured $3: $4"
}

# judge WHAT MEASURED (at-most|at-least) BAR FORMAT: one row; what could not be measured misses its bar.
judge() {
    local what="$1" measured="$2" relation="$3" bar="$4" format="$5" verdict
    verdict="$(python3 - "$measured" "$relation" "$bar" <<'EOF'
import sys
try:
    measured, bar = float(sys.argv[1]), float(sys.argv[3])
    print("pass" if (measured <= bar if sys.argv[2] == "at-most" else measured >= bar) else "FAIL")
except ValueError:
    print("FAIL")
EOF
    )"
    [ "$verdict" = pass ] || missed=$((missed + 1))
    # shellcheck disable=SC2059
    [ -z "$measured" ] && measured="nothing" || measured="$(LC_ALL=C printf "$format" "$measured")"
    # shellcheck disable=SC2059
    row "$what" "${relation/-/ } $(LC_ALL=C printf "$format" "$bar")" "$measured" "$verdict"
}

# report WHAT MEASURED FORMAT: one row without a bar, for what has to be measured only.
report() {
    if [ -z "$2" ]; then
        row "$1" "to be measured" "nothing" "FAIL"
        missed=$((missed + 1))
        return
    fi
    # shellcheck disable=SC2059
    row "$1" "to be measured" "$(LC_ALL=C printf "$3" "$2")" "—"
}

# timed COMMAND…: runs it, its log to stderr only when it fails; its wall clock in $seconds.
timed() {
    local from="$EPOCHREALTIME" code=0
    "$@" 2> "$work/log" || code=$?
    seconds="$(awk -v a="$from" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }')"
    [ "$code" -eq 0 ] || { note "exit code $code: $*"; tail -n 5 "$work/log" >&2; }
    return 0
}

# train_and_evaluate RECIPE SEED: leaves $work/eval.json, and how long the training took in $seconds.
train_and_evaluate() {
    local model="$work/$1-$2" took
    rm -f "$work/eval.json"
    timed nabla train --recipe "$1" --data "$data" --out "$model" --seed "$2" "${steps[@]}" --json > "$work/train.json"
    took="$seconds"
    timed nabla eval "$model" --data "$data" --split val --json > "$work/eval.json"
    seconds="$took"
}

measure_nanogpt() {
    local seed
    for seed in "${nanogpt_seeds[@]}"; do
        train_and_evaluate nanogpt-cpu "$seed"
        judge "nanogpt-cpu, seed $seed: validation loss, nats a character" \
            "$(number "$work/eval.json" loss_nats_per_token)" at-most 1.89 "%.5f"
    done
}

measure_peer() {
    local what="nanogpt-cpu: speed, as a multiple of PyTorch's" log
    if ! /usr/bin/python3 -c 'import torch' 2> /dev/null; then
        row "$what" "at least 1.00" "PyTorch is not installed" "not measured"
        return
    fi
    log="$(bash "$root/bench/peers/nanogpt.sh" "$data" ${rehearsal:+1 "$rehearsal"})" || true
    judge "$what" "$(sed -n 's/^median of the ratios: //p' <<< "$log")" at-least 1 "%.2f"
}

measure_shakespeare() {
    train_and_evaluate shakespeare "$shakespeare_seed"
    judge "shakespeare, seed $shakespeare_seed: validation loss, nats a byte" \
        "$(number "$work/eval.json" nats_per_byte)" at-most 1.58 "%.4f"
    judge "shakespeare, seed $shakespeare_seed: wall clock, seconds" "$seconds" at-most 600 "%.0f"
}

measure_quickstart() {
    local seed found="$work/quickstart.json"
    for seed in "${quickstart_seeds[@]}"; do
        timed nabla quickstart --out "$work/quickstart-$seed" --seed "$seed" "${steps[@]}" --json > "$found"
        judge "quickstart, seed $seed: held-out sums right" "$(number "$found" sums_right rate)" at-least 0.9 "%.3f"
        judge "quickstart, seed $seed: seen facts recalled" "$(number "$found" facts_recalled rate)" at-least 0.95 "%.3f"
        report "quickstart, seed $seed: answers invented" "$(number "$found" answers_invented rate)" "%.3f"
        judge "quickstart, seed $seed: wall clock, seconds" "$seconds" at-most 180 "%.0f"
    done
}

describe() {
    local commit torch
    commit="$(git -C "$root" rev-parse --short HEAD 2> /dev/null || echo unknown)"
    [ -z "$(git -C "$root" status --porcelain 2> /dev/null)" ] || commit+=" with changes"
    torch="$(/usr/bin/python3 -c 'import torch; print(torch.__version__)' 2> /dev/null || echo none)"
    cat <<EOF
# What Nabla shows

Measured by \`./x bench acceptance DATA\`; do not edit.

- date: $(date -u +%Y-%m-%dT%H:%MZ)
- machine: $(lscpu | sed -n 's/^Model name: *//p' | head -n 1), $(nproc) cores, $(awk '/MemTotal/ { printf "%.0f GB", $2 / 1e6 }' /proc/meminfo), load average before: $load
- versions: $version (commit $commit), .NET SDK $(dotnet --version), PyTorch $torch, $(uname -sr)
- data: $(basename "$data"), $(stat -c %s "$data") bytes, SHA-256 $(sha256sum < "$data" | cut -c 1-16)…
- seeds: nanogpt-cpu ${nanogpt_seeds[*]}; shakespeare $shakespeare_seed; quickstart ${quickstart_seeds[*]}

| what | asked | measured | |
|---|---|---|---|
EOF
    printf '%s\n' "${rows[@]}"
}

command -v python3 > /dev/null || { echo "This benchmark needs python3, to read JSON." >&2; exit 2; }
version="$(nabla --version)" # builds, if need be, before any clock runs
load="$(cut -d ' ' -f 1 /proc/loadavg)"
awk -v load="$load" 'BEGIN { exit load < 0.5 }' && note "The load average is $load: times measured beside other work say little."

measure_nanogpt
measure_peer
measure_shakespeare
measure_quickstart

describe > "$work/results.md"
[ -n "$rehearsal" ] || cp "$work/results.md" "$results"
cat "$work/results.md"
[ "$missed" -eq 0 ] || { echo "$missed missed" >&2; exit 1; }
