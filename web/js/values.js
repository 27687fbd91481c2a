// values.js - a value as a person types it, as the record's JSON.

/* Words of the claim's sentence, as a party with the span of the page's text where they stand. */
function party(words, claim) {
    const at = claim.text.indexOf(words);
    if (at < 0) throw new Error("words as they stand in the sentence");
    const start = claim.sentence_span[0] + [...claim.text.slice(0, at)].length;
    return { span: [start, start + [...words].length], name: words };
}

/** `claim`: what is corrected. Throws a sentence that tells what the field takes. */
export function valueOf(field, text, claim) {
    const value = text.trim();
    if (value === "" || value === "null") return ["actor", "recipient"].includes(field) ? [] : null;
    if (["killed", "wounded", "captured", "missing"].includes(field)) {
        const [, low, dash, high] = value.match(/^(\d+)\s*(-|–|\+)?\s*(\d*)$/) ?? [];
        if (low === undefined) throw new Error("a count: 14, 12- for at least 12, or 8-11");
        return [Number(low), high ? Number(high) : dash ? null : Number(low)];
    }
    if (["actor", "recipient"].includes(field)) return value.split(";").map((words) => party(words.trim(), claim));
    if (field === "date" && !/^\d{4}(-\d\d(-\d\d)?)?$/.test(value)) throw new Error("a day as 2025-09-04");
    if (field === "background") return value === "true";
    return value;
}
