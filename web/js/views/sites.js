// sites.js - critical sites: all that pages tell of one and of what lies around it, by day and kind.
import { h } from "../dom.js";
import { ask } from "../api.js";
import { get, go, here, link } from "../state.js";
import { claimFigure, empty, failed, head, menu, quote, readAt } from "../components.js";
import { day, plural, weekdayOf } from "../format.js";
import { csv } from "../save.js";

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
                            h("td", { class: "num", dataset: { label: "pages" } }, one.mentions ? String(one.mentions) : ""),
                            h("td", { class: "num", dataset: { label: "happenings" } }, one.happenings ? String(one.happenings) : ""),
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
                            ` ${one.happenings > 1 ? `${one.happenings}, ` : ""}${one.last ? day(one.last) : "no day told"}`,
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

async function drawSite(root, signal, name) {
    let answer;
    try {
        answer = await ask(
            `sites/${encodeURIComponent(name)}`,
            { since: get("since"), until: get("until"), km: get("around") || 30, limit: 500 },
            signal,
        );
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
    const shown = answer.items.filter((one) => !get("kind") || one.kind === get("kind"));
    root.append(
        head(
            site.name ?? name,
            `${plural(answer.total ?? answer.items.length, "report")} at it or within ${get("around") || 30} km of it.`,
            h("a", { class: "button", href: here({ site: null, around: null, kind: null }) }, "All sites"),
            site.lat !== undefined
                ? h(
                      "a",
                      { class: "button", href: link("map", { near: `${site.lat},${site.lon}`, km: get("around") || 30, place: null }) },
                      "On the map",
                  )
                : null,
            menu("Export", [
                h("button", { type: "button", onclick: () => save(answer.items) }, "Reports as CSV"),
                h("button", { type: "button", onclick: () => print() }, "Print"),
            ]),
        ),
    );
    root.append(
        another(site.name ?? name, get("around") || "30"),
        h(
            "p",
            { class: "offers noprint" },
            h(
                "a",
                { class: "button", href: here({ kind: null }), "aria-current": get("kind") ? null : "true" },
                `All ${answer.total ?? answer.items.length}`,
            ),
            KINDS.filter((kind) => counts[kind]).map((kind) =>
                h("a", { class: "button", href: here({ kind }), "aria-current": get("kind") === kind ? "true" : null }, `${kind} ${counts[kind]}`),
            ),
        ),
    );
    if (!shown.length) return root.append(empty("Nothing told", "No page tells anything of this site in these days."));
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
            h("tbody", {}, shown.map(row)),
        ),
    );
}

function row(one) {
    const claim = one.claim;
    const notes = [claim?.realis && claim.realis !== "actual" ? claim.realis : null, claim?.background ? "background" : null, one.status].filter(
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

const save = (items) =>
    csv(
        "site.csv",
        [
            ["day", (r) => r.date],
            ["kind", (r) => r.kind],
            ["place", (r) => r.place],
            ["km", (r) => r.km],
            ["killed_min", (r) => r.claim?.killed?.[0]],
            ["killed_max", (r) => r.claim?.killed?.[1]],
            ["wounded_min", (r) => r.claim?.wounded?.[0]],
            ["wounded_max", (r) => r.claim?.wounded?.[1]],
            ["realis", (r) => r.claim?.realis],
            ["source", (r) => r.source],
            ["page", (r) => r.document],
            ["item", (r) => r.item],
            ["start", (r) => r.span?.[0]],
            ["end", (r) => r.span?.[1]],
            ["sentence", (r) => r.text],
            ["outlet", (r) => r.outlet],
            ["url", (r) => r.url],
        ],
        items,
    );
