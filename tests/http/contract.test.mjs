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
