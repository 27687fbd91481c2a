// search.js - words in all pages: each hit is its sentence.
import { h, byId } from "../dom.js";
import { ask } from "../api.js";
import { get, go, here } from "../state.js";
import { empty, head, menu, moreButton } from "../components.js";
import { day, plural } from "../format.js";
import { csv } from "../save.js";

export async function draw(root, signal) {
    const q = get("q");
    const answer = q ? await ask("search", asked(q), signal) : null;
    const box = h(
        "form",
        {
            class: "ask search noprint",
            role: "search",
            onsubmit: (event) => {
                event.preventDefault();
                go(here({ q: byId("q").value.trim(), page: null, at: null, span: null }));
            },
        },
        h(
            "label",
            { class: "field wide" },
            h("span", {}, "Words, all in one sentence; “a phrase” in quotes, word* for its beginning"),
            h("input", { id: "q", type: "search", value: q, placeholder: "third round Geneva" }),
        ),
        h("button", { class: "button main", type: "submit" }, "Search"),
    );
    root.append(
        head(
            "Search",
            answer
                ? plural(answer.total ?? answer.items.length, "sentence") + (answer.next ? " and more" : "")
                : "In the sentences and titles of all pages in the store.",
            answer?.items.length
                ? menu("Export", [
                      h("button", { type: "button", onclick: () => save(answer.items) }, "Sentences as CSV"),
                      h("button", { type: "button", onclick: () => print() }, "Print"),
                  ])
                : null,
        ),
        box,
    );
    if (!answer) return;
    if (!answer.items.length)
        return root.append(empty("No sentence holds all these words", "Try fewer words, or the beginning of one with a * behind it."));
    const list = h(
        "ol",
        { class: "hits" },
        answer.items.map((row) => hit(row, q)),
    );
    const add = (items) => list.append(...items.map((row) => hit(row, q)));
    root.append(list, moreButton(answer, (cursor) => ask("search", { ...asked(q), cursor }, signal), add) ?? "");
}

const asked = (q) => ({ q, since: get("since"), until: get("until"), source: get("source"), limit: 60 });

export const drawn = () => {
    if (!get("page")) byId("q")?.focus();
};

function hit(row, q) {
    const span = row.sentence_span ?? row.span;
    return h(
        "li",
        { dataset: { row: "" } },
        h("a", { class: "bare quote", dir: "auto", href: here({ page: row.document, span: span ? span.join("-") : "title", at: null }) }, marked(row.text ?? "", q)),
        h("p", { class: "small quiet" }, [row.title, row.outlet ?? row.site, row.published ? day(row.published) : null].filter(Boolean).join(" · ")),
    );
}

/* Words of the question in the sentence; where they were found is the server's business, this only helps the eye. */
function marked(text, q) {
    const words = q.toLowerCase().match(/[\p{L}\p{N}*]+/gu) ?? [];
    if (!words.length) return text;
    const pattern = new RegExp(
        `(?<![\\p{L}\\p{N}])(${words.map((word) => (word.endsWith("*") ? `${word.slice(0, -1)}[\\p{L}\\p{N}]*` : word)).join("|")})(?![\\p{L}\\p{N}])`,
        "giu",
    );
    return text.split(pattern).map((part, i) => (i % 2 ? h("mark", {}, part) : part));
}

const save = (items) =>
    csv(
        "sentences.csv",
        [
            ["page", (r) => r.document],
            ["start", (r) => (r.sentence_span ?? r.span)?.[0]],
            ["end", (r) => (r.sentence_span ?? r.span)?.[1]],
            ["sentence", (r) => r.text],
            ["title", (r) => r.title],
            ["outlet", (r) => r.outlet ?? r.site],
            ["published", (r) => r.published],
            ["url", (r) => r.url],
        ],
        items,
    );
