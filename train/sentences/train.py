#!/usr/bin/env python3
"""Learns data/text/sentence_weights.tsv: where a sentence ends (logistic regression, AdaGrad, L1).

train.py --candidates PROGRAM --lexicon FILE --out FILE TREEBANK.conllu[.gz][:PREFIX,PREFIX] | SENTENCES.txt ...

PROGRAM is candidates.c built against the library. After a treebank's name, prefixes of document ids choose documents.
A document's paragraphs are the `# text` lines between `# newpar`/`# newdoc` comments, joined by one space, and parted by
an empty line. A share of the texts is also shown with lines broken at random, so that a break alone is no sentence end.
"""
import argparse, collections, gzip, math, os, random, subprocess, tempfile


def paragraphs(path, prefixes):
    """Lists of sentences, one list a paragraph."""
    out, current, wanted = [], [], not prefixes
    with (gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")) as f:
        for line in f:
            if line.startswith(("# newdoc", "# newpar")):
                if current:
                    out.append(current)
                current = []
                if line.startswith("# newdoc") and prefixes:
                    wanted = line.split("=")[-1].strip().startswith(tuple(prefixes))
            elif line.startswith("# text = ") and wanted:
                current.append(line[9:].rstrip("\n"))
    if current:
        out.append(current)
    return out


def own(path):
    """The same of a text file: a sentence a line, an empty line between paragraphs, `#` comments."""
    out = [[]]
    with open(path, encoding="utf-8") as f:
        for line in map(str.strip, f):
            if not line:
                out.append([])
            elif not line.startswith("#"):
                out[-1].append(line)
    return [para for para in out if para]


def layout(paras, breaks, rng):
    """Text and byte offsets of sentence ends; `breaks`: share of paragraphs whose lines are broken at random."""
    text, ends, size = [], [], 0
    for para in paras:
        broken = rng.random() < breaks
        for i, sentence in enumerate(para):
            if broken:
                words = sentence.split(" ")
                sentence = "".join(w + ("\n" if rng.random() < 0.07 else " ") for w in words[:-1]) + words[-1]
            size += len(sentence.encode("utf-8"))
            ends.append(size)
            gap = "\n\n" if i + 1 == len(para) else "\n" if broken and rng.random() < 0.1 else " "
            size += len(gap)
            text += [sentence, gap]
    return "".join(text), ends


def candidates(program, lexicon, paras, breaks, rng):
    text, ends = layout(paras, breaks, rng)
    with tempfile.TemporaryDirectory() as folder:
        a, b = os.path.join(folder, "text"), os.path.join(folder, "ends")
        with open(a, "w", encoding="utf-8") as f:
            f.write(text)
        with open(b, "w") as f:
            f.write("\n".join(map(str, ends)) + "\n")
        out = subprocess.run([program, lexicon, a, b], check=True, capture_output=True).stdout.decode("utf-8")
    rows = [line.split("\t") for line in out.split("\n") if line]
    return [(int(r[0]), r[1:]) for r in rows]


def train(rows, epochs, rate, l1, rng):
    weights, squares = {}, {}
    for epoch in range(epochs):
        rng.shuffle(rows)
        loss = 0.0
        for gold, features in rows:
            total = sum(weights.get(f, 0.0) for f in features)
            p = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
            loss -= math.log(max(p if gold else 1 - p, 1e-9))
            gradient = p - gold
            if abs(gradient) < 1e-3:
                continue
            for f in features:
                s = squares.get(f, 0.0) + gradient * gradient
                squares[f] = s
                step = rate / (1e-6 + math.sqrt(s))
                w = weights.get(f, 0.0) - step * gradient
                w = math.copysign(max(0.0, abs(w) - step * l1), w)
                weights[f] = w
        print(f"epoch {epoch}: loss {loss / len(rows):.4f}, {sum(1 for w in weights.values() if round(100 * w))} weights")
    return weights


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--candidates", required=True)
    p.add_argument("--lexicon", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--epochs", type=int, default=8)
    p.add_argument("--rate", type=float, default=0.3)
    p.add_argument("--l1", type=float, default=0.05)
    p.add_argument("--least", type=int, default=2, help="features seen less often are left out")
    p.add_argument("--own", type=int, default=4, help="how often sentences of our own (FILE.txt) count")
    p.add_argument("--breaks", type=float, default=0.15)
    p.add_argument("treebanks", nargs="+")
    a = p.parse_args()
    rng = random.Random(7)
    rows = []
    for name in a.treebanks:
        path, _, prefixes = name.partition(":")
        paras = own(path) * a.own if path.endswith(".txt") else paragraphs(path, [x for x in prefixes.split(",") if x])
        new = candidates(a.candidates, a.lexicon, paras, a.breaks, rng)
        print(f"{os.path.basename(path)}: {sum(map(len, paras))} sentences, {len(new)} candidates")
        rows += new
    counts = collections.Counter(f for _, features in rows for f in features)
    rows = [(gold, [f for f in features if counts[f] >= a.least]) for gold, features in rows]
    weights = train(rows, a.epochs, a.rate, a.l1, rng)
    with open(a.out, "w", encoding="utf-8") as f:
        f.write("# Made by train/sentences/train.py; the sum of a candidate's weights, in hundredths, above 0 ends a sentence.\n")
        f.write("key\tweight\n")
        for key in sorted(weights):
            if round(100 * weights[key]):
                f.write(f"{key}\t{round(100 * weights[key])}\n")


if __name__ == "__main__":
    main()
