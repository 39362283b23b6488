// The sample people, in a cluster of the benchmark's own. Kept between runs: the record for as long as seed and migrations
// are the same, what the peers search in for as long as also the day and their own layout are.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run, whenEnding } from "./processes.mjs";
import { here, root, settings, today } from "./settings.mjs";

const cluster = path.join(root, "tools/cluster");
const home = path.join(settings.directory, "postgres");
const SECRET = "benchmark-benchmark-benchmark-benchmark";
// What PostgreSQL is given: enough memory for all its tables, and connections for every client of pgbench.
export const CLUSTER_OPTIONS = [
    ["max_connections", "620"],
    ["shared_buffers", "1GB"],
    ["work_mem", "32MB"],
    ["maintenance_work_mem", "512MB"],
    ["max_wal_size", "4GB"],
    ["random_page_cost", "1.1"],
    ["effective_cache_size", "3GB"],
    ["jit", "off"],
];

/** @param {string[]} texts */
function digest(texts) {
    return createHash("sha256").update(texts.join("\0")).digest("hex").slice(0, 12);
}

function migrationsDigest() {
    const folder = path.join(root, "sql/migrations");
    return digest(readdirSync(folder).map((name) => readFileSync(path.join(folder, name), "utf8")));
}

/** @param {string} database */
function conninfo(database) {
    return `${execFileSync(cluster, ["conninfo", home], { encoding: "utf8" }).trim()} dbname=${database}`;
}

/** @param {string} database @param {string} sql */
export function sql(database, sql) {
    return run("psql", ["-XqAt", "-v", "ON_ERROR_STOP=1", conninfo(database)], { input: sql, timeout_s: 1800 });
}

export async function startCluster() {
    mkdirSync(settings.directory, { recursive: true });
    // Only one that was not running is ours to stop; a second benchmark in the same folder is refused.
    try {
        execFileSync(cluster, ["check", home], { stdio: "ignore" });
    } catch {
        whenEnding(() => {
            try {
                execFileSync(cluster, ["stop", home], { stdio: "ignore", timeout: 90_000 });
            } catch {
                // it had ended
            }
        });
        const options = CLUSTER_OPTIONS.map(([name, value]) => `-c ${name}=${value}`).join(" ");
        await run(cluster, ["start", home], { env: { CLUSTER_OPTIONS: options } });
        return;
    }
    throw new Error(
        `a cluster runs in ${home} already: another benchmark, or one that was killed (${cluster} stop ${home})`,
    );
}

/** @param {string} database */
export function environment(database) {
    return {
        MEIBO_DATABASE: conninfo(database),
        MEIBO_SECRET: SECRET,
        MEIBO_LOG_LEVEL: "warn",
        MEIBO_THREADS: String(settings.threads),
    };
}

/** libpq's variables, for pgbench and node-postgres. @param {string} database */
export function connection(database) {
    const found = /host='(.*)' user='(.*)' dbname=/.exec(conninfo(database));
    return { PGHOST: found?.[1], PGUSER: found?.[2], PGDATABASE: database };
}

/** @param {string} what @param {() => Promise<unknown>} action */
async function timed(what, action) {
    const began = Date.now();
    process.stdout.write(`  ${what} ...`);
    await action();
    process.stdout.write(` ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
}

/** @param {string} database @param {number} people */
async function load(database, people) {
    const folder = path.join(settings.directory, `sample-${people}`);
    const env = environment(database);
    rmSync(folder, { recursive: true, force: true });
    await run(settings.binary, ["migrate"], { env });
    await timed(`making ${people} sample people`, () =>
        run(settings.binary, ["sample", folder, "--registrants", String(people), "--seed", String(settings.seed)]),
    );
    for (const kind of ["operators", "courses", "register", "completions"]) {
        await timed(`importing ${kind}`, () =>
            run(settings.binary, ["import", kind, path.join(folder, `${kind}.ndjson`)], { env, timeout_s: 1800 }),
        );
    }
    for (const kind of ["register", "completions"]) {
        rmSync(path.join(folder, `${kind}.ndjson`));
    }
    await sql(database, "vacuum (analyze)");
}

/** The file whose import makes a publication that changes next to nothing. @param {number} people */
export function coursesFile(people) {
    return path.join(settings.directory, `sample-${people}`, "courses.ndjson");
}

/** Does a step once for each key; the key of what is there lies in a file. @param {string} name @param {string} key */
export async function once(name, key, /** @type {() => Promise<unknown>} */ action) {
    const mark = path.join(settings.directory, `${name}.key`);
    if (existsSync(mark) && readFileSync(mark, "utf8") === key) {
        return;
    }
    rmSync(mark, { force: true });
    await action();
    writeFileSync(mark, key);
}

/** The database with the record and the SQL peers' tables; its name. @param {number} people */
export async function prepareDatabase(people) {
    const database = `bench_${people}`;
    const record = digest([String(settings.seed), migrationsDigest()]);
    await once(database, record, async () => {
        await sql("postgres", `drop database if exists ${database}`);
        await sql("postgres", `create database ${database}`);
        await load(database, people);
    });
    const layout = readFileSync(path.join(here, "person.sql"), "utf8");
    await once(`${database}-person`, digest([record, today(), layout]), () =>
        timed("laying out the tables of the SQL peers", () =>
            run(
                "psql",
                ["-Xq", "-v", "ON_ERROR_STOP=1", "-v", `day=${today()}`, "-f", "person.sql", conninfo(database)],
                {
                    cwd: here,
                    timeout_s: 1800,
                },
            ),
        ),
    );
    return database;
}

/** Same data, for the peers that copy it. @param {number} people @param {string} own */
export function dataKey(people, own) {
    return digest([readFileSync(path.join(settings.directory, `bench_${people}-person.key`), "utf8"), own]);
}
