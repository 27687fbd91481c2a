// filters.js - the row of filters above every view; what they say stands in the address.
import { h, byId } from "./dom.js";
import { get, go, here, state, FILTERS } from "./state.js";
import { ask } from "./api.js";
import { dayField } from "./components.js";
import { countryName, day, days, sideName, typeNames } from "./format.js";

const REALIS = [
    ["", "Any way"],
    ["actual,ongoing", "Said to have happened"],
    ["planned,possible,threatened", "Planned, feared, threatened"],
    ["negated,denied", "Denied"],
];
const CONFIDENCE = [
    ["", "Any"],
    ["0.5", "50 % up"],
    ["0.7", "70 % up"],
    ["0.9", "90 % up"],
];

const set = (name, value) =>
    go(here({ [name]: value.trim(), page: null, at: null, span: null, ...(name === "place" ? { near: null, km: null, bbox: null } : {}) }));

/** What a view asks by; those that are not here ask by all. What does not matter in a view is not to be had there, but stays for the others. */
const HEEDED = { talks: ["since", "until", "side"], ceasefire: [], sites: ["since", "until"], search: ["since", "until", "source"] };
export const heeds = (name, view = state.view) => !HEEDED[view] || HEEDED[view].includes(name) || (view === "search" && name === "q");

function field(name, label, control) {
    control.name = name;
    control.addEventListener("change", () => set(name, control.value));
    return h("label", { class: "field", dataset: { filter: name } }, h("span", {}, label), control);
}

const dayOf = (name, label) =>
    h("div", { class: "field", dataset: { filter: name } }, h("label", { for: `day-${name}` }, label), dayField({ name, id: `day-${name}`, onpick: (value) => set(name, value) }));

const text = (list, placeholder) => h("input", { type: "text", list, placeholder, autocomplete: "off", spellcheck: "false" });
const choice = (options) =>
    h(
        "select",
        {},
        options.map(([value, label]) => h("option", { value }, label)),
    );

export function buildFilters(root) {
    const form = h(
        "form",
        { onsubmit: (event) => event.preventDefault() },
        dayOf("since", "From"),
        dayOf("until", "To"),
        field("place", "Place", text("places", "any place")),
        field("side", "Side that acts or suffers", text("sides", "any side")),
        field("type", "What", choice([["", "Anything"], ...Object.entries(typeNames).sort((a, b) => a[1].localeCompare(b[1]))])),
        field("source", "Who says so", text("sources", "any source")),
        field("realis", "Told as", choice(REALIS)),
        field("confidence", "Machine is sure", choice(CONFIDENCE)),
        h(
            "button",
            {
                class: "button",
                type: "button",
                id: "clear",
                onclick: () => go(here(Object.fromEntries([...FILTERS, "page", "at", "span"].map((name) => [name, null])))),
            },
            "Clear",
        ),
        h("datalist", { id: "places" }),
        h("datalist", { id: "sides" }),
        h("datalist", { id: "sources" }),
    );
    root.replaceChildren(
        h("button", {
            class: "words",
            type: "button",
            id: "filter-words",
            "aria-expanded": "false",
            onclick: () => openFilters(!root.classList.contains("open")),
        }),
        form,
    );
    suggest(form, "place", "places", "places");
    suggest(form, "side", "actors", "sides");
    suggest(form, "source", "outlets", "sources");
}

export function openFilters(open) {
    byId("filters").classList.toggle("open", open);
    byId("filter-words").setAttribute("aria-expanded", String(open));
}

/** What is typed may be anything; the list offers what the store has that begins so. */
function suggest(form, name, what, list) {
    const input = form.querySelector(`[name=${name}]`);
    let wait = null;
    input.addEventListener("input", () => {
        clearTimeout(wait);
        wait = setTimeout(() => offer(what, list, input.value.trim()), 150);
    });
}

export async function offer(what, list, q) {
    if (!q) return;
    try {
        const { items } = await ask("suggestions", { what, q });
        byId(list).replaceChildren(
            ...items.map((row) =>
                h(
                    "option",
                    { value: what === "actors" ? (row.code ?? row.name) : row.name },
                    [row.name, row.code ? sideName(row.code) : row.country ? countryName(row.country) : null].filter(Boolean).join(", "),
                ),
            ),
        );
    } catch {
        /* one can type without it */
    }
}

/** "4–7 Sept 2025 · Omdurman · attacks" */
export function filterWords() {
    const parts = [];
    const given = (name) => (heeds(name) ? get(name) : "");
    const since = given("since"),
        until = given("until");
    if (since && until) parts.push(days(since, until));
    else if (since) parts.push(`from ${day(since)}`);
    else if (until) parts.push(`to ${day(until)}`);
    for (const name of ["place", "side", "source", "q"]) if (given(name)) parts.push(name === "source" ? `said by ${get(name)}` : name === "side" ? sideName(get(name)) : get(name));
    if (heeds("place") && get("near")) parts.push(`within ${get("km") || 25} km of ${get("near")}`);
    if (heeds("place") && get("bbox")) parts.push("in the map's frame");
    if (given("type"))
        parts.push(
            get("type")
                .split(",")
                .map((type) => typeNames[type] ?? type)
                .join(", "),
        );
    if (given("realis")) parts.push(REALIS.find(([value]) => value === get("realis"))?.[1] ?? get("realis"));
    if (given("confidence")) parts.push(`sure to ${Math.round(get("confidence") * 100)} %`);
    return parts.join(" · ");
}

export function showFilters() {
    const root = byId("filters");
    for (const label of root.querySelectorAll("[data-filter]")) {
        const name = label.dataset.filter;
        const control = label.querySelector("input[name], select");
        const value = get(name);
        if (control.tagName === "SELECT" && value && ![...control.options].some((option) => option.value === value))
            control.append(h("option", { value }, value));
        if (document.activeElement !== control || control.value !== value) control.value = value;
        label.classList.toggle("set", value !== "");
        control.disabled = !heeds(name);
        label.classList.toggle("unheeded", control.disabled);
        label.title = control.disabled ? "This view does not ask for it; it holds in the others" : "";
    }
    root.hidden = HEEDED[state.view]?.length === 0;
    const words = filterWords();
    byId("filter-words").replaceChildren("Showing ", h("b", {}, words || "everything"), h("span", { class: "noprint" }, " ▾"));
    byId("clear").disabled = !FILTERS.some((name) => state.params.get(name));
}
