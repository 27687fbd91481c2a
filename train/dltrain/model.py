"""Makes nets with their inventories, and reads and writes checkpoints."""
import json

import torch

from . import minilm, nets, words
from .batch import Encoder


def labels(work):
    return json.loads((work / "labels.json").read_text(encoding="utf-8"))


def new(tier, work, minilm_folder=None):
    """-> net, encoder, inventories."""
    inventories = labels(work)
    sizes = (len(inventories["feats"]), len(inventories["lemma"]))
    if tier == "fast":
        return nets.Fast(*sizes), Encoder(inventories), inventories
    path = minilm.folder(minilm_folder)
    vocab, rows = minilm.vocabulary(path)
    inventories["wordpiece"] = vocab
    net = nets.Accurate(len(vocab), *sizes)
    minilm.load(net, path, rows)
    return net, Encoder(inventories, words.WordPiece(vocab)), inventories


def save(path, net, inventories, extra=None):
    torch.save({"tier": net.tier, "state": net.state_dict(), "inventories": inventories, **(extra or {})}, str(path) + ".new")
    import os
    os.replace(str(path) + ".new", path)


def load(path):
    """-> net, encoder, inventories, the rest of the checkpoint."""
    point = torch.load(path, map_location="cpu", weights_only=False)
    inventories = point["inventories"]
    sizes = (len(inventories["feats"]), len(inventories["lemma"]))
    if point["tier"] == "fast":
        net, encoder = nets.Fast(*sizes), Encoder(inventories)
    else:
        net, encoder = nets.Accurate(len(inventories["wordpiece"]), *sizes), Encoder(inventories, words.WordPiece(inventories["wordpiece"]))
    fresh = net.state_dict()
    net.load_state_dict({k: point["state"].get(k, v) for k, v in fresh.items()})  # a head that came later begins at random
    if point["state"].keys() != fresh.keys():
        point.pop("optimisers", None)
    return net, encoder, inventories, point
