#!/usr/bin/python3
"""Measures principal component analyses in scikit-learn that standard input asks for, as `nabla bench serve` does.

A line is SECONDS THREADS pca [--components N] [--solver exact|randomised]; the answer is a line of JSON.
"""
import argparse
import gzip
import json
import pathlib
import statistics
import sys
import time

import numpy as np
import sklearn
import threadpoolctl
from sklearn.decomposition import PCA

FOLDER = pathlib.Path("/usr/share/datasets/fashion-mnist")
SOLVERS = {"exact": "full", "randomised": "randomized"}


def images():
    """All 70,000, or as many of noise: the same as `nabla bench pca` takes."""
    try:
        parts = []
        for name in ("train", "t10k"):
            with gzip.open(FOLDER / f"{name}-images-idx3-ubyte.gz") as file:
                parts.append(np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784))
        return np.concatenate(parts).astype(np.float32) / 255
    except FileNotFoundError:
        return np.random.default_rng(3).random((70_000, 784), np.float32)


def measure(prepare, step, seconds):
    times = []
    while not times or sum(times) < seconds:
        prepare()
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    return times


def answer(line, x):
    seconds, threads, _, *rest = line.split()
    p = argparse.ArgumentParser()
    p.add_argument("--components", type=int, default=2)
    p.add_argument("--solver", choices=SOLVERS, default="exact")
    o = p.parse_args(rest)

    # Faster without a copy; then it changes its data, which get back what was there, unmeasured.
    own = np.empty_like(x)

    def prepare():
        own[:] = x

    def step():
        PCA(o.components, copy=False, svd_solver=SOLVERS[o.solver], random_state=0).fit(own)

    with threadpoolctl.threadpool_limits(int(threads)):
        times = measure(prepare, step, float(seconds))
        blas = [pool["internal_api"] for pool in threadpoolctl.threadpool_info() if pool["user_api"] == "blas"]
    return {"ok": True, "version": sklearn.__version__, "blas": ", ".join(sorted(set(blas))),
            "results": [{"milliseconds_median": 1000 * statistics.median(times), "milliseconds_min": 1000 * min(times),
                         "images_per_second": len(x) / statistics.median(times)}]}


def main():
    x = images()
    for line in sys.stdin:
        try:
            result = answer(line, x)
        except (ValueError, SystemExit) as error:
            result = {"ok": False, "error": str(error)}
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
