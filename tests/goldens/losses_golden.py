"""Golden values and gradients of losses.

Cases are stored as those of layers_golden.py are; a loss has no weights, and `c0`, `c1`, … are constants without gradient.
"""
import torch
import torch.nn.functional as F

import layers_golden

SEED = 20240104
SHAPES = [[3, 5], [1], [0, 4], [2, 3, 7], [17], [1, 1]]
ROWS = [[4, 7], [1, 1], [0, 3], [3, 2], [5, 17], [9, 11]]


class Recorder(layers_golden.Recorder):
    def case(self, loss, function, inputs, constants=(), **attributes):
        number = self.counts.get(loss, 0)
        self.counts[loss] = number + 1
        leaves = [x.clone().requires_grad_() for x in inputs]
        y = function(*leaves, *constants)
        dy = self.normal(*y.shape)
        gradients = torch.autograd.grad(y, leaves, dy, allow_unused=True)
        gradients = [torch.zeros_like(x) if g is None else g for g, x in zip(gradients, leaves)]
        parts = {f"x{i}": x for i, x in enumerate(inputs)}
        parts.update({f"c{i}": x for i, x in enumerate(constants)})
        parts.update({"y0": y, "dy0": dy, **{f"dx{i}": g for i, g in enumerate(gradients)}})
        self.put(f"{loss}_{number}", parts, loss=loss, inputs=len(inputs), constants=len(constants), **attributes)

    def signs(self, *shape):
        return torch.from_numpy(self.rng.choice([-1.0, 1.0], shape)).reshape(shape)

    def uniform(self, low, high, *shape):
        return torch.from_numpy(self.rng.uniform(low, high, shape)).float().double().reshape(shape)

    def reductions(self, shapes):
        """Each shape with a reduction that it has: the mean of nothing is an error."""
        for i, shape in enumerate(shapes):
            yield shape, ["sum", "none"][i % 2] if 0 in shape else ["mean", "none", "sum"][i % 3]


def regression(r):
    for shape, how in r.reductions(SHAPES):
        pair = [r.normal(*shape), r.normal(*shape)]
        r.case("mse", lambda x, t: F.mse_loss(x, t, reduction=how), pair, reduction=how)
        r.case("l1", lambda x, t: F.l1_loss(x, t, reduction=how), pair, reduction=how)
        for delta in (0.5, 2.0) if shape == [3, 5] else (1.0,):
            r.case("huber", lambda x, t: F.huber_loss(x, t, reduction=how, delta=delta), pair, reduction=how, delta=delta)
            r.case("smooth_l1", lambda x, t: F.smooth_l1_loss(x, t, reduction=how, beta=delta), pair, reduction=how, beta=delta)
        for log, full in [(True, False), (False, True)] if len(shape) > 1 else [(True, True)]:
            x = r.normal(*shape) if log else r.uniform(0.1, 4, *shape)
            counts = torch.from_numpy(r.rng.poisson(2.0, shape).astype(float)).reshape(shape)
            r.case("poisson", lambda x, t: F.poisson_nll_loss(x, t, log, full, reduction=how), [x], [counts], reduction=how, log=log, full=full)
        variance = r.uniform(0.1, 3, *(shape[:-1] + [1] if shape == [2, 3, 7] else shape))
        full = len(shape) > 1
        r.case("gaussian", lambda x, t, v: F.gaussian_nll_loss(x, t, v, full=full, reduction=how), [*pair, variance], reduction=how, full=full)


def classes(r):
    for i, (shape, how) in enumerate(r.reductions(ROWS)):
        targets = torch.from_numpy(r.rng.randint(0, shape[1], shape[0]))
        if i in (0, 5):
            targets[1] = -1
        weights = [r.uniform(0.2, 2, shape[1])] if i % 2 else []
        smoothing = [0.0, 0.1, 0.2, 0.3, 1.0, 0.05][i]
        integers = {"targets": targets.tolist(), "reduction": how}
        scores = r.normal(*shape, scale=2)
        r.case("cross_entropy", lambda x, w=None: F.cross_entropy(x, targets, w, ignore_index=-1, reduction=how, label_smoothing=smoothing),
               [scores], weights, smoothing=smoothing, **integers)
        r.case("nll", lambda x, w=None: F.nll_loss(x, targets, w, ignore_index=-1, reduction=how), [scores], weights, **integers)
        soft = torch.softmax(r.normal(*shape), -1).float().double()
        how_soft = "batchmean" if how == "mean" else how
        r.case("cross_entropy_soft", lambda x, q, w=None: F.cross_entropy(x, q, w, reduction=how, label_smoothing=smoothing), [scores, soft], weights,
               smoothing=smoothing, reduction=how)
        logs = torch.log_softmax(r.normal(*shape), -1).float().double()
        r.case("kl", lambda x, q: F.kl_div(x, q, reduction=how_soft), [logs, soft], reduction=how_soft, log_target=False)
        r.case("kl", lambda x, q: F.kl_div(x, q, reduction=how_soft, log_target=True), [logs, soft.log().float().double()], reduction=how_soft, log_target=True)
        right = targets.clamp(min=0)
        power, margin = (1, 1.0) if i % 2 else (2, 0.5)
        r.case("multi_margin", lambda x, w=None: F.multi_margin_loss(x, right, power, margin, w, reduction=how), [scores], weights,
               targets=right.tolist(), power=power, margin=margin, reduction=how)
        r.case("softmax_focal", lambda x, w=None: focal_softmax(x, right, 2.0 if power == 1 else 0.5, w, how), [scores], weights,
               targets=right.tolist(), gamma=2.0 if power == 1 else 0.5, reduction=how)
        if shape[0]:
            lists = [sorted(r.rng.permutation(shape[1])[:r.rng.randint(0, shape[1] + 1)].tolist()) for _ in range(shape[0])]
            padded = torch.tensor([(t + [-1] * shape[1])[:shape[1]] for t in lists])
            r.case("multilabel_margin", lambda x: F.multilabel_margin_loss(x, padded, reduction=how), [scores], lists=lists, reduction=how)
        yes = (r.uniform(0, 1, *shape) > 0.5).double()
        r.case("multilabel_soft_margin", lambda x, t, w=None: F.multilabel_soft_margin_loss(x, t, w, reduction=how), [scores], [yes, *weights], reduction=how)


def reduce(x, how):
    return {"mean": torch.mean, "sum": torch.sum, "none": lambda y: y}[how](x)


def focal_softmax(x, targets, gamma, weights, how):
    log = torch.log_softmax(x, -1).gather(1, targets[:, None])[:, 0] if len(x) else x.sum(-1)
    losses = -(1 - log.exp()) ** gamma * log
    return reduce(losses if weights is None else losses * weights[targets], how)


def focal_sigmoid(x, t, gamma, alpha, how):
    """torchvision.ops.sigmoid_focal_loss, written out."""
    p = torch.sigmoid(x)
    p_t = p * t + (1 - p) * (1 - t)
    loss = F.binary_cross_entropy_with_logits(x, t, reduction="none") * (1 - p_t) ** gamma
    return reduce(loss if alpha is None else (alpha * t + (1 - alpha) * (1 - t)) * loss, how)


def binary(r):
    for i, (shape, how) in enumerate(r.reductions(SHAPES)):
        target = r.uniform(0, 1, *shape) if i % 2 else (r.uniform(0, 1, *shape) > 0.5).double()
        weight = [r.uniform(0.2, 2, *shape[-1:])] if len(shape) > 1 else []
        r.case("bce", lambda x, t, w=None: F.binary_cross_entropy(x, t, None if w is None else w.expand_as(x), reduction=how),
               [r.uniform(0.02, 0.98, *shape)], [target, *weight], reduction=how)
        r.case("bce_logits", lambda x, t, *w: F.binary_cross_entropy_with_logits(x, t, None if not w else w[0] + 0.5, pos_weight=w[0] if w else None, reduction=how),
               [r.normal(*shape, scale=3), target], [*weight], reduction=how)
        gamma, alpha = [(2.0, 0.25), (0.0, None), (1.5, 0.9)][i % 3]
        hard = (target > 0.5).double()
        r.case("sigmoid_focal", lambda x, t: focal_sigmoid(x, t, gamma, alpha, how), [r.normal(*shape, scale=2)], [hard], gamma=gamma, alpha=alpha, reduction=how)
        if len(shape) > 1:
            r.case("dice", dice(how), [r.uniform(0, 1, *shape), hard], reduction=how)
    for shape, how in r.reductions([[2, 9], [3, 2, 2, 3]]):
        r.case("dice", dice(how), [r.uniform(0, 1, *shape), (r.uniform(0, 1, *shape) > 0.5).double()], reduction=how)


def dice(how):
    return lambda p, t: reduce(1 - (2 * (p * t).flatten(1).sum(1) + 1) / (p.flatten(1).sum(1) + t.flatten(1).sum(1) + 1), how)


def margins(r):
    for i, (shape, how) in enumerate(r.reductions(SHAPES)):
        x, target, margin = r.normal(*shape), r.signs(*shape), [1.0, 0.5, 2.0][i % 3]
        r.case("hinge", lambda x, t: reduce(torch.clamp(margin - t * x, min=0), how), [x], [target], margin=margin, reduction=how)
        r.case("hinge_embedding", lambda x, t: F.hinge_embedding_loss(x, t, margin, reduction=how), [x.abs()], [target], margin=margin, reduction=how)
        r.case("soft_margin", lambda x, t: F.soft_margin_loss(x, t, reduction=how), [x], [target], reduction=how)
        r.case("margin_ranking", lambda a, b, t: F.margin_ranking_loss(a, b, t, margin - 0.5, reduction=how), [x, r.normal(*shape)], [target],
               margin=margin - 0.5, reduction=how)
    for i, (shape, how) in enumerate(r.reductions(ROWS)):
        a, b, c = r.normal(*shape), r.normal(*shape), r.normal(*shape)
        margin = [0.0, 0.5, -0.3][i % 3]
        r.case("cosine_embedding", lambda a, b, t: F.cosine_embedding_loss(a, b, t, margin, reduction=how), [a, b], [r.signs(shape[0])], margin=margin, reduction=how)
        p, swap = [(2.0, False), (1.0, True), (3.0, True)][i % 3]
        r.case("triplet", lambda a, b, c: F.triplet_margin_loss(a, b, c, 1.0 + i, p, swap=swap, reduction=how), [a, b, c], margin=1.0 + i, p=p, swap=swap, reduction=how)
        temperature = [0.07, 0.5, 1.0][i % 3]
        r.case("info_nce", lambda a, b: F.cross_entropy(F.normalize(a) @ F.normalize(b).T / temperature, torch.arange(len(a)), reduction=how) if len(a) else a.sum(-1),
               [a, b], temperature=temperature, reduction=how if len(a) else "none")
        if len(a):
            r.case("nt_xent", lambda a, b: nt_xent(a, b, temperature, how), [a, b], temperature=temperature, reduction=how)


def nt_xent(a, b, temperature, how):
    z = F.normalize(torch.cat([a, b]))
    logits = (z @ z.T / temperature).masked_fill(torch.eye(len(z), dtype=torch.bool), -float("inf"))
    return F.cross_entropy(logits, (torch.arange(len(z)) + len(a)) % len(z), reduction=how)


def ctc(r):
    # steps of each sequence, targets, classes, blank; from logits, because PyTorch's gradient is meant for what log_softmax makes of them
    cases = [([5, 4], [[1, 2, 2], [3]], 4, 0, "mean"), ([1], [[]], 2, 0, "sum"), ([7, 3, 7], [[0, 1, 0], [1], []], 3, 2, "none"),
             ([17], [[1, 1, 1, 2, 3]], 5, 0, "mean"), ([2, 6], [[1, 1], [2, 1]], 3, 0, "none"), ([3], [[1, 2, 3]], 7, 6, "sum"), ([1], [[0]], 3, 1, "mean")]
    for steps, targets, V, blank, how in cases:
        lengths = torch.tensor([len(t) for t in targets])
        flat = torch.tensor([k for t in targets for k in t], dtype=torch.long)

        def loss(x):
            return F.ctc_loss(x.log_softmax(-1).transpose(0, 1), flat, torch.tensor(steps), lengths, blank, how, zero_infinity=True)
        r.case("ctc", loss, [r.normal(len(steps), max(steps), V, scale=2)], steps=steps, lists=targets, blank=blank, reduction=how)


def record():
    r = Recorder()
    r.rng.seed(SEED)
    for group in regression, classes, binary, margins, ctc:
        group(r)
    return r.tensors, {**r.metadata, "seed": SEED, "cases": list(r.metadata)}
