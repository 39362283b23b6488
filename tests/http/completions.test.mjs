// Completions as a list: every parameter against a plain loop, order, pages, and everything refused.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { queryParameters } from "./lib/contract.mjs";
import { people, plusDays, today } from "./lib/fixtures.mjs";
import { query, useWorld, walk } from "./lib/harness.mjs";

const PATH = "/v1/completions";

describe("GET /v1/completions", () => {
    const world = useWorld();

    /** @param {Record<string, string>} filters @param {number} [limit] */
    async function compare(filters, limit = 200) {
        const expected = world.oracle.completionKeys(filters);
        const { items, totals } = await walk(world, `${PATH}?${query({ ...filters, limit })}`);
        assert.deepEqual(
            items.map((i) => `${i.number} ${i.course} ${i.completed_on}`),
            expected,
            JSON.stringify(filters),
        );
        assert.deepEqual(totals, [expected.length]);
        return expected.length;
    }

    it("answers all of them, of people in force, ordered by number, newest first", async () => {
        assert.ok((await compare({})) > 2000);
    });

    const recent = { completed_from: plusDays(today(), -100) };
    /** @type {Record<string, string>[]} */
    const single = [
        { number: `${people.open},${people.withheld}` },
        { number: people.open.padStart(7, "0") },
        { course: "http-a-online" },
        { course: "http-a-online,http-b-online" },
        { kind: "practical_a" },
        { kind: "online,designated" },
        { operator: "http-a" },
        { operator: "http-a,http-b" },
        recent,
        { completed_to: "2018-03-31" },
        { completed_from: "2022-04-01", completed_to: "2022-04-30" },
        { ...recent, kind: "online" },
        { operator: "http-a", kind: "practical_a", number: people.withheld },
    ];
    for (const filters of single) {
        it(`filters as a plain loop does: ${JSON.stringify(filters)}`, async () => {
            assert.ok((await compare(filters)) > 0);
        });
    }

    it("walks every item exactly once, also where one person spans pages", async () => {
        await compare({ operator: "http-a,http-b" }, 1);
        await compare({ number: people.open }, 2);
        await compare({ kind: "cyberrex" }, 3);
        await compare(recent, 17);
    });

    it("is usable through the generated client", async () => {
        const { data } = await world.client.GET("/v1/completions", {
            params: {
                query: { number: [people.open], operator: ["http-a"], kind: ["online", "practical_a"], limit: 1 },
            },
        });
        assert.equal(data?.total, 2);
        assert.equal(data?.items[0].course_name, "見本オンラインA");
        assert.ok(data?.next);
    });

    it("shows none of somebody whose registration ended", async () => {
        for (const number of [people.revoked, people.lapsed, people.struckOff]) {
            assert.equal((await world.get(`${PATH}?number=${number}`)).json.total, 0);
        }
    });

    it("answers nothing, and not an error, where there is nothing", async () => {
        const answer = (await world.get(`${PATH}?number=${people.suspended}`)).json;
        assert.deepEqual([answer.total, answer.items, answer.next], [0, [], undefined]);
    });

    it("says the same as the registrants do", async () => {
        const { registrant } = (await world.get(`/v1/registrants/${people.open}`)).json;
        const { items } = (await world.get(`${PATH}?number=${people.open}`)).json;
        assert.deepEqual(
            items.map((/** @type {any} */ { number, ...c }) => c),
            registrant.completions,
        );
    });

    /** @type {[string, string][]} */
    const wrong = [
        ["limit=0", "limit"],
        ["limit=201", "limit"],
        ["number=x", "number"],
        [`number=${Array(101).fill(1).join()}`, "number"],
        ["course=none-such", "course"],
        ["kind=none", "kind"],
        ["operator=none-such", "operator"],
        ["operator=", "operator"],
        [`operator=${Array(21).fill("http-a").join()}`, "operator"],
        ["completed_from=x", "completed_from"],
        ["completed_to=2025-02-29", "completed_to"],
        ["cursor=zzz", "cursor"],
        ["name=x", "name"],
        ["opertor=http-a", "opertor"],
        ["kind=%FF", "kind"],
    ];
    for (const [text, parameter] of wrong) {
        it(`refuses ?${text.slice(0, 40)}`, async () => {
            const { blamed } = await world.get(`${PATH}?${text}`, { expect: 400 });
            assert.ok(blamed.includes(parameter));
        });
    }

    it("refuses repeated parameters, days the wrong way round and foreign cursors", async () => {
        for (const { name } of queryParameters(PATH)) {
            const { blamed } = await world.get(`${PATH}?${name}=1&${name}=1`, { expect: 400 });
            assert.ok(blamed.includes(name), name);
        }
        await world.get(`${PATH}?completed_from=2024-01-02&completed_to=2024-01-01`, { expect: 400 });
        const { next } = (await world.get(`${PATH}?kind=online&limit=1`)).json;
        await world.get(next.replace("kind=online", "kind=designated"), { expect: 400 });
        const { next: foreign } = (await world.get("/v1/registrants?limit=1")).json;
        await world.get(`${PATH}?limit=1&cursor=${new URL(foreign, "http://x").searchParams.get("cursor")}`, {
            expect: 400,
        });
    });
});
