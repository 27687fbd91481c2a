// save.js - what a view shows, as a file: CSV that spreadsheets read as data, GeoJSON, and SVG with its look inside.
import { h } from "./dom.js";

export function download(name, type, text) {
    const address = URL.createObjectURL(new Blob([text], { type }));
    const anchor = h("a", { href: address, download: name });
    document.body.append(anchor);
    anchor.click();
    anchor.remove();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** A text that a spreadsheet would run gets an apostrophe before it (OWASP, "CSV Injection"); numbers stay numbers. */
function cell(value) {
    if (value === null || value === undefined) return "";
    if (typeof value === "number") return String(value);
    const text = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : String(value);
    return `"${text.replaceAll('"', '""')}"`;
}

export function csv(name, columns, rows) {
    const lines = [columns.map(([title]) => title).join(","), ...rows.map((row) => columns.map(([, of]) => cell(of(row))).join(","))];
    download(name, "text/csv;charset=utf-8", `${lines.join("\r\n")}\r\n`);
}

const LOOK = [
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-opacity",
    "opacity",
    "font-family",
    "font-size",
    "font-weight",
    "font-style",
    "text-anchor",
    "paint-order",
];

/** A drawing on the page as one that stands alone: the look that style sheets give it is written into it. */
function alone(drawing, title) {
    const copy = drawing.cloneNode(true);
    const from = [drawing, ...drawing.querySelectorAll("*")];
    [copy, ...copy.querySelectorAll("*")].forEach((element, i) => {
        const style = getComputedStyle(from[i]);
        for (const property of LOOK) element.setAttribute(property, style.getPropertyValue(property));
        element.removeAttribute("style");
    });
    const box = drawing.getBoundingClientRect();
    if (!copy.getAttribute("viewBox")) copy.setAttribute("viewBox", `0 0 ${Math.round(box.width)} ${Math.round(box.height)}`);
    copy.setAttribute("width", Math.round(box.width));
    copy.setAttribute("height", Math.round(box.height));
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [key, value] of Object.entries({ width: "100%", height: "100%", fill: getComputedStyle(document.documentElement).backgroundColor }))
        ground.setAttribute(key, value);
    const heading = document.createElementNS("http://www.w3.org/2000/svg", "title");
    heading.textContent = title;
    copy.prepend(heading, ground);
    return copy;
}

/* Drawn at twice its size, so that it stays sharp in a report. */
async function png(name, drawing) {
    const [wide, high] = ["width", "height"].map((side) => Number(drawing.getAttribute(side)));
    const address = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(drawing)], { type: "image/svg+xml" }));
    try {
        const image = new Image(wide * 2, high * 2);
        image.src = address;
        await image.decode();
        const canvas = document.createElement("canvas");
        canvas.width = wide * 2;
        canvas.height = high * 2;
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        download(name, "image/png", await new Promise((done) => canvas.toBlob(done, "image/png")));
    } finally {
        URL.revokeObjectURL(address);
    }
}

/** `kind`: "svg" or "png"; the drawing stands alone. */
export function saveDrawing(kind, name, drawing) {
    if (kind === "png") return png(`${name}.png`, drawing);
    return download(`${name}.svg`, "image/svg+xml", new XMLSerializer().serializeToString(drawing));
}

export const saveChart = (kind, name, drawing, title) => saveDrawing(kind, name, alone(drawing, title));
