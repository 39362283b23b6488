// The command line: help, exit codes, settings, and imports that apply a whole file or nothing.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { people, plusDays, readRows, today, writeRows } from "./lib/fixtures.mjs";
import { call, dataDirectory, meibo, newToken, runDirectory, until, useWorld } from "./lib/harness.mjs";
import { shiftJis } from "./lib/shift_jis.mjs";

/** @typedef {import("./lib/fixtures.mjs").Row} Row */

const scratch = path.join(runDirectory(), "cli");
mkdirSync(scratch, { recursive: true });

/** @param {string} name @param {string | Buffer} content */
function file(name, content) {
    const place = path.join(scratch, name);
    writeFileSync(place, content);
    return place;
}

/** @param {string} kind */
function data(kind) {
    return path.join(dataDirectory(), `${kind}.ndjson`);
}

describe("help and usage", () => {
    for (const args of [[], ["serve"], ["migrate"], ["import"], ["sample"], ["operator"]]) {
        it(`meibo ${args.join(" ")} --help`, async () => {
            const { stdout, stderr } = await meibo([...args, "--help"], { expect: 0 });
            assert.match(stdout, /meibo/);
            assert.equal(stderr, "");
        });
    }

    it("meibo help is meibo --help, and no line ends in a blank", async () => {
        const { stdout } = await meibo(["help"], { expect: 0 });
        assert.equal(stdout, (await meibo(["--help"], { expect: 0 })).stdout);
        assert.doesNotMatch(stdout + (await meibo(["serve", "--help"], { expect: 0 })).stdout, / $/m);
    });

    it("serve --help tells every setting with its default and unit", async () => {
        const { stdout } = await meibo(["serve", "--help"], { expect: 0 });
        for (const name of [
            "MEIBO_DATABASE",
            "MEIBO_SECRET",
            "MEIBO_LISTEN",
            "MEIBO_OPERATOR_LISTEN",
            "MEIBO_ADMIN_LISTEN",
            "MEIBO_MAX_BODY_BYTES",
        ]) {
            assert.ok(stdout.includes(name), name);
        }
        assert.match(stdout, /127\.0\.0\.1:8080/);
    });

    /** @type {string[][]} */
    const wrong = [
        [],
        ["frobnicate"],
        ["serve", "extra"],
        ["serve", "--no-such-flag"],
        ["import"],
        ["import", "register"],
        ["import", "people", "x"],
        ["import", "register", "x", "y"],
        ["import", "register", "x", "--encoding", "latin1"],
        ["import", "register", "x", "--allow-ended", "-1"],
        ["import", "register", "x", "--allow-ended", "many"],
        ["import", "register", "x", "--allow-ended"],
        ["sample"],
        ["sample", scratch, "--registrants", "0"],
        ["sample", scratch, "--registrants", "x", "--seed", "1"],
        ["operator"],
        ["operator", "add"],
        ["operator", "remove", "x"],
        ["operator", "token"],
        ["operator", "token", "http-a", "--expires", "tomorrow"],
        ["operator", "revoke"],
        ["migrate", "extra"],
    ];
    for (const args of wrong) {
        it(`meibo ${args.join(" ").replace(scratch, "DIR")} fails and says why`, async () => {
            const { code, stdout, stderr } = await meibo(args, {
                env: { MEIBO_SECRET: "x".repeat(32), MEIBO_DATABASE: "host=/nowhere dbname=none" },
            });
            assert.ok(code !== 0 && code !== null, "an exit code");
            assert.notEqual(stderr, "");
            assert.equal(stdout, "");
        });
    }

    const call = { env: { MEIBO_SECRET: "x".repeat(32), MEIBO_DATABASE: "host=/nowhere dbname=none" }, expect: 2 };

    it("all mistakes of a call are told at once", async () => {
        const { stderr } = await meibo(
            ["import", "people", "x", "--encoding", "latin1", "--allow-ended", "x", "--nonsense", "--threads", "0"],
            { ...call, env: { MEIBO_DATABASE: "host=/nowhere" } },
        );
        for (const name of [/"people"/, /--encoding/, /--allow-ended/, /--nonsense/, /--threads/, /MEIBO_SECRET/]) {
            assert.match(stderr, name);
        }
        assert.equal(stderr.split("\n").length, 7);
    });

    /** @type {[string[], string][]} */
    const told = [
        [["import", "register", "x", "--dry-run=1"], "meibo import: --dry-run takes no value\n"],
        [["import", "register", "x", "--dry-run", "--dry-run"], "meibo import: --dry-run is given twice\n"],
        [["sample", "x", "--seed", "1", "--seed=2"], "meibo sample: --seed is given twice\n"],
        [["serve", "--threads", "1", "--threads", "1"], "--threads: is given twice\n"],
        [["operator", "list", "x"], "meibo operator: too many arguments: x (see --help)\n"],
        [["serve", "--log-level", "loud"], '--log-level: needs debug, info, warn or error, is "loud"\n'],
    ];
    for (const [args, said] of told) {
        it(`meibo ${args.join(" ")} says: ${said.trim()}`, async () => {
            assert.equal((await meibo(args, call)).stderr, said);
        });
    }
});

describe("settings", () => {
    it("are all checked at once", async () => {
        const { code, stderr } = await meibo(["serve", "--pool-size", "0"], {
            env: {
                MEIBO_SECRET: "short",
                MEIBO_THREADS: "1000",
                MEIBO_MAX_BODY_BYTES: "lots",
                MEIBO_LOG_LEVEL: "loud",
                MEIBO_DATABASE: "host=/nowhere",
            },
        });
        assert.notEqual(code, 0);
        for (const name of [/MEIBO_SECRET/, /MEIBO_THREADS/, /MEIBO_MAX_BODY_BYTES/, /MEIBO_LOG_LEVEL/, /pool-size/]) {
            assert.match(stderr, name);
        }
    });

    it("name what is missing with what is wrong", async () => {
        const { stderr } = await meibo(["serve", "extra"], {
            env: { MEIBO_THREADS: "0", MEIBO_LISTEN: "bad", MEIBO_DATABASE: "host=/nowhere" },
            expect: 2,
        });
        for (const name of [/^MEIBO_THREADS: /m, /^MEIBO_LISTEN: /m, /^MEIBO_SECRET: /m, /extra/]) {
            assert.match(stderr, name);
        }
    });

    it("refuse addresses that are none", async () => {
        for (const listen of ["nonsense", "127.0.0.1", "127.0.0.1:99999", "127.0.0.1:x", "300.0.0.1:80", ":::1"]) {
            const { code, stderr } = await meibo(["serve"], {
                env: {
                    MEIBO_SECRET: "x".repeat(32),
                    MEIBO_DATABASE: "host=/nowhere",
                    MEIBO_LISTEN: listen,
                    MEIBO_ADMIN_LISTEN: "127.0.0.1:0",
                },
            });
            assert.equal(code, 2, listen);
            assert.match(stderr, /^MEIBO_LISTEN: /, listen);
        }
    });

    it("serve needs a secret", async () => {
        const { code, stderr } = await meibo(["serve"], {
            env: { MEIBO_DATABASE: "host=/nowhere", MEIBO_LISTEN: "127.0.0.1:0", MEIBO_ADMIN_LISTEN: "127.0.0.1:0" },
        });
        assert.notEqual(code, 0);
        assert.match(stderr, /MEIBO_SECRET/);
    });
});

describe("sample", () => {
    it("is the same for the same seed, and other for another", async () => {
        const [a, b, c] = ["a", "b", "c"].map((name) => path.join(scratch, `sample-${name}`));
        for (const [directory, seed] of [
            [a, "5"],
            [b, "5"],
            [c, "6"],
        ]) {
            await meibo(["sample", directory, "--registrants", "300", "--seed", seed], { expect: 0 });
        }
        for (const kind of ["register", "courses", "operators", "completions"]) {
            const text = (/** @type {string} */ directory) =>
                readFileSync(path.join(directory, `${kind}.ndjson`), "utf8");
            assert.equal(text(a), text(b), kind);
        }
        assert.equal(readRows(path.join(a, "register.ndjson")).length, 300);
        assert.notEqual(
            readFileSync(path.join(a, "register.ndjson"), "utf8"),
            readFileSync(path.join(c, "register.ndjson"), "utf8"),
        );
    });
});

describe("import", () => {
    const world = useWorld();

    const head = () => Number(world.sql("select number from meibo.publication_head"));

    /** @param {string[]} args @param {{ expect?: number, input?: string | Buffer }} [options] */
    const run = (args, options) => meibo(["import", ...args], { env: world.env, ...options });

    it("of the same files again changes nothing and publishes nothing", async () => {
        const before = head();
        for (const kind of ["operators", "courses", "register", "completions"]) {
            const rows = readRows(data(kind)).length;
            const { stdout, stderr } = await run([kind, data(kind)], { expect: 0 });
            assert.match(stdout + stderr, new RegExp(`\\b${rows}\\b`), "tells how many are unchanged");
            assert.match(stdout + stderr, /unchanged/);
        }
        assert.equal(head(), before);
    });

    it("reports every broken line with field and reason, and applies nothing", async () => {
        const rows = readRows(data("register"));
        const broken = rows.map((row) => JSON.stringify(row));
        broken[1] = JSON.stringify({ ...rows[1], expires_on: "2025-02-30" });
        broken[3] = "{not json";
        broken[5] = JSON.stringify({ ...rows[5], colour: "red" });
        broken[7] = JSON.stringify({ ...rows[7], number: rows[6].number });
        const before = head();
        const { code, stdout, stderr } = await run(["register", file("broken.ndjson", broken.join("\n") + "\n")]);
        assert.notEqual(code, 0);
        const said = stdout + stderr;
        for (const [line, word] of [
            [2, "expires_on"],
            [4, ""],
            [6, "colour"],
            [8, "number"],
        ]) {
            assert.ok(
                said.split("\n").some((text) => new RegExp(`\\b${line}\\b`).test(text) && text.includes(String(word))),
                `line ${line} ${word} in:\n${said}`,
            );
        }
        assert.equal(head(), before);
    });

    it("reports at most a hundred broken lines", async () => {
        const { code, stdout, stderr } = await run(["register", file("rubbish.ndjson", "{}\n".repeat(500))]);
        assert.notEqual(code, 0);
        const lines = (stdout + stderr).split("\n").filter(Boolean).length;
        assert.ok(lines >= 100 && lines < 120, `${lines} lines`);
        assert.match(stderr, /these are the first 100/);
    });

    it("refuses references to what does not exist", async () => {
        const before = head();
        const rows = [
            ...readRows(data("completions")),
            { number: people.neverIssued, course: "http-a-online", completed_on: "2025-01-01" },
            { number: people.open, course: "none-such", completed_on: "2025-01-01" },
        ];
        const place = path.join(scratch, "references.ndjson");
        writeRows(place, rows);
        const { code, stdout, stderr } = await run(["completions", place]);
        assert.notEqual(code, 0);
        assert.match(stdout + stderr, new RegExp(`\\b${rows.length - 1}\\b`));
        assert.match(stdout + stderr, /none-such/);
        assert.equal(head(), before);
    });

    it("with --dry-run says what would happen, and does nothing", async () => {
        const rows = readRows(data("register")).map((row) =>
            row.number === people.open ? { ...row, name: "見本 改名" } : row,
        );
        const place = path.join(scratch, "dry.ndjson");
        writeRows(place, rows);
        const before = head();
        const { stdout, stderr } = await run(["register", place, "--dry-run"], { expect: 0 });
        assert.match(stdout + stderr, /changed\W+1\b|\b1 changed/);
        assert.equal(head(), before);
        assert.equal((await world.get(`/v1/registrants/${people.open}`)).json.registrant.name, "見本 髙橋一郎");
    });

    it("publishes a change in one publication, and the search shows it", async () => {
        const place = path.join(scratch, "dry.ndjson");
        const before = head();
        await run(["register", place], { expect: 0 });
        assert.equal(head(), before + 1);
        await until(
            "the new name is found",
            async () => (await world.get(`/v1/registrants?name=${encodeURIComponent("見本 改名")}`)).json.total === 1,
            5_000,
        );
        assert.equal((await world.get(`/v1/registrants?name=${encodeURIComponent("見本 髙橋一郎")}`)).json.total, 0);
        assert.equal(
            (await world.get(`/v1/registrants/${people.open}`)).json.registrant.completions.length,
            3,
            "completions stay",
        );
    });

    it("refuses to end more than one per cent unless told to; who is taken out is struck off", async () => {
        const rows = readRows(data("register"));
        const gone = rows
            .filter((row) => row.status === "registered" && row.expires_on >= today())
            .slice(0, 2)
            .map((row) => String(Number(row.number)));
        const few = rows.slice(0, Math.floor(rows.length * 0.9));
        const place = path.join(scratch, "few.ndjson");
        writeRows(place, few);
        const before = head();
        const { code, stderr } = await run(["register", place]);
        assert.notEqual(code, 0);
        assert.match(stderr, /nothing was applied\n.*--allow-ended.*\n$/, "the hint stands behind what it is about");
        assert.equal(head(), before);

        const two = path.join(scratch, "two.ndjson");
        writeRows(
            two,
            rows.filter((row) => !gone.includes(String(Number(row.number)))),
        );
        await run(["register", two], { expect: 0 });
        const { items } = await until(
            "they are tombstones",
            async () => {
                const page = (await world.get(`/v1/registrants?number=${gone.join()}`)).json;
                return page.items.every((/** @type {Row} */ i) => i.status === "struck_off") && page;
            },
            5_000,
        );
        assert.equal(items.length, rows.filter((row) => gone.includes(String(Number(row.number)))).length);

        await run(["register", place, "--allow-ended", "20"], { expect: 0 });
        await until(
            "the rest is gone",
            async () => (await world.get(`/v1/registrants/${people.open}`)).json.registrant.status === "struck_off",
            5_000,
        );
        await run(["register", data("register")], { expect: 0 });
        await until(
            "and back",
            async () => (await world.get(`/v1/registrants/${people.open}`)).json.registrant.name === "見本 髙橋一郎",
            5_000,
        );
    });

    /** @param {Row[]} rows */
    function csv(rows) {
        const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
        const cell = (/** @type {unknown} */ value) => {
            const text = Array.isArray(value) ? value.join(";") : String(value ?? "");
            return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
        };
        return (
            [columns.join(), ...rows.map((row) => columns.map((column) => cell(row[column])).join())].join("\r\n") +
            "\r\n"
        );
    }

    it("takes CSV in Shift_JIS, and in UTF-8 with and without BOM", async () => {
        const operators = readRows(data("operators"));
        const renamed = operators.map((row) =>
            row.code === "http-b" ? { ...row, name: '髙﨑見本①「"B",甲」～' } : row,
        );
        const before = head();
        await run(["operators", file("operators-sjis.csv", shiftJis(csv(renamed))), "--encoding", "shift_jis"], {
            expect: 0,
        });
        assert.equal(head(), before + 1);
        await until(
            "the name is as written",
            async () => {
                const { items } = (await world.get("/v1/operators")).json;
                return items.find((/** @type {Row} */ o) => o.code === "http-b").name === '髙﨑見本①「"B",甲」～';
            },
            5_000,
        );
        await run(["operators", file("operators.csv", csv(renamed))], { expect: 0 });
        await run(["operators", file("operators-bom.csv", `\u{feff}${csv(renamed)}`)], { expect: 0 });
        assert.equal(head(), before + 1, "the same in every encoding");
        const { code } = await run(["operators", file("operators-sjis2.csv", shiftJis(csv(renamed)))]);
        assert.notEqual(code, 0, "Shift_JIS that nobody announced is refused");
        await run(["operators", data("operators")], { expect: 0 });
    });

    it("takes a register as CSV, lists joined by semicolons", async () => {
        const rows = readRows(data("register")).map(({ profile, ...row }) => ({ ...row, ...profile }));
        const before = head();
        const { stdout, stderr } = await run(["register", file("register.csv", csv(rows))], { expect: 0 });
        assert.equal(head(), before, `the same as the NDJSON: ${stdout}${stderr}`);
    });

    it("reads standard input", async () => {
        await run(["operators", "-"], { input: readFileSync(data("operators")), expect: 0 });
    });

    it("fails for files that are not there", async () => {
        const { code, stderr } = await run(["register", path.join(scratch, "nowhere.ndjson")]);
        assert.notEqual(code, 0);
        assert.match(stderr, /nowhere\.ndjson/);
    });

    it("keeps nothing in the database that is not public", () => {
        const found = world.sql(
            "select count(*) from meibo.registrant as r where r::text like '%秘匿%' or r::text like '%ヒトク%' or r::text like '%HITOKU%'",
        );
        assert.equal(found, "0");
    });
});

describe("migrate", () => {
    const world = useWorld();

    it("again does nothing", async () => {
        await meibo(["migrate"], { env: world.env, expect: 0 });
    });

    it("refuses a changed old migration, and serve does too", async () => {
        world.sql("update meibo.migration set sha256 = repeat('0', 64)");
        const migrate = await meibo(["migrate"], { env: world.env });
        assert.notEqual(migrate.code, 0);
        assert.match(migrate.stderr, /0001/);
    });
});

describe("operator", () => {
    const world = useWorld();

    it("add, list, token, revoke", async () => {
        await meibo(
            [
                "operator",
                "add",
                "cli-sample",
                "--name",
                "見本CLI機関",
                "--name-en",
                "CLI sample",
                "--domain",
                "cli.sample.invalid",
            ],
            { env: world.env, expect: 0 },
        );
        await until(
            "it is public",
            async () =>
                (await world.get("/v1/operators")).json.items.some(
                    (/** @type {Row} */ o) => o.code === "cli-sample" && o.domain === "cli.sample.invalid",
                ),
            5_000,
        );
        const token = await newToken(world.env, "cli-sample");
        const report = { number: people.open, course: "http-a-online", completed_on: plusDays(today(), -1) };
        const answer = await call(world.server.operator, "POST", "/v1/reports", {
            token,
            body: { reports: [report] },
            expect: 422,
        });
        assert.equal(answer.json.errors[0].code, "course_not_yours", "the token is good");
        const id = token.split("_")[1];
        const list = await meibo(["operator", "list"], { env: world.env, expect: 0 });
        assert.ok(list.stdout.includes("cli-sample") && list.stdout.includes(id) && list.stdout.includes("http-a"));
        assert.ok(!list.stdout.includes(token.split("_")[2]), "no secret in the list");
        await meibo(["operator", "revoke", id], { env: world.env, expect: 0 });
        const again = await meibo(["operator", "revoke", id], { env: world.env });
        assert.notEqual(again.code, 0);
    });

    it("add twice, tokens for nobody, and a third token fail", async () => {
        const twice = await meibo(["operator", "add", "http-a", "--name", "x"], { env: world.env });
        assert.notEqual(twice.code, 0);
        const nobody = await meibo(["operator", "token", "nobody"], { env: world.env });
        assert.notEqual(nobody.code, 0);
        await newToken(world.env, "http-b");
        const third = await meibo(["operator", "token", "http-b"], { env: world.env });
        assert.notEqual(third.code, 0);
        assert.notEqual(third.stderr, "");
    });
});
