"""The public names of torch.nn, torch.nn.init and torch.nn.utils: what docs/torch-nn.md must speak of."""
import types

import torch.nn as nn


def names(module):
    return sorted(n for n in dir(module) if not n.startswith("_") and not isinstance(getattr(module, n), types.ModuleType))


def record():
    deprecated = {n[:-1] for n in names(nn.init) if n.endswith("_")}  # `xavier_uniform` is the old name of `xavier_uniform_`
    return {
        "torch.nn": [n for n in names(nn) if n not in ("factory_kwargs",)],
        "torch.nn.init": [n for n in names(nn.init) if n not in deprecated and n != "Tensor"],
        "torch.nn.utils": [n for n in names(nn.utils)],
    }
