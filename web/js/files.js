// files.js - the menu of exports that the server writes, under the present filters.
import { h } from "./dom.js";
import { url } from "./api.js";
import { get } from "./state.js";
import { menu } from "./components.js";
import { apiFilters } from "./questions.js";

const file = (label, what, format) =>
    h("a", { href: url(what, { ...apiFilters(), contested: get("contested"), site: get("site"), format }), download: "" }, label);

/** `own`: buttons of the view itself, in front. */
export const files = (...own) =>
    menu("Export", [
        ...own,
        file("Claims as CSV", "claims", "csv"),
        file("Happenings as CSV", "happenings", "csv"),
        file("Happenings as GeoJSON", "happenings", "geojson"),
        file("Claims as NDJSON", "claims", "ndjson"),
        h("button", { type: "button", onclick: () => print() }, "Print"),
    ]);
