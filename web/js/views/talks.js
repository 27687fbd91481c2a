// talks.js - a board for each set of parties: rounds one after the other, and how the state of each issue moved from word to word.
import { h } from "../dom.js";
import { ask, url } from "../api.js";
import { get } from "../state.js";
import { empty, folded, head, menu, moreButton, quote, readAt } from "../components.js";
import { day, days, plural, sideName } from "../format.js";

export async function draw(root, signal) {
    const answer = await ask("talks", asked(), signal);
    const boards = answer.items;
    root.append(
        head(
            "Talks",
            boards.length
                ? `${plural(answer.total ?? boards.length, "process", "processes")}. Rounds from the first to the last, then each issue with every word on its state. What no page tells stays open.`
                : null,
            menu("Export", [
                h("a", { href: url("talks", { ...asked(), format: "csv" }), download: "" }, "Rounds and issues as CSV"),
                h("a", { href: url("talks", { ...asked(), format: "ndjson" }), download: "" }, "Rounds and issues as NDJSON"),
                ...parties(boards).map((code) =>
                    h(
                        "a",
                        { href: url("talks/brief", { party: code, since: get("since"), until: get("until") }), download: `brief-${code}.md` },
                        `Brief to ${code} (Markdown)`,
                    ),
                ),
                h("button", { type: "button", onclick: () => print() }, "Print"),
            ]),
        ),
    );
    if (!boards.length)
        return root.append(empty("No page tells of talks", "Under these days and this side no page in the store tells of a round of talks."));
    const last = (board) => board.rounds.at(-1)?.date ?? "";
    const draw_ = (some) => some.sort((a, b) => last(b).localeCompare(last(a))).map(board);
    const list = h("div", {}, draw_(boards));
    root.append(list, moreButton(answer, (cursor) => ask("talks", { ...asked(), cursor }, signal), (items) => list.append(...draw_(items))) ?? "");
}

const asked = () => ({ since: get("since"), until: get("until"), party: get("side"), topic: get("topic") });
const parties = (boards) => [...new Set(boards.flatMap((board_) => board_.parties))].sort().slice(0, 12);

function board(one) {
    const last = one.rounds.at(-1);
    return h(
        "section",
        { class: "board" },
        h("h2", {}, one.parties.map(sideName).join(" and ") || "Parties not named", h("span", { class: "code" }, ` ${one.parties.join(" ")}`)),
        one.rounds_before ? h("p", { class: "quiet small" }, `${plural(one.rounds_before, "earlier round")} not shown; narrow the days to see them.`) : null,
        h("dl", { class: "standing" }, fact("Last round", last ? where(last) : "none told"), fact("Next", next(one)), fact("Open", openIssues(one))),
        h("ol", { class: "rounds", tabindex: one.rounds.length > 3 ? "0" : null, "aria-label": "Rounds" }, one.rounds.map(round)),
        issues(one),
    );
}

const fact = (label, words) => h("div", {}, h("dt", {}, label), h("dd", {}, words));
const where = (round) => [round.date ? days(round.date, round.date_to) : "no day told", round.place].filter(Boolean).join(", ");

function next(one) {
    const told = [...one.rounds].reverse().find((round) => round.next?.date || round.next?.place);
    if (!told) return h("span", { class: "quiet" }, "no page tells of a next round");
    const words = [told.next.date ? day(told.next.date) : null, told.next.place].filter(Boolean).join(", ");
    const from = told.next.document ? told.next : told.told_by?.[0];
    return from ? h("a", { class: "fig", href: readAt(ref(from)) }, words) : words;
}

const ref = ({ document, talk, span }) => ({ document, talk, span });

function openIssues(one) {
    const open = one.issues.filter((issue) => issue.status !== "agreed");
    if (!open.length) return h("span", { class: "quiet" }, "no page tells of open points");
    return open.map((issue, i) => [
        i ? ", " : "",
        h("a", { class: "fig", href: readAt(ref(issue.moves.at(-1))) }, issue.topic),
        ` (${issue.status})`,
    ]);
}

function round(one) {
    const told = one.told_by ?? [];
    return h(
        "li",
        { class: "talk-round", dataset: { row: "" } },
        h("h3", {}, one.round ? `Round ${one.round}` : "Talks"),
        h("p", { class: "round-where" }, where(one)),
        one.mediators?.length ? h("p", { class: "small quiet" }, `mediated by ${one.mediators.map(sideName).join(", ")}`) : null,
        one.delegates?.length ? h("p", { class: "small quiet" }, `delegates: ${one.delegates.join(", ")}`) : null,
        one.outcome ? h("p", { class: "small" }, "outcome: ", h("b", {}, one.outcome)) : null,
        h(
            "ul",
            {},
            folded(
                told,
                2,
                (row) =>
                    h(
                        "li",
                        {},
                        h("a", { class: "bare", href: readAt(ref(row)) }, quote(row)),
                        h("span", { class: "small quiet" }, ` ${[row.outlet, row.published ? day(row.published) : null].filter(Boolean).join(", ")}`),
                    ),
                "pages that tell of it",
                one.told_more,
            ),
        ),
    );
}

const STATUS = { agreed: "●", open: "○", rejected: "✕", proposed: "◐" };

function issues(one) {
    if (!one.issues.length) return h("p", { class: "quiet" }, "No page names an issue of these talks.");
    return h(
        "table",
        { class: "rows issues stack" },
        h("caption", { class: "unseen" }, "Issues and how their state moved"),
        h(
            "thead",
            {},
            h("tr", {}, h("th", { scope: "col" }, "Issue"), h("th", { scope: "col" }, "Stands now"), h("th", { scope: "col" }, "Every word on it")),
        ),
        h(
            "tbody",
            {},
            one.issues.map((issue) =>
                h(
                    "tr",
                    { dataset: { row: "" } },
                    h("td", {}, h("b", {}, issue.topic)),
                    h("td", { class: `status ${issue.status}` }, `${STATUS[issue.status] ?? "·"} ${issue.status}`),
                    h("td", {}, h("ol", { class: "moves" }, folded(inOrder(issue.moves), 12, moveItem, "words", issue.moves_more))),
                ),
            ),
        ),
    );
}

function moveItem(move) {
    const words = move.before && move.moved ? `${move.before} → ${move.status}` : move.status;
    const from = [move.date ? day(move.date) : null, move.speaker, move.outlet].filter(Boolean).join(", ");
    return h("li", {}, h("a", { class: "fig", href: readAt(ref(move)), title: move.text }, words), h("span", { class: "small quiet" }, ` ${from}`));
}

/* Few words stand as told; of many, those that moved the issue lead, the last first. */
const inOrder = (moves) =>
    moves.length <= 12 ? moves : [...moves.filter((move) => move.moved).reverse(), ...moves.filter((move) => !move.moved).reverse()];
