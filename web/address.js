// The address of a search. It stands in the fragment (#q=…), which browsers do not send: the page is one cacheable
// document, and the names that people look for end up in no access log of pages and no referrer.
import { CONDITIONS } from "./conditions.js";
import { language } from "./words.js";

/** The API's parameters that a search on the page may have. */
const PARAMETERS = [...CONDITIONS, "sort", "limit", "cursor"];

const inAddress = () => new URLSearchParams(location.hash.slice(1));

/** The search that the address names; undefined on the bare page. */
export function searchInAddress() {
    const given = inAddress();
    const pairs = PARAMETERS.map((name) => [name, given.get(name)]).filter(([, value]) => value);
    return pairs.length > 0 ? Object.fromEntries(pairs) : undefined;
}

/** "ja", "en" or null. */
export function languageInAddress() {
    return inAddress().get("lang");
}

/** Where a search is found, in the language that is spoken now. */
export function addressOf(search = {}) {
    const parameters = new URLSearchParams(search);
    if (language === "en") {
        parameters.set("lang", "en");
    }
    return parameters.size > 0 ? `#${parameters}` : location.pathname;
}
