#!/usr/bin/env bash
# ./x bench fuzz [COUNT [FIRST]]: hostile formulas through everything that is done with one (tests/Nabla.Cli.Tests/Hostile),
# those of the seeds FIRST, FIRST + 1, …. What takes the process down, or a minute, is told and left out. It ends with what
# was run, what failed, and the ten worst by processor time and by bytes.
set -euo pipefail
count="${1:-100000}" first="${2:-1000000}"
patience="${NABLA_FUZZ_PATIENCE:-60}" # seconds for one input
end=$((first + count))
folder="$PWD/artifacts/fuzz"
log="$folder/$first"
tests="tests/Nabla.Cli.Tests"
mkdir -p "$folder"
rm -f "$log" "$log".*
[ -n "${NABLA_FUZZ_NO_BUILD:-}" ] || dotnet build "$tests" -c Release -v quiet --nologo

broken=0 part=0
while [ "$first" -lt "$end" ]; do
    part=$((part + 1))
    NABLA_FUZZ=$((end - first)) NABLA_FUZZ_SEED="$first" NABLA_FUZZ_LOG="$log.$part" \
        dotnet vstest "$tests/bin/Release/net10.0/Nabla.Cli.Tests.dll" \
        --TestCaseFilter:FullyQualifiedName~Any_text_is_explained_drawn > "$log.$part.out" 2>&1 < /dev/null &
    run=$!
    while kill -0 "$run" 2> /dev/null; do
        sleep 2
        [ -f "$log.$part.now" ] || continue
        if [ $(($(date +%s) - $(stat -c %Y "$log.$part.now"))) -gt "$patience" ]; then
            read -r _ host _ < "$log.$part.now"
            kill -9 "$host" 2> /dev/null || true
        fi
    done
    wait "$run" || true
    [ -f "$log.$part.now" ] || { echo "The tests did not start: see $log.$part.out." >&2; exit 1; }
    read -r now _ part_of < "$log.$part.now"
    grep -qE '^ *(Passed|Failed)' "$log.$part.out" && [ "$now" -eq $((end - 1)) ] && break
    broken=$((broken + 1))
    echo "The input of seed $now took the process down, or a minute, in $part_of: see $log.$part.out."
    first=$((now + 1))
    [ "$broken" -lt 100 ] || break
done
for ((i = 1; i <= part; i++)); do
    [ ! -f "$log.$i" ] || cat "$log.$i"
done
echo "$broken inputs took the process down or a minute."
[ "$broken" -eq 0 ] && ! grep -qE '[1-9][0-9]* failures' "$log".[0-9]*[0-9] "$log".[0-9] 2> /dev/null
