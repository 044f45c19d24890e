"""Reads and writes golden files: the safetensors format, by hand, float32 only.

8 bytes: header length N, little-endian. N bytes: JSON, padded with spaces so that data starts at a multiple of 8.
Then the tensors, row-major, one after the other without gaps.
Integers (token ids, indices, targets) are not tensors here: they stand as JSON in the metadata.
"""
import json
import platform
import struct

import numpy as np
import torch

METADATA = "__metadata__"


def provenance():
    return {
        "made_by": "tests/goldens/make_goldens.py",
        "torch": torch.__version__,
        "numpy": np.__version__,
        "python": platform.python_version(),
        "precision": "inputs are float32 values; outputs and gradients computed in float64 by PyTorch, rounded to float32",
    }


def write(path, tensors, metadata):
    """Write named tensors; metadata values that are not strings are stored as JSON text."""
    metadata = {**provenance(), **metadata}
    header = {METADATA: {k: v if isinstance(v, str) else json.dumps(v) for k, v in metadata.items()}}
    blobs, offset = [], 0
    for name, value in tensors.items():
        value = value.detach().numpy() if isinstance(value, torch.Tensor) else np.asarray(value)
        blob = value.astype("<f4").tobytes()  # tobytes is row-major whatever the strides
        header[name] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [offset, offset + len(blob)]}
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def read(path):
    """Return (tensors, metadata)."""
    data = path.read_bytes()
    start = 8 + struct.unpack_from("<Q", data)[0]
    header = json.loads(data[8:start])
    metadata = header.pop(METADATA, {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        tensors[name] = np.frombuffer(data[start + begin:start + end], "<f4").reshape(entry["shape"])
    return tensors, metadata
