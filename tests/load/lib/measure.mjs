// One run of load against one contestant: requests a second, and latencies in microseconds.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { spawnSync } from "node:child_process";
import { connection } from "./data.mjs";
import { run } from "./processes.mjs";
import { here, settings } from "./settings.mjs";
import { statement } from "./sql.mjs";

/** @typedef {{ rate: number, p50: number, p99: number, max: number, requests: number, failed: number }} Figures */

// A statement that takes longer than this is given up, so that a run of pgbench ends.
const STATEMENT_TIMEOUT_S = 5;
let files = 0;
// A slow peer ends few requests in a run, so no two runs begin at the same query.
let starts = 0;

/** @param {string[]} targets @returns {string} a file of them */
export function writeTargets(targets) {
    const folder = path.join(settings.directory, "targets");
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, String(files++));
    writeFileSync(file, `${targets.join("\n")}\n`);
    return file;
}

/** @param {string} url @param {string} targets @param {number} connections @param {number} seconds @returns {Promise<Figures>} */
export async function wrk(url, targets, connections, seconds) {
    const threads = Math.min(settings.cores, connections);
    const options = [
        `-t${threads}`,
        `-c${connections}`,
        `-d${seconds}s`,
        "--timeout",
        "60s",
        "-s",
        "mix.lua",
        url,
        "--",
        targets,
        String(starts++ * 7),
    ];
    const out = await run("wrk", options, { cwd: here, timeout_s: seconds + 60 });
    const found = JSON.parse(out.trim().split("\n").at(-1) ?? "");
    return {
        rate: found.requests / (found.us / 1e6),
        p50: found.p50,
        p99: found.p99,
        max: found.max,
        requests: found.requests,
        failed: found.bad_status + found.broken + found.timeouts,
    };
}

/** @param {unknown} value */
function literal(value) {
    if (typeof value === "number") {
        return String(value);
    }
    const text = Array.isArray(value)
        ? `{${value.map((v) => (typeof v === "number" ? v : `"${String(v).replace(/["\\]/g, "\\$&")}"`)).join(",")}}`
        : String(value);
    return `'${text.replaceAll("'", "''")}'`;
}

/** The statement with its values in it, as pgbench needs it. @param {import("./mix.mjs").Resolved} entry */
export function statementText(entry) {
    const { text, values } = statement(entry.query, entry.after);
    return text.replaceAll(/\$(\d+)/g, (_, n) => literal(values[Number(n) - 1]));
}

/** @param {import("./mix.mjs").Resolved[]} mix @returns {string} a folder with a script for each query */
export function writeScripts(mix) {
    const folder = path.join(settings.directory, "targets", `sql-${files++}`);
    mkdirSync(folder, { recursive: true });
    mix.forEach((entry, i) => writeFileSync(path.join(folder, `${i}.sql`), `${statementText(entry)};\n`));
    return folder;
}

/** @param {number[]} sorted @param {number} share */
export function percentile(sorted, share) {
    return sorted.length === 0 ? NaN : sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** @param {string} folder @param {string} prefix @returns {number[]} microseconds of each transaction, ascending */
function readLogs(folder, prefix) {
    const logs = readdirSync(folder).filter((name) => name.startsWith(prefix));
    const lines = logs.flatMap((name) => readFileSync(path.join(folder, name), "utf8").split("\n").filter(Boolean));
    logs.forEach((name) => rmSync(path.join(folder, name)));
    return lines
        .map((line) => Number(line.split(" ")[2]))
        .filter(Number.isFinite)
        .sort((a, b) => a - b);
}

/** @param {string} database @param {string} folder of writeScripts @param {number} clients @param {number} seconds @returns {Promise<Figures>} */
export async function pgbench(database, folder, clients, seconds) {
    const scripts = readdirSync(folder).filter((name) => name.endsWith(".sql"));
    const options = ["-n", "-M", "prepared", "-c", String(clients), "-j", String(Math.min(settings.cores, clients))];
    // pgbench's time begins before its clients are connected, though its rate leaves that out.
    const whole = seconds + Math.floor(clients / 100);
    options.push("-T", String(whole), "-l", "--log-prefix", path.join(folder, "log"));
    scripts.forEach((name) => options.push("-f", path.join(folder, name)));
    const env = { ...connection(database), PGOPTIONS: `-c statement_timeout=${STATEMENT_TIMEOUT_S}s` };
    // Clients whose statement was given up make pgbench end with 2; its figures stand all the same.
    const out = await run("pgbench", options, { env, timeout_s: whole + STATEMENT_TIMEOUT_S * 4, accept: 2 });
    const times = readLogs(folder, "log");
    const rate = Number(/^tps = ([0-9.]+)/m.exec(out)?.[1] ?? 0);
    const failed = (out.match(/client \d+ script \d+ aborted/g) ?? []).length;
    return {
        rate,
        p50: percentile(times, 0.5),
        p99: percentile(times, 0.99),
        max: times.at(-1) ?? NaN,
        requests: times.length,
        failed,
    };
}

/** Median, least and most. @param {number[]} list */
export function spread(list) {
    const sorted = list.filter(Number.isFinite).sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return { median, min: sorted[0], max: sorted.at(-1) };
}

/** First line that a program says about its version. @param {string} program @param {string[]} parameters */
export function versionOf(program, parameters) {
    const { stdout, stderr } = spawnSync(program, parameters, { encoding: "utf8", timeout: 10_000 });
    return (stdout || stderr || "unknown").split("\n")[0].trim();
}
