// keyboard.js - everything by keyboard; "?" shows what there is.
import { h, byId } from "./dom.js";
import { go, link, state, VIEWS, get } from "./state.js";
import { closeReader } from "./reader.js";
import { openFilters } from "./filters.js";

const KEYS = [
    ["1 – 9", "Overview, Map, Timeline, Ledger, Talks, Ceasefire, Sites, Search, Review"],
    ["/", "Search in all pages"],
    ["f", "Filters"],
    ["j  k", "Next and last row"],
    ["Enter", "Open the row's sentence"],
    ["Esc", "Close the reader, a menu or this"],
    ["e", "Exports of this view"],
    ["t", "Light or dark"],
    ["a  r  c", "Review: accept, reject, correct"],
    ["u", "Review: undo"],
    ["?", "This list"],
];

export function showHelp() {
    byId("help")?.remove();
    const dialog = h(
        "dialog",
        { id: "help", "aria-labelledby": "help-title" },
        h(
            "header",
            {},
            h("h2", { id: "help-title" }, "Keys"),
            h("button", { class: "plain", type: "button", onclick: () => dialog.close() }, "Close"),
        ),
        h(
            "div",
            { class: "shortcuts" },
            KEYS.map(([keys, words]) =>
                h(
                    "div",
                    {},
                    h("span", {}, words),
                    h(
                        "span",
                        {},
                        keys.split("  ").map((key) => [h("kbd", {}, key), " "]),
                    ),
                ),
            ),
        ),
    );
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
}

/* j and k walk over the figures' rows of a view: whatever is marked as a row. */
function walk(step) {
    const rows = [...document.querySelectorAll("main [data-row]")];
    if (!rows.length) return;
    const now = rows.findIndex((row) => row.contains(document.activeElement));
    const next = rows[Math.max(0, Math.min(rows.length - 1, now < 0 ? 0 : now + step))];
    const target = next.matches("a, button, [tabindex]") ? next : (next.querySelector("a, button, summary") ?? next);
    if (target === next && !next.matches("a, button")) next.setAttribute("tabindex", "-1");
    target.focus();
    next.scrollIntoView({ block: "nearest" });
}

/** A view may take keys of its own: it listens to "key" on the window and calls preventDefault. */
export function listen({ turnLights }) {
    addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
        const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
        if (event.key === "Escape") {
            if (typing) event.target.blur();
            else if (!document.querySelector("dialog[open]") && get("page")) closeReader();
            return;
        }
        if (typing || document.querySelector("dialog[open]")) return;
        const own = new CustomEvent("key", { detail: event.key, cancelable: true });
        if (!dispatchEvent(own)) {
            event.preventDefault();
            return;
        }
        const acts = {
            "?": showHelp,
            t: turnLights,
            j: () => walk(1),
            k: () => walk(-1),
            f: () => {
                openFilters(true);
                document.querySelector("[data-filter=place] input").focus();
            },
            "/": () => {
                if (state.view === "search") byId("q")?.focus();
                else go(link("search"));
            },
            e: () => {
                const menu = document.querySelector(".view-tools .menu");
                if (menu) {
                    menu.open = true;
                    menu.querySelector("div > *")?.focus();
                }
            },
        };
        const act = /^[1-9]$/.test(event.key) ? () => go(link(VIEWS[event.key - 1])) : acts[event.key];
        if (!act) return;
        event.preventDefault();
        act();
    });
}
