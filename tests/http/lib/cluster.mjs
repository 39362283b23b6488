// A PostgreSQL cluster of the tests' own: unix socket only, in a directory that goes away with the run. PostgreSQL
// refuses to run as root, so root hands it to the system's user `postgres`; the superuser inside carries the name of
// whoever runs the tests, as libpq expects when a conninfo names nobody.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
    appendFileSync,
    chmodSync,
    existsSync,
    mkdirSync,
    openSync,
    closeSync,
    readFileSync,
    readdirSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { until } from "./wait.mjs";

const asRoot = process.getuid?.() === 0;

function findBin() {
    const installed = "/usr/lib/postgresql";
    const versions = existsSync(installed) ? readdirSync(installed).sort((a, b) => Number(b) - Number(a)) : [];
    const directories = versions.map((v) => path.join(installed, v, "bin"));
    const found = directories.find((d) => existsSync(path.join(d, "initdb")));
    return found ?? execFileSync("pg_config", ["--bindir"], { encoding: "utf8" }).trim();
}

export class Cluster {
    /** @param {string} directory an existing directory that the cluster may fill */
    constructor(directory) {
        this.bin = findBin();
        this.data = path.join(directory, "pg");
        this.socket = path.join(directory, "sock");
        this.log = path.join(directory, "pg.log");
    }

    /** Makes the files of a new cluster. */
    create() {
        for (const directory of [this.data, this.socket]) {
            mkdirSync(directory);
            chmodSync(directory, 0o700);
        }
        closeSync(openSync(this.log, "a"));
        if (asRoot) {
            execFileSync("chown", ["postgres", this.data, this.socket, this.log]);
        }
        this.#as("initdb", [
            "-D",
            this.data,
            "-U",
            os.userInfo().username,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-instructions",
        ]);
        const settings = `listen_addresses = ''\nunix_socket_directories = '${this.socket}'\nmax_connections = 200\nshared_buffers = 64MB\n`;
        appendFileSync(path.join(this.data, "postgresql.conf"), settings);
        return this;
    }

    start() {
        this.#as("pg_ctl", ["start", "-w", "-t", "30", "-D", this.data, "-l", this.log]);
        return this;
    }

    /** @param {"fast" | "immediate"} mode */
    stop(mode = "fast") {
        if (this.isRunning()) {
            this.#as("pg_ctl", ["stop", "-w", "-t", "30", "-m", mode, "-D", this.data]);
        }
    }

    isRunning() {
        return existsSync(path.join(this.data, "postmaster.pid"));
    }

    /** @param {string} database */
    conninfo(database) {
        return `host=${this.socket} dbname=${database}`;
    }

    /** Runs SQL as superuser; rows as text, columns parted by `|`. @param {string} database @param {string} sql */
    sql(database, sql) {
        const done = spawnSync(
            path.join(this.bin, "psql"),
            ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", this.conninfo(database), "-c", sql],
            { encoding: "utf8" },
        );
        if (done.status !== 0) {
            throw new Error(`psql: ${done.stderr}`);
        }
        return done.stdout.trim();
    }

    /**
     * A transaction that has run one statement, and stays open until the returned function is called.
     * @param {string} database @param {string} sql
     */
    async hold(database, sql) {
        const child = spawn(
            path.join(this.bin, "psql"),
            ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", this.conninfo(database)],
            { stdio: ["pipe", "pipe", "inherit"] },
        );
        const ended = new Promise((resolve) => child.on("close", resolve));
        child.stdin.write(`begin; ${sql}; select 'held';\n`);
        await until(`held: ${sql}`, () => child.stdout.read()?.toString().includes("held"));
        return async () => {
            child.stdin.end("rollback;\n");
            await ended;
        };
    }

    /** @param {string} program @param {string[]} args */
    #as(program, args) {
        const command = [path.join(this.bin, program), ...args];
        const whole = asRoot ? ["runuser", "-u", "postgres", "--", ...command] : command;
        // pg_ctl's server would keep a pipe open: its output goes nowhere but the log.
        const done = spawnSync(whole[0], whole.slice(1), { stdio: ["ignore", "ignore", "ignore"], cwd: "/" });
        if (done.status !== 0) {
            const log = existsSync(this.log) ? readFileSync(this.log, "utf8").slice(-2000) : "";
            throw new Error(`${program} failed with ${done.status ?? done.signal ?? done.error}: ${log}`);
        }
    }
}
