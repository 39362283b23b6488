// What was found, counted: each count is a link to the search narrowed by it. A count is shown only where the narrowed
// search finds exactly so many.
import { addressOf } from "./address.js";
import { changed, labelOf, parameterOf } from "./conditions.js";
import { byId, element } from "./dom.js";
import { count, kindName, placeName, statusName, w } from "./words.js";

const AT_FIRST = 6;
const YEARS_AT_FIRST = 12;

const same = (text) => text;
const oneTerm = (text) => parameterOf([text]);

function inYear(search, year) {
    const [first, last] = [`${year}-01-01`, `${year}-12-31`];
    const { registered_from: from = first, registered_to: to = last } = search;
    return { registered_from: from > first ? from : first, registered_to: to < last ? to : last };
}

// `alone`: conditions of which one holds for any of a person's entries. With another one beside them they would widen
// the search, or ask for both at once: then the count is not that of the narrowed search.
const FACETS = {
    employer_place: { say: placeName, value: same },
    home: { say: placeName, value: same },
    kind: { say: kindName, value: same, alone: ["kind", "course", "completed_from", "completed_to"] },
    specialty: { say: same, value: oneTerm, alone: ["specialty"], isTyped: true },
    skill: { say: same, value: oneTerm, alone: ["skill"], isTyped: true },
    status: { say: statusName, value: same },
    registered_year: { say: (year) => w.year(year) },
};

const label = (name) => (name === "registered_year" ? w.registered_year : labelOf(name));

function narrowed(search, name, value) {
    return changed(search, name === "registered_year" ? inYear(search, value) : { [name]: FACETS[name].value(value) });
}

function line(search, name, { value, count: people }) {
    const { say, isTyped } = FACETS[name];
    const link = element(
        "a",
        { href: addressOf(narrowed(search, name, value)) },
        element("span", isTyped ? { class: "value", lang: "ja" } : { class: "value" }, say(value)),
        " ",
        element("span", { class: "people-count" }, count(people), element("span", { class: "unseen" }, w.people_unit)),
    );
    return element("li", {}, link);
}

function rest(lines, omitted) {
    if (lines.length === 0 && omitted === 0) {
        return undefined;
    }
    const left = omitted > 0 ? element("p", { class: "small" }, w.omitted(count(omitted))) : undefined;
    return element(
        "details",
        { class: "rest" },
        element("summary", {}, w.more_values(count(lines.length + omitted))),
        element("ul", {}, lines),
        left,
    );
}

function group(search, name, values, omitted) {
    const isYears = name === "registered_year";
    const ordered = isYears ? [...values].sort((a, b) => b.value.localeCompare(a.value)) : values;
    const lines = ordered.map((value) => line(search, name, value));
    const atFirst = isYears ? YEARS_AT_FIRST : AT_FIRST;
    const cut = lines.length > atFirst + 1 ? atFirst : lines.length;
    return element(
        "section",
        { "data-facet": name },
        element("h3", {}, label(name)),
        element("ul", {}, lines.slice(0, cut)),
        rest(lines.slice(cut), omitted),
    );
}

function isUseful(search, name, values, total) {
    const isAlone = (FACETS[name].alone ?? []).every((other) => search[other] === undefined);
    return isAlone && values.length > 0 && !(values.length === 1 && values[0].count === total);
}

/** Shows the counts of a page of the search, or nothing where there is nothing to narrow. */
export function showFacets(search, { total, facets = {} }) {
    const groups = Object.keys(FACETS)
        .filter((name) => isUseful(search, name, facets[name] ?? [], total))
        .map((name) => group(search, name, facets[name], facets.omitted?.[name] ?? 0));
    byId("facets").replaceChildren(...groups);
    byId("narrow").hidden = total < 2 || groups.length === 0;
}

/** Beside the list the counts are open; above it, on a narrow screen, they wait until somebody wants them. */
export function watchWidth() {
    const isWide = matchMedia("(min-width: 60rem)");
    const follow = () => (byId("narrow-all").open = isWide.matches);
    isWide.addEventListener("change", follow);
    follow();
}
