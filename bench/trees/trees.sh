#!/usr/bin/env bash
# ./x bench trees [COUNT [FIRST]]: formulas grown from the seeds FIRST, FIRST + 1, … until COUNT of them have a value, printed
# as LaTeX, MathML, text, Python, C# and cells, and read or run again (tests/Nabla.Formulas.Tests/Printing/Grown). It ends
# with how many were compared, how many differ and how many a language refused; artifacts/trees.log holds each difference.
set -euo pipefail
log="$PWD/artifacts/trees.log"
tests="tests/Nabla.Formulas.Tests"
mkdir -p artifacts
rm -f "$log"
dotnet build "$tests" -c Release -v quiet --nologo
NABLA_TREES="${1:-20000}" NABLA_TREES_SEED="${2:-1}" NABLA_TREES_LOG="$log" \
    dotnet vstest "$tests/bin/Release/net10.0/Nabla.Formulas.Tests.dll" \
    --TestCaseFilter:FullyQualifiedName~GrownFormulaTests > "$log.out" 2>&1 < /dev/null || true
grep -a ' compared, ' "$log"
! grep -aqE ' [1-9][0-9]* differ' "$log"
