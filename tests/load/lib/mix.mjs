// The fixed mix: queries.json, and what the running service answers to each of them.
import { readFileSync } from "node:fs";
import path from "node:path";
import { here } from "./settings.mjs";

/**
 * @typedef {{ class: string, query: Record<string, string>, pages?: number, without?: Record<string, string> }} Entry
 * @typedef {Entry & { pages: number, target: string, bytes: number, total: number, after?: any }} Resolved
 */

/** @returns {Entry[]} */
export function entries() {
    return JSON.parse(readFileSync(path.join(here, "queries.json"), "utf8"));
}

/** @param {string} url @returns {Promise<{ status: number, bytes: number, body: any }>} */
async function get(url) {
    const response = await fetch(url, {
        headers: { "Accept-Encoding": "identity" },
        signal: AbortSignal.timeout(60_000),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, bytes: bytes.length, body: JSON.parse(bytes.toString()) };
}

/** The entry with its answer; undefined when this service does not know one of its parameters. @param {string} url @param {Entry} entry */
async function resolve(url, entry) {
    let target = `/v1/registrants?${new URLSearchParams(entry.query)}`.replace(/\?$/, "");
    let answer = await get(url + target);
    let after;
    let pages = 0;
    for (; pages < (entry.pages ?? 0) && answer.body.next; pages++) {
        after = answer.body.items.at(-1);
        target = answer.body.next;
        answer = await get(url + target);
    }
    if (answer.status === 400) {
        return undefined;
    }
    if (answer.status !== 200) {
        throw new Error(`${target} is answered ${answer.status}`);
    }
    return { ...entry, pages, target, after, bytes: answer.bytes, total: answer.body.total };
}

/** The same order every time, in which neighbours are of different classes. @template T @param {T[]} list @returns {T[]} */
function shuffled(list) {
    const step = [17, 19, 23, 29].find((n) => list.length % n !== 0) ?? 1;
    return list.map((_, i) => list[(i * step) % list.length]);
}

/** @param {string} url the service @returns {Promise<{ mix: Resolved[], unknown: Entry[] }>} */
export async function resolveMix(url) {
    const mix = [];
    const unknown = [];
    for (const entry of shuffled(entries())) {
        const resolved = await resolve(url, entry);
        if (resolved) {
            mix.push(resolved);
        } else {
            unknown.push(entry);
        }
    }
    return { mix, unknown };
}

/** In words, for a table. @param {Entry} entry */
export function describe(entry) {
    const query = Object.entries(entry.query).map(([name, value]) => `${name}=${value}`);
    return `${query.join(" & ") || "(everything)"}${entry.pages ? `, page ${entry.pages + 1}` : ""}`;
}
