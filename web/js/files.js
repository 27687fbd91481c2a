// files.js - the menu of exports that the server writes, under the present filters.
import { h } from "./dom.js";
import { url } from "./api.js";
import { menu } from "./components.js";
import { apiFilters } from "./questions.js";

export const file = (label, params) => h("a", { href: url("export", { ...apiFilters(), ...params }), download: "" }, label);

/** `own`: buttons of the view itself, in front. */
export const files = (...own) => menu("Export", [...own, file("Events as CSV", { what: "events", format: "csv" }), file("Events as GeoJSON", { what: "events", format: "geojson" }), file("Happenings as NDJSON", { what: "happenings", format: "ndjson" }), h("button", { type: "button", onclick: () => print() }, "Print")]);
