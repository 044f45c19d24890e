#!/usr/bin/python3
"""Measures decompositions in NumPy and scikit-learn that standard input asks for, a line each, as `nabla bench serve` does.

A line is SECONDS THREADS COMMAND; the answer is a line of JSON. Commands: svd [--n N], eigh [--n N] (NumPy), and
pca [--components N] [--solver exact|randomised] (scikit-learn).
"""
import argparse
import gzip
import json
import pathlib
import statistics
import sys
import time

import numpy as np
import threadpoolctl

FOLDER = pathlib.Path("/usr/share/datasets/fashion-mnist")
SOLVERS = {"exact": "full", "randomised": "randomized"}


def options():
    p = argparse.ArgumentParser()
    commands = p.add_subparsers(dest="name", required=True)
    for name in "svd", "eigh":
        commands.add_parser(name).add_argument("--n", type=int, default=768)
    pca = commands.add_parser("pca")
    pca.add_argument("--components", type=int, default=2)
    pca.add_argument("--solver", choices=SOLVERS, default="exact")
    return p


def prepare(o):
    """The library's version, what comes before each step without being measured, and the step."""
    return prepare_pca(o) if o.name == "pca" else (np.__version__, lambda: None, prepare_matrix(o))


def prepare_matrix(o):
    a = np.random.default_rng(o.n).standard_normal((o.n, o.n), dtype=np.float32)
    if o.name == "svd":
        u, s, vt = np.linalg.svd(a)
        assert np.abs(u * s @ vt - a).max() < 1e-3 * s[0]
        return lambda: np.linalg.svd(a)
    symmetric = a + a.T
    values, vectors = np.linalg.eigh(symmetric)
    assert np.abs(vectors * values @ vectors.T - symmetric).max() < 1e-3 * abs(values).max()
    return lambda: np.linalg.eigh(symmetric)


def prepare_pca(o):
    import sklearn  # here, for what NumPy does needs none of it
    from sklearn.decomposition import PCA

    # Faster without a copy; then it changes its data, which get back what was there.
    x = images()
    own = np.empty_like(x)

    def step():
        PCA(o.components, copy=False, svd_solver=SOLVERS[o.solver], random_state=0).fit(own)

    return sklearn.__version__, lambda: np.copyto(own, x), step


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


def measure(before, step, seconds):
    times = []
    while not times or sum(times) < seconds:
        before()
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    return {"steps": len(times), "milliseconds_median": 1000 * statistics.median(times), "milliseconds_minimum": 1000 * min(times)}


def main():
    prepared, version, before, step = None, None, None, None
    for line in sys.stdin:
        try:
            seconds, threads, *command = line.split()
            if command != prepared:
                version, before, step = prepare(options().parse_args(command))
                prepared = command
            with threadpoolctl.threadpool_limits(int(threads)):
                result = {"threads": int(threads), **measure(before, step, float(seconds))}
            answer = {"ok": True, "version": version, "results": [result]}
        except (Exception, SystemExit) as error:
            answer = {"ok": False, "error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
