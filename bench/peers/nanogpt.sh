#!/usr/bin/env bash
# Trains the recipe nanogpt-cpu in Nabla and in PyTorch in turn, the same number of steps, and prints the median of the
# ratios of their speeds. Usage: bench/peers/nanogpt.sh DATA [ROUNDS] [STEPS] [THREADS]
set -euo pipefail
data="$(realpath "${1:?usage: bench/peers/nanogpt.sh DATA [ROUNDS] [STEPS] [THREADS]}")"
rounds="${2:-5}" steps="${3:-300}" threads="${4:-2}"
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

nabla() {
    rm -rf "$work/nabla"
    "$root/nabla" train --recipe nanogpt-cpu --data "$data" --out "$work/nabla" --steps "$steps" --threads "$threads" \
        --json > /dev/null 2>&1
    # The speed of the second half, when everything is compiled.
    python3 - "$work/nabla/metrics.jsonl" <<'EOF'
import json, statistics, sys
speeds = [json.loads(line)["tokens_per_second"] for line in open(sys.argv[1])]
print(statistics.median(speeds[len(speeds) // 2:]))
EOF
}

pytorch() {
    env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE ATEN_CPU_CAPABILITY=avx512 MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=-1 MALLOC_TOP_PAD_=268435456 \
        /usr/bin/python3 "$root/bench/peers/pytorch_nanogpt.py" --data "$data" --steps "$steps" --threads "$threads" --bias |
        python3 -c 'import json, sys; print(json.load(sys.stdin)["tokens_per_second"])'
}

for round in $(seq "$rounds"); do
    ours="$(nabla)"
    theirs="$(pytorch)"
    echo "$ours $theirs"
    printf 'round %d: Nabla %.0f tokens/s, PyTorch %.0f tokens/s\n' "$round" "$ours" "$theirs" >&2
done | python3 -c '
import statistics, sys
pairs = [tuple(map(float, line.split())) for line in sys.stdin]
print(f"median of the ratios: {statistics.median(a / b for a, b in pairs):.2f}")'
