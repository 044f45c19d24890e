#!/usr/bin/env python3
"""Compares Nabla with its peers on this machine, in turns, and writes bench/results.md.

    ./x bench peers                     every row, about a quarter of an hour on an idle machine
    ./x bench peers gpt-128 sgemm       some rows; prints what it would write
    ./x bench peers --quick             short turns and two rounds, to see whether everything runs
    ./x bench peers --tune mlp          ways to make PyTorch faster on a row, against one another

Both sides are warm processes that are asked in turn; the one that waits is stopped (SIGSTOP). A row's ratio is the median
over the rounds of Nabla's speed by the peer's in the same round. Ends with 1 when a row fails or could not be
measured.
"""
import argparse
import contextlib
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import traceback

import contender
import report
import rows
from contender import NotMeasured

NABLA = "Nabla"


def say(text):
    print(text, file=sys.stderr, flush=True)


class Turns:
    """The contenders of a row, asked round by round, forth and back so that none always comes after the same."""

    def __init__(self, contenders, rounds):
        self.contenders, self.rounds = contenders, rounds
        self.answers = {}  # (name, threads) → an answer for each round

    def take(self, command_of, seconds, threads=(2, 1)):
        turns = [(one, count) for count in threads for one in self.contenders]
        for one, count in turns:
            one.ask(min(seconds, 1), count, command_of(one))  # warms up
        self.answers = {(one.name, count): [] for one, count in turns}
        for number in range(self.rounds):
            for one, count in turns if number % 2 == 0 else reversed(turns):
                self.answers[one.name, count].append(one.ask(seconds, count, command_of(one)))

    def milliseconds(self, name, threads):
        return [answer["milliseconds_median"] for answer in self.answers[name, threads]]

    def middle(self, name, threads, field):
        return statistics.median(answer[field] for answer in self.answers[name, threads])

    def ratio(self, faster, slower):
        """How many times as fast the first is, each a name and a number of threads."""
        return statistics.median(b / a for a, b in zip(self.milliseconds(*faster), self.milliseconds(*slower)))


def compare(row, o, environment=None, threads=(2, 1)):
    """One row of models, Nabla and PyTorch."""
    with contextlib.ExitStack() as stack:
        ours = stack.enter_context(contender.nabla(environment))
        theirs = stack.enter_context(contender.pytorch({**dict(row.environment), **(environment or {})}))
        turns = Turns([ours, theirs], o.rounds)
        turns.take(lambda one: f"{row.command} {row.nabla if one is ours else row.pytorch}".strip(),
                   row.seconds * o.slice, threads)
        mine, other = turns.answers[NABLA, 2][-1], turns.answers["PyTorch", 2][-1]
        if mine["parameters"] != other["parameters"]:
            raise NotMeasured(f"Nabla has {mine['parameters']:,} parameters, PyTorch {other['parameters']:,}: not the same work")
        if environment is contender.AVX2_ONLY and (mine["vector_bits"] != 256 or other["capability"] != "AVX2"):
            raise NotMeasured(f"not AVX2 on both sides: Nabla's vectors have {mine['vector_bits']} bits, "
                              f"PyTorch's kernels are {other['capability']}")
        items = next(key.removesuffix("_per_second") for key in mine if key.endswith("_per_second") and "byte" not in key)
        count = mine[f"{items}_per_second"] * mine["milliseconds_median"] / 1000
        result = {
            "items": items, "parameters": mine["parameters"], "version": theirs.version, "blas": other["blas"],
            "share": turns.middle(NABLA, 2, "share_of_peak"), "peak": turns.middle(NABLA, 2, "peak_gflops"),
            "allocated": turns.middle(NABLA, 2, "allocated_bytes_per_step"),
            "memory": [max(answer["peak_resident_bytes"] for key, all_of in turns.answers.items() if key[0] == name
                           for answer in all_of) for name in (NABLA, "PyTorch")],
            "threads": {str(n): {
                "ratio": turns.ratio((NABLA, n), ("PyTorch", n)),
                "speeds": [1000 * count / statistics.median(turns.milliseconds(name, n)) for name in (NABLA, "PyTorch")],
            } for n in threads},
        }
        if "flops_per_token_uncut" in mine:
            result["share_uncut"] = result["share"] * mine["flops_per_token_uncut"] / mine["flops_per_token"]
        if 1 in threads:
            result["scaling"] = [turns.ratio((name, 2), (name, 1)) for name in (NABLA, "PyTorch")]
        return result


def measure_model(row, o):
    result = compare(row, o)
    if row.less_memory:
        with contender.small_pytorch(dict(row.environment)) as small:
            needed = small.ask(1, 2, row.command)["peak_resident_bytes"]
        result["memory"][1] = min(result["memory"][1], needed)
    if row.avx2:
        try:
            result["avx2"] = compare(row, o, contender.AVX2_ONLY, threads=(2,))
        except NotMeasured as reason:
            result["avx2"] = {"error": str(reason)}
    return result


def measure_sgemm(o):
    """Every shape with Nabla and the libraries that are there."""
    missing, failed, results, peaks = [], [], [], []
    with contextlib.ExitStack() as stack:
        contenders = [stack.enter_context(contender.nabla())]
        for start in (contender.onednn, contender.openblas, contender.blis):
            try:
                contenders.append(stack.enter_context(start()))
            except NotMeasured as reason:
                missing.append(str(reason))
        for m, n, k, layout in rows.SGEMM:
            command = f"gemm --m {m} --n {n} --k {k} --layout {layout}"
            turns = Turns(contenders, o.rounds)
            try:
                turns.take(lambda _, line=command: line, 0.12 * o.slice)
            except NotMeasured as reason:
                failed.append(f"{m}×{n}×{k} {layout.upper()}: {reason}")
                say(f"  not measured: {failed[-1]}")
                continue
            gflops = {str(t): {one.name: 2e-6 * m * n * k / statistics.median(turns.milliseconds(one.name, t))
                               for one in contenders} for t in (2, 1)}
            shape = {"m": m, "n": n, "k": k, "layout": layout, "gflops": gflops, "ratio": {}, "best": {},
                     "scaling": turns.ratio((NABLA, 2), (NABLA, 1))}
            peaks += [answer["peak_gflops"] for answer in turns.answers[NABLA, 2]]
            for t in (2, 1):
                peers = {name: value for name, value in gflops[str(t)].items() if name != NABLA}
                if peers:
                    best = max(peers, key=peers.get)
                    shape["best"][str(t)], shape["ratio"][str(t)] = best, turns.ratio((NABLA, t), (best, t))
            results.append(shape)
            say(f"  {m}×{n}×{k} {layout}: {shape['ratio'].get('2', 0):.2f} and {shape['ratio'].get('1', 0):.2f} times "
                f"{shape['best'].get('2', 'nobody')}, {gflops['2'][NABLA]:.0f} GFLOP/s")
        versions = {one.name: one.version for one in contenders if one.version}
    if not results:
        raise NotMeasured("; ".join(missing + failed))
    peak = statistics.median(peaks)
    for shape in results:
        shape["share"] = shape["gflops"]["2"][NABLA] / peak
    return {"shapes": results, "missing": missing, "failed": failed, "versions": versions, "peak": peak}


def measure_decomposition(row, o):
    """Nabla and the row's library, each with two threads and with one."""
    with contextlib.ExitStack() as stack:
        contenders = [stack.enter_context(one) for one in (contender.nabla(), contender.decompositions(row.peer))]
        turns = Turns(contenders, o.rounds)
        turns.take(lambda _: row.command, row.seconds * o.slice)
        times = {(one.name, threads): statistics.median(turns.milliseconds(one.name, threads))
                 for one in contenders for threads in (2, 1)}
        best = min((2, 1), key=lambda threads: times[row.peer, threads])
        return {"times": times, "ratio": turns.ratio((NABLA, 2), (row.peer, best)), "peer": (row.peer, contenders[1].version)}


def measure_shakespeare(o):
    """Seconds a step of the recipe, by training it for some steps, and of the same model in PyTorch."""
    data = pathlib.Path(o.data)
    if not data.exists():
        raise NotMeasured(f"there is no {data}; give the text with --data")
    steps = 30 if o.quick else 60
    ours, theirs, rounds = [], [], min(o.rounds, 2)  # a round takes long, and both are one number each
    command = f"{rows.SHAKESPEARE_COMMAND} {rows.SHAKESPEARE_PYTORCH}"
    with contender.pytorch(dict(rows.WIDE)) as peer:
        peer.ask(1, 2, command)
        for _ in range(rounds):
            tokens, parameters = train_recipe(data, steps)
            ours.append(tokens)
            answer = peer.ask(6 * o.slice, 2, command)
            theirs.append(answer["items_per_second"])
        if parameters != answer["parameters"]:
            raise NotMeasured(f"Nabla has {parameters:,} parameters, PyTorch {answer['parameters']:,}: not the same work")
    tokens_in_step = 16 * 128
    seconds = [rows.SHAKESPEARE_STEPS * tokens_in_step / statistics.median(speed) for speed in (ours, theirs)]
    return {"steps": rows.SHAKESPEARE_STEPS, "measured_steps": steps, "rounds": rounds, "seconds": seconds,
            "share": statistics.median(b / a for a, b in zip(ours, theirs))}


def train_recipe(data, steps):
    """Tokens a second in the second half of so many steps, when everything is compiled; and the model's parameters."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [contender.ROOT / "nabla", "train", "--recipe", "shakespeare", "--data", data, "--out", f"{folder}/run",
             "--steps", str(steps), "--threads", "2", "--json"], capture_output=True, text=True, check=False)
        if done.returncode:
            raise NotMeasured(f"nabla train: {done.stderr.strip().splitlines()[-1]}")
        with open(f"{folder}/run/metrics.jsonl", encoding="utf-8") as metrics:
            speeds = [json.loads(line)["tokens_per_second"] for line in metrics]
        inspected = subprocess.run([contender.ROOT / "nabla", "inspect", f"{folder}/run", "--json"], capture_output=True,
                                   text=True, check=True)
        return statistics.median(speeds[len(speeds) // 2:]), json.loads(inspected.stdout)["parameters"]


def tune(row, o):
    """Prints how fast PyTorch is with each of the settings, in turns."""
    settings = {**rows.TUNING, **(rows.IMAGE_TUNING if row.key in ("cnn", "unet") else {})}
    for threads in (2, 1):
        with contextlib.ExitStack() as stack:
            started = [stack.enter_context(contender.pytorch(environment, name)) for name, (_, environment) in settings.items()]
            turns = Turns(started, o.rounds)
            turns.take(lambda one: f"{row.command} {settings[one.name][0]}".strip(), row.seconds * o.slice, (threads,))
            for name in sorted(settings, key=lambda key: statistics.median(turns.milliseconds(key, threads))):
                times = turns.milliseconds(name, threads)
                print(f"{row.key}, {threads} threads, {name}: {statistics.median(times):.3f} ms, at best {min(times):.3f}",
                      flush=True)


def options():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("rows", nargs="*", metavar="ROW", help=", ".join(known_rows()))
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--quick", action="store_true")
    p.add_argument("--tune", action="store_true")
    p.add_argument("--data", default=str(contender.ROOT.parent / "shared" / "data" / "tinyshakespeare.txt"),
                   help="the text for the row shakespeare")
    o = p.parse_args()
    unknown = set(o.rows) - set(known_rows())
    if unknown or o.rounds < 1:
        p.error(f"there is no row {', '.join(sorted(unknown))}; rows: {', '.join(known_rows())}" if unknown
                else f"--rounds is {o.rounds}; it must be 1 or more")
    tunable = [row.key for row in rows.MODELS]
    if o.tune and set(o.rows) - set(tunable):
        p.error(f"--tune compares settings of PyTorch; rows that have them: {', '.join(tunable)}")
    o.slice = 0.3 if o.quick else 1
    o.rounds = min(o.rounds, 2) if o.quick else o.rounds
    return o


def known_rows():
    return [row.key for row in [*rows.MODELS, *rows.DECOMPOSITIONS]] + ["sgemm", "shakespeare"]


def main():
    o = options()
    chosen = o.rows or known_rows()
    subprocess.run([contender.ROOT / "nabla", "--version"], check=True, stdout=subprocess.DEVNULL)  # builds it
    if o.tune:
        for row in rows.MODELS:
            if row.key in chosen:
                tune(row, o)
        return
    measures = {row.key: lambda row=row: measure_model(row, o) for row in rows.MODELS}
    measures |= {row.key: lambda row=row: measure_decomposition(row, o) for row in rows.DECOMPOSITIONS}
    measures |= {"sgemm": lambda: measure_sgemm(o), "shakespeare": lambda: measure_shakespeare(o)}
    results, round_trips = {}, [contender.round_trip()]
    for key in chosen:
        say(f"▸ {key}")
        try:
            results[key] = measures[key]()
        except NotMeasured as reason:
            results[key] = {"error": str(reason)}
        except Exception as error:  # the other rows are worth having
            traceback.print_exc()
            results[key] = {"error": f"{type(error).__name__}: {error}"}
        say("  " + report.summary(key, results[key]))
        round_trips.append(contender.round_trip())
    measured = report.measured(results, round_trips, o)
    text = report.with_bounds(measured)
    if o.rows or o.quick:
        print(text)
    else:
        (contender.ROOT / "bench" / "results.md").write_text(text, encoding="utf-8")
        say("Wrote bench/results.md")
    return 1 if report.FAIL in measured else 0


if __name__ == "__main__":
    sys.exit(main())
