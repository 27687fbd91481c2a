// components.js - what several views draw alike: figures that lead to their sentence, sides, states, menus.
import { h, s, byId } from "./dom.js";
import { FILTERS, here, state } from "./state.js";
import { count, HARMS, isDay, range, rangeWords, claimCount, claimCountWords, sideName, what, countryName } from "./format.js";

/* ---- figures ---- */

/** Opens the reader at an item of a page: {document, event}; of talks, which name many things, at the words themselves: {document, talk, span}. */
export const readAt = (ref, field) =>
    here({
        page: ref.document,
        at: [ref.event ?? ref.item ?? ref.talk, field].filter(Boolean).join("."),
        span: ref.span && !(ref.event ?? ref.item) ? ref.span.join("-") : null,
    });

const isHere = (ref) =>
    state.params.get("page") === ref.document && (state.params.get("at") ?? "").split(".")[0] === (ref.event ?? ref.item ?? ref.talk);

export function figure(text, ref, words, field, classes) {
    if (!ref) return h("span", { class: classes, title: words }, text);
    // what is heard begins with what is seen (WCAG 2.5.3): "24+, at least 24 killed"
    const heard = !words || words.includes(text) ? words : `${text}, ${words}`;
    return h(
        "a",
        {
            class: ["fig", classes],
            href: readAt(ref, field),
            title: words,
            "aria-label": heard,
            "aria-current": isHere(ref) ? "true" : null,
            dataset: { page: ref.document, item: ref.event ?? ref.item ?? "" },
        },
        text,
    );
}

/** A happening's range: "8–11", each end a link to the claim that says it, and the best beside it. */
export function rangeFigure(estimate, harm) {
    if (!estimate) return h("span", { class: "none", "aria-label": `no count of ${harm}` }, "–");
    const words = rangeWords(estimate, harm);
    if (estimate.low === estimate.high) return figure(`${range(estimate)}`, estimate.best_from ?? estimate.low_from, words, harm);
    return h(
        "span",
        { class: "range-fig", title: words },
        figure(count(estimate.low), estimate.low_from, `lowest claim: ${estimate.low} ${harm}`, harm),
        "–",
        figure(
            `${count(estimate.high)}${estimate.open ? "+" : ""}`,
            estimate.high_from,
            `highest claim: ${estimate.open ? "at least " : ""}${estimate.high} ${harm}`,
            harm,
        ),
        h("span", { class: "best" }, " best ", figure(count(estimate.best), estimate.best_from, `most sources say ${estimate.best} ${harm}`, harm)),
    );
}

export function claimFigure(claim, harm) {
    const pair = claim[harm];
    if (!pair) return null;
    const standing = claim.standing?.[harm];
    const counts = !standing || standing === "current";
    return figure(claimCount(pair), claim, claimCountWords(pair, harm, standing), harm, counts ? "" : "void");
}

/** "4–7 best 4 killed  15 wounded": what is counted of one happening, in a line. */
export const tollLine = (one, harms = ["killed", "wounded"]) =>
    harms.filter((harm) => one[harm]).map((harm) => h("span", { class: "pop-fig" }, rangeFigure(one[harm], harm), ` ${harm}`));
export const allHarms = HARMS;

export const side = (code) => h("span", { class: "side", title: code ?? "" }, sideName(code), code ? h("span", { class: "code" }, ` ${code}`) : null);

export const lane = (happening) => (["ASSAULT", "COERCE"].includes(happening.type) ? "violence" : "talks");
export const whatOf = (happening) => what(happening.type, happening.mode);
/** "Omdurman, Sudan"; a place that is a country stands alone; "" where none is told. */
export function whereOf(place) {
    if (!place || typeof place === "string") return place ?? "";
    const country = countryName(place.country);
    return [place.name, country !== place.name ? country : null].filter(Boolean).join(", ");
}

/** "Shelling or missiles, Omdurman, Sudan" */
export const titleOf = (happening) => [whatOf(happening), whereOf(happening.place)].filter(Boolean).join(", ");

/** The sentence with the words that carry the claim marked; spans are of the page's text. */
export function quote(row) {
    const text = [...(row.text ?? "")];
    const from = row.span && row.sentence_span ? row.span[0] - row.sentence_span[0] : -1;
    const to = row.span && row.sentence_span ? row.span[1] - row.sentence_span[0] : -1;
    if (from < 0 || to > text.length || to <= from) return h("span", { class: "quote", dir: "auto" }, row.text ?? "");
    return h("span", { class: "quote", dir: "auto" }, text.slice(0, from).join(""), h("mark", {}, text.slice(from, to).join("")), text.slice(to).join(""));
}

/** The first `few` of many, the others (up to a hundred) behind a line that tells how many there are; `beyond`: how many the server left out. */
export function folded(rows, few, draw, word, beyond = 0) {
    const rest = rows.slice(few);
    return [
        rows.slice(0, few).map(draw),
        rest.length
            ? h(
                  "li",
                  {},
                  h(
                      "details",
                      { class: "more-of" },
                      h("summary", {}, `${count(rest.length + beyond)} more ${word}`),
                      h(
                          "ul",
                          {},
                          rest.slice(0, 100).map(draw),
                          rest.length > 100 || beyond ? h("li", { class: "quiet" }, "the others: under fewer days, or in the files of the Export menu") : null,
                      ),
                  ),
              )
            : null,
    ];
}

/** A button that fetches the next part of a list; null where there is none. `fetchNext(cursor)` asks, `add(items)` draws. */
export function moreButton(answer, fetchNext, add) {
    if (!answer.next) return null;
    const button = h("button", { class: "button more", type: "button" }, "Show more");
    button.addEventListener("click", async () => {
        button.disabled = true;
        try {
            const next = await fetchNext(answer.next);
            add(next.items);
            answer = next;
            if (!answer.next) button.remove();
        } catch (error) {
            if (error.name !== "AbortError") toast(`${error.title ?? "Not answered"}: ${error.detail ?? error.message}`);
        }
        button.disabled = false;
    });
    return button;
}

/* ---- days typed or picked ---- */

/** A day as it is written everywhere here, 2025-09-04, whatever the browser's own order of day and month; the button opens the browser's calendar. */
export function dayField({ name, value = "", onpick, ...more }) {
    const text = h("input", { type: "text", name, value, placeholder: "YYYY-MM-DD", maxlength: 10, autocomplete: "off", inputmode: "numeric", ...more });
    const picker = h("input", { type: "date", tabindex: "-1", "aria-hidden": "true" });
    const check = () => {
        text.value = text.value.trim();
        text.setCustomValidity(!text.value || isDay(text.value) ? "" : "A day as 2025-09-04");
        return text.reportValidity();
    };
    text.addEventListener("change", () => check() && onpick?.(text.value));
    text.addEventListener("input", () => text.setCustomValidity(""));
    picker.addEventListener("change", () => {
        text.value = picker.value;
        text.setCustomValidity("");
        onpick?.(text.value);
    });
    const open = h(
        "button",
        {
            class: "calendar",
            type: "button",
            "aria-label": "Calendar",
            onclick: () => {
                picker.value = isDay(text.value) ? text.value : "";
                picker.showPicker?.();
            },
        },
        s("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, s("path", { d: "M2.5 4.5h11v9h-11zM2.5 7h11M5.5 2.5v3M10.5 2.5v3" })),
    );
    return h("span", { class: "day-field" }, text, picker, open);
}

/* ---- states ---- */

export const loading = (lines = 9) =>
    h(
        "div",
        { class: "skeleton", "aria-label": "Loading", role: "status" },
        Array.from({ length: lines }, () => h("span")),
    );

/** Nothing to show, why, and a way on where filters are in the way. */
export const empty = (title, ...words) =>
    h(
        "div",
        { class: "state" },
        h("h2", {}, title),
        h("p", {}, words),
        FILTERS.some((name) => state.params.get(name))
            ? h("a", { class: "button noprint", href: here(Object.fromEntries(FILTERS.map((name) => [name, null]))) }, "Take all filters away")
            : null,
    );

export function failed(error, retry) {
    return h(
        "div",
        { class: "state error", role: "alert" },
        h("h2", {}, error.title ?? "Something went wrong on this page"),
        h("p", {}, error.detail ?? error.message),
        retry ? h("button", { class: "button", type: "button", onclick: retry }, "Try again") : null,
    );
}

/* ---- heads, menus, notices ---- */

/** The view's head: title, a sentence on what is shown, and its tools. */
export function head(title, lede, ...tools) {
    return h(
        "header",
        { class: "view-head" },
        h("div", {}, h("h1", { tabindex: "-1" }, title), lede ? h("p", { class: "lede" }, lede) : null),
        h("div", { class: "view-tools noprint" }, tools),
    );
}

export function menu(label, items) {
    const box = h("details", { class: "menu" }, h("summary", { class: "button" }, label), h("div", {}, items));
    box.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && box.open) {
            box.open = false;
            box.firstChild.focus();
            event.stopPropagation();
        }
    });
    box.addEventListener("click", (event) => {
        if (event.target.closest("div > *")) box.open = false;
    });
    box.addEventListener("focusout", (event) => {
        if (!box.contains(event.relatedTarget)) box.open = false;
    });
    return box;
}

export function toast(sentence, action) {
    byId("toast")?.remove();
    const box = h(
        "div",
        { class: "toast", id: "toast", role: "status" },
        h("span", {}, sentence),
        action
            ? h(
                  "button",
                  {
                      class: "plain",
                      type: "button",
                      onclick: () => {
                          box.remove();
                          action.run();
                      },
                  },
                  action.label,
              )
            : null,
    );
    document.body.append(box);
    setTimeout(() => box.remove(), 8000);
}
