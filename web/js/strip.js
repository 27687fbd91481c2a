// strip.js - the thin line of days above a view: where its happenings lie in time, and a brush to choose days.
import { h } from "./dom.js";
import { ask } from "./api.js";
import { get, go, here } from "./state.js";
import { apiFilters } from "./questions.js";
import { lanes } from "./lanes.js";
import { addDays, daysBetween } from "./format.js";

export const BIN_DAYS = { day: 1, week: 7, month: 30.44, year: 365.25 };

/** First and last day to draw: those of the bins, with some air, and at least two weeks. */
export function frame(answer) {
    const all = Object.values(answer.lanes)
        .flat()
        .map((bin) => bin.date)
        .sort();
    if (!all.length) return null;
    let from = all[0],
        to = addDays(all.at(-1), Math.ceil(BIN_DAYS[answer.bin] ?? 1) - 1);
    while (daysBetween(from, to) < 13) {
        from = addDays(from, -1);
        to = addDays(to, 1);
    }
    return { from, to };
}

export const brushed = (since, until) => go(here({ since, until, page: null, at: null }));

export async function addStrip(root, signal) {
    const box = h("div", { class: "strip noprint" });
    root.append(box);
    try {
        const answer = await ask("timeline", apiFilters({ without: ["since", "until"] }), signal);
        const range = frame(answer);
        if (!range) return box.remove();
        const render = () =>
            box.replaceChildren(
                lanes({
                    lanes: answer.lanes,
                    ...range,
                    binDays: BIN_DAYS[answer.bin],
                    compact: true,
                    width: Math.max(280, box.clientWidth || 900),
                    since: get("since"),
                    until: get("until"),
                    onbrush: brushed,
                }),
            );
        requestAnimationFrame(render);
        const watch = new ResizeObserver(render);
        watch.observe(box);
        signal.addEventListener("abort", () => watch.disconnect());
    } catch (error) {
        if (error.name !== "AbortError") box.remove();
    }
}
