// The search as CSV and NDJSON: the same pages as in JSON, whole, quoted and harmless.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import zlib from "node:zlib";
import { contract } from "./lib/contract.mjs";
import { people } from "./lib/fixtures.mjs";
import { call, query, useWorld, walk } from "./lib/harness.mjs";
import { formulas, special, writePeople } from "./lib/people.mjs";
import { parseCsv, readCsv, readNdjson } from "./lib/tables.mjs";

const PATH = "/v1/registrants";
const CSV = { Accept: "text/csv" };
const NDJSON = { Accept: "application/x-ndjson" };
/** @type {Record<string, string>[]} */
const FORMS = [{}, CSV, NDJSON];
/** @type {Record<string, string>[]} */
const PLAIN_AND_PACKED = [{}, { "Accept-Encoding": "gzip" }];
const EVERY_STATE = contract.components.schemas.RegistrantStatus["x-extensible-enum"].join();
const PROFILE = Object.keys(contract.components.schemas.Profile.properties);

/** @param {string} text */
function harmless(text) {
    return /^[=+\-@\t\r\n＝＋－＠]/u.test(text) ? `'${text}` : text;
}

/** The cell that stands for a member. @param {any} value @returns {string} */
function cellOf(value) {
    if (Array.isArray(value)) {
        return value
            .map((one) => (typeof one === "string" ? harmless(one) : `${one.course} ${one.completed_on}`))
            .join(";");
    }
    return typeof value === "string" ? harmless(value) : String(value ?? "");
}

/** @param {any} item @param {string[]} header */
function rowOf(item, header) {
    return Object.fromEntries(
        header.map((column) => {
            if (column.startsWith("match_")) {
                return [column, item.match[column.slice(6)]];
            }
            return [column, cellOf(PROFILE.includes(column) ? item.profile?.[column] : item[column])];
        }),
    );
}

describe("the search as a table", () => {
    const world = useWorld();

    /** Everything of a walk in another form, by its Link. @param {string} first @param {Record<string, string>} headers */
    async function walkBy(first, headers) {
        /** @type {any[]} */
        const pages = [];
        /** @type {string | undefined} */
        let target = first;
        while (target !== undefined) {
            const answer = await world.get(target, { headers, expect: 200 });
            const page = headers === CSV ? readCsv(answer.body) : readNdjson(answer.body);
            const next = headers === CSV ? page.end.next : page.next;
            pages.push(page);
            target = /^<([^>]+)>; rel="next"$/.exec(answer.headers.link ?? "")?.[1];
            assert.equal(target, next);
        }
        return pages;
    }

    for (const filters of [
        { status: EVERY_STATE },
        { q: "見本" },
        { sort: "-kana", home: "13" },
        { number: "1,2,3,899999,899998,900001,900005" },
        { name: "いない" },
        { has_email: "true", fields: "profile" },
        { kana: "やま", fields: "name,kana,completions" },
    ]) {
        it(`says what JSON says: ${JSON.stringify(filters)}`, async () => {
            const json = await walk(world, `${PATH}?${query({ ...filters, limit: 200 })}`);
            const first = (await world.get(`${PATH}?${query({ ...filters, limit: 1 })}`)).json;
            const target = `${PATH}?${query({ ...filters, limit: 333 })}`;

            const lines = await walkBy(target, NDJSON);
            assert.deepEqual(
                lines.flatMap((page) => page.items),
                json.items,
            );
            const { items, next, ...around } = first;
            const { items: lineItems, next: lineNext, ...lineAround } = lines[0];
            assert.deepEqual(lineAround, around, "what stands around the items");

            const tables = await walkBy(target, CSV);
            const rows = tables.flatMap((page) => page.rows);
            assert.deepEqual(
                rows,
                json.items.map((item) => rowOf(item, tables[0].header)),
            );
            const { end } = tables[0];
            assert.deepEqual(
                { publication: end.publication, published_at: end.published_at, day: end.day },
                first.as_of,
            );
            assert.equal(end.total, first.total);
            assert.deepEqual(end.unknown_numbers, first.unknown_numbers);
        });
    }

    it("a row of somebody in force has every column in its place", async () => {
        const table = readCsv((await world.get(`${PATH}?number=${people.open}`, { headers: CSV })).body);
        assert.equal(
            table.header.join(),
            "number,status,status_on,registered_on,renewed_on,renewal_count,expires_on,suspended_until,exam_passed,name,kana,other_name,birth_month,exam_certificate,home,employer,employer_place,email,phone,url,specialties,skills,qualifications,statement,completions",
        );
        const [row] = table.rows;
        assert.equal(row.name, "見本 髙橋一郎");
        assert.equal(row.home, "13", "codes keep their zeros and are no numbers to calculate with");
        assert.equal(row.skills, "見本の技能;二つめ");
        assert.equal(row.statement, "見本です。\n二行目。");
        assert.match(row.completions, /^http-a-online \d{4}-\d\d-\d\d;http-b-online \d{4}-\d\d-\d\d;http-a-practical /);
        assert.equal(row.renewed_on, "");
        const found = readCsv((await world.get(`${PATH}?q=${people.open}&fields=name`, { headers: CSV })).body);
        assert.deepEqual(found.header, ["number", "name", "match_field", "match_tier"]);
        assert.deepEqual(found.rows, [
            { number: people.open, name: "見本 髙橋一郎", match_field: "number", match_tier: "exact" },
        ]);
        const alone = readCsv((await world.get(`${PATH}?fields=number&limit=2`, { headers: CSV })).body);
        assert.deepEqual(alone.header, ["number"]);
    });

    it("cursors go from one form to another", async () => {
        const target = `${PATH}?${query({ q: "見本", limit: 3 })}`;
        const whole = (await world.get(`${PATH}?${query({ q: "見本", limit: 9 })}`)).json.items;
        const first = (await world.get(target)).json;
        const second = readNdjson((await world.get(first.next, { headers: NDJSON })).body);
        const third = readCsv((await world.get(second.next, { headers: CSV })).body);
        assert.deepEqual(
            [...first.items, ...second.items, ...third.rows].map((i) => i.number),
            whole.map((/** @type {any} */ i) => i.number),
        );
    });

    it("limit goes up to 1,000, and no further; in JSON to 200", async () => {
        for (const [headers, most] of /** @type {[Record<string, string>, number][]} */ ([
            [CSV, 1000],
            [NDJSON, 1000],
            [{}, 200],
        ])) {
            for (const limit of [1, 2, most - 1, most]) {
                const answer = await world.get(`${PATH}?limit=${limit}&fields=number`, { headers, expect: 200 });
                const read = {
                    [CSV.Accept]: () => readCsv(answer.body).rows,
                    [NDJSON.Accept]: () => readNdjson(answer.body).items,
                };
                assert.equal((read[headers.Accept] ?? (() => answer.json.items))().length, limit);
            }
            for (const limit of [0, most + 1, 1001, 100000]) {
                const { json, blamed } = await world.get(`${PATH}?limit=${limit}`, { headers, expect: 400 });
                assert.deepEqual(blamed, ["limit"]);
                assert.match(json.errors[0].detail, new RegExp(`1 to ${most}\\b`));
            }
        }
    });

    it("is chosen by Accept, JSON where nothing is preferred", async () => {
        for (const [Accept, expected] of [
            ["text/csv", "text/csv"],
            ["TEXT/CSV", "text/csv"],
            ["text/*", "text/csv"],
            ["application/x-ndjson", "application/x-ndjson"],
            ["text/csv, application/x-ndjson;q=0.9", "text/csv"],
            ["text/csv;q=0.5, application/json", "application/json"],
            ["text/csv;q=0.5, application/x-ndjson;q=0.6, */*;q=0.1", "application/x-ndjson"],
            ["text/html, text/csv;q=0.3, */*;q=0.2", "text/csv"],
            ["application/*", "application/json"],
            ["*/*", "application/json"],
            ["text/csv;q=0, */*", "application/json"],
            ["application/json;q=0, */*", "text/csv"],
            ["image/png, text/csv;header=present;q=0.1", "text/csv"],
        ]) {
            const { headers } = await world.get(`${PATH}?limit=2`, { headers: { Accept }, expect: 200 });
            assert.equal(headers["content-type"].split(";")[0], expected, Accept);
            assert.match(headers.vary, /(^|, ?)Accept(,|$)/, "caches keep the forms apart");
        }
        for (const Accept of ["text/html", "text/csv;q=0", "application/xml, text/csv;q=0.0"]) {
            await world.get(`${PATH}?limit=2`, { headers: { Accept }, expect: 406 });
        }
        await world.get("/v1/completions", { headers: CSV, expect: 406 });
        await world.get(`${PATH}/${people.open}`, { headers: NDJSON, expect: 406 });
        const { headers } = await world.get(`${PATH}?limit=2`, { headers: CSV });
        assert.equal(
            headers["content-type"].toLowerCase().replaceAll(" ", ""),
            "text/csv;charset=utf-8;header=present",
        );
    });

    it("a problem stays a problem", async () => {
        for (const headers of [CSV, NDJSON]) {
            const answer = await world.get(`${PATH}?limit=0`, { headers, expect: 400 });
            assert.equal(answer.headers["content-type"].split(";")[0], "application/problem+json");
        }
    });

    it("facets have no place in CSV", async () => {
        const { blamed, json } = await world.get(`${PATH}?facets=home`, { headers: CSV, expect: 400 });
        assert.deepEqual(blamed, ["facets"]);
        assert.match(json.errors[0].detail, /text\/csv/);
    });

    it("every form and encoding has an ETag of its own, good for 304", async () => {
        const target = `${PATH}?limit=50`;
        const tags = new Set();
        for (const form of FORMS) {
            for (const encoding of PLAIN_AND_PACKED) {
                const headers = { ...form, ...encoding };
                const { etag } = (await world.get(target, { headers, expect: 200 })).headers;
                tags.add(etag);
                await world.get(target, { headers: { ...headers, "If-None-Match": etag }, expect: 304 });
                for (const other of FORMS.filter((f) => f !== form)) {
                    await world.get(target, { headers: { ...other, ...encoding, "If-None-Match": etag }, expect: 200 });
                }
            }
        }
        assert.equal(tags.size, 6);
        const changed = [`${PATH}?limit=51`, `${target}&fields=name`, `${target}&sort=kana`];
        for (const other of changed) {
            tags.add((await world.get(other, { headers: CSV })).headers.etag);
        }
        assert.equal(tags.size, 9);
    });

    it("gzip and HEAD work as for JSON", async () => {
        for (const form of [CSV, NDJSON]) {
            const target = `${PATH}?limit=1000`;
            const plain = await world.get(target, { headers: form });
            const packed = await world.get(target, { headers: { ...form, "Accept-Encoding": "gzip" } });
            assert.equal(packed.headers["content-encoding"], "gzip");
            assert.ok(packed.raw.length < plain.raw.length / 3);
            assert.deepEqual(zlib.gunzipSync(packed.raw), plain.raw);
            assert.equal(packed.headers.etag, `${plain.headers.etag.slice(0, -1)}-gz"`);
            assert.equal(packed.headers.link, plain.headers.link);
            const head = await call(world.server.public, "HEAD", target, { headers: form, expect: 200 });
            for (const name of ["content-type", "content-length", "etag", "link", "vary", "cache-control"]) {
                assert.equal(head.headers[name], plain.headers[name], name);
            }
            assert.equal(head.raw.length, 0);
        }
    });
});

describe("a table that is opened in a spreadsheet", () => {
    const world = useWorld({ data: writePeople("tables") });
    const numbers = `${special.formulas},${special.plainCells}`;

    it("holds no formula: an apostrophe and quotes stand in front of what may begin one", async () => {
        const { rows } = readCsv((await world.get(`${PATH}?number=${numbers}`, { headers: CSV })).body);
        const [row] = rows;
        const { profile } = formulas;
        assert.equal(row.name, "'=見本 式子");
        assert.equal(row.other_name, "'＝ＭＩＨＯＮ Shikiko");
        assert.equal(row.employer, "'@見本株式会社");
        assert.equal(row.email, "'-mihon@sample.invalid");
        assert.equal(row.phone, "'+81-3-0000-0000");
        assert.equal(row.url, profile.url);
        assert.equal(row.specialties, `'-1+1;見本;分野;見本"分野";'＋分野;無害な分野`);
        assert.equal(row.skills, "'=1+1;'@SUM(A1);見本, 技能;見本\\技能;'－技能;'＠技能");
        assert.equal(row.qualifications, "'見本の資格;'=見本資格");
        assert.equal(row.statement, `'${profile.statement}`);
    });

    it("quotes what has to be quoted, byte for byte", async () => {
        const answer = await world.get(`${PATH}?number=${numbers}&fields=name,employer,profile`, { headers: CSV });
        const text = answer.body.toString("utf8");
        assert.deepEqual([...answer.body.subarray(0, 3)], [0xef, 0xbb, 0xbf], "a byte order mark");
        assert.ok(
            text.includes('950001,"\'=見本 式子","\'@見本株式会社","\'-mihon@sample.invalid","\'+81-3-0000-0000",'),
        );
        assert.ok(text.includes(',"https://sample.invalid/?a=1,2&b=""c""",'));
        assert.ok(text.includes('"見本, 引用""符"""'), "quotes are doubled");
        assert.ok(text.includes('"見本\'商店"'));
        assert.ok(text.includes('"一行目\r\n二行目"') || text.includes('"一行目\n二行目"'), "line breaks stay");
        assert.ok(text.endsWith("\r\n"));
        assert.match(text, /\r\n"#end count=2 total=2 publication=\d+ published_at=\S+Z day=\d{4}-\d\d-\d\d"(,)+\r\n$/);
        for (const row of parseCsv(text.slice(1))) {
            for (const cell of row) {
                assert.doesNotMatch(cell, /^[=+\-@\t\r\n＝＋－＠]/u, "no cell begins a formula");
                assert.doesNotMatch(cell, /;[=+\-@＝＋－＠]/u, "no entry begins one");
            }
        }
    });

    it("the end cannot be taken for a person, nor a person for the end", async () => {
        const everybody = readCsv((await world.get(`${PATH}?limit=1000`, { headers: CSV })).body);
        assert.equal(everybody.rows.length, world.oracle.inForce.length);
        const whole = (await world.get(`${PATH}?limit=5`, { headers: CSV })).body;
        for (const cut of [1, 2, 30, 200, whole.length - 10]) {
            assert.throws(() => readCsv(whole.subarray(0, whole.length - cut)), "a table cut off is no table");
        }
        const lines = (await world.get(`${PATH}?limit=5`, { headers: NDJSON })).body;
        for (const cut of [1, 2, 30, 500]) {
            assert.throws(() => readNdjson(lines.subarray(0, lines.length - cut)), "nor is such a stream of lines");
        }
    });

    it("JSON and NDJSON have the texts as they are", async () => {
        const target = `${PATH}?number=${special.formulas}`;
        const [item] = (await world.get(target)).json.items;
        assert.equal(item.name, formulas.name);
        assert.deepEqual(item.profile, formulas.profile);
        assert.deepEqual(readNdjson((await world.get(target, { headers: NDJSON })).body).items, [item]);
    });
});
