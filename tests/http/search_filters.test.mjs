// The filters on what people entered, examinations and renewals; members left out; what is said when nothing is found.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { contract } from "./lib/contract.mjs";
import { people } from "./lib/fixtures.mjs";
import { query, useWorld, walk } from "./lib/harness.mjs";
import { special, writePeople } from "./lib/people.mjs";
import { fold, nameParts, soundKey } from "./lib/reading.mjs";

const PATH = "/v1/registrants";
const EVERY_STATE = contract.components.schemas.RegistrantStatus["x-extensible-enum"].join();
/** @type {string[]} */
const FIELDS = contract.components.schemas.RegistrantField["x-extensible-enum"];

/** @param {number} seed */
function dice(seed) {
    let state = seed;
    return (/** @type {number} */ n) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * n);
    };
}

describe("filters of the search", () => {
    const world = useWorld();

    /** @param {Record<string, string>} filters */
    async function compare(filters) {
        const { items, totals } = await walk(world, `${PATH}?${query({ ...filters, limit: 200 })}`);
        const expected = world.oracle.search(filters);
        const what = JSON.stringify(filters);
        assert.deepEqual(
            items.map((i) => i.number),
            expected,
            what,
        );
        assert.deepEqual(totals, [expected.length], what);
        return expected.length;
    }

    /** @type {Record<string, string>[]} */
    const single = [
        { skill: "Python" },
        { skill: "Python,Go,C" },
        { skill: "C++" },
        { skill: "ｐｙｔｈｏｎ" },
        { skill: "Active directory" },
        { skill: "ｳｪﾌﾞアプリケーション診断,web アプリケーション 診断" },
        { skill: "見本の技能" },
        { skill: Array.from({ length: 20 }, (_, i) => (i === 7 ? "SQL" : `なし${i}`)).join() },
        { specialty: "脆弱性診断" },
        { specialty: "認証・ＩＤ管理,SOC運用" },
        { qualification: "CISSP" },
        { qualification: "公認情報システム監査人(CISA),見本の資格" },
        { skill: "Linux", specialty: "SOC運用,CSIRT構築支援" },
        { exam_from: "2017-04" },
        { exam_to: "2011-10" },
        { exam_from: "2017-10", exam_to: "2017-10" },
        { exam_from: "2014-05", exam_to: "2015-09" },
        { renewal_count_from: "0" },
        { renewal_count_from: "1" },
        { renewal_count_to: "0" },
        { renewal_count_from: "1", renewal_count_to: "2" },
        { renewal_count_to: "999" },
        { has_email: "true" },
        { has_email: "false" },
        { name_public: "true" },
        { name_public: "false" },
        { has_email: "true", name_public: "false" },
    ];
    for (const filters of single) {
        it(`as a plain loop does: ${JSON.stringify(filters).slice(0, 90)}`, async () => {
            assert.ok((await compare(filters)) > 0, "the case shows something");
        });
    }

    it("only whole entries count, for what they are", async () => {
        for (const filters of [
            { skill: "Pytho" },
            { skill: "ython" },
            { skill: "脆弱性診断" },
            { specialty: "Python" },
            { qualification: "CISS" },
            { renewal_count_from: "999" },
            { exam_from: "2199-12" },
        ]) {
            const { total } = (await world.get(`${PATH}?${query(filters)}`)).json;
            assert.equal(total, 0, JSON.stringify(filters));
        }
    });

    it("yes and no make everybody in force", async () => {
        for (const name of ["has_email", "name_public"]) {
            const counts = [];
            for (const value of ["true", "false"]) {
                counts.push((await world.get(`${PATH}?${name}=${value}&limit=1`)).json.total);
            }
            assert.equal(counts[0] + counts[1], world.oracle.inForce.length);
        }
        const renewals = [
            (await world.get(`${PATH}?renewal_count_to=1&limit=1`)).json.total,
            (await world.get(`${PATH}?renewal_count_from=2&limit=1`)).json.total,
        ];
        assert.equal(renewals[0] + renewals[1], world.oracle.inForce.length);
    });

    it("none of them finds somebody whose registration ended", async () => {
        const status = "lapsed,revoked,struck_off";
        for (const [name, value] of [
            ["skill", "Python"],
            ["specialty", "SOC運用"],
            ["qualification", "CISSP"],
            ["exam_from", "1900-01"],
            ["exam_to", "2199-12"],
            ["renewal_count_from", "0"],
            ["renewal_count_to", "999"],
            ["has_email", "true"],
            ["has_email", "false"],
            ["name_public", "true"],
            ["name_public", "false"],
        ]) {
            const target = `${PATH}?${query({ status, [name]: value })}`;
            assert.equal((await world.get(target)).json.total, 0, `${name}=${value}`);
        }
    });

    it("agree with the plain loop on combinations drawn at random, in every order", async () => {
        const roll = dice(31);
        const pick = (/** @type {string[]} */ list) => list[roll(list.length)];
        /** @type {Record<string, () => string>} */
        const draws = {
            skill: () => pick(["Python", "Go,Java,SQL", "ログ分析", "EDR運用,SIEM構築,Linux"]),
            specialty: () => pick(["金融系システム", "SOC運用,マルウェア解析", "AIセキュリティ"]),
            qualification: () => pick(["CISSP,CISM", "弁理士", "システム監査技術者,行政書士"]),
            exam_from: () => pick(["2009-01", "2014-10", "2017-04"]),
            exam_to: () => pick(["2017-10", "2020-04", "2025-12"]),
            renewal_count_from: () => pick(["0", "1", "2"]),
            renewal_count_to: () => pick(["2", "3", "9"]),
            has_email: () => pick(["true", "false"]),
            name_public: () => pick(["true", "false"]),
            home: () => pick(["13", "13,14,27", "40,01"]),
            status: () => pick(["registered", "name_use_suspended", EVERY_STATE]),
            kind: () => pick(["online", "designated", "practical_a,practical_b"]),
            registered_from: () => pick(["2017-10-01", "2020-04-01"]),
            sort: () =>
                pick(["number", "-number", "kana", "-kana", "registered_on", "-expires_on", "last_completed_on"]),
        };
        let found = 0;
        for (let i = 0; i < 100; i++) {
            /** @type {Record<string, string>} */
            const filters = {};
            for (let n = 1 + roll(4); n > 0; n--) {
                const name = Object.keys(draws)[roll(Object.keys(draws).length)];
                filters[name] = draws[name]();
            }
            found += (await compare(filters)) > 0 ? 1 : 0;
        }
        assert.ok(found > 50, "most combinations show something");
    });
});

describe("fields=", () => {
    const world = useWorld();
    const everything = query({ status: EVERY_STATE, registered_to: "2019-10-01", limit: 200 });

    it("leaves out everything else, and changes nothing about the rest", async () => {
        const number = [people.open, people.withheld, people.suspended, people.revoked, "1", "2", "10", "22"].join();
        const whole = (await world.get(`${PATH}?${query({ number })}`)).json;
        for (const fields of [
            ...FIELDS,
            "name,kana",
            "completions,name",
            "profile,home,status",
            FIELDS.join(),
            "home,home",
        ]) {
            const sparse = (await world.get(`${PATH}?${query({ number, fields })}`)).json;
            const wanted = ["number", ...fields.split(",")];
            const expected = whole.items.map((/** @type {any} */ item) =>
                Object.fromEntries(Object.entries(item).filter(([name]) => wanted.includes(name))),
            );
            assert.deepEqual(sparse.items, expected, fields);
            assert.equal(sparse.total, whole.total);
        }
    });

    it("keeps match where a text was searched for", async () => {
        const target = `${PATH}?${query({ name: "見本", limit: 5 })}`;
        const whole = (await world.get(target)).json.items;
        const sparse = (await world.get(`${target}&fields=number`)).json.items;
        assert.deepEqual(
            sparse,
            whole.map((/** @type {any} */ { number, match }) => ({ number, match })),
        );
    });

    it("goes with every sort, also by what is left out", async () => {
        for (const sort of ["kana", "-last_completed_on", "expires_on"]) {
            const { items } = await walk(world, `${PATH}?${everything}&sort=${sort}&fields=number`);
            const whole = await walk(world, `${PATH}?${everything}&sort=${sort}`);
            assert.deepEqual(
                items,
                whole.items.map(({ number }) => ({ number })),
            );
        }
    });

    it("has an ETag for each choice", async () => {
        const tags = new Set();
        for (const fields of ["", "&fields=name", "&fields=kana", "&fields=name,kana"]) {
            tags.add((await world.get(`${PATH}?limit=1${fields}`)).headers.etag);
        }
        assert.equal(tags.size, 4);
    });
});

/** Whether two texts differ by one character: left out, added, replaced, or two neighbours swapped. @param {string} a @param {string} b */
function isNear(a, b) {
    const [x, y] = [Array.from(a), Array.from(b)];
    let i = 0;
    while (i < Math.min(x.length, y.length) && x[i] === y[i]) {
        i++;
    }
    const rest = (/** @type {string[]} */ list, /** @type {number} */ n) => list.slice(i + n).join("");
    return (
        a !== b &&
        (rest(x, 1) === rest(y, 1) ||
            rest(x, 1) === rest(y, 0) ||
            rest(x, 0) === rest(y, 1) ||
            (x[i] === y[i + 1] && x[i + 1] === y[i] && rest(x, 2) === rest(y, 2)))
    );
}

describe("nothing found", () => {
    const world = useWorld({ data: writePeople("hints") });

    /** Texts of names and readings of people in force, with how many show them. */
    function offered() {
        /** @type {Map<string, Set<string>>} */
        const shown = new Map();
        for (const r of world.oracle.inForce) {
            for (const field of ["name", "kana", "other_name"].filter((f) => r[f] !== undefined)) {
                for (const text of [r[field], ...nameParts(r[field])]) {
                    const key = `${field} ${text}`;
                    shown.set(key, (shown.get(key) ?? new Set()).add(r.number));
                }
            }
        }
        return shown;
    }

    it("says how many people in force publish no name", async () => {
        const nameless = world.oracle.inForce.filter((r) => r.name === undefined).length;
        assert.ok(nameless > 10);
        for (const target of [
            "q=いない",
            "skill=いない",
            "number=899999",
            "home=01&employer_place=01",
            "name=いない",
        ]) {
            const { hints } = (await world.get(`${PATH}?${encodeURI(target)}`, { expect: 200 })).json;
            assert.equal(hints.withheld_names, nameless, target);
        }
    });

    it("offers names and readings at a distance of one, which can be searched for", async () => {
        /** @type {[Record<string, string>, string][]} */
        const cases = [
            [{ q: "タカハス" }, "kana タカハシ"],
            [{ q: "タカシハ" }, "kana タカハシ"],
            [{ q: "たかし" }, "kana タカハシ"],
            [{ kana: "タカアハシ" }, "kana タカハシ"],
            [{ q: "髙梁" }, "name 髙橋"],
            [{ name: "髙梁" }, "name 髙橋"],
            [{ name: "河中島" }, "name 川中島"],
            [{ q: "SMISH" }, "other_name SMITH"],
            [{ q: "髙梁 太郎" }, "name 髙橋"],
        ];
        const all = offered();
        for (const [text, expected] of cases) {
            const { total, hints } = (await world.get(`${PATH}?${query(text)}`)).json;
            assert.equal(total, 0, JSON.stringify(text));
            const near = hints.near.map((/** @type {any} */ o) => `${o.field} ${o.text}`);
            assert.ok(near.includes(expected), `${JSON.stringify(text)}: ${near}`);
            for (const offer of hints.near) {
                assert.equal(
                    all.get(`${offer.field} ${offer.text}`)?.size,
                    offer.count,
                    `${offer.field} ${offer.text}`,
                );
                const unified = (/** @type {string} */ one) =>
                    fold(one)
                        .replaceAll("髙", "高")
                        .replace(/[嶋嶌]/gu, "島");
                const words = Object.values(text)[0].split(" ").map(unified);
                const own = unified(offer.text);
                assert.ok(
                    words.some((w) => isNear(w, own) || isNear(soundKey(w), soundKey(own))),
                    `${offer.text} is near ${words}`,
                );
                const parameter = { name: "name", kana: "kana" }[/** @type {"name"} */ (offer.field)] ?? "q";
                const again = (await world.get(`${PATH}?${query({ [parameter]: offer.text })}`)).json;
                assert.ok(again.total >= offer.count, "what is offered is found");
            }
        }
    });

    it("looks only where the parameter looks", async () => {
        const fields = async (/** @type {Record<string, string>} */ text) => {
            const { near } = (await world.get(`${PATH}?${query(text)}`)).json.hints;
            return [...new Set(near.map((/** @type {any} */ o) => o.field))];
        };
        assert.deepEqual(await fields({ name: "髙梁" }), ["name"]);
        assert.deepEqual(await fields({ kana: "タカハス" }), ["kana"]);
        assert.deepEqual(await fields({ employer: "いない" }), []);
        assert.deepEqual(await fields({ skill: "Linu" }), []);
        assert.deepEqual(await fields({ number: "899999" }), []);
    });

    it("offers nothing for what is too short or too far, and is bounded", async () => {
        for (const q of ["〇", "まったくちがうことば", "あ".repeat(200), "界".repeat(199)]) {
            const { hints } = (await world.get(`${PATH}?${query({ q })}`)).json;
            assert.deepEqual(hints.near, [], q);
        }
        const { near } = (
            await world.get(`${PATH}?${query({ q: "甲兵 乙兵 丙兵 丁兵 戊兵 山兵 本兵 高兵 中兵 大兵" })}`)
        ).json.hints;
        assert.ok(near.length <= 20);
    });

    it("something found has no hints", async () => {
        const page = (await world.get(`${PATH}?${query({ name: "髙橋" })}`)).json;
        assert.equal(page.hints, undefined);
        assert.ok(page.total > 0);
    });

    it("a filter that leaves nobody of those found by a text has hints too", async () => {
        const { total, hints } = (await world.get(`${PATH}?${query({ name: "髙橋", home: "47" })}`)).json;
        assert.equal(total, 0);
        assert.ok(hints.withheld_names > 0);
    });

    it("entries with commas, backslashes and signs are found as they are written", async () => {
        for (const [parameter, text, expected] of [
            ["skill", "見本\\, 技能", [special.formulas]],
            ["skill", "見本\\,技能,なし", [special.formulas]],
            ["skill", "見本\\\\技能", [special.formulas]],
            ["skill", "=1+1", [special.formulas]],
            ["skill", "見本", []],
            ["skill", "見本技術", [special.skills[0], special.skills[1], special.skills[3]]],
            ["skill", "見本ぎじゅつ", [special.skills[1], special.skills[2], special.skills[3]]],
            ["skill", "見本 ｷﾞｼﾞｭﾂ,ミホンの技", [special.skills[1], special.skills[2], special.skills[3]]],
            ["specialty", "見本;分野", [special.formulas]],
            ["specialty", '見本"分野"', [special.formulas]],
            ["specialty", "＋分野", [special.formulas]],
            ["qualification", "'見本の資格", [special.formulas]],
            ["qualification", "見本国家試験", ["000902"]],
            ["qualification", "見本検定1級", ["000901"]],
        ]) {
            const { items } = (await world.get(`${PATH}?${query({ [String(parameter)]: String(text) })}`)).json;
            assert.deepEqual(
                items.map((/** @type {any} */ i) => i.number),
                expected,
                `${parameter}=${text}`,
            );
        }
    });
});
