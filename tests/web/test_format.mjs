// test_format.mjs - figures and days as people read them, and values as people type them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { claimCount, day, days, instant, isDay, range, rangeWords, sideName, sidesName, sourceName, what } from "../../web/js/format.js";
import { valueOf } from "../../web/js/values.js";

test("a range says its ends, its best and its sources", () => {
    assert.equal(rangeWords({ low: 1, best: 3, high: 4, open: false, sources: 3 }, "killed"), "1 to 4 killed, most say 3, 3 sources");
    assert.equal(rangeWords({ low: 2, best: 2, high: 2, open: false, sources: 1 }, "wounded"), "2 wounded, 1 source");
    assert.equal(rangeWords({ low: 12, best: 12, high: 12, open: true, sources: 1 }, "killed"), "at least 12 killed, 1 source");
    assert.equal(range({ low: 1500, high: 2000, open: true }), "1,500–2,000 or more");
    assert.equal(rangeWords(undefined, "killed"), "no count of killed");
});

test("a claim's count without an upper bound is no exact count", () => {
    assert.equal(claimCount([24, null]), "24+");
    assert.equal(claimCount([8, 8]), "8");
    assert.equal(claimCount([3, 5]), "3–5");
});

test("days stay days, months stay months, and what is not told is said to be so", () => {
    assert.equal(day("2025-09-04"), "4 Sept 2025");
    assert.equal(day("2025-09"), "Sept 2025");
    assert.equal(day("2025"), "2025");
    assert.equal(day(undefined), "no day told");
    assert.equal(days("2025-09-04", "2025-09-07"), "4–7 Sept 2025");
    assert.equal(days("2025-08-30", "2025-09-02"), "30 Aug – 2 Sept 2025");
    assert.equal(days("2024-12-30", "2025-01-02"), "30 Dec 2024 – 2 Jan 2025");
});

test("an instant shows UTC beside the reader's zone", () => {
    assert.match(instant("2025-12-01T00:30:00Z"), /00:30 UTC/);
    assert.equal(instant("2025-12-01"), "1 Dec 2025");
});

test("codes read as sides, and an unknown code stays one", () => {
    assert.equal(sideName("SDNREB"), "Sudan: armed group");
    assert.equal(sideName("IGOUNO"), "United Nations");
    assert.equal(sideName("UKR"), "Ukraine");
    assert.equal(sideName("QQQ"), "QQQ");
    assert.equal(what("ASSAULT", "heavy"), "Shelling or missiles");
    assert.equal(what("ASSAULT"), "Attack");
});

const claim = { text: "Guards shot “two” drivers, the mayor said.", sentence_span: [100, 142] };

test("counts as people type them become ranges of the record", () => {
    assert.deepEqual(valueOf("killed", "14", claim), [14, 14]);
    assert.deepEqual(valueOf("killed", "12-", claim), [12, null]);
    assert.deepEqual(valueOf("killed", "8–11", claim), [8, 11]);
    assert.equal(valueOf("killed", "", claim), null);
    assert.throws(() => valueOf("killed", "many", claim));
    assert.throws(() => valueOf("date", "Sunday", claim));
});

test("a party is corrected by words that stand in the sentence, counted in code points", () => {
    assert.deepEqual(valueOf("actor", "Guards", claim), [{ span: [100, 106], name: "Guards" }]);
    assert.deepEqual(valueOf("recipient", "drivers", claim), [{ span: [118, 125], name: "drivers" }]);
    assert.deepEqual(valueOf("actor", "", claim), []);
    assert.throws(() => valueOf("actor", "soldiers", claim));
});

/** All modules that one needs, itself in front. */
function needs(name, seen = new Set()) {
    if (seen.has(name)) return seen;
    seen.add(name);
    const text = readFileSync(new URL(`../../web/${name}`, import.meta.url), "utf8");
    for (const [, other] of text.matchAll(/from "(\.[^"]+)"/g)) needs(path.posix.join(path.posix.dirname(name), other), seen);
    return seen;
}

test("what the first view needs is asked for at once, and nothing else", () => {
    const html = readFileSync(new URL("../../web/index.html", import.meta.url), "utf8");
    const asked = [...html.matchAll(/rel="modulepreload" href="\/([^"]+)"/g)].map(([, name]) => name);
    const needed = needs("js/views/overview.js", needs("js/main.js"));
    assert.deepEqual(asked.sort(), [...needed].filter((name) => name !== "js/main.js").sort());
});

test("sides of one country are told in one breath", () => {
    assert.equal(sidesName(["SDNCVL", "SDNGOV", "SDNREB"]), "Sudan: civilians, government, armed group");
    assert.equal(sidesName(["SDNGOV", "NGO"]), "Sudan: government; aid groups");
});

test("a day that there is not is no day", () => {
    assert.ok(isDay("2024-02-29"));
    for (const text of ["2025-02-29", "2025-9-1", "09/01/2025", ""]) assert.ok(!isDay(text), text);
});

test("a page that names no outlet is not called by its number", () => {
    assert.equal(sourceName({ source: "d7dc2ebab1731c83", document: "d7dc2ebab1731c83" }), "an outlet not named");
    assert.equal(sourceName({ source: "mayor", document: "d7dc2ebab1731c83", outlet: "Desert Post" }), "mayor");
});
