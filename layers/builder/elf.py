"""Shared objects without what the loader never reads."""

import struct
from pathlib import Path

# Layouts of the System V ABI, chapters 4 and 5, for 64 bits, little-endian: both of Lambda's architectures.
_MAGIC = b"\x7fELF\x02\x01"
_TABLES = struct.Struct("<QQ")  # e_phoff, e_shoff
_TABLES_AT = 32
_COUNTS = struct.Struct("<HHHHH")  # e_phentsize, e_phnum, e_shentsize, e_shnum, e_shstrndx
_COUNTS_AT = 54
_SEGMENT = struct.Struct("<IIQQQQQQ")  # p_type, p_flags, p_offset, p_vaddr, p_paddr, p_filesz, p_memsz, p_align


def slim(file: Path) -> int:
    """Removes symbols, debugging data and the section table; the bytes saved.

    What is loaded keeps its bytes and its address: the loader reads segments alone, so cutting out what lies between
    and behind them, in whole pages, changes nothing for it. No `strip` is needed, which rewrites far more, and the
    result is the same on every machine.
    """
    data = file.read_bytes()
    if data[: len(_MAGIC)] != _MAGIC:
        return 0
    slimmed = _slimmed(data)
    file.write_bytes(slimmed)
    return len(data) - len(slimmed)


def _slimmed(data: bytes) -> bytes:
    table, _ = _TABLES.unpack_from(data, _TABLES_AT)
    entry, count, section_entry, _, _ = _COUNTS.unpack_from(data, _COUNTS_AT)
    segments = [_SEGMENT.unpack_from(data, table + number * entry) for number in range(count)]
    page = max(align for *_, align in segments)  # an offset must stay its address, modulo this
    used = sorted((offset, offset + size) for _, _, offset, _, _, size, _, _ in segments if size)
    used.insert(0, (0, table + count * entry))

    kept = bytearray()
    moves: list[tuple[int, int]] = []  # from this offset on, so far down
    end = 0
    for start, stop in used:
        if stop <= end:
            continue
        gap = max(0, start - end) // page * page
        moves.append((start, (moves[-1][1] if moves else 0) + gap))
        kept += data[end + gap : stop]
        end = stop

    def moved(offset: int) -> int:
        return offset - max((down for start, down in moves if start <= offset), default=0)

    _TABLES.pack_into(kept, _TABLES_AT, moved(table), 0)
    _COUNTS.pack_into(kept, _COUNTS_AT, entry, count, section_entry, 0, 0)
    for number, (kind, flags, offset, *others) in enumerate(segments):
        _SEGMENT.pack_into(kept, moved(table) + number * entry, kind, flags, moved(offset), *others)
    return bytes(kept)
