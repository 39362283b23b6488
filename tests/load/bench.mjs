// make bench: the service beside its alternatives, on the same machine, the same people, in one session. One size after the
// other: prepare the people, start everybody, ask the mix in alternating runs, then the classes, then the service's own
// figures (time inside, build, memory, readers during a rebuild). Nothing is asserted: the figures are printed and written
// to $VAR/bench/bench.md and bench.json. Settings: lib/settings.mjs.
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pgbenchContestant, startBare, startFastify, startGroonga, startMeibo } from "./lib/contestants.mjs";
import { environment, prepareDatabase, sql, startCluster } from "./lib/data.mjs";
import { writeTargets } from "./lib/measure.mjs";
import { describe, resolveMix } from "./lib/mix.mjs";
import { run } from "./lib/processes.mjs";
import { measureRebuild, memory } from "./lib/rebuild.mjs";
import { machine, writeReport } from "./lib/report.mjs";
import { settings } from "./lib/settings.mjs";

/**
 * @typedef {import("./lib/contestants.mjs").Contestant} Contestant
 * @typedef {import("./lib/mix.mjs").Resolved} Resolved
 * @typedef {{ contestant: string, mix: string, connections: number, runs: import("./lib/measure.mjs").Figures[] }} Series
 */

/** @param {string} text */
function say(text) {
    process.stdout.write(`${text}\n`);
}

/** @param {number} people @param {string} database @returns {Promise<Contestant[]>} */
async function startPeers(people, database) {
    const starts = {
        bare: () => startBare(),
        fastify: () => startFastify(database),
        pgbench: async () => pgbenchContestant(database, (text) => sql(database, text)),
        groonga: () => startGroonga(people, database),
    };
    const peers = [];
    for (const name of settings.peers) {
        peers.push(await starts[/** @type {keyof typeof starts} */ (name)]());
    }
    return peers;
}

/** @param {Resolved[]} mix @param {string} language */
function spokenBy(mix, language) {
    return mix.filter((entry) => !entry.without?.[language]);
}

/** How many hits each contestant finds: a peer that finds others than the service is not doing the same work. */
async function compareTotals(/** @type {Resolved[]} */ mix, /** @type {Contestant[]} */ peers) {
    const rows = [];
    for (const entry of mix) {
        /** @type {Record<string, number>} */
        const totals = { meibo: entry.total };
        for (const peer of peers.filter(
            (p) => p.name !== "bare" && p.name !== "fastify" && !entry.without?.[p.speaks],
        )) {
            totals[peer.name] = await peer.total(entry);
        }
        rows.push({ class: entry.class, query: describe(entry), bytes: entry.bytes, totals, without: entry.without });
    }
    return rows;
}

/** So long that a slow peer, judged by its last run, gets once or twice through its queries; three times the usual at most. */
function enough(/** @type {{ queries: number, rate?: number }} */ lane, /** @type {number} */ seconds) {
    const needed = lane.rate === undefined ? 0 : Math.ceil((1.5 * lane.queries) / Math.max(lane.rate, 0.1));
    return Math.max(seconds, Math.min(needed, 3 * seconds));
}

/** The runs of one list of queries: everybody in turn, and that several times. */
async function alternate(
    /** @type {{ contestant: string, mix: string, queries: number, load: any, rate?: number }[]} */ lanes,
    /** @type {number[]} */ connections,
    /** @type {number} */ seconds,
    /** @type {number} */ rounds,
) {
    /** @type {Map<string, Series>} */
    const series = new Map();
    for (let round = 0; round < rounds; round++) {
        for (const count of connections) {
            for (const lane of lanes) {
                const key = `${lane.contestant} ${lane.mix} ${count}`;
                const one = series.get(key) ?? {
                    contestant: lane.contestant,
                    mix: lane.mix,
                    connections: count,
                    runs: [],
                };
                const figures = await lane.load(count, enough(lane, seconds));
                one.runs.push(figures);
                lane.rate = figures.rate;
                series.set(key, one);
            }
        }
        say(`  round ${round + 1} of ${rounds}`);
    }
    return [...series.values()];
}

/** Each peer beside the service on the queries that both answer. */
function lanesOf(/** @type {Resolved[]} */ mix, /** @type {any} */ meibo, /** @type {Contestant[]} */ peers) {
    const languages = [...new Set(["any", ...peers.map((p) => p.speaks)])];
    // A language that can say everything needs no lane of its own for the service.
    const names = new Map(languages.map((l) => [l, spokenBy(mix, l).length === mix.length ? "any" : l]));
    const own = [...new Set(names.values())].map((name) => ({
        contestant: "meibo",
        mix: name,
        queries: spokenBy(mix, name).length,
        load: meibo.load(spokenBy(mix, name)),
    }));
    const others = peers.map((peer) => ({
        contestant: peer.name,
        mix: names.get(peer.speaks) ?? "any",
        queries: spokenBy(mix, peer.speaks).length,
        load: peer.load(spokenBy(mix, peer.speaks)),
    }));
    return [...own, ...others];
}

async function measureClasses(
    /** @type {Resolved[]} */ mix,
    /** @type {any} */ meibo,
    /** @type {Contestant[]} */ peers,
) {
    const lanes = [];
    for (const name of new Set(mix.map((entry) => entry.class))) {
        const members = mix.filter((entry) => entry.class === name);
        for (const one of [meibo, ...peers]) {
            const spoken = spokenBy(members, one.speaks);
            if (spoken.length > 0) {
                lanes.push({ contestant: one.name, mix: name, queries: spoken.length, load: one.load(spoken) });
            }
        }
    }
    return alternate(lanes, settings.classConnections, settings.classSeconds, settings.classRounds);
}

/** Time inside the service, without HTTP: tests/load/inside.c. */
async function measureInside(/** @type {Resolved[]} */ mix, /** @type {string} */ database) {
    if (!settings.inside || !existsSync(settings.inside)) {
        return undefined;
    }
    const lines = mix.map((entry) => {
        const pairs = Object.entries(entry.query).map(([name, value]) => `${name}=${value}`);
        return [entry.class, String(entry.pages), ...pairs].join("\t");
    });
    const out = await run(settings.inside, [writeTargets(lines)], { env: environment(database), timeout_s: 300 });
    return JSON.parse(out);
}

async function measureSize(/** @type {number} */ people) {
    say(`\n${people} people`);
    const database = await prepareDatabase(people);
    const inside = async (/** @type {Resolved[]} */ mix) => measureInside(mix, database);
    const meibo = await startMeibo(database);
    const { mix, unknown } = await resolveMix(meibo.url);
    unknown.forEach((entry) => say(`  left out, this binary does not know it: ${entry.class}: ${describe(entry)}`));
    const atStart = memory(meibo.pid);
    const peers = await startPeers(people, database);
    say(`  ${mix.length} queries; comparing what is found`);
    const totals = await compareTotals(mix, peers);
    say("  the mix");
    const whole = await alternate(lanesOf(mix, meibo, peers), settings.connections, settings.seconds, settings.rounds);
    const loaded = memory(meibo.pid);
    say("  the classes");
    const classes = await measureClasses(mix, meibo, peers);
    for (const peer of peers) {
        await peer.stop();
    }
    say("  readers during rebuilds");
    const rebuild = await measureRebuild(meibo, meibo.load(mix), database, people);
    const afterwards = memory(meibo.pid);
    await meibo.stop();
    say("  inside the service");
    return {
        people,
        unknown: unknown.map((entry) => ({ class: entry.class, query: describe(entry) })),
        configurations: Object.fromEntries([meibo, ...peers].map((one) => [one.name, one.configuration])),
        totals,
        whole,
        classes,
        rebuild,
        memory: { atStart, loaded, afterwards },
        inside: await inside(mix),
    };
}

async function main() {
    mkdirSync(settings.directory, { recursive: true });
    const began = new Date();
    const sizes = [];
    await startCluster();
    rmSync(path.join(settings.directory, "targets"), { recursive: true, force: true });
    for (const people of settings.sizes) {
        sizes.push(await measureSize(people));
    }
    const result = { began: began.toISOString(), ended: new Date().toISOString(), machine: machine(), settings, sizes };
    writeFileSync(path.join(settings.directory, "bench.json"), `${JSON.stringify(result, null, 1)}\n`);
    const report = writeReport(result);
    writeFileSync(path.join(settings.directory, "bench.md"), report);
    say(`\n${report}\nwritten to ${settings.directory}/bench.md and bench.json`);
}

try {
    await main();
    process.exit(0);
} catch (error) {
    process.stderr.write(`bench: ${error instanceof Error ? (error.stack ?? error.message) : error}\n`);
    process.exit(1);
}
