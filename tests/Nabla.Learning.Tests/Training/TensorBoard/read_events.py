"""Reads an event file with Google's protobuf runtime for Python and prints what is in it as JSON.

The messages are declared here with the field numbers of TensorFlow's event.proto, summary.proto, tensor.proto and
tensor_shape.proto; the checksums are computed here. Exit code 3: the package protobuf is not installed.
"""
import json
import struct
import sys
import zlib

try:
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
except ImportError:
    sys.exit(3)

TYPES = {"double": 1, "float": 2, "int64": 3, "int32": 5, "string": 9, "bytes": 12}
SCHEMA = {
    "Event": "double wall_time=1; int64 step=2; string file_version=3; Summary summary=5; SessionLog session_log=7",
    "SessionLog": "int32 status=1",
    "Summary": "repeated Value value=1",
    "Value": "string tag=1; float simple_value=2; Image image=4; Histogram histo=5; Tensor tensor=8; Metadata metadata=9",
    "Image": "int32 height=1; int32 width=2; int32 colorspace=3; bytes encoded_image_string=4",
    "Histogram": "double min=1; double max=2; double num=3; double sum=4; double sum_squares=5;"
                 "repeated double bucket_limit=6; repeated double bucket=7",
    "Tensor": "int32 dtype=1; Shape tensor_shape=2; repeated bytes string_val=8",
    "Shape": "repeated Dim dim=2",
    "Dim": "int64 size=1",
    "Metadata": "PluginData plugin_data=1",
    "PluginData": "string plugin_name=1; bytes content=2",
}


def event_class():
    file = descriptor_pb2.FileDescriptorProto(name="events.proto", package="t", syntax="proto3")
    for name, fields in SCHEMA.items():
        message = file.message_type.add(name=name)
        for field in fields.split(";"):
            *label, kind, rest = field.split()
            key, number = rest.split("=")
            repeated = label == ["repeated"]
            entry = message.field.add(name=key, number=int(number), label=3 if repeated else 1)
            if kind in TYPES:
                entry.type = TYPES[kind]
            else:
                entry.type, entry.type_name = 11, ".t." + kind
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    descriptor = pool.FindMessageTypeByName("t.Event")
    if hasattr(message_factory, "GetMessageClass"):
        return message_factory.GetMessageClass(descriptor)
    return message_factory.MessageFactory(pool).GetPrototype(descriptor)


def masked_crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def pixels(png):
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    at, data, header = 8, b"", None
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at:at + 8])
        body = png[at + 8:at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length:at + 12 + length])[0] == zlib.crc32(kind + body)
        if kind == b"IHDR":
            header = struct.unpack(">IIBBBBB", body)
        if kind == b"IDAT":
            data += body
        at += 12 + length
    return {"width": header[0], "height": header[1], "colour": header[3], "bytes": list(zlib.decompress(data))}


def main(path):
    data, at, events, Event = open(path, "rb").read(), 0, [], event_class()
    while at < len(data):
        length, check = struct.unpack("<QI", data[at:at + 12])
        assert check == masked_crc32c(data[at:at + 8])
        body = data[at + 12:at + 12 + length]
        assert struct.unpack("<I", data[at + 12 + length:at + 16 + length])[0] == masked_crc32c(body)
        at += 16 + length
        event = Event.FromString(body)
        row = {"step": event.step, "time": event.wall_time, "version": event.file_version,
               "restart": event.session_log.status}
        for value in event.summary.value:
            row["tag"] = value.tag
            if value.HasField("histo"):
                h = value.histo
                row["histogram"] = [h.min, h.max, h.num, h.sum, h.sum_squares, list(h.bucket_limit), list(h.bucket)]
            elif value.HasField("image"):
                row["image"] = {"h": value.image.height, "w": value.image.width, "c": value.image.colorspace,
                                **pixels(value.image.encoded_image_string)}
            elif value.HasField("tensor"):
                row["text"] = value.tensor.string_val[0].decode()
                row["plugin"] = value.metadata.plugin_data.plugin_name
                row["dtype"] = value.tensor.dtype
                row["sizes"] = [dim.size for dim in value.tensor.tensor_shape.dim]
            else:
                row["scalar"] = value.simple_value
        events.append(row)
    print(json.dumps(events))


main(sys.argv[1])
