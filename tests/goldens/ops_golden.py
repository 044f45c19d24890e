"""Golden outputs and gradients of single operations.

A case such as `softmax_0` has tensors `softmax_0/x0`, `/x1`, … (inputs), `/y` (output), `/dy` (upstream gradient) and
`/dx0`, `/dx1`, … (gradients of Σ y·dy). Its metadata entry `softmax_0` is JSON: `op`, the attributes, and `inputs`.
"""
import math

import numpy as np
import torch
import torch.nn.functional as F

SEED = 20240101


class Recorder:
    def __init__(self):
        self.rng = np.random.RandomState(SEED)
        self.tensors, self.metadata, self.counts = {}, {}, {}

    def normal(self, *shape, scale=1.0, shift=0.0):
        """A float32 value held as float64, so that what is stored is exactly what was computed with."""
        sample = self.rng.standard_normal(shape) * scale + shift
        return torch.from_numpy(np.asarray(sample, dtype=np.float32).astype(np.float64).reshape(shape))

    def uniform(self, low, high, *shape):
        sample = self.rng.uniform(low, high, shape)
        return torch.from_numpy(np.asarray(sample, dtype=np.float32).astype(np.float64).reshape(shape))

    def away_from_zero(self, *shape):
        x = self.uniform(0.5, 2, *shape)
        sign = torch.from_numpy(self.rng.choice([-1.0, 1.0], shape))
        return x * sign

    def integers(self, below, *shape):
        return self.rng.randint(0, below, shape)

    def case(self, op, function, *inputs, constants=(), **attributes):
        """Record y = function(*inputs, *constants); constants are stored after the inputs and get no gradient. The gradient of
        an input on which y does not depend is 0."""
        number = self.counts.get(op, 0)
        self.counts[op] = number + 1
        name = f"{op}_{number}"
        leaves = [x.clone().requires_grad_() for x in inputs]
        y = function(*leaves, *constants)
        for i, x in enumerate([*inputs, *constants]):
            self.tensors[f"{name}/x{i}"] = x
        self.tensors[f"{name}/y"] = y
        if inputs:
            gradients = torch.autograd.grad(y, leaves, self.upstream(name, y), allow_unused=True)
            for i, (x, dx) in enumerate(zip(inputs, gradients)):
                self.tensors[f"{name}/dx{i}"] = torch.zeros_like(x) if dx is None else dx
        self.metadata[name] = {"op": op, **attributes, "inputs": len(inputs), "constants": len(constants)}

    def upstream(self, name, y):
        """dL/dy of a case, stored with it."""
        dy = self.normal(*y.shape)
        self.tensors[f"{name}/dy"] = dy
        return dy


def binary(r):
    shapes = [([3, 5], [3, 5]), ([2, 3, 5], [5]), ([4, 1, 7], [3, 1]), ([], [2, 3]), ([1, 1], [17])]
    functions = {"add": torch.add, "sub": torch.sub, "mul": torch.mul, "div": torch.div}
    for op, function in functions.items():
        for a, b in shapes:
            r.case(op, function, r.normal(*a), r.away_from_zero(*b))


def matmul(r):
    shapes = [([3, 5], [5, 7]), ([1, 1], [1, 1]), ([17, 33], [33, 9]), ([1, 19], [19, 1]),
              ([2, 3, 5], [2, 5, 4]), ([2, 3, 4, 5], [2, 3, 5, 6]),
              ([2, 3, 5], [5, 4]), ([2, 1, 3, 5], [4, 5, 2])]
    for a, b in shapes:
        r.case("matmul", torch.matmul, r.normal(*a), r.normal(*b))


def elementwise(r):
    anywhere = lambda *shape: r.normal(*shape, scale=1.5)
    wide = lambda *shape: r.uniform(-12, 12, *shape)
    positive = lambda *shape: r.uniform(0.05, 4, *shape)
    functions = {
        "exp": (torch.exp, anywhere, wide),
        "log": (torch.log, positive, lambda *shape: torch.exp(wide(*shape)).float().double()),
        "sqrt": (torch.sqrt, positive, lambda *shape: torch.exp(wide(*shape)).float().double()),
        "tanh": (torch.tanh, anywhere, wide),
        "sigmoid": (torch.sigmoid, anywhere, wide),
        "relu": (torch.relu, r.away_from_zero, wide),
        "gelu": (F.gelu, anywhere, wide),
        "gelu_tanh": (lambda x: F.gelu(x, approximate="tanh"), anywhere, wide),
        "silu": (F.silu, anywhere, wide),
    }
    for op, (function, usual, extreme) in functions.items():
        for shape in [], [3, 5], [2, 3, 7]:
            r.case(op, function, usual(*shape))
        r.case(op, function, extreme(33))


def softmaxes(r):
    for op, function in {"softmax": torch.softmax, "log_softmax": torch.log_softmax}.items():
        cases = [([3, 5], -1, 1), ([2, 3, 17], -1, 1), ([1, 1], -1, 1), ([3, 33], -1, 60), ([4, 7], 0, 1), ([2, 5, 3], 1, 1)]
        for shape, dim, scale in cases:
            r.case(op, lambda x, dim=dim: function(x, dim), r.normal(*shape, scale=scale), dim=dim)


def losses(r):
    cases = [(4, 7, [1], 1), (1, 3, [], 1), (6, 65, [0, 5], 1), (5, 11, [2], 60)]
    for rows, classes, ignored, scale in cases:
        targets = r.integers(classes, rows)
        targets[ignored] = -100
        loss = lambda x, t=torch.from_numpy(targets): F.cross_entropy(x, t, ignore_index=-100, reduction="mean")
        r.case("cross_entropy", loss, r.normal(rows, classes, scale=scale), targets=targets.tolist(), ignore_index=-100)
    for shape in [5], [3, 7]:
        r.case("mean_squared_error", F.mse_loss, r.normal(*shape), r.normal(*shape))


def rms_norm(x, weight, eps):
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + eps) * weight


def norms(r):
    for shape, scale, shift in [([4, 8], 1, 0), ([2, 3, 17], 3, 0), ([1, 33], 1, 50), ([2, 1], 1, 0), ([3, 5], 1e-3, 0)]:
        width = shape[-1]
        layer_norm = lambda x, w, b: F.layer_norm(x, [x.shape[-1]], w, b, eps=1e-5)
        r.case("layer_norm", layer_norm, r.normal(*shape, scale=scale, shift=shift), r.normal(width, shift=1), r.normal(width),
               eps=1e-5)
        for eps in 1e-5, 1e-6:
            r.case("rms_norm", lambda x, w, eps=eps: rms_norm(x, w, eps),
                   r.normal(*shape, scale=scale, shift=shift), r.normal(width, shift=1), eps=eps)


def reductions(r):
    functions = {
        "sum": torch.sum,
        "mean": torch.mean,
        "max": lambda x, dim, keepdim: torch.max(x, dim, keepdim).values,
        "var": lambda x, dim, keepdim: torch.var(x, dim, unbiased=False, keepdim=keepdim),
    }
    cases = [([3, 5], 0, False), ([3, 5], -1, False), ([2, 3, 7], 1, True), ([2, 3, 33], -1, True), ([4, 1], -1, False), ([19], 0, False)]
    for op, function in functions.items():
        for shape, dim, keepdim in cases:
            r.case(op, lambda x, d=dim, k=keepdim: function(x, dim=d, keepdim=k), r.normal(*shape), dim=dim, keepdim=keepdim)
    for op in "sum", "mean":
        r.case(op, getattr(torch, op), r.normal(2, 3, 5), dim=None, keepdim=False)


def indexing(r):
    for rows, width, shape in [(7, 5, [2, 3]), (3, 1, [6]), (65, 9, [2, 4])]:
        ids = r.integers(rows, *shape)
        r.case("embedding", lambda w, ids=ids: F.embedding(torch.from_numpy(ids), w), r.normal(rows, width), indices=ids.tolist())
    for shape, dim, start, end in [([4, 6], 1, 1, 4), ([3, 5, 2], 0, 2, 3), ([2, 7, 3], 1, 0, 5), ([2, 3, 5], -1, 3, 5)]:
        r.case("slice", lambda x, d=dim, s=start, e=end: x.narrow(d, s, e - s), r.normal(*shape), dim=dim, start=start, end=end)
    for shapes, dim in [([[2, 3], [2, 4]], 1), ([[1, 5], [2, 5], [3, 5]], 0), ([[2, 3, 4], [2, 1, 4]], -2)]:
        r.case("concat", lambda *xs, d=dim: torch.cat(xs, d), *[r.normal(*s) for s in shapes], dim=dim)
    for shape, dim, index_shape in [([4, 5], 1, [4, 3]), ([4, 5], 0, [2, 5]), ([2, 3, 7], -1, [2, 3, 1])]:
        index = r.integers(shape[dim], *index_shape)
        r.case("gather", lambda x, d=dim, i=index: torch.gather(x, d, torch.from_numpy(i)), r.normal(*shape), dim=dim,
               indices=index.tolist())
    for shape, dim0, dim1 in [([3, 5], 0, 1), ([2, 3, 7], -2, -1), ([2, 3, 4, 5], 1, 2)]:
        r.case("transpose", lambda x, a=dim0, b=dim1: x.transpose(a, b), r.normal(*shape), dim0=dim0, dim1=dim1)


def rotate(x, base=10000.0, offset=0):
    """Hugging Face Llama: element i of a head is paired with element i + D/2. x: [B, H, T, D]."""
    T, D = x.shape[-2:]
    frequency = base ** (-torch.arange(0, D, 2, dtype=torch.float64) / D)
    angle = torch.outer(torch.arange(offset, offset + T, dtype=torch.float64), frequency)
    cos, sin = torch.cat([angle.cos()] * 2, -1), torch.cat([angle.sin()] * 2, -1)
    first, second = x.chunk(2, -1)
    return x * cos + torch.cat([-second, first], -1) * sin


def attention(q, k, v, mask=None, causal=False):
    """q: [B, H, T, D], k and v: [B, Hkv, S, D], mask: broadcasts to [B, H, T, S]. Query t sits at position t + S − T."""
    groups = q.shape[1] // k.shape[1]
    k, v = k.repeat_interleave(groups, 1), v.repeat_interleave(groups, 1)
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores + mask
    if causal:
        T, S = scores.shape[-2:]
        future = torch.ones(T, S, dtype=torch.bool).triu(S - T + 1)
        scores = scores.masked_fill(future, -math.inf)
    return scores.softmax(-1) @ v


def attentions(r):
    for shape, base, offset in [([1, 1, 3, 2], 1e4, 0), ([2, 3, 5, 6], 1e4, 0), ([1, 2, 4, 8], 1e4, 7), ([1, 2, 3, 16], 5e5, 100)]:
        r.case("rotary", lambda x, b=base, o=offset: rotate(x, b, o), r.normal(*shape), base=base, offset=offset)

    # B, query heads, key heads, T, S, D
    for causal, (B, H, Hkv, T, S, D) in [(True, (2, 2, 2, 5, 5, 4)), (False, (1, 3, 3, 4, 7, 5)), (True, (1, 4, 2, 7, 7, 8)),
                                         (False, (1, 3, 1, 1, 6, 4)), (True, (1, 2, 1, 2, 5, 4)), (True, (1, 1, 1, 1, 1, 2)),
                                         (True, (1, 2, 2, 17, 17, 8))]:
        r.case("attention", lambda q, k, v, c=causal: attention(q, k, v, causal=c),
               r.normal(B, H, T, D), r.normal(B, Hkv, S, D), r.normal(B, Hkv, S, D), causal=causal, mask=False)
    q, k, v = r.normal(2, 4, 3, 4), r.normal(2, 2, 5, 4), r.normal(2, 2, 5, 4)
    padding = torch.zeros(2, 1, 1, 5, dtype=torch.float64)
    padding[1, ..., :2] = -math.inf
    for mask in r.normal(3, 5), padding:
        r.case("attention", attention, q, k, v, constants=[mask], causal=False, mask=True)


def convolutions(r):
    # x, weight, stride, padding, dilation, groups, bias
    cases = [([2, 3, 7, 6], [4, 3, 3, 3], 1, 1, 1, 1, True), ([1, 2, 9, 8], [3, 2, 3, 2], (2, 3), (1, 0), 1, 1, True),
             ([2, 4, 8, 7], [6, 2, 3, 3], 1, (2, 1), 2, 2, False), ([1, 5, 6, 7], [5, 1, 3, 3], 2, 1, 1, 5, True),
             ([3, 4, 5, 3], [7, 4, 1, 1], 1, 0, 1, 1, True), ([2, 17, 9, 11], [18, 17, 3, 3], 1, 1, 1, 1, True)]
    for x, w, stride, padding, dilation, groups, bias in cases:
        settings = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
        inputs = [r.normal(*x), r.normal(*w, scale=0.3)] + ([r.normal(w[0])] if bias else [])
        r.case("conv2d", lambda *t, s=settings: F.conv2d(*t, **s), *inputs, **settings)
    for x, w, stride, padding, dilation, groups in [([2, 3, 11], [4, 3, 3], 2, 1, 1, 1), ([1, 4, 9], [4, 2, 3], 1, 2, 2, 2)]:
        settings = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
        r.case("conv1d", lambda *t, s=settings: F.conv1d(*t, **s), r.normal(*x), r.normal(*w, scale=0.3), r.normal(w[0]), **settings)
    # x, weight, outputs, then as above with output padding
    cases = [([2, 3, 4, 5], [3, 2, 3, 3], 2, 2, 1, 1, 1, 1), ([1, 4, 3, 4], [4, 3, 2, 3], 6, (2, 3), 0, 1, 2, (1, 2)),
             ([2, 2, 5, 4], [2, 3, 3, 3], 3, 1, 1, 2, 1, 0), ([1, 3, 3, 3], [3, 1, 4, 4], 3, 2, 1, 1, 3, 0)]
    for x, w, outputs, stride, padding, dilation, groups, extra in cases:
        settings = {"stride": stride, "padding": padding, "output_padding": extra, "groups": groups, "dilation": dilation}
        r.case("conv_transpose2d", lambda *t, s=settings: F.conv_transpose2d(*t, **s), r.normal(*x), r.normal(*w, scale=0.3),
               r.normal(outputs), **settings)
    settings = {"stride": 3, "padding": 1, "output_padding": 2, "groups": 1, "dilation": 1}
    r.case("conv_transpose1d", lambda *t: F.conv_transpose1d(*t, **settings), r.normal(2, 3, 5), r.normal(3, 2, 4), r.normal(2), **settings)


def poolings(r):
    for op, function in {"max_pool2d": F.max_pool2d, "avg_pool2d": F.avg_pool2d}.items():
        for x, kernel, stride, padding in [([2, 3, 6, 8], 2, 2, 0), ([1, 2, 7, 9], 2, 2, 0), ([2, 2, 7, 8], 3, 2, 1), ([1, 2, 6, 5], (3, 2), (1, 2), (1, 0))]:
            settings = {"kernel_size": kernel, "stride": stride, "padding": padding}
            r.case(op, lambda t, f=function, s=settings: f(t, **s), r.normal(*x), **settings)
    for op, function in {"max_pool1d": F.max_pool1d, "avg_pool1d": F.avg_pool1d}.items():
        r.case(op, lambda t, f=function: f(t, 3, 2, 1), r.normal(2, 3, 9), kernel_size=3, stride=2, padding=1)
    for mode in "nearest", "bilinear":
        options = {} if mode == "nearest" else {"align_corners": False}
        for x, size in [([2, 2, 3, 4], [6, 8]), ([1, 2, 5, 4], [7, 9]), ([1, 2, 8, 7], [3, 5])]:
            r.case("interpolate", lambda t, m=mode, z=size, o=options: F.interpolate(t, z, mode=m, **o), r.normal(*x), size=size, mode=mode)


def channel_norms(r):
    for x, groups in [([2, 6, 3, 5], 3), ([3, 4, 7], 1), ([2, 8, 4, 4], 8)]:
        r.case("group_norm", lambda t, w, b, g=groups: F.group_norm(t, g, w, b, 1e-5), r.normal(*x, shift=2), r.normal(x[1], shift=1),
               r.normal(x[1]), groups=groups, eps=1e-5)
    for x in [4, 3, 3, 5], [6, 5], [3, 2, 7]:
        r.case("batch_norm", lambda t, w, b: F.batch_norm(t, None, None, w, b, training=True, eps=1e-5), r.normal(*x, shift=2),
               r.normal(x[1], shift=1), r.normal(x[1]), eps=1e-5)


def gates(r):
    for shape in [], [3, 5], [2, 3, 7], [33]:
        r.case("swiglu", lambda gate, up: F.silu(gate) * up, r.normal(*shape, scale=1.5), r.normal(*shape))
    r.case("swiglu", lambda gate, up: F.silu(gate) * up, r.uniform(-12, 12, 33), r.normal(33))


def biased_activations(r):
    functions = {"bias_gelu": F.gelu, "bias_gelu_tanh": lambda x: F.gelu(x, approximate="tanh"), "bias_silu": F.silu}
    for op, function in functions.items():
        for shape in [5], [3, 5], [2, 70, 17]:
            r.case(op, lambda x, b, f=function: f(x + b), r.normal(*shape, scale=1.5), r.normal(shape[-1]))


def record():
    r = Recorder()
    for group in binary, matmul, elementwise, softmaxes, losses, norms, reductions, indexing, attentions, convolutions, poolings, channel_norms, gates, \
            biased_activations:
        group(r)
    return r.tensors, {**r.metadata, "seed": SEED, "cases": list(r.metadata)}
