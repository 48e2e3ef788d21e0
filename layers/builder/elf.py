"""Shared objects without what the loader never reads."""

import struct
from pathlib import Path

_SEGMENT_TABLE = struct.Struct("<Q")  # e_phoff, at 32
_SECTION_TABLE = struct.Struct("<Q")  # e_shoff, at 40
_COUNTS = struct.Struct("<HHHHH")  # e_phentsize, e_phnum, e_shentsize, e_shnum, e_shstrndx, at 54
_SEGMENT = struct.Struct("<IIQQQQQQ")  # p_type, p_flags, p_offset, p_vaddr, p_paddr, p_filesz, p_memsz, p_align


def slim(file: Path) -> int:
    """Cuts off symbols, debugging data and the section table behind the last segment; the bytes saved.

    Nothing that is loaded is moved or changed, which is why no `strip` is needed, and why it works the same on
    every machine for every architecture. The format is that of the System V ABI, chapters 4 and 5.
    """
    data = bytearray(file.read_bytes())
    if data[:6] != b"\x7fELF\x02\x01":  # 64 bits, little-endian: both of Lambda's architectures
        return 0
    (table,) = _SEGMENT_TABLE.unpack_from(data, 32)
    entry, count, section_entry, _, _ = _COUNTS.unpack_from(data, 54)
    segments = [_SEGMENT.unpack_from(data, table + number * entry) for number in range(count)]
    end = max(table + entry * count, *(offset + size for _, _, offset, _, _, size, _, _ in segments))
    saved: int = len(data) - end
    _SECTION_TABLE.pack_into(data, 40, 0)
    _COUNTS.pack_into(data, 54, entry, count, section_entry, 0, 0)
    file.write_bytes(data[:end])
    return saved
