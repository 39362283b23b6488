// Who runs against whom: each starts its server, can answer a list of queries, and says how it is configured.
import path from "node:path";
import { connection, environment } from "./data.mjs";
import { groongaTarget, prepareGroonga } from "./groonga.mjs";
import { pgbench, statementText, versionOf, wrk, writeScripts, writeTargets } from "./measure.mjs";
import { answers, freePort, start, stop } from "./processes.mjs";
import { here, settings } from "./settings.mjs";

const POOL = 8;

/**
 * @typedef {import("./mix.mjs").Resolved} Resolved
 * @typedef {(connections: number, seconds: number) => Promise<import("./measure.mjs").Figures>} Load
 * @typedef {object} Contestant
 * @property {string} name
 * @property {"sql" | "groonga" | "any"} speaks entries `without` it are left out
 * @property {string} configuration
 * @property {(mix: Resolved[]) => Load} load
 * @property {(entry: Resolved) => Promise<number>} total what it answers as the number of hits
 * @property {() => Promise<void>} stop
 */

/** @param {string} name */
function log(name) {
    return path.join(settings.directory, `${name}.log`);
}

/** @param {string} url */
async function json(url) {
    const response = await fetch(url, { signal: AbortSignal.timeout(120_000) });
    return /** @type {any} */ (await response.json());
}

/** A contestant that wrk can ask. @param {string} url @param {(entry: Resolved) => string} target @param {string} idle */
function overHttp(url, target, idle) {
    return (/** @type {Resolved[]} */ mix) => {
        const file = writeTargets(mix.map(target));
        return async (/** @type {number} */ connections, /** @type {number} */ seconds) => {
            const figures = await wrk(url, file, connections, seconds);
            // What is still in its queue must not burden the next run.
            await (await fetch(url + idle, { signal: AbortSignal.timeout(120_000) })).arrayBuffer();
            return figures;
        };
    };
}

/** @param {string} database */
export async function startMeibo(database) {
    const [port, admin] = [await freePort(), await freePort()];
    const env = {
        ...environment(database),
        MEIBO_LISTEN: `127.0.0.1:${port}`,
        MEIBO_ADMIN_LISTEN: `127.0.0.1:${admin}`,
        MEIBO_OPERATOR_LISTEN: "",
    };
    const child = start(settings.binary, ["serve"], log("meibo"), { env });
    const url = `http://127.0.0.1:${port}`;
    const adminUrl = `http://127.0.0.1:${admin}`;
    await answers(child, `${url}/v1/registrants?limit=1`, log("meibo"), 180);
    return {
        name: "meibo",
        speaks: /** @type {const} */ ("any"),
        configuration: `${settings.threads} threads; log level warn, so no line a request; answers not compressed`,
        url,
        adminUrl,
        pid: child.pid ?? 0,
        load: overHttp(url, (entry) => entry.target, "/v1"),
        total: async (/** @type {Resolved} */ entry) => entry.total,
        stop: () => stop(child),
    };
}

/** @returns {Promise<Contestant>} */
export async function startBare() {
    const port = await freePort();
    const child = start(settings.bare, [String(port), String(settings.threads)], log("bare"));
    const url = `http://127.0.0.1:${port}`;
    await answers(child, `${url}/1`, log("bare"));
    return {
        name: "bare",
        speaks: "any",
        configuration: `Ulfius ${versionOf("dpkg-query", ["-W", "-f", "${Version}", "libulfius-dev"])}, ${settings.threads} epoll threads, one default endpoint, constant bytes as many as meibo's answer to each query of the mix`,
        load: overHttp(url, (entry) => `/${entry.bytes}`, "/1"),
        total: async (entry) => entry.total,
        stop: () => stop(child),
    };
}

/** The cursor of fastify/server.mjs. @param {Resolved} entry */
function fastifyTarget(entry) {
    const query = { ...entry.query };
    if (entry.after) {
        const key = (query.sort ?? "number").replace(/^-/, "");
        const position = { number: entry.after.number, [key]: entry.after[key] };
        query.cursor = Buffer.from(JSON.stringify(position)).toString("base64url");
    }
    return `/v1/registrants?${new URLSearchParams(query)}`;
}

/** @param {string} database @returns {Promise<Contestant>} */
export async function startFastify(database) {
    const port = await freePort();
    const folder = path.join(here, "fastify");
    const options = ["server.mjs", String(port), String(settings.cores), String(POOL)];
    const child = start(process.execPath, options, log("fastify"), { cwd: folder, env: connection(database) });
    const url = `http://127.0.0.1:${port}`;
    await answers(child, `${url}/ready`, log("fastify"));
    const version = (/** @type {string} */ name) =>
        versionOf("node", ["-p", `require("${folder}/node_modules/${name}/package.json").version`]);
    return {
        name: "fastify",
        speaks: "sql",
        configuration: `fastify ${version("fastify")}, pg ${version("pg")}, Node ${process.version}; ${settings.cores} processes, each a pool of ${POOL}; named prepared statements; the SQL of pgbench`,
        load: overHttp(url, fastifyTarget, "/ready"),
        total: async (entry) => (await json(url + fastifyTarget(entry))).total,
        stop: () => stop(child),
    };
}

/** @param {string} database @param {(text: string) => Promise<string>} ask @returns {Contestant} */
export function pgbenchContestant(database, ask) {
    return {
        name: "pgbench",
        speaks: "sql",
        configuration: `${versionOf("pgbench", ["--version"])}, -M prepared, values in the statements; tables and pg_trgm indexes of tests/load/person.sql; each statement returns exact total and 20 people as JSON`,
        load: (mix) => {
            const folder = writeScripts(mix);
            return (connections, seconds) => pgbench(database, folder, connections, seconds);
        },
        total: async (entry) => {
            return Number(await ask(`select total from (${statementText(entry)}) as answer`));
        },
        stop: async () => {},
    };
}

/** @param {number} people @param {string} database @returns {Promise<Contestant>} */
export async function startGroonga(people, database) {
    const db = await prepareGroonga(people, database);
    const port = await freePort();
    const options = [
        "-s",
        "--protocol",
        "http",
        "--bind-address",
        "127.0.0.1",
        "-p",
        String(port),
        "--cache-limit",
        "0",
    ];
    options.push("-t", String(settings.cores), "-l", "error", "--log-path", log("groonga-own"), db);
    const child = start("groonga", options, log("groonga"));
    const url = `http://127.0.0.1:${port}`;
    await answers(child, `${url}/d/status`, log("groonga"));
    return {
        name: "groonga",
        speaks: "groonga",
        configuration: `${versionOf("groonga", ["--version"]).replace(/ \[.*/, "")}, its own HTTP server, ${settings.cores} threads, --cache-limit 0; TokenBigram with NormalizerNFKC150 (unify_kana), a second index over romaji; an index on every filter`,
        load: overHttp(url, (entry) => groongaTarget(entry.query, entry.pages), "/d/status"),
        total: async (entry) => (await json(url + groongaTarget(entry.query, entry.pages)))[1][0][0][0],
        stop: () => stop(child),
    };
}
