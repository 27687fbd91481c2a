// questions.js - the filters of the address as the API names them.
import { filters } from "./state.js";

const NAMES = { side: "actor" }; // the API's "side" is that of who speaks; the page asks for who acts or suffers

export function apiFilters({ without = [] } = {}) {
    const out = {};
    for (const [name, value] of Object.entries(filters())) if (!without.includes(name)) out[NAMES[name] ?? name] = value;
    return out;
}
