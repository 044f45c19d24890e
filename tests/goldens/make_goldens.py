#!/usr/bin/python3
"""Make the golden files beside this script, or with --check compare them with what this machine's PyTorch says.

Needs Debian's python3-torch (1.13), python3-numpy, python3-scipy and python3-sklearn, nothing else. See README.md.
"""
import argparse
import json
import pathlib
import sys
import tempfile

import numpy as np
import torch

import data_golden
import calculus_golden
import fourier_golden
import golden_file
import layers_golden
import linalg_golden
import losses_golden
import metrics_golden
import models_golden
import newops_golden
import ops_golden
import optimizers_golden
import pca_golden
import schedulers_golden
import schedules_golden
import torch_names
import trajectories_golden

HERE = pathlib.Path(__file__).resolve().parent
TENSOR_FILES = {
    "ops.safetensors": ops_golden.record,
    "newops.safetensors": newops_golden.record,
    "adamw.safetensors": optimizers_golden.record,
    "layers.safetensors": layers_golden.record,
    "losses.safetensors": losses_golden.record,
    "gpt2.safetensors": models_golden.record_gpt2,
    "llama.safetensors": models_golden.record_llama,
    "trajectories.safetensors": trajectories_golden.record,
}
JSON_FILES = {
    "gpt2.json": lambda: models_golden.GPT2,
    "llama.json": lambda: models_golden.LLAMA,
    "schedulers.json": schedulers_golden.record,
    "schedules.json": schedules_golden.record,
    "calculus.json": calculus_golden.record,
    "data.json": data_golden.record,
    "fourier.json": fourier_golden.record,
    "metrics.json": metrics_golden.record,
    "torch-nn.json": torch_names.record,
    "linalg.json": linalg_golden.record,
    "pca.json": pca_golden.record,
}


def make(folder):
    for name, record in TENSOR_FILES.items():
        golden_file.write(folder / name, *record())
    for name, record in JSON_FILES.items():
        (folder / name).write_text(json.dumps(record(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def differences(expected, actual):
    """What differs between two golden files beyond the last bits, as lines of text."""
    if expected.suffix == ".json":
        if json.loads(expected.read_text("utf-8")) != json.loads(actual.read_text("utf-8")):
            yield "content differs"
        return
    (a, a_metadata), (b, b_metadata) = golden_file.read(expected), golden_file.read(actual)
    ignored = golden_file.provenance().keys()
    if {k: v for k, v in a_metadata.items() if k not in ignored} != {k: v for k, v in b_metadata.items() if k not in ignored}:
        yield "metadata differs"
    for name in sorted(a.keys() | b.keys()):
        if name not in a or name not in b:
            yield f"{name}: only in one of them"
        elif a[name].shape != b[name].shape or not np.allclose(a[name], b[name], rtol=1e-6, atol=1e-8):
            yield f"{name}: values differ"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing; exit code 1 when anything differs")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    if not arguments.check:
        make(HERE)
        for name in [*TENSOR_FILES, *JSON_FILES]:
            print(f"{(HERE / name).stat().st_size:8,} {name}")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        make(folder)
        found = [f"{name}: {line}" for name in [*TENSOR_FILES, *JSON_FILES] for line in differences(HERE / name, folder / name)]
    print("\n".join(found) or "all golden files agree")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
