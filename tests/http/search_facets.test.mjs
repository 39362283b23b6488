// Facets against a plain count of the imported file, and against the searches they promise.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { contract } from "./lib/contract.mjs";
import { call, query, useWorld, walk } from "./lib/harness.mjs";
import { special, writePeople } from "./lib/people.mjs";

const PATH = "/v1/registrants";
/** @type {string[]} */
const FACETS = contract.components.schemas.FacetName["x-extensible-enum"];
const EVERY_STATE = contract.components.schemas.RegistrantStatus["x-extensible-enum"].join();

/** @param {Map<string, number>} counts */
function listed(counts) {
    const entries = [...counts].map(([value, count]) => ({ value, count }));
    return entries.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** @param {{ value: string, count: number }[]} list */
function byValue(list) {
    return [...list].sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

describe("facets=", () => {
    const world = useWorld();

    /** @type {Record<string, string>[]} */
    const queries = [
        {},
        { status: EVERY_STATE },
        { status: "lapsed,revoked,struck_off" },
        { home: "13" },
        { kind: "designated,practical_a" },
        { name: "田" },
        { q: "見本" },
        { kana: "やま", home: "13,27" },
        { employer: "株式会社", registered_from: "2019-04-01" },
        { skill: "Python,Go" },
        { has_email: "true", name_public: "false" },
        { exam_from: "2015-01", renewal_count_from: "1" },
        { number: "1,2,3,900001,900003,900005" },
        { number: "900001" },
        { name: "いない人の名" },
    ];
    for (const filters of queries) {
        it(`counts everybody found: ${JSON.stringify(filters)}`, async () => {
            const { json } = await world.get(`${PATH}?${query({ ...filters, facets: FACETS.join(), limit: 1 })}`);
            assert.equal(json.facets.omitted, undefined);
            for (const facet of FACETS) {
                const expected = listed(world.oracle.facet(filters, facet));
                assert.deepEqual(byValue(json.facets[facet]), expected, facet);
            }
            assert.equal(json.total, world.oracle.search(filters).length);
        });
    }

    it("are what a walk through everybody counts", async () => {
        const target = `${PATH}?${query({ q: "見本", registered_to: "2019-10-01", facets: FACETS.join(), limit: 50 })}`;
        const { items } = await walk(world, target);
        const { facets } = (await world.get(target)).json;
        assert.ok(items.length > 50);
        for (const facet of FACETS) {
            /** @type {Map<string, number>} */
            const counts = new Map();
            for (const value of items.flatMap((item) => [...new Set(world.oracle.facetValues(item, facet))])) {
                counts.set(value, (counts.get(value) ?? 0) + 1);
            }
            assert.deepEqual(byValue(facets[facet]), listed(counts), facet);
        }
    });

    it("one by one they say what they say together", async () => {
        const together = (await world.get(`${PATH}?home=13&facets=${FACETS.join()}`)).json;
        for (const facet of FACETS) {
            const alone = (await world.get(`${PATH}?home=13&facets=${facet}`)).json;
            assert.deepEqual(alone.facets, { [facet]: together.facets[facet] });
        }
        const { facets, ...rest } = together;
        assert.ok(facets);
        assert.deepEqual(
            { ...rest, next: undefined },
            { ...(await world.get(`${PATH}?home=13`)).json, next: undefined },
        );
    });

    it("equal counts stand in the order of their values", async () => {
        const { RegistrantStatus, CourseKind } = contract.components.schemas;
        const orders = { status: RegistrantStatus["x-extensible-enum"], kind: CourseKind["x-extensible-enum"] };
        for (const filters of [{}, { home: "13" }, { number: "900001,900003" }, { number: "900001,900008" }]) {
            const { facets } = (await world.get(`${PATH}?${query({ ...filters, facets: FACETS.join() })}`)).json;
            for (const facet of FACETS) {
                // Values of an enumeration in its order, texts and codes as texts.
                const order = orders[/** @type {"status" | "kind"} */ (facet)];
                const place = (/** @type {any} */ v) => order.indexOf(v.value);
                const expected = order
                    ? [...facets[facet]].sort((a, b) => b.count - a.count || place(a) - place(b))
                    : byValue(facets[facet]);
                assert.deepEqual(facets[facet], expected, `${facet} of ${JSON.stringify(filters)}`);
            }
        }
    });

    it("are the same on every page of a walk", async () => {
        const first = (await world.get(`${PATH}?home=13&facets=kind,status&limit=150`)).json;
        const second = (await world.get(first.next)).json;
        assert.ok(second.items.length > 0);
        assert.deepEqual(second.facets, first.facets);
    });

    it("each count is the total of the search that it stands for", async () => {
        const base = { employer_place: "13,27" };
        const { facets } = (await world.get(`${PATH}?${query({ ...base, facets: FACETS.join() })}`)).json;
        /** @type {Record<string, (value: string) => Record<string, string>>} */
        const narrowed = {
            registered_year: (year) => ({ registered_from: `${year}-01-01`, registered_to: `${year}-12-31` }),
            exam_passed_year: (year) => ({ exam_from: `${year}-01`, exam_to: `${year}-12` }),
        };
        for (const facet of FACETS) {
            assert.ok(facets[facet].length > 0, facet);
            for (const { value, count } of facets[facet].slice(0, 12)) {
                const filter = narrowed[facet]?.(value) ?? { [facet]: value.replace(/[\\,]/g, "\\$&") };
                const { total } = (await world.get(`${PATH}?${query({ ...base, ...filter, limit: 1 })}`)).json;
                assert.equal(total, count, `${facet}=${value}`);
            }
        }
    });

    it("stand in NDJSON as in JSON, and HEAD has the headers of GET", async () => {
        const target = `${PATH}?q=${encodeURIComponent("見本")}&facets=home,kind&limit=3`;
        const { facets } = (await world.get(target)).json;
        const lines = (await world.get(target, { headers: { Accept: "application/x-ndjson" } })).text
            .trim()
            .split("\n");
        assert.deepEqual(JSON.parse(lines[3]).facets, facets);
        const [get, head] = [await world.get(target), await call(world.server.public, "HEAD", target)];
        assert.equal(head.headers["content-length"], get.headers["content-length"]);
        assert.equal(head.headers.etag, get.headers.etag);
    });

    it("are typed in the generated client", async () => {
        const { data } = await world.client.GET("/v1/registrants", {
            params: { query: { facets: ["home", "registered_year"], fields: ["name"], sort: "-kana", limit: 2 } },
        });
        assert.ok(data?.facets?.home && data.facets.registered_year);
        assert.ok(data.facets.home[0].count >= data.facets.home[1].count);
        assert.equal(data.facets.skill, undefined);
    });
});

describe("facets of free text", () => {
    const world = useWorld({ data: writePeople("facets") });

    it("spellings of one entry are one value, a person counts once, and the usual spelling is shown", async () => {
        const number = special.skills.join();
        const { facets } = (await world.get(`${PATH}?${query({ number, facets: "skill" })}`)).json;
        assert.deepEqual(facets.skill, [
            { value: "見本ギジュツ", count: 3 },
            { value: "見本技術", count: 3 },
            { value: "ミホンの技", count: 1 },
        ]);
    });

    it("a list has 300 values, and says how many it leaves out", async () => {
        const { facets } = (await world.get(`${PATH}?facets=skill,home`)).json;
        const all = world.oracle.facet({}, "skill");
        assert.ok(all.size > 350);
        assert.equal(facets.skill.length, 300);
        assert.deepEqual(facets.omitted, { skill: all.size - 300 });
        assert.deepEqual(facets.skill, listed(all).slice(0, 300), "the most frequent of them, then by value");
    });
});
