"""Writes and reads model files (docs/model-format.md)."""
import json
import struct

import numpy as np

from .words import hash64

_TYPES = {np.dtype(np.float32): 1, np.dtype(np.int8): 2, np.dtype(np.int32): 3, np.dtype(np.uint8): 4}
STRINGS = 5


def _pad(n, to):
    return -n % to


def strings(values):
    parts = [v.encode() for v in values]
    starts = np.cumsum([0] + [len(p) for p in parts]).astype("<u4")
    return starts.tobytes() + b"".join(parts)


class Writer:
    def __init__(self):
        self.tensors, self.parameters = {}, {}

    def add(self, name, array):
        array = np.ascontiguousarray(array)
        self.tensors[name] = (_TYPES[array.dtype], array.shape, array.tobytes())

    def add_strings(self, name, values):
        self.tensors[name] = (STRINGS, (len(values),), strings(values))

    def set(self, name, value):
        self.parameters[name] = int(value)

    def linear(self, name, weight, bias=None):
        """weight [out, in] floats; int8 with a scale per output, laid out for 4-byte dot products of 16 outputs."""
        outputs, inputs = weight.shape
        panels = -(-outputs // 16)
        scale = np.abs(weight).max(1) / 127
        scale = np.where(scale < 1e-20, 1, scale)
        q = np.zeros((panels * 16, inputs), dtype=np.int8)
        q[:outputs] = np.clip(np.rint(weight / scale[:, None]), -127, 127)
        self.add(name + ".weight", q.reshape(panels, 16, inputs // 4, 4).transpose(0, 2, 1, 3))
        full = np.zeros(panels * 16, dtype=np.float32)
        full[:outputs] = scale
        self.add(name + ".scale", full)
        full = np.zeros(panels * 16, dtype=np.float32)
        if bias is not None:
            full[:outputs] = bias
        self.add(name + ".bias", full)

    def rows(self, name, table):
        """A table [rows, width] of floats as int8 with a scale per row."""
        scale = np.abs(table).max(1) / 127
        safe = np.where(scale < 1e-20, 1, scale)
        self.add(name + ".weight", np.clip(np.rint(table / safe[:, None]), -127, 127).astype(np.int8))
        self.add(name + ".scale", np.where(scale < 1e-20, 0, scale).astype(np.float32))

    def write(self, path, card):
        names, records, parameters, data = b"", b"", b"", b""
        card = json.dumps(card, ensure_ascii=False, indent=1).encode()
        count = len(self.tensors)
        directory_at = 88
        parameters_at = directory_at + 64 * count
        names_at = parameters_at + 16 * len(self.parameters)
        all_names = list(self.tensors) + list(self.parameters)
        where, at = {}, 0
        for n in all_names:
            where[n] = (at, len(n.encode()))
            names += n.encode()
            at += len(n.encode())
        card_at = names_at + len(names)
        data_at = card_at + len(card)
        data_at += _pad(data_at, 64)
        for n, (kind, shape, content) in self.tensors.items():
            data += b"\0" * _pad(len(data), 64)
            dims = list(shape) + [0] * (4 - len(shape))
            records += struct.pack("<8I2Q16x", *where[n], kind, len(shape), *dims, data_at + len(data), len(content))
            data += content
        for n, value in self.parameters.items():
            parameters += struct.pack("<2Iq", *where[n], value)
        head = struct.pack("<2I6Q", count, len(self.parameters), directory_at, parameters_at, names_at, len(names), card_at, len(card))
        body = head + records + parameters + names + card
        body += b"\0" * (data_at - 32 - len(body)) + data
        header = struct.pack("<8s2I2Q", b"DLMODEL1", 1, 0, 32 + len(body), hash64_fast(body))
        with open(path, "wb") as f:
            f.write(header + body)
        return 32 + len(body)


def hash64_fast(body):
    """hash64 with seed 0 over a long string, without copying the rest at every word."""
    mask = (1 << 64) - 1
    h = len(body) * 0x9E3779B97F4A7C15 & mask
    whole = len(body) // 8
    for word in struct.unpack("<%dQ" % whole, body[: 8 * whole]):
        h = (h ^ word) * 0xFF51AFD7ED558CCD & mask
        h ^= h >> 32
    tail = int.from_bytes(body[8 * whole:], "little")
    h = (h ^ tail) * 0xC4CEB9FE1A85EC53 & mask
    h ^= h >> 33
    h = h * 0xFF51AFD7ED558CCD & mask
    return h ^ (h >> 29)
