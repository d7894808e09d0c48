#!/usr/bin/env python3
"""Writes hives that no tool at hand writes: an empty one, and one with every shape of list, name and data.

    tests/write_hive.py empty FILE
    tests/write_hive.py shapes FILE

Source of the layout: github.com/msuhanov/regf, "Windows registry file format specification".
"""

import struct
import sys

NOWHERE = 0xFFFFFFFF
SEGMENT = 16344  # long data is cut into pieces of this size
WRITTEN = 0x01D00000_00000000  # a fixed time, so that the file is the same every time

# Everybody may do everything: owner and group Administrators, one entry for S-1-1-0.
ADMINISTRATORS = bytes.fromhex("01020000000000052000000020020000")
EVERYONE = bytes.fromhex("010100000000000100000000")
DACL = struct.pack("<BBHHH", 2, 0, 28, 1, 0) + struct.pack("<BBHI", 0, 2, 20, 0x000F003F) + EVERYONE
SECURITY = struct.pack("<BBHIIII", 1, 0, 0x8004, 20, 36, 0, 52) + ADMINISTRATORS * 2 + DACL


class Bin:
    """The cells of a hive that is one bin."""

    def __init__(self):
        self.bytes = bytearray(32)
        self.keys = 0

    def add(self, data):
        at = len(self.bytes)
        size = (4 + len(data) + 7) // 8 * 8
        self.bytes += struct.pack("<i", -size) + data
        self.bytes += bytes(at + size - len(self.bytes))
        return at

    def patch(self, cell, field, value):
        struct.pack_into("<I", self.bytes, cell + 4 + field, value)

    def file(self, root):
        free = -len(self.bytes) % 4096
        if free:
            self.bytes += struct.pack("<i", free) + bytes(free - 4)
        size = len(self.bytes)
        self.bytes[:32] = struct.pack("<4sIIQQI", b"hbin", 0, size, 0, WRITTEN, 0)
        base = bytearray(4096)
        struct.pack_into("<4sIIQIIIIIII", base, 0, b"regf", 1, 1, WRITTEN, 1, 5, 0, 1, root, size, 1)
        total = 0
        for (number,) in struct.iter_unpack("<I", base[:508]):
            total ^= number
        struct.pack_into("<I", base, 508, total)
        return bytes(base) + bytes(self.bytes)


def stored(name):
    """The bytes of a name, and whether it is compressed."""
    try:
        return name.encode("latin-1"), True
    except UnicodeEncodeError:
        return name.encode("utf-16-le"), False


def text(*parts):
    return "".join(part + "\0" for part in parts).encode("utf-16-le")


def data(bin, content):
    """The length and place of a value's data."""
    if len(content) <= 4:
        return len(content) | 0x80000000, struct.unpack("<I", content.ljust(4, b"\0"))[0]
    if len(content) <= SEGMENT:
        return len(content), bin.add(content)
    pieces = [bin.add(content[at:at + SEGMENT] + bytes(4)) for at in range(0, len(content), SEGMENT)]
    places = bin.add(struct.pack(f"<{len(pieces)}I", *pieces))
    return len(content), bin.add(struct.pack("<2sHI", b"db", len(pieces), places))


def value(bin, name, kind, content):
    name, compressed = stored(name)
    length, place = data(bin, content)
    return bin.add(struct.pack("<2sHIIIHH", b"vk", len(name), length, place, kind, compressed, 0) + name)


def name_hash(name):
    total = 0
    for unit in struct.iter_unpack("<H", name.upper().encode("utf-16-le")):
        total = (total * 37 + unit[0]) & 0xFFFFFFFF
    return struct.pack("<I", total)


def leaf(bin, shape, children):
    hints = {
        b"li": lambda name: b"",
        b"lf": lambda name: (stored(name)[0] if stored(name)[1] else b"")[:4].ljust(4, b"\0"),
        b"lh": name_hash,
    }
    elements = (struct.pack("<I", at) + hints[shape](name) for name, at in children)
    return bin.add(struct.pack("<2sH", shape, len(children)) + b"".join(elements))


def key(bin, security, name, values=(), children=(), shape=b"lh", flags=0):
    """Adds a key; `children` are functions that add a key and give its name and place."""
    spelled = name
    name, compressed = stored(name)
    flags |= 0x20 if compressed else 0
    head = struct.pack("<2sHQIIIIIIIIIIIIIIIHH", b"nk", flags, WRITTEN, 0, NOWHERE, len(children), 0, NOWHERE,
                       NOWHERE, len(values), NOWHERE, security, NOWHERE, 0, 0, 0, 0, 0, len(name), 0)
    at = bin.add(head + name)
    bin.keys += 1
    added = sorted((child(bin, security) for child in children), key=lambda child: child[0].upper())
    for _, child in added:
        bin.patch(child, 16, at)
    if added and shape == b"ri":
        # Two hash leaves and an index leaf: readers must not expect one kind.
        parts = [(b"lh", added[:400]), (b"lh", added[400:800]), (b"li", added[800:])]
        leaves = [leaf(bin, kind, part) for kind, part in parts]
        bin.patch(at, 28, bin.add(struct.pack("<2sH3I", b"ri", 3, *leaves)))
    elif added:
        bin.patch(at, 28, leaf(bin, shape, added))
    if values:
        places = [value(bin, *each) for each in values]
        bin.patch(at, 40, bin.add(struct.pack(f"<{len(places)}I", *places)))
    bin.patch(security, 12, bin.keys)
    return spelled, at


def below(name, *values, children=(), shape=b"lh", flags=0):
    return lambda bin, security: key(bin, security, name, values, children, shape, flags)


def pattern(length):
    """Bytes that show if a piece is missing, twice there or in the wrong order."""
    return b"".join(struct.pack("<I", number) for number in range(length // 4 + 1))[:length]


EMPTY = ()

SHAPES = (
    below("Lists", children=(
        below("li", children=[below(name) for name in ("One", "Two", "Three")], shape=b"li"),
        below("lf", children=[below(name) for name in ("One", "Two", "Three")], shape=b"lf"),
        below("lh", children=[below(name) for name in ("One", "Two", "Three")]),
        below("ri", children=[below(f"{n:04}", ("n", 4, struct.pack("<I", n))) for n in range(1100)], shape=b"ri"),
    )),
    below("Names", children=(
        below("Büro", ("Schlüssel", 1, text("Wert"))),
        below("送信サーバー", ("ポート番号", 4, struct.pack("<I", 587)), ("", 1, text("既定"))),
        below("Straße 🌏", ("🌏", 1, text("🌏"))),
    )),
    below("Values",
          ("none", 0, b""), ("sz", 1, text("mail.example.jp")), ("sz without NUL", 1, text("587")[:-2]),
          ("sz with more", 1, text("shown", "hidden")), ("sz of odd length", 1, text("odd") + b"x"),
          ("sz inline", 1, text("a")), ("sz empty", 1, b""), ("expand", 2, text("%APPDATA%\\Mail")),
          ("binary", 3, bytes(range(256))), ("binary of 1", 3, b"\xff"), ("binary of 3", 3, b"\1\2\3"),
          ("dword", 4, struct.pack("<I", 0x80000001)), ("dword of 8", 4, bytes(8)), ("dword of 2", 4, b"\1\0"),
          ("big endian", 5, struct.pack(">I", 465)), ("link", 6, text("\\Registry\\User")[:-2]),
          ("texts", 7, text("one", "二", "three", "")), ("resources", 8, bytes(20)), ("descriptor", 9, bytes(20)),
          ("requirements", 10, bytes(20)), ("qword", 11, struct.pack("<Q", 1 << 40)), ("unknown", 0x12345, b"abcdef"),
          ("longest in one piece", 3, pattern(SEGMENT)), ("shortest in two", 3, pattern(SEGMENT + 1)),
          ("three pieces", 3, pattern(40000)), ("long text", 1, text("長" * 9000)),
          ("POP3 Password", 3, text("canary-hive-7f3a"))),
    below("Link", ("SymbolicLinkValue", 6, text("\\Registry\\User\\Names")[:-2]), flags=0x10),
)


def main():
    what, file = sys.argv[1:]
    bin = Bin()
    security = bin.add(struct.pack("<2sHIIII", b"sk", 0, 0, 0, 0, len(SECURITY)) + SECURITY)
    bin.patch(security, 4, security)
    bin.patch(security, 8, security)
    children = {"empty": EMPTY, "shapes": SHAPES}[what]
    # Hive entry, not to be deleted.
    _, root = key(bin, security, "ROOT", children=children, shape=b"lf", flags=0x0C)
    with open(file, "wb") as out:
        out.write(bin.file(root))


main()
