// format.js - figures, days and names as people read them.
import { COUNTRIES } from "./countries.js";

export const HARMS = ["killed", "wounded", "captured", "missing"];

const number = new Intl.NumberFormat("en-GB");
export const count = (n) => number.format(n);
export const plural = (n, one, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;

/* ---- days: a calendar day as told, the same in every zone ---- */

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];

/** "2025-09-04" → "4 Sept 2025"; a month or year stays one; nothing → "no day told". */
export function day(iso, { year = true } = {}) {
    if (!iso) return "no day told";
    const [y, m, d] = iso.split("-").map(Number);
    return [d || null, m ? MONTHS[m - 1] : null, year || !m ? y : null].filter(Boolean).join(" ");
}

/** A calendar day that there is. */
export function isDay(text) {
    if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
    const at = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}

export function days(from, to) {
    if (!to || to === from) return day(from);
    const year = from.slice(0, 4) !== to.slice(0, 4);
    if (from.slice(0, 7) === to.slice(0, 7) && from.length === 10 && to.length === 10) return `${Number(from.slice(8))}–${day(to)}`;
    return `${day(from, { year })} – ${day(to)}`;
}

export function addDays(iso, n) {
    const at = new Date(`${iso}T00:00:00Z`);
    at.setUTCDate(at.getUTCDate() + n);
    return at.toISOString().slice(0, 10);
}

export const daysBetween = (from, to) => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 864e5);

const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "short", timeZone: "UTC" });
export const weekdayOf = (iso) => weekday.format(new Date(`${iso}T00:00:00Z`));

/* ---- instants: in the reader's zone, UTC beside it ---- */

const here = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
const utc = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** "1 Dec 2025, 01:00 (1 Dec, 00:00 UTC)"; a plain day stays a day. */
export function instant(iso) {
    if (!iso) return "time not told";
    if (!iso.includes("T")) return day(iso);
    const at = new Date(iso);
    if (Number.isNaN(at.getTime())) return iso;
    return zone === "UTC" ? `${here.format(at)} UTC` : `${here.format(at)} (${utc.format(at)} UTC)`;
}

/* ---- ranges ---- */

/** "8–11", "12 or more", "14", "" */
export function range(estimate) {
    if (!estimate) return "";
    const { low, high, open } = estimate;
    if (open) return low === high ? `${count(low)} or more` : `${count(low)}–${count(high)} or more`;
    return low === high ? count(low) : `${count(low)}–${count(high)}`;
}

/** "8 to 11 killed, most say 8, 2 sources": what a screen reader says, and titles show. */
export function rangeWords(estimate, harm) {
    if (!estimate) return `no count of ${harm}`;
    const { low, best, high, open, sources } = estimate;
    const figure = low === high ? `${open ? "at least " : ""}${count(low)}` : `${count(low)} to ${open ? "at least " : ""}${count(high)}`;
    const most = best !== undefined && low !== high ? `, most say ${count(best)}` : "";
    return `${figure} ${harm}${most}${sources ? `, ${plural(sources, "source")}` : ""}`;
}

/** A claim's own count [min, max]. */
export function claimCount(pair) {
    if (!pair) return "";
    const [min, max] = pair;
    if (max === null || max === undefined) return `${count(min)}+`;
    return min === max ? count(min) : `${count(min)}–${count(max)}`;
}

export function claimCountWords(pair, harm, standing) {
    const [min, max] = pair;
    const figure = max === null || max === undefined ? `at least ${count(min)}` : min === max ? count(min) : `${count(min)} to ${count(max)}`;
    return `${figure} ${harm}${standing && standing !== "current" ? ` (${standing}: does not count)` : ""}`;
}

/* ---- names ---- */

/** Who says so: the speaker, else the outlet. A page that names neither is no name that people can use. */
export const sourceName = (claim) => (claim.source && claim.source !== claim.document ? claim.source : (claim.outlet ?? "an outlet not named"));
export const outletName = (row) => row.outlet ?? "outlet not named";

const TYPES = {
    AGREE: "Agreement",
    CONSULT: "Meeting",
    SUPPORT: "Support",
    CONCEDE: "Concession",
    COOPERATE: "Cooperation",
    AID: "Aid",
    RETREAT: "Retreat",
    REQUEST: "Demand",
    ACCUSE: "Accusation",
    REJECT: "Rejection",
    THREATEN: "Threat",
    PROTEST: "Protest",
    SANCTION: "Sanction",
    MOBILIZE: "Mobilisation",
    COERCE: "Coercion",
    ASSAULT: "Attack",
};
export const typeNames = TYPES;

const MODES = {
    aerial: "Air or drone strike",
    heavy: "Shelling or missiles",
    explosive: "Explosion",
    suicide: "Suicide attack",
    clash: "Clash",
    abduct: "Abduction",
    beat: "Beating",
    firearms: "Shooting",
    torture: "Torture",
    sexual: "Sexual violence",
    cleansing: "Ethnic cleansing",
    primitive: "Attack by hand",
    chemical: "Chemical attack",
    destroy: "Destruction",
    crowd: "Crowd control",
    assassinate: "Assassination",
    arrest: "Arrest",
    demo: "Demonstration",
    riot: "Riot",
    strike: "Strike (work)",
    hunger: "Hunger strike",
    seize: "Seizure",
    expel: "Expulsion",
    deport: "Deportation",
    curfew: "Curfew",
    ban: "Ban",
    restrict: "Restriction",
    embargo: "Embargo",
};

/** "ASSAULT", "heavy" → "Shelling or missiles". */
export function what(type, mode) {
    if (mode && MODES[mode]) return MODES[mode];
    return TYPES[type] ?? type ?? "Event";
}

export const placeName = (place) => (typeof place === "string" ? place : place?.name) ?? "place not told";

const SECTORS = {
    GOV: "government",
    MIL: "army",
    COP: "police",
    REB: "armed group",
    CVL: "civilians",
    OPP: "opposition",
    SPY: "intelligence",
    JUD: "courts",
    LEG: "parliament",
    MED: "media",
    BUS: "business",
    NGO: "aid groups",
    IGO: "international body",
    CRM: "criminals",
    EDU: "education",
    HLH: "health",
    LAB: "labour",
    REF: "refugees",
    UAF: "armed men",
    SET: "settlers",
    PTY: "party",
    ELI: "elites",
    REL: "religious",
    IMG: "foreign",
};
const BY_ALPHA2 = new Map(Object.values(COUNTRIES));
const BODIES = {
    IGOUNO: "United Nations",
    IGOEUR: "European Union",
    IGONAT: "NATO",
    IGOAFU: "African Union",
    IGOARL: "Arab League",
    IGOGCC: "Gulf Cooperation Council",
    IGOOIC: "Organisation of Islamic Cooperation",
    IGOG07: "G7",
};

/** "SDNREB" → "Sudan: armed group"; codes that are not known stay codes. */
export function sideName(code) {
    if (!code) return "outlets and others";
    if (BODIES[code.slice(0, 6)]) return BODIES[code.slice(0, 6)];
    const country = COUNTRIES[code.slice(0, 3)]?.[1] ?? (code.slice(0, 3) === "IGO" ? "international body" : null);
    const sector = SECTORS[code.slice(3, 6)];
    if (country && sector) return `${country}: ${sector}`;
    return country ?? SECTORS[code.slice(0, 3)] ?? code;
}

/** Several sides in one breath: "Sudan: government, army; aid groups". */
export function sidesName(codes) {
    const groups = new Map();
    for (const name of codes.map(sideName)) {
        const [country, sector] = name.split(": ");
        groups.set(country, [...(groups.get(country) ?? []), ...(sector ? [sector] : [])]);
    }
    return [...groups].map(([country, sectors]) => (sectors.length ? `${country}: ${[...new Set(sectors)].join(", ")}` : country)).join("; ");
}

export const countryName = (alpha2) => BY_ALPHA2.get(alpha2) ?? null;

const names = (parties) =>
    (parties ?? [])
        .map((party) => party.name)
        .filter(Boolean)
        .join(", ");
export const whoToWhom = (claim) => [names(claim.actor), names(claim.recipient)];

export const STANCE = {
    reports: "reports",
    affirms: "says it happened",
    claims: "says its side did it",
    accuses: "says the other did it",
    denies: "denies it",
    expects: "expects it",
};
/** How a page tells of it. */
export const REALIS = {
    actual: "happened",
    ongoing: "going on",
    planned: "planned",
    possible: "feared or possible",
    threatened: "threatened",
    negated: "said not to have happened",
    denied: "denied",
};
export const STANDING = {
    replaced: "replaced by a later word of the same source",
    repeated: "repeats its own count",
    reprint: "the same words on another page",
    background: "a total, or what went before",
    "not actual": "not said to have happened",
};
