"""python -m dltrain.prepare --data DIR --out WORK: reads the corpora once and writes WORK/data.pkl and the label inventories."""
import argparse
import collections
import json
import pathlib
import pickle

from . import data, lemma

ARTICLES = 1  # times that a pass sees the coded articles, the nearest of all to our task


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=pathlib.Path, required=True, help="folder with parse/, ner/ and gold/")
    ap.add_argument("--out", type=pathlib.Path, required=True)
    ap.add_argument("--dateline", help="the dateline command, to split texts as at run time")
    ap.add_argument("--re3d-fold", type=int, help="leave this fifth of re3d out (cross-validation)")
    ap.add_argument("--corpus", type=pathlib.Path, default=pathlib.Path(__file__).parents[2] / "data" / "corpus", help="folder of our own coded texts")
    ap.add_argument("--annotations", type=pathlib.Path, default=pathlib.Path(__file__).parents[1] / "annotations", help="folder of codings of articles in --data")
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    splitter = data.Splitter(a.dateline)
    trees = list(data.treebanks(a.data / "parse"))
    names = list(data.names_corpora(a.data / "ner", splitter, a.re3d_fold))
    items = list(data.items(a.data / "gold", splitter)) + list(data.corpus(sorted(a.corpus.glob("*.txt")), splitter))
    items += ARTICLES * list(data.articles(sorted(a.annotations.glob("*.ndjson")), a.data, splitter))
    scripts = collections.Counter(lemma.script(w, l) for s in trees for w, l in zip(s["words"], s["lemma"]) if l != "_")
    labels = {"feats": data.inventory(trees, "feats", 3),
              "lemma": [x for x, n in sorted(scripts.items(), key=lambda p: (-p[1], p[0])) if n >= 3]}
    with open(a.out / "data.pkl", "wb") as f:
        pickle.dump({"trees": trees, "names": names, "items": items}, f)
    (a.out / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=0))
    count = collections.Counter()
    for s in trees + names + items:
        count[s["source"]] += len(s["words"])
    print("words:", dict(count), "feats:", len(labels["feats"]), "lemma scripts:", len(labels["lemma"]))


if __name__ == "__main__":
    main()
