// state.js - the address is the state: "#/ledger?since=2025-09-01&place=Omdurman&page=11b837bb5379fe70&at=V1". What is shown follows from it
// alone, so that every view can be shared, and Back goes back.

/** Filters that hold in every view. */
export const FILTERS = ["q", "since", "until", "place", "near", "km", "bbox", "side", "type", "source", "realis", "confidence"];
/** What the reader's panel shows. */
const PANEL = ["page", "at", "span"];
/** Where the map stands: in the address, but no reason to draw the view anew. */
const QUIET = ["c"];

export const VIEWS = ["overview", "map", "timeline", "ledger", "talks", "ceasefire", "sites", "search", "review"];

export function parse(hash) {
    const [path, query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
    return { view: VIEWS.includes(path) ? path : "overview", params: new URLSearchParams(query) };
}

export let state = parse(location.hash);

function address(view, params) {
    const query = params.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
    return `#/${view}${query ? `?${query}` : ""}`;
}

function changed(params, changes) {
    for (const [name, value] of Object.entries(changes)) {
        if (value === null || value === undefined || value === "") params.delete(name);
        else params.set(name, value);
    }
    return params;
}

/** The address of a view under the present filters; its own settings and the panel are left behind unless given. */
export function link(view, changes = {}) {
    const params = new URLSearchParams();
    for (const name of FILTERS) if (state.params.get(name)) params.set(name, state.params.get(name));
    return address(view, changed(params, changes));
}

/** The present address with some parameters changed; null takes one away. */
export const here = (changes) => address(state.view, changed(new URLSearchParams(state.params), changes));

export const go = (hash) => {
    location.hash = hash;
};
const listeners = new Set();
export const onChange = (listener) => listeners.add(listener);

function update() {
    state = parse(location.hash);
    listeners.forEach((listener) => listener());
}

export const follow = () => addEventListener("hashchange", update);

/** As go, without a step for Back: for what changes while one drags or types. */
export function replace(hash) {
    history.replaceState(null, "", hash);
    update();
}

export const get = (name) => state.params.get(name) ?? "";
export const filters = () => Object.fromEntries(FILTERS.map((name) => [name, get(name)]).filter(([, value]) => value));
/** What a view depends on: everything but the panel and the quiet ones. */
export function viewKey() {
    const params = new URLSearchParams(state.params);
    [...PANEL, ...QUIET].forEach((name) => params.delete(name));
    return address(state.view, params);
}
export const panelKey = () => PANEL.map(get).join("\n");
