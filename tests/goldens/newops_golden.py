"""Golden outputs and gradients of the operations in docs/ops.md, and further shapes (empty, of one element) of those in
ops_golden.py, whose file stays as it is. A case is one vector as in layers.safetensors, the numbers of its parts one after the
other (942 cases of a few small tensors each would else be two thirds header); dL/dy of every case is the first numbers of the one
tensor `upstream`.

Every operation has at least five shapes, among them an empty one, one of a single element and odd ones.
"""
import json

import numpy as np
import torch
import torch.nn.functional as F

import ops_golden

SEED = 20261122
SHAPES = [[], [1], [3, 5], [2, 3, 4], [0, 3]]


class Recorder(ops_golden.Recorder):
    def __init__(self):
        super().__init__()
        self.rng = np.random.RandomState(SEED)
        self.tensors["upstream"] = self.normal(1000)

    def upstream(self, name, y):
        return self.tensors["upstream"][:y.numel()].reshape(y.shape)

    def constant(self, op, function, *constants, **attributes):
        """Record a result that has no gradient."""
        self.case(op, lambda *x: function(*x).double(), constants=constants, **attributes)


def elementwise(r):
    anywhere = lambda *shape: r.normal(*shape, scale=2)
    positive = lambda *shape: r.uniform(0.05, 4, *shape)
    inside = lambda *shape: r.uniform(-0.95, 0.95, *shape)
    above = lambda *shape: r.uniform(1.1, 5, *shape)
    share = lambda *shape: r.uniform(0.05, 0.95, *shape)
    functions = {
        "sin": (torch.sin, anywhere), "cos": (torch.cos, anywhere), "tan": (torch.tan, inside),
        "asin": (torch.asin, inside), "acos": (torch.acos, inside), "atan": (torch.atan, anywhere),
        "sinh": (torch.sinh, anywhere), "cosh": (torch.cosh, anywhere), "asinh": (torch.asinh, anywhere),
        "acosh": (torch.acosh, above), "atanh": (torch.atanh, inside), "reciprocal": (torch.reciprocal, r.away_from_zero),
        "rsqrt": (torch.rsqrt, positive), "log1p": (torch.log1p, positive), "expm1": (torch.expm1, anywhere),
        "exp2": (torch.exp2, anywhere), "log2": (torch.log2, positive), "log10": (torch.log10, positive),
        "sign": (torch.sign, anywhere), "floor": (torch.floor, anywhere), "ceil": (torch.ceil, anywhere),
        "round": (torch.round, anywhere), "trunc": (torch.trunc, anywhere), "frac": (torch.frac, anywhere),
        "erf": (torch.erf, anywhere), "relu6": (F.relu6, lambda *s: r.normal(*s, scale=5)), "selu": (F.selu, anywhere),
        "mish": (F.mish, anywhere), "softsign": (F.softsign, anywhere), "hardsigmoid": (F.hardsigmoid, anywhere),
        "hardswish": (F.hardswish, anywhere), "tanhshrink": (F.tanhshrink, anywhere), "log_sigmoid": (F.logsigmoid, anywhere),
        "logit": (torch.logit, share), "abs": (torch.abs, anywhere), "square": (torch.square, anywhere),
        "neg": (torch.neg, anywhere),
        # further shapes of those in ops.safetensors
        "exp": (torch.exp, anywhere), "log": (torch.log, positive), "sqrt": (torch.sqrt, positive), "tanh": (torch.tanh, anywhere),
        "sigmoid": (torch.sigmoid, anywhere), "relu": (torch.relu, anywhere), "gelu": (F.gelu, anywhere),
        "gelu_tanh": (lambda x: F.gelu(x, approximate="tanh"), anywhere), "silu": (F.silu, anywhere),
    }
    for op, (function, numbers) in functions.items():
        for shape in SHAPES:
            r.case(op, function, numbers(*shape))
    for op in "sin", "cos", "mish", "log_sigmoid", "selu", "softsign", "asinh", "expm1", "tanhshrink":
        r.case(op, functions[op][0], r.uniform(-30, 30, 17))


def with_settings(r):
    functions = {
        "leaky_relu": (F.leaky_relu, {"negative_slope": 0.1}), "elu": (F.elu, {"alpha": 0.7}), "celu": (F.celu, {"alpha": 2.0}),
        "softplus": (F.softplus, {"beta": 2.0, "threshold": 20.0}), "hardtanh": (F.hardtanh, {"min_val": -0.5, "max_val": 1.5}),
        "hardshrink": (F.hardshrink, {"lambd": 0.75}), "softshrink": (F.softshrink, {"lambd": 0.75}),
        "threshold": (F.threshold, {"threshold": 0.5, "value": -3.0}), "clamp": (torch.clamp, {"min": -1.0, "max": 0.5}),
    }
    for op, (function, settings) in functions.items():
        for shape in SHAPES:
            r.case(op, lambda x, f=function, s=settings: f(x, **s), r.normal(*shape, scale=2), **settings)
    for exponent in 2.5, 3.0, -1.0, 0.5, 0.0:
        for shape in [3, 5], [0, 2]:
            r.case("pow_scalar", lambda x, p=exponent: torch.pow(x, p), r.uniform(0.2, 4, *shape), exponent=exponent)
    r.case("pow_scalar", lambda x: torch.pow(x, 3.0), r.normal(2, 3, 4), exponent=3.0)
    for settings in {"beta": 1.0, "threshold": 20.0}, {"beta": 3.0, "threshold": 2.0}:
        r.case("softplus", lambda x, s=settings: F.softplus(x, **s), r.uniform(-40, 40, 17), **settings)


def binaries(r):
    pairs = [([3, 5], [3, 5]), ([2, 3, 5], [5]), ([4, 1, 7], [3, 1]), ([], [2, 3]), ([1], [1]), ([0, 3], [3])]
    positive = lambda *shape: r.uniform(0.2, 4, *shape)
    functions = {
        "pow": (torch.pow, positive, r.normal), "atan2": (torch.atan2, r.normal, r.normal),
        "log_add_exp": (torch.logaddexp, r.normal, r.normal), "remainder": (torch.remainder, r.normal, r.away_from_zero),
        "maximum": (torch.maximum, r.normal, r.normal), "minimum": (torch.minimum, r.normal, r.normal),
        "add": (torch.add, r.normal, r.normal), "sub": (torch.sub, r.normal, r.normal), "mul": (torch.mul, r.normal, r.normal),
        "div": (torch.div, r.normal, r.away_from_zero), "swiglu": (lambda a, b: F.silu(a) * b, r.normal, r.normal),
    }
    for op, (function, first, second) in functions.items():
        for a, b in pairs if op in ("pow", "atan2", "log_add_exp", "remainder", "maximum", "minimum") else pairs[4:]:
            if op == "remainder":  # its gradient by b is not PyTorch's 1.13, which has none
                r.case(op, lambda x, y: torch.remainder(x, y), first(*a), constants=[second(*b)])
            else:
                r.case(op, function, first(*a), second(*b))
    whole = lambda *shape: r.normal(*shape, scale=2).round()
    for op, function in {"greater": torch.gt, "greater_equal": torch.ge, "equal": torch.eq, "less": torch.lt, "less_equal": torch.le, "not_equal": torch.ne}.items():
        for a, b in pairs:
            r.constant(op, function, whole(*a), whole(*b))
    for shape in [2, 3], [2, 3, 4], [1, 3, 1, 2], [0, 3], [1, 1]:
        r.case("prelu", lambda x, w: F.prelu(x, w), r.normal(*shape), r.uniform(0.1, 0.5, shape[1]))
    for shape, dim in [([2, 6], -1), ([4, 3], 0), ([2, 4, 3], 1), ([2], 0), ([0, 2], 1)]:
        r.case("glu", lambda x, d=dim: F.glu(x, d), r.normal(*shape), dim=dim)
        r.case("softmin", lambda x, d=dim: F.softmin(x, d), r.normal(*shape), dim=dim)
        r.case("where", lambda a, b, c: torch.where(c != 0, a, b), r.normal(*shape), r.normal(*shape), constants=[whole(*shape)])
    r.case("where", lambda a, b, c: torch.where(c != 0, a, b), r.normal(3, 1), r.normal(4), constants=[whole(2, 1, 4)])


def indexing(r):
    for shape, dim, index in [([3, 4], 1, (3, 2)), ([3, 4], 0, (2, 4)), ([2, 3, 5], 1, (2, 4, 3)), ([1], 0, (3,)), ([0, 3], 1, (0, 2)), ([2, 5, 3], -1, (1, 2, 2))]:
        ids = torch.from_numpy(r.integers(shape[dim], *index))
        note = {"dim": dim, "indices": ids.flatten().tolist(), "shape": list(index)}
        r.case("gather_along", lambda x, d=dim, i=ids: torch.gather(x, d, i), r.normal(*shape), **note)
        r.case("scatter_add", lambda x, s, d=dim, i=ids: x.scatter_add(d, i, s), r.normal(*shape), r.normal(*index), **note)
    for shape, dim, count in [([3, 4], 1, 2), ([3, 4], 0, 3), ([2, 5, 3], 1, 4), ([1], 0, 1), ([0, 3], 1, 2)]:
        lines = [s for d, s in enumerate(shape) if d != dim]
        order = np.argsort(r.uniform(0, 1, *lines, shape[dim]).numpy(), -1)[..., :count]
        ids = torch.from_numpy(np.moveaxis(order, -1, dim).copy())
        r.case("scatter", lambda x, s, d=dim, i=ids: x.scatter(d, i, s), r.normal(*shape), r.normal(*ids.shape), dim=dim,
               indices=ids.flatten().tolist(), shape=list(ids.shape))
    for shape, dim, ids in [([4, 3], 0, [3, 0, 3]), ([2, 5, 3], 1, [4, 4, 0, 1]), ([2, 5], -1, [1]), ([1], 0, [0, 0]), ([0, 3], 1, [2])]:
        t = torch.tensor(ids)
        r.case("index_select", lambda x, d=dim, i=t: torch.index_select(x, d, i), r.normal(*shape), dim=dim, indices=ids)
        source = [*shape]
        source[dim] = len(ids)
        r.case("index_add", lambda x, s, d=dim, i=t: x.index_add(d, i, s), r.normal(*shape), r.normal(*source), dim=dim, indices=ids)
        r.case("take", lambda x, i=t: torch.take(x, i) if x.numel() else x.flatten(), r.normal(*shape), indices=ids if min(shape) else [])
        r.case("flip", lambda x, d=dim: torch.flip(x, [d]), r.normal(*shape), dims=[dim])
        r.case("roll", lambda x, d=dim: torch.roll(x, 2, d), r.normal(*shape), shift=2, dim=dim)
        r.case("repeat_interleave", lambda x, d=dim: torch.repeat_interleave(x, 3, d), r.normal(*shape), count=3, dim=dim)
    r.case("flip", lambda x: torch.flip(x, [0, -1]), r.normal(2, 3, 4), dims=[0, -1])
    for shape, counts in [([2, 3], [2, 1]), ([3], [2, 3]), ([2, 3, 2], [2, 1, 2]), ([1], [4]), ([0, 3], [2, 2])]:
        r.case("repeat", lambda x, c=counts: x.repeat(*c), r.normal(*shape), counts=counts)
    for shape, padding, mode in [([2, 3], [1, 2], "constant"), ([2, 5, 3], [0, 1, -1, -2], "constant"), ([1], [2, 0], "constant"), ([0, 2], [1, 1, 1, 0], "constant"), ([2, 3, 4, 5], [1, 0, 2, 1, 0, 2], "constant"),
                                 ([2, 1, 4], [2, 3], "reflect"), ([2, 3, 4, 5], [1, 2, 2, 0], "reflect"), ([1, 2, 3, 4, 3], [1, 2, 2, 0, 1, 1], "reflect"), ([1, 1, 3], [2, 2], "reflect"), ([1, 1, 2, 2], [1, 1, 1, 1], "reflect"),
                                 ([2, 1, 4], [2, 3], "replicate"), ([2, 3, 4, 5], [1, 2, 2, 0], "replicate"), ([1, 2, 3, 4, 3], [1, 2, 2, 0, 1, 1], "replicate"), ([1, 1, 1], [2, 2], "replicate"), ([1, 1, 1, 1], [1, 1, 1, 1], "replicate"),
                                 ([2, 1, 4], [2, 3], "circular"), ([2, 3, 4, 5], [1, 2, 2, 0], "circular"), ([1, 2, 3, 4, 3], [1, 2, 2, 0, 1, 1], "circular"), ([1, 1, 1], [1, 1], "circular"), ([1, 1, 2, 2], [1, 1, 1, 1], "circular")]:
        value = 1.5 if mode == "constant" else 0.0
        r.case("pad", lambda x, p=padding, m=mode, v=value: F.pad(x, p, m, v) if m == "constant" else F.pad(x, p, m), r.normal(*shape), padding=padding, mode=mode, value=value)
    for shape, diagonal in [([4, 3], 0), ([2, 3, 5], 1), ([3, 3], -1), ([1, 1], 0), ([0, 3], 0)]:
        r.case("tril", lambda x, d=diagonal: torch.tril(x, d), r.normal(*shape), diagonal=diagonal)
        r.case("triu", lambda x, d=diagonal: torch.triu(x, d), r.normal(*shape), diagonal=diagonal)
        r.case("diagonal", lambda x, d=diagonal: torch.diagonal(x, d, 0, -1), r.normal(*shape), offset=diagonal, dim1=0, dim2=-1)
        r.case("diag_embed", lambda x, d=diagonal: torch.diag_embed(x, d), r.normal(*shape), offset=diagonal)
        r.case("trace", lambda x: torch.diagonal(x, 0, -2, -1).sum(-1), r.normal(*shape))
    for shapes, dim in [([[2, 3]] * 3, 0), ([[2, 3]] * 2, -1), ([[2, 3, 4]] * 2, 1), ([[1]] * 2, 0), ([[0, 3]] * 2, 1)]:
        r.case("stack", lambda *x, d=dim: torch.stack(x, d), *[r.normal(*s) for s in shapes], dim=dim)
    for shape, dim, size, part in [([5, 2], 0, 2, 2), ([2, 7], 1, 3, 1), ([2, 3, 4], -1, 4, 0), ([1], 0, 1, 0), ([4, 0], 0, 3, 1)]:
        r.case("split", lambda x, d=dim, s=size, k=part: torch.split(x, s, d)[k], r.normal(*shape), dim=dim, size=size, part=part)
        r.case("chunk", lambda x, d=dim: torch.chunk(x, 2, d)[0], r.normal(*shape), dim=dim)
        r.case("unbind", lambda x, d=dim: torch.unbind(x, d)[-1], r.normal(*shape), dim=dim)
    for shape, order in [([2, 3], [1, 0]), ([2, 3, 4], [2, 0, 1]), ([1, 2, 3, 2], [3, 1, 0, 2]), ([1], [0]), ([0, 3, 2], [1, 2, 0])]:
        r.case("permute", lambda x, o=order: x.permute(*o), r.normal(*shape), order=order)
        r.case("movedim", lambda x: torch.movedim(x, 0, -1), r.normal(*shape), source=0, destination=-1)
        r.case("flatten", lambda x: torch.flatten(x, 0, -1), r.normal(*shape), start=0, end=-1)
    for size in [(5,), (2, 3), (1,), (0,), (2, 2, 2)]:
        classes = r.integers(4, *size).flatten()
        r.constant("one_hot", lambda c=classes: F.one_hot(torch.from_numpy(c), 4), classes=classes.tolist(), count=4)
    for start, end, step in [(0, 5, 1), (1, 2, 0.25), (5, -1, -2), (0, 0, 1), (2, 3, 1)]:
        r.constant("arange", lambda s=start, e=end, t=step: torch.arange(s, e, t, dtype=torch.float64), start=start, end=end, step=step)
    for start, end, count in [(0, 1, 5), (-3, 3, 7), (2, 2, 1), (0, 1, 0), (5, -5, 11)]:
        r.constant("linspace", lambda s=start, e=end, n=count: torch.linspace(s, e, n, dtype=torch.float64), start=start, end=end, count=count)
        r.constant("eye", lambda n=count: torch.eye(n, 4), count=count)
    for a, b, part in [(2, 3, 0), (1, 1, 1), (3, 1, 0), (0, 2, 1), (4, 5, 1)]:
        r.case("meshgrid", lambda x, y, k=part: torch.meshgrid(x, y, indexing="ij")[k], r.normal(a), r.normal(b), part=part)


def reductions(r):
    cases = [([3, 5], 0, False), ([2, 3, 7], 1, True), ([2, 3, 5], -1, False), ([1], 0, False), ([0, 3], 1, False), ([1, 9], -1, True)]
    functions = {
        "prod": torch.prod, "min": lambda x, dim, keepdim: torch.min(x, dim, keepdim).values,
        "max_indices": lambda x, dim, keepdim: torch.max(x, dim, keepdim).values,
        "min_indices": lambda x, dim, keepdim: torch.min(x, dim, keepdim).values,
        "std": lambda x, dim, keepdim: torch.std(x, dim, unbiased=False, keepdim=keepdim) if x.shape[dim] > 1 else torch.zeros_like(x.sum(dim, keepdim=keepdim)) * x.sum(),
        "sum": torch.sum, "mean": torch.mean, "max": lambda x, dim, keepdim: torch.max(x, dim, keepdim).values,
        "var": lambda x, dim, keepdim: torch.var(x, dim, unbiased=False, keepdim=keepdim),
        "log_sum_exp": torch.logsumexp,
    }
    for op, function in functions.items():
        for shape, dim, keepdim in cases if op not in ("sum", "mean", "max", "var") else cases[3:]:
            if op == "std" and shape == [1]:
                continue  # the derivative of √0
            r.case(op, lambda x, d=dim, k=keepdim, f=function: f(x, dim=d, keepdim=k), r.normal(*shape), dim=dim, keepdim=keepdim)
    zeros = r.normal(3, 4)
    zeros[0, 1] = zeros[1, 2] = zeros[1, 3] = 0
    r.case("prod", lambda x: torch.prod(x, 1), zeros, dim=1, keepdim=False)
    r.case("std_unbiased", lambda x: torch.std(x), r.normal(7))
    r.case("std_unbiased", lambda x: torch.std(x), r.normal(2, 3))
    for shape, dims, keepdim in [([2, 3, 4], [0, 2], False), ([2, 3, 4], [0, 2], True), ([3, 5], [-1, 0], False), ([1, 1], [0, 1], False), ([0, 3, 2], [1, 2], True)]:
        note = {"dims": dims, "keepdim": keepdim}
        r.case("log_sum_exp_dims", lambda x, d=dims, k=keepdim: torch.logsumexp(x, d, k), r.normal(*shape, scale=20), **note)
        r.case("sum_dims", lambda x, d=dims, k=keepdim: torch.sum(x, d, k), r.normal(*shape), **note)
        for p in (0, 1, 2, 3, 0.5, "inf", "-inf") if keepdim else (2, "inf"):
            r.case("norm", lambda x, d=dims, k=keepdim, p=p: torch.linalg.vector_norm(x, float(p), d, k), r.normal(*shape), p=float(p) if p not in ("inf", "-inf") else p, **note)
    for shape, dim in [([5], 0), ([3, 5], 0), ([2, 3, 4], 1), ([1], 0), ([0, 3], 1), ([2, 7], -1)]:
        r.case("cumsum", lambda x, d=dim: torch.cumsum(x, d), r.normal(*shape), dim=dim)
        r.case("cumprod", lambda x, d=dim: torch.cumprod(x, d), r.normal(*shape), dim=dim)
        r.case("logcumsumexp", lambda x, d=dim: torch.logcumsumexp(x, d), r.normal(*shape, scale=10), dim=dim)
        r.case("cummax", lambda x, d=dim: torch.cummax(x, d).values, r.normal(*shape), dim=dim)
        r.case("cummin", lambda x, d=dim: torch.cummin(x, d).values, r.normal(*shape), dim=dim)
        for descending in (False, True) if len(shape) == 2 else (False,):
            r.case("sort", lambda x, d=dim, w=descending: torch.sort(x, d, w).values, r.normal(*shape), dim=dim, descending=descending)
            r.case("topk", lambda x, d=dim, w=descending: torch.topk(x, (x.shape[d] + 1) // 2, d, w).values, r.normal(*shape), dim=dim, largest=descending)
            x = r.normal(*shape).round()
            r.constant("argsort", lambda x, d=dim, w=descending: torch.sort(x, dim=d, descending=w, stable=True).indices, x, dim=dim, descending=descending)
        r.constant("argmax", lambda x, d=dim: torch.argmax(x, d), r.normal(*shape), dim=dim)
        r.constant("argmin", lambda x, d=dim: torch.argmin(x, d), r.normal(*shape), dim=dim)
        r.case("median", lambda x, d=dim: torch.median(x, d).values, r.normal(*shape), dim=dim)
        r.case("kthvalue", lambda x, d=dim: torch.kthvalue(x, 1, d).values, r.normal(*shape), k=1, dim=dim)
    r.case("cumprod", lambda x: torch.cumprod(x, 1), zeros, dim=1)
    r.case("logcumsumexp", lambda x: torch.logcumsumexp(x, 0), r.uniform(-90, 90, 17), dim=0)


def linear(r):
    for equation, shapes in [("ij,jk->ik", [[2, 3], [3, 4]]), ("bij,bjk->bik", [[2, 3, 4], [2, 4, 2]]), ("ii->i", [[3, 3]]), ("ii", [[4, 4]]), ("ij->ji", [[2, 3]]), ("i,j->ij", [[3], [2]]),
                             ("ij,j", [[2, 3], [3]]), ("...ij,...jk->...ik", [[2, 1, 3, 4], [5, 4, 2]]), ("bi,oij,bj->bo", [[2, 3], [4, 3, 2], [2, 2]]), ("ijk->j", [[2, 3, 4]]),
                             ("bhqd,bhkd->bhqk", [[1, 2, 3, 4], [1, 2, 5, 4]]), ("ij,ij->", [[2, 3], [2, 3]]), ("a,b,c->cab", [[2], [3], [4]]), ("ij,jk,kl", [[2, 3], [3, 2], [2, 4]]),
                             ("iij,jk->ik", [[3, 3, 2], [2, 4]]), ("i...->...", [[2, 3, 4]]), ("ij,jk->ik", [[0, 3], [3, 2]]), ("ij,jk->ik", [[2, 0], [0, 2]]), ("i,i->i", [[1], [1]]), ("ba, cb", [[2, 3], [4, 2]]),
                             ("...,...->...", [[2, 3], [3]]), (",->", [[], []]), ("ij,kj->ik", [[2, 3], [1, 1]])]:
        r.case("einsum", lambda *x, e=equation: torch.einsum(e, *x), *[r.normal(*s) for s in shapes], equation=equation)
    for m, n in [(3, 4), (1, 1), (1, 5), (0, 3), (7, 2)]:
        r.case("outer", torch.outer, r.normal(m), r.normal(n))
        r.case("dot", torch.dot, r.normal(m), r.normal(m))
        r.case("mv", torch.mv, r.normal(m, n), r.normal(n))
    for a, i, j, o in [([2], 3, 4, 5), ([2, 3], 2, 2, 1), ([], 3, 2, 4), ([1], 1, 1, 1), ([0], 2, 3, 2)]:
        r.case("bilinear", F.bilinear, r.normal(*a, i), r.normal(*a, j), r.normal(o, i, j), r.normal(o))
    for shape in [3, 5], [2, 3, 4], [1, 1], [0, 3], [1, 7]:
        for p in (1.0, 2.0, 3.0) if len(shape) == 3 else (2.0,):
            r.case("pairwise_distance", lambda a, b, p=p: F.pairwise_distance(a, b, p), r.normal(*shape), r.normal(*shape), p=p)
            r.case("cdist", lambda a, b, p=p: torch.linalg.vector_norm(a.unsqueeze(-2) - b.unsqueeze(-3), p, -1), r.normal(*shape), r.normal(*shape[:-2], 4, shape[-1]), p=p)
            r.case("normalize", lambda x, p=p: F.normalize(x, p, -1), r.normal(*shape), p=p, dim=-1)
        r.case("cosine_similarity", lambda a, b: F.cosine_similarity(a, b, -1), r.normal(*shape), r.normal(*shape), dim=-1)
    r.case("cosine_similarity", lambda a, b: F.cosine_similarity(a, b, 0), r.normal(4, 3), r.normal(4, 3), dim=0)


def shuffled(x, f):
    """PyTorch 1.13 has the wrong shape for the gradient of an empty batch."""
    return F.pixel_shuffle(x, f) if x.numel() else x.reshape(x.shape[0], x.shape[1] // f ** 2, x.shape[2] * f, x.shape[3] * f)


def unshuffled(x, f):
    return F.pixel_unshuffle(x, f) if x.numel() else x.reshape(x.shape[0], x.shape[1] * f ** 2, x.shape[2] // f, x.shape[3] // f)


def images(r):
    for shape, size in [([2, 3, 6, 8], [3, 4]), ([1, 2, 7, 5], [3, 2]), ([2, 1, 4, 3], [6, 5]), ([1, 1, 1, 1], [1, 1]), ([0, 2, 4, 4], [2, 2]), ([1, 2, 9, 11], [4, 7])]:
        r.case("adaptive_avg_pool2d", lambda x, s=size: F.adaptive_avg_pool2d(x, s), r.normal(*shape), size=size)
        r.case("adaptive_max_pool2d", lambda x, s=size: F.adaptive_max_pool2d(x, s), r.normal(*shape), size=size)
    for shape, size in [([2, 3, 9], 4), ([1, 2, 7], 7), ([2, 2, 5], 8), ([1, 1, 1], 1), ([0, 2, 6], 3)]:
        r.case("adaptive_avg_pool1d", lambda x, s=size: F.adaptive_avg_pool1d(x, s) if x.shape[0] else x[..., :s], r.normal(*shape), size=size)
        r.case("adaptive_max_pool1d", lambda x, s=size: F.adaptive_max_pool1d(x, s) if x.shape[0] else x[..., :s], r.normal(*shape), size=size)
    for shape, p, kernel, stride in [([2, 3, 6, 8], 2.0, 2, 2), ([1, 2, 7, 5], 3.0, [3, 2], [2, 1]), ([1, 1, 4, 4], 1.0, 2, 2), ([1, 1, 1, 1], 2.0, 1, 1), ([2, 1, 5, 5], 1.5, 3, 1), ([0, 2, 4, 4], 2.0, 2, 2)]:
        r.case("lp_pool2d", lambda x, p=p, k=kernel, s=stride: F.lp_pool2d(x, p, k, s), r.uniform(0.2, 3, *shape), p=p, kernel_size=kernel, stride=stride)
    for shape, kernel, s, p, d in [([2, 2, 4, 3], 2, 1, 0, 1), ([1, 2, 5, 4], [2, 3], [2, 1], [1, 0], 1), ([1, 1, 5, 6], 2, 1, 1, [2, 3]), ([1, 1, 1, 1], 1, 1, 0, 1), ([2, 1, 6, 6], 3, 2, 1, 1), ([0, 2, 3, 3], 2, 1, 0, 1)]:
        note = {"kernel_size": kernel, "stride": s, "padding": p, "dilation": d}
        columns = F.unfold(torch.zeros(max(1, shape[0]), *shape[1:]), **note)[:shape[0]]
        r.case("unfold", lambda x, n=note: F.unfold(x, **n), r.normal(*shape), **note)
        r.case("fold", lambda x, n=note, z=shape: F.fold(x, z[2:], **n), r.normal(*columns.shape), image=shape, **note)
    for shape, factor in [([2, 4, 3, 2], 2), ([1, 9, 2, 2], 3), ([1, 8, 1, 3], 2), ([1, 1, 1, 1], 1), ([0, 4, 2, 2], 2)]:
        r.case("pixel_shuffle", lambda x, f=factor: shuffled(x, f), r.normal(*shape), factor=factor)
        swapped = [shape[0], 1, shape[2] * factor, shape[3] * factor]
        r.case("pixel_unshuffle", lambda x, f=factor: unshuffled(x, f), r.normal(*swapped), factor=factor)
        r.case("channel_shuffle", lambda x, f=factor: x.reshape(x.shape[0], f, -1 if x.numel() else x.shape[1] // f, *x.shape[2:]).transpose(1, 2).reshape(x.shape), r.normal(*shape), groups=factor)


def more_shapes(r):
    """Of the operations in ops.safetensors that have fewer than five shapes there, or no empty one."""
    for a, b in [([0, 3], [3, 2]), ([2, 0], [0, 2])]:
        r.case("matmul", torch.matmul, r.normal(*a), r.normal(*b))
    for op, function in {"softmax": torch.softmax, "log_softmax": torch.log_softmax}.items():
        r.case(op, lambda x, f=function: f(x, -1), r.normal(0, 4), dim=-1)
    for shape in [0, 4], [1, 1]:
        r.case("layer_norm", lambda x, w, b: F.layer_norm(x, [x.shape[-1]], w, b, eps=0.1), r.normal(*shape), r.normal(shape[-1]), r.normal(shape[-1]), eps=0.1)
        r.case("rms_norm", lambda x, w: ops_golden.rms_norm(x, w, 1e-5), r.normal(*shape), r.normal(shape[-1]), eps=1e-5)
    for rows, width, shape in [(1, 1, [1]), (4, 3, [0]), (5, 2, [2, 1, 3])]:
        ids = r.integers(rows, *shape)
        r.case("embedding", lambda w, i=ids: F.embedding(torch.from_numpy(i), w), r.normal(rows, width), indices=ids.flatten().tolist(), shape=shape)
    for shape, dim, start, end in [([1], 0, 0, 1), ([3, 2], 0, 3, 3), ([0, 4], 1, 1, 3)]:
        r.case("slice", lambda x, d=dim, s=start, e=end: x.narrow(d, s, e - s), r.normal(*shape), dim=dim, start=start, end=end)
    for shapes, dim in [([[1], [1]], 0), ([[2, 0], [2, 3]], 1), ([[0, 2], [0, 2]], 0), ([[2, 1, 3]] * 3, -1)]:
        r.case("concat", lambda *x, d=dim: torch.cat(x, d), *[r.normal(*s) for s in shapes], dim=dim)
    for shape, a, b in [([1, 1], 0, 1), ([0, 3], 0, 1), ([3, 2, 4], 0, -1), ([5, 2], 0, 1), ([2, 3, 1, 2], 1, 3)]:
        r.case("transpose", lambda x, i=a, j=b: x.transpose(i, j), r.normal(*shape), dim0=a, dim1=b)
    for a, b in [([2, 6], [3, 4]), ([2, 3, 4], [6, 4]), ([1], [1, 1]), ([0, 3], [3, 0]), ([7], [7, 1])]:
        r.case("reshape", lambda x, s=b: x.reshape(s), r.normal(*a), sizes=b)
    for a, b in [([3], [2, 3]), ([2, 1, 3], [2, 4, 3]), ([1], [5]), ([1, 2], [0, 2]), ([1, 1], [1, 1])]:
        r.case("expand", lambda x, s=b: x.expand(s), r.normal(*a), sizes=b)
    for shape in [2, 3], [2, 3, 5], [1], [0, 2], [17]:
        mask = r.integers(2, *shape)
        r.case("masked_fill", lambda x, m=mask: x.masked_fill(torch.from_numpy(m) != 0, -7), r.normal(*shape), mask=mask.flatten().tolist(), value=-7.0)
        gate = r.integers(5, *shape[:-1]) if shape[-1] >= 5 else r.integers(shape[-1], *shape[:-1]) if shape[-1] else None
        if gate is not None and len(shape) > 1:
            ids = torch.as_tensor(gate)
            r.case("gather_last", lambda x, i=ids: x.gather(-1, i.unsqueeze(-1)).squeeze(-1), r.normal(*shape), indices=ids.flatten().tolist())
    for shape in [4, 3], [1, 1], [0, 2], [2, 3, 5], [17, 9]:
        r.case("affine", F.linear, r.normal(*shape), r.normal(4, shape[-1]), r.normal(4))
    for op, function in {"bias_gelu": F.gelu, "bias_gelu_tanh": lambda x: F.gelu(x, approximate="tanh"), "bias_silu": F.silu}.items():
        for shape in [0, 4], [1, 1], [7, 3]:
            r.case(op, lambda x, b, f=function: f(x + b), r.normal(*shape), r.normal(shape[-1]))
    for rows, classes in [(1, 1), (7, 3)]:
        targets = r.integers(classes, rows)
        r.case("cross_entropy", lambda x, t=torch.from_numpy(targets): F.cross_entropy(x, t), r.normal(rows, classes), targets=targets.tolist(), ignore_index=-100)
    more_images(r)
    for shape, offset in [([1, 1, 1, 2], 3), ([0, 2, 3, 4], 0), ([2, 1, 7, 10], 1)]:
        r.case("rotary", lambda x, o=offset: ops_golden.rotate(x, 1e4, o), r.normal(*shape), base=1e4, offset=offset)
    for B, H, Hkv, T, S, D in [(1, 1, 1, 1, 3, 2), (2, 2, 1, 3, 3, 2), (0, 2, 2, 3, 3, 4)]:
        r.case("attention", lambda q, k, v: ops_golden.attention(q, k, v, causal=False), r.normal(B, H, T, D), r.normal(B, Hkv, S, D), r.normal(B, Hkv, S, D), causal=False, mask=False)


def more_images(r):
    one = {"stride": 1, "padding": 0, "dilation": 1, "groups": 1}
    padded = {"stride": 2, "padding": 1, "dilation": 1, "groups": 1}
    for x, w, note in [([0, 2, 4, 4], [3, 2, 3, 3], one), ([1, 1, 1, 1], [1, 1, 1, 1], one)]:
        r.case("conv2d", lambda t, k, b, s=note: F.conv2d(t, k, b, **s), r.normal(*x), r.normal(*w), r.normal(w[0]), **note)
    for x, w, note in [([1, 1, 1], [1, 1, 1], one), ([0, 2, 5], [3, 2, 3], one), ([2, 1, 7], [2, 1, 4], padded)]:
        r.case("conv1d", lambda t, k, b, s=note: F.conv1d(t, k, b, **s), r.normal(*x), r.normal(*w), r.normal(w[0]), **note)
    for x, w, note in [([1, 1, 1, 1], [1, 1, 1, 1], one), ([2, 1, 3, 2], [1, 2, 2, 3], padded)]:
        r.case("conv_transpose2d", lambda t, k, b, s=note: F.conv_transpose2d(t, k, b, **s), r.normal(*x), r.normal(*w), r.normal(w[1]), output_padding=0, **note)
    for x, w, note in [([1, 1, 1], [1, 1, 1], one), ([2, 2, 4], [2, 3, 3], padded), ([1, 2, 6], [2, 1, 2], one), ([3, 1, 5], [1, 1, 4], padded)]:
        r.case("conv_transpose1d", lambda t, k, b, s=note: F.conv_transpose1d(t, k, b, **s), r.normal(*x), r.normal(*w), r.normal(w[1]), output_padding=0, **note)
    for op, function in {"max_pool2d": F.max_pool2d, "avg_pool2d": F.avg_pool2d}.items():
        for x, kernel in [([1, 1, 1, 1], 1), ([0, 2, 4, 4], 2)]:
            r.case(op, lambda t, f=function, k=kernel: f(t, k, k, 0), r.normal(*x), kernel_size=kernel, stride=kernel, padding=0)
    for op, function in {"max_pool1d": F.max_pool1d, "avg_pool1d": F.avg_pool1d}.items():
        for x, kernel, stride, padding in [([1, 1, 1], 1, 1, 0), ([1, 2, 8], 2, 2, 0), ([2, 1, 7], 3, 1, 1), ([1, 3, 5], 5, 5, 0)]:
            r.case(op, lambda t, f=function, k=kernel, s=stride, p=padding: f(t, k, s, p), r.normal(*x), kernel_size=kernel, stride=stride, padding=padding)
    for mode in "nearest", "bilinear":
        options = {} if mode == "nearest" else {"align_corners": False}
        for x, size in [([1, 1, 1, 1], [2, 3]), ([2, 1, 4, 4], [1, 1])]:
            r.case("interpolate", lambda t, m=mode, z=size, o=options: F.interpolate(t, z, mode=m, **o), r.normal(*x), size=size, mode=mode)
    for x, groups in [([1, 2, 2], 1), ([0, 4, 3], 2), ([2, 3, 2, 2], 3)]:
        r.case("group_norm", lambda t, w, b, g=groups: F.group_norm(t, g, w, b, 1e-5) if t.shape[0] else t * w[:, None] + b[:, None], r.normal(*x), r.normal(x[1]), r.normal(x[1]), groups=groups, eps=1e-5)
    for x in [5, 1], [5, 3, 2, 2], [7, 4]:
        r.case("batch_norm", lambda t, w, b: F.batch_norm(t, None, None, w, b, training=True, eps=1e-5), r.normal(*x), r.normal(x[1]), r.normal(x[1]), eps=1e-5)


def compositions(r):
    """What Nabla composes of other operations, and more of std_unbiased, which has no empty case and none of one element."""
    cases = [([2, 3, 4], [0, 2], False), ([2, 3, 4], [1, 2], True), ([3, 5], [-1, 0], False), ([1, 1], [0, 1], False), ([3, 0, 2], [0, 2], True)]
    for shape, dims, keepdim in cases:
        note = {"dims": dims, "keepdim": keepdim}
        r.case("mean_dims", lambda x: torch.mean(x, dims, keepdim), r.normal(*shape), **note)
        r.case("var_dims", lambda x: torch.var(x, dims, unbiased=False, keepdim=keepdim), r.normal(*shape), **note)
    for shape, p, kernel, stride in [([2, 3, 9], 2, 3, 2), ([1, 2, 8], 1, 2, 2), ([2, 1, 7], 3, 2, 1), ([1, 1, 1], 2, 1, 1), ([0, 2, 6], 2, 2, 2)]:
        r.case("lp_pool1d", lambda x: F.lp_pool1d(x, p, kernel, stride), r.uniform(0.2, 3, *shape), p=p, kernel_size=kernel, stride=stride)
    for shape, dim, sizes in [([6], 0, [2, 3]), ([2, 12, 3], 1, [3, 1, 4]), ([4, 6], -1, [2, 3]), ([1], 0, [1, 1]), ([2, 0], 1, [0, 4])]:
        r.case("unflatten", lambda x: x.unflatten(dim, sizes), r.normal(*shape), dim=dim, sizes=sizes)
    for shape, dim, index in [([5], 0, 2), ([3, 5], 1, 4), ([3, 5], 0, 0), ([2, 1, 4], 1, 0), ([0, 3], 1, 2)]:
        r.case("select", lambda x: x.select(dim, index), r.normal(*shape), dim=dim, index=index)
    for start, end, count in [(0, 3, 4), (-2, 2, 9), (1, 0, 3), (0.5, 0.5, 1), (0, 1, 0)]:
        r.constant("logspace", lambda: torch.logspace(start, end, count, dtype=torch.float64), start=start, end=end, count=count)
    for shape in [[2], [3, 5], [17]]:
        r.case("std_unbiased", torch.std, r.normal(*shape))


def packed(r):
    """The parts of each case as one vector, with their names and shapes in its note."""
    tensors = {"upstream": r.tensors["upstream"]}
    for name, note in r.metadata.items():
        kinds = [f"x{i}" for i in range(note["inputs"] + note["constants"])] + ["y"] + [f"dx{i}" for i in range(note["inputs"])]
        parts = {kind: r.tensors[f"{name}/{kind}"] for kind in kinds}
        tensors[name] = torch.cat([part.detach().reshape(-1).double() for part in parts.values()])
        note["parts"] = {kind: list(part.shape) for kind, part in parts.items()}
    return tensors


def record():
    r = Recorder()
    for group in elementwise, with_settings, binaries, indexing, reductions, linear, images, more_shapes, compositions:
        group(r)
    tensors = packed(r)
    compact = {name: json.dumps(note, separators=(",", ":")) for name, note in r.metadata.items()}
    return tensors, {**compact, "seed": SEED, "cases": list(r.metadata)}
