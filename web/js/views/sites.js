// sites.js - critical sites: all that pages tell of one and of what lies around it, by day and kind.
import { h } from "../dom.js";
import { ask, url } from "../api.js";
import { get, go, here, link } from "../state.js";
import { claimFigure, empty, failed, head, menu, moreButton, quote, readAt } from "../components.js";
import { count, day, plural, REALIS, weekdayOf } from "../format.js";

const KINDS = ["attack", "occupation", "power", "cooling", "radiation", "staff", "threat", "accusation", "demand", "talks", "statement", "other"];

export async function draw(root, signal) {
    const name = get("site");
    if (name) return drawSite(root, signal, name);
    const answer = await ask("sites", { since: get("since"), until: get("until") }, signal);
    root.append(
        head(
            "Sites",
            answer.items.length ? "Plants, dams, bases and other sites that pages name. Open one for all that happened at it and around it." : null,
        ),
    );
    if (!answer.items.length) return root.append(another(), empty("No page names a critical site", "Look at any other place by its name above."));
    const named = answer.items.filter((one) => one.named),
        words = alike(answer.items.filter((one) => !one.named));
    root.append(another());
    if (named.length)
        root.append(
            h("h2", { class: "part" }, "By name"),
            h(
                "table",
                { class: "rows sites stack" },
                h(
                    "thead",
                    {},
                    h(
                        "tr",
                        {},
                        h("th", { scope: "col" }, "Site"),
                        h("th", { scope: "col" }, "Country"),
                        h("th", { scope: "col", class: "num" }, "Pages that name it"),
                        h("th", { scope: "col", class: "num" }, "Happenings at it"),
                        h("th", { scope: "col" }, "Last told of"),
                    ),
                ),
                h(
                    "tbody",
                    {},
                    named.map((one) =>
                        h(
                            "tr",
                            { dataset: { row: "" } },
                            h("td", {}, h("a", { class: "what", href: link("sites", { site: one.name }) }, one.name)),
                            h("td", {}, one.country_name ?? one.country ?? ""),
                            h("td", { class: "num", dataset: { label: "pages" } }, one.mentions ? count(one.mentions) : ""),
                            h("td", { class: "num", dataset: { label: "happenings" } }, one.happenings ? count(one.happenings) : ""),
                            h("td", {}, one.last ? day(one.last) : ""),
                        ),
                    ),
                ),
            ),
        );
    if (words.length)
        root.append(
            h("h2", { class: "part" }, "What else was hit or is at stake, in the pages’ words"),
            h(
                "ul",
                { class: "site-words" },
                words.map((one) =>
                    h(
                        "li",
                        { dataset: { row: "" } },
                        h("a", { class: "what", href: link("ledger", { site: one.name }) }, one.name),
                        h(
                            "span",
                            { class: "quiet" },
                            ` ${one.happenings > 1 ? `${count(one.happenings)} times, last ` : ""}${one.last ? day(one.last) : "no day told"}`,
                        ),
                    ),
                ),
            ),
        );
}

/* "Power" and "power" are one word for a reader: the spelling told most often stands for all. */
function alike(items) {
    const all = new Map();
    for (const one of items) {
        const key = one.name.toLowerCase();
        const there = all.get(key);
        if (!there) all.set(key, { ...one });
        else {
            there.happenings += one.happenings;
            if ((one.last ?? "") > (there.last ?? "")) there.last = one.last;
        }
    }
    return [...all.values()].sort((a, b) => b.happenings - a.happenings || (b.last ?? "").localeCompare(a.last ?? ""));
}

function another(name = "", km = "30") {
    const box = h(
        "form",
        {
            class: "ask noprint",
            onsubmit: (event) => {
                event.preventDefault();
                const data = new FormData(box);
                go(here({ site: data.get("site").trim(), around: data.get("around") === "30" ? null : data.get("around"), kind: null }));
            },
        },
        h(
            "label",
            { class: "field wide" },
            h("span", {}, "Site or place"),
            h("input", { name: "site", type: "text", value: name, required: true, list: "places", placeholder: "Zaporizhzhia Nuclear Power Plant" }),
        ),
        h("label", { class: "field" }, h("span", {}, "Within km"), h("input", { name: "around", type: "number", min: 1, max: 500, value: km })),
        h("button", { class: "button main", type: "submit" }, "Show"),
    );
    return box;
}

/* The last day first; of one kind where one is chosen. */
function asked(name, more = {}) {
    const params = { since: get("since"), until: get("until"), km: get("around") || 30, kind: get("kind"), order: "latest", limit: 150, ...more };
    return { path: `sites/${encodeURIComponent(name)}`, params };
}

async function drawSite(root, signal, name) {
    let answer;
    try {
        answer = await ask(asked(name).path, asked(name).params, signal);
    } catch (error) {
        if (error.name === "AbortError") throw error;
        return root.append(
            head(name, null, h("a", { class: "button", href: here({ site: null, around: null, kind: null }) }, "All sites")),
            another(name, get("around") || "30"),
            failed(error),
        );
    }
    const site = answer.site ?? {};
    const counts = answer.kinds ?? {};
    const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
    root.append(
        head(
            site.name ?? name,
            all ? `${plural(all, "report")} at it or within ${get("around") || 30} km of it, the latest first.` : null,
            h("a", { class: "button", href: here({ site: null, around: null, kind: null }) }, "All sites"),
            site.lat !== undefined
                ? h(
                      "a",
                      { class: "button", href: link("map", { near: `${site.lat},${site.lon}`, km: get("around") || 30, place: null }) },
                      "On the map",
                  )
                : null,
            menu("Export", [
                ...["csv", "ndjson"].map((format) =>
                    h(
                        "a",
                        { href: url(asked(name).path, asked(name, { format, limit: null, order: null }).params), download: "" },
                        `Reports as ${format.toUpperCase()}`,
                    ),
                ),
                h("button", { type: "button", onclick: () => print() }, "Print"),
            ]),
        ),
    );
    root.append(
        another(site.name ?? name, get("around") || "30"),
        (all > 0 || "") &&
            h(
            "p",
            { class: "offers noprint" },
            h(
                "a",
                { class: "button", href: here({ kind: null }), "aria-current": get("kind") ? null : "true" },
                `All ${count(all)}`,
            ),
            KINDS.filter((kind) => counts[kind]).map((kind) =>
                h("a", { class: "button", href: here({ kind }), "aria-current": get("kind") === kind ? "true" : null }, `${kind} ${count(counts[kind])}`),
            ),
        ),
    );
    if (!answer.items.length) return root.append(empty("Nothing told", "No page tells anything of this site in these days."));
    const body = h("tbody", {}, answer.items.map(row));
    root.append(
        h(
            "table",
            { class: "rows site stack" },
            h(
                "thead",
                {},
                h(
                    "tr",
                    {},
                    ["Day", "What", "Where", "Killed", "Wounded", "In their words", "Who says so"].map((label, i) =>
                        h("th", { scope: "col", class: i === 3 || i === 4 ? "num" : null }, label),
                    ),
                ),
            ),
            body,
        ),
        moreButton(
            answer,
            (cursor) => ask(asked(name).path, asked(name, { cursor }).params, signal),
            (items) => body.append(...items.map(row)),
        ) ?? "",
    );
}

function row(one) {
    const claim = one.claim;
    const notes = [claim?.realis && claim.realis !== "actual" ? (REALIS[claim.realis] ?? claim.realis) : null, claim?.background ? "background" : null, one.status].filter(
        Boolean,
    );
    const reference = { document: one.document, item: one.item, span: one.span };
    return h(
        "tr",
        { class: "site-row", dataset: { row: "", kind: one.kind } },
        h(
            "td",
            {},
            one.date ? h("time", { datetime: one.date }, day(one.date)) : "no day told",
            one.date?.length === 10 ? h("span", { class: "quiet" }, ` ${weekdayOf(one.date)}`) : null,
        ),
        h(
            "td",
            {},
            h(
                "span",
                {
                    class: [
                        "tag",
                        ["attack", "threat", "occupation"].includes(one.kind)
                            ? "violence"
                            : ["talks", "demand", "statement"].includes(one.kind)
                              ? "talks"
                              : "sites",
                    ],
                },
                one.kind,
            ),
            notes.map((note) => [" ", h("span", { class: "tag" }, note)]),
        ),
        h("td", {}, one.place, one.km ? h("span", { class: "quiet" }, ` ${Math.round(one.km)} km`) : null),
        h("td", { class: "num", dataset: { label: "killed" } }, claim ? claimFigure(claim, "killed") : null),
        h("td", { class: "num", dataset: { label: "wounded" } }, claim ? claimFigure(claim, "wounded") : null),
        h("td", {}, h("a", { class: "bare", href: readAt(reference) }, quote(one))),
        h("td", {}, one.source, h("span", { class: "quiet small" }, one.outlet && one.outlet !== one.source ? ` in ${one.outlet}` : "")),
    );
}
