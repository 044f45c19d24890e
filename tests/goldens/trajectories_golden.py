"""Golden trajectories: 100 steps of each optimizer on one small problem, from one start.

Where PyTorch 1.13 has the optimizer, it is PyTorch's; Lion, LAMB, Adafactor, Muon, Newton's method and the natural
gradient are written here from their papers, in float64 with PyTorch's gradients. The problem, with inputs x and targets y:
  loss = mean((s·tanh(x·W + b) − y)²) + mean(a·(K − k)²) + mean(K⁴)/10
and for L-BFGS and Newton's method, which come to rest within the 100 steps, the convex one
  loss = Σ(x·W + b − y)²/16 + Σ a·(K − k)² + ΣK⁴/10 + (s − 1)²/2
The settings are mild enough for float32 to stay within 1e-6 of these numbers, which are float64's.
"""
import numpy as np
import torch

SEED = 20261122
STEPS = 100
SNAPSHOTS = [1, 2, 3, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]
SHAPES = {"W": [5, 7], "b": [7], "s": [], "K": [2, 3, 2]}
DATA = {"x": [16, 5], "y": [16, 7], "a": [2, 3, 2], "k": [2, 3, 2]}
MATRICES = ("W", "K")  # decoupled weight decay is for them only


def loss_of(p, d, convex):
    line, far, quartic = d["x"] @ p["W"] + p["b"], d["a"] * (p["K"] - d["k"]) ** 2, p["K"] ** 4
    if convex:
        return ((line - d["y"]) ** 2).sum() / 16 + far.sum() + quartic.sum() / 10 + (p["s"] - 1) ** 2 / 2
    return ((p["s"] * torch.tanh(line) - d["y"]) ** 2).mean() + far.mean() + quartic.mean() / 10


class Lion:
    """Chen et al. 2023, algorithm 2."""
    def __init__(self, p, lr, beta1, beta2, weight_decay):
        self.p, self.lr, self.b1, self.b2, self.wd = p, lr, beta1, beta2, weight_decay
        self.m = {n: np.zeros_like(v.detach().numpy()) for n, v in p.items()}

    def step(self):
        for n, v in self.p.items():
            g, theta = v.grad.numpy(), v.detach().numpy()
            direction = np.sign(self.b1 * self.m[n] + (1 - self.b1) * g)
            theta -= self.lr * (direction + (self.wd * theta if n in MATRICES else 0))
            self.m[n] = self.b2 * self.m[n] + (1 - self.b2) * g


class Lamb:
    """You et al. 2020, algorithm 2, with φ(z) = z and bias correction."""
    def __init__(self, p, lr, beta1, beta2, eps, weight_decay):
        self.p, self.lr, self.b1, self.b2, self.eps, self.wd, self.t = p, lr, beta1, beta2, eps, weight_decay, 0
        self.m = {n: np.zeros_like(v.detach().numpy()) for n, v in p.items()}
        self.v = {n: np.zeros_like(v.detach().numpy()) for n, v in p.items()}

    def step(self):
        self.t += 1
        for n, v in self.p.items():
            g, theta = v.grad.numpy(), v.detach().numpy()
            self.m[n] = self.b1 * self.m[n] + (1 - self.b1) * g
            self.v[n] = self.b2 * self.v[n] + (1 - self.b2) * g * g
            m, s = self.m[n] / (1 - self.b1 ** self.t), self.v[n] / (1 - self.b2 ** self.t)
            r = m / (np.sqrt(s) + self.eps) + (self.wd * theta if n in MATRICES else 0)
            size, length = np.linalg.norm(theta), np.linalg.norm(r)
            theta -= self.lr * (size / length if size > 0 and length > 0 else 1) * r


class Adafactor:
    """Shazeer and Stern 2018, algorithms 4 and 5; momentum as in section 3 (of the steps)."""
    def __init__(self, p, lr, beta1, weight_decay, relative):
        self.p, self.lr, self.b1, self.wd, self.relative, self.t, self.state = p, lr, beta1, weight_decay, relative, 0, {}

    def step(self):
        self.t += 1
        e1, e2, d, b2 = 1e-30, 1e-3, 1.0, 1 - self.t ** -0.8
        for n, v in self.p.items():
            g, theta = v.grad.numpy(), v.detach().numpy()
            sq = g * g + e1
            if n in MATRICES:
                flat = sq.reshape(sq.shape[0], -1)
                row, column = self.state.get(n, (0, 0))
                row, column = b2 * row + (1 - b2) * flat.mean(1), b2 * column + (1 - b2) * flat.mean(0)
                self.state[n] = row, column
                second = (np.outer(row, column) / row.mean()).reshape(g.shape)
            else:
                self.state[n] = second = b2 * self.state.get(n, 0) + (1 - b2) * sq
            u = g / np.sqrt(second)
            u = u / max(1, np.sqrt((u * u).mean()) / d)
            rate = max(e2, np.sqrt((theta * theta).mean())) * min(self.lr, self.t ** -0.5) if self.relative else self.lr
            u = rate * u
            if self.b1:
                u = self.state[n + "m"] = self.b1 * self.state.get(n + "m", 0) + (1 - self.b1) * u
            theta *= 1 - self.lr * (self.wd if n in MATRICES else 0)
            theta -= u


class Muon:
    """Jordan 2024; vectors and scalars by PyTorch's AdamW."""
    def __init__(self, p, lr, momentum, nesterov, weight_decay, other_lr):
        self.p, self.lr, self.mu, self.nesterov, self.wd = p, lr, momentum, nesterov, weight_decay
        self.m = {n: np.zeros_like(p[n].detach().numpy()) for n in MATRICES}
        self.others = torch.optim.AdamW([v for n, v in p.items() if n not in MATRICES], lr=other_lr, betas=(0.9, 0.95),
                                        weight_decay=0.0)

    def step(self):
        self.others.step()
        for n in MATRICES:
            g, theta = self.p[n].grad.numpy(), self.p[n].detach().numpy()
            self.m[n] = self.mu * self.m[n] + g
            u = g + self.mu * self.m[n] if self.nesterov else self.m[n]
            x = u.reshape(u.shape[0], -1)
            x = x / (np.linalg.norm(x) + 1e-7)
            for _ in range(5):
                a = x @ x.T
                x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
            rows, columns = x.shape
            theta *= 1 - self.lr * self.wd
            theta -= self.lr * max(1, rows / columns) ** 0.5 * x.reshape(u.shape)


class Newton:
    """Levenberg's damping: as the docstring of Nabla's Newton says, with PyTorch's Hessian."""
    def __init__(self, p, data, damping):
        self.p, self.data, self.damping = p, data, damping

    def flat(self, x):
        parts, at = {}, 0
        for n, v in self.p.items():
            parts[n] = x[at:at + v.numel()].reshape(v.shape)
            at += v.numel()
        return loss_of(parts, self.data, True)

    def step(self, _):
        x = torch.cat([v.detach().reshape(-1) for v in self.p.values()])
        g, h = (f(self.flat, x) for f in (torch.autograd.functional.jacobian, torch.autograd.functional.hessian))
        start = self.flat(x)
        for _ in range(20):
            d = torch.linalg.solve(h + self.damping * torch.eye(len(x)), -g)
            fall = start - self.flat(x + d)
            if fall >= -start.abs() / 2 ** 22:
                agreement = fall / (-(g @ d) - d @ h @ d / 2)
                # Once at rest, float32 cannot tell how well the model foretells: it no longer matters.
                self.damping *= 0.25 if agreement > 0.75 else 4 if agreement < 0.25 else 1
                for (n, v), part in zip(self.p.items(), torch.split(x + d, [v.numel() for v in self.p.values()])):
                    v.data.copy_(part.reshape(v.shape))
                return
            self.damping *= 4


class NaturalGradient:
    """Amari 1998 with the empirical Fisher matrix, damped; the examples are the rows of x."""
    def __init__(self, p, data, lr, damping):
        self.p, self.data, self.lr, self.damping = p, data, lr, damping

    def step(self):
        rows = []
        for i in range(len(self.data["x"])):
            one = {**self.data, "x": self.data["x"][i:i + 1], "y": self.data["y"][i:i + 1]}
            parts = torch.autograd.grad(loss_of(self.p, one, False), list(self.p.values()))
            rows.append(torch.cat([part.reshape(-1) for part in parts]))
        j = torch.stack(rows)
        step = torch.linalg.solve(j.T @ j / len(rows) + self.damping * torch.eye(j.shape[1]), j.mean(0))
        for (n, v), part in zip(self.p.items(), torch.split(step, [v.numel() for v in self.p.values()])):
            v.data.sub_(self.lr * part.reshape(v.shape))


def decayed_apart(p, weight_decay):
    return [{"params": [p[n] for n in MATRICES], "weight_decay": weight_decay},
            {"params": [v for n, v in p.items() if n not in MATRICES], "weight_decay": 0.0}]


O = torch.optim
# name: optimizer, settings in Nabla's words, how to make it of the named parameters
CASES = {
    "sgd": ("Sgd", {"LearningRate": 0.1}, lambda p: O.SGD(p.values(), lr=0.1)),
    "sgd_momentum": ("Sgd", {"LearningRate": 0.05, "Momentum": 0.9}, lambda p: O.SGD(p.values(), lr=0.05, momentum=0.9)),
    "sgd_nesterov": ("Sgd", {"LearningRate": 0.05, "Momentum": 0.9, "Nesterov": True},
                     lambda p: O.SGD(p.values(), lr=0.05, momentum=0.9, nesterov=True)),
    "sgd_dampened": ("Sgd", {"LearningRate": 0.2, "Momentum": 0.8, "Dampening": 0.5, "WeightDecay": 0.01},
                     lambda p: O.SGD(p.values(), lr=0.2, momentum=0.8, dampening=0.5, weight_decay=0.01)),
    "adagrad": ("AdaGrad", {"LearningRate": 0.05}, lambda p: O.Adagrad(p.values(), lr=0.05)),
    "adagrad_all": ("AdaGrad", {"LearningRate": 0.1, "RateDecay": 0.01, "InitialSum": 0.1, "WeightDecay": 0.01, "Epsilon": 1e-6},
                    lambda p: O.Adagrad(p.values(), lr=0.1, lr_decay=0.01, initial_accumulator_value=0.1, weight_decay=0.01, eps=1e-6)),
    "adadelta": ("AdaDelta", {}, lambda p: O.Adadelta(p.values())),
    "adadelta_all": ("AdaDelta", {"LearningRate": 0.5, "Rho": 0.95, "Epsilon": 1e-4, "WeightDecay": 0.01},
                     lambda p: O.Adadelta(p.values(), lr=0.5, rho=0.95, eps=1e-4, weight_decay=0.01)),
    "rmsprop": ("RmsProp", {"LearningRate": 0.002}, lambda p: O.RMSprop(p.values(), lr=0.002)),
    "rmsprop_centred": ("RmsProp", {"LearningRate": 0.01, "Alpha": 0.9, "Epsilon": 0.1, "Centred": True},
                        lambda p: O.RMSprop(p.values(), lr=0.01, alpha=0.9, eps=0.1, centered=True)),
    "rmsprop_momentum": ("RmsProp", {"LearningRate": 0.001, "Momentum": 0.8, "WeightDecay": 0.01},
                         lambda p: O.RMSprop(p.values(), lr=0.001, momentum=0.8, weight_decay=0.01)),
    "rmsprop_all": ("RmsProp", {"LearningRate": 0.001, "Alpha": 0.95, "Epsilon": 1e-2, "Momentum": 0.8, "Centred": True},
                    lambda p: O.RMSprop(p.values(), lr=0.001, alpha=0.95, eps=1e-2, momentum=0.8, centered=True)),
    "adam": ("Adam", {"LearningRate": 0.01}, lambda p: O.Adam(p.values(), lr=0.01)),
    "adam_decay": ("Adam", {"LearningRate": 0.01, "Beta1": 0.8, "Beta2": 0.99, "WeightDecay": 0.01},
                   lambda p: O.Adam(p.values(), lr=0.01, betas=(0.8, 0.99), weight_decay=0.01)),
    "amsgrad": ("Adam", {"LearningRate": 0.01, "Beta2": 0.9, "AmsGrad": True},
                lambda p: O.Adam(p.values(), lr=0.01, betas=(0.9, 0.9), amsgrad=True)),
    "adamw": ("AdamW", {"LearningRate": 0.01, "WeightDecay": 0.1}, lambda p: O.AdamW(decayed_apart(p, 0.1), lr=0.01)),
    "adamw_amsgrad": ("AdamW", {"LearningRate": 0.01, "Beta2": 0.9, "WeightDecay": 0.1, "AmsGrad": True},
                      lambda p: O.AdamW(decayed_apart(p, 0.1), lr=0.01, betas=(0.9, 0.9), amsgrad=True)),
    "adamax": ("Adamax", {"LearningRate": 0.01}, lambda p: O.Adamax(p.values(), lr=0.01)),
    "adamax_decay": ("Adamax", {"LearningRate": 0.01, "Beta2": 0.9, "Epsilon": 1e-3, "WeightDecay": 0.01},
                     lambda p: O.Adamax(p.values(), lr=0.01, betas=(0.9, 0.9), eps=1e-3, weight_decay=0.01)),
    # foreach, because the other one of 1.13 has a factor twice in the momentum's product (mended in 2.0)
    "nadam": ("NAdam", {"LearningRate": 0.01}, lambda p: O.NAdam(p.values(), lr=0.01, foreach=True)),
    "nadam_decay": ("NAdam", {"LearningRate": 0.01, "MomentumDecay": 0.1, "WeightDecay": 0.01},
                    lambda p: O.NAdam(p.values(), lr=0.01, momentum_decay=0.1, weight_decay=0.01, foreach=True)),
    "radam": ("RAdam", {"LearningRate": 0.01}, lambda p: O.RAdam(p.values(), lr=0.01)),
    "radam_decay": ("RAdam", {"LearningRate": 0.01, "Beta2": 0.9, "WeightDecay": 0.01},
                    lambda p: O.RAdam(p.values(), lr=0.01, betas=(0.9, 0.9), weight_decay=0.01)),
    "rprop": ("Rprop", {"LearningRate": 0.01, "SmallestStep": 1e-3, "LargestStep": 0.05},
              lambda p: O.Rprop(p.values(), lr=0.01, step_sizes=(1e-3, 0.05))),
    "rprop_all": ("Rprop", {"LearningRate": 0.02, "Shrink": 0.6, "Grow": 1.1, "SmallestStep": 1e-3, "LargestStep": 0.04},
                  lambda p: O.Rprop(p.values(), lr=0.02, etas=(0.6, 1.1), step_sizes=(1e-3, 0.04))),
    "lion": ("Lion", {"LearningRate": 1 / 512, "WeightDecay": 0.1}, lambda p: Lion(p, 1 / 512, 0.9, 0.99, 0.1)),
    "lamb": ("Lamb", {"LearningRate": 0.01, "WeightDecay": 0.01}, lambda p: Lamb(p, 0.01, 0.9, 0.999, 1e-6, 0.01)),
    "adafactor": ("Adafactor", {"LearningRate": 0.02}, lambda p: Adafactor(p, 0.02, 0, 0, True)),
    "adafactor_all": ("Adafactor", {"LearningRate": 0.01, "Beta1": 0.9, "WeightDecay": 0.1, "RelativeStep": False},
                      lambda p: Adafactor(p, 0.01, 0.9, 0.1, False)),
    "muon": ("Muon", {"LearningRate": 0.01, "Others": {"LearningRate": 0.01, "Beta2": 0.95}},
             lambda p: Muon(p, 0.01, 0.95, True, 0.0, 0.01)),
    "muon_plain": ("Muon", {"LearningRate": 0.004, "Momentum": 0.8, "Nesterov": False, "WeightDecay": 0.1,
                            "Others": {"LearningRate": 0.01, "Beta2": 0.95}},
                   lambda p: Muon(p, 0.004, 0.8, False, 0.1, 0.01)),
    "lbfgs": ("Lbfgs", {"LearningRate": 0.5, "MostIterations": 1, "History": 5, "LineSearch": False, "ChangeTolerance": 1e-13},
              lambda p: O.LBFGS(p.values(), lr=0.5, max_iter=1, history_size=5, tolerance_change=1e-13)),
    "lbfgs_wolfe": ("Lbfgs", {"MostIterations": 1, "MostEvaluations": 30, "History": 100, "ChangeTolerance": 1e-13},
                    lambda p: O.LBFGS(p.values(), max_iter=1, max_eval=30, tolerance_change=1e-13, line_search_fn="strong_wolfe")),
    "newton": ("Newton", {"Damping": 0.5}, lambda p, d: Newton(p, d, 0.5)),
    "natural": ("NaturalGradient", {"LearningRate": 0.1, "Damping": 0.125}, lambda p, d: NaturalGradient(p, d, 0.1, 0.125)),
}


def run(make, initial, data, convex):
    p = {n: torch.from_numpy(np.asarray(v, np.float64)).clone().requires_grad_() for n, v in initial.items()}
    d = {n: torch.from_numpy(np.asarray(v, np.float64)) for n, v in data.items()}
    optimizer, rows = make(p, d) if make.__code__.co_argcount == 2 else make(p), []

    def evaluate():
        for v in p.values():
            v.grad = None
        loss = loss_of(p, d, convex)
        loss.backward()
        return loss

    for step in range(1, STEPS + 1):
        if convex:
            optimizer.step(evaluate)
        else:
            evaluate()
            optimizer.step()
        if step in SNAPSHOTS:
            rows.append(np.concatenate([v.detach().numpy().reshape(-1) for v in p.values()]).copy())
    return np.stack(rows)


def record():
    rng = np.random.RandomState(SEED)
    initial = {n: (0.5 * rng.standard_normal(shape)).astype(np.float32) for n, shape in SHAPES.items()}
    initial["s"] = np.array(1.5, np.float32)
    data = {n: rng.standard_normal(shape).astype(np.float32) for n, shape in DATA.items()}
    data["a"] = np.abs(data["a"]) + np.float32(0.5)
    tensors = {**{f"initial/{n}": v for n, v in initial.items()}, **{f"data/{n}": v for n, v in data.items()}}
    notes = {}
    for name, (optimizer, settings, make) in CASES.items():
        tensors[name] = run(make, initial, data, optimizer in ("Lbfgs", "Newton"))
        notes[name] = {"optimizer": optimizer, "settings": settings}
    return tensors, {"seed": SEED, "steps": STEPS, "snapshots": SNAPSHOTS, "parameters": list(SHAPES), "cases": notes}
