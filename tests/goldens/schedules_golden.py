"""Golden learning rates: linear warm-up, then cosine or linear decay."""
import math

FORMULA = {
    "s": "step, from 0",
    "warmup": "s < warmup: lr·(s+1)/warmup",
    "progress": "p = (s − warmup)/(total − warmup) for warmup ≤ s ≤ total; p = 1 for s > total",
    "cosine": "min_lr + (lr − min_lr)·(1 + cos(π·p))/2",
    "linear": "lr + (min_lr − lr)·p",
}

SETTINGS = [
    {"lr": 1e-3, "min_lr": 1e-4, "warmup": 100, "total": 2000},
    {"lr": 3e-3, "min_lr": 0.0, "warmup": 7, "total": 50},
    {"lr": 1.0, "min_lr": 0.1, "warmup": 0, "total": 10},
    {"lr": 0.5, "min_lr": 0.5, "warmup": 1, "total": 2},
]


def rate(kind, s, lr, min_lr, warmup, total):
    if s < warmup:
        return lr * (s + 1) / warmup
    p = min(1.0, (s - warmup) / (total - warmup))
    if kind == "cosine":
        return min_lr + (lr - min_lr) * (1 + math.cos(math.pi * p)) / 2
    return lr + (min_lr - lr) * p


def record():
    cases = []
    for kind in "cosine", "linear":
        for setting in SETTINGS:
            total, warmup = setting["total"], setting["warmup"]
            interesting = {0, 1, warmup - 1, warmup, warmup + 1, total - 1, total, total + 1, 2 * total}
            steps = sorted(s for s in interesting | set(range(0, total, max(1, total // 20))) if s >= 0)
            cases.append({"schedule": f"warmup_{kind}", **setting, "steps": steps,
                          "values": [rate(kind, s, **setting) for s in steps]})
    return {"made_by": "tests/goldens/make_goldens.py", "precision": "float64", "formula": FORMULA, "cases": cases}
