"""Golden optimizer runs: 20 steps with given gradients on one matrix and one vector."""
import numpy as np
import torch

SEED = 20240102
STEPS = 20
SHAPES = {"weight": [5, 7], "bias": [7]}
ADAMW = {"lr": 1e-2, "betas": [0.9, 0.99], "eps": 1e-8, "weight_decay": 0.1}
SGD = {"lr": 1e-2, "momentum": 0.9, "weight_decay": 0.0, "nesterov": False}


def run(name, make, rng, tensors):
    values = {p: rng.standard_normal(shape).astype(np.float32) for p, shape in SHAPES.items()}
    parameters = {p: torch.from_numpy(v.astype(np.float64)).requires_grad_() for p, v in values.items()}
    for p, value in values.items():
        tensors[f"{name}/initial/{p}"] = value
    optimizer = make(parameters)
    for step in range(STEPS):
        # Sizes from 1 down to 1e-3, so that the second moment has something to forget.
        scale = 10.0 ** (-3 * step / (STEPS - 1))
        for p, parameter in parameters.items():
            gradient = (rng.standard_normal(SHAPES[p]) * scale).astype(np.float32)
            tensors[f"{name}/step{step}/grad/{p}"] = gradient
            parameter.grad = torch.from_numpy(gradient.astype(np.float64))
        optimizer.step()
        for p, parameter in parameters.items():
            tensors[f"{name}/step{step}/{p}"] = parameter.detach().numpy().copy()


def adamw(parameters):
    groups = [{"params": [parameters["weight"]], "weight_decay": ADAMW["weight_decay"]},
              {"params": [parameters["bias"]], "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=ADAMW["lr"], betas=tuple(ADAMW["betas"]), eps=ADAMW["eps"])


def sgd(parameters):
    return torch.optim.SGD(parameters.values(), **SGD)


def record():
    rng, tensors = np.random.RandomState(SEED), {}
    run("adamw", adamw, rng, tensors)
    run("sgd", sgd, rng, tensors)
    return tensors, {"seed": SEED, "steps": STEPS, "adamw": {**ADAMW, "decayed": ["weight"]}, "sgd": SGD}
