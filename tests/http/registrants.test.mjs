// The search: every parameter against a plain loop over the imported file, pages and cursors.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { people, plusDays, today } from "./lib/fixtures.mjs";
import { query, useWorld, until, walk } from "./lib/harness.mjs";

const PATH = "/v1/registrants";

/** A small generator of our own, so that a failing draw can be drawn again. @param {number} seed */
function dice(seed) {
    let state = seed;
    return (/** @type {number} */ n) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * n);
    };
}

describe("GET /v1/registrants", () => {
    const world = useWorld();

    /** @param {Record<string, string>} filters @param {number} [limit] */
    async function compare(filters, limit = 200) {
        const expected = world.oracle.search(filters);
        const { items, totals } = await walk(world, `${PATH}?${query({ ...filters, limit })}`);
        const what = JSON.stringify(filters);
        const numbers = items.map((i) => i.number);
        // The best match comes first; that is checked on every page and along the walk.
        const byRelevance = ["q", "name", "kana", "employer"].some((name) => name in filters);
        assert.deepEqual(
            byRelevance ? numbers.sort((a, b) => Number(a) - Number(b)) : numbers,
            expected,
            `numbers of ${what}`,
        );
        assert.deepEqual(totals, [expected.length], `total of ${what}`);
        return expected.length;
    }

    it("answers 20 people in force without parameters, ordered by number", async () => {
        const { data, response } = await world.client.GET("/v1/registrants", {});
        assert.equal(response.status, 200);
        assert.ok(data);
        assert.equal(data.items.length, 20);
        assert.equal(data.total, world.oracle.search({}).length);
        assert.deepEqual(
            data.items.map((i) => i.number),
            world.oracle.search({}).slice(0, 20),
        );
        assert.equal(data.unknown_numbers, undefined);
        assert.equal(data.as_of.day, today());
        assert.ok(data.as_of.publication >= 4, "four imports made four publications");
    });

    it("shows every public item of everybody, and nothing else", async () => {
        const states = "registered,name_use_suspended,lapsed,revoked,struck_off";
        const { items } = await walk(world, `${PATH}?${query({ status: states, limit: 200 })}`);
        const shown = items.map((item) => ({
            ...item,
            ...(item.completions && {
                completions: item.completions.map((/** @type {any} */ c) => ({ ...c, reflected_at: undefined })),
            }),
        }));
        const expected = world.oracle.registrants.map((r) => ({
            ...r,
            ...(r.completions && {
                completions: r.completions.map((/** @type {any} */ c) => ({ ...c, reflected_at: undefined })),
            }),
        }));
        assert.equal(shown.length, expected.length);
        shown.forEach((item, i) => assert.deepEqual(item, expected[i]));
    });

    /** @type {Record<string, string>[]} */
    const single = [
        { number: people.open },
        { number: `1,2,3,${people.revoked},${people.lapsed},${people.sevenDigits}` },
        { number: "000001,900001", status: "registered" },
        { q: "見本" },
        { q: "見本　サンプル" },
        { q: people.open },
        { q: "ichiro http" },
        { name: "見本" },
        { name: "見本　髙橋 一郎" },
        { name: "子" },
        { kana: "みほん" },
        { kana: "ﾐﾎﾝ ﾀｶﾊｼ" },
        { kana: "タ" },
        { employer: "httpサンプル" },
        { employer: "株式会社" },
        { employer: "(株)" },
        { home: "13" },
        { home: "13,14,99" },
        { employer_place: "27" },
        { employer_place: "01,23,47" },
        { status: "registered" },
        { status: "name_use_suspended" },
        { status: "lapsed" },
        { status: "revoked,struck_off" },
        { status: "registered,name_use_suspended,lapsed,revoked,struck_off" },
        { course: "http-a-online" },
        { course: "http-a-practical,http-b-online" },
        { kind: "practical_a" },
        { kind: "cyberrex,cyberstix,designated" },
        { completed_from: "2023-04-01" },
        { completed_to: "2019-03-31" },
        { completed_from: "2021-04-01", completed_to: "2021-06-30" },
        { registered_from: "2020-10-01" },
        { registered_to: "2018-04-01" },
        { registered_from: "2019-04-01", registered_to: "2019-04-01" },
        { expires_from: plusDays(today(), 600) },
        { expires_to: plusDays(today(), 200) },
        { expires_from: "2027-03-31", expires_to: "2028-03-31" },
    ];
    for (const filters of single) {
        it(`filters as a plain loop does: ${JSON.stringify(filters)}`, async () => {
            const hits = await compare(filters);
            assert.ok(hits > 0, "the case shows something");
        });
    }

    it("takes course, kind and days of completion together as one completion", async () => {
        const day = plusDays(today(), -40);
        assert.equal(await compare({ course: "http-a-practical", completed_from: day, number: people.open }), 0);
        assert.equal(
            await compare({ course: "http-a-online", completed_from: day, completed_to: day, number: people.open }),
            1,
        );
        assert.equal(await compare({ course: "http-a-practical", kind: "online", number: people.open }), 0);
    });

    it("agrees with the plain loop on combinations drawn at random", async () => {
        const roll = dice(20261123);
        const days = ["2017-04-01", "2018-10-01", "2020-04-01", "2022-07-01", "2024-03-31", "2026-09-30", "2028-03-31"];
        /** @type {Record<string, () => string>} */
        const draws = {
            name: () => ["見", "田", "子", "山", "藤", "一"][roll(6)],
            kana: () => ["タ", "ミ", "やま", "こ"][roll(4)],
            employer: () => ["サンプル", "株式会社", "見本"][roll(3)],
            q: () => ["見本", "田 子", "サンプル 山", "か"][roll(4)],
            home: () => ["13", "13,14,27", "01"][roll(3)],
            employer_place: () => ["13", "27,23", "40"][roll(3)],
            status: () => ["registered", "name_use_suspended", "lapsed,revoked", "registered,lapsed"][roll(4)],
            kind: () => ["online", "practical_a,practical_b", "designated"][roll(3)],
            course: () => world.oracle.courses[roll(world.oracle.courses.length)].code,
            completed_from: () => days[roll(5)],
            completed_to: () => days[roll(2) + 5],
            registered_from: () => days[roll(4)],
            registered_to: () => days[roll(3) + 4],
            expires_from: () => days[roll(4)],
            expires_to: () => days[roll(2) + 5],
        };
        for (let i = 0; i < 120; i++) {
            /** @type {Record<string, string>} */
            const filters = {};
            for (let n = 1 + roll(4); n > 0; n--) {
                const name = Object.keys(draws)[roll(Object.keys(draws).length)];
                filters[name] = draws[name]();
            }
            await compare(filters);
        }
    });

    it("walks every item exactly once, whatever the page size", async () => {
        await compare({ kind: "designated", home: "13" }, 1);
        await compare({ name: "田" }, 7);
        await compare({ status: "lapsed,revoked" }, 19);
        await compare({ number: "1,2,3,4,5,6,7,8,9,10" }, 3);
        await compare({}, 199);
    });

    it("takes every limit from 1 to 200", async () => {
        for (const limit of [1, 2, 20, 199, 200]) {
            const { data } = await world.client.GET("/v1/registrants", { params: { query: { limit } } });
            assert.equal(data?.items.length, limit);
        }
    });

    it("takes encoded commas and plus signs as what they are", async () => {
        const plain = (await world.get(`${PATH}?home=13,14`)).json;
        const encoded = (await world.get(`${PATH}?home=13%2C14`)).json;
        assert.deepEqual(encoded.items, plain.items);
        const spaced = (await world.get(`${PATH}?q=${encodeURIComponent("見本")}+${encodeURIComponent("サンプル")}`))
            .json;
        assert.deepEqual(spaced.total, world.oracle.search({ q: "見本 サンプル" }).length);
    });

    it("never widens when more is typed", async () => {
        let last = Infinity;
        for (const name of ["見", "見本", "見本 髙", "見本 髙橋", "見本 髙橋一郎"]) {
            const { total } = (await world.get(`${PATH}?${query({ name })}`)).json;
            assert.ok(total > 0 && total <= last, name);
            last = total;
        }
    });

    it("does not care for blanks, width, case or kana script", async () => {
        for (const kana of [
            "ミホン タカハシイチロウ",
            "みほんたかはしいちろう",
            "ﾐﾎﾝﾀｶﾊｼｲﾁﾛｳ",
            "ミ ホ ン　タカハシ イチロウ",
        ]) {
            const { items } = (await world.get(`${PATH}?${query({ kana })}`)).json;
            assert.deepEqual(
                items.map((/** @type {any} */ i) => i.number),
                [people.open],
                kana,
            );
        }
        for (const employer of ["HTTPサンプル", "ＨＴＴＰサンプル", "http サンプル"]) {
            assert.equal((await world.get(`${PATH}?${query({ employer })}`)).json.total, 1, employer);
        }
    });

    it("tells unknown, ended and filtered-out numbers apart", async () => {
        const number = [people.open, "1", people.revoked, people.lapsed, people.struckOff, people.neverIssued].join();
        const all = (await world.get(`${PATH}?${query({ number })}`)).json;
        assert.deepEqual(all.unknown_numbers, [people.neverIssued]);
        assert.equal(all.total, 5);
        assert.deepEqual(
            all.items
                .map((/** @type {any} */ i) => i.status)
                .filter((/** @type {string} */ s) => s !== "registered")
                .slice(-3)
                .sort(),
            ["lapsed", "revoked", "struck_off"],
        );
        const inForce = (await world.get(`${PATH}?${query({ number, status: "registered" })}`)).json;
        assert.deepEqual(inForce.unknown_numbers, [people.neverIssued], "unknown does not depend on other filters");
        assert.ok(!inForce.items.some((/** @type {any} */ i) => i.number === people.revoked));
    });

    it("looks up 100 numbers at once, written as people write them", async () => {
        const numbers = Array.from({ length: 100 }, (_, i) => String(i + 1).padStart(1 + (i % 7), "0"));
        const { data } = await world.client.GET("/v1/registrants", {
            params: { query: { number: numbers, limit: 200 } },
        });
        const known = new Set(world.oracle.registrants.map((r) => Number(r.number)));
        const expected = numbers.map(Number).filter((n) => known.has(n));
        assert.deepEqual(
            data?.items.map((i) => Number(i.number)),
            expected,
        );
        assert.deepEqual(
            (data?.unknown_numbers ?? []).map(Number),
            numbers.map(Number).filter((n) => !known.has(n)),
        );
    });

    it("never finds what is withheld", async () => {
        for (const filters of [
            { name: "秘匿花子" },
            { kana: "ヒトクハナコ" },
            { employer: "秘匿サンプル" },
            { q: "秘匿花子" },
            { q: "hitoku" },
        ]) {
            assert.equal((await world.get(`${PATH}?${query(filters)}`)).json.total, 0, JSON.stringify(filters));
        }
        for (const filters of [{ home: "47" }, { employer_place: "46" }]) {
            const { items } = await walk(world, `${PATH}?${query({ ...filters, limit: 200 })}`);
            assert.ok(!items.some((i) => i.number === people.withheld), JSON.stringify(filters));
        }
        const shown = await world.get(`${PATH}?number=${people.withheld}`);
        assert.doesNotMatch(shown.text, /秘匿|ヒトク|HITOKU|1981|99998|"47"|"46"/);
        assert.equal(shown.json.items[0].exam_passed, "2017-10", "mandatory items are shown all the same");
    });

    it("finds the ended by number, state and dates only", async () => {
        for (const filters of [
            { name: "見本 取消" },
            { kana: "ミホントリケシ" },
            { q: "取消" },
            { employer: "取消サンプル" },
            { home: "13" },
            { course: "http-a-online" },
            { kind: "online" },
            { completed_from: "2017-04-01" },
        ]) {
            const found = (await world.get(`${PATH}?${query({ ...filters, status: "revoked" })}`)).json;
            assert.equal(found.total, 0, JSON.stringify(filters));
        }
        const { items } = await walk(
            world,
            `${PATH}?${query({ status: "revoked", registered_from: "2024-01-01", limit: 200 })}`,
        );
        assert.ok(items.some((i) => i.number === people.revoked));
        const lapsed = (await world.get(`${PATH}?${query({ number: people.lapsed, expires_to: "2021-03-31" })}`)).json
            .items[0];
        assert.deepEqual(lapsed, {
            number: people.lapsed,
            status: "lapsed",
            status_on: "2021-04-01",
            registered_on: "2018-04-01",
            expires_on: "2021-03-31",
        });
    });

    it("shows a suspension with its end, and none that is over", async () => {
        const { items } = (await world.get(`${PATH}?number=${people.suspended},${people.suspensionOver}`)).json;
        assert.equal(items[0].status, "name_use_suspended");
        assert.equal(items[0].suspended_until, plusDays(today(), 30));
        assert.equal(items[1].status, "registered");
    });

    it("is stable through a publication: a walk goes on where it was", async () => {
        const first = (await world.get(`${PATH}?limit=100`)).json;
        const before = first.as_of.publication;
        const posted = await world.report([
            { number: people.reported, course: "http-a-online", completed_on: plusDays(today(), -3) },
        ]);
        assert.equal(posted.status, 201);
        await until("a publication", async () => (await world.get("/v1")).json.as_of.publication > before);
        const { items, totals } = await walk(world, first.next);
        assert.deepEqual(
            [...first.items, ...items].map((i) => i.number),
            world.oracle.search({}),
        );
        assert.deepEqual(totals, [first.total]);
    });
});
