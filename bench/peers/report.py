"""Writes bench/results.md: every row with its floor, and whether it was reached. What was not measured never passes."""
import datetime
import pathlib
import platform
import subprocess

import contender
import rows

FAIL = "**FAIL**"

OPENING = """# Nabla beside its peers

Written by `./x bench peers`. Nabla and the peer are warm processes on one machine that take turns; a ratio is the median
over {rounds} rounds of Nabla's speed by the peer's in the same round. A row passes when every floor in it is reached;
what could not be measured does not pass.
"""


def measured(results, round_trips, o):
    """Everything but the end, which is written by hand."""
    parts = [OPENING.format(rounds=o.rounds)]
    if o.quick:
        parts.append("**A quick run: short turns, few rounds. Good for seeing that everything runs, not for numbers.**\n")
    parts.append(surroundings(results, round_trips))
    models = [row for row in rows.MODELS if row.key in results]
    if models:
        parts.append(training(models, results))
    if "sgemm" in results:
        parts.append(sgemm(results["sgemm"]))
    if some := [row for row in rows.DECOMPOSITIONS if row.key in results]:
        parts.append(decompositions(some, results))
    if "shakespeare" in results:
        parts.append(shakespeare(results["shakespeare"]))
    return "\n".join(parts)


def with_bounds(text):
    return text + "\n" + pathlib.Path(contender.HERE / "bounds.md").read_text(encoding="utf-8")


def summary(key, result):
    """A row in a line, for whoever waits."""
    if "error" in result:
        return f"not measured: {result['error']}"
    if key == "sgemm":
        ratios = [shape["ratio"]["2"] for shape in result["shapes"] if shape["ratio"]]
        return f"from {min(ratios):.2f} times the best peer" if ratios else "not measured: no peer"
    if "peer" in result:
        return f"{result['ratio']:.2f} times {result['peer'][0]}, {result['times']['Nabla', 2]:.1f} ms"
    if key == "shakespeare":
        return f"{result['share']:.2f} of PyTorch's time"
    row = next(row for row in rows.MODELS if row.key == key)
    two = result["threads"]["2"]
    return (f"{two['ratio']:.2f} (floor {row.floor}), one thread {result['threads']['1']['ratio']:.2f}, "
            f"{two['speeds'][0]:,.0f} and {two['speeds'][1]:,.0f} {result['items']}/s, {100 * result['share']:.0f} % of peak")


def passes(*checks):
    return "pass" if all(checks) else FAIL


def training(models, results):
    lines = [
        "## Training steps\n",
        "Forward, backward, clipping (GPT only) and the optimizer; `nabla bench` and `bench/peers/pytorch_serve.py`. Shares are "
        "of the machine's multiply-adds on registers, measured in the same run: 6N + attention, which is counted where it "
        "looks back only; in brackets with the whole square of attention, as PaLM and nanoGPT count. "
        "Convolutions are counted as direct ones, 2·K² operations a value and channel; Winograd's way multiplies less, so that "
        "its share is no utilization. MLP and CNN train on random images on both sides. Where less memory is asked for, "
        "PyTorch's is the least of a run with the settings below and of one as it comes, without MALLOC_* and --jit.\n",
        "| work | Nabla, 2 threads | PyTorch | ratio (floor) | 1 thread (floor) | share of peak (floor) | 2 threads / 1 (floor), "
        "PyTorch's | memory, PyTorch's | |",
        "|---|---|---|---|---|---|---|---|---|"]
    lines += [training_line(row, results[row.key]) for row in models]
    lines += ["", "AVX2 only (`DOTNET_EnableAVX512=0` against `ATEN_CPU_CAPABILITY=avx2 OPENBLAS_CORETYPE=Haswell "
              "ONEDNN_MAX_CPU_ISA=AVX2`), 2 threads:\n",
              "| work | Nabla | PyTorch | ratio (floor) | share of the AVX2 peak | |", "|---|---|---|---|---|---|"]
    lines += [avx2_line(row, results[row.key]) for row in models if row.avx2]
    return "\n".join(lines) + "\n"


def training_line(row, result):
    if "error" in result:
        return f"| {row.title} | not measured: {result['error']} | | | | | | | **FAIL** |"
    two, one, (mine, other) = result["threads"]["2"], result["threads"]["1"], result["memory"]
    share, scaling = result["share"], result["scaling"]
    cells = [
        row.title, f"{two['speeds'][0]:,.0f} {result['items']}/s", f"{two['speeds'][1]:,.0f}",
        f"{two['ratio']:.2f} (≥ {row.floor})", f"{one['ratio']:.2f} (≥ {row.floor})",
        f"{100 * share:.0f} %" + (f" [{100 * result['share_uncut']:.0f} %]" if "share_uncut" in result else "")
        + (f" {row.counted}" if row.counted else "") + (f" (≥ {100 * row.share_floor:.0f} %)" if row.share_floor else ""),
        f"{scaling[0]:.2f}" + (f" (≥ {row.scaling_floor})" if row.scaling_floor else "") + f", {scaling[1]:.2f}",
        f"{mine / 2**20:,.0f} MiB" + (" (less)" if row.less_memory else "") + f", {other / 2**20:,.0f} MiB",
        passes(two["ratio"] >= row.floor, one["ratio"] >= row.floor, share >= row.share_floor,
               scaling[0] >= row.scaling_floor, mine < other or not row.less_memory)]
    return f"| {' | '.join(cells)} |"


def avx2_line(row, result):
    result = result if "error" in result else result["avx2"]
    if "error" in result:
        return f"| {row.title} | not measured: {result['error']} | | | | **FAIL** |"
    two = result["threads"]["2"]
    return (f"| {row.title} | {two['speeds'][0]:,.0f} {result['items']}/s | {two['speeds'][1]:,.0f} | {two['ratio']:.2f} (> 1) | "
            f"{100 * result['share']:.0f} % | {passes(two['ratio'] > 1)} |")


def sgemm(result):
    if "error" in result:
        return f"## SGEMM\n\nNot measured: {result['error']}. **FAIL**\n"
    lines = [
        "## SGEMM\n",
        f"GFLOP/s; the ratio is Nabla's to the fastest of the three. Floors: {rows.SGEMM_FLOOR} of it on every shape with 2 "
        f"threads and with 1, {100 * rows.SGEMM_SHARE_FLOOR:.0f} % of the peak where all sizes are {rows.SGEMM_LARGE} or more, 2 "
        f"threads {rows.SGEMM_SCALING_FLOOR} times 1.\n",
        "| M×N×K | Nabla | oneDNN | OpenBLAS | BLIS | ratio | share of peak | Nabla, 1 thread | best peer, 1 thread | ratio | 2 / 1 | |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|"]
    lines += [sgemm_line(shape, bool(result["missing"])) for shape in result["shapes"]]
    lines += [""] + [f"Not measured: {reason}. **FAIL**" for reason in result["missing"] + result["failed"]]
    return "\n".join(lines) + "\n"


def sgemm_line(shape, is_incomplete):
    two, one = shape["gflops"]["2"], shape["gflops"]["1"]
    is_large = min(shape["m"], shape["n"], shape["k"]) >= rows.SGEMM_LARGE
    best = shape["best"].get("1")
    ratios = [shape["ratio"].get(t) for t in ("2", "1")]
    verdict = passes(
        not is_incomplete, all(ratio is not None and ratio >= rows.SGEMM_FLOOR for ratio in ratios),
        shape["share"] >= rows.SGEMM_SHARE_FLOOR or not is_large, shape["scaling"] >= rows.SGEMM_SCALING_FLOOR)
    shown = [f"{two[name]:.0f}" if name in two else "—" for name in ("Nabla", "oneDNN", "OpenBLAS", "BLIS")]
    ratio_cells = [f"{ratio:.2f}" if ratio is not None else "—" for ratio in ratios]
    cells = [f"{shape['m']}×{shape['n']}×{shape['k']} {shape['layout'].upper()}", *shown, ratio_cells[0],
             f"{100 * shape['share']:.0f} %" + (" (large)" if is_large else ""), f"{one['Nabla']:.0f}",
             f"{one[best]:.0f} {best}" if best else "—", ratio_cells[1], f"{shape['scaling']:.2f}", verdict]
    return f"| {' | '.join(cells)} |"


def decompositions(some, results):
    lines = ["## Decompositions beside NumPy and scikit-learn\n",
             "Milliseconds in float32, `bench/peers/decompositions_serve.py`; the ratio is to the peer with whichever number of "
             "threads is better for it. PCA is fitted to all images of Fashion-MNIST: Nabla's solvers both go through the "
             "covariance; scikit-learn's exact one is an SVD, its randomised one seven power iterations, both without copying "
             "the data.\n",
             "| work | Nabla, 2 threads | 1 thread | peer | 2 threads | 1 thread | ratio (floor) | |", "|---|---|---|---|---|---|---|---|"]
    for row in some:
        result = results[row.key]
        if "error" in result:
            lines.append(f"| {row.title} | not measured: {result['error']} | | {row.peer} | | | | {FAIL} |")
            continue
        ours, ours_alone, theirs, theirs_alone = result["times"].values()
        lines.append(f"| {row.title} | {ours:.1f} | {ours_alone:.1f} | {row.peer} | {theirs:.1f} | {theirs_alone:.1f} | "
                     f"{result['ratio']:.2f} (≥ {row.floor}) | {passes(result['ratio'] >= row.floor)} |")
    return "\n".join(lines) + "\n"


def shakespeare(result):
    title = "## Time to quality\n\n`recipes/shakespeare.json`: "
    if "error" in result:
        return f"{title}not measured: {result['error']}. **FAIL**\n"
    return (
        f"{title}{result['steps']:,} steps take Nabla {result['seconds'][0]:,.0f} s and PyTorch {result['seconds'][1]:,.0f} s, "
        f"{100 * result['share']:.0f} % of its time (floors: at most {100 * rows.SHAKESPEARE_SHARE:.0f} % and "
        f"{rows.SHAKESPEARE_SECONDS} s). "
        f"{passes(result['share'] <= rows.SHAKESPEARE_SHARE, result['seconds'][0] <= rows.SHAKESPEARE_SECONDS)}. Measured on "
        f"{result['measured_steps']} steps of `nabla train` and some seconds of the same model in PyTorch "
        f"(`{rows.SHAKESPEARE_PYTORCH}`), in turns, {result['rounds']} rounds, and multiplied; validation, samples and checkpoints are in "
        "neither.\n")


def command(*words):
    try:
        return subprocess.run(words, capture_output=True, text=True, check=True, cwd=contender.ROOT).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def surroundings(results, round_trips):
    cpu = [line.split(":", 1)[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
           if line.startswith("model name")]
    memory = int(pathlib.Path("/proc/meminfo").read_text(encoding="utf-8").split()[1]) / 2**20
    load = pathlib.Path("/proc/loadavg").read_text(encoding="utf-8").split()[0]
    changed = command("git", "status", "--porcelain", "--", "src", "bench/peers")
    known = [result for result in results.values() if "error" not in result]
    peak = next((result["peak"] for result in known if "peak" in result), None)
    blas = next((result["blas"] for result in known if result.get("blas")), "unknown")
    torch = next((result["version"] for result in known if result.get("version")), "not measured")
    versions = results.get("sgemm", {}).get("versions", {})
    lines = [
        f"- date: {datetime.datetime.now().astimezone():%Y-%m-%d %H:%M %Z}; commit {command('git', 'rev-parse', '--short', 'HEAD')}"
        + (", with changes that are not committed" if changed not in ("", "unknown") else ""),
        f"- machine: {len(cpu)} × {cpu[0] if cpu else 'unknown'}, {memory:.0f} GiB, {platform.system()} {platform.release()}; "
        f"load at the end {load}" + (f"; multiply-adds on registers, 2 threads: {peak:.0f} GFLOP/s" if peak else ""),
        "- a cache line from one processor to the other and back, before the first row and after each: "
        + ", ".join("unknown" if trip is None else str(trip) for trip in round_trips) + " ns",
        f"- Nabla: .NET SDK {command('dotnet', '--version')}, settings as they come",
        f"- PyTorch {torch} with {blas}",
        *(f"- {name}: {version}" for name, version in versions.items()),
        *dict.fromkeys("- {} {}, with the system's BLAS".format(*result["peer"]) for result in known if "peer" in result),
        "- the environment of each contender is cleared of OPENBLAS_*, BLIS_*, OMP_*, GOMP_*, ATEN_*, DNNL_*, MALLOC_*, LD_LIBRARY_PATH, "
        "LD_PRELOAD and what of DOTNET_* changes code; all peers get "
        + " ".join(f"{key}={value}" for key, value in contender.MALLOC.items()) + ", BLIS `BLIS_ARCH_TYPE=0`",
        "- PyTorch by row: " + "; ".join(
            f"{row.key} `{' '.join([f'{key}={value}' for key, value in row.environment] + ([row.pytorch] if row.pytorch else []))}`"
            for row in rows.MODELS if row.key in results),
        "- everywhere: gradients set to None, denormals flushed; the fastest settings of `./x bench peers --tune ROW`",
    ]
    return "\n".join(lines) + "\n"
