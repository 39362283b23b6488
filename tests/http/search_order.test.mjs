// The order of a search: every sort in both directions against a plain sort of the imported file, whole walks with pages
// of every size, and cursors that fit no other question.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { contract, queryParameters } from "./lib/contract.mjs";
import { people, plusDays, today } from "./lib/fixtures.mjs";
import { query, until, useWorld, walk } from "./lib/harness.mjs";
import { special, writePeople } from "./lib/people.mjs";
import { fold, nameParts } from "./lib/reading.mjs";

const PATH = "/v1/registrants";
/** @type {string[]} */
const SORTS = queryParameters(PATH).find((/** @type {any} */ p) => p.name === "sort").schema["x-extensible-enum"];
const EVERY_STATE = contract.components.schemas.RegistrantStatus["x-extensible-enum"].join();
const TIERS = contract.components.schemas.MatchTier["x-extensible-enum"];

/** @param {any[]} items */
function numbersOf(items) {
    return items.map((item) => item.number);
}

describe("sort=", () => {
    const world = useWorld();

    /** @param {Record<string, string>} filters @param {number} limit */
    async function compare(filters, limit) {
        const { items, totals, pages } = await walk(world, `${PATH}?${query({ ...filters, limit })}`);
        const what = `${JSON.stringify(filters)} limit=${limit}`;
        const expected = world.oracle.search(filters);
        assert.deepEqual(numbersOf(items), expected, what);
        assert.deepEqual(totals, [expected.length], `total of ${what}`);
        assert.equal(pages, Math.max(1, Math.ceil(expected.length / limit)), `full pages of ${what}`);
        return expected;
    }

    for (const sort of SORTS.filter((name) => name !== "relevance")) {
        it(`${sort}: everybody in force`, async () => {
            assert.ok((await compare({ sort }, 200)).length > 1000);
        });

        it(`${sort}: those whose registration ended too`, async () => {
            await compare({ sort, status: EVERY_STATE, registered_to: "2018-10-01" }, 137);
        });

        it(`${sort}: one on a page, and a few`, async () => {
            const few = { kind: "designated", home: "13", name_public: "true" };
            assert.ok((await compare({ ...few, sort }, 1)).length > 20);
            await compare({ ...few, sort, status: EVERY_STATE }, 7);
            await compare({ sort, number: "1,2,3,4,5,6,7,8,9,10,900001,900005,900007" }, 1);
        });

        it(`${sort}: with a text, which alone would sort by relevance`, async () => {
            for (const [field, text] of Object.entries({ name: "田", q: "見本", kana: "やま", employer: "サンプル" })) {
                await compare({ [field]: text, sort }, 30);
            }
        });
    }

    it("both directions have the same people, and those without a day or a reading last in both", async () => {
        for (const key of ["kana", "last_completed_on"]) {
            const filters = { status: EVERY_STATE, registered_from: "2020-04-01", limit: 200 };
            const { items: up } = await walk(world, `${PATH}?${query({ ...filters, sort: key })}`);
            const { items: down } = await walk(world, `${PATH}?${query({ ...filters, sort: `-${key}` })}`);
            const has = (/** @type {any} */ item) => (key === "kana" ? item.kana : item.completions?.[0]) !== undefined;
            for (const items of [up, down]) {
                const first = items.findIndex((item) => !has(item));
                assert.ok(first > 0, `somebody without ${key}`);
                assert.ok(!items.slice(first).some(has), "all behind them have none either");
            }
            assert.deepEqual(numbersOf(up.filter((i) => !has(i))), numbersOf(down.filter((i) => !has(i))));
            assert.deepEqual(numbersOf(up).sort(), numbersOf(down).sort());
        }
    });

    it("relevance without a text is number; and it is what a text sorts by", async () => {
        assert.deepEqual(
            (await world.get(`${PATH}?sort=relevance&limit=50`)).json.items,
            (await world.get(`${PATH}?limit=50`)).json.items,
        );
        const text = query({ name: "田", limit: 50 });
        assert.deepEqual(
            (await world.get(`${PATH}?${text}&sort=relevance`)).json.items,
            (await world.get(`${PATH}?${text}`)).json.items,
        );
    });

    it("relevance is one order, whatever the page size, and has everybody once", async () => {
        for (const text of [
            { q: "見本" },
            { name: "高" },
            { kana: "なか" },
            { q: "か" },
            { q: "sato" },
            { employer: "株式会社" },
        ]) {
            const narrow = { ...text, registered_to: "2018-10-01" };
            const { items, totals } = await walk(world, `${PATH}?${query({ ...narrow, limit: 200 })}`);
            assert.equal(new Set(numbersOf(items)).size, items.length, "each once");
            assert.deepEqual(totals, [items.length]);
            assert.ok(items.length > 1, JSON.stringify(text));
            for (const limit of items.length < 150 ? [1, 7] : [41]) {
                const again = await walk(world, `${PATH}?${query({ ...narrow, limit })}`);
                assert.deepEqual(again.items, items, `${JSON.stringify(narrow)} limit=${limit}`);
            }
        }
    });

    it("relevance within a tier: all of a name before its beginning before any other part, then by number", async () => {
        for (const name of ["田", "山", "見本", "本", "藤"]) {
            const { items } = await walk(world, `${PATH}?${query({ name, limit: 200 })}`);
            const key = (/** @type {any} */ item) => {
                const parts = nameParts(item.name).map(fold);
                const word = fold(name);
                if (parts.includes(word) || parts.join("") === word) {
                    return 0;
                }
                return parts.some((part) => part.startsWith(word)) ? 1 : 2;
            };
            const exact = items.filter((item) => item.match.tier === "exact");
            const expected = [...exact].sort((a, b) => key(a) - key(b) || Number(a.number) - Number(b.number));
            assert.deepEqual(numbersOf(exact), numbersOf(expected), name);
        }
    });

    it("a walk goes on through publications, in an order that they change", async () => {
        const filters = { registered_from: "2022-04-01", sort: "last_completed_on" };
        const expected = world.oracle.search(filters);
        const first = (await world.get(`${PATH}?${query({ ...filters, limit: 50 })}`)).json;
        const items = first.items;
        let day = 20;
        for (let next = first.next; next !== undefined;) {
            const before = (await world.get("/v1")).json.as_of.publication;
            // Somebody without any completion moves ahead of others who have none, and then on.
            await world.report(
                [{ number: people.reportedToo, course: "http-a-online", completed_on: plusDays(today(), -day--) }],
                { expect: 201 },
            );
            await until("a publication", async () => (await world.get("/v1")).json.as_of.publication > before);
            const page = (await world.get(next)).json;
            items.push(...page.items);
            next = page.next;
        }
        const others = (/** @type {string[]} */ numbers) => numbers.filter((n) => n !== people.reportedToo);
        assert.deepEqual(others(numbersOf(items)), others(expected));
        assert.equal(first.total, expected.length);
        assert.ok(day < 15, "there were publications");
    });
});

describe("cursors of every sort", () => {
    const world = useWorld();
    const base = { home: "13,14", limit: 3 };

    /** @param {Record<string, string | number>} parameters */
    async function cursorOf(parameters) {
        const { next } = (await world.get(`${PATH}?${query(parameters)}`, { expect: 200 })).json;
        return /** @type {string} */ (new URLSearchParams(next.split("?")[1]).get("cursor"));
    }

    it("belong to one sort", async () => {
        for (const sort of SORTS) {
            const cursor = await cursorOf({ ...base, sort });
            await world.get(`${PATH}?${query({ ...base, sort, cursor })}`, { expect: 200 });
            for (const other of [...SORTS.filter((name) => name !== sort), undefined]) {
                const { blamed, json } = await world.get(`${PATH}?${query({ ...base, sort: other, cursor })}`, {
                    expect: 400,
                });
                assert.deepEqual(blamed, ["cursor"], `${sort} with ${other}`);
                assert.match(json.errors[0].detail, /another query/);
            }
        }
    });

    it("belong to one question: filters, facets and fields too, but not limit", async () => {
        const cursor = await cursorOf({ ...base, sort: "kana" });
        const same = { ...base, sort: "kana", cursor };
        for (const change of [
            { home: "13" },
            { skill: "Linux" },
            { has_email: "true" },
            { name_public: "true" },
            { exam_from: "2017-01" },
            { renewal_count_to: "9" },
            { facets: "home" },
            { fields: "number" },
            { q: "田" },
        ]) {
            const { blamed } = await world.get(`${PATH}?${query({ ...same, ...change })}`, { expect: 400 });
            assert.deepEqual(blamed, ["cursor"], JSON.stringify(change));
        }
        for (const limit of [1, 2, 200]) {
            const { items } = (await world.get(`${PATH}?${query({ ...same, limit })}`, { expect: 200 })).json;
            const expected = world.oracle.search({ home: "13,14", sort: "kana" }).slice(3, 3 + limit);
            assert.deepEqual(numbersOf(items), expected);
        }
    });

    it("are refused when damaged, in any place", async () => {
        for (const [name, value] of [
            ["sort", "kana"],
            ["sort", "-registered_on"],
            ["sort", "last_completed_on"],
            ["q", "田"],
        ]) {
            /** @type {Record<string, string | number>} */
            const asked = { ...base, [name]: value };
            const cursor = await cursorOf(asked);
            assert.match(cursor, /^[A-Za-z0-9_-]{1,2048}$/);
            const flips = Array.from(
                cursor,
                (c, i) => cursor.slice(0, i) + (c === "A" ? "B" : "A") + cursor.slice(i + 1),
            );
            const swapped = cursor.slice(1, 2) + cursor.slice(0, 1) + cursor.slice(2);
            for (const bad of [
                ...flips,
                cursor.slice(0, -1),
                cursor.slice(1),
                `${cursor}A`,
                cursor + cursor,
                swapped,
            ]) {
                if (bad !== cursor) {
                    const { blamed } = await world.get(`${PATH}?${query({ ...asked, cursor: bad })}`, { expect: 400 });
                    assert.deepEqual(blamed, ["cursor"]);
                }
            }
        }
    });
});

describe("sort=kana with readings of the longest kind", () => {
    const world = useWorld({ data: writePeople("long") });

    it("tells them apart at their very end, one on a page, in both directions", async () => {
        for (const sort of ["kana", "-kana"]) {
            const number = special.longKana.join();
            const expected = world.oracle.search({ number, sort });
            const { items } = await walk(world, `${PATH}?${query({ number, sort, limit: 1 })}`);
            assert.deepEqual(numbersOf(items), expected);
            assert.equal(items.length, 3);
        }
    });

    for (const sort of ["kana", "-kana"]) {
        it(`${sort}: people of one reading that is longer than a cursor, one on a page`, async () => {
            const number = [...special.cutKana, "000203", "000201", "000101"].join();
            const { items } = await walk(world, `${PATH}?${query({ number, sort, limit: 1 })}`);
            assert.deepEqual(numbersOf(items), world.oracle.search({ number, sort }));
        });

        it(`${sort}: all people of the table, one on a page`, async () => {
            const others = world.oracle.inForce.map((r) => r.number).filter((n) => !special.cutKana.includes(n));
            for (let i = 0; i < others.length; i += 100) {
                const number = others.slice(i, i + 100).join();
                const { items } = await walk(world, `${PATH}?${query({ number, sort, limit: 1 })}`);
                assert.deepEqual(numbersOf(items), world.oracle.search({ number, sort }));
            }
        });
    }
});
