// fields.js - what was read off a page as one list of fields, each with the words it was read off: from the record, for the reader to mark.
import { day, REALIS, sideName, typeNames } from "./format.js";

/** Kinds of field, in the order of the key: a colour each. */
export const KINDS = [
    ["what", "What"],
    ["who", "Who"],
    ["whom", "To whom"],
    ["where", "Where"],
    ["when", "When"],
    ["toll", "Toll"],
    ["means", "Means"],
    ["source", "Who says so"],
    ["talks", "Talks"],
    ["said", "What is said"],
];

const byId = (list) => new Map((list ?? []).map((one) => [one.id, one]));
const spansOf = (list) => (list ?? []).filter((span) => Array.isArray(span));

function toll(event) {
    return ["killed", "wounded", "captured", "missing", "killed_or_wounded"]
        .filter((harm) => event[harm])
        .map((harm) => {
            const [min, max] = event[harm];
            return `${max === null || max === undefined ? `${min} or more` : min === max ? min : `${min} to ${max}`} ${harm.replaceAll("_", " ")}`;
        });
}

function source(statement, name) {
    return [
        ...spansOf(statement.speaker).map((span) => ({ part: "source", kind: "source", label: "who says so", value: name, span })),
        ...spansOf(statement.cue).map((span) => ({ part: "cue", kind: "source", label: "word of saying", value: "", span })),
    ];
}

function eventItem(event, record, look) {
    const party = (part, kind, label) =>
        (event[part] ?? []).map((one) => ({
            part,
            kind,
            label,
            value: [one.name, one.code ? `(${sideName(one.code)})` : ""].join(" ").trim(),
            span: one.span,
        }));
    const place = look.places.get(event.place),
        time = look.times.get(event.time),
        statement = look.statements.get(event.source);
    const harms = toll(event);
    const fields = [
        {
            part: "trigger",
            kind: "what",
            label: "what",
            value: [typeNames[event.type] ?? event.type, event.mode === "other" ? null : event.mode].filter(Boolean).join(", "),
            span: event.trigger,
        },
        ...party("actor", "who", "who"),
        ...party("recipient", "whom", "to whom"),
        ...(place ? [{ part: "place", kind: "where", label: "where", value: place.name, span: place.span }] : []),
        ...(event.date
            ? [
                  {
                      part: "date",
                      kind: "when",
                      label: "when",
                      value: `${day(event.date)}${event.from === "published" ? " (the page's own day)" : ""}`,
                      span: time?.span ?? null,
                  },
              ]
            : []),
        ...spansOf(event.casualty_spans).map((span, i) => ({
            part: "toll",
            kind: "toll",
            label: "toll",
            value: event.casualty_spans.length === harms.length ? harms[i] : i ? "" : harms.join(", "),
            span,
        })),
        ...(harms.length && !event.casualty_spans?.length
            ? [{ part: "toll", kind: "toll", label: "toll", value: harms.join(", "), span: null }]
            : []),
        ...(event.weapon ? [{ part: "weapon", kind: "means", label: "means", value: event.weapon, span: wordIn(record, event, event.weapon) }] : []),
        ...(event.site ? [{ part: "site", kind: "where", label: "site", value: event.site, span: null }] : []),
        ...(statement ? source(statement, look.speaker(statement)) : []),
    ];
    return {
        id: event.id,
        layer: "event",
        title: typeNames[event.type] ?? event.type,
        tags: [event.realis !== "actual" ? (REALIS[event.realis] ?? event.realis) : null, event.background ? "background" : null].filter(Boolean),
        fields,
    };
}

/* A weapon is told by its word: where that stands in the event's sentence. */
function wordIn(record, event, word) {
    const sentence = record.sentences?.[event.sentence];
    if (!sentence) return null;
    const text = [...record.text].slice(...sentence).join("");
    const at = text.toLowerCase().indexOf(word.toLowerCase());
    if (at < 0) return null;
    const from = sentence[0] + [...text.slice(0, at)].length;
    return [from, from + [...word].length];
}

function talkItem(talk, look) {
    const issues = (talk.issues ?? []).map((issue) => ({ part: "issue", kind: "talks", label: issue.topic, value: issue.status, span: issue.span }));
    const place = look.places.get(talk.place);
    return {
        id: talk.id,
        layer: "talks",
        title: talk.round ? `Talks, round ${talk.round}` : "Talks",
        tags: [],
        fields: [
            { part: "talks", kind: "talks", label: "talks", value: (talk.parties ?? []).map(sideName).join(" and "), span: talk.span },
            ...(place ? [{ part: "place", kind: "where", label: "where", value: place.name, span: place.span }] : []),
            ...(talk.date ? [{ part: "date", kind: "when", label: "when", value: day(talk.date), span: null }] : []),
            ...(talk.next?.date || talk.next?.span
                ? [{ part: "next", kind: "when", label: "next", value: talk.next.date ? day(talk.next.date) : "", span: talk.next.span ?? null }]
                : []),
            ...(talk.outcome ? [{ part: "outcome", kind: "talks", label: "outcome", value: talk.outcome, span: null }] : []),
            ...issues,
        ],
    };
}

function statementItem(statement, look) {
    return {
        id: statement.id,
        layer: "statement",
        title: look.speaker(statement) || "Somebody",
        tags: [statement.named ? null : "not named", statement.kind].filter(Boolean),
        fields: [
            ...source(statement, look.speaker(statement)),
            ...spansOf(statement.content).map((span) => ({ part: "content", kind: "said", label: "what is said", value: "", span })),
        ],
    };
}

/** [{id, layer, title, tags, fields: [{item, part, kind, label, value, span, number}]}]: events, talks, statements. */
export function itemsOf(page) {
    const record = page.record;
    const entities = byId(record.entities);
    const text = [...(record.text ?? "")];
    const speaker = (statement) =>
        entities.get(statement.entity)?.name ?? spansOf(statement.speaker).map(([a, b]) => text.slice(a, b).join(""))[0] ?? statement.role ?? "";
    const look = { places: byId(record.places), times: byId(record.times), statements: byId(record.statements), speaker };
    const items = [
        ...(record.events ?? []).map((event) => eventItem(event, record, look)),
        ...(record.talks ?? []).map((talk) => talkItem(talk, look)),
        ...(record.statements ?? []).map((statement) => statementItem(statement, look)),
    ];
    const words = new Map();
    for (const one of page.corrections ?? []) words.set(one.item, [...(words.get(one.item) ?? []), one]);
    let number = 0;
    for (const item of items) {
        item.corrections = words.get(item.id) ?? [];
        for (const field of item.fields) Object.assign(field, { item: item.id, number: number++ });
    }
    return items;
}
