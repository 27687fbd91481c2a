// lanes.js - happenings over time, a lane a kind, drawn as SVG; dragging or the keyboard chooses days.
import { s, h } from "./dom.js";
import { addDays, day, days as period, daysBetween, plural } from "./format.js";

export const LANES = [
    ["violence", "Violence"],
    ["talks", "Talks"],
    ["ceasefires", "Ceasefires"],
    ["sites", "Sites"],
];

function ticks(from, to, width) {
    const span = daysBetween(from, to) + 1;
    const room = Math.max(2, Math.floor(width / 95));
    const out = [];
    if (span > 45) {
        // months
        const at = new Date(`${from.slice(0, 7)}-01T00:00:00Z`);
        const step = Math.max(1, Math.ceil(span / 30.4 / room));
        for (; ; at.setUTCMonth(at.getUTCMonth() + step)) {
            const iso = at.toISOString().slice(0, 10);
            if (iso > to) break;
            if (iso >= from) out.push([iso, day(iso.slice(0, 7))]);
        }
        return out;
    }
    const step = [1, 2, 7, 14].find((n) => span / n <= room) ?? 14;
    for (let iso = from; iso <= to; iso = addDays(iso, step)) out.push([iso, day(iso, { year: false })]);
    return out;
}

/** options: {lanes: {name: [{date, count}]}, from, to, binDays, since, until, compact, width, onbrush(since, until), onpick(lane, date)} */
export function lanes(options) {
    const { from, to, compact, width } = options;
    const shown = compact ? LANES.slice(0, 1) : LANES;
    const left = compact ? 0 : width < 500 ? 70 : 86,
        right = 8,
        lane = compact ? 30 : 64,
        top = 4,
        axis = 20;
    const height = top + shown.length * lane + axis;
    const span = daysBetween(from, to) + 1,
        inner = width - left - right,
        unit = inner / span;
    const binDays = options.binDays ?? 1;
    const x = (iso) => left + daysBetween(from, iso) * unit;
    const root = s("svg", { class: "chart lanes", viewBox: `0 0 ${width} ${height}`, height, role: "img", "aria-label": caption(options, shown) });
    const base = (i) => top + (i + 1) * lane;
    for (const [iso, label] of ticks(from, to, inner))
        if (x(iso) < width - 44)
            root.append(
                s("line", { class: "grid", x1: x(iso), x2: x(iso), y1: top, y2: height - axis }),
                s("text", { x: x(iso) + 2, y: height - 6 }, label),
            );
    shown.forEach(([name, label], i) => {
        const bins = (options.lanes[name] ?? []).filter((bin) => bin.date >= from && bin.date <= to);
        const most = Math.max(1, ...bins.map((bin) => bin.count));
        root.append(s("line", { class: "axis", x1: left, x2: width - right, y1: base(i), y2: base(i) }));
        if (!compact)
            root.append(
                s("text", { class: "label", x: 0, y: base(i) - 4 }, label),
                s("text", { x: 0, y: base(i) - lane + 26 }, bins.length ? `most ${most}` : "none told"),
            );
        for (const bin of bins) {
            const tall = Math.max(2, (bin.count / most) * (lane - (compact ? 6 : 14)));
            const wide = Math.max(1.5, unit * binDays - Math.min(2, unit * 0.2));
            const rect = s(
                "rect",
                { class: name, x: x(bin.date), y: base(i) - tall, width: wide, height: tall, rx: Math.min(1, wide / 3) },
                s("title", {}, `${day(bin.date)}: ${plural(bin.count, label.toLowerCase() === "sites" ? "report of sites" : "happening")}`),
            );
            if (outside(options, bin.date)) rect.classList.add("out");
            root.append(rect);
        }
    });
    brush(root, { ...options, x, unit, left, inner, top, bottom: height - axis });
    return root;
}

const outside = ({ since, until }, iso) => (since && iso < since) || (until && iso > until);

function caption({ lanes: all, from, to }, shown) {
    const sums = shown.map(([name, label]) => `${label.toLowerCase()} ${(all[name] ?? []).reduce((sum, bin) => sum + bin.count, 0)}`);
    return `Happenings from ${period(from, to)}: ${sums.join(", ")}`;
}

/* Drag on the chart to choose days; drag again, or click, to choose others. The same with arrow keys on the two handles. */
function brush(root, o) {
    if (!o.onbrush) return;
    const at = (event) => {
        const box = root.getBoundingClientRect();
        const px = (event.clientX - box.left) * (root.viewBox.baseVal.width / box.width);
        return addDays(o.from, Math.max(0, Math.min(daysBetween(o.from, o.to), Math.floor((px - o.left) / o.unit))));
    };
    const band = s("rect", { class: "brush", y: o.top, height: o.bottom - o.top, x: 0, width: 0 });
    const draw = (a, b) => {
        band.setAttribute("x", o.x(a));
        band.setAttribute("width", Math.max(1, (daysBetween(a, b) + 1) * o.unit));
    };
    if (o.since || o.until) draw(max(o.since || o.from, o.from), min(o.until || o.to, o.to));
    const hit = s("rect", { class: "hit", x: o.left, y: o.top, width: o.inner, height: o.bottom - o.top });
    let start = null,
        end = null;
    hit.addEventListener("pointerdown", (event) => {
        start = end = at(event);
        hit.setPointerCapture(event.pointerId);
        draw(start, end);
    });
    hit.addEventListener("pointermove", (event) => {
        if (start) {
            end = at(event);
            draw(min(start, end), max(start, end));
        }
    });
    hit.addEventListener("pointerup", () => {
        if (start) o.onbrush(min(start, end), max(start, end));
        start = null;
    });
    hit.addEventListener("pointercancel", () => {
        start = null;
    });
    root.append(band, hit);
}

const min = (a, b) => (a < b ? a : b);
const max = (a, b) => (a > b ? a : b);

export const legend = () =>
    h(
        "p",
        { class: "legend" },
        LANES.map(([name, label]) => h("span", { class: name }, h("i"), label)),
    );
