// What a test file stands on: its own database (a copy of the imported register), its own servers, tokens, and the
// certainty that all of it is gone afterwards.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { after, before } from "node:test";
import path from "node:path";
import readline from "node:readline";
import { fileURLToPath } from "node:url";
import { call, typedClient } from "./client.mjs";
import { Cluster } from "./cluster.mjs";
import { files, writeData } from "./fixtures.mjs";
import { Oracle } from "./oracle.mjs";
import { until, within } from "./wait.mjs";

export { query, walk } from "./walk.mjs";
export { call, typedClient, until, within };
/** @typedef {import("./client.mjs").Options} Options */

export const binary = path.resolve(
    process.env.MEIBO_BIN ?? fileURLToPath(new URL("../../../build/meibo", import.meta.url)),
);
const SECRET = "secret-of-the-http-tests-0123456789abcdef";
export const SAMPLE_REGISTRANTS = 2000;

/** The run's own directory; made and removed by run.mjs. */
export function runDirectory() {
    const directory = process.env.MEIBO_TEST_DIR;
    assert.ok(directory, "start the tests with `node run.mjs [file…]`: it makes the cluster they need");
    return directory;
}

/** The caller's environment without its own MEIBO_ and PG settings. @param {Record<string, string>} own */
function environment(own) {
    const kept = Object.entries(process.env).filter(([name]) => !/^(MEIBO_|PG)/.test(name) && name !== "NODE_OPTIONS");
    return { ...Object.fromEntries(kept), ...own };
}

/**
 * Runs the program to its end. @param {string[]} args
 * @param {{ env?: Record<string, string>, input?: string | Buffer, expect?: number }} [options]
 * @returns {Promise<{ code: number | null, stdout: string, stderr: string }>}
 */
export async function meibo(args, options = {}) {
    const child = spawn(binary, args, { env: environment(options.env ?? {}), stdio: "pipe" });
    remember(child.pid);
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.stdin.on("error", () => {});
    child.stdin.end(options.input ?? "");
    const ended = new Promise((resolve, reject) => {
        child.on("error", reject);
        child.on("close", resolve);
    });
    try {
        const code = /** @type {number | null} */ (await within(`meibo ${args.join(" ")}`, ended, 60_000));
        if (options.expect !== undefined) {
            assert.equal(code, options.expect, `meibo ${args.join(" ")}: exit code\n${stdout}\n${stderr}`);
        }
        return { code, stdout, stderr };
    } finally {
        child.kill("SIGKILL");
    }
}

// ---- processes that must not outlive us -----------------------------------------------------------------------------

/** @type {Set<import("node:child_process").ChildProcess>} */
const alive = new Set();

/** Tells run.mjs, which ends what a killed test process could not. @param {number | undefined} pid */
function remember(pid) {
    appendFileSync(path.join(runDirectory(), "pids"), `${pid}\n`);
}

function killAll() {
    for (const child of alive) {
        child.kill("SIGKILL");
    }
}

process.on("exit", killAll);
for (const signal of /** @type {NodeJS.Signals[]} */ (["SIGINT", "SIGTERM"])) {
    process.on(signal, () => process.exit(1));
}

/** One running `meibo serve`. */
export class Server {
    /** @param {Record<string, string>} env */
    constructor(env) {
        /** @type {string[]} */
        this.lines = [];
        /** @type {Record<string, string>} */
        this.addresses = {};
        const defaults = {
            MEIBO_LISTEN: "127.0.0.1:0",
            MEIBO_OPERATOR_LISTEN: "",
            MEIBO_ADMIN_LISTEN: "127.0.0.1:0",
            MEIBO_PUBLISH_INTERVAL_MS: "100",
        };
        this.child = spawn(binary, ["serve"], {
            env: environment({ ...defaults, ...env }),
            stdio: ["ignore", "ignore", "pipe"],
        });
        remember(this.child.pid);
        alive.add(this.child);
        /** @type {Promise<{ code: number | null, signal: string | null }>} */
        this.ended = new Promise((resolve) => {
            this.child.on("close", (code, signal) => {
                alive.delete(this.child);
                resolve({ code, signal });
            });
        });
        readline
            .createInterface({ input: /** @type {any} */ (this.child.stderr) })
            .on("line", (line) => this.#take(line));
    }

    /** @param {string} line */
    #take(line) {
        this.lines.push(line);
        if (line.includes('"listening"')) {
            const event = JSON.parse(line);
            this.addresses[event.listener] = `http://${event.address}`;
        }
    }

    /** Resident memory, as the kernel counts it. */
    residentKiB() {
        const status = readFileSync(`/proc/${this.child.pid}/status`, "utf8");
        return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]);
    }

    /** Resolves when every listener listens. @param {string[]} [listeners] */
    async listening(listeners = ["public", "admin"]) {
        await until(`serve listens: ${this.log()}`, () => {
            if (this.child.exitCode !== null || this.child.signalCode !== null) {
                return true;
            }
            return listeners.every((name) => this.addresses[name]);
        }).catch((error) => {
            throw new Error(`serve does not listen:\n${this.log()}`, { cause: error });
        });
        assert.ok(this.isRunning(), `serve ended with ${this.child.exitCode ?? this.child.signalCode}:\n${this.log()}`);
        return this;
    }

    /** The state that /ready tells. */
    async readiness() {
        const answer = await call(this.admin, "GET", "/ready", { loose: true });
        return { code: answer.status, ...answer.json };
    }

    isRunning() {
        return this.child.exitCode === null && this.child.signalCode === null;
    }

    get public() {
        return this.addresses.public;
    }

    get operator() {
        return this.addresses.operator ?? this.addresses.public;
    }

    get admin() {
        return this.addresses.admin;
    }

    log() {
        return this.lines.slice(-30).join("\n");
    }

    /** Ends it politely and demands that it ended well. */
    async stop() {
        assert.ok(
            this.isRunning(),
            `serve has ended by itself (${this.child.exitCode ?? this.child.signalCode}):\n${this.log()}`,
        );
        this.child.kill("SIGTERM");
        const { code, signal } = await within("serve ends after SIGTERM", this.ended, 30_000).finally(() =>
            this.child.kill("SIGKILL"),
        );
        assert.deepEqual({ code, signal }, { code: 0, signal: null }, `serve ends well:\n${this.log()}`);
        for (const line of this.lines) {
            assert.doesNotThrow(() => JSON.parse(line), `a log line that is no JSON: ${line}`);
        }
    }

    /** Ends it at once, as a crash would. */
    async kill() {
        this.child.kill("SIGKILL");
        await this.ended;
    }
}

// ---- databases ------------------------------------------------------------------------------------------------------

const TEMPLATE = "imported";

/** @param {Cluster} cluster @param {string} database @returns {Record<string, string>} */
export function settingsFor(cluster, database) {
    return { MEIBO_DATABASE: cluster.conninfo(database), MEIBO_SECRET: SECRET };
}

/** The directory of the imported files. */
export function dataDirectory() {
    return path.join(runDirectory(), "data");
}

/** The run's cluster, which run.mjs started. */
export function runCluster() {
    return new Cluster(runDirectory());
}

/** Writes the register's files once for the whole run. */
export async function prepareData() {
    const sample = path.join(runDirectory(), "sample");
    mkdirSync(sample);
    mkdirSync(dataDirectory());
    await meibo(["sample", sample, "--registrants", String(SAMPLE_REGISTRANTS), "--seed", "7"], { expect: 0 });
    writeData(sample, dataDirectory());
}

/**
 * Fills a new database with them, or with the files of another directory, which need not be all.
 * @param {Cluster} cluster @param {string} [database] @param {string} [directory]
 */
export async function importData(cluster, database = TEMPLATE, directory = dataDirectory()) {
    cluster.sql("postgres", `create database ${database}`);
    const env = settingsFor(cluster, database);
    await meibo(["migrate"], { env, expect: 0 });
    for (const kind of files) {
        const file = path.join(directory, `${kind}.ndjson`);
        if (existsSync(file)) {
            await meibo(["import", kind, file], { env, expect: 0 });
        }
    }
}

let databases = 0;

/** A fresh copy of the imported register. @param {Cluster} cluster @returns {Promise<string>} */
export async function copyDatabase(cluster) {
    databases += 1;
    const name = `t${process.pid}_${databases}`;
    cluster.sql("postgres", `create database ${name} template ${TEMPLATE}`);
    // Rights on the database itself are not copied with it.
    await meibo(["migrate"], { env: settingsFor(cluster, name), expect: 0 });
    return name;
}

/** @param {Record<string, string>} env @param {string} operator */
export async function newToken(env, operator) {
    const { stdout } = await meibo(["operator", "token", operator], { env, expect: 0 });
    assert.match(stdout, /^mbo_[0-9a-z]{12}_[0-9A-Za-z]{43}_[0-9a-z]{6}\n$/, "the token alone on stdout");
    return stdout.trim();
}

/** A database, servers on it and what tests need to talk to them. */
export class World {
    /** @param {{ env?: Record<string, string>, cluster?: Cluster, data?: string }} [options] data: files of its own */
    constructor(options = {}) {
        this.cluster = options.cluster ?? runCluster();
        this.extra = options.env ?? {};
        this.data = options.data;
        this.oracle = new Oracle(options.data ?? dataDirectory());
        /** @type {Server[]} */
        this.servers = [];
        /** @type {Record<string, string>} */
        this.env = {};
        this.tokens = { a: "", b: "" };
        this.database = "";
    }

    async open() {
        if (this.data === undefined) {
            this.database = await copyDatabase(this.cluster);
        } else {
            this.database = `own${process.pid}`;
            await importData(this.cluster, this.database, this.data);
        }
        this.env = { ...settingsFor(this.cluster, this.database), ...this.extra };
        if (this.data === undefined) {
            this.tokens = { a: await newToken(this.env, "http-a"), b: await newToken(this.env, "http-b") };
        }
        await this.serve();
        return this;
    }

    /** One more server on the database. @param {Record<string, string>} [env] */
    async serve(env = {}) {
        const server = new Server({ ...this.env, ...env });
        this.servers.push(server);
        await server.listening();
        await until("the register is served", async () => (await server.readiness()).status === "ready").catch(
            (error) => {
                throw new Error(`the register is not served:\n${server.log()}`, { cause: error });
            },
        );
        return server;
    }

    get server() {
        return this.servers[0];
    }

    get client() {
        return typedClient(this.server.public);
    }

    /** @param {"a" | "b"} [operator] */
    operatorClient(operator = "a") {
        return typedClient(this.server.operator, this.tokens[operator]);
    }

    /** @param {string} target @param {Options} [options] */
    get(target, options) {
        return call(this.server.public, "GET", target, options);
    }

    /** @param {object[]} reports @param {Options & { as?: "a" | "b" }} [options] */
    report(reports, options = {}) {
        const { as = "a", ...rest } = options;
        return call(this.server.operator, "POST", "/v1/reports", {
            token: this.tokens[as],
            body: { reports },
            ...rest,
        });
    }

    /** @param {string} sql */
    sql(sql) {
        return this.cluster.sql(this.database, sql);
    }

    /** Holds a lock until the returned function is called. @param {string} sql the statement that takes it */
    hold(sql) {
        return this.cluster.hold(this.database, sql);
    }

    /** Stops the servers; each has to end well. */
    async close() {
        const results = await Promise.allSettled(
            this.servers.filter((s) => alive.has(s.child) || s.child.exitCode !== 0).map((s) => s.stop()),
        );
        this.servers = [];
        const failed = results.find((r) => r.status === "rejected");
        if (failed) {
            throw /** @type {PromiseRejectedResult} */ (failed).reason;
        }
    }

    /** Kills a server and forgets it. @param {Server} server */
    async kill(server) {
        this.servers = this.servers.filter((s) => s !== server);
        await server.kill();
    }
}

/**
 * The world of one `describe`: opened before its tests and closed after them.
 * @param {{ env?: Record<string, string>, data?: string }} [options]
 */
export function useWorld(options) {
    const world = new World(options);
    before(() => world.open());
    after(() => world.close());
    return world;
}

/**
 * Whether the search shows what was reported.
 * @param {string} base @param {{ number: string, course: string, completed_on: string }} report
 */
export async function isPublic(base, report) {
    const { number, course, completed_on: day } = report;
    const target = `/v1/completions?number=${number}&course=${course}&completed_from=${day}&completed_to=${day}`;
    return (await call(base, "GET", target)).json.total === 1;
}
