"""The models of `nabla bench` and of the recipes in PyTorch: the same layers, the same sizes, the same number of parameters.

Each is written as its PyTorch users would write it for speed: fused weights, one batched product with the mask in it, and
memory orders that the libraries below like. Nothing here is special to PyTorch 1.13.
"""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F


def causal_mask(context):
    return torch.full((1, context, context), -math.inf).triu(1)


def causal_attention(q, k, v, mask):
    """q, k, v (B, T, H, D) → (B, T, H·D). The products are batches over B·H; the first adds the mask and scales."""
    B, T, H, D = q.shape
    q, k, v = (x.transpose(1, 2).reshape(B * H, T, D) for x in (q, k, v))
    scores = torch.baddbmm(mask[:, :T, :T], q, k.transpose(1, 2), alpha=1 / math.sqrt(D))
    return (scores.softmax(-1) @ v).view(B, H, T, D).transpose(1, 2).reshape(B, T, H * D)


class Attention(nn.Module):
    def __init__(self, dim, heads, context, bias):
        super().__init__()
        self.heads = heads
        self.c_attn = nn.Linear(dim, 3 * dim, bias=bias)
        self.c_proj = nn.Linear(dim, dim, bias=bias)
        self.register_buffer("mask", causal_mask(context), persistent=False)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.c_attn(x).view(B, T, 3, self.heads, C // self.heads).unbind(2)
        return self.c_proj(causal_attention(q, k, v, self.mask))


class Norm(nn.Module):
    """LayerNorm whose bias can be left out, which PyTorch 1.13's own cannot."""

    def __init__(self, dim, bias):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(dim))
        self.bias = nn.Parameter(torch.zeros(dim)) if bias else None

    def forward(self, x):
        return F.layer_norm(x, self.weight.shape, self.weight, self.bias, 1e-5)


class Block(nn.Module):
    def __init__(self, dim, heads, context, bias, gelu):
        super().__init__()
        self.gelu = gelu
        self.ln_1, self.ln_2 = Norm(dim, bias), Norm(dim, bias)
        self.attn = Attention(dim, heads, context, bias)
        self.c_fc = nn.Linear(dim, 4 * dim, bias=bias)
        self.c_proj = nn.Linear(4 * dim, dim, bias=bias)

    def forward(self, x):
        x = x + self.attn(self.ln_1(x))
        return x + self.c_proj(F.gelu(self.c_fc(self.ln_2(x)), approximate=self.gelu))


class Gpt(nn.Module):
    """GPT-2: `nabla bench train`, and recipes/nanogpt-cpu.json."""

    def __init__(self, layers, heads, dim, context, vocab, bias=True, gelu="tanh"):
        super().__init__()
        self.wte = nn.Embedding(vocab, dim)
        self.wpe = nn.Embedding(context, dim)
        self.blocks = nn.ModuleList(Block(dim, heads, context, bias, gelu) for _ in range(layers))
        self.ln_f = Norm(dim, bias)
        for name, p in self.named_parameters():
            if p.dim() >= 2:
                nn.init.normal_(p, 0, 0.02 / math.sqrt(2 * layers) if name.endswith("c_proj.weight") else 0.02)
            elif name.endswith("bias"):
                nn.init.zeros_(p)

    def forward(self, ids, targets):
        x = self.wte(ids) + self.wpe.weight[:ids.shape[1]]
        for block in self.blocks:
            x = block(x)
        logits = F.linear(self.ln_f(x), self.wte.weight)  # tied
        return F.cross_entropy(logits.flatten(0, 1), targets.flatten())


class RmsNorm(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(dim))

    def forward(self, x):
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-5) * self.weight


class LlamaBlock(nn.Module):
    def __init__(self, dim, heads, inner, dropout):
        super().__init__()
        self.heads, self.inner, self.dropout = heads, inner, dropout
        self.norm_1, self.norm_2 = RmsNorm(dim), RmsNorm(dim)
        self.qkv = nn.Linear(dim, 3 * dim, bias=False)
        self.o = nn.Linear(dim, dim, bias=False)
        self.gate_up = nn.Linear(dim, 2 * inner, bias=False)
        self.down = nn.Linear(inner, dim, bias=False)

    def forward(self, x, rotary, mask):
        B, T, C = x.shape
        q, k, v = self.qkv(self.norm_1(x)).view(B, T, 3, self.heads, C // self.heads).unbind(2)
        x = x + F.dropout(self.o(causal_attention(rotate(q, *rotary), rotate(k, *rotary), v, mask)), self.dropout)
        gate, up = self.gate_up(self.norm_2(x)).split(self.inner, -1)
        return x + F.dropout(self.down(F.silu(gate) * up), self.dropout)


def rotate(x, cos, sin):
    """Rotary positions; cos and sin (T, 1, D / 2)."""
    a, b = x.chunk(2, -1)
    return torch.cat((a * cos - b * sin, b * cos + a * sin), -1)


class Llama(nn.Module):
    """recipes/shakespeare.json."""

    def __init__(self, layers, heads, dim, context, vocab, inner, dropout):
        super().__init__()
        self.dropout = dropout
        self.embedding = nn.Embedding(vocab, dim)
        self.blocks = nn.ModuleList(LlamaBlock(dim, heads, inner, dropout) for _ in range(layers))
        self.norm = RmsNorm(dim)
        angles = torch.arange(context)[:, None] / 10000 ** (torch.arange(0, dim // heads, 2) / (dim // heads))
        self.register_buffer("cos", angles.cos()[:, None], persistent=False)
        self.register_buffer("sin", angles.sin()[:, None], persistent=False)
        self.register_buffer("mask", causal_mask(context), persistent=False)
        for p in self.parameters():
            if p.dim() >= 2:
                nn.init.normal_(p, 0, 0.02)

    def forward(self, ids, targets):
        x = F.dropout(self.embedding(ids), self.dropout)
        for block in self.blocks:
            x = block(x, (self.cos, self.sin), self.mask)
        logits = F.linear(self.norm(x), self.embedding.weight)  # tied
        return F.cross_entropy(logits.flatten(0, 1), targets.flatten())


def mlp():
    return nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))


def cnn():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(3136, 128), nn.ReLU(), nn.Linear(128, 10))


class Residual(nn.Module):
    """x + conv(silu(norm(conv(silu(norm(x))) + W·silu(t)))), with a 1×1 convolution of x where the channels differ."""

    def __init__(self, inputs, outputs, time):
        super().__init__()
        self.norm_1, self.conv_1 = nn.GroupNorm(8, inputs), nn.Conv2d(inputs, outputs, 3, padding=1)
        self.time = nn.Linear(time, outputs)
        self.norm_2, self.conv_2 = nn.GroupNorm(8, outputs), nn.Conv2d(outputs, outputs, 3, padding=1)
        self.skip = nn.Conv2d(inputs, outputs, 1) if inputs != outputs else nn.Identity()

    def forward(self, x, t):
        h = self.conv_1(F.silu(self.norm_1(x))) + self.time(t)[:, :, None, None]
        return self.skip(x) + self.conv_2(F.silu(self.norm_2(h)))


class UNet(nn.Module):
    """A denoiser of images with one channel (Ho et al. 2020, arXiv:2006.11239, smaller and without attention)."""

    def __init__(self, base=32, multipliers=(1, 2, 4), time=128):
        super().__init__()
        widths = [base * m for m in multipliers]
        self.base = base
        self.time_1, self.time_2 = nn.Linear(base, time), nn.Linear(time, time)
        self.conv_in = nn.Conv2d(1, base, 3, padding=1)
        self.down_blocks = nn.ModuleList(Residual(a, b, time) for a, b in zip([base] + widths, widths))
        self.downsamplers = nn.ModuleList(nn.Conv2d(w, w, 3, stride=2, padding=1) for w in widths[:-1])
        self.mid_block = Residual(widths[-1], widths[-1], time)
        above = widths[1:] + widths[-1:]  # the channels that come up to each level
        self.up_blocks = nn.ModuleList(Residual(a + w, w, time) for a, w in zip(above, widths))
        self.upsamplers = nn.ModuleList(nn.Conv2d(w, w, 3, padding=1) for w in widths[1:])
        self.norm_out, self.conv_out = nn.GroupNorm(8, base), nn.Conv2d(base, 1, 3, padding=1)

    def forward(self, x, steps):
        """x (B, 1, 32, 32), steps (B) → the noise in x, (B, 1, 32, 32)."""
        half = self.base // 2
        angles = steps[:, None] * torch.exp(torch.arange(half) * (-math.log(10000) / half))
        t = F.silu(self.time_1(torch.cat((angles.sin(), angles.cos()), 1)))
        t = F.silu(self.time_2(t))
        x, skips = self.conv_in(x), []
        for level, block in enumerate(self.down_blocks):
            x = block(x, t)
            skips.append(x)
            if level < len(self.downsamplers):
                x = self.downsamplers[level](x)
        x = self.mid_block(x, t)
        for level in reversed(range(len(self.up_blocks))):
            x = self.up_blocks[level](torch.cat((x, skips[level]), 1), t)
            if level > 0:
                x = self.upsamplers[level - 1](F.interpolate(x, scale_factor=2, mode="nearest"))
        return self.conv_out(F.silu(self.norm_out(x)))
