// ceasefire.js - is it holding: as many days after as before, in each area and by each side. A day of which no page tells is not a quiet day.
import { h, s } from "../dom.js";
import { ask } from "../api.js";
import { get, go, here } from "../state.js";
import { dayField, empty, failed, folded, head, menu, rangeFigure, readAt } from "../components.js";
import { addDays, count, countryName, day, plural, rangeWords, sideName, weekdayOf } from "../format.js";
import { csv, saveChart } from "../save.js";

export async function draw(root, signal) {
    const offers = await offered(signal);
    const since = get("from") || offers.days[0]?.date || "";
    const areas =
        get("area") ||
        offers.areas
            .slice(0, 1)
            .map((area) => area.name)
            .join(",");
    const answer =
        since && areas
            ? await ask("ceasefire", { since, days: get("days") || 7, area: areas, parties: get("parties") }, signal).catch((error) => {
                  if (error.name === "AbortError") throw error;
                  return { error };
              })
            : null;
    root.append(
        head(
            "Ceasefire",
            since
                ? `${get("days") || 7} days before and after ${day(since)}. An incident is an attack that some source says took place. Where no page tells of a day, that is not the same as quiet.`
                : "Choose the first day of the ceasefire and the areas to look at.",
            answer?.areas
                ? menu("Export", [
                      ...["svg", "png"].map((kind) =>
                          h(
                              "button",
                              {
                                  type: "button",
                                  onclick: () => saveChart(kind, "ceasefire", document.querySelector(".view-ceasefire .chart"), "Incidents before and after"),
                              },
                              `${answer.areas.length > 1 ? "First chart" : "Chart"} as ${kind.toUpperCase()}`,
                          ),
                      ),
                      h("button", { type: "button", onclick: () => saveDays(answer.areas) }, "Days as CSV"),
                      h("button", { type: "button", onclick: () => print() }, "Print"),
                  ])
                : null,
        ),
    );
    root.append(form(since, areas, offers));
    if (!answer)
        return root.append(
            empty("No ceasefire chosen", "Give its first day and one or more areas: a country, a state or province, a town, or a site."),
        );
    if (answer.error) return root.append(failed(answer.error));
    root.append(...answer.areas.map(area));
}

const PROVINCE = {
    UA: "oblast",
    RU: "oblast",
    BY: "oblast",
    KZ: "oblast",
    SD: "state",
    SS: "state",
    US: "state",
    IN: "state",
    NG: "state",
    MM: "state",
    MX: "state",
    BR: "state",
    VE: "state",
};

/* "North Darfur state": the word behind the name asks the gazetteer for the unit, not for a town of that name. */
function provinceOf({ admin1_name: name, country }) {
    if (!name) return null;
    return /(state|oblast|province|region|governorate|district)$/i.test(name) ? name : `${name} ${PROVINCE[country] ?? "province"}`;
}

/* What to offer: the day after pages tell of an agreement, then days on which one is said to be broken; and where attacks were told of around it. */
async function offered(signal) {
    const told = (await ask("happenings", { q: "ceasefire", actual: 1, limit: 100 }, signal)).items.filter((one) => one.date?.length === 10);
    const days = new Map();
    const offer = (one, date, words) => {
        if (!days.has(date)) days.set(date, { date, words, text: one.lead?.text });
    };
    for (const one of told) if (one.type === "AGREE") offer(one, addDays(one.date, 1), `${day(addDays(one.date, 1))}, agreed the day before`);
    for (const one of told)
        if (one.type !== "AGREE" && one.type !== "REJECT") offer(one, one.date, [day(one.date), one.place?.name].filter(Boolean).join(", "));
    const around = get("from") || [...days.keys()][0];
    const attacks = around
        ? (
              await ask(
                  "happenings",
                  { type: "ASSAULT", actual: 1, located: 1, since: addDays(around, -14), until: addDays(around, 14), limit: 200 },
                  signal,
              )
          ).items
        : [];
    const areas = new Map();
    for (const { place, precision } of attacks)
        for (const name of new Set([countryName(place.country), provinceOf(place), precision === "city" ? place.name : null]))
            if (name) areas.set(name, (areas.get(name) ?? 0) + 1);
    return {
        days: [...days.values()],
        areas: [...areas].sort((one, other) => other[1] - one[1]).map(([name, attacks_]) => ({ name, text: plural(attacks_, "attack") })),
    };
}

function form(since, areas, offers) {
    const input = (name, value, type = "text", more = {}) => h("input", { type, name, value, ...more });
    const box = h(
        "form",
        {
            class: "ask noprint",
            onsubmit: (event) => {
                event.preventDefault();
                const data = new FormData(box);
                go(
                    here({
                        from: data.get("from"),
                        days: data.get("days"),
                        area: data.get("area"),
                        parties: data.get("parties"),
                        page: null,
                        at: null,
                    }),
                );
            },
        },
        h("div", { class: "field" }, h("label", { for: "from" }, "First day"), dayField({ name: "from", id: "from", value: since, required: true })),
        h("label", { class: "field" }, h("span", {}, "Days each way"), input("days", get("days") || 7, "number", { min: 1, max: 60 })),
        h(
            "label",
            { class: "field wide" },
            h("span", {}, "Areas, parted by commas"),
            input("area", areas, "text", { required: true, placeholder: "Khartoum state, North Darfur" }),
        ),
        h("label", { class: "field" }, h("span", {}, "Sides (codes)"), input("parties", get("parties"), "text", { placeholder: "all" })),
        h("button", { class: "button main", type: "submit" }, "Show"),
    );
    return h(
        "div",
        {},
        box,
        choices(
            "Days that pages tell of",
            offers.days.slice(0, 6),
            (one) => [here({ from: one.date }), one.words],
            since,
            (one) => one.date,
        ),
        choices(
            "Areas with attacks then",
            offers.areas.slice(0, 10),
            (one) => [here({ area: one.name }), one.name],
            areas,
            (one) => one.name,
        ),
    );
}

function choices(label, rows, of, now, value) {
    if (!rows.length) return null;
    return h(
        "p",
        { class: "offers noprint" },
        h("span", { class: "quiet" }, `${label} `),
        rows.map((one) => {
            const [href, words] = of(one);
            return h("a", { class: "button", href, "aria-current": value(one) === now ? "true" : null, title: one.text }, words);
        }),
    );
}

/* ---- one area ---- */

function area(one) {
    const { before, after } = one;
    const each = one.days.length / 2;
    return h(
        "section",
        { class: "area" },
        h(
            "h2",
            {},
            one.name ?? one.area,
            one.country && countryName(one.country) !== one.name ? h("span", { class: "quiet" }, `, ${countryName(one.country)}`) : null,
        ),
        h("div", { class: "area-top" }, bars(one), h("div", {}, sums(before, after, each), byParty(one))),
        table(one),
    );
}

/* Before and after, one below the other, so that each figure stands under its like. */
function sums(before, after, each) {
    const line = (label, total) =>
        h(
            "tr",
            {},
            h("th", { scope: "row" }, label),
            h("td", { class: "num lead" }, count(total.incidents)),
            ["killed", "wounded"].map((harm) => h("td", { class: "num" }, rangeFigure(total[harm], harm))),
            h("td", { class: "num" }, count(total.accusations)),
            h("td", { class: "num quiet" }, `${total.days_reported} of ${each}`),
        );
    return h(
        "table",
        { class: "rows sums" },
        h("thead", {}, h("tr", {}, h("td", {}), ["Incidents", "Killed", "Wounded", "Accusations", "Days told of"].map((label) => h("th", { scope: "col", class: "num" }, label)))),
        h("tbody", {}, line("Before", before), line("After", after)),
    );
}

/* Bars of incidents a day; a day without a report is hatched, a day told of without an attack is a flat line. */
function bars(one) {
    const days = one.days,
        wide = Math.min(720, Math.max(320, innerWidth - 32)),
        high = 158,
        left = 28,
        base = 120,
        unit = (wide - left) / days.length;
    const most = Math.max(1, ...days.map((d) => d.incidents));
    const split = days.findIndex((d) => d.period === "after");
    const name = `hatch-${one.area.replace(/\W/g, "")}`;
    const root = s(
        "svg",
        {
            class: "chart",
            viewBox: `0 0 ${wide} ${high}`,
            role: "img",
            "aria-label": `${one.area}: incidents a day, ${one.before.incidents} before and ${one.after.incidents} after`,
        },
        s(
            "defs",
            {},
            s(
                "pattern",
                { id: name, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
                s("line", { class: "axis", x1: 0, y1: 0, x2: 0, y2: 6 }),
            ),
        ),
        s("text", { x: 0, y: 30 }, String(most)),
        s("text", { x: 0, y: base }, "0"),
        s("line", { class: "grid", x1: left, x2: wide, y1: 26, y2: 26 }),
        s("line", { class: "axis", x1: left, x2: wide, y1: base, y2: base }),
    );
    days.forEach((d, i) => {
        const x = left + i * unit,
            tall = (d.incidents / most) * (base - 26);
        const title = s(
            "title",
            {},
            `${day(d.date)}: ${d.state === "no report" ? "no report" : plural(d.incidents, "incident")}${d.killed ? `, ${rangeWords(d.killed, "killed")}` : ""}`,
        );
        if (d.state === "no report") root.append(s("rect", { x: x + 2, y: base - 22, width: unit - 4, height: 22, fill: `url(#${name})` }, title));
        else if (!d.incidents) root.append(s("rect", { class: "ceasefire", x: x + 2, y: base - 2, width: unit - 4, height: 4 }, title));
        else
            root.append(
                s("rect", { class: "violence", x: x + 2, y: base - tall, width: unit - 4, height: tall }, title),
                s("text", { class: "label", x: x + unit / 2, y: base - tall - 4, "text-anchor": "middle" }, String(d.incidents)),
            );
        if (d.accusations)
            root.append(
                s(
                    "path",
                    { class: "ceasefire", d: `M${x + unit / 2 - 5} ${base + 6}h10l-5 7z` },
                    s("title", {}, plural(d.accusations, "accusation")),
                ),
            );
        if (i % Math.ceil((days.length * 46) / wide) === 0)
            root.append(s("text", { x: x + unit / 2, y: high - 8, "text-anchor": "middle" }, day(d.date, { year: false })));
    });
    if (split > 0)
        root.append(
            s("line", { class: "axis", x1: left + split * unit, x2: left + split * unit, y1: 0, y2: base + 14, "stroke-dasharray": "3 3" }),
            s("text", { x: left + split * unit + 4, y: 8 }, "ceasefire"),
        );
    return h(
        "figure",
        { class: "bars" },
        root,
        h(
            "figcaption",
            { class: "legend" },
            h("span", { class: "violence" }, h("i"), "incidents"),
            h("span", { class: "hatch" }, h("i"), "no report"),
            h("span", { class: "ceasefire" }, h("i"), "told of, no attack; ▾ accusation"),
        ),
    );
}

function byParty(one) {
    const rows = new Map();
    for (const d of one.days)
        for (const party of d.parties ?? []) {
            const row = rows.get(party.party) ?? { before: 0, after: 0, accused: 0 };
            row[d.period] += party.incidents;
            row.accused += party.accusations ?? 0;
            rows.set(party.party, row);
        }
    if (!rows.size) return null;
    const most = Math.max(1, ...[...rows.values()].flatMap((row) => [row.before, row.after]));
    const bar = (n, kind) => h("span", { class: `mini ${kind}` }, h("meter", { min: 0, max: most, value: n, "aria-hidden": "true" }), ` ${n}`);
    return h(
        "table",
        { class: "rows parties" },
        h(
            "thead",
            {},
            h(
                "tr",
                {},
                h("th", { scope: "col" }, "By whom, as claimed"),
                h("th", { scope: "col" }, "Incidents before"),
                h("th", { scope: "col" }, "Incidents after"),
                h("th", { scope: "col", class: "num" }, "Accused of violating"),
            ),
        ),
        h(
            "tbody",
            {},
            [...rows]
                .sort()
                .map(([code, row]) =>
                    h(
                        "tr",
                        {},
                        h("td", {}, sideName(code), h("span", { class: "code" }, ` ${code}`)),
                        h("td", {}, bar(row.before, "before")),
                        h("td", {}, bar(row.after, "after")),
                        h("td", { class: "num" }, String(row.accused)),
                    ),
                ),
        ),
    );
}

function table(one) {
    return h(
        "table",
        { class: "rows stack" },
        h(
            "thead",
            {},
            h(
                "tr",
                {},
                ["Day", "Incidents", "Killed", "Wounded", "Who says what"].map((label, i) =>
                    h("th", { scope: "col", class: i > 0 && i < 4 ? "num" : null }, label),
                ),
            ),
        ),
        h(
            "tbody",
            {},
            one.days.map((d) =>
                h(
                    "tr",
                    { class: [d.period, d.state === "no report" && "no-report"], dataset: { row: "" } },
                    h(
                        "td",
                        {},
                        h("time", { datetime: d.date }, day(d.date, { year: false })),
                        h("span", { class: "quiet" }, ` ${weekdayOf(d.date)}`),
                    ),
                    h(
                        "td",
                        { class: "num", dataset: { label: "incidents" } },
                        d.state === "no report" ? h("span", { class: "quiet" }, "no report") : String(d.incidents),
                    ),
                    h("td", { class: "num", dataset: { label: "killed" } }, d.killed ? rangeFigure(d.killed, "killed") : null),
                    h("td", { class: "num", dataset: { label: "wounded" } }, d.wounded ? rangeFigure(d.wounded, "wounded") : null),
                    h("td", {}, saying(d)),
                ),
            ),
        ),
    );
}

/* Who is said to have done it, and the sentences that tell of the day. */
function saying(d) {
    const parts = (d.parties ?? []).map((party) =>
        h(
            "p",
            {},
            sideName(party.party),
            party.incidents ? ` ${plural(party.incidents, "incident")}, as ${list(party.said_by)} say` : "",
            party.denied_by?.length ? `, ${list(party.denied_by)} deny it` : "",
            party.accusations ? `; accused by ${list(party.accused_by)}` : "",
        ),
    );
    const told = [...(d.happenings ?? []).flatMap((one) => one.claims ?? []), ...(d.violations ?? []), ...(d.told ?? [])].filter(Boolean);
    const seen = new Set();
    const rows = told.filter((row) => {
        const key = `${row.document}${row.event}`;
        return row.document && !seen.has(key) && seen.add(key);
    });
    return [
        parts,
        rows.length
            ? h(
                  "ul",
                  { class: "tellers" },
                  folded(
                      alike(rows),
                      6,
                      ([row, times]) =>
                          h(
                              "li",
                              {},
                              h("a", { class: "bare quote", dir: "auto", href: readAt(row) }, row.text),
                              times > 1 ? h("span", { class: "quiet small" }, ` on ${plural(times, "page")}`) : null,
                          ),
                      "sentences",
                  ),
              )
            : null,
    ];
}

/* The same words on many pages are told once. */
function alike(rows) {
    const all = new Map();
    for (const row of rows) all.set(row.text, [all.get(row.text)?.[0] ?? row, (all.get(row.text)?.[1] ?? 0) + 1]);
    return [...all.values()];
}

const list = (names) => (names ?? []).map((name) => (/^[A-Z]{3}/.test(name) ? sideName(name) : name)).join(", ");

const saveDays = (areas) =>
    csv(
        "ceasefire.csv",
        [
            ["area", (r) => r.area],
            ["day", (r) => r.d.date],
            ["period", (r) => r.d.period],
            ["state", (r) => r.d.state],
            ["incidents", (r) => r.d.incidents],
            ["accusations", (r) => r.d.accusations],
            ...["killed", "wounded"].flatMap((harm) => ["low", "best", "high"].map((end) => [`${harm}_${end}`, (r) => r.d[harm]?.[end]])),
        ],
        areas.flatMap((one) => one.days.map((d) => ({ area: one.area, d }))),
    );
