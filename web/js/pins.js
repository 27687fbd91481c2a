// pins.js - a pin a happening: its size is the highest toll, its ring has a piece for each independent source, and it is hollow where
// only one side claims it. The same drawing serves the map, its key and the file that is saved.
import { s } from "./dom.js";

export const pinRadius = (high) => Math.min(22, 5 + 1.9 * Math.sqrt(Math.max(0, high ?? 0)));

function ringPiece(radius, from, to) {
    const point = (turn) => [Math.cos(2 * Math.PI * turn - Math.PI / 2) * radius, Math.sin(2 * Math.PI * turn - Math.PI / 2) * radius];
    const [a, b] = [point(from), point(to)];
    return `M${a[0].toFixed(2)} ${a[1].toFixed(2)}A${radius} ${radius} 0 ${to - from > 0.5 ? 1 : 0} 1 ${b[0].toFixed(2)} ${b[1].toFixed(2)}`;
}

/** A group around 0,0. */
export function pin({ high, sources, oneSided, lane = "violence" }) {
    const r = pinRadius(high);
    const pieces = Math.max(1, Math.min(8, sources || 1));
    const group = s(
        "g",
        { class: ["pin", lane] },
        s("circle", { class: "ground", r: r + 4 }),
        s("circle", { class: oneSided ? "core hollow" : "core", r: oneSided ? r - 1 : r }),
    );
    if (pieces === 1) group.append(s("path", { class: "ring", d: ringPiece(r + 3, 0, 0.999) }));
    else
        for (let i = 0; i < pieces; i++)
            group.append(s("path", { class: "ring", d: ringPiece(r + 3, i / pieces + 0.025, (i + 1) / pieces - 0.025) }));
    return group;
}

export const clusterRadius = (count) => Math.min(26, 11 + 2.4 * Math.log2(count));

/** Many happenings near each other: how many. */
export function cluster({ count, lane = "mixed" }) {
    const r = clusterRadius(count);
    return s(
        "g",
        { class: ["pin", "cluster", lane] },
        s("circle", { class: "core", r }),
        s("text", { "text-anchor": "middle", dy: "0.35em" }, count > 999 ? `${Math.round(count / 100) / 10}k` : String(count)),
    );
}

export function icon(drawing, r) {
    const size = Math.ceil(r + 6) * 2;
    return s("svg", { width: size, height: size, viewBox: `${-size / 2} ${-size / 2} ${size} ${size}`, "aria-hidden": "true" }, drawing);
}
