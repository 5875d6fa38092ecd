"""Smaller files by llama.cpp's own quantisation, with an importance matrix where there is one."""

from __future__ import annotations

import ctypes
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import llama_cpp as lib
import numpy as np

from tools.errors import ToolError
from tools.publishing.contents import Contents
from tools.publishing.drafts import drafted
from tools.publishing.importance import Importance
from tools.publishing.needs import check_disk, check_memory

KINDS: dict[str, int] = {
    name.removeprefix("LLAMA_FTYPE_MOSTLY_").lower(): getattr(lib, name)
    for name in dir(lib)
    if name.startswith("LLAMA_FTYPE_MOSTLY_") and not name.endswith(("_F16", "_BF16"))
}
"""llama.cpp's number by the name of a type: q4_k_m, q8_0…"""
_BLOCK = 256
_WARNING, _ERROR = 3, 4
_complaints: list[str] = []


@dataclass(frozen=True, slots=True)
class Quantized:
    """`types` counts the tensors by what they are stored in. `fallbacks` are matrices whose rows do not divide by
    256, which the K types need: llama.cpp stores them in a type of smaller blocks."""

    path: Path
    kind: str
    size: int
    types: dict[str, int]
    fallbacks: tuple[str, ...]
    importance: bool


@lib.llama_log_callback
def _log(level: int, text: bytes, _data: ctypes.c_void_p) -> None:
    if level in (_WARNING, _ERROR):
        _complaints.append(" ".join(text.decode("utf-8", "replace").replace("=", " ").split()))


def quantize(
    source: Path, out: Path, kind: str, importance: Importance | None = None, threads: int | None = None
) -> Quantized:
    """Writes the unquantised GGUF `source` as `out`, in `kind`.

    Raises ToolError for an unknown kind, a source that is quantised already or damaged, an importance matrix of
    another model, and too little disk or memory.
    """
    kind = kind.lower()
    if kind not in KINDS:
        raise ToolError(f"{kind!r} is no type that llama.cpp quantises to; choose among {', '.join(sorted(KINDS))}.")
    contents = Contents(source)
    coarse = {contents.type_of(name) for name in contents.names} - {"F32", "F16", "BF16"}
    if coarse:
        raise ToolError(f"{source} is quantised already ({', '.join(sorted(coarse))}); give the f16 file it came from.")
    if importance is not None:
        _check_fit(importance, contents)
    check_disk(out.parent, source.stat().st_size, "the quantised file")
    largest = max(contents.values(name) for name in contents.names)
    check_memory(largest * 8, "quantising")
    with drafted(out) as draft:
        _run(source, draft, kind, importance, threads or os.cpu_count() or 1)
    written = Contents(out)
    types = Counter(written.type_of(name) for name in written.names)
    odd = [name for name in written.names if written.is_matrix(name) and written.row(name) % _BLOCK]
    fallbacks = tuple(odd) if "_k" in kind or kind.startswith("iq") else ()
    return Quantized(out, kind, out.stat().st_size, dict(types), fallbacks, importance is not None)


def name_for(source: Path, kind: str) -> str:
    """The file name of `source` with its type exchanged: shop-f16.gguf → shop-q4_k_m.gguf."""
    stem, _, last = source.stem.rpartition("-")
    return f"{stem if stem and last.lower() in ('f16', 'bf16', 'f32') else source.stem}-{kind.lower()}.gguf"


def _run(source: Path, out: Path, kind: str, importance: Importance | None, threads: int) -> None:
    params = lib.llama_model_quantize_default_params()
    params.ftype, params.nthread = KINDS[kind], threads
    # ctypes keeps no reference to what a pointer points to: `kept` does, until the call is over
    kept: list[object] = []
    if importance is not None:
        entries = (lib.llama_model_imatrix_data * (len(importance.means) + 1))()
        for entry, (name, means) in zip(entries, importance.means.items(), strict=False):
            values = np.ascontiguousarray(means, dtype=np.float32)
            kept.append(values)
            entry.name = name.encode()
            entry.data = values.ctypes.data_as(ctypes.POINTER(ctypes.c_float))
            entry.size = len(values)
        params.imatrix = ctypes.cast(entries, ctypes.POINTER(lib.llama_model_imatrix_data))
        kept.append(entries)
    _complaints.clear()
    lib.llama_log_set(_log, ctypes.c_void_p(0))
    failed = lib.llama_model_quantize(os.fsencode(source), os.fsencode(out), ctypes.byref(params))
    if failed or not out.is_file():
        raise ToolError(f"llama.cpp could not quantise {source} to {kind}: {'; '.join(_complaints) or failed}.")


def _check_fit(importance: Importance, contents: Contents) -> None:
    for name, means in importance.means.items():
        if name not in contents.names or contents.row(name) != len(means):
            raise ToolError(
                f"the importance matrix is of another model ({name} does not fit); measure it for this one."
            )
