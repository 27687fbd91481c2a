"""Runs a net over sentences and gives annotation."""
import torch

from . import decode, lemma
from .batch import MAX_PIECES
from .labels import BIO_HEADS, DEPREL, DEPREL_ID, UPOS

MOVES = {k: decode.legal(v) for k, v in BIO_HEADS.items()}


@torch.no_grad()
def annotate(net, encoder, sentences, feats, lemmas, size=3000, parse=True, spans=("names", "mentions")):
    """sentences: lists of words -> list of dicts "upos" "feats" "lemma" "head" "deprel" "names" "mentions"."""
    net.eval()
    items = [{"words": w} for w in sentences]
    order = sorted(range(len(items)), key=lambda i: encoder.cost(items[i]))
    out, at = [None] * len(items), 0
    while at < len(order):
        longest, end = 1, at
        while end < len(order) and max(longest, encoder.cost(items[order[end]])) * (end - at + 1) <= size or end == at:
            longest = max(longest, encoder.cost(items[order[end]]))
            end += 1
            if longest > MAX_PIECES and encoder.wordpiece:
                end = at + 1  # in windows, by itself
                break
        group = order[at:end]
        at = end
        for i, found in zip(group, _annotate(net, encoder, [items[i] for i in group], feats, lemmas, parse, spans)):
            out[i] = found
    return out


def windows(sizes, room):
    """Where a long sentence's windows begin and end (words), as docs/model-format.md says; sizes: pieces of each word."""
    out, first = [], 0
    while True:
        end, used = first, 0
        while end < len(sizes) and used + sizes[end] <= room:
            used += sizes[end]
            end += 1
        out.append((first, end))
        if end == len(sizes):
            return out
        first = max(first + 1, end - (end - first) // 4)


def vectors(net, encoder, group):
    """-> batch (its mask counts), word vectors; one sentence may be longer than a window."""
    if not encoder.wordpiece or len(group) > 1 or encoder.cost(group[0]) <= MAX_PIECES:
        batch = encoder.inputs(group)
        return batch["mask"], net.encode(batch)
    tokens = group[0]["words"]
    out, before = [None] * len(tokens), 0
    for first, end in windows([len(encoder.wordpiece.pieces(w)) for w in tokens], MAX_PIECES - 2):
        x = net.encode(encoder.inputs([{"words": tokens[first:end]}]))[0]
        keep = first + (before - first) // 2 if before > first else first
        for i in range(keep, end):
            out[i] = x[i - first]
        before = end
    return torch.ones(1, len(tokens), dtype=torch.bool), torch.stack(out)[None]


def _annotate(net, encoder, group, feats, lemmas, parse, spans):
    mask, x = vectors(net, encoder, group)
    top = net.top
    names = {k: v.float().numpy() for k, v in top.token_heads(x, spans).items()}
    if parse:
        tags = {k: v.float() for k, v in top.tags(x).items()}
        tags = {k: v.argmax(-1).numpy() for k, v in tags.items()}
        scores = top.arcs(x, mask).numpy()
        heads = torch.zeros(mask.shape, dtype=torch.long)
        for k, s in enumerate(group):
            n = len(s["words"])
            heads[k, :n] = torch.from_numpy(decode.tree(scores[k, :n, : n + 1]))
        relations = top.relations(x, heads).float()
        relations[..., DEPREL_ID["root"]] = -1e9
        relations = relations.argmax(-1)
    for k, s in enumerate(group):
        n, found = len(s["words"]), {}
        for key in spans:
            found[key] = decode.spans(decode.sequence(names[key][k, :n], MOVES[key]), BIO_HEADS[key])
        if parse:
            found["upos"] = [UPOS[i] for i in tags["upos"][k, :n]]
            found["feats"] = [feats[i] for i in tags["feats"][k, :n]]
            found["lemma"] = [lemma.apply(w, lemmas[i]) for w, i in zip(s["words"], tags["lemma"][k, :n])]
            found["head"] = heads[k, :n].tolist()
            found["deprel"] = ["root" if h == 0 else DEPREL[i] for h, i in zip(found["head"], relations[k, :n].tolist())]
        yield found


def pieces_fit(encoder, words, limit=126):
    """Cuts a word list so that each part's pieces fit one window (training and scoring; the runtime overlaps windows)."""
    if not encoder.wordpiece:
        return [words]
    out, part, used = [], [], 0
    for w in words:
        n = len(encoder.wordpiece.pieces(w))
        if used + n > limit:
            out.append(part)
            part, used = [], 0
        part.append(w)
        used += n
    return out + [part]
