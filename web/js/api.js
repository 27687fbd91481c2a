// api.js - asks the server. An answer is JSON; a refusal is a problem (RFC 9457) with a sentence for people.

export class Problem extends Error {
    constructor(status, title, detail) {
        super(detail || title);
        this.status = status;
        this.title = title;
        this.detail = detail;
    }
}

/* What a refusal is to people. */
const TITLES = { 400: "The address asks for something that there is not", 401: "This server wants its token", 403: "Not allowed here", 404: "Not in this store", 503: "Not ready yet" };
const sentence = (text) => (text ? `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}` : "");

/** The server cannot be reached. */
export const gone = () => new Problem(0, "The server does not answer", "dateline serve may have been stopped. Start it again, then try again.");

const BASE = "/api/v1";

export function url(path, params = {}) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(params)) if (value !== null && value !== undefined && value !== "") query.set(name, value);
    const text = query.toString();
    return `${BASE}/${path}${text ? `?${text}` : ""}`;
}

async function answer(response) {
    if (response.ok) return response.status === 204 ? null : response.json();
    let problem = {};
    try {
        problem = await response.json();
    } catch {
        /* no JSON: the status says enough */
    }
    throw new Problem(response.status, TITLES[response.status] ?? problem.title ?? `The server answered ${response.status}`, sentence(problem.detail));
}

async function reach(address, options) {
    try {
        return await fetch(address, { credentials: "same-origin", ...options });
    } catch (error) {
        if (error.name === "AbortError") throw error;
        throw gone();
    }
}

export const ask = async (path, params, signal) => answer(await reach(url(path, params), { signal }));

/** Writes; only a server that was started with --review takes it. */
export async function tell(path, body, token) {
    return answer(
        await reach(url(path), {
            method: "POST",
            headers: { "Content-Type": "application/json", "X-Dateline-Token": token },
            body: JSON.stringify(body),
        }),
    );
}
