// Child processes: every one is bounded in time, and every one that is still there when this program ends is ended by its
// id. Nothing else is ever ended.
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import net from "node:net";

/** @type {Set<import("node:child_process").ChildProcess>} */
const living = new Set();
/** @type {(() => void)[]} */
const atEnd = [];

/** @param {number} ms */
export function pause(ms) {
    return new Promise((resolve) => setTimeout(resolve, ms));
}

/** @param {import("node:child_process").ChildProcess} child */
function keep(child) {
    living.add(child);
    child.on("close", () => living.delete(child));
    return child;
}

/**
 * Runs a program to its end; its standard output.
 * @param {string} program @param {string[]} parameters
 * @param {{ env?: NodeJS.ProcessEnv, timeout_s?: number, cwd?: string, input?: string, accept?: number }} [options]
 *     `accept`: another exit status that is none of failure; then its standard error is returned too
 * @returns {Promise<string>}
 */
export function run(program, parameters, options = {}) {
    const { env = {}, timeout_s = 600, cwd, input, accept } = options;
    return new Promise((resolve, reject) => {
        const child = keep(
            spawn(program, parameters, { env: { ...process.env, ...env }, cwd, stdio: ["pipe", "pipe", "pipe"] }),
        );
        let out = "";
        let faults = "";
        const timer = setTimeout(() => child.kill("SIGKILL"), timeout_s * 1000);
        child.stdout?.setEncoding("utf8").on("data", (text) => (out += text));
        child.stderr?.setEncoding("utf8").on("data", (text) => (faults = (faults + text).slice(-100_000)));
        child.stdin?.on("error", () => {});
        child.stdin?.end(input ?? "");
        child.on("error", (error) => {
            clearTimeout(timer);
            reject(error);
        });
        child.on("close", (code, signal) => {
            clearTimeout(timer);
            if (code === 0) {
                resolve(out);
            } else if (code !== null && code === accept) {
                resolve(out + faults);
            } else {
                reject(new Error(`${program} ended with ${code ?? signal}: ${(faults || out).slice(-2000)}`));
            }
        });
    });
}

/**
 * Starts a server. Its output goes to a file.
 * @param {string} program @param {string[]} parameters @param {string} log
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 */
export function start(program, parameters, log, options = {}) {
    const descriptor = openSync(log, "w");
    const child = keep(
        spawn(program, parameters, {
            env: { ...process.env, ...options.env },
            cwd: options.cwd,
            stdio: ["ignore", descriptor, descriptor],
        }),
    );
    child.on("error", () => {});
    closeSync(descriptor);
    return child;
}

/** Waits until a server answers 200. @param {import("node:child_process").ChildProcess} child @param {string} url @param {string} log */
export async function answers(child, url, log, seconds = 120) {
    const until = Date.now() + seconds * 1000;
    while (Date.now() < until && child.exitCode === null && child.signalCode === null) {
        const response = await fetch(url, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
        await response?.arrayBuffer();
        if (response?.ok) {
            return;
        }
        await pause(50);
    }
    throw new Error(`${child.spawnfile} does not answer at ${url}: ${readFileSync(log, "utf8").slice(-2000)}`);
}

/** @param {import("node:child_process").ChildProcess} child */
export async function stop(child) {
    if (!living.has(child)) {
        return;
    }
    const ended = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), 15_000);
    await ended;
    clearTimeout(timer);
}

/** @returns {Promise<number>} */
export function freePort() {
    return new Promise((resolve, reject) => {
        const server = net.createServer();
        server.on("error", reject);
        server.listen(0, "127.0.0.1", () => {
            const { port } = /** @type {net.AddressInfo} */ (server.address());
            server.close(() => resolve(port));
        });
    });
}

/** Runs when the program ends, however it ends. @param {() => void} action synchronous */
export function whenEnding(action) {
    atEnd.push(action);
}

process.on("exit", () => {
    for (const child of living) {
        child.kill("SIGKILL");
    }
    for (const action of atEnd.reverse()) {
        action();
    }
});
for (const signal of /** @type {NodeJS.Signals[]} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => process.exit(130));
}
