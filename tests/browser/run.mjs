// Runs the tests of the search page: the real binary on a PostgreSQL cluster of its own, and Debian's Chromium in front
// of it. All files, or those whose name contains an argument. What the server side needs is the HTTP tests'.
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync } from "node:fs";
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

const directory = mkdtempSync(path.join(os.tmpdir(), "meibo-browser-"));
chmodSync(directory, 0o755); // PostgreSQL may run as another user
process.env.MEIBO_TEST_DIR = directory;

const { binary, importData, prepareData } = await import("../http/lib/harness.mjs");
const { Cluster } = await import("../http/lib/cluster.mjs");
const { chromiumPath } = await import("./lib/browser.mjs");
const cluster = new Cluster(directory);

/** Ends the servers that killed test processes left behind. */
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

let isCleaned = false;

function cleanUp() {
    if (isCleaned) {
        return;
    }
    isCleaned = true;
    killLeftOvers();
    cluster.stop("immediate");
    rmSync(directory, { recursive: true, force: true });
}

process.on("exit", cleanUp);
for (const signal of /** @type {NodeJS.Signals[]} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => process.exit(130));
}

/** @returns {Promise<number>} how many tests failed */
function runFiles() {
    return new Promise((resolve, reject) => {
        let failed = 0;
        const stream = run({ files: chosen, concurrency: 2, timeout: 120_000 });
        stream.on("test:fail", (event) => {
            failed += event.todo ? 0 : 1;
        });
        const output = stream.pipe(new spec());
        output.on("error", reject);
        output.on("end", () => resolve(failed));
        output.pipe(process.stdout, { end: false });
    });
}

async function main() {
    for (const program of [binary, chromiumPath]) {
        if (!existsSync(program)) {
            throw new Error(`${program} does not exist: build it, or install Debian's package chromium`);
        }
    }
    if (chosen.length === 0) {
        throw new Error(`no test file fits ${filters.join(" ")}`);
    }
    cluster.create().start();
    await prepareData();
    await importData(cluster);
    const failed = await runFiles();
    process.stdout.write(failed === 0 ? "\nBrowser tests: all passed\n" : `\nBrowser tests: ${failed} failed\n`);
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
