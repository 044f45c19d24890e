#!/usr/bin/python3
"""Measures decompositions in NumPy that standard input asks for, a line each, as `nabla bench serve` does.

A line is SECONDS THREADS NAME [--n N]; the answer is a line of JSON. NAME is svd or eigh. How many threads OpenBLAS takes
stands in OPENBLAS_NUM_THREADS, which is read once, when it starts.
"""
import argparse
import json
import os
import statistics
import sys
import time

import numpy as np


def prepare(words):
    p = argparse.ArgumentParser()
    p.add_argument("name", choices=("svd", "eigh"))
    p.add_argument("--n", type=int, default=768)
    o = p.parse_args(words)
    a = np.random.default_rng(o.n).standard_normal((o.n, o.n), dtype=np.float32)
    if o.name == "svd":
        u, s, vt = np.linalg.svd(a)
        assert np.abs(u * s @ vt - a).max() < 1e-3 * s[0]
        return lambda: np.linalg.svd(a)
    symmetric = a + a.T
    values, vectors = np.linalg.eigh(symmetric)
    assert np.abs(vectors * values @ vectors.T - symmetric).max() < 1e-3 * abs(values).max()
    return lambda: np.linalg.eigh(symmetric)


def measure(step, seconds):
    times, until = [], time.perf_counter() + seconds
    while not times or time.perf_counter() < until:
        start = time.perf_counter()
        step()
        times.append(1000 * (time.perf_counter() - start))
    return {"steps": len(times), "milliseconds_median": statistics.median(times), "milliseconds_minimum": min(times)}


def main():
    warm = None, None
    for line in sys.stdin:
        try:
            seconds, threads, *words = line.split()
            allowed = os.environ.get("OPENBLAS_NUM_THREADS", str(os.cpu_count()))
            if int(threads) < int(allowed):
                raise ValueError(f"OpenBLAS was started with {allowed} threads")
            if words != warm[0]:
                warm = words, prepare(words)
            answer = {"ok": True, "version": np.__version__, "results": [measure(warm[1], float(seconds))]}
        except (Exception, SystemExit) as error:
            answer = {"ok": False, "error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
