// The contract itself, and the checker that holds every answer to it: it has to be able to say no.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assertValid, check, contract, documented, match } from "./lib/contract.mjs";

const AS_OF = { publication: 12, published_at: "2026-11-23T01:02:03.456Z", day: "2026-11-23" };
const HEADERS = {
    "content-type": "application/json",
    "x-request-id": "r1",
    "x-content-type-options": "nosniff",
    "access-control-allow-origin": "*",
    etag: '"12-ab"',
    "cache-control": "public, max-age=5",
    vary: "Accept-Encoding",
};
const OPERATORS = { as_of: AS_OF, total: 1, items: [{ code: "sample-operator", name: "見本講習機関" }] };

const PEOPLE = "/v1/registrants";
const PERSON = { status: "registered", status_on: "2024-04-01", registered_on: "2024-04-01" };
const FIRST = { number: "000001", ...PERSON, renewal_count: 0, expires_on: "2027-03-31", completions: [] };
const SECOND = { ...FIRST, number: "000002" };

/** With more members, completions behind them. @param {any} whole @param {object} more */
function person(whole, more) {
    const { completions, ...rest } = whole;
    return { ...rest, ...more, completions };
}

/** @param {any[]} items @param {string} [question] @param {object} [more] */
function page(items, question = "", more = {}) {
    checked({ as_of: AS_OF, total: items.length, items, ...more }, {}, 200, `${PEOPLE}${question}`);
}

const CSV_HEAD = '\uFEFFnumber,name\r\n000001,"見本, 太郎"\r\n';
const CSV_END = `"#end count=1 total=1 publication=12 published_at=${AS_OF.published_at} day=${AS_OF.day}",\r\n`;

/** @param {string} body @param {string} [question] @param {Record<string, string>} [more] */
function table(body, question = "?fields=name", more = {}) {
    const headers = { ...HEADERS, "content-type": "text/csv; charset=utf-8", ...more };
    const names = Object.keys(headers);
    const answered = { status: 200, headers, names, body: Buffer.from(body) };
    check({ method: "GET", target: `${PEOPLE}${question}`, headers: {} }, answered);
}

/** @param {...object} values */
function lines(...values) {
    const headers = { ...HEADERS, "content-type": "application/x-ndjson" };
    const body = Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(""));
    check({ method: "GET", target: PEOPLE, headers: {} }, { status: 200, headers, names: Object.keys(headers), body });
}

/** @param {any} value @param {Record<string, string | undefined>} [changes] @param {number} [status] @param {string} [target] */
function checked(value, changes = {}, status = 200, target = "/v1/operators") {
    const headers = /** @type {Record<string, string>} */ (
        Object.fromEntries(Object.entries({ ...HEADERS, ...changes }).filter(([, v]) => v !== undefined))
    );
    check(
        { method: "GET", target, headers: {} },
        { status, headers, names: Object.keys(headers), body: Buffer.from(JSON.stringify(value)) },
    );
}

describe("the checker", () => {
    it("accepts what is documented", () => {
        checked(OPERATORS);
        page([FIRST, SECOND]);
        page([SECOND, FIRST], "?sort=-number");
        page([{ number: "000001" }], "?fields=number");
        page([person(SECOND, { kana: "ア イ" }), person(FIRST, { kana: "イ ア" })], "?sort=kana");
        page([person(SECOND, { kana: "ア" }), FIRST], "?sort=-kana");
        page([{ ...SECOND, match: { field: "name", tier: "exact" } }], "?q=x");
        page([], "", { hints: { withheld_names: 1, near: [] } });
        page([FIRST], "?facets=home", { facets: { home: [{ value: "13", count: 1 }] } });
        table(CSV_HEAD + CSV_END);
        lines(FIRST, SECOND, { end: true, count: 2, total: 2, as_of: AS_OF });
    });

    /** @type {[string, () => void][]} */
    const refused = [
        ["a member that is not documented", () => checked({ ...OPERATORS, extra: 1 })],
        ["such a member deep inside", () => checked({ ...OPERATORS, items: [{ ...OPERATORS.items[0], secret: "x" }] })],
        ["a missing member", () => checked({ as_of: AS_OF, items: [] })],
        ["null", () => checked({ ...OPERATORS, items: [{ ...OPERATORS.items[0], name_en: null }] })],
        ["a wrong form", () => checked({ ...OPERATORS, as_of: { ...AS_OF, day: "2026-13-01" } })],
        ["a missing header", () => checked(OPERATORS, { etag: undefined })],
        ["a header of a wrong form", () => checked(OPERATORS, { etag: 'W/"x"' })],
        ["a missing request id", () => checked(OPERATORS, { "x-request-id": undefined })],
        ["a missing CORS header", () => checked(OPERATORS, { "access-control-allow-origin": undefined })],
        ["a media type that is not documented", () => checked(OPERATORS, { "content-type": "text/html" })],
        ["a status that is not documented", () => checked(OPERATORS, {}, 202)],
        ["an undocumented route", () => checked(OPERATORS, {}, 200, "/v1/secrets")],
        [
            "items out of order",
            () =>
                checked({
                    ...OPERATORS,
                    total: 2,
                    items: [
                        { code: "b", name: "x" },
                        { code: "a", name: "x" },
                    ],
                }),
        ],
        [
            "next without Link",
            () =>
                checked(
                    { as_of: AS_OF, total: 2, items: [], next: "/v1/completions?cursor=a" },
                    {},
                    200,
                    "/v1/completions",
                ),
        ],
        ["people out of order", () => page([SECOND, FIRST])],
        ["people out of the order asked for", () => page([FIRST, SECOND], "?sort=-number")],
        [
            "a worse match before a better one",
            () =>
                page(
                    [
                        { ...FIRST, match: { field: "name", tier: "reading" } },
                        { ...SECOND, match: { field: "name", tier: "exact" } },
                    ],
                    "?q=x",
                ),
        ],
        [
            "readings out of order",
            () => page([person(FIRST, { kana: "イ ア" }), person(SECOND, { kana: "ア イ" })], "?sort=kana"),
        ],
        [
            "somebody without a reading before others",
            () => page([FIRST, person(SECOND, { kana: "ア" })], "?sort=-kana"),
        ],
        ["a person of whom something is left out unasked", () => page([{ number: "000001" }])],
        ["a member that was not asked for", () => page([{ number: "000001", name: "x" }], "?fields=kana")],
        ["members in another order", () => page([{ name: "x", number: "000001" }], "?fields=name")],
        ["a match without a text", () => page([{ ...FIRST, match: { field: "name", tier: "exact" } }])],
        ["a text without a match", () => page([FIRST], "?name=x")],
        ["nothing found without hints", () => page([])],
        ["hints with something found", () => page([FIRST], "", { hints: { withheld_names: 1, near: [] } })],
        ["facets that were not asked for", () => page([FIRST], "", { facets: { home: [] } })],
        ["facets that are missing", () => page([FIRST], "?facets=home")],
        [
            "the smaller count first",
            () =>
                page([FIRST], "?facets=home", {
                    facets: {
                        home: [
                            { value: "13", count: 1 },
                            { value: "14", count: 2 },
                        ],
                    },
                }),
        ],
        ["a table without a byte order mark", () => table((CSV_HEAD + CSV_END).slice(1))],
        ["a table without its end", () => table(CSV_HEAD)],
        ["a table that counts otherwise", () => table(CSV_HEAD + CSV_END.replace("count=1", "count=2"))],
        ["a table without CR", () => table((CSV_HEAD + CSV_END).replaceAll("\r", ""))],
        ["a row with too few cells", () => table(CSV_HEAD.replace(/,"[^"]*"/, "") + CSV_END)],
        ["a quote that stands open", () => table(CSV_HEAD.replace('太郎"', "太郎") + CSV_END)],
        ["columns that were not asked for", () => table(CSV_HEAD + CSV_END, "?fields=kana")],
        [
            "a Link that the table does not have",
            () => table(CSV_HEAD + CSV_END, "?fields=name", { link: '</v1/registrants?cursor=a>; rel="next"' }),
        ],
        ["lines without an end", () => lines(FIRST, SECOND)],
        ["lines that are counted wrong", () => lines(FIRST, { end: true, count: 2, total: 2, as_of: AS_OF })],
        ["lines behind the end", () => lines({ end: true, count: 1, total: 1, as_of: AS_OF }, FIRST)],
        [
            "lines with an unknown member",
            () => lines({ ...FIRST, secret: "x" }, { end: true, count: 1, total: 1, as_of: AS_OF }),
        ],
        [
            "an unknown value of an open enumeration",
            () => assertValid(contract.components.schemas.CourseKind, "knitting", "kind"),
        ],
        [
            "a tombstone that says more",
            () =>
                checked(
                    {
                        as_of: AS_OF,
                        registrant: {
                            number: "000123",
                            status: "lapsed",
                            status_on: "2024-04-01",
                            registered_on: "2021-04-01",
                            expires_on: "2024-03-31",
                            name: "x",
                        },
                    },
                    {},
                    200,
                    "/v1/registrants/123",
                ),
        ],
        [
            "a problem that is none",
            () =>
                checked(
                    { error: "x" },
                    { "content-type": "application/problem+json", "cache-control": "no-store" },
                    400,
                ),
        ],
    ];
    for (const [what, run] of refused) {
        it(`refuses ${what}`, () => {
            assert.throws(run, assert.AssertionError);
        });
    }
});

describe("the contract", () => {
    it("has examples that are as strict as answers have to be", () => {
        let seen = 0;
        /** @param {any} node */
        const visit = (node) => {
            if (node?.schema && (node.example !== undefined || node.examples) && !node.in) {
                const examples = node.examples
                    ? Object.values(node.examples).map((/** @type {any} */ e) => e.value)
                    : [node.example];
                examples.forEach((example) => assertValid(node.schema, example, "an example"));
                seen += examples.length;
            }
            if (node && typeof node === "object") {
                Object.values(node).forEach(visit);
            }
        };
        visit(contract);
        assert.ok(seen > 20, `${seen} examples`);
    });

    it("uses nothing that generated clients choke on", () => {
        const text = JSON.stringify(contract);
        for (const word of ["oneOf", "anyOf", "nullable", '"null"', '"enum"', "discriminator"]) {
            assert.ok(!text.includes(word.startsWith('"') ? word : `"${word}"`), word);
        }
    });

    it("finds its own paths", () => {
        assert.equal(match("/v1/registrants/123?x=1")?.path, "/v1/registrants/{number}");
        assert.equal(match("/v1/registrants/"), undefined);
        assert.equal(match("//v1"), undefined);
    });

    it("counts every operation, parameter and status", () => {
        const keys = documented();
        for (const key of [
            "searchRegistrants query employer_place",
            "getRegistrant path number",
            "postReports 413",
            "listCompletions 304",
        ]) {
            assert.ok(keys.includes(key), key);
        }
        assert.ok(!keys.some((key) => key.includes("default")));
    });
});
