"""Golden learning rates of PyTorch's schedulers; those that it has not, from their papers' formulas.

Every scheduler starts from the same base rate; the value at step s is what the optimizer uses in step s.
"""
import torch
from torch.optim import lr_scheduler as S

BASE = 0.8
STEPS = 60


def torch_rates(make):
    parameter = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([parameter], lr=BASE, momentum=0.9)
    scheduler, rates = make(optimizer), []
    for _ in range(STEPS):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        try:
            scheduler.step()
        except ValueError:  # one-cycle ends
            break
    return rates


def warm_up_stable_decay(s, peak, final, warmup, stable, decay):
    """Hu et al. 2024, section 4, with a straight way down."""
    if s < warmup:
        return peak * (s + 1) / warmup
    if s < warmup + stable:
        return peak
    return peak + (final - peak) * min(1, (s - warmup - stable) / decay)


def noam(s, factor, width, warmup):
    """Vaswani et al. 2017, equation 3; its steps count from 1."""
    return factor * width ** -0.5 * min((s + 1) ** -0.5, (s + 1) * warmup ** -1.5)


TORCH = {
    "StepDecay": ([BASE, 7, 0.5], lambda o: S.StepLR(o, 7, 0.5)),
    "MultiStepDecay": ([BASE, [3, 10, 11, 40], 0.3], lambda o: S.MultiStepLR(o, [3, 10, 11, 40], 0.3)),
    "ExponentialDecay": ([BASE, 0.93], lambda o: S.ExponentialLR(o, 0.93)),
    "LinearRamp": ([BASE * 0.25, BASE * 0.75, 20], lambda o: S.LinearLR(o, 0.25, 0.75, 20)),
    "PolynomialDecay": ([BASE, 0, 25, 1.7], lambda o: S.PolynomialLR(o, 25, 1.7)),
    "CosineDecay": ([BASE, 0.05, 60], lambda o: S.CosineAnnealingLR(o, 60, 0.05)),
    "CosineRestarts": ([BASE, 0.05, 5, 2], lambda o: S.CosineAnnealingWarmRestarts(o, 5, 2, 0.05)),
    "OneCycle": ([0.9, 40], lambda o: S.OneCycleLR(o, 0.9, total_steps=40)),
    "OneCycle#2": ([0.9, 40, {"RiseShare": 0.4, "StartDivisor": 10, "FinalDivisor": 100, "ThreePhases": True, "Linear": True}],
                   lambda o: S.OneCycleLR(o, 0.9, total_steps=40, pct_start=0.4, div_factor=10, final_div_factor=100,
                                          three_phase=True, anneal_strategy="linear")),
    "Cyclic": ([0.1, 0.7, 6, 6], lambda o: S.CyclicLR(o, 0.1, 0.7, 6)),
    "Cyclic#2": ([0.1, 0.7, 4, 9, {"Scale": "Halving"}], lambda o: S.CyclicLR(o, 0.1, 0.7, 4, 9, mode="triangular2")),
    "Cyclic#3": ([0.1, 0.7, 5, 5, {"Scale": "Exponential", "Factor": 0.97}],
                 lambda o: S.CyclicLR(o, 0.1, 0.7, 5, mode="exp_range", gamma=0.97)),
}
FORMULAS = {
    "WarmupStableDecay": ([0.8, 0.1, 5, 20, 15], warm_up_stable_decay),
    "InverseSquareRoot": ([2.0, 64, 10], noam),
}


def plateau():
    """ReduceLROnPlateau on a made-up course of a metric, with every setting used."""
    metric = [5, 4, 3, 3, 3.05, 3.1, 2.9999, 2.9, 3, 3, 3, 3, 3, 3, 2.5, 2.6, 2.6, 2.6, 2.6, 2.6, 2.6, 2.6, 2.6, 2.6, 2.6, 2.6]
    cases = []
    for settings in (
        {"Factor": 0.5, "Patience": 2, "Threshold": 1e-2, "Cooldown": 2, "Smallest": 0.1},
        {"Factor": 0.1, "Patience": 1, "Threshold": 0.05, "Relative": False, "Cooldown": 0, "Smallest": 0.0},
        {"Factor": 0.5, "Patience": 3, "Threshold": 1e-4, "Rising": True},
    ):
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=BASE)
        s = settings
        scheduler = S.ReduceLROnPlateau(
            optimizer, mode="max" if s.get("Rising") else "min", factor=s["Factor"], patience=s["Patience"],
            threshold=s["Threshold"], threshold_mode="rel" if s.get("Relative", True) else "abs",
            cooldown=s.get("Cooldown", 0), min_lr=s.get("Smallest", 0))
        rates = []
        for value in metric:
            scheduler.step(value)
            rates.append(optimizer.param_groups[0]["lr"])
        cases.append({"settings": settings, "rate": BASE, "metric": metric, "rates": rates})
    return cases


def record():
    cases = [{"schedule": name, "arguments": arguments, "rates": torch_rates(make)[:arguments[1] if name.startswith("OneCycle") else STEPS]} for name, (arguments, make) in TORCH.items()]
    cases += [{"schedule": name, "arguments": arguments, "rates": [f(s, *arguments) for s in range(STEPS)]}
              for name, (arguments, f) in FORMULAS.items()]
    rates = torch_rates(lambda o: S.SequentialLR(
        o, [S.LinearLR(o, 0.1, 1.0, 8), S.ExponentialLR(o, 0.9), S.CosineAnnealingLR(o, 10, 0.05)], [8, 30]))
    return {"made_by": "tests/goldens/make_goldens.py", "torch": torch.__version__, "precision": "float64", "base": BASE,
            "cases": cases, "sequential": rates, "plateau": plateau()}
