# packages: none; CoreNLP comes from Maven with its models and runs on the machine's Java
"""Stanford CoreNLP 4.5.10: tokens, tags, lemmas, names, dependencies; start-up is measured alone and taken off."""
import common

common.one_core()
import pathlib  # noqa: E402
import re  # noqa: E402
import subprocess  # noqa: E402
import tempfile  # noqa: E402

VERSION = "4.5.10"
JARS = pathlib.Path(tempfile.gettempdir()) / "dateline-bench-corenlp"
for artifact in (f"edu.stanford.nlp:stanford-corenlp:{VERSION}", f"edu.stanford.nlp:stanford-corenlp:{VERSION}:jar:models"):
    subprocess.run(["mvn", "-q", "dependency:copy", f"-Dartifact={artifact}", f"-DoutputDirectory={JARS}"], check=True, capture_output=True)
    if "models" not in artifact:
        subprocess.run(["mvn", "-q", "dependency:get", f"-Dartifact={artifact}"], check=True, capture_output=True)
libraries = [str(p) for p in pathlib.Path.home().glob(".m2/repository/**/*.jar")]
texts = common.documents("text")


def run(some):
    folder = pathlib.Path(tempfile.mkdtemp())
    (folder / "in.txt").write_text("\n\n".join(some), encoding="utf-8")
    subprocess.run(["java", "-Xmx3g", "-XX:+UseSerialGC", "-cp", ":".join([*map(str, JARS.glob("*.jar")), *libraries]), "edu.stanford.nlp.pipeline.StanfordCoreNLP",
                    "-annotators", "tokenize,pos,lemma,ner,depparse", "-ner.applyFineGrained", "false", "-ner.useSUTime", "false", "-threads", "1",
                    "-file", str(folder / "in.txt"), "-outputDirectory", str(folder), "-outputFormat", "conll"], check=True, capture_output=True)


before = common.cpu()
run(["One."])
start = common.cpu() - before


def work():
    run(texts)
    return {"words": len(re.findall(r"\w+|[^\w\s]", " ".join(texts))), "start": start}


common.measure(work)
