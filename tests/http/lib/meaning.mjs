// What the contract says in words and no schema can: which members go together, the order of every list, what a page of
// a search carries. Held against every answer that any test receives.
import assert from "node:assert/strict";
import { kanaKeys } from "./reading.mjs";

const ENDED = ["lapsed", "revoked", "struck_off"];
const TOMBSTONE = ["expires_on", "number", "registered_on", "status", "status_on"];
export const TEXTS = ["q", "name", "kana", "employer"];

/** @param {any} schemas @param {string} name @returns {string[]} */
function valuesOf(schemas, name) {
    return schemas[name]["x-extensible-enum"];
}

/** A registrant with all members that are public. @param {any} registrant */
export function checkRegistrant(registrant) {
    const { match, ...own } = registrant;
    for (const member of TOMBSTONE) {
        assert.ok(member in own, `${member} of everybody`);
    }
    if (ENDED.includes(own.status)) {
        assert.deepEqual(Object.keys(own).sort(), TOMBSTONE, "a tombstone says nothing else");
        return;
    }
    assert.equal(typeof own.renewal_count, "number", "renewal_count of somebody in force");
    assert.equal("renewed_on" in own, own.renewal_count > 0, "renewed_on from the first renewal");
    assert.equal("suspended_until" in own, own.status === "name_use_suspended", "suspended_until");
    checkCompletions(own.completions);
}

/** @param {any[]} completions */
function checkCompletions(completions) {
    const days = completions.map((c) => c.completed_on);
    assert.deepEqual(days, [...days].sort().reverse(), "completions newest first");
}

/** The members of an item: those asked for, in the order they always have. @param {any} item @param {string | null} fields @param {string[]} known */
function checkMembers(item, fields, known) {
    const members = Object.keys(item);
    const allowed = fields === null ? known : known.filter((f) => f === "number" || fields.split(",").includes(f));
    const ordered = [...allowed, "match"].filter((name) => members.includes(name));
    assert.deepEqual(members, ordered, "the members asked for, in their order");
    if (fields === null) {
        checkRegistrant(item);
    } else if (item.completions) {
        checkCompletions(item.completions);
    }
}

// ---- order ----------------------------------------------------------------------------------------------------------

/** @typedef {string | number | undefined} Part */

/** @param {Part} a @param {Part} b */
function compare(a, b) {
    if (a === b) {
        return 0;
    }
    return a === undefined || (b !== undefined && a < b) ? -1 : 1;
}

/** @param {Part[]} a @param {Part[]} b */
function compareParts(a, b) {
    for (let i = 0; i < Math.max(a.length, b.length); i++) {
        const order = compare(a[i], b[i]);
        if (order !== 0) {
            return order;
        }
    }
    return 0;
}

/** The sort that a query means. @param {URLSearchParams} asked */
export function sortOf(asked) {
    const isText = TEXTS.some((name) => asked.has(name));
    const sort = asked.get("sort") ?? "relevance";
    return sort === "relevance" && !isText ? "number" : sort;
}

/**
 * What an item is ordered by; undefined: it has no such thing and is last.
 * @param {any} item @param {string} key without the sign @param {string[]} tiers @returns {Part[] | undefined}
 */
export function sortKey(item, key, tiers) {
    switch (key) {
        case "relevance":
            return [tiers.indexOf(item.match.tier)];
        case "number":
            return [Number(item.number)];
        case "kana":
            return kanaKeys(item.kana);
        case "last_completed_on":
            return item.completions?.[0] && [item.completions[0].completed_on];
        default:
            return item[key] && [item[key]];
    }
}

/**
 * @param {{ key: Part[] | undefined, number: number }} a @param {{ key: Part[] | undefined, number: number }} b
 * @param {boolean} descending
 */
export function compareKeyed(a, b, descending) {
    if (a.key === undefined || b.key === undefined) {
        return Number(a.key === undefined) - Number(b.key === undefined) || a.number - b.number;
    }
    const order = compareParts(a.key, b.key);
    return (descending ? -order : order) || a.number - b.number;
}

/** @param {any[]} items @param {URLSearchParams} asked @param {string[]} tiers */
export function checkOrder(items, asked, tiers) {
    const sort = sortOf(asked);
    const key = sort.replace(/^-/, "");
    const needed = key === "last_completed_on" ? "completions" : key;
    const fields = asked.get("fields");
    if (key !== "relevance" && key !== "number" && fields !== null && !fields.split(",").includes(needed)) {
        return; // what it is ordered by was left out
    }
    const keyed = items.map((item) => ({ key: sortKey(item, key, tiers), number: Number(item.number) }));
    for (let i = 1; i < keyed.length; i++) {
        const [a, b] = [keyed[i - 1], keyed[i]];
        const order = compareKeyed(a, b, sort !== key);
        // Within a tier other things count too: how much of the field it is, and which field.
        const fine = key === "relevance" ? compareParts(a.key ?? [], b.key ?? []) <= 0 : order < 0;
        assert.ok(fine, `sort=${sort}: ${items[i - 1].number} stands before ${items[i].number}`);
    }
}

// ---- pages ----------------------------------------------------------------------------------------------------------

/** @param {any} page @param {string | undefined} link @param {URLSearchParams} asked */
function checkNext(page, link, asked) {
    const { next } = page;
    assert.equal(link, next === undefined ? undefined : `<${next}>; rel="next"`, "Link says what next says");
    if (next === undefined) {
        return;
    }
    assert.ok(page.total > page.items.length, "a page with a next one is not everything");
    const without = (/** @type {URLSearchParams} */ parameters) =>
        [...parameters].filter(([name]) => name !== "cursor");
    const following = new URLSearchParams(next.split("?")[1]);
    assert.ok(following.has("cursor"), "next has a cursor");
    assert.deepEqual(without(following), without(asked), "next asks the same");
}

/** @param {any} facets @param {URLSearchParams} asked */
function checkFacets(facets, asked) {
    const names = [...new Set((asked.get("facets") ?? "").split(",").filter(Boolean))].sort();
    const { omitted, ...lists } = facets ?? {};
    assert.deepEqual(Object.keys(lists).sort(), names, "the facets asked for");
    for (const [name, list] of Object.entries(lists)) {
        const values = list.map((/** @type {any} */ entry) => entry.value);
        assert.equal(new Set(values).size, values.length, `each value of ${name} once`);
        const counts = list.map((/** @type {any} */ entry) => entry.count);
        assert.deepEqual(
            counts,
            [...counts].sort((a, b) => b - a),
            `${name}: the largest count first`,
        );
    }
    for (const name of Object.keys(omitted ?? {})) {
        assert.equal(lists[name]?.length, 300, `${name} leaves values out only where the list is full`);
    }
}

/** A page of the search, in any form. @param {any} page @param {string | undefined} link @param {URLSearchParams} asked @param {any} schemas */
function checkPeople(page, link, asked, schemas) {
    const isText = TEXTS.some((name) => asked.has(name));
    const known = valuesOf(schemas, "RegistrantField");
    checkNext(page, link, asked);
    checkFacets(page.facets, asked);
    assert.equal("hints" in page, page.total === 0, "hints where nothing was found");
    for (const item of page.items) {
        assert.equal("match" in item, isText, "match where a text was searched for");
        checkMembers(item, asked.get("fields"), known);
    }
    checkOrder(page.items, asked, valuesOf(schemas, "MatchTier"));
}

/** @param {any} value @param {URLSearchParams} asked */
function checkOffers(value, asked) {
    const keys = value.items.map((/** @type {any} */ offer) => `${offer.field} ${offer.text}`);
    assert.equal(new Set(keys).size, keys.length, "each text of a field once");
    assert.ok(keys.length <= Number(asked.get("limit") ?? 10), "no more than asked for");
}

/**
 * @param {string} path as documented @param {string} target @param {any} value @param {Record<string, string>} headers
 * @param {any} schemas
 */
export function checkMeaning(path, target, value, headers, schemas) {
    const asked = new URLSearchParams(target.split("?")[1] ?? "");
    if (value?.registrant) {
        checkRegistrant(value.registrant);
    }
    if (!Array.isArray(value?.items)) {
        return;
    }
    if (path === "/v1/suggestions") {
        checkOffers(value, asked);
        return;
    }
    assert.ok(value.total >= value.items.length, "total covers the page");
    if (path === "/v1/registrants") {
        checkPeople(value, headers.link, asked, schemas);
        return;
    }
    checkNext(value, headers.link, asked);
    const keys = value.items.map((/** @type {any} */ item) => item.code ?? Number(item.number));
    const ordered = [...keys].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    assert.deepEqual(keys, ordered, "items are in order");
}
