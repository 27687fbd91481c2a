// dom.js - builds elements. Whatever comes from a page of news goes through here as text, never as markup: the only ways in are
// text nodes, attributes of a fixed list, and listeners.

const SVG = "http://www.w3.org/2000/svg";
const URLS = new Set(["href", "src", "action", "formaction", "xlink:href"]);

function put(element, name, value) {
    if (value === null || value === undefined || value === false) return;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.setAttribute("class", [value].flat().filter(Boolean).join(" "));
    else if (name === "dataset") Object.assign(element.dataset, value);
    else if (name === "value") element.value = value;
    else if (URLS.has(name) && !/^(https?:|#|\/|blob:|data:image\/)/i.test(value))
        return; // no javascript:
    else element.setAttribute(name, value === true ? "" : String(value));
}

function build(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes ?? {})) put(element, name, value);
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
    return element;
}

/** h("p", {class: "note"}, "text", child, [children]) - an HTML element. */
export const h = (tag, attributes, ...children) => build(document.createElement(tag), attributes, children);

/** The same for SVG. */
export const s = (tag, attributes, ...children) => build(document.createElementNS(SVG, tag), attributes, children);

export const byId = (id) => document.getElementById(id);

/** Says something to those who listen to the page instead of looking at it. */
export function announce(sentence) {
    const live = byId("live");
    live.textContent = "";
    requestAnimationFrame(() => {
        live.textContent = sentence;
    });
}

/** Puts focus where a new part of the page begins, without a jump of the window. */
export function focusStart(element) {
    if (!element) return;
    if (!element.hasAttribute("tabindex")) element.setAttribute("tabindex", "-1");
    element.focus({ preventScroll: true });
}
