// reader.js - the page that a figure was read off: its story with every field marked, a colour a kind, field and words leading to each other.
import { h, byId, focusStart, announce } from "./dom.js";
import { ask } from "./api.js";
import { get, go, here } from "./state.js";
import { day, instant } from "./format.js";
import { failed, loading } from "./components.js";
import { itemsOf, KINDS } from "./fields.js";

let shown = null; // {id, page, items, fields}
let asked = null;

/** Draws what the address asks for; nothing asked: closes. */
export async function showReader() {
    const root = byId("reader");
    const id = get("page");
    asked?.abort();
    if (!id) return close(root);
    if (shown?.id === id) return choose(root);
    asked = new AbortController();
    document.body.classList.add("reading");
    root.hidden = false;
    root.replaceChildren(h("div", { class: "reader-inner" }, closer(), loading(12)));
    try {
        const page = await ask(`pages/${encodeURIComponent(id)}`, {}, asked.signal);
        const items = itemsOf(page);
        shown = { id, page, items, fields: items.flatMap((item) => item.fields) };
        root.replaceChildren(draw(shown));
        choose(root);
        announce(`Page opened: ${page.title ?? id}`);
    } catch (error) {
        if (error.name === "AbortError") return;
        root.replaceChildren(
            h(
                "div",
                { class: "reader-inner" },
                closer(),
                failed(error, () => {
                    shown = null;
                    showReader();
                }),
            ),
        );
    }
}

let opener = null; // where focus goes back to

function close(root) {
    if (root.hidden) return;
    root.hidden = true;
    document.body.classList.remove("reading");
    root.replaceChildren();
    shown = null;
    markFigures();
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    opener = null;
}

export const closeReader = () => {
    if (get("page")) go(here({ page: null, at: null, span: null }));
};

/** The page has to be read again: somebody corrected it. */
export const forgetPage = () => {
    shown = null;
};

function closer() {
    return h("button", { class: "plain close", type: "button", onclick: closeReader, title: "Close (Escape)" }, "Close");
}

function draw({ page, items, fields }) {
    const record = page.record;
    return h(
        "article",
        { class: "reader-inner", lang: record.language ?? null },
        h(
            "div",
            { class: "reader-bar noprint" },
            closer(),
            page.url ? h("a", { href: page.url, rel: "noreferrer noopener external", target: "_blank" }, "Original page ↗") : null,
        ),
        h("h2", { class: "headline", tabindex: "-1", dir: "auto" }, page.title ?? "Untitled page"),
        h(
            "p",
            { class: "byline" },
            [
                page.outlet,
                record.authors?.join(", "),
                record.published_time || page.published ? instant(record.published_time ?? page.published) : "undated",
            ]
                .filter(Boolean)
                .join(" · "),
        ),
        cutOff(record),
        key(fields),
        story(record, fields),
        itemList(record, items),
        others(page),
    );
}

function cutOff(record) {
    if (!record.access || record.access === "full" || record.access === "unknown") return null;
    return h(
        "p",
        { class: "note", role: "note" },
        h("b", {}, record.access === "blocked" ? "The story is not on this page. " : "This page was cut off. "),
        "What follows is all that it shows; figures may be missing.",
        record.notice ? h("q", { class: "serif" }, record.notice) : null,
    );
}

/* ---- the key: kinds of field, each to be shown or not ---- */

function key(fields) {
    const there = KINDS.filter(([kind]) => fields.some((field) => field.kind === kind));
    if (!there.length) return h("p", { class: "quiet small" }, "No field was read off this page.");
    return h(
        "fieldset",
        { class: "key noprint" },
        h("legend", { class: "unseen" }, "Fields marked in the story"),
        there.map(([kind, label]) =>
            h(
                "label",
                { class: `k-${kind}` },
                h("input", {
                    type: "checkbox",
                    checked: true,
                    onchange: (event) => byId("reader").classList.toggle(`hide-${kind}`, !event.target.checked),
                }),
                h("span", {}, label),
            ),
        ),
    );
}

/* ---- the story ---- */

/** Cuts the text wherever a field begins or ends; each piece knows the fields that cover it, narrowest first. */
function pieces(points, fields, from, to) {
    const inside = fields.filter(({ span: [a, b] }) => a < to && b > from);
    const cuts = new Set([from, to, ...inside.flatMap(({ span: [a, b] }) => [Math.max(a, from), Math.min(b, to)])]);
    const at = [...cuts].sort((a, b) => a - b);
    return at.slice(0, -1).map((start, i) => ({
        text: points.slice(start, at[i + 1]).join(""),
        fields: inside
            .filter(({ span: [a, b] }) => a <= start && b >= at[i + 1])
            .sort((x, y) => x.span[1] - x.span[0] - (y.span[1] - y.span[0]) || x.number - y.number),
    }));
}

function piece({ text, fields }) {
    if (!fields.length) return text;
    const top = fields[0];
    const said = fields.some((field) => field.kind === "said");
    return h(
        "span",
        {
            class: ["piece", `k-${top.kind}`, said && "k-said"],
            dataset: { kind: top.kind, fields: fields.map((field) => field.number).join(" ") },
            title: [...new Set(fields.slice(0, 4).map(label))].join("\n"),
            onclick: () => choosing(top),
        },
        text,
    );
}

function choosing(field) {
    const [item, part] = get("at").split(".");
    const again = item === field.item && part === field.part;
    go(here({ at: again ? null : `${field.item}.${field.part}`, span: null }));
}

const label = (field) => `${field.item} ${field.label}${field.value ? `: ${field.value}` : ""}`;

function story(record, all) {
    const points = [...record.text];
    const fields = all.filter((field) => field.span);
    const kinds = new Map((record.blocks ?? []).map((block) => [block.span[0], block.kind]));
    const blocks = [];
    let start = 0;
    for (let i = 0; i <= points.length; i++) {
        if (i < points.length && !(points[i] === "\n" && points[i + 1] === "\n")) continue;
        if (i > start) blocks.push([start, i]);
        start = i + 2;
    }
    return h(
        "div",
        { class: "story", id: "story" },
        blocks.map(([a, b]) =>
            h("p", { dir: "auto", class: kinds.get(a) && kinds.get(a) !== "paragraph" ? `block-${kinds.get(a)}` : null }, pieces(points, fields, a, b).map(piece)),
        ),
    );
}

/* ---- the list of what was read off the page ---- */

function itemList(record, items) {
    if (!items.length) return null;
    const parts = [
        ["event", "Events"],
        ["talks", "Talks"],
        ["statement", "Who says what"],
    ];
    return h(
        "section",
        { class: "items" },
        parts.map(([layer, name]) => {
            const mine = items.filter((item) => item.layer === layer);
            return mine.length ? [h("h3", {}, name), mine.map((item) => itemBox(record, item))] : null;
        }),
    );
}

function itemBox(record, item) {
    return h(
        "details",
        { class: "item", dataset: { item: item.id }, open: item.layer === "event" },
        h(
            "summary",
            {},
            h("b", {}, item.title),
            " ",
            h("span", { class: "code" }, item.id),
            item.tags.map((tag) => h("span", { class: "tag" }, tag)),
            item.corrections.some((one) => one.verdict === "reject") ? h("span", { class: "tag warn" }, "rejected by a person") : null,
        ),
        h(
            "dl",
            {},
            item.fields.map((field) =>
                h(
                    "div",
                    { class: `k-${field.kind}` },
                    h("dt", {}, field.label),
                    h(
                        "dd",
                        {},
                        field.span
                            ? h(
                                  "button",
                                  { class: "plain", type: "button", dataset: { number: String(field.number) }, onclick: () => choosing(field) },
                                  words(record, field.span),
                              )
                            : null,
                        beyond(record, field) ? h("span", { class: "quiet" }, `${field.span ? " " : ""}${beyond(record, field)}`) : null,
                    ),
                ),
            ),
        ),
        item.corrections.map((one) =>
            h(
                "p",
                { class: "small correction" },
                h("b", {}, one.author),
                ` ${{ accept: "accepted this", reject: "rejected this", correct: "corrected" }[one.verdict] ?? one.verdict} `,
                one.field ? h("code", {}, `${one.field} = ${JSON.stringify(one.value)}`) : null,
                one.note ? h("q", {}, one.note) : null,
                h("span", { class: "quiet" }, ` ${instant(one.seen)}`),
            ),
        ),
    );
}

/* What a field's value tells beyond the words it was read off. */
function beyond(record, field) {
    if (!field.value || field.part === "content" || !field.span) return field.part === "content" ? "" : field.value;
    const said = [...record.text].slice(...field.span).join("").toLowerCase().replace(/^(the|an?) /, "");
    return field.value.toLowerCase().startsWith(said) ? field.value.slice(said.length).trim() : field.value;
}

const words = (record, [a, b]) => {
    const text = [...record.text].slice(a, b).join("");
    return text.length > 90 ? `${text.slice(0, 88)}…` : text;
};

function others(page) {
    const rows = page.same_story ?? [];
    if (!rows.length) return null;
    return h(
        "section",
        { class: "items" },
        h("h3", {}, "Other pages of this story"),
        h(
            "ul",
            { class: "brief" },
            rows.map((one) =>
                h(
                    "li",
                    {},
                    h("a", { class: "bare serif", href: here({ page: one.document, at: null, span: null }) }, one.title ?? one.document),
                    h("div", { class: "small quiet" }, [one.outlet, one.published ? day(one.published) : null].filter(Boolean).join(" · ")),
                ),
            ),
        ),
    );
}

/* ---- what is chosen ---- */

const HARMS = new Set(["killed", "wounded", "captured", "missing", "killed_or_wounded", "casualties"]);

function choose(root) {
    const { page, fields } = shown;
    const [item, name] = get("at").split(".");
    const part = HARMS.has(name) ? "toll" : name;
    const title = get("span") === "title";
    const span = get("span") && !title ? get("span").split("-").map(Number) : null;
    for (const element of root.querySelectorAll(".on, .near")) {
        element.classList.remove("on", "near");
        if (element.dataset.kind) recolour(element, element.dataset.kind);
    }
    const mine = fields.filter((field) => field.item === item && field.span);
    let pick = mine.filter((field) => field.part === part);
    const named = span && mine.filter((field) => field.span[0] === span[0] && field.span[1] === span[1]);
    if (named?.length) pick = named;
    if (part === "toll" && pick.some((field) => field.value.includes(name))) pick = pick.filter((field) => field.value.includes(name));
    if (!pick.length) pick = mine.filter((field) => field.part === "trigger" || field.part === "talks" || field.part === "content");
    let first = null;
    for (const element of root.querySelectorAll(".piece")) {
        const numbers = element.dataset.fields.split(" ").map(Number);
        if (pick.some((field) => numbers.includes(field.number))) {
            element.classList.add("on");
            recolour(element, pick[0].kind);
            first ??= element;
        } else if (mine.some((field) => numbers.includes(field.number) && field.kind !== "said")) element.classList.add("near");
    }
    root.classList.toggle("chosen", pick.length > 0);
    root.querySelector(".headline").classList.toggle("on", title);
    for (const button of root.querySelectorAll("[data-number]"))
        if (pick.some((field) => field.number === Number(button.dataset.number))) {
            button.classList.add("on");
            button.closest("details").open = true;
        }
    globalThis.CSS.highlights?.delete("hit");
    if (span && !named?.length) first = markSpan(root, page.record, span) ?? first;
    if (first) first.scrollIntoView({ block: "center" });
    else root.scrollTop = 0;
    if (!root.contains(document.activeElement)) {
        opener = document.activeElement;
        focusStart(root.querySelector(".headline"));
    }
    markFigures(item);
}

/* Words that are two fields at once take the colour of the one that is chosen. */
function recolour(element, kind) {
    for (const [other] of KINDS) if (other !== "said") element.classList.toggle(`k-${other}`, other === kind);
}

/** In the view: the figures that the open page's item gave. */
function markFigures(item) {
    for (const figure of document.querySelectorAll("main .fig")) {
        if (item && figure.dataset.page === get("page") && figure.dataset.item === item) figure.setAttribute("aria-current", "true");
        else figure.removeAttribute("aria-current");
    }
}

/** A span that is no field (a hit of the search): the browser's highlighter marks the words, the text stays as it is. */
function markSpan(root, record, [from, to]) {
    const walker = document.createTreeWalker(root.querySelector(".story"), NodeFilter.SHOW_TEXT);
    const range = new Range();
    const points = [...record.text];
    // paragraphs as drawn lack the two line breaks between them
    const drawn = (position) => {
        let lost = 0;
        for (let i = 0; i + 1 < position; i++)
            if (points[i] === "\n" && points[i + 1] === "\n") {
                lost += 2;
                i++;
            }
        return position - lost;
    };
    const [a, b] = [drawn(from), drawn(to)];
    let at = 0,
        first = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const letters = [...node.data];
        const end = at + letters.length;
        const unit = (n) => letters.slice(0, n).join("").length;
        if (a >= at && a < end) {
            range.setStart(node, unit(a - at));
            first = node.parentElement;
        }
        if (b > at && b <= end) {
            range.setEnd(node, unit(b - at));
            break;
        }
        at = end;
    }
    if (first && globalThis.Highlight) CSS.highlights.set("hit", new Highlight(range));
    return first;
}
