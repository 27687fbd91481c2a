// overview.js - the morning's page: tolls, what sources dispute, alarms, talks, what is new.
import { h } from "../dom.js";
import { ask } from "../api.js";
import { get, here, link } from "../state.js";
import { empty, failed, head, loading, rangeFigure, readAt, titleOf, tollLine, whatOf, whereOf } from "../components.js";
import { addDays, count, day, days, daysBetween, plural, range, sideName, sidesName } from "../format.js";
import { apiFilters } from "../questions.js";
import { files } from "../files.js";
import { addStrip } from "../strip.js";

export async function draw(root, signal) {
    const filters = apiFilters();
    const later = { talks: slot("Talks"), pages: slot("Latest pages") };
    const overview = await ask("overview", { ...apiFilters({ without: ["since", "until"] }), ...period(), talks: 0 }, signal);
    if (!overview.now.happenings && !overview.published.pages && !Object.keys(filters).length)
        return root.append(
            head("Nothing in the store yet"),
            empty("Add pages first", "A folder of pages, a feed or records of pages: ", h("code", {}, "dateline add --store news.store pages/"), ". This page tells of them by itself."),
        );
    // a day after the last of the pages is one that pages foresee or misprint: no news
    const [latest, disputed] = await Promise.all([
        ask("happenings", { until: overview.until, ...filters, counted: 1, actual: 1, limit: 24 }, signal),
        ask("happenings", { ...filters, contested: 1, actual: 1, sort: "killed", limit: 8 }, signal),
    ]);
    root.append(
        head(
            `${overview.since === overview.until ? "" : "The days "}${days(overview.since, overview.until)}`,
            lede(overview),
            get("since") && get("until") ? null : h("a", { class: "button", href: here({ since: overview.since, until: overview.until }) }, "Keep these days in all views"),
            files(),
        ),
    );
    addStrip(root, signal);
    root.append(
        h(
            "div",
            { class: "front" },
            h("div", { class: "lead" }, tolls(latest), alarms(overview)),
            h("div", { class: "second" }, dispute(disputed), later.talks, later.pages),
        ),
    );
    // what takes longer in a large store comes when it comes; talks of the last three months unless days are chosen
    fill(
        later.talks,
        ask("talks", { since: get("since") || addDays(overview.until, -91), until: get("until"), party: get("side") }, signal),
        standing,
    );
    fill(later.pages, ask("pages", { since: get("since"), until: get("until"), source: get("source"), limit: 6 }, signal), fresh);
}

const slot = (name) => h("section", { class: "front-part" }, h("h2", {}, name), loading(3));

async function fill(place, answer, draw_) {
    try {
        place.replaceWith(draw_(await answer));
    } catch (error) {
        if (error.name !== "AbortError") place.replaceChildren(failed(error));
    }
}

/* The days that are chosen, else the last month that pages tell of. */
function period() {
    const until = get("until"),
        since = get("since");
    return { day: until || null, days: since && until ? Math.max(1, Math.min(366, daysBetween(since, until) + 1)) : 30 };
}

/* Sums lead to what they are sums of: the ledger of these days, the highest toll first. */
function lede({ since, until, now, before, published }) {
    const days_ = { since, until };
    const to = (words, changes) => h("a", { class: "fig", href: link("ledger", { ...days_, ...changes }) }, words);
    const sum = (harm) => (now[harm] ? to(`${range(now[harm])} ${harm}`, { type: "ASSAULT", sort: "killed" }) : null);
    const parts = [
        [to(plural(now.attacks, "attack"), { type: "ASSAULT" }), ` (${count(before.attacks)} in as many days before)`],
        sum("killed"),
        sum("wounded"),
        now.contested ? to(`${count(now.contested)} disputed`, { contested: 1 }) : null,
        now.one_sided ? `${count(now.one_sided)} told by one side alone` : null,
        published ? `${plural(published.pages, "page")} of ${plural(published.outlets, "outlet")}` : null,
        published?.cut_off ? `${plural(published.cut_off, "page")} cut off` : null,
    ].filter(Boolean);
    return parts.map((part_, i) => [i ? " · " : "", part_]);
}

const part = (name, href, ...rest) => h("section", { class: "front-part" }, h("h2", {}, href ? h("a", { href }, name) : name), rest);

/* The place leads, then what happened; where no place is told, what happened leads. */
function placed(one) {
    const place = whereOf(one.place);
    return [
        h("a", { class: "what", href: link("ledger", { h: one.id }) }, place || whatOf(one)),
        place ? h("span", { class: "quiet" }, ` ${whatOf(one).toLowerCase()}`) : null,
    ].filter(Boolean);
}

function tolls({ items }) {
    const rows = items.filter((one) => one.killed || one.wounded).slice(0, 16);
    return part(
        "Tolls, latest first",
        link("ledger"),
        rows.length
            ? h(
                  "table",
                  { class: "rows tolls" },
                  h(
                      "thead",
                      {},
                      h(
                          "tr",
                          {},
                          h("th", { scope: "col" }, "Day"),
                          h("th", { scope: "col" }, "Where and what"),
                          h("th", { scope: "col", class: "num" }, "Killed"),
                          h("th", { scope: "col", class: "num" }, "Wounded"),
                          h("th", { scope: "col", class: "num wide-only" }, "Sources"),
                      ),
                  ),
                  h(
                      "tbody",
                      {},
                      rows.map((one) =>
                          h(
                              "tr",
                              { dataset: { row: "" } },
                              h("td", {}, h("time", { datetime: one.date ?? "" }, day(one.date, { year: false }))),
                              h("td", {}, ...placed(one)),
                              h("td", { class: "num" }, rangeFigure(one.killed, "killed")),
                              h("td", { class: "num" }, rangeFigure(one.wounded, "wounded")),
                              h("td", { class: "num wide-only" }, h("a", { class: "fig", href: link("ledger", { h: one.id }) }, count(one.sources))),
                          ),
                      ),
                  ),
              )
            : h("p", { class: "quiet" }, "No page gives a count that stands."),
    );
}

function dispute(answer) {
    return part(
        "Disputed",
        link("ledger", { contested: 1 }),
        answer.items.length
            ? h(
                  "ul",
                  { class: "brief" },
                  answer.items.map((one) =>
                      h(
                          "li",
                          { dataset: { row: "" } },
                          ...placed(one),
                          h("span", { class: "quiet" }, `, ${days(one.date, one.date_to)}`),
                          h(
                              "div",
                              {},
                              tollLine(one),
                              h("span", { class: "quiet small" }, sidesName((one.voices ?? []).filter(Boolean))),
                          ),
                      ),
                  ),
              )
            : h("p", { class: "quiet" }, "Sources do not contradict each other."),
    );
}

function standing(answer) {
    return part(
        "Talks",
        link("talks"),
        answer.items.length ? h("ul", { class: "brief" }, answer.items.slice(0, 4).map(talk)) : h("p", { class: "quiet" }, "No page tells of talks."),
    );
}

function talk(one) {
    const last = one.rounds.at(-1),
        from = last?.told_by?.[0];
    const words = last
        ? [last.round ? `Round ${last.round}` : "Talks", last.date ? day(last.date) : null, last.place].filter(Boolean).join(", ")
        : "no round told";
    return h(
        "li",
        { dataset: { row: "" } },
        h("b", {}, one.parties.map(sideName).join(" and ")),
        h("div", {}, from ? h("a", { class: "fig", href: readAt({ document: from.document, talk: from.talk, span: from.span }), title: from.text }, words) : words),
        one.issues.length ? h("div", { class: "quiet small" }, one.issues.map((issue) => `${issue.topic}: ${issue.status}`).join(" · ")) : null,
    );
}

const ALARM = { site: ["site", "sites"], toll: ["high toll", "violence"], ahead: ["ahead", "ceasefire"], violation: ["ceasefire", "ceasefire"] };

function alarms(one) {
    const rows = (one.alarms ?? []).filter((row) => ALARM[row.kind] && row.happening); // disputes have their own part
    return part(
        `Alarms, ${days(one.since, one.until)}`,
        null,
        rows.length ? h("ul", { class: "brief alarms" }, rows.slice(0, 12).map(alarm)) : h("p", { class: "quiet" }, "None in these days."),
    );
}

function alarm({ kind, site, from, happening }) {
    const [word, colour] = ALARM[kind];
    const said = [titleOf(happening), happening.date ? day(happening.date, { year: false }) : null].filter(Boolean).join(", ");
    return h(
        "li",
        { dataset: { row: "" } },
        h("span", { class: ["tag", colour] }, site ?? word),
        from ? h("a", { class: "fig", href: readAt(from), dataset: { page: from.document, item: from.event } }, said) : h("span", {}, said),
        h("span", { class: "figs" }, tollLine(happening)),
    );
}

function fresh(answer) {
    return part(
        "Latest pages",
        null,
        answer.items.length
            ? h(
                  "ul",
                  { class: "brief pages" },
                  answer.items.map((row) =>
                      h(
                          "li",
                          { dataset: { row: "" } },
                          h("a", { class: "bare serif", dir: "auto", href: readAt({ document: row.document }) }, row.title ?? "Untitled page"),
                          row.access === "truncated" || row.access === "blocked" ? h("span", { class: "tag warn" }, "cut off") : null,
                          h("div", { class: "quiet small" }, [row.outlet, row.published ? day(row.published) : null].filter(Boolean).join(" · ")),
                      ),
                  ),
              )
            : h("p", { class: "quiet" }, "No page."),
    );
}
