// overview.js - the morning's page: what is new, what sources dispute, tolls, alarms, talks.
import { h } from "../dom.js";
import { ask } from "../api.js";
import { get, link } from "../state.js";
import { empty, figure, head, quote, rangeFigure, readAt, whatOf, whereOf } from "../components.js";
import { day, days, instant, plural, sideName } from "../format.js";
import { apiFilters } from "../questions.js";
import { files } from "../files.js";
import { addStrip } from "../strip.js";

export async function draw(root, signal) {
    const filters = apiFilters();
    const [overview, latest, disputed, talks] = await Promise.all([
        ask("overview", { since: get("since"), until: get("until") }, signal), ask("happenings", { ...filters, counted: 1, actual: 1, limit: 16 }, signal), ask("happenings", { ...filters, contested: 1, sort: "killed", limit: 8 }, signal), ask("talks", { since: get("since"), until: get("until"), actor: get("side") }, signal),
    ]);
    root.append(head(title(), lede(overview), files()));
    addStrip(root, signal);
    root.append(h("div", { class: "front" }, h("div", { class: "lead" }, tolls(latest), alarms(overview)), h("div", { class: "second" }, dispute(disputed), standing(talks), fresh(overview))));
}

const title = () => (get("since") || get("until") ? (get("since") && get("until") ? days(get("since"), get("until")) : get("since") ? `Since ${day(get("since"))}` : `Until ${day(get("until"))}`) : "All days in the store");
const lede = (one) => [one.pages !== undefined ? plural(one.pages, "page") : null, one.happenings !== undefined ? plural(one.happenings, "happening") : null, one.claims !== undefined ? plural(one.claims, "claim") : null, one.last_seen ? `last page seen ${instant(one.last_seen)}` : null].filter(Boolean).join(" · ");
const part = (name, href, ...rest) => h("section", { class: "front-part" }, h("h2", {}, href ? h("a", { href }, name) : name), rest);

/* The place leads, then what happened; where no place is told, what happened leads. */
function placed(one) {
    const place = whereOf(one.place);
    return [h("a", { class: "what", href: link("ledger", { h: one.id }) }, place || whatOf(one)), place ? h("span", { class: "quiet" }, ` ${whatOf(one).toLowerCase()}`) : null].filter(Boolean);
}

/* ---- tolls: the latest first; a click leads to who says so ---- */

function tolls(answer) {
    return part("Tolls, latest first", link("ledger"), answer.items.length ? h("table", { class: "rows tolls" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Day"), h("th", { scope: "col" }, "Where and what"), h("th", { scope: "col", class: "num" }, "Killed"), h("th", { scope: "col", class: "num" }, "Wounded"), h("th", { scope: "col", class: "num wide-only" }, "Sources"))),
        h("tbody", {}, answer.items.map((one) => h("tr", { dataset: { row: "" } }, h("td", {}, h("time", { datetime: one.date ?? "" }, day(one.date, { year: false }))), h("td", {}, ...placed(one)), h("td", { class: "num" }, rangeFigure(one.killed, "killed")), h("td", { class: "num" }, rangeFigure(one.wounded, "wounded")), h("td", { class: "num wide-only" }, String(one.sources)))))) : empty("No toll", "No page gives a count that stands."));
}

function dispute(answer) {
    return part("Disputed", link("ledger", { contested: 1 }), answer.items.length ? h("ul", { class: "brief" }, answer.items.map((one) => h("li", { dataset: { row: "" } }, ...placed(one), h("span", { class: "quiet" }, `, ${days(one.date, one.date_to)}`), h("div", {}, ["killed", "wounded"].filter((harm) => one[harm]).map((harm) => h("span", { class: "pop-fig" }, rangeFigure(one[harm], harm), ` ${harm}`)), h("span", { class: "quiet small" }, one.voices?.filter(Boolean).map(sideName).join(" against ") ?? ""))))) : h("p", { class: "quiet" }, "Sources do not contradict each other."));
}

function standing(answer) {
    return part("Talks", link("talks"), answer.items.length ? h("ul", { class: "brief" }, answer.items.slice(0, 4).map((one) => { const last = one.rounds.at(-1); const from = last?.told_by?.[0]; return h("li", { dataset: { row: "" } }, h("b", {}, one.parties.map(sideName).join(" and ")), h("div", {}, from ? figure([last.round ? `Round ${last.round}` : "Talks", last.date ? day(last.date) : null, last.place].filter(Boolean).join(", "), { document: from.document, item: from.talk, span: from.span }, from.text) : "no round told"), one.issues.length ? h("div", { class: "quiet small" }, one.issues.map((issue) => `${issue.topic}: ${issue.status}`).join(" · ")) : null); })) : h("p", { class: "quiet" }, "No page tells of talks."));
}

function alarms(one) {
    const rows = one.alarms ?? [];
    return part("Alarms", link("sites"), rows.length ? h("ul", { class: "brief" }, rows.slice(0, 8).map((row) => h("li", { dataset: { row: "" } }, h("span", { class: ["tag", row.kind === "accusation" || row.kind === "violation" ? "ceasefire" : "sites"] }, row.kind), h("span", { class: "quiet small" }, ` ${[row.site ?? row.place, row.date ? day(row.date, { year: false }) : null].filter(Boolean).join(", ")} `), h("a", { class: "bare", href: readAt({ document: row.document, event: row.event ?? row.item, span: row.span }) }, quote(row))))) : h("p", { class: "quiet" }, "Nothing at critical sites, and no ceasefire said to be broken."));
}

function fresh(one) {
    const rows = one.latest ?? one.new ?? [];
    return part("New pages", null, rows.length ? h("ul", { class: "brief pages" }, rows.slice(0, 8).map((row) => h("li", { dataset: { row: "" } }, h("a", { class: "bare serif", href: readAt({ document: row.document ?? row.id }) }, row.title ?? "Untitled page"), h("div", { class: "quiet small" }, [row.outlet ?? row.site, row.published ? day(row.published) : null].filter(Boolean).join(" · "))))) : h("p", { class: "quiet" }, "No page."));
}
