// The conditions of a search. A search is a plain object of the API's parameters as text ({ q: "髙橋", home: "13,14" });
// what is absent is not asked. Here it is taken apart, said in words, and asked of the API.
import { courseName } from "./courses.js";
import { day, kindName, month, placeName, statusName, w } from "./words.js";

export const TEXTS = ["q", "name", "kana", "employer"];
export const TERMS = ["skill", "specialty", "qualification"];
export const LISTS = ["home", "employer_place", "status", "kind"];
export const CHOICES = ["match", "course", "has_email", "name_public"];
export const RANGES = ["completed", "registered", "expires", "exam", "renewal_count"];
export const endsOf = (range) => [`${range}_from`, `${range}_to`];
export const ENDS = RANGES.flatMap(endsOf);

/** All of them, in the order of the form. */
export const CONDITIONS = [...TEXTS, "match", ...TERMS, ...LISTS, "course", ...ENDS, "has_email", "name_public"];
const FACETS = ["home", "employer_place", "status", "kind", "skill", "specialty", "registered_year"];
const NUMBERS_AT_ONCE = 100;

// ---- lists of free text: a comma that belongs to an entry has a backslash in front ------------------------------------

function cut(text, separators) {
    const entries = [""];
    for (const [piece] of text.matchAll(/\\[\s\S]|[\s\S]/gu)) {
        if (separators.includes(piece)) {
            entries.push("");
        } else {
            entries[entries.length - 1] += piece.length > 1 && piece.startsWith("\\") ? piece.slice(1) : piece;
        }
    }
    return entries.map((entry) => entry.trim()).filter(Boolean);
}

export const termsOf = (parameter = "") => cut(parameter, ",");
export const parameterOf = (terms) => terms.map((term) => term.replace(/[\\,]/g, "\\$&")).join(",");
/** As people type them, with any comma in between. */
export const termsTyped = (text) => cut(text, ",，、");
export const typedOf = (terms) => terms.map((term) => term.replace(/[\\,，、]/g, "\\$&")).join("、");

// ---- what is asked ----------------------------------------------------------------------------------------------------

const NUMBER = /^(?:第|No\.?)?(\d{1,7})号?$/i;

/** Registration numbers, if the words are nothing else: 第000123号, 123, １２３. */
function numbersIn(words) {
    const parts = words.normalize("NFKC").split(/[\s,、]+/);
    const numbers = parts.filter(Boolean).map((part) => NUMBER.exec(part)?.[1]);
    const areNumbers = numbers.every((number) => Number(number) > 0);
    return areNumbers && numbers.length > 0 && numbers.length <= NUMBERS_AT_ONCE ? numbers : undefined;
}

/** The search without its page; `changes` come on top, those undefined take a condition away. */
export function changed(search, changes) {
    const { cursor, ...first } = { ...search, ...changes };
    const isMatchable = ["name", "kana", "employer"].some((name) => first[name] !== undefined);
    const { match, ...others } = first;
    const given = isMatchable ? first : others;
    const left = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ""));
    return Object.keys(left).length > 0 ? left : { limit: "20" };
}

/** Whether people are looked for by text: then there is a best match, and it comes first. */
export function isByText(search) {
    const isText = search.q !== undefined && numbersIn(search.q) === undefined;
    return isText || ["name", "kana", "employer"].some((name) => search[name] !== undefined);
}

/** Looked up as numbers, ended registrations are found too, and numbers never issued are named. */
function pathOf(search) {
    const { q, ...others } = search;
    const numbers = q === undefined ? undefined : numbersIn(q);
    const asked = numbers === undefined ? search : { number: numbers.join(","), ...others };
    return `/v1/registrants?${new URLSearchParams(asked)}`;
}

/** Where the API answers a page of the search, with the counts to narrow it by. */
export const pagePath = (search) => pathOf({ ...search, facets: FACETS.join(",") });

/** Where the API answers the first `limit` people of the search, in any format. */
export const tablePath = (search, limit) => pathOf(changed(search, { limit: String(limit) }));

// ---- in words -----------------------------------------------------------------------------------------------------------

/** What a parameter is called on the page. */
export function labelOf(parameter) {
    const [, range, end] = /^(\w+)_(from|to)$/.exec(parameter) ?? [];
    if (RANGES.includes(range)) {
        return w.range(w[range], w[end]);
    }
    return typeof w[parameter] === "string" ? w[parameter] : parameter;
}

const codeNames = {
    home: placeName,
    employer_place: placeName,
    status: statusName,
    kind: kindName,
    course: courseName,
};
const choiceNames = () => ({ match: w.matches, has_email: w.publicities, name_public: w.publicities });
const rangeNames = { exam: month, renewal_count: (n) => w.times(n) };

function rangeText(search, range) {
    const say = rangeNames[range] ?? day;
    const [from, to] = endsOf(range).map((end) => search[end]);
    const year = /^(\d{4})-01-01 \1-12-31$/.exec(`${from} ${to}`)?.[1];
    return year === undefined ? w.between(from && say(from), to && say(to)) : w.year(year);
}

const whole = (search, name, text) => [
    { label: name === "q" ? "" : labelOf(name), text, without: changed(search, { [name]: undefined }) },
];

/** One for each entry of a list, so that each can be taken away alone. */
function each(search, name, entries, join, say) {
    return entries.map((entry, at) => ({
        label: labelOf(name),
        text: say(entry),
        without: changed(search, { [name]: join(entries.filter((_, other) => other !== at)) }),
    }));
}

function rangeCondition(search, range) {
    const ends = endsOf(range).filter((end) => search[end] !== undefined);
    const without = changed(search, Object.fromEntries(ends.map((end) => [end, undefined])));
    return ends.length > 0 ? [{ label: w[range], text: rangeText(search, range), without }] : [];
}

function conditionsOn(search, name) {
    const value = search[name];
    if (RANGES.includes(name)) {
        return rangeCondition(search, name);
    }
    if (value === undefined) {
        return [];
    }
    if (TERMS.includes(name)) {
        return each(search, name, termsOf(value), parameterOf, (term) => term);
    }
    if (codeNames[name] !== undefined) {
        return each(search, name, value.split(","), (codes) => codes.join(","), codeNames[name]);
    }
    return whole(search, name, name === "q" ? w.quoted(value) : (choiceNames()[name]?.[value] ?? value));
}

/** The conditions in words, each with the search that is left `without` it. */
export function conditionsOf(search) {
    const names = [...TEXTS, "match", ...TERMS, ...LISTS, "course", ...RANGES, "has_email", "name_public"];
    return names.flatMap((name) => conditionsOn(search, name));
}
