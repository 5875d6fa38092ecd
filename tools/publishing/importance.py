"""How much each input of each matrix matters: the mean square of what flows into it while the exam's prompts are read.

Quantising spends its care where these are large. llama.cpp takes them with the call that quantises; they are kept as
an importance file of llama.cpp's own form, which its other tools read too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np
import torch
from numpy.typing import NDArray
from transformers import PreTrainedModel

from tools.errors import ToolError
from tools.publishing.drafts import drafted

_SUMS, _COUNTS = ".in_sum2", ".counts"


@dataclass(frozen=True, slots=True)
class Importance:
    """Mean squares by the GGUF name of the matrix, each of its input length; over `tokens` tokens."""

    means: dict[str, NDArray[np.float32]]
    tokens: int
    prompts: int

    def save(self, path: Path) -> Path:
        with drafted(path) as draft:
            writer = gguf.GGUFWriter(draft, "")
            writer.kv_data[0].pop("general.architecture", None)
            writer.add_type("imatrix")
            writer.add_array("imatrix.datasets", ["exam prompts"])
            writer.add_uint32("imatrix.chunk_count", self.prompts)
            writer.add_uint32("imatrix.chunk_size", max(1, self.tokens // max(1, self.prompts)))
            for name, means in self.means.items():
                count = np.array([[self.tokens]], dtype=np.float32)
                writer.add_tensor(name + _SUMS, (means * self.tokens).astype(np.float32)[None])
                writer.add_tensor(name + _COUNTS, count)
            writer.write_header_to_file()
            writer.write_kv_data_to_file()
            writer.write_tensors_to_file()
            writer.close()
        return path

    @classmethod
    def load(cls, path: Path) -> Importance:
        """Raises ToolError where `path` is no importance file."""
        try:
            reader = gguf.GGUFReader(path)
            tensors = {tensor.name: np.array(tensor.data, dtype=np.float32) for tensor in reader.tensors}
            names = [name.removesuffix(_SUMS) for name in tensors if name.endswith(_SUMS)]
            counts = {name: float(tensors[name + _COUNTS].max()) for name in names}
            means = {name: (tensors[name + _SUMS] / max(1.0, counts[name])).reshape(-1) for name in names}
            prompts = reader.fields["imatrix.chunk_count"].contents()
        except (OSError, ValueError, KeyError, IndexError) as fault:
            raise ToolError(f"{path} is no importance file ({fault}); make it anew.") from fault
        return cls(means, int(max(counts.values(), default=0)), int(prompts))


@torch.inference_mode()
def importance_of(network: PreTrainedModel, prompts: Iterable[Sequence[int]]) -> Importance:
    """Reads `prompts` (token ids) one by one and adds up what flows into each matrix."""
    sums: dict[str, torch.Tensor] = {}
    names = _matrices(network)
    handles = []
    for module, name in names.items():

        def note(_module: torch.nn.Module, inputs: tuple[torch.Tensor, ...], name: str = name) -> None:
            squares = inputs[0].detach().float().flatten(0, -2).square().sum(0).double()
            sums[name] = sums[name] + squares if name in sums else squares

        handles.append(module.register_forward_pre_hook(note))
    tokens = count = 0
    try:
        for prompt in prompts:
            network(torch.tensor([list(prompt)], device=network.device), use_cache=False)
            tokens, count = tokens + len(prompt), count + 1
    finally:
        for handle in handles:
            handle.remove()
    if not tokens:
        raise ToolError("there are no prompts to weigh the model's inputs by; give an exam that has rows.")
    means = {name: (total / tokens).float().cpu().numpy() for name, total in sums.items()}
    return Importance(means, tokens, count)


def _matrices(network: PreTrainedModel) -> dict[torch.nn.Linear, str]:
    """GGUF name by module. A tied output matrix counts as the embedding that it is."""
    config = network.config
    number = next((key for key, name in gguf.MODEL_ARCH_NAMES.items() if name == config.model_type), None)
    if number is None:
        raise ToolError(f"importance is not measured for {config.model_type} models; quantise without it.")
    known = gguf.get_tensor_name_map(number, config.num_hidden_layers)
    found = {}
    for path, module in network.named_modules():
        if isinstance(module, torch.nn.Linear):
            name = "token_embd" if path == "lm_head" and config.tie_word_embeddings else known.get_name(path)
            if name is not None:
                found[module] = f"{name}.weight"
    return found
