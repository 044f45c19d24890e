"""Files as NumPy and Python's csv module write or read them, with the values that they say stand there.

Bytes are base64. NumPy writes what it can itself; other versions, byte orders and IDX (which NumPy does not know) are
composed here from NumPy's own bytes.
"""
import base64
import csv
import gzip
import io
import struct

import numpy as np

NAMES = {"b1": "Bool", "u1": "U8", "i1": "I8", "u2": "U16", "i2": "I16", "u4": "U32", "i4": "I32", "u8": "U64",
         "i8": "I64", "f2": "F16", "f4": "F32", "f8": "F64"}
IDX = {"u1": 0x08, "i1": 0x09, "i2": 0x0B, "i4": 0x0C, "f4": 0x0D, "f8": 0x0E}
CSV = {
    "plain": "x,y,kind\n1,2.5,a\n-3e2,.5,b\n0,+7,a\n",
    "semicolons": "x;y\n1;2\n3;4\n",
    "tabs": "x\ty\n1\t2\n",
    "quoted": 'name,"the ""x"", in m"\n"Zoë, of Leeds",1\n"two\nlines",2\n',
    "windows": "x,y\r\n1,2\r\n\r\n3,4\r\n",
    "missing": "x,kind\n,a\n2,\nNA,b\n",
    "no header": "1,2\n3,4\n",
    "no end of line": "x,y\n1,2",
}


def array(kind, shape, seed):
    rng = np.random.default_rng(seed)
    if kind == "b1":
        return rng.integers(0, 2, shape).astype("?")
    if kind[0] == "f":
        return rng.normal(size=shape).astype(kind)
    info = np.iinfo(kind)
    low, high = max(info.min, -2**53), min(info.max, 2**53)  # what a double holds exactly
    return rng.integers(low, high, shape, endpoint=True).astype(kind)


def case(name, kind, values, data):
    numbers = [float(x) for x in values.ravel()]
    return {"name": name, "type": NAMES[kind], "shape": list(values.shape), "values": numbers,
            "base64": base64.b64encode(data).decode()}


def npy(values, version=None):
    stream = io.BytesIO()
    np.lib.format.write_array(stream, values, version=version)
    return stream.getvalue()


def idx(kind, values):
    header = struct.pack(">HBB", 0, IDX[kind], values.ndim) + struct.pack(f">{values.ndim}I", *values.shape)
    return header + values.astype(">" + kind).tobytes()


def npy_cases():
    for i, kind in enumerate(NAMES):
        for order in "<>":
            values = array(kind, (2, 3), i)
            yield case(f"{order}{kind}", kind, values, npy(values.astype(values.dtype.newbyteorder(order))))
    for version in (1, 2, 3):
        values = array("f4", (3,), version)
        yield case(f"version {version}", "f4", values, npy(values, (version, 0)))
    for shape in [(), (0,), (1,), (4, 0, 2), (2, 3, 4), (1, 5), (5, 1), (2, 1, 3, 2)]:
        values = array("i4", shape, len(shape))
        fortran = np.asfortranarray(values)  # a scalar becomes [1]
        yield case(f"column-major {shape}", "i4", fortran, npy(fortran))
        yield case(f"row-major {shape}", "i4", values, npy(values))


def idx_cases():
    for i, kind in enumerate(IDX):
        values = array(kind, (3, 2), 50 + i)
        yield case(kind, kind, values, idx(kind, values))
        yield case(f"{kind} in gzip", kind, values, gzip.compress(idx(kind, values), mtime=0))
    for shape in [(0,), (1,), (2, 3, 4), (3, 0)]:
        values = array("u1", shape, 70 + len(shape))
        yield case(f"shape {shape}", "u1", values, idx("u1", values))


def npz_cases():
    for save in (np.savez, np.savez_compressed):
        arrays = {"x": array("f4", (2, 2), 90), "labels": array("i8", (5,), 91)}
        stream = io.BytesIO()
        save(stream, **arrays)
        yield {"name": save.__name__, "base64": base64.b64encode(stream.getvalue()).decode(),
               "arrays": {name: [float(x) for x in a.ravel()] for name, a in arrays.items()}}


def record():
    return {
        "numpy": np.__version__,
        "npy": list(npy_cases()),
        "idx": list(idx_cases()),
        "npz": list(npz_cases()),
        "csv": [{"name": name, "text": text,
                 "rows": [row for row in csv.reader(io.StringIO(text, newline=""), dialect=dialect(name)) if row]}
                for name, text in CSV.items()],
    }


def dialect(name):
    class Dialect(csv.excel):
        delimiter = {"semicolons": ";", "tabs": "\t"}.get(name, ",")
    return Dialect
