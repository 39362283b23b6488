// Runs the tests of the real binary: makes a PostgreSQL cluster and a register in a temporary directory, checks the
// tests' types against openapi.yaml, runs the files (all, or those whose name contains an argument), and demands of a
// full run that everything the contract documents was exercised.
import { existsSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, chmodSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const filters = process.argv.slice(2).map((argument) => path.basename(argument));
const chosen = readdirSync(here)
    .filter((name) => name.endsWith(".test.mjs") && (filters.length === 0 || filters.some((f) => name.includes(f))))
    .sort()
    .map((name) => path.join(here, name));

const directory = mkdtempSync(path.join(os.tmpdir(), "meibo-http-"));
chmodSync(directory, 0o755); // PostgreSQL may run as another user
process.env.MEIBO_TEST_DIR = directory;
process.env.MEIBO_TEST_COVERAGE = path.join(directory, "coverage");

const { binary, importData, prepareData } = await import("./lib/harness.mjs");
const { Cluster } = await import("./lib/cluster.mjs");
const { documented } = await import("./lib/contract.mjs");
const { checkTypes, generateTypes } = await import("./lib/types.mjs");

/** Ends what killed test processes left behind. */
function killLeftOvers() {
    const file = path.join(directory, "pids");
    const pids = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
    for (const pid of pids) {
        try {
            if (readlinkSync(`/proc/${pid}/exe`).startsWith(binary)) {
                process.kill(Number(pid), "SIGKILL");
            }
        } catch {
            // it has ended, as it should
        }
    }
}

let cleaned = false;

function cleanUp() {
    if (cleaned) {
        return;
    }
    cleaned = true;
    killLeftOvers();
    const clusters = [directory, ...readdirSync(directory).map((name) => path.join(directory, name))].map(
        (d) => new Cluster(d),
    );
    for (const cluster of clusters.filter((c) => c.isRunning())) {
        cluster.stop("immediate");
    }
    if (process.env.MEIBO_TEST_KEEP) {
        process.stderr.write(`kept: ${directory}\n`);
    } else {
        rmSync(directory, { recursive: true, force: true });
    }
}

process.on("exit", cleanUp);
for (const signal of /** @type {NodeJS.Signals[]} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => process.exit(130));
}

/** @returns {Promise<number>} how many tests failed */
function runFiles() {
    return new Promise((resolve, reject) => {
        let failed = 0;
        const stream = run({ files: chosen, concurrency: Math.max(2, os.cpus().length), timeout: 120_000 });
        stream.on("test:fail", (event) => {
            failed += event.todo ? 0 : 1;
        });
        const output = stream.pipe(new spec());
        output.on("error", reject);
        output.on("end", () => resolve(failed));
        output.pipe(process.stdout, { end: false });
    });
}

/** @returns {string[]} */
function notExercised() {
    const file = /** @type {string} */ (process.env.MEIBO_TEST_COVERAGE);
    const seen = new Set(existsSync(file) ? readFileSync(file, "utf8").split("\n") : []);
    return documented().filter((key) => !seen.has(key));
}

async function main() {
    if (!existsSync(binary)) {
        throw new Error(`${binary} does not exist: build it, or name another with MEIBO_BIN`);
    }
    if (chosen.length === 0) {
        throw new Error(`no test file fits ${filters.join(" ")}`);
    }
    await generateTypes();
    const types = checkTypes();
    const cluster = new Cluster(directory).create().start();
    await prepareData();
    await importData(cluster);
    let failed = await runFiles();
    const { code, text } = await types;
    if (code !== 0) {
        process.stdout.write(`\ntypes of the tests against openapi.yaml: FAILED\n${text}`);
        failed += 1;
    }
    const missing = filters.length === 0 ? notExercised() : [];
    if (missing.length > 0) {
        process.stdout.write(`\ndocumented in openapi.yaml and exercised by no test:\n  ${missing.join("\n  ")}\n`);
        failed += 1;
    }
    process.stdout.write(failed === 0 ? "\nHTTP tests: all passed\n" : `\nHTTP tests: ${failed} failed\n`);
    return failed === 0 ? 0 : 1;
}

try {
    process.exitCode = await main();
} catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : error}\n`);
    process.exitCode = 1;
} finally {
    cleanUp();
}
