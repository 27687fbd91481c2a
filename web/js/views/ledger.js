// ledger.js - a row a claim, grouped by what happened; claims that disagree stand in columns side by side.
import { h } from "../dom.js";
import { ask } from "../api.js";
import { get, here, link } from "../state.js";
import { claimFigure, empty, head, menu, moreButton, quote, rangeFigure, readAt, side, titleOf } from "../components.js";
import { day, days, HARMS, outletName, plural, rangeWords, REALIS, sourceName, STANCE, STANDING, weekdayOf, whoToWhom } from "../format.js";
import { apiFilters } from "../questions.js";
import { files } from "../files.js";
import { csv } from "../save.js";
import { addStrip } from "../strip.js";

const PAGE = 40;

export async function draw(root, signal) {
    if (get("h")) return drawOne(root, signal);
    const answer = await ask("claims", asked(), signal);
    let rows = answer.items;
    const lede = rows.length
        ? `${plural(answer.total ?? rows.length, "happening")}. Under each stand the claims: who says it, how many, and in which words. A figure in brackets does not count: it was replaced, repeated, reprinted, denied, or is background.`
        : null;
    root.append(
        head(
            "Ledger of claims",
            lede,
            h(
                "span",
                { class: "segments", role: "group", "aria-label": "Order" },
                order("date", "Latest first"),
                order("killed", "Highest toll first"),
                order("sources", "Most sources first"),
            ),
            h(
                "a",
                {
                    class: "button",
                    href: here({ contested: get("contested") ? null : 1 }),
                    role: "button",
                    "aria-pressed": get("contested") ? "true" : "false",
                },
                "Only disputed",
            ),
            files(),
        ),
    );
    addStrip(root, signal);
    if (!rows.length) return root.append(empty("No page tells of anything like that", "Take a filter away, or widen the days."));
    const table = h("table", { class: "rows ledger stack" }, headings(), rows.map(group));
    fitColumns(table, rows);
    const add = (items) => {
        rows = [...rows, ...items];
        table.append(...items.map(group));
        fitColumns(table, rows);
    };
    root.append(table, moreButton(answer, (cursor) => ask("claims", { ...asked(), cursor }, signal), add) ?? "");
}

const asked = () => ({ ...apiFilters(), limit: PAGE, sort: get("sort"), contested: get("contested"), site: get("site") });
const order = (value, label) =>
    h(
        "a",
        { class: "button", href: here({ sort: value === "date" ? null : value }), "aria-current": value === (get("sort") || "date") ? "true" : null },
        label,
    );

const headings = () =>
    h(
        "thead",
        {},
        h(
            "tr",
            {},
            h("th", { scope: "col" }, "Who says so"),
            h("th", { scope: "col" }, "Their word"),
            h("th", { scope: "col", class: "num" }, "Killed"),
            h("th", { scope: "col", class: "num" }, "Wounded"),
            h("th", { scope: "col", class: "num" }, "Held, missing"),
            h("th", { scope: "col" }, "Who to whom, in which words"),
            h("th", { scope: "col" }, "Said"),
            h("th", { scope: "col" }, "On"),
        ),
    );

/* The column of those held and missing takes room only where there are some. */
const fitColumns = (table, rows) => table.classList.toggle("no-held", !rows.some((one) => hasHeld(one) || one.claims.some((claim) => claim && hasHeld(claim))));
const hasHeld = (one) => one.captured || one.missing;

/* ---- one happening and its claims ---- */

const voices = (happening) =>
    [plural(happening.sources ?? new Set(happening.claims.map((claim) => claim.source)).size, "source"), plural(happening.pages, "page")].join(", ");

function group(happening) {
    return h(
        "tbody",
        { class: ["happening", happening.actual === false && "not-actual"] },
        h(
            "tr",
            { class: "range", dataset: { row: "" } },
            h(
                "th",
                { scope: "rowgroup", colspan: 2 },
                h("a", { class: "what", href: link("ledger", { h: happening.id }) }, titleOf(happening)),
                h("span", { class: "when" }, days(happening.date, happening.date_to)),
                happening.contested ? h("span", { class: "tag warn", title: "sources differ on the figures, or one denies it" }, "disputed") : null,
                happening.actual === false ? h("span", { class: "tag" }, "not said to have happened") : null,
            ),
            h("td", { class: "num", dataset: { label: "killed" } }, happening.killed ? rangeFigure(happening.killed, "killed") : null),
            h("td", { class: "num", dataset: { label: "wounded" } }, happening.wounded ? rangeFigure(happening.wounded, "wounded") : null),
            h(
                "td",
                { class: "num" },
                ["captured", "missing"]
                    .filter((harm) => happening[harm])
                    .map((harm) => [rangeFigure(happening[harm], harm), ` ${harm === "captured" ? "held" : "missing"} `]),
            ),
            h("td", { colspan: 3, class: "quiet" }, voices(happening)),
        ),
        happening.claims.filter(Boolean).map(claimRow),
        hidden(happening),
    );
}

function hidden(happening) {
    const more = (happening.claims_total ?? 0) - happening.claims.length;
    return more > 0
        ? h("tr", {}, h("td", { colspan: 8 }, h("a", { href: link("ledger", { h: happening.id }) }, `${plural(more, "more claim")}`)))
        : null;
}

function claimRow(claim) {
    const [who, whom] = whoToWhom(claim);
    const others = ["captured", "missing"].filter((harm) => claim[harm]);
    return h(
        "tr",
        { dataset: { row: "" } },
        h(
            "td",
            {},
            h("span", { class: "source" }, sourceName(claim)),
            claim.code ? h("span", { class: "code", title: claim.code }, ` ${claim.code}`) : null,
        ),
        h(
            "td",
            {},
            h(
                "a",
                { class: "fig", href: readAt(claim), title: claim.text, dataset: { page: claim.document, item: claim.event } },
                STANCE[claim.stance] ?? claim.stance,
            ),
            told(claim),
        ),
        h("td", { class: "num", dataset: { label: "killed" } }, claimFigure(claim, "killed")),
        h("td", { class: "num", dataset: { label: "wounded" } }, claimFigure(claim, "wounded")),
        h(
            "td",
            { class: "num" },
            others.map((harm) => [claimFigure(claim, harm), ` ${harm === "captured" ? "held" : "missing"} `]),
        ),
        h(
            "td",
            { class: "who" },
            who || whom ? h("div", { class: "parties-line" }, who || "?", " → ", whom || "?") : null,
            h("a", { class: "bare clamp", href: readAt(claim) }, quote(claim)),
        ),
        h(
            "td",
            { dataset: { label: "said" } },
            claim.published ? h("time", { datetime: claim.published }, day(claim.published, { year: false })) : "",
        ),
        h("td", { class: "outlet", title: claim.document }, outletName(claim)),
    );
}

/** How sure the page makes it sound, and why a figure does not count. */
function told(claim) {
    const why = new Set(Object.values(claim.standing ?? {}).filter((standing) => standing && standing !== "current"));
    return [
        claim.realis && claim.realis !== "actual" && claim.realis !== "denied" ? h("span", { class: "tag" }, REALIS[claim.realis] ?? claim.realis) : null,
        [...why].map((standing) => h("span", { class: "tag", title: STANDING[standing] }, standing)),
    ]
        .flat()
        .map((tag) => tag && [" ", tag]);
}

/* ---- side by side ---- */

async function drawOne(root, signal) {
    const happening = await ask(`happenings/${encodeURIComponent(get("h"))}`, {}, signal);
    const claims = happening.claims
        .filter(Boolean)
        .sort((a, b) => (a.side ?? "~").localeCompare(b.side ?? "~") || (a.published ?? "").localeCompare(b.published ?? ""));
    const ranges = HARMS.filter((harm) => happening[harm]).map((harm) => rangeWords(happening[harm], harm));
    root.append(
        head(
            titleOf(happening),
            `${happening.date ? `${weekdayOf(happening.date.padEnd(10, "-01").slice(0, 10))} ` : ""}${days(happening.date, happening.date_to)}. ${ranges.join("; ") || "No count that stands"}. ${voices({ ...happening, claims })}.`,
            h("a", { class: "button", href: here({ h: null }) }, "All claims"),
            happening.place?.lat !== undefined ? h("a", { class: "button", href: link("map", { h: happening.id }) }, "On the map") : null,
            menu("Export", [
                h("button", { type: "button", onclick: () => saveClaims(happening, claims) }, "Claims as CSV"),
                h("button", { type: "button", onclick: () => print() }, "Print"),
            ]),
        ),
    );
    root.append(
        h("h2", { class: "part" }, "What each side says"),
        h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Claims side by side" }, beside(claims)),
        h("h2", { class: "part" }, "In their words"),
        h(
            "ol",
            { class: "words" },
            claims.map((claim) =>
                h(
                    "li",
                    { dataset: { row: "" } },
                    h("a", { class: "bare", href: readAt(claim) }, quote(claim)),
                    h(
                        "p",
                        { class: "quiet small" },
                        [sourceName(claim), claim.outlet !== claim.source ? `in ${outletName(claim)}` : null, day(claim.published)]
                            .filter(Boolean)
                            .join(", "),
                    ),
                ),
            ),
        ),
    );
}

function beside(claims) {
    const rows = [
        [
            "Their word",
            (claim) =>
                h(
                    "a",
                    { class: "fig", href: readAt(claim), dataset: { page: claim.document, item: claim.event } },
                    STANCE[claim.stance] ?? claim.stance,
                ),
            (claim) => (claim.stance === "denies" ? "denies" : ""),
        ],
        ...HARMS.map((harm) => [
            harm[0].toUpperCase() + harm.slice(1),
            (claim) => claimFigure(claim, harm),
            (claim) => (stands(claim, harm) ? String(claim[harm]) : null),
        ]),
        [
            "Who did it",
            (claim) => whoToWhom(claim)[0],
            (claim) =>
                claim.actor
                    ?.map((party) => party.code)
                    .filter(Boolean)
                    .sort()
                    .join(" ") || null,
        ],
        ["To whom", (claim) => whoToWhom(claim)[1]],
        ["By what means", (claim) => claim.weapon],
        ["Told as", (claim) => [REALIS[claim.realis] ?? claim.realis, claim.background ? "background" : null].filter(Boolean).join(", ")],
        [
            "Counts?",
            (claim) =>
                counted(claim),
        ],
        ["Said", (claim) => (claim.published ? day(claim.published) : null)],
        ["On", outletName],
    ].filter(([, of]) => claims.some((claim) => of(claim)));
    return h(
        "table",
        { class: "rows beside" },
        h(
            "thead",
            {},
            h(
                "tr",
                {},
                h("td"),
                claims.map((claim) =>
                    h(
                        "th",
                        { scope: "col" },
                        sourceName(claim),
                        h("div", {}, claim.side ? side(claim.side) : h("span", { class: "code" }, "outlet or unknown side")),
                    ),
                ),
            ),
        ),
        h(
            "tbody",
            {},
            rows.map(([label, of, differs]) => {
                const conflict = differs && new Set(claims.map(differs).filter((value) => value !== null)).size > 1;
                return h(
                    "tr",
                    { class: conflict ? "conflict" : null },
                    h("th", { scope: "row" }, label, conflict ? h("span", { class: "tag warn" }, "differ") : null),
                    claims.map((claim) => h("td", {}, of(claim) || h("span", { class: "none" }, "–"))),
                );
            }),
        ),
    );
}

/* "yes"; of several counts that fare otherwise, each by its name. */
function counted(claim) {
    const all = Object.entries(claim.standing ?? {}).map(([harm, standing]) => [harm, standing === "current" ? "yes" : (STANDING[standing] ?? standing)]);
    const words_ = new Set(all.map(([, word]) => word));
    return words_.size < 2 ? [...words_].join("") : all.map(([harm, word]) => `${harm}: ${word}`).join("; ");
}

const stands = (claim, harm) => claim[harm] && (!claim.standing?.[harm] || claim.standing[harm] === "current");

const saveClaims = (happening, claims) =>
    csv(
        "claims.csv",
        [
            ["day", () => happening.date],
            ["place", () => happening.place?.name],
            ["source", (c) => c.source],
            ["code", (c) => c.code],
            ["side", (c) => c.side],
            ["stance", (c) => c.stance],
            ["realis", (c) => c.realis],
            ...HARMS.flatMap((harm) => [
                [`${harm}_min`, (c) => c[harm]?.[0]],
                [`${harm}_max`, (c) => c[harm]?.[1]],
                [`${harm}_standing`, (c) => c.standing?.[harm]],
            ]),
            ["actor", (c) => whoToWhom(c)[0]],
            ["recipient", (c) => whoToWhom(c)[1]],
            ["weapon", (c) => c.weapon],
            ["page", (c) => c.document],
            ["item", (c) => c.event],
            ["start", (c) => c.span?.[0]],
            ["end", (c) => c.span?.[1]],
            ["sentence", (c) => c.text],
            ["outlet", (c) => c.outlet],
            ["published", (c) => c.published],
            ["url", (c) => c.url],
        ],
        claims,
    );
