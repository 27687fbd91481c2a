"""python -m dltrain.mean OUT CHECKPOINT@SHARE ...: the mean of the weights of checkpoints of one run of training (Wortsman and others 2022, "Model soups")."""
import argparse

import torch


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("out")
    ap.add_argument("checkpoints", nargs="+", metavar="CHECKPOINT@SHARE")
    a = ap.parse_args()
    parts = [name.rpartition("@")[::2] for name in a.checkpoints]
    points = [(torch.load(name, map_location="cpu", weights_only=False), float(share)) for name, share in parts]
    total = sum(share for _, share in points)
    first = points[0][0]
    state = {name: sum(p["state"][name] * (share / total) for p, share in points) if value.is_floating_point() else value
             for name, value in first["state"].items()}
    torch.save({"tier": first["tier"], "state": state, "inventories": first["inventories"]}, a.out)


if __name__ == "__main__":
    main()
