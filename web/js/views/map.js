// map.js - where it happened. Pins and clusters come from the server, aggregated for the frame and scale; beside the map the same as a list.
import { h, s, byId } from "../dom.js";
import { ask } from "../api.js";
import { get, here, link, replace } from "../state.js";
import { empty, failed, head, lane, tollLine, whatOf, whereOf } from "../components.js";
import { countryName, days, plural, rangeWords } from "../format.js";
import { apiFilters } from "../questions.js";
import { files } from "../files.js";
import { addStrip } from "../strip.js";
import { colour, loadBase } from "../mapbase.js";
import { cluster, clusterRadius, icon, pin, pinRadius } from "../pins.js";
import { saveDrawing } from "../save.js";

let stage = null; // {L, map, base, items}

export async function draw(root, signal) {
    root.append(
        head(
            "Map",
            "A pin is what happened at one place on one day; a number, how many near each other. The list holds the same.",
            h("button", { class: "button", type: "button", onclick: () => fit(stage?.items) }, "Show all"),
            files(
                h("button", { type: "button", onclick: () => saveMap("svg") }, "Map as SVG"),
                h("button", { type: "button", onclick: () => saveMap("png") }, "Map as PNG"),
            ),
        ),
    );
    addStrip(root, signal);
    const canvas = h(
        "div",
        { class: "map", id: "map", role: "region", "aria-label": "Map of happenings; the list beside it holds the same" },
        h("p", { class: "map-wait skeleton", role: "status" }, "The map is being drawn …"),
    );
    const list = h("div", { class: "map-list", id: "map-list" });
    root.append(h("div", { class: "map-frame" }, h("div", {}, canvas, key()), list));
}

export async function drawn(root, signal) {
    const canvas = root.querySelector("#map");
    listHappenings(signal);
    try {
        const base = await loadBase();
        if (signal.aborted) return;
        canvas.replaceChildren();
        canvas.classList.add("skeleton"); // until the pins are there
        await begin(canvas, base, signal);
        canvas.classList.remove("skeleton");
    } catch (error) {
        if (signal.aborted) return;
        canvas.replaceWith(
            h(
                "p",
                { class: "note" },
                h("b", {}, "The map's ground is not installed. "),
                "Run ",
                h("code", {}, "tools/web-setup"),
                " (it asks npm for Leaflet and the outlines of countries), then load this page again. The list holds the same happenings.",
            ),
        );
        console.warn(error);
    }
}

const key = () =>
    h(
        "div",
        { class: "map-key" },
        h(
            "span",
            {},
            icon(pin({ high: 1, sources: 1 }), pinRadius(1)),
            icon(pin({ high: 30, sources: 1 }), pinRadius(30)),
            "violence: few, many killed or wounded, by the highest claim",
        ),
        h("span", {}, icon(pin({ high: 6, sources: 3 }), pinRadius(6)), "a piece of the ring for each independent source"),
        h("span", {}, icon(pin({ high: 6, sources: 1, oneSided: true }), pinRadius(6)), "hollow: only one side claims it"),
        h("span", {}, icon(pin({ high: 2, sources: 1, lane: "talks" }), pinRadius(2)), "talks and all that is no violence"),
        h("span", { id: "map-lost", class: "wide-line" }),
        h("span", { id: "map-note", class: "wide-line" }),
    );

/* ---- the map ---- */

async function begin(canvas, base, signal) {
    const { L } = base;
    const map = L.map(canvas, {
        attributionControl: false,
        zoomControl: true,
        minZoom: 2,
        maxZoom: 11,
        zoomSnap: 0.5,
        worldCopyJump: true,
        renderer: L.canvas({ padding: 0.6 }),
    });
    stage = { L, map, base, items: [], pins: L.layerGroup(), names: L.layerGroup() };
    const here_ = stage;
    signal.addEventListener("abort", () => {
        map.stop(); // a zoom under way would go on in a map that is gone
        map.remove();
        if (stage === here_) stage = null;
    });
    map.setView([20, 20], 2);
    ground();
    stage.pins.addTo(map);
    stage.names.addTo(map);
    byId("map-note").textContent = base.note;
    addEventListener("lights", ground, { signal });
    addEventListener("beforeprint", ground, { signal });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", ground, { signal });
    const [lat, lon, zoom] = get("c").split(",").map(Number);
    if (get("c") && [lat, lon, zoom].every(Number.isFinite)) map.setView([lat, lon], zoom);
    else {
        const all = spots(await ask("map", { ...apiFilters(), zoom: 4 }, signal));
        const violence = all.filter((item) => mostly([item]) === "violence");
        fit(violence.length > 2 ? violence : all);
    }
    await look(signal);
    map.on("moveend", () => {
        const at = map.getCenter();
        replace(here({ c: `${at.lat.toFixed(3)},${at.lng.toFixed(3)},${map.getZoom()}` }));
        look(signal);
    });
}

function ground() {
    if (!stage) return;
    const { L, map, base } = stage;
    stage.ground?.remove();
    const land = L.geoJSON(base.land, {
        interactive: false,
        style: { fillColor: colour("--land"), fillOpacity: 1, color: colour("--land"), weight: 0.6 },
    });
    const line = (geometry, style) => L.geoJSON({ type: "Feature", properties: {}, geometry }, { interactive: false, style });
    stage.ground = L.layerGroup([
        land,
        line(base.coast, { color: colour("--coast"), weight: 0.8 }),
        line(base.borders, { color: colour("--border"), weight: 1 }),
        line(base.contested, { color: colour("--border"), weight: 1.2, dashArray: "4 4" }),
    ]).addTo(map);
}

function fit(items) {
    if (!stage || !items?.length) return;
    const bounds = stage.L.latLngBounds(items.map((item) => [item.lat, item.lon]));
    stage.map.fitBounds(bounds.pad(0.15), { maxZoom: 7, animate: false });
}

/* The server's pins and clusters in one shape: {lat, lon, count, ...} */
const spots = (answer) => [
    ...answer.pins.map((one) => ({ ...one, lat: one.place.lat, lon: one.place.lon, place: one.place.name, country: one.place.country, count: 1 })),
    ...answer.clusters.map((one) => ({ ...one, one_sided: false, place: one.place ?? null })),
];

const mostly = (items) => {
    const violent = items.reduce(
        (sum, item) => sum + (item.types ? (item.types.ASSAULT ?? 0) + (item.types.COERCE ?? 0) : lane(item) === "violence" ? 1 : 0),
        0,
    );
    return violent * 2 >= items.reduce((sum, item) => sum + item.count, 0) ? "violence" : "talks";
};

const FEW = 14; // so many pins of one spot stand around it, each alone; more become a number
const cloud = (count) => (count === 1 ? 9 : count <= FEW ? 9 + 8.5 * Math.sqrt(count) : 30);

/* Pins that would lie on each other on the screen become one group; groups that would overlap become one, until none do. */
function gathered(items, map) {
    let groups = items.map((item) => ({ items: [item], count: item.count, at: map.latLngToContainerPoint([item.lat, item.lon]) }));
    for (let merged = true; merged && groups.length > 1;) {
        merged = false;
        const out = [];
        for (const group of groups) {
            const near = out.find(
                (other) => Math.hypot(other.at.x - group.at.x, other.at.y - group.at.y) < (cloud(other.count) + cloud(group.count)) * 0.8,
            );
            if (!near) {
                out.push(group);
                continue;
            }
            const share = group.count / (near.count + group.count);
            near.at = { x: near.at.x + (group.at.x - near.at.x) * share, y: near.at.y + (group.at.y - near.at.y) * share };
            near.items.push(...group.items);
            near.count += group.count;
            merged = true;
        }
        groups = out;
    }
    return groups.flatMap((group) => drawnAs(group, map));
}

/* What a group is called: its place, else its country, or its two countries; none for more. */
function nameOf(items) {
    if (items[0].place && items.every((item) => item.place === items[0].place)) return items[0].place;
    const countries = [...new Set(items.map((item) => item.country))];
    return countries.length < 3 && countries.every(Boolean) ? countries.map(countryName).filter(Boolean).join(", ") : null;
}

/* A group as what is drawn: each pin at its place in a spiral, the highest toll in the middle; or one number for all. */
function drawnAs({ items, count, at }, map) {
    const middle = map.containerPointToLatLng([at.x, at.y]);
    if (count > FEW || items.some((item) => item.count > 1)) {
        const bbox = items
            .map((item) => item.bbox ?? [item.lon, item.lat, item.lon, item.lat])
            .reduce((one, other) => [Math.min(one[0], other[0]), Math.min(one[1], other[1]), Math.max(one[2], other[2]), Math.max(one[3], other[3])]);
        return [
            {
                lat: middle.lat,
                lon: middle.lng,
                count,
                bbox,
                lane: mostly(items),
                place: nameOf(items),
            },
        ];
    }
    const alone = items.length === 1;
    const sorted = [...items].sort((a, b) => toll(b) - toll(a)),
        first = pinRadius(toll(sorted[0]));
    const drawn_ = sorted.map((item, i) => {
        const turn = i * 2.39996,
            far = i ? first * 0.6 + 11.5 * Math.sqrt(i) : 0; // a sunflower: the golden angle
        return {
            ...item,
            dx: Math.cos(turn) * far,
            dy: Math.sin(turn) * far,
            label: i === 0 ? nameOf(items) : null,
            reach: 0,
            middle,
        };
    });
    if (!alone) drawn_[0].reach = Math.max(...drawn_.map((one) => one.dx + pinRadius(toll(one)))) + 3;
    return drawn_;
}

async function look(signal) {
    const { map } = stage;
    const box = map.getBounds();
    const bound = (value, most) => Math.max(-most, Math.min(most, value)).toFixed(4);
    const bbox = [bound(box.getWest(), 180), bound(box.getSouth(), 90), bound(box.getEast(), 180), bound(box.getNorth(), 90)].join(",");
    try {
        const answer = await ask("map", { ...apiFilters({ without: ["bbox"] }), bbox, zoom: Math.round(map.getZoom()) }, signal);
        if (!stage) return;
        stage.items = gathered(spots(answer), map);
        place(stage.items);
        const lost = [
            answer.unplaced ? `${plural(answer.unplaced, "happening")} without a place` : null,
            answer.coarse ? `${plural(answer.coarse, "happening")} placed by country or province only` : null,
        ]
            .filter(Boolean)
            .join(", ");
        byId("map-lost").textContent = lost ? `Not on the map or only roughly: ${lost}.` : "";
    } catch (error) {
        if (error.name !== "AbortError") byId("map-note").textContent = `${error.title ?? error.message}. ${error.detail ?? ""}`;
    }
}

const sentence = (item) =>
    item.count > 1
        ? `${item.place ?? "Here"}: ${plural(item.count, "happening")}`
        : `${whatOf(item)}, ${item.place ?? "place not told"}, ${days(item.date, item.date_to)}: ${
              [
                  ["killed", item.killed],
                  ["wounded", item.wounded],
              ]
                  .filter(([, range]) => range)
                  .map(([harm, range]) => rangeWords(range, harm))
                  .join(", ") || "no count"
          }`;

/** The highest number that somebody claims, of people killed, else wounded. */
export const toll = (item) => Math.max(item.killed?.high ?? 0, (item.wounded?.high ?? 0) / 4);

function place(items) {
    const { L, map, pins, names } = stage;
    pins.clearLayers();
    names.clearLayers();
    const boxes = [],
        labels = [];
    for (const item of [...items].sort((a, b) => b.count - a.count || toll(b) - toll(a))) {
        const many = item.count > 1;
        const drawing = many ? cluster(item) : pin({ high: toll(item), sources: item.sources, oneSided: item.one_sided, lane: lane(item) });
        const r = many ? clusterRadius(item.count) : pinRadius(toll(item));
        const art = icon(drawing, r);
        const size = Number(art.getAttribute("width"));
        const spot = item.middle ?? [item.lat, item.lon];
        const marker = L.marker(spot, {
            icon: L.divIcon({
                html: art,
                className: "pin-icon",
                iconSize: [size, size],
                iconAnchor: [size / 2 - (item.dx ?? 0), size / 2 - (item.dy ?? 0)],
            }),
            title: sentence(item),
            alt: sentence(item),
            riseOnHover: true,
            keyboard: true,
        });
        marker.on("click keypress", (event) => {
            if (event.type === "click" || event.originalEvent.key === "Enter") open(item, marker);
        });
        marker.addTo(pins);
        marker.getElement()?.setAttribute("aria-label", sentence(item));
        const at = map.latLngToContainerPoint(spot),
            x = at.x + (item.dx ?? 0),
            y = at.y + (item.dy ?? 0);
        boxes.push([x - r, y - r, x + r, y + r]);
        const text = many ? item.place : item.label;
        if (text) labels.push([text, spot, (item.reach || r) + 7]);
    }
    for (const [text, spot, dx] of labels) label(text, L.latLng(spot).lat, L.latLng(spot).lng, "town", dx, boxes);
    const named = new Set(labels.flatMap(([text]) => text.split(", ")));
    for (const country of stage.base.labels) {
        if (named.has(country.name)) continue;
        const wide = Math.sqrt(country.area) * 2 ** map.getZoom() * 0.7;
        if (wide > country.name.length * 7 && wide < 2600) label(country.name, country.lat, country.lon, "country", 0, boxes);
    }
}

/* A name is left out where it would lie on another. */
function label(text, lat, lon, kind, dx, boxes) {
    const { L, map, names } = stage;
    const at = map.latLngToContainerPoint([lat, lon]);
    const wide = text.length * (kind === "country" ? 8 : 6.4),
        x = kind === "country" ? at.x - wide / 2 : at.x + dx;
    const box = [x - 2, at.y - 9, x + wide + 2, at.y + 9];
    const size = map.getSize();
    if (box[0] < 0 || box[1] < 0 || box[2] > size.x || box[3] > size.y) return;
    if (boxes.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) return;
    boxes.push(box);
    L.marker([lat, lon], {
        interactive: false,
        keyboard: false,
        icon: L.divIcon({
            html: h("span", { class: `map-name ${kind}`, dataset: { dx: String(Math.round(dx)) } }, text),
            className: "name-icon",
            iconSize: [0, 0],
            iconAnchor: [kind === "country" ? 0 : -dx, 0],
        }),
    }).addTo(names);
}

/* ---- what one pin tells ---- */

async function open(item, marker) {
    const { L, map } = stage;
    if (item.count > 1 && item.bbox && (item.bbox[0] !== item.bbox[2] || item.bbox[1] !== item.bbox[3]) && map.getZoom() < 11) {
        map.fitBounds(
            [
                [item.bbox[1], item.bbox[0]],
                [item.bbox[3], item.bbox[2]],
            ],
            { padding: [60, 60], maxZoom: Math.max(map.getZoom() + 2, 8) },
        );
        return;
    }
    const box = h("div", { class: "pop" }, "…");
    L.popup({ maxWidth: 340, minWidth: 240, autoPanPadding: [30, 30] })
        .setLatLng(marker.getLatLng())
        .setContent(box)
        .openOn(map);
    try {
        const rows =
            item.count > 1
                ? (await ask("happenings", { ...apiFilters({ without: ["bbox"] }), bbox: around(item.bbox), limit: 12 })).items
                : [await ask(`happenings/${encodeURIComponent(item.id)}`)];
        box.replaceChildren(...rows.map(row));
    } catch (error) {
        box.replaceChildren(failed(error));
    }
}

const around = ([west, south, east, north]) =>
    [Math.max(-180, west - 0.001), Math.max(-90, south - 0.001), Math.min(180, east + 0.001), Math.min(90, north + 0.001)]
        .map((n) => n.toFixed(4))
        .join(",");

function row(happening) {
    return h(
        "div",
        { class: "pop-row", dataset: { row: "" } },
        h("a", { class: "what", href: link("ledger", { h: happening.id }) }, whatOf(happening)),
        h("div", { class: "quiet small" }, `${whereOf(happening.place) || "place not told"}, ${days(happening.date, happening.date_to)}`),
        h(
            "div",
            {},
            tollLine(happening),
        ),
        h(
            "div",
            { class: "quiet small" },
            [plural(happening.sources ?? 1, "source"), happening.one_sided ? "one side only" : null].filter(Boolean).join(", "),
        ),
    );
}

async function listHappenings(signal) {
    const box = byId("map-list");
    try {
        const answer = await ask("happenings", { ...apiFilters(), limit: 60, located: 1, sort: "killed" }, signal);
        const rows = answer.items.filter((one) => one.place?.lat !== undefined);
        const lost = answer.items.length - rows.length;
        box.replaceChildren(
            h("h2", {}, "Highest toll first"),
            rows.length ? h("div", {}, rows.map(row)) : empty("Nothing to show", "No happening under these filters has a place on the map."),
            lost
                ? h(
                      "p",
                      { class: "quiet small" },
                      `${plural(lost, "happening")} without a place on the map: see the `,
                      h("a", { href: link("ledger") }, "ledger"),
                      ".",
                  )
                : "",
        );
        const first = get("h") && rows.find((one) => one.id === get("h"));
        if (first && stage) stage.map.setView([first.place.lat, first.place.lon], 7);
    } catch (error) {
        if (error.name !== "AbortError") box.replaceChildren(failed(error));
    }
}

/* ---- the map as a file ---- */

function saveMap(kind) {
    if (!stage) return;
    const { map, base } = stage;
    const size = map.getSize();
    const at = (lon, lat) => {
        const p = map.latLngToContainerPoint([lat, lon]);
        return `${p.x.toFixed(1)} ${p.y.toFixed(1)}`;
    };
    const path = (rings, close) => rings.map((ring) => `M${ring.map(([lon, lat]) => at(lon, lat)).join("L")}${close ? "Z" : ""}`).join("");
    const rings = (geometry) => (geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat());
    const look = { violence: colour("--violence"), talks: colour("--talks") };
    const out = s(
        "svg",
        {
            xmlns: "http://www.w3.org/2000/svg",
            viewBox: `0 0 ${size.x} ${size.y}`,
            width: size.x,
            height: size.y,
            "font-family": "sans-serif",
            "font-size": 11,
        },
        s("title", {}, "Map of happenings"),
        s("rect", { width: size.x, height: size.y, fill: colour("--sea") }),
        base.land.map((one) =>
            s("path", { d: path(rings(one.geometry), true), fill: colour("--land"), stroke: colour("--land"), "stroke-width": 0.6 }),
        ),
        s("path", { d: path(base.coast.coordinates), fill: "none", stroke: colour("--coast"), "stroke-width": 0.8 }),
        s("path", { d: path(base.borders.coordinates), fill: "none", stroke: colour("--border") }),
        s("path", { d: path(base.contested.coordinates), fill: "none", stroke: colour("--border"), "stroke-dasharray": "4 4" }),
    );
    for (const item of stage.items) {
        const spot = map.latLngToContainerPoint(item.middle ?? [item.lat, item.lon]);
        const p = { x: spot.x + (item.dx ?? 0), y: spot.y + (item.dy ?? 0) };
        const drawing = item.count > 1 ? cluster(item) : pin({ high: toll(item), sources: item.sources, oneSided: item.one_sided, lane: lane(item) });
        const ink = look[item.count > 1 ? item.lane : lane(item)];
        drawing.setAttribute("transform", `translate(${p.x.toFixed(1)} ${p.y.toFixed(1)})`);
        for (const part of drawing.children) {
            const kind = part.getAttribute("class") ?? "";
            if (kind === "ground") part.setAttribute("fill", colour("--land"));
            else if (kind.includes("hollow") || kind === "ring") {
                part.setAttribute("fill", "none");
                part.setAttribute("stroke", ink);
                part.setAttribute("stroke-width", 2);
            } else part.setAttribute("fill", part.tagName === "text" ? colour("--surface") : ink);
        }
        out.append(
            drawing,
            s("text", { x: p.x + (item.count > 1 ? clusterRadius(item.count) : item.reach || 9) + 6, y: p.y + 4, fill: colour("--ink") }, (item.count > 1 ? item.place : item.label) ?? ""),
        );
    }
    saveDrawing(kind, "map", out);
}
