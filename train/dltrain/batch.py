"""Sentences into tensors, and the losses of what they are annotated with."""
import torch
from torch.nn import functional as F

from . import lemma, words
from .labels import DEPREL_ID, IGNORE, TOKEN_HEADS, UPOS_ID

MAX_PIECES = 128  # of a window, [CLS] and [SEP] among them


class Encoder:
    """Knows the inventories; makes batches for one tier."""

    def __init__(self, labels, wordpiece=None):
        self.feats = {x: i for i, x in enumerate(labels["feats"])}
        self.lemmas = {x: i for i, x in enumerate(labels["lemma"])}
        self.wordpiece = wordpiece

    def pieces(self, tokens):
        """-> piece ids, shape ids, index of each word's first piece."""
        ids, shapes, firsts = [self.wordpiece.cls], [0], []
        for w in tokens:
            part, form = self.wordpiece.pieces(w), words.shape(w)
            firsts.append(len(ids))
            ids += part
            shapes += [form] + [form + words.SHAPE_COUNT] * (len(part) - 1)
        return ids + [self.wordpiece.sep], shapes + [0], firsts

    def cost(self, s):
        return len(self.pieces(s["words"])[0]) if self.wordpiece else len(s["words"])

    def inputs(self, sentences):
        n = max(len(s["words"]) for s in sentences)
        mask = torch.zeros(len(sentences), n, dtype=torch.bool)
        for k, s in enumerate(sentences):
            mask[k, : len(s["words"])] = True
        if not self.wordpiece:
            rows = torch.zeros(len(sentences), n, 2 * len(words.FEATURES), dtype=torch.long)
            for k, s in enumerate(sentences):
                rows[k, : len(s["words"])] = torch.tensor([words.features(w, i == 0) for i, w in enumerate(s["words"])])
            return {"mask": mask, "features": rows}
        parts = [self.pieces(s["words"]) for s in sentences]
        m = max(len(p[0]) for p in parts)
        ids, shapes = torch.zeros(len(parts), m, dtype=torch.long), torch.zeros(len(parts), m, dtype=torch.long)
        piece_mask, firsts = torch.zeros(len(parts), m, dtype=torch.bool), torch.zeros(len(parts), n, dtype=torch.long)
        for k, (p, q, f) in enumerate(parts):
            ids[k, : len(p)], shapes[k, : len(p)] = torch.tensor(p), torch.tensor(q)
            piece_mask[k, : len(p)] = True
            firsts[k, : len(f)] = torch.tensor(f)
        return {"mask": mask, "pieces": ids, "shapes": shapes, "piece_mask": piece_mask, "firsts": firsts}

    def targets(self, sentences):
        n = max(len(s["words"]) for s in sentences)

        def column(key, code):
            out = torch.full((len(sentences), n), IGNORE, dtype=torch.long)
            for k, s in enumerate(sentences):
                if key in s:
                    out[k, : len(s["words"])] = torch.tensor([code(x, i, s) for i, x in enumerate(s[key])])
            return out

        out = {}
        if any("upos" in s for s in sentences):
            out["upos"] = column("upos", lambda x, i, s: UPOS_ID[x])
            out["feats"] = column("feats", lambda x, i, s: self.feats.get(x, IGNORE))
            out["lemma"] = column("lemma", lambda x, i, s: IGNORE if x == "_" else self.lemmas.get(lemma.script(s["words"][i], x), IGNORE))
            out["head"] = column("head", lambda x, i, s: x)
            out["deprel"] = column("deprel", lambda x, i, s: DEPREL_ID[x])
        for key in TOKEN_HEADS:
            if any(key in s for s in sentences):
                out[key] = column(key, lambda x, i, s: x)
        pairs = [(k, at, labels) for k, s in enumerate(sentences) for at, labels in s.get("arguments", ())]
        if pairs:
            gold = torch.full((len(pairs), n), IGNORE, dtype=torch.long)
            for i, (_, _, labels) in enumerate(pairs):
                gold[i, : len(labels)] = torch.tensor(labels)
            out["arguments"] = torch.tensor([p[0] for p in pairs]), torch.tensor([p[1] for p in pairs]), gold
        return out


def allowed_loss(logits, masks):
    """Minus the log of the probability that the allowed labels have together; words without gold don't count."""
    bits = torch.arange(logits.shape[-1])
    allowed = (masks[..., None] >> bits & 1).bool() & (masks != IGNORE)[..., None]
    known = allowed.any(-1) & ~allowed.all(-1)
    if not known.any():
        return logits.sum() * 0
    logp = F.log_softmax(logits.float()[known], -1)
    return -logp.masked_fill(~allowed[known], -1e4).logsumexp(-1).mean()


def cross_entropy(logits, gold):
    known = gold != IGNORE
    return F.cross_entropy(logits.float()[known], gold[known]) if known.any() else logits.sum() * 0


WEIGHTS = {"upos": 1.0, "feats": 0.5, "lemma": 0.5, "head": 1.5, "deprel": 1.0, "names": 1.5, "mentions": 1.0, "mentions_gum": 0.3,
           "event": 1.0, "mode": 0.3, "realis": 0.3, "background": 0.2, "saying": 0.7, "content": 0.5, "role": 0.5, "toll": 0.7, "arguments": 2.0}


def losses(net, batch, targets):
    """-> dict of losses by head."""
    x = net.encode(batch)
    top, out = net.top, {}
    if "upos" in targets:
        for key, logits in top.tags(x).items():
            out[key] = cross_entropy(logits, targets[key])
        out["head"] = cross_entropy(top.arcs(x, batch["mask"]), targets["head"])
        gold = torch.where(targets["head"] > 0, targets["deprel"], IGNORE)
        out["deprel"] = cross_entropy(top.relations(x, targets["head"].clamp_min(0)), gold)
    for key, logits in top.token_heads(x, [k for k in TOKEN_HEADS if k in targets]).items():
        out[key] = allowed_loss(logits, targets[key])
    if "arguments" in targets:
        sentence, trigger, gold = targets["arguments"]
        out["arguments"] = cross_entropy(top.arguments(x, sentence, trigger), gold)
    return out


def total(parts):
    return sum(WEIGHTS[k] * v for k, v in parts.items())
