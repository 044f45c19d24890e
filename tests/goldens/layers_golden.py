"""Golden outputs and gradients of torch.nn's modules.

A case such as `LSTM_0` is one vector, the numbers of its parts one after the other; its metadata entry is JSON: `layer`, the
attributes, `inputs` and `outputs` (how many), and `parts`, the parts' names and shapes in order: `w/NAME` (the state, under
PyTorch's names), `x0`, `x1`, … (inputs), `y0`, … (outputs), `dy0`, … (upstream gradients), `dx0`, … and `dw/NAME` (gradients
of the sum of y·dy).
"""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

SEED = 20240103


class Recorder:
    def __init__(self):
        self.rng = np.random.RandomState(SEED)
        self.tensors, self.metadata, self.counts = {}, {}, {}

    def put(self, name, parts, **attributes):
        """Store a case."""
        self.tensors[name] = torch.cat([value.detach().reshape(-1) for value in parts.values()])
        self.metadata[name] = {**attributes, "parts": {key: list(value.shape) for key, value in parts.items()}}

    def normal(self, *shape, scale=1.0, shift=0.0):
        """A float32 value held as float64, so that what is stored is exactly what was computed with."""
        sample = self.rng.standard_normal(shape) * scale + shift
        return torch.from_numpy(np.asarray(sample, dtype=np.float32).astype(np.float64).reshape(shape))

    def settle(self, module):
        """The module's numbers from this recorder's generator, as float32 values held as float64."""
        module.double()
        with torch.no_grad():
            for name, value in module.state_dict().items():
                if value.is_floating_point():
                    sample = self.normal(*value.shape, scale=0.4, shift=1.0 if "norm" in name and "weight" in name else 0.0)
                    value.copy_(sample.abs() + 0.5 if name.endswith("running_var") else sample)
        return module

    def case(self, layer, module, inputs, forward=None, settle=True, **attributes):
        """Record outputs = forward(module, *inputs) and all gradients."""
        number = self.counts.get(layer, 0)
        self.counts[layer] = number + 1
        name = f"{layer}_{number}"
        if settle:
            self.settle(module)
        state = {k: v.clone() for k, v in module.state_dict().items() if v.is_floating_point()}
        leaves = [x.clone().requires_grad_() for x in inputs]
        outputs = (forward or (lambda m, *x: m(*x)))(module, *leaves)
        outputs = [outputs] if isinstance(outputs, torch.Tensor) else list(outputs)
        dys = [self.normal(*y.shape) for y in outputs]
        parameters = dict(module.named_parameters())
        gradients = torch.autograd.grad(outputs, [*leaves, *parameters.values()], dys, allow_unused=True)
        gradients = [torch.zeros_like(x) if g is None else g for g, x in zip(gradients, [*leaves, *parameters.values()])]
        parts = {f"w/{key}": value for key, value in state.items()}
        for kind, values in {"x": inputs, "y": outputs, "dy": dys, "dx": gradients[:len(leaves)]}.items():
            parts.update({f"{kind}{i}": value for i, value in enumerate(values)})
        parts.update({f"dw/{key}": gradient for key, gradient in zip(parameters, gradients[len(leaves):])})
        self.put(name, parts, layer=layer, inputs=len(inputs), outputs=len(outputs), **attributes)


def linear(r):
    for shape, outputs, bias in [([3, 5], 4, True), ([2, 3, 7], 1, False), ([1, 1], 1, True), ([0, 3], 2, True), ([9], 17, True)]:
        r.case("Linear", nn.Linear(shape[-1], outputs, bias), [r.normal(*shape)], bias=bias, sizes=[shape[-1], outputs])
    for shape, in1, in2, out, bias in [([3], 4, 5, 2, True), ([2, 3], 3, 7, 1, False), ([1], 1, 1, 1, True), ([0], 3, 2, 2, True), ([5], 2, 9, 3, True)]:
        r.case("Bilinear", nn.Bilinear(in1, in2, out, bias), [r.normal(*shape, in1), r.normal(*shape, in2)], bias=bias, sizes=[in1, in2, out])


def convolutions(r):
    # x, outputs, kernel, stride, padding, dilation, groups, bias
    lines = [([2, 3, 9], 4, 3, 1, 1, 1, 1, True), ([1, 1, 1], 1, 1, 1, 0, 1, 1, True), ([0, 2, 7], 2, 3, 2, 1, 1, 1, True),
             ([2, 4, 11], 6, 2, 3, 0, 2, 2, False), ([1, 3, 5], 3, 5, 1, 2, 1, 3, True)]
    images = [([2, 3, 5, 6], 4, 3, 1, 1, 1, 1, True), ([1, 1, 1, 1], 1, 1, 1, 0, 1, 1, True), ([0, 2, 5, 4], 2, 3, 2, 1, 1, 1, True),
              ([1, 4, 7, 6], 6, (3, 2), (2, 1), (0, 1), (1, 2), 2, False), ([1, 3, 5, 5], 3, 3, 1, 1, 1, 3, True)]
    for rank, plain, transposed in [(1, nn.Conv1d, nn.ConvTranspose1d), (2, nn.Conv2d, nn.ConvTranspose2d)]:
        for x, outputs, kernel, stride, padding, dilation, groups, bias in lines if rank == 1 else images:
            settings = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups, "bias": bias}
            sizes = {"sizes": [x[1], outputs], "kernel": kernel}
            r.case(f"Conv{rank}d", plain(x[1], outputs, kernel, **settings), [r.normal(*x)], **sizes, **settings)
            extra = 1 if stride not in (1, (2, 1)) else 0
            r.case(f"ConvTranspose{rank}d", transposed(x[1], outputs, kernel, output_padding=extra, **settings), [r.normal(*x)],
                   **sizes, **settings, output_padding=extra)


def poolings(r):
    lines = [([2, 3, 9], 3, 2, 1), ([1, 1, 1], 1, 1, 0), ([0, 2, 6], 2, 2, 0), ([1, 2, 7], 2, 3, 0), ([2, 1, 11], 5, 1, 2)]
    images = [([2, 3, 5, 6], 3, 2, 1), ([1, 1, 1, 1], 1, 1, 0), ([0, 2, 4, 6], 2, 2, 0), ([1, 2, 7, 5], (3, 2), (1, 3), (1, 0)), ([1, 1, 6, 7], 2, 2, 0)]
    for rank, cases in (1, lines), (2, images):
        for kind in "Max", "Avg":
            for x, kernel, stride, padding in cases:
                r.case(f"{kind}Pool{rank}d", getattr(nn, f"{kind}Pool{rank}d")(kernel, stride, padding), [r.normal(*x)],
                       kernel=kernel, stride=stride, padding=padding)
    for x, factor, mode in [([2, 2, 3, 4], 2, "nearest"), ([1, 1, 1, 1], 3, "bilinear"), ([2, 1, 3, 5], 2, "bilinear"), ([1, 3, 2, 2], 1, "nearest"),
                            ([0, 2, 3, 3], 2, "nearest")]:
        options = {} if mode == "nearest" else {"align_corners": False}
        r.case("Upsample", nn.Upsample(scale_factor=factor, mode=mode, **options), [r.normal(*x)], factor=factor, mode=mode)


def norms(r):
    for rank, shapes in (1, [[4, 3], [2, 1, 5], [3, 5, 7], [2, 9], [5, 2, 1]]), (2, [[2, 3, 4, 5], [1, 1, 2, 1], [3, 2, 1, 1], [2, 5, 3, 3], [1, 7, 5, 2]]):
        for x in shapes:
            module = getattr(nn, f"BatchNorm{rank}d")(x[1])
            r.case(f"BatchNorm{rank}d", module, [r.normal(*x, shift=1)], training=True, channels=x[1])
        for x in shapes[0], [0] + shapes[0][1:]:
            r.case(f"BatchNorm{rank}d", getattr(nn, f"BatchNorm{rank}d")(x[1]).eval(), [r.normal(*x, shift=1)], training=False, channels=x[1])
    for rank, shapes in (1, [[2, 3, 5], [1, 1, 2], [3, 2, 7], [1, 4, 9], [2, 1, 4]]), (2, [[2, 3, 4, 5], [1, 1, 1, 2], [3, 2, 3, 1], [1, 5, 3, 3], [2, 1, 4, 1]]):
        for i, x in enumerate(shapes):
            r.case(f"InstanceNorm{rank}d", getattr(nn, f"InstanceNorm{rank}d")(x[1], affine=i % 2 == 0), [r.normal(*x, shift=1)],
                   channels=x[1], affine=i % 2 == 0)
    for x in [4, 8], [2, 3, 17], [1, 1], [0, 5], [7]:
        r.case("LayerNorm", nn.LayerNorm(x[-1]), [r.normal(*x, scale=2, shift=1)], dim=x[-1])
    for x, groups in [([2, 6, 3, 5], 3), ([3, 4, 7], 1), ([2, 8, 2, 2], 8), ([1, 1, 2], 1), ([0, 4, 3], 2)]:
        r.case("GroupNorm", nn.GroupNorm(groups, x[1]), [r.normal(*x, shift=1)], groups=groups, channels=x[1])


def embeddings(r):
    for count, dim, shape, padding in [(7, 5, [2, 3], None), (1, 1, [1], None), (9, 3, [4, 1, 2], 2), (5, 7, [0], None), (4, 2, [17], 0)]:
        ids = torch.from_numpy(r.rng.randint(0, count, shape))
        r.case("Embedding", nn.Embedding(count, dim, padding_idx=padding), [], lambda m, ids=ids: m(ids),
               sizes=[count, dim], ids=ids.flatten().tolist(), shape=shape, padding=padding)
    for norm in 0.5, 1.0:
        ids = torch.tensor([[0, 3, 3], [1, 1, 5]])
        module = nn.Embedding(6, 3, max_norm=norm)
        r.case("Embedding", module, [], lambda m, ids=ids: m(ids), sizes=[6, 3], ids=ids.flatten().tolist(), shape=[2, 3], padding=None, max_norm=norm)
    for count, dim, shape, mode in [(7, 5, [2, 3], "mean"), (1, 1, [1, 1], "sum"), (9, 3, [4, 5], "max"), (5, 7, [0, 2], "mean"), (4, 2, [3, 7], "sum")]:
        ids = torch.from_numpy(r.rng.randint(0, count, shape))
        r.case("EmbeddingBag", nn.EmbeddingBag(count, dim, mode=mode), [], lambda m, ids=ids: m(ids),
               sizes=[count, dim], ids=ids.flatten().tolist(), shape=shape, mode=mode)


def recurrent(r):
    # B, T, inputs, hidden, layers, bidirectional, bias, with an initial state
    cases = [(2, 4, 3, 5, 1, False, True, False), (1, 1, 1, 1, 1, False, True, True), (3, 2, 2, 3, 2, True, True, True),
             (1, 5, 4, 2, 3, False, False, False), (2, 3, 1, 4, 1, True, False, True), (1, 7, 2, 17, 1, False, True, False)]
    for name, make, states in [("RNN", nn.RNN, 1), ("GRU", nn.GRU, 1), ("LSTM", nn.LSTM, 2)]:
        for i, (B, T, inputs, hidden, layers, both, bias, initial) in enumerate(cases):
            attributes = {"sizes": [inputs, hidden], "layers": layers, "bidirectional": both, "bias": bias}
            options = {}
            if name == "RNN":
                options["nonlinearity"] = attributes["nonlinearity"] = "relu" if i in (2, 5) else "tanh"
            module = make(inputs, hidden, layers, bias=bias, batch_first=True, bidirectional=both, **options)
            D = layers * (2 if both else 1)
            x = [r.normal(B, T, inputs)] + ([r.normal(D, B, hidden) for _ in range(states)] if initial else [])

            def forward(m, x, *state):
                y, last = m(x, (tuple(state) if states == 2 else state[0]) if state else None)
                return (y, *last) if states == 2 else (y, last)
            r.case(name, module, x, forward, **attributes)
        for B, inputs, hidden, bias, initial in [(2, 3, 5, True, True), (1, 1, 1, True, False), (4, 2, 7, False, True), (3, 9, 2, True, True), (1, 4, 17, True, False)]:
            options = {"nonlinearity": "relu"} if name == "RNN" and B == 4 else {}
            module = getattr(nn, f"{name}Cell")(inputs, hidden, bias, **options)
            x = [r.normal(B, inputs)] + ([r.normal(B, hidden) for _ in range(states)] if initial else [])
            r.case(f"{name}Cell", module, x, lambda m, x, *s, n=states: m(x, (tuple(s) if n == 2 else s[0]) if s else None),
                   sizes=[inputs, hidden], bias=bias, **options)


def padding_of(r, batch, keys):
    """A mask of padded keys that leaves each sequence at least one."""
    mask = r.rng.rand(batch, keys) < 0.3
    mask[:, 0] = False
    return torch.from_numpy(mask)


def past(T, S=None):
    return torch.triu(torch.full((T, S or T), -float("inf"), dtype=torch.float64), 1)


def attentions(r):
    # B, Tq, Tk, C, heads, bias, keys, values
    for B, Tq, Tk, C, H, bias, kdim, vdim in [(2, 3, 5, 8, 2, True, None, None), (1, 1, 1, 1, 1, True, None, None), (0, 2, 3, 4, 2, True, None, None),
                                              (2, 4, 3, 6, 3, False, 5, 7), (1, 7, 9, 4, 1, True, 3, None)]:
        module = nn.MultiheadAttention(C, H, bias=bias, kdim=kdim, vdim=vdim, batch_first=True)
        padding = padding_of(r, B, Tk) if B == 2 else None
        r.case("MultiheadAttention", module, [r.normal(B, Tq, C), r.normal(B, Tk, kdim or C), r.normal(B, Tk, vdim or C)],
               lambda m, q, k, v, p=padding: m(q, k, v, key_padding_mask=p, average_attn_weights=False), sizes=[C, H], bias=bias, kdim=kdim, vdim=vdim,
               padding=None if padding is None else padding.flatten().int().tolist())
    for B, T, C, H in [(2, 5, 4, 2), (1, 1, 3, 3), (3, 7, 5, 1)]:
        r.case("MultiheadAttention", nn.MultiheadAttention(C, H, batch_first=True), [r.normal(B, T, C)],
               lambda m, x: m(x, x, x, attn_mask=past(x.shape[1]), need_weights=False)[:1], sizes=[C, H], bias=True, causal=True)


def transformers(r):
    # B, T, S, C, heads, feed-forward, norm first, activation, causal, padding
    cases = [(2, 3, 4, 6, 2, 5, False, "relu", False, True), (1, 1, 1, 2, 1, 1, True, "gelu", False, False), (1, 5, 2, 4, 4, 7, True, "relu", True, False),
             (3, 2, 3, 3, 1, 4, False, "gelu", True, True), (1, 7, 5, 4, 2, 3, False, "relu", True, False)]
    for B, T, S, C, H, hidden, first, activation, causal, padded in cases:
        settings = {"dim_feedforward": hidden, "dropout": 0.0, "activation": activation, "norm_first": first, "batch_first": True}
        attributes = {"sizes": [C, H, hidden], "activation": activation, "norm_first": first, "causal": causal}
        padding, memory_padding = (padding_of(r, B, T), padding_of(r, B, S)) if padded else (None, None)
        mask = past(T) if causal else None
        masks = {**attributes, "padding": None if padding is None else padding.flatten().int().tolist(),
                 "memory_padding": None if padding is None else memory_padding.flatten().int().tolist()}
        r.case("TransformerEncoderLayer", nn.TransformerEncoderLayer(C, H, **settings), [r.normal(B, T, C)],
               lambda m, x: m(x, mask, padding), **masks)
        r.case("TransformerDecoderLayer", nn.TransformerDecoderLayer(C, H, **settings), [r.normal(B, T, C), r.normal(B, S, C)],
               lambda m, x, y: m(x, y, mask, None, padding, memory_padding), **masks)
        encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(C, H, **settings), 2, nn.LayerNorm(C) if first else None)
        r.case("TransformerEncoder", encoder, [r.normal(B, T, C)], lambda m, x: m(x, mask, padding), layers=2, **masks)
        decoder = nn.TransformerDecoder(nn.TransformerDecoderLayer(C, H, **settings), 2, nn.LayerNorm(C) if first else None)
        r.case("TransformerDecoder", decoder, [r.normal(B, T, C), r.normal(B, S, C)],
               lambda m, x, y: m(x, y, mask, None, padding, memory_padding), layers=2, **masks)
        r.case("Transformer", nn.Transformer(C, H, 1, 1, **settings), [r.normal(B, S, C), r.normal(B, T, C)],
               lambda m, s, t: m(s, t, None, mask, None, memory_padding, padding, memory_padding), layers=1, **masks)


def without_weights(r):
    def each(layer, shapes, make, **attributes):
        for x in shapes:
            r.case(layer, make(), [r.normal(*x)], **attributes)
    each("PixelShuffle", [[2, 4, 3, 5], [1, 4, 1, 1], [2, 8, 1, 3], [1, 12, 3, 1], [3, 4, 2, 7]], lambda: nn.PixelShuffle(2), factor=2)
    each("PixelUnshuffle", [[2, 1, 3, 6], [1, 1, 3, 3], [2, 2, 6, 3], [1, 3, 9, 3], [2, 2, 3, 9]], lambda: nn.PixelUnshuffle(3), factor=3)
    for x in [2, 6, 3, 5], [1, 2, 1, 1], [1, 4, 2, 3], [3, 2, 1, 7], [1, 10, 1, 3]:  # PyTorch 1.13 has no derivative of it
        r.case("ChannelShuffle", nn.ChannelShuffle(2), [r.normal(*x)],
               lambda m, x: x.reshape(len(x), 2, -1, *x.shape[2:]).transpose(1, 2).reshape(x.shape), groups=2)
    each("Flatten", [[2, 3, 4], [1, 1], [0, 2, 3], [5, 7, 1], [3, 2, 1, 5]], lambda: nn.Flatten())
    each("Unflatten", [[2, 6], [1, 6], [0, 6, 3], [5, 6, 1], [3, 6, 7]], lambda: nn.Unflatten(1, (2, 3)), dim=1, shape=[2, 3])
    each("Identity", [[2, 6], [1], [0, 6], [5, 3, 1], [7]], lambda: nn.Identity())
    for dim, name, make in [(-1, "Softmax", nn.Softmax), (-1, "LogSoftmax", nn.LogSoftmax), (0, "Softmin", nn.Softmin)]:
        each(name, [[2, 6], [1, 1], [0, 6], [5, 3, 1], [7]], lambda: make(dim), dim=dim)
    for a, b, dim in [([3, 5], [3, 5], -1), ([1, 1], [1, 1], 1), ([2, 7, 3], [2, 7, 3], 1), ([0, 4], [0, 4], 1), ([4, 1, 6], [3, 6], -1)]:
        r.case("CosineSimilarity", nn.CosineSimilarity(dim), [r.normal(*a), r.normal(*b)], dim=dim)
    for i, (a, b) in enumerate([([3, 5], [3, 5]), ([1, 1], [1, 1]), ([2, 7, 3], [2, 7, 3]), ([0, 4], [0, 4]), ([4, 1, 6], [3, 6]), ([2, 9], [2, 9])]):
        p, keep = [2, 1, 3, 2, 1.5, 2][i], i == 2
        r.case("PairwiseDistance", nn.PairwiseDistance(p, keepdim=keep), [r.normal(*a), r.normal(*b)], p=p, keepdim=keep)


def more_layers(r):
    for x, count in [([2, 3, 5], 3), ([1], 1), ([0, 4], 4), ([3, 7, 2, 2], 7), ([5, 9], 1)]:
        r.case("PReLU", nn.PReLU(count), [r.normal(*x)], count=count)
    for x, dim in [([3, 6], -1), ([2], 0), ([0, 4], 1), ([2, 4, 5], 1), ([1, 3, 14], -1)]:
        r.case("GLU", nn.GLU(dim), [r.normal(*x)], dim=dim)
    for x, size in [([2, 5, 4], 3), ([1, 1, 1], 1), ([2, 7, 3, 2], 5), ([1, 4, 5], 2), ([3, 2, 6, 1], 4)]:
        r.case("LocalResponseNorm", nn.LocalResponseNorm(size, alpha=0.5, beta=0.6, k=1.5), [r.normal(*x)], size=size, alpha=0.5, beta=0.6, k=1.5)
    for rank, shapes in (1, [[2, 3, 9], [1, 1, 2], [0, 2, 6], [1, 2, 7], [3, 1, 5]]), (2, [[2, 3, 5, 6], [1, 1, 2, 2], [0, 2, 4, 6], [1, 2, 7, 5], [1, 1, 3, 9]]):
        for i, x in enumerate(shapes):
            p = [2, 1, 3, 2, 1][i]
            r.case(f"LPPool{rank}d", getattr(nn, f"LPPool{rank}d")(p, 2, 2), [r.normal(*x).abs() + 0.1], p=p, kernel=2, stride=2)


def edges(r):
    for rank, plain in (1, nn.Conv1d), (2, nn.Conv2d):
        for mode in "reflect", "replicate", "circular":
            for x, outputs, kernel, stride, padding in [([2, 2, 7, 6], 3, 3, 1, 1), ([1, 1, 4, 5], 2, (3, 4), (1, 2), (2, 3))]:
                if rank == 1:
                    x, kernel, stride, padding = x[:3], 3, 2, 2 if padding != 1 else 1
                settings = {"stride": stride, "padding": padding, "dilation": 1, "groups": 1, "bias": True}
                r.case(f"Conv{rank}d", plain(x[1], outputs, kernel, padding_mode=mode, **settings), [r.normal(*x)], sizes=[x[1], outputs],
                       kernel=kernel, padding_mode=mode, **settings)
    for kind in "Avg", "Max":
        for x, size in [([2, 3, 9], 4), ([1, 1, 1], 1), ([0, 2, 6], 3), ([1, 2, 5], 5), ([2, 1, 7], 1)]:
            r.case(f"Adaptive{kind}Pool1d", getattr(nn, f"Adaptive{kind}Pool1d")(size), [r.normal(*x)], size=size)
        for x, size in [([2, 3, 5, 7], [2, 3]), ([1, 1, 1, 1], [1, 1]), ([0, 2, 6, 4], [3, 2]), ([1, 2, 5, 3], [1, 1]), ([1, 1, 7, 9], [5, 4])]:
            r.case(f"Adaptive{kind}Pool2d", getattr(nn, f"Adaptive{kind}Pool2d")(size), [r.normal(*x)], size=size)
    for x, amounts in [([2, 3, 5], [1, 2]), ([1, 1, 1], [0, 0]), ([1, 2, 7], [3, 1]), ([3, 1, 4], [2, 0]), ([0, 2, 5], [1, 1])]:
        for kind in ["Constant"] + (["Reflection", "Replication"] if x[0] else []):
            arguments = [amounts] + ([0.5] if kind == "Constant" else [])
            r.case("Pad1d", getattr(nn, f"{kind}Pad1d")(*arguments), [r.normal(*x)], kind=kind, amounts=amounts)
    for x, amounts in [([2, 3, 4, 5], [1, 2, 0, 3]), ([1, 1, 1, 1], [0, 0, 0, 0]), ([1, 2, 3, 7], [3, 1, 2, 2]), ([3, 1, 4, 2], [1, 0, 1, 3]), ([0, 2, 5, 3], [1, 1, 1, 1])]:
        for kind in ["Constant"] + (["Reflection", "Replication"] if x[0] else []):
            arguments = [amounts] + ([0.5] if kind == "Constant" else [])
            r.case("Pad2d", getattr(nn, f"{kind}Pad2d")(*arguments), [r.normal(*x)], kind=kind, amounts=amounts)


def record():
    r = Recorder()
    for group in linear, convolutions, poolings, norms, embeddings, recurrent, attentions, transformers, without_weights, more_layers, edges:
        group(r)
    return r.tensors, {**r.metadata, "seed": SEED, "cases": list(r.metadata)}
