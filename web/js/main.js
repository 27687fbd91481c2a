// main.js - starts the page: views, filters, reader, keyboard. What is shown follows from the address alone (state.js).
import { h, byId, announce, focusStart } from "./dom.js";
import { follow, get, link, onChange, panelKey, state, viewKey, VIEWS } from "./state.js";
import { ask, gone, Problem } from "./api.js";
import { buildFilters, filterWords, showFilters } from "./filters.js";
import { failed, loading } from "./components.js";
import { showReader } from "./reader.js";
import { listen, showHelp } from "./keyboard.js";
import { instant, plural } from "./format.js";

const TITLES = {
    overview: "Overview",
    map: "Map",
    timeline: "Timeline",
    ledger: "Ledger",
    talks: "Talks",
    ceasefire: "Ceasefire",
    sites: "Sites",
    search: "Search",
    review: "Review",
};

/** What the server says of itself; views may look at it. */
export const meta = { value: null };

let drawn = null;
let panel = null;
let running = null;

function buildNav() {
    byId("nav").replaceChildren(...VIEWS.map((view) => h("li", {}, h("a", { href: link(view), dataset: { view } }, TITLES[view]))));
    byId("tools").replaceChildren(
        h("button", { type: "button", onclick: turnLights, id: "lights" }, "Light / dark"),
        h("button", { type: "button", onclick: showHelp, "aria-haspopup": "dialog" }, "Keys ", h("kbd", {}, "?")),
    );
}

function showNav() {
    for (const anchor of byId("nav").querySelectorAll("a")) {
        anchor.href = link(anchor.dataset.view);
        if (anchor.dataset.view === state.view) {
            anchor.setAttribute("aria-current", "page");
            anchor.scrollIntoView({ inline: "center", block: "nearest" });
        } else anchor.removeAttribute("aria-current");
    }
}

/* ---- light and dark: the system's, unless the reader chose ---- */

function lights(theme) {
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    dispatchEvent(new CustomEvent("lights"));
}

export function turnLights() {
    const dark = document.documentElement.dataset.theme
        ? document.documentElement.dataset.theme === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
    const theme = dark ? "light" : "dark";
    try {
        localStorage.setItem("theme", theme);
    } catch {
        /* not kept, that is all */
    }
    lights(theme);
    announce(`${theme} colours`);
}

/* ---- the view ---- */

/* The view is what the address says: for those who listen, and for tests. */
function finished() {
    byId("main").setAttribute("aria-busy", "false");
    byId("main").dataset.address = location.hash;
}

async function showView(force) {
    const key = viewKey();
    if (key === drawn && !force) return;
    byId("main").setAttribute("aria-busy", "true");
    const sameView = drawn?.split("?")[0] === key.split("?")[0];
    drawn = key;
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    const main = byId("main");
    const root = h("div", { class: ["view", `view-${state.view}`] });
    const wait = setTimeout(
        () => {
            if (!signal.aborted) main.replaceChildren(h("h1", { tabindex: "-1" }, TITLES[state.view]), loading());
        },
        sameView ? 250 : 60,
    );
    try {
        const view = await import(`./views/${state.view}.js`).catch((error) => {
            throw error instanceof SyntaxError ? error : gone();
        });
        await view.draw(root, signal, () => showView(true));
        if (signal.aborted) return;
        clearTimeout(wait);
        main.replaceChildren(root);
        view.drawn?.(root, signal);
        finished();
        document.title = `${TITLES[state.view]}${filterWords() ? `: ${filterWords()}` : ""} · dateline`;
        if (!sameView && !get("page")) focusStart(main.querySelector("h1"));
        if (!sameView) announce(TITLES[state.view]);
    } catch (error) {
        clearTimeout(wait);
        if (signal.aborted || error.name === "AbortError") return;
        if (!(error instanceof Problem)) console.error(error); // what is wrong with the page itself
        finished();
        main.replaceChildren(
            h("h1", { tabindex: "-1" }, TITLES[state.view]),
            failed(error, () => showView(true)),
        );
    }
}

function update() {
    showNav();
    showFilters();
    if (viewKey() === drawn && byId("main").getAttribute("aria-busy") === "false") finished();
    showView(false);
    if (panelKey() !== panel) {
        panel = panelKey();
        showReader();
    }
}

async function showFoot() {
    try {
        const about = await ask("meta");
        meta.value = about;
        const counts = about.counts ?? about.store ?? {};
        const words = [];
        if (counts.pages !== undefined)
            words.push(
                plural(counts.pages, "page"),
                plural(counts.happenings, "happening"),
                plural(counts.claims, "claim"),
                plural(counts.corrections ?? 0, "correction"),
            );
        byId("foot").replaceChildren(
            h("span", {}, words.join(" · ")),
            about.last_seen ? h("span", {}, "last page seen ", h("time", { datetime: about.last_seen }, instant(about.last_seen))) : null,
            h("span", {}, ["dateline", about.version, about.engines?.at(-1)?.model].filter(Boolean).join(" ")),
        );
    } catch (error) {
        byId("foot").textContent = error.detail ?? error.message;
    }
}

function start() {
    try {
        lights(localStorage.getItem("theme"));
    } catch {
        /* the system's colours */
    }
    buildNav();
    buildFilters(byId("filters"));
    byId("skip").addEventListener("click", () => byId("main").focus());
    onChange(update);
    follow();
    listen({ turnLights });
    update();
    showFoot();
}

start();
