#!/usr/bin/python3
"""The peer of recipes/nanogpt-cpu.json: a nanoGPT-like character model trained by plain PyTorch on the CPU.

Prints one JSON document on stdout (progress goes to stderr): speed, and the loss over the whole validation part.

    MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=-1 MALLOC_TOP_PAD_=268435456 \\
    env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE \\
    /usr/bin/python3 bench/peers/pytorch_nanogpt.py --data tinyshakespeare.txt --threads 2

The environment is what makes PyTorch fastest here: the MALLOC_ settings keep freed activations in the process instead of
returning them to the system and faulting them in again every step, and an OPENBLAS_CORETYPE set from outside would pin
the matrix product to the kernels of another processor. Debian's PyTorch multiplies matrices with whatever libblas.so.3
is installed; the reference one is about 18 times slower than OpenBLAS, so the script refuses it (bench/peers/README.md).
"""
import argparse
import json
import math
import statistics
import sys
import time

import torch
import torch.nn as nn

from pytorch_models import Gpt
from pytorch_serve import blas_library


def learning_rate(step, o):
    if step < o.warmup:
        return o.lr * (step + 1) / o.warmup
    progress = min(1.0, (step - o.warmup) / max(1, o.steps - o.warmup))
    return o.min_lr + (o.lr - o.min_lr) * (1 + math.cos(math.pi * progress)) / 2


def batch_of(tokens, o, generator):
    starts = torch.randint(len(tokens) - o.context, (o.batch,), generator=generator).tolist()
    rows = torch.stack([tokens[s:s + o.context + 1] for s in starts])
    return rows[:, :-1].contiguous(), rows[:, 1:].contiguous()


@torch.no_grad()
def validation_loss(model, tokens, o):
    """Mean nats a token over non-overlapping windows that cover the whole part, the last and shorter one included."""
    total, count = 0.0, len(tokens) - 1
    whole = count // o.context
    ids = tokens[:whole * o.context].view(whole, o.context)
    targets = tokens[1:whole * o.context + 1].view(whole, o.context)
    for x, y in zip(ids.split(64), targets.split(64)):
        total += model(x, y).item() * x.numel()
    rest = count - whole * o.context
    if rest:
        total += model(tokens[-rest - 1:-1][None], tokens[-rest:][None]).item() * rest
    return total / count


def train(model, tokens, o):
    matrices = [p for p in model.parameters() if p.dim() >= 2]
    vectors = [p for p in model.parameters() if p.dim() < 2]
    groups = [{"params": matrices, "weight_decay": o.weight_decay}, {"params": vectors, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=o.lr, betas=(0.9, 0.99), foreach=True)
    generator = torch.Generator().manual_seed(o.seed)
    seconds = []
    for step in range(o.steps):
        started = time.perf_counter()
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, o)
        loss = model(*batch_of(tokens, o, generator))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), o.clip)
        optimizer.step()
        seconds.append(time.perf_counter() - started)
        if step % 100 == 0 or step == o.steps - 1:
            print(f"step {step} loss {loss.item():.4f}", file=sys.stderr)
    return seconds


def options():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True, help="text file; the first 90 %% train, the last 10 %% validate")
    for name, default in {"steps": 2000, "threads": 2, "seed": 1, "layers": 4, "heads": 4, "dim": 128, "context": 64,
                          "batch": 12, "warmup": 100}.items():
        p.add_argument(f"--{name}", type=int, default=default)
    for name, default in {"lr": 1e-3, "min-lr": 1e-4, "weight-decay": 0.1, "clip": 1.0}.items():
        p.add_argument(f"--{name}", type=float, default=default)
    p.add_argument("--vocab", type=int, help="at least the number of characters in the file, which is the default")
    p.add_argument("--bias", action="store_true", help="biases in linear layers and norms (GPT-2); nanoGPT trains without")
    p.add_argument("--gelu", choices=["none", "tanh"], default="tanh", help="approximation of GELU")
    p.add_argument("--any-blas", action="store_true", help="run even with a slow BLAS; no fair comparison")
    return p.parse_args()


def main():
    o = options()
    torch.set_num_threads(o.threads)
    torch.manual_seed(o.seed)
    blas, is_fast = blas_library()
    if not is_fast and not o.any_blas:
        sys.exit(f"PyTorch would multiply with {blas}: install libopenblas0-pthread (bench/peers/README.md) or pass --any-blas")
    with open(o.data, encoding="utf-8", newline="") as file:
        text = file.read()
    characters = sorted(set(text))
    if o.vocab is None:
        o.vocab = len(characters)
    if o.vocab < len(characters):
        sys.exit(f"--vocab {o.vocab}: the file has {len(characters)} different characters")
    index = {c: i for i, c in enumerate(characters)}
    tokens = torch.tensor([index[c] for c in text])
    split = int(len(tokens) * 0.9)

    model = Gpt(o.layers, o.heads, o.dim, o.context, o.vocab, o.bias, o.gelu)
    started = time.perf_counter()
    seconds = train(model, tokens[:split], o)
    total = time.perf_counter() - started
    settled = seconds[min(20, len(seconds) // 2):]
    print(json.dumps({
        "peer": "pytorch", "torch": torch.__version__, "blas": blas, "threads": torch.get_num_threads(),
        "tokens_per_second": round(o.batch * o.context / statistics.median(settled), 1),
        "milliseconds_per_step": round(1000 * statistics.median(settled), 3),
        "seconds": round(total, 3), "val_loss": round(validation_loss(model, tokens[split:], o), 5),
        "parameters": sum(p.numel() for p in model.parameters()),
        "settings": {k: v for k, v in vars(o).items() if k != "data"},
    }, indent=2))


if __name__ == "__main__":
    main()
