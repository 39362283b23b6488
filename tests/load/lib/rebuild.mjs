// Readers while a new edition is built: the courses are imported again and again with another fee of one course, and each
// import is a publication.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { coursesFile, environment } from "./data.mjs";
import { pause, run } from "./processes.mjs";
import { settings } from "./settings.mjs";

/** @param {string} adminUrl @returns {Promise<Record<string, number>>} */
async function metrics(adminUrl) {
    const text = await (await fetch(`${adminUrl}/metrics`, { signal: AbortSignal.timeout(10_000) })).text();
    const found = [...text.matchAll(/^(\w+) ([0-9.e+-]+)$/gm)];
    return Object.fromEntries(found.map(([, name, value]) => [name, Number(value)]));
}

/** @param {string} database @param {number} people @param {number} round */
async function importChange(database, people, round) {
    const original = coursesFile(people);
    const changed = `${original}.changed`;
    const lines = readFileSync(original, "utf8").split("\n");
    lines[0] = lines[0].replace(/"fee_yen":\d+/, `"fee_yen":${1000 + round}`);
    writeFileSync(changed, lines.join("\n"));
    await run(settings.binary, ["import", "courses", changed], { env: environment(database), timeout_s: 60 });
    rmSync(changed);
}

/** @param {{ adminUrl: string }} meibo @param {number} editions */
async function builtMore(meibo, editions, seconds = 120) {
    for (const until = Date.now() + seconds * 1000; Date.now() < until; await pause(20)) {
        const now = await metrics(meibo.adminUrl);
        if (now.meibo_editions_total > editions) {
            return now;
        }
    }
    throw new Error("no new edition was built in time");
}

let fees = Date.now() % 1_000_000;

/** Publishes and waits for the edition. @returns {Promise<number>} seconds of the build */
async function rebuild(/** @type {any} */ meibo, /** @type {string} */ database, /** @type {number} */ people) {
    const before = await metrics(meibo.adminUrl);
    await importChange(database, people, fees++);
    return (await builtMore(meibo, before.meibo_editions_total)).meibo_edition_build_seconds;
}

/**
 * Build times, nothing else running; then p99 at rest and during rebuilds that follow one another without a pause.
 * @param {any} meibo a started contestant @param {import("./contestants.mjs").Load} load @param {string} database @param {number} people
 */
export async function measureRebuild(meibo, load, database, people) {
    const builds = [];
    for (let i = 0; i < settings.rounds; i++) {
        builds.push(await rebuild(meibo, database, people));
    }
    // Long enough that a run lies within a build, or holds several.
    const seconds = Math.max(settings.seconds, Math.min(10, Math.ceil(Math.max(...builds))));
    /** @type {{ connections: number, rest: any[], during: any[], builds: number }[]} */
    const results = [];
    for (const connections of settings.connections.filter((n) => n <= 32)) {
        const result = { connections, rest: /** @type {any[]} */ ([]), during: /** @type {any[]} */ ([]), builds: 0 };
        for (let round = 0; round < settings.rounds; round++) {
            result.rest.push(await load(connections, seconds));
            let over = false;
            const rebuilds = (async () => {
                for (; !over; result.builds++) {
                    await rebuild(meibo, database, people);
                }
            })();
            await pause(200);
            result.during.push(await load(connections, seconds));
            over = true;
            await rebuilds;
        }
        results.push(result);
    }
    await run(settings.binary, ["import", "courses", coursesFile(people)], { env: environment(database) });
    return { builds, seconds, results };
}

/** Resident memory now and at its highest, in MB. @param {number} pid */
export function memory(pid) {
    const text = readFileSync(`/proc/${pid}/status`, "utf8");
    const value = (/** @type {string} */ name) =>
        Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1]) / 1000;
    return { now: value("VmRSS"), highest: value("VmHWM") };
}
