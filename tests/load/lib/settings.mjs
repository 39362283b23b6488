// What a run of the benchmark may be told, by environment variables.
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../../", import.meta.url));
export const here = path.join(root, "tests/load");

/** @param {string} name @param {string} otherwise */
function text(name, otherwise) {
    return process.env[name] || otherwise;
}

/** @param {string} name @param {string} otherwise */
function numbers(name, otherwise) {
    const list = text(name, otherwise).trim().split(/\s+/).map(Number);
    if (!list.every((n) => Number.isInteger(n) && n > 0)) {
        throw new Error(`${name} must be whole numbers above 0, separated by blanks`);
    }
    return list;
}

const cores = os.cpus().length;
const out = path.resolve(root, text("BENCH_BUILD", "build"));

export const settings = {
    /** Where cluster, sample and results live. */
    directory: path.resolve(root, text("VAR", "var"), "bench"),
    binary: path.resolve(root, text("MEIBO_BIN", path.join(out, "meibo"))),
    bare: path.join(out, "bench/bare"),
    /** Empty: server-side times are not measured. */
    inside: text("BENCH_INSIDE", path.join(out, "bench/inside")).replace(/^none$/, ""),
    sizes: numbers("BENCH_PEOPLE", "24000 1000000"),
    connections: numbers("BENCH_CONNECTIONS", "1 32 128 512"),
    classConnections: numbers("BENCH_CLASS_CONNECTIONS", "32"),
    rounds: numbers("BENCH_ROUNDS", "3")[0],
    seconds: numbers("BENCH_SECONDS", "2")[0],
    classRounds: numbers("BENCH_CLASS_ROUNDS", "2")[0],
    classSeconds: numbers("BENCH_CLASS_SECONDS", "1")[0],
    peers: text("BENCH_PEERS", "bare fastify pgbench groonga").trim().split(/\s+/),
    seed: numbers("BENCH_SEED", "1")[0],
    cores,
    threads: 8,
};

/** The Japanese day that states are as of. */
export function today() {
    return new Date(Date.now() + 9 * 3600_000).toISOString().slice(0, 10);
}
