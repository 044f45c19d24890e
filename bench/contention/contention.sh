#!/usr/bin/env bash
# How much longer does a training step take beside two busy processes? Runs `nabla bench train` alone and beside them in
# turn and prints the ratios of the median steps. On two cores fair sharing alone gives 2; at most 3 is the claim,
# and above it this ends with 1.
# Usage: bench/contention/contention.sh [ROUNDS] [SECONDS] [OPTIONS OF nabla bench train…]
set -euo pipefail
rounds="${1:-3}" seconds="${2:-3}"
shift $(($# < 2 ? $# : 2))
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"

step() {
    "$root/nabla" bench train --seconds "$seconds" --json "$@" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)["results"][0]["milliseconds_median"])'
}

"$root/nabla" --version > /dev/null # builds it, if needed, before anything is measured
limit=$((seconds + 60)) # a busy process ends by itself, whatever becomes of this script
for round in $(seq "$rounds"); do
    alone="$(step "$@")"
    busy=()
    for _ in 1 2; do
        timeout "$limit" bash -c 'while :; do :; done' &
        busy+=($!)
    done
    beside="$(step "$@")"
    kill "${busy[@]}"
    wait "${busy[@]}" 2> /dev/null || true
    echo "$alone $beside"
    LC_ALL=C printf 'round %d: alone %.2f ms, beside two busy processes %.2f ms\n' "$round" "$alone" "$beside" >&2
done | python3 -c '
import statistics, sys
ratio = statistics.median(b / a for a, b in (map(float, line.split()) for line in sys.stdin))
print(f"median of the ratios: {ratio:.2f}")
sys.exit(ratio > 3)'
