"""The two tiers. Both give a vector per word; the same heads sit on top.

A linear layer inside the encoder or a head is a QLinear: with `quantise` on it computes as the C runtime does - weights in int8 with a
scale per output, inputs in int8 with a scale per row - so that accuracy is measured (and tuned) as shipped."""
import math

import torch
from torch import nn
from torch.nn import functional as F

from . import words
from .labels import ARGUMENTS, DEPREL, TOKEN_HEADS, UPOS


class _Round(torch.autograd.Function):
    """Rounds going forward, lets the gradient through going back."""

    @staticmethod
    def forward(ctx, x):
        return x.round()

    @staticmethod
    def backward(ctx, g):
        return g


def quantised_rows(x):
    """x with each row (last dimension) rounded to 255 steps, symmetric about 0."""
    scale = x.detach().abs().amax(-1, keepdim=True).clamp_min(1e-12) / 127
    return _Round.apply(x / scale) * scale


class QLinear(nn.Linear):
    quantise = False

    def forward(self, x):
        if not QLinear.quantise:
            return super().forward(x)
        return F.linear(quantised_rows(x), quantised_rows(self.weight), self.bias)


class QEmbedding(nn.Embedding):
    def forward(self, ids):
        x = super().forward(ids)
        return quantised_rows(x) if QLinear.quantise else x


class Heads(nn.Module):
    """Everything said of a word, from its vector; arcs and relations as in docs/model-format.md, head 0 standing for the root."""

    def __init__(self, dim, arc, rel, feats, lemmas, drop):
        super().__init__()
        self.drop = nn.Dropout(drop)
        self.upos, self.feats, self.lemma = QLinear(dim, len(UPOS)), QLinear(dim, feats), QLinear(dim, lemmas)
        self.tokens = nn.ModuleDict({k: QLinear(dim, len(v)) for k, v in TOKEN_HEADS.items()})
        self.arc_dep, self.arc_head, self.arc_bilinear = QLinear(dim, arc), QLinear(dim, arc), QLinear(arc, arc)
        self.arc_root = nn.Parameter(torch.zeros(arc))
        self.rel_dep, self.rel_head = QLinear(dim, rel), QLinear(dim, rel)
        self.rel_bilinear, self.rel_prior = QLinear(rel, len(DEPREL) * rel), QLinear(rel, len(DEPREL))
        self.arg_dep, self.arg_head = QLinear(dim, rel), QLinear(dim, rel)
        self.arg_bilinear, self.arg_prior = QLinear(rel, len(ARGUMENTS) * rel), QLinear(rel, len(ARGUMENTS))
        nn.init.normal_(self.rel_bilinear.weight, std=1 / rel)
        nn.init.normal_(self.arg_bilinear.weight, std=1 / rel)

    def tags(self, x):
        x = self.drop(x)
        return {"upos": self.upos(x), "feats": self.feats(x), "lemma": self.lemma(x)}

    def token_heads(self, x, which):
        x = self.drop(x)
        return {k: self.tokens[k](x) for k in which}

    def arcs(self, x, mask):
        """-> scores [batch, word, head]."""
        x = self.drop(x)
        dep = self.arc_bilinear(self.drop(F.gelu(self.arc_dep(x))))
        head = self.drop(F.gelu(self.arc_head(x)))
        root = self.arc_root.to(head.dtype).expand(x.shape[0], 1, -1)
        scores = (dep @ torch.cat([root, head], 1).transpose(1, 2)).float()
        blocked = ~torch.cat([torch.ones_like(mask[:, :1]), mask], 1)
        blocked = blocked[:, None] | F.pad(torch.eye(x.shape[1], dtype=torch.bool), (1, 0))
        return scores.masked_fill(blocked, -1e4)

    def relations(self, x, heads):
        """-> scores [batch, word, relation] under the given heads; those of words under the root mean nothing."""
        x = self.drop(x)
        dep, head = self.drop(F.gelu(self.rel_dep(x))), self.drop(F.gelu(self.rel_head(x)))
        chosen = head.gather(1, (heads - 1).clamp_min(0)[..., None].expand(-1, -1, head.shape[-1]))
        forms = self.rel_bilinear(chosen).unflatten(-1, (len(DEPREL), -1))
        return (forms @ dep[..., None]).squeeze(-1) + self.rel_prior(chosen)

    def arguments(self, x, sentence, trigger):
        """-> scores [pair, word, argument] of all words of a sentence for each (sentence, trigger word) pair."""
        x = self.drop(x)
        dep = self.drop(F.gelu(self.arg_dep(x)))[sentence]
        head = self.drop(F.gelu(self.arg_head(x[sentence, trigger])))
        forms = self.arg_bilinear(head).unflatten(-1, (len(ARGUMENTS), -1))
        return dep @ forms.transpose(1, 2) + self.arg_prior(head)[:, None]


class Layer(nn.Module):
    """A BERT layer (post-norm)."""

    def __init__(self, dim, inner, heads, drop):
        super().__init__()
        self.heads, self.drop = heads, nn.Dropout(drop)
        self.query, self.key, self.value, self.out = (QLinear(dim, dim) for _ in range(4))
        self.norm1, self.norm2 = nn.LayerNorm(dim, eps=1e-12), nn.LayerNorm(dim, eps=1e-12)
        self.up, self.down = QLinear(dim, inner), QLinear(inner, dim)

    def forward(self, x, mask):
        b, n, d = x.shape
        q, k, v = (f(x).view(b, n, self.heads, -1).transpose(1, 2) for f in (self.query, self.key, self.value))
        scores = (q @ k.transpose(2, 3)).masked_fill(~mask[:, None, None, :], -1e4) / math.sqrt(q.shape[-1])
        a = torch.softmax(scores, -1, dtype=x.dtype) @ v  # on a CPU faster than the fused kernel, at these lengths
        x = self.norm1(x + self.drop(self.out(a.transpose(1, 2).reshape(b, n, d))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Accurate(nn.Module):
    tier = "accurate"

    def __init__(self, vocab, feats, lemmas, dim=384, layers=6, inner=1536, heads=12, positions=128, arc=160, rel=64, drop=0.1):
        super().__init__()
        self.words, self.positions = QEmbedding(vocab, dim), nn.Embedding(positions, dim)
        self.shapes = nn.Embedding(2 * words.SHAPE_COUNT + 1, dim)
        nn.init.zeros_(self.shapes.weight)
        self.norm, self.drop = nn.LayerNorm(dim, eps=1e-12), nn.Dropout(drop)
        self.layers = nn.ModuleList(Layer(dim, inner, heads, drop) for _ in range(layers))
        self.top = Heads(dim, arc, rel, feats, lemmas, 0.25)

    def encode(self, batch):
        x = self.words(batch["pieces"]) + self.positions.weight[: batch["pieces"].shape[1]] + self.shapes(batch["shapes"])
        x = self.drop(self.norm(x))
        for layer in self.layers:
            x = layer(x, batch["piece_mask"])
        return x.gather(1, batch["firsts"][..., None].expand(-1, -1, x.shape[-1]))


class Convolution(nn.Module):
    """The words at distance 0 and `dilation` side by side, mixed and added to the word."""

    def __init__(self, dim, width, dilation, drop):
        super().__init__()
        self.steps = [dilation * (k - width // 2) for k in range(width)]
        self.width, self.dilation = width, dilation
        self.mix, self.norm, self.drop = QLinear(width * dim, dim), nn.LayerNorm(dim, eps=1e-5), nn.Dropout(drop)

    def forward(self, x, mask):
        x = x * mask
        reach, n = -self.steps[0], x.shape[1]
        padded = F.pad(x, (0, 0, reach, reach))
        near = torch.cat([padded[:, reach + s: reach + s + n] for s in self.steps], -1)
        return self.norm(x + self.drop(F.gelu(self.mix(near))))


class Fast(nn.Module):
    tier = "fast"

    def __init__(self, feats, lemmas, dim=128, convolutions=((3, 1), (3, 1), (3, 2), (3, 4)), arc=96, rel=32, drop=0.15):
        super().__init__()
        self.tables = nn.ModuleList(nn.Embedding(rows, width, sparse=True) for _, rows, width in words.FEATURES)
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.3)
        self.mix = QLinear(sum(width for *_, width in words.FEATURES), dim)
        self.norm, self.drop = nn.LayerNorm(dim, eps=1e-5), nn.Dropout(drop)
        self.layers = nn.ModuleList(Convolution(dim, w, d, drop) for w, d in convolutions)
        self.top = Heads(dim, arc, rel, feats, lemmas, drop)

    def encode(self, batch):
        rows = batch["features"]
        parts = []
        for k, table in enumerate(self.tables):
            pair = table(rows[..., 2 * k: 2 * k + 2])
            parts.append((quantised_rows(pair) if QLinear.quantise else pair).sum(2))
        x = self.drop(self.norm(F.gelu(self.mix(self.drop(torch.cat(parts, -1))))))
        mask = batch["mask"][..., None].to(x.dtype)
        for layer in self.layers:
            x = layer(x, mask)
        return x
