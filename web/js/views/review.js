// review.js - what a person should look at first: what the machine doubts most, weighed by the lives that hang on it. Accept, correct or
// reject from the keyboard; a person's word is a claim of its own with a name, the machine's word stays, and all can be undone, in this visit
// or any later one.
import { h, byId, announce } from "../dom.js";
import { ask, tell } from "../api.js";
import { get, go, here } from "../state.js";
import { claimFigure, empty, head, menu, moreButton, quote, readAt, toast, whereOf } from "../components.js";
import { count, day, instant, REALIS, sourceName, what, whoToWhom } from "../format.js";
import { apiFilters } from "../questions.js";
import { csv } from "../save.js";
import { forgetPage, showReader } from "../reader.js";
import { valueOf } from "../values.js";

const FIELDS = [
    ["killed", "killed: 14, or 12- for at least"],
    ["wounded", "wounded: 30"],
    ["date", "day: 2025-09-04"],
    ["actor", "who did it: words of the sentence, several parted by ;  empty: nobody named"],
    ["recipient", "to whom: words of the sentence"],
    ["realis", "told as: actual, planned, denied …"],
    ["type", "what: ASSAULT, PROTEST …"],
    ["background", "background: true or false"],
];

let rows = [],
    at = 0,
    session = null,
    said = { items: [] }; // what people said of the store's pages, the last in front

export async function draw(root, signal, again) {
    const [answer, words, who] = await Promise.all([
        ask("review", { ...apiFilters(), limit: 50 }, signal),
        ask("review/words", { limit: 20 }, signal),
        ask("session", {}, signal).catch((error) => {
            if (error.name === "AbortError") throw error;
            return { review: false };
        }),
    ]);
    rows = answer.items;
    said = words;
    session = who;
    at = Math.max(
        0,
        Math.min(
            rows.length - 1,
            rows.findIndex((row) => itemOf(row) === get("item")),
        ),
    );
    const writes = session.review;
    root.append(
        head(
            "Review",
            "The events that the machine doubts most, weighed by the lives that hang on them. A person’s word wins in every view; the machine’s stays in the history.",
            writes
                ? h(
                      "label",
                      { class: "field name" },
                      h("span", {}, "Your name"),
                      h("input", {
                          id: "author",
                          type: "text",
                          value: storedName(),
                          placeholder: "A. Ruiz",
                          autocomplete: "name",
                          onchange: (event) => keepName(event.target.value),
                      }),
                  )
                : null,
            rows.length
                ? menu("Export", [
                      h("button", { type: "button", onclick: save }, "Queue as CSV"),
                      h("button", { type: "button", onclick: () => print() }, "Print"),
                  ])
                : null,
        ),
    );
    if (!writes)
        root.append(
            h(
                "p",
                { class: "note" },
                "This server only reads. Start it with ",
                h("code", {}, "dateline serve --review"),
                " to accept, correct and reject here.",
            ),
        );
    if (!rows.length) return root.append(empty("Nothing to review", "Under these filters no event waits for a person."), spoken(again, signal) ?? "");
    root.append(
        h(
            "ol",
            { class: "queue", id: "queue" },
            rows.map((row, i) => entry(row, i, writes, again)),
        ),
        answer.next ? h("p", { class: "quiet" }, `The first ${rows.length} of ${count(answer.total)}; the next come as these are looked at.`) : "",
        spoken(again, signal) ?? "",
    );
    addEventListener("key", (event) => keys(event, again), { signal });
}

export const drawn = (root) => {
    if (rows.length) {
        mark(false);
        root.querySelector(".queue li[aria-current]")?.focus({ preventScroll: true });
    }
};

const itemOf = (row) => row.item ?? `${row.claim.document}:${row.claim.event}`;
const storedName = () => {
    try {
        return localStorage.getItem("reviewer") ?? "";
    } catch {
        return "";
    }
};
const keepName = (name) => {
    try {
        localStorage.setItem("reviewer", name.trim());
    } catch {
        /* asked again next time */
    }
};

function entry(row, i, writes, again) {
    const claim = row.claim;
    const [who, whom] = whoToWhom(claim);
    return h(
        "li",
        {
            tabindex: "-1",
            dataset: { row: "", item: itemOf(row) },
            onclick: () => {
                at = i;
                mark(false);
            },
        },
        h(
            "div",
            { class: "doubt", title: `urgency ${row.urgency}` },
            h("meter", { min: 0, max: 1, value: row.doubt, "aria-label": `doubt ${Math.round(row.doubt * 100)} %` }),
            h("span", { class: "small quiet" }, `${Math.round(row.doubt * 100)} % doubt`),
        ),
        h(
            "div",
            { class: "entry" },
            h(
                "p",
                { class: "group" },
                h("b", {}, what(claim.type, claim.mode)),
                h("span", {}, [row.place ? whereOf(row.place) : null, row.date ? day(row.date) : null].filter(Boolean).join(", ")),
                ["killed", "wounded", "captured", "missing"]
                    .filter((harm) => claim[harm])
                    .map((harm) => h("span", {}, claimFigure(claim, harm), ` ${harm}`)),
                claim.realis !== "actual" ? h("span", { class: "tag" }, REALIS[claim.realis] ?? claim.realis) : null,
            ),
            h("a", { class: "bare", href: readAt(claim) }, quote(claim)),
            h(
                "p",
                { class: "small quiet" },
                [who || whom ? `${who || "nobody named"} → ${whom || "nobody named"}` : "no party named", sourceName(claim), claim.outlet !== claim.source ? claim.outlet : null]
                    .filter(Boolean)
                    .join(" · "),
            ),
        ),
        writes
            ? h(
                  "div",
                  { class: "acts noprint" },
                  h("button", { class: "button", type: "button", onclick: () => act(i, "accept", again) }, "Accept ", h("kbd", {}, "a")),
                  h("button", { class: "button", type: "button", onclick: () => correct(i, again) }, "Correct ", h("kbd", {}, "c")),
                  h("button", { class: "button", type: "button", onclick: () => act(i, "reject", again) }, "Reject ", h("kbd", {}, "r")),
              )
            : null,
    );
}

function mark(read = true) {
    const list = [...document.querySelectorAll("#queue > li")];
    list.forEach((li, i) => (i === at ? li.setAttribute("aria-current", "true") : li.removeAttribute("aria-current")));
    list[at]?.scrollIntoView({ block: "nearest" });
    if (read) list[at]?.focus({ preventScroll: true });
}

function keys(event, again) {
    const move = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 }[event.detail];
    const acts = {
        a: () => act(at, "accept", again),
        r: () => act(at, "reject", again),
        c: () => correct(at, again),
        u: () => undo(again),
        Enter: () => {
            if (document.activeElement?.closest("a, button, summary")) return false;
            go(readAt(rows[at].claim));
            return true;
        },
    };
    if (move !== undefined) {
        at = Math.max(0, Math.min(rows.length - 1, at + move));
        mark();
        event.preventDefault();
    } else if (acts[event.detail] && (event.detail === "Enter" ? rows.length : session.review && (rows.length || event.detail === "u"))) {
        if (acts[event.detail]() !== false) event.preventDefault();
    }
}

/* ---- a person's word ---- */

function author() {
    const field = byId("author");
    const name = field?.value.trim();
    if (!name) {
        field?.focus();
        toast("Your name first: it stands beside every word of yours.");
    }
    return name;
}

async function act(i, verdict, again, more = {}) {
    const name = author();
    if (!name) return;
    const row = rows[i];
    try {
        await tell("review", { item: itemOf(row), verdict, author: name, ...more }, session.token);
        const next = rows[i + 1] ?? rows[i - 1];
        forgetPage();
        await showReader();
        const done = { accept: "Accepted", reject: "Rejected", correct: "Corrected" }[verdict];
        announce(`${done}: ${row.claim.text}`);
        toast(`${done}.`, { label: "Undo (u)", run: () => undo(again) });
        history.replaceState(null, "", here({ item: next && next !== row ? itemOf(next) : null }));
        dispatchEvent(new HashChangeEvent("hashchange"));
        await again();
    } catch (error) {
        toast(`${error.title ?? "Not kept"}: ${error.detail ?? error.message}`);
    }
}

/* The last word of this person that still stands, from whichever visit. */
async function undo(again, word) {
    const name = author();
    if (!name) return;
    try {
        const last = word ?? (await ask("review/words", { author: name, limit: 50 })).items.find(canUndo);
        if (!last) return toast("No word of yours is left to undo.");
        await tell("review/undo", { correction: last.id, author: name }, session.token);
        forgetPage();
        await showReader();
        announce("Undone");
        toast("Undone: what stood before stands again.");
        await again();
    } catch (error) {
        toast(`${error.title ?? "Not undone"}: ${error.detail ?? error.message}`);
    }
}

const canUndo = (word) => word.stands && !word.undone_by;

function correct(i, again) {
    if (!author()) return;
    const row = rows[i];
    const fault = h("p", { class: "small", role: "alert" });
    const dialog = h(
        "dialog",
        { "aria-labelledby": "correct-title" },
        h(
            "form",
            {
                method: "dialog",
                onsubmit: (event) => {
                    event.preventDefault();
                    const data = new FormData(event.target);
                    try {
                        const value = valueOf(data.get("field"), data.get("value"), row.claim);
                        dialog.close();
                        act(i, "correct", again, { field: data.get("field"), value, note: data.get("note") || undefined });
                    } catch (error) {
                        fault.textContent = `That is not what this field takes: ${error.message}.`;
                    }
                },
            },
            h(
                "header",
                {},
                h("h2", { id: "correct-title" }, "Correct"),
                h("button", { class: "plain", type: "button", onclick: () => dialog.close() }, "Close"),
            ),
            h("p", { class: "quoted" }, quote(row.claim)),
            h(
                "div",
                { class: "ask" },
                h(
                    "label",
                    { class: "field" },
                    h("span", {}, "Field"),
                    h(
                        "select",
                        { name: "field" },
                        FIELDS.map(([name]) => h("option", { value: name }, name)),
                    ),
                ),
                h(
                    "label",
                    { class: "field wide" },
                    h("span", { id: "field-help" }, FIELDS[0][1]),
                    h("input", { name: "value", type: "text", autocomplete: "off" }),
                ),
                h("label", { class: "field wide" }, h("span", {}, "Why"), h("input", { name: "note", type: "text", autocomplete: "off" })),
            ),
            fault,
            h("button", { class: "button main", type: "submit" }, "Keep the correction"),
        ),
    );
    dialog.addEventListener("close", () => {
        dialog.remove();
        mark();
    });
    document.body.append(dialog);
    const select = dialog.querySelector("select");
    select.addEventListener("change", () => {
        byId("field-help").textContent = FIELDS.find(([name]) => name === select.value)[1];
    });
    dialog.showModal();
    select.focus();
}

/* ---- what people said so far ---- */

function spoken(again, signal) {
    if (!said.items.length) return null;
    const list = h("ol", { class: "history" });
    list.append(...said.items.map((word) => spokenWord(word, again)));
    const more = moreButton(
        said,
        (cursor) => ask("review/words", { limit: 50, cursor }, signal),
        (items) => list.append(...items.map((word) => spokenWord(word, again))),
    );
    return h("section", {}, h("h2", { class: "part" }, "What people said, latest first"), list, more);
}

const DONE = { accept: "accepted", reject: "rejected", correct: "corrected" };

function spokenWord(word, again) {
    return h(
        "li",
        { class: word.undone_by ? "undone" : null, dataset: { row: "", word: String(word.id) } },
        h(
            "div",
            {},
            h("p", {}, h("b", {}, word.author), ` ${DONE[word.verdict]} `, word.field ? h("code", {}, `${word.field} = ${JSON.stringify(word.value)}`) : null),
            h("a", { class: "bare quote", dir: "auto", href: readAt({ document: word.document, item: word.item }) }, word.text ?? word.title ?? word.document),
            h(
                "p",
                { class: "small quiet" },
                h("time", { datetime: word.seen }, instant(word.seen)),
                word.note ? [" ", h("q", {}, word.note)] : null,
                word.undone_by ? [" ", h("span", { class: "tag" }, "undone")] : word.stands ? null : [" ", h("span", { class: "tag" }, "a later word stands")],
            ),
        ),
        session.review && canUndo(word)
            ? h("button", { class: "button noprint", type: "button", onclick: () => undo(again, word) }, "Undo")
            : null,
    );
}

const save = () =>
    csv(
        "review.csv",
        [
            ["urgency", (r) => r.urgency],
            ["doubt", (r) => r.doubt],
            ["type", (r) => r.claim.type],
            ["day", (r) => r.date],
            ["killed_min", (r) => r.claim.killed?.[0]],
            ["wounded_min", (r) => r.claim.wounded?.[0]],
            ["source", (r) => r.claim.source],
            ["page", (r) => r.claim.document],
            ["item", (r) => r.claim.event],
            ["sentence", (r) => r.claim.text],
        ],
        rows,
    );
