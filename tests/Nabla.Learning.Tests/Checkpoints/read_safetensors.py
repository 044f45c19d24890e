"""An independent reader of safetensors files: prints names, shapes and the sum of the numbers as JSON.

Needs nothing but Python 3. It follows the description of the format, not Nabla's code, and checks the checksum that
Nabla adds.
"""
import hashlib
import json
import struct
import sys


def no_duplicates(pairs):
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys)), "duplicate keys"
    return dict(pairs)


def main(path):
    with open(path, "rb") as file:
        raw = file.read()
    (length,) = struct.unpack("<Q", raw[:8])
    assert (8 + length) % 8 == 0, "data are not aligned"
    header = json.loads(raw[8:8 + length], object_pairs_hook=no_duplicates)
    metadata = header.pop("__metadata__")
    assert metadata["format"] == "pt"
    digits = metadata["nabla.sha256"].encode()
    assert hashlib.sha256(raw.replace(digits, b"0" * 64)).hexdigest().encode() == digits, "checksum"
    data, end, result = raw[8 + length:], 0, {}
    for name, tensor in header.items():
        begin, stop = tensor["data_offsets"]
        assert tensor["dtype"] == "F32" and begin == end
        numbers = struct.unpack(f"<{(stop - begin) // 4}f", data[begin:stop])
        result[name] = {"shape": tensor["shape"], "sum": sum(numbers)}
        end = stop
    assert end == len(data)
    print(json.dumps(result))


main(sys.argv[1])
