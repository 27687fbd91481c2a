// timeline.js - four lanes of happenings over time; what is brushed is what every other view shows.
import { h } from "../dom.js";
import { ask } from "../api.js";
import { get, here, link } from "../state.js";
import { empty, head, lane, moreButton, readAt, tollLine, whatOf, whereOf } from "../components.js";
import { day, days, plural, sourceName, weekdayOf } from "../format.js";
import { apiFilters } from "../questions.js";
import { files } from "../files.js";
import { BIN_DAYS, brushed, frame } from "../strip.js";
import { lanes, LANES, legend } from "../lanes.js";
import { csv, saveChart } from "../save.js";

const BIN_WORD = { day: "day", week: "week", month: "month", year: "year" };
let answer = null;

export async function draw(root, signal) {
    const filters = apiFilters({ without: ["since", "until"] });
    const [times, list] = await Promise.all([ask("timeline", filters, signal), ask("happenings", { ...apiFilters(), limit: 120 }, signal)]);
    answer = times;
    const range = frame(answer);
    root.append(
        head(
            "Timeline",
            range
                ? `A bar is a ${BIN_WORD[answer.bin] ?? "day"}. Drag over the bars to choose days; the choice holds in every view. From the keyboard: the From and To fields above.`
                : null,
            get("since") || get("until") ? h("a", { class: "button", href: here({ since: null, until: null }) }, "All days") : null,
            files(
                ...["svg", "png"].map((kind) =>
                    h(
                        "button",
                        {
                            type: "button",
                            onclick: () => saveChart(kind, "timeline", document.querySelector(".view-timeline .lanes"), "Timeline of happenings"),
                        },
                        `Timeline as ${kind.toUpperCase()}`,
                    ),
                ),
                h("button", { type: "button", onclick: saveBins }, "Counts as CSV"),
            ),
        ),
    );
    if (!range) return root.append(empty("No day to show", "No page tells of anything like that. Take a filter away."));
    const box = h("div", { class: "lanes-box" });
    let items = list.items;
    const days_ = h("div", {}, listOf(items));
    const add = (next) => {
        items = [...items, ...next];
        days_.replaceChildren(listOf(items));
    };
    const more = moreButton(list, (cursor) => ask("happenings", { ...apiFilters(), limit: 120, cursor }, signal), add);
    root.append(box, legend(), h("h2", { class: "part" }, chosen(list)), days_, more ?? "");
    const render = () =>
        box.replaceChildren(
            lanes({
                lanes: answer.lanes,
                ...range,
                binDays: BIN_DAYS[answer.bin],
                width: Math.max(300, box.clientWidth || 900),
                since: get("since"),
                until: get("until"),
                onbrush: brushed,
            }),
        );
    requestAnimationFrame(render);
    const watch = new ResizeObserver(render);
    watch.observe(box);
    signal.addEventListener("abort", () => watch.disconnect());
}

function chosen(list) {
    const period =
        get("since") || get("until")
            ? `, ${get("since") && get("until") ? days(get("since"), get("until")) : get("since") ? `from ${day(get("since"))}` : `to ${day(get("until"))}`}`
            : "";
    return `${plural(list.total ?? list.items.length, "happening")}${period}`;
}

function listOf(items) {
    const byDay = new Map();
    for (const one of items) byDay.set(one.date ?? "", [...(byDay.get(one.date ?? "") ?? []), one]);
    return h(
        "div",
        { class: "days" },
        [...byDay].map(([date, rows]) =>
            h(
                "section",
                { class: "day" },
                h(
                    "h3",
                    {},
                    date ? h("time", { datetime: date }, day(date)) : "No day told",
                    date.length === 10 ? h("span", { class: "quiet" }, ` ${weekdayOf(date)}`) : null,
                ),
                h(
                    "ul",
                    {},
                    rows.map((one) =>
                        h(
                            "li",
                            { class: `lane-${lane(one)}`, dataset: { row: "" } },
                            h("a", { class: "what", href: link("ledger", { h: one.id }) }, whatOf(one)),
                            " ",
                            h("span", { class: "quiet" }, whereOf(one.place)),
                            " ",
                            tollLine(one),
                            one.lead
                                ? h(
                                      "a",
                                      { class: "fig small", href: readAt(one.lead), dataset: { page: one.lead.document, item: one.lead.event } },
                                      sourceName(one.lead),
                                  )
                                : null,
                        ),
                    ),
                ),
            ),
        ),
    );
}

const saveBins = () =>
    csv(
        "timeline.csv",
        [
            ["lane", (row) => row.lane],
            ["from", (row) => row.date],
            ["bin", () => answer.bin],
            ["happenings", (row) => row.count],
        ],
        LANES.flatMap(([name]) => (answer.lanes[name] ?? []).map((bin) => ({ lane: name, ...bin }))),
    );
