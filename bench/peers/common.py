"""common.py - what the peers' harnesses share: inputs as NDJSON, CPU time of this process and its children, one JSON line out."""
import json
import os
import resource
import sys


def documents(key):
    """The `key` of every line of the file that the first argument names."""
    with open(sys.argv[1], encoding="utf-8") as f:
        return [d[key] for d in map(json.loads, f) if d.get(key)]


def cpu():
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def peak():
    return max(resource.getrusage(x).ru_maxrss for x in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def one_core():
    """Everything on one core; to be called before a library starts its threads."""
    os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[0]})
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"


def measure(work):
    """Runs `work` and prints {"seconds", "memory"}: CPU seconds, and what it added to the peak, in MB."""
    before, memory = cpu(), peak()
    extra = work() or {}
    print(json.dumps({"seconds": cpu() - before, "memory": peak() - memory, **extra}))
