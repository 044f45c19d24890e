#!/usr/bin/python3
"""Measures training steps in PyTorch that standard input asks for, a line each, as `nabla bench serve` does.

A line is SECONDS THREADS NAME [--option value …]; the answer is a line of JSON. NAME is train, llama, mlp, cnn or unet.
What makes a row faster without changing its work is chosen with the options that stand in `rows.py`.
"""
import argparse
import json
import os
import re
import statistics
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

import pytorch_models as models

BATCHES = 8  # different batches, in turn


def optimizer_of(model, o, decay):
    if decay == 0:
        return torch.optim.Adam(model.parameters(), lr=o.lr, foreach=o.foreach)
    parameters = list(model.parameters())
    groups = [{"params": [p for p in parameters if p.dim() >= 2], "weight_decay": decay},
              {"params": [p for p in parameters if p.dim() < 2], "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=o.lr, foreach=o.foreach)


def language_step(model, o):
    parameters = list(model.parameters())
    optimizer = optimizer_of(model, o, 0.1)
    texts = torch.randint(o.vocab, (BATCHES + 1, o.batch, o.context))
    loss_of = torch.jit.trace(model, (texts[0], texts[1])) if o.jit else model
    at = 0

    def step():
        nonlocal at
        at = (at + 1) % BATCHES
        optimizer.zero_grad(set_to_none=True)
        loss_of(texts[at], texts[at + 1]).backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
    return step


def classifier_step(model, shape, o):
    """Random images of Fashion-MNIST's number and size: the same work, for a step does not depend on what is in them."""
    optimizer = optimizer_of(model, o, 0)
    images, labels = torch.rand(60_000, *shape), torch.randint(10, (60_000,))
    example = images[:o.batch]
    if o.channels_last:
        model.to(memory_format=torch.channels_last)
        images = images.contiguous(memory_format=torch.channels_last)
    forward = torch.jit.trace(model, example) if o.jit else model
    at = 0

    def step():
        nonlocal at
        at = (at + o.batch) % (len(images) - o.batch)
        loss = F.cross_entropy(forward(images[at:at + o.batch]), labels[at:at + o.batch])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
    return step


def denoiser_step(model, o):
    optimizer = optimizer_of(model, o, 0)
    x, noise, steps = torch.randn(o.batch, 1, 32, 32), torch.randn(o.batch, 1, 32, 32), torch.randint(1000, (o.batch,))
    if o.channels_last:
        model.to(memory_format=torch.channels_last)
        x = x.contiguous(memory_format=torch.channels_last)
    forward = torch.jit.trace(model, (x, steps)) if o.jit else model

    def step():
        loss = F.mse_loss(forward(x, steps), noise)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
    return step


def prepare(name, o):
    """The step, what a step goes through, and the number of parameters."""
    if name == "train":
        model = models.Gpt(o.layers, o.heads, o.dim, o.context, o.vocab)
        return language_step(model, o), o.batch * o.context, model
    if name == "llama":
        model = models.Llama(o.layers, o.heads, o.dim, o.context, o.vocab, o.inner, o.dropout)
        return language_step(model, o), o.batch * o.context, model
    if name == "mlp":
        model = models.mlp()
        return classifier_step(model, (784,), o), o.batch, model
    if name == "cnn":
        model = models.cnn()
        return classifier_step(model, (1, 28, 28), o), o.batch, model
    if name == "unet":
        model = models.UNet()
        return denoiser_step(model, o), o.batch, model
    raise SystemExit(f"there is no model {name}")


def options():
    p = argparse.ArgumentParser()
    for size, value in {"layers": 4, "heads": 4, "dim": 128, "context": 64, "batch": 12, "vocab": 65, "inner": 512}.items():
        p.add_argument(f"--{size}", type=int, default=value)
    p.add_argument("--dropout", type=float, default=0.0)
    p.add_argument("--lr", type=float, default=3e-4)
    for flag in ("foreach", "jit", "channels-last", "no-mkldnn"):
        p.add_argument(f"--{flag}", action="store_true")
    return p


def peak_resident_bytes():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))


def blas_library():
    """The file that multiplies matrices in this process, and whether it is OpenBLAS or BLIS."""
    with open("/proc/self/maps", encoding="utf-8") as maps:
        files = sorted({os.path.realpath(line.split()[-1]) for line in maps if "/" in line})
    # Debian's libblas.so.3 is in a folder with the name of the library; where it is loaded, it is what is called.
    found = [f for start in ("libblas.so", "libopenblas", "libblis") for f in files if os.path.basename(f).startswith(start)]
    if not found:
        return None, False
    folder, name = os.path.split(found[0])
    is_fast = os.path.basename(folder).startswith(("openblas", "blis")) or name.startswith(("libopenblas", "libblis"))
    return found[0], is_fast


def capability():
    """The widest vectors that PyTorch's own kernels use, such as AVX2."""
    found = re.search(r"CPU capability usage: (\S+)", torch.__config__.show())
    return found.group(1) if found else "unknown"


def measure(step, seconds):
    times = []
    until = time.perf_counter() + seconds
    while not times or time.perf_counter() < until:
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    return times


def main():
    torch.manual_seed(1)
    blas, is_fast = blas_library()
    prepared, step, items, model = None, None, 0, None
    for line in sys.stdin:
        if not is_fast:
            print(json.dumps({"ok": False, "error": f"it would multiply with {blas}: install libopenblas0-openmp"}), flush=True)
            continue
        seconds, threads, command = line.strip().split(" ", 2)
        torch.set_num_threads(int(threads))
        if command != prepared:
            name, *arguments = command.split()
            o = options().parse_args(arguments)
            torch.backends.mkldnn.enabled = not o.no_mkldnn
            torch.set_flush_denormal(True)
            step, items, model = prepare(name, o)
            measure(step, float(seconds))
            prepared = command
        times = measure(step, float(seconds))
        median = statistics.median(times)
        print(json.dumps({"ok": True, "version": torch.__version__, "blas": blas, "capability": capability(), "results": [{
            "threads": torch.get_num_threads(), "steps": len(times), "milliseconds_median": 1000 * median,
            "milliseconds_minimum": 1000 * min(times), "items_per_second": items / median,
            "parameters": sum(p.numel() for p in model.parameters()), "peak_resident_bytes": peak_resident_bytes(),
        }]}), flush=True)


if __name__ == "__main__":
    main()
