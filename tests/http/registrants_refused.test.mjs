// What the search refuses: it guesses nothing, clamps nothing, ignores nothing, and says what would be right.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { queryParameters } from "./lib/contract.mjs";
import { names } from "./lib/fixtures.mjs";
import { call, useWorld } from "./lib/harness.mjs";

const PATH = "/v1/registrants";

describe("GET /v1/registrants refuses", () => {
    const world = useWorld();

    const long = "あ".repeat(201);
    /** @type {[string, string, RegExp?][]} the query, the parameter to blame, what the detail says */
    const wrong = [
        ["limit=0", "limit", /200/],
        ["limit=201", "limit", /200/],
        ["limit=-1", "limit"],
        ["limit=abc", "limit"],
        ["limit=", "limit"],
        ["limit=1.5", "limit"],
        ["limit=%2B5", "limit"],
        ["limit=99999999999999999999", "limit"],
        ["limit=1&limit=2", "limit"],
        ["name=a&name=a", "name"],
        ["nmae=x", "nmae", /name/],
        ["Name=x", "Name", /name/],
        ["satus=registered", "satus", /status/],
        ["page=2", "page"],
        ["offset=20", "offset"],
        ["name=", "name"],
        ["name", "name"],
        ["name=%20%E3%80%80", "name"],
        [`name=${encodeURIComponent(long)}`, "name", /200/],
        [`kana=${encodeURIComponent(long)}`, "kana", /200/],
        [`employer=${encodeURIComponent(long)}`, "employer", /200/],
        [`q=${encodeURIComponent(long)}`, "q", /200/],
        ["q=a+b+c+d+e+f+g+h+i+j+k", "q", /10/],
        ["q=", "q"],
        ["kana=", "kana"],
        ["employer=", "employer"],
        ["name=%FF", "name"],
        ["name=%C3%28", "name"],
        ["name=%C0%AF", "name"],
        ["name=%ED%A0%80", "name"],
        ["name=%F4%90%80%80", "name"],
        ["name=%00", "name"],
        ["name=a%00b", "name"],
        ["name=a%0Ab", "name"],
        ["name=a%7Fb", "name"],
        ["name=a%C2%85b", "name"],
        ["name=%zz", "name"],
        ["name=%4", "name"],
        ["name=%", "name"],
        ["number=abc", "number"],
        ["number=12345678", "number"],
        ["number=0", "number"],
        ["number=0000000", "number"],
        ["number=", "number"],
        ["number=1,,2", "number"],
        ["number=1,", "number"],
        ["number=-1", "number"],
        [`number=${Array.from({ length: 101 }, (_, i) => i + 1).join()}`, "number", /100/],
        ["home=48", "home", /47/],
        ["home=00", "home"],
        ["home=1", "home"],
        ["home=13,xx", "home"],
        ["employer_place=98", "employer_place"],
        ["employer_place=", "employer_place"],
        ["status=active", "status"],
        ["status=registred", "status", /registered/],
        ["status=registered,", "status"],
        ["kind=offline", "kind"],
        ["kind=onlin", "kind", /online/],
        ["course=no-such-course", "course", /no-such-course/],
        ["course=http-a-online,no-such-course", "course", /no-such-course/],
        ["course=BAD!", "course"],
        [`course=${Array(21).fill("http-a-online").join()}`, "course", /20/],
        ["completed_from=2025-02-30", "completed_from"],
        ["completed_from=2025-2-3", "completed_from"],
        ["completed_to=2025-13-01", "completed_to"],
        ["completed_to=1899-12-31", "completed_to"],
        ["registered_from=2200-01-01", "registered_from"],
        ["registered_to=", "registered_to"],
        ["expires_from=20250101", "expires_from"],
        ["expires_to=2025-01-01T00:00:00Z", "expires_to"],
        ["cursor=", "cursor"],
        ["cursor=abc", "cursor"],
        ["cursor=%3D%3D", "cursor"],
        ["cursor=a.b", "cursor"],
        [`cursor=${"A".repeat(2049)}`, "cursor"],
        ["%FF=1", ""],
        ["=x", ""],
    ];
    for (const [text, parameter, detail] of wrong) {
        it(`?${text.slice(0, 60)}`, async () => {
            const { json, blamed } = await world.get(`${PATH}?${text}`, { expect: 400 });
            if (parameter) {
                assert.ok(blamed.includes(parameter), `blames ${parameter}: ${JSON.stringify(json)}`);
            }
            const said = (json.errors ?? []).find((/** @type {any} */ e) => e.parameter === parameter)?.detail ?? "";
            assert.match(said, detail ?? /^/);
        });
    }

    for (const name of ["completed", "registered", "expires"]) {
        it(`${name}_from after ${name}_to`, async () => {
            const { blamed } = await world.get(`${PATH}?${name}_from=2024-01-02&${name}_to=2024-01-01`, {
                expect: 400,
            });
            assert.ok(blamed.some((p) => p === `${name}_from` || p === `${name}_to`));
            await world.get(`${PATH}?${name}_from=2024-01-01&${name}_to=2024-01-01`, { expect: 200 });
        });
    }

    it("every repeated parameter", async () => {
        for (const { name } of queryParameters(PATH)) {
            const { blamed } = await world.get(`${PATH}?${name}=1&${name}=1`, { expect: 400 });
            assert.ok(blamed.includes(name), name);
        }
    });

    it("with all faults at once", async () => {
        const { blamed } = await world.get(`${PATH}?limit=0&nmae=x&home=48&completed_to=x`, { expect: 400 });
        assert.deepEqual([...new Set(blamed)].sort(), ["completed_to", "home", "limit", "nmae"]);
    });

    it("cursors that are damaged, cut, or of another query", async () => {
        const next = (await world.get(`${PATH}?name=${encodeURIComponent("田")}&limit=2`)).json.next;
        const url = new URL(next, "http://x");
        const cursor = /** @type {string} */ (url.searchParams.get("cursor"));
        assert.match(cursor, /^[A-Za-z0-9_-]+$/, "unpadded base64url");
        const base = `${PATH}?name=${encodeURIComponent("田")}&limit=2`;
        const flips = Array.from(cursor, (c, i) => cursor.slice(0, i) + (c === "A" ? "B" : "A") + cursor.slice(i + 1));
        for (const bad of [...flips, cursor.slice(0, -1), cursor.slice(1), cursor + "A", cursor + cursor]) {
            const { blamed } = await world.get(`${base}&cursor=${bad}`, { expect: 400 });
            assert.deepEqual(blamed, ["cursor"]);
        }
        for (const other of [
            `${PATH}?limit=2`,
            `${PATH}?limit=2&name=${encodeURIComponent("山")}`,
            `/v1/completions?limit=2`,
        ]) {
            await world.get(`${other}&cursor=${cursor}`, { expect: 400 });
        }
        await world.get(`${base}&cursor=${cursor}`, { expect: 200 });
    });

    it("cursors of a server with another secret", async () => {
        const foreign = await world.serve({ MEIBO_SECRET: "another-secret-of-the-tests-0123456789abcdef" });
        const { next } = (await world.get(`${PATH}?limit=2`)).json;
        const answer = await call(foreign.public, "GET", next, { expect: 400 });
        assert.deepEqual(answer.blamed, ["cursor"]);
    });

    it("says nothing about names in what it refuses", async () => {
        const { text } = await world.get(`${PATH}?nmae=${encodeURIComponent(names.withheld)}`, { expect: 400 });
        assert.doesNotMatch(text, /900002/);
    });
});
