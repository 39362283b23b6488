// Addresses of lists, and walks through them by `next`.
import assert from "node:assert/strict";
import { contract } from "./contract.mjs";
import { checkOrder } from "./meaning.mjs";

/** @param {Record<string, string | number | undefined>} parameters */
export function query(parameters) {
    const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
    return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}

/** @type {string[]} */
const TIERS = contract.components.schemas.MatchTier["x-extensible-enum"];

/** All items of a walk from a first page through `next`. @param {import("./harness.mjs").World} world @param {string} first */
export async function walk(world, first) {
    /** @type {any[]} */
    const items = [];
    /** @type {Set<number>} */
    const totals = new Set();
    let pages = 0;
    for (let target = first; target !== undefined; pages++) {
        const page = (await world.get(target, { expect: 200 })).json;
        items.push(...page.items);
        totals.add(page.total);
        assert.ok(items.length <= page.total, `${first}: a walk has no more items than there are`);
        target = page.next;
        assert.ok(target === undefined || page.items.length > 0, "a page with a next page has items");
    }
    if (first.startsWith("/v1/registrants?")) {
        checkOrder(items, new URLSearchParams(first.split("?")[1]), TIERS);
    }
    return { items, pages, totals: [...totals] };
}
