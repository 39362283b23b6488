// Who is found by what, and why: the table of tests/data/search, asked over HTTP, and how `q` is parted into words.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { contract } from "./lib/contract.mjs";
import { query, useWorld, walk } from "./lib/harness.mjs";
import { readPairs, special, writePeople } from "./lib/people.mjs";

const PATH = "/v1/registrants";
const pairs = readPairs();
const values = (/** @type {string} */ name) => contract.components.schemas[name]["x-extensible-enum"];

/** @param {{ parameter: string, text: string, match?: string }} pair */
function asked(pair) {
    const status = values("RegistrantStatus").join(); // those whose registration ended are among the people
    return `${PATH}?${query({ [pair.parameter]: pair.text, match: pair.match, status, limit: 200 })}`;
}

describe("searches made by hand", () => {
    const world = useWorld({ data: writePeople("pairs") });

    /** @type {Map<string, Promise<any[]>>} */
    const asking = new Map();

    /** @param {string} target */
    function everybody(target) {
        const known = asking.get(target) ?? walk(world, target).then(({ items }) => items);
        asking.set(target, known);
        return known;
    }

    /** @param {Record<string, string>} filters @returns {Promise<string[]>} the numbers, sorted */
    async function numbers(filters) {
        const items = await everybody(`${PATH}?${query({ ...filters, limit: 200 })}`);
        return items.map((item) => item.number).sort();
    }

    for (const tier of [...values("MatchTier"), undefined]) {
        it(tier === undefined ? "what must not be found is not" : `tier ${tier}`, async () => {
            const mine = pairs.filter((pair) => pair.tier === tier);
            assert.ok(mine.length > 0, "the table has such a pair");
            const wrong = [];
            for (const pair of mine) {
                const { match } = (await everybody(asked(pair))).find((item) => item.number === pair.number) ?? {};
                if (match?.field !== pair.field || match?.tier !== pair.tier) {
                    wrong.push(`pairs.tsv:${pair.line}: ${pair.text}: ${match?.field} ${match?.tier}`);
                }
            }
            assert.deepEqual(wrong, []);
        });
    }

    for (const field of values("MatchField")) {
        it(`field ${field} is among them`, () => {
            assert.ok(pairs.some((pair) => pair.field === field));
        });
    }

    it("q is parted at blanks and commas of every kind", async () => {
        const expected = await numbers({ q: "髙橋 太郎" });
        assert.deepEqual(expected, ["000101"]);
        for (const between of [
            "　",
            ",",
            "、",
            "，",
            "､",
            ", ",
            " , ",
            "\u00a0",
            "\u2003",
            "\u202f",
            "\u2028",
            "  ",
            ",,",
        ]) {
            assert.deepEqual(await numbers({ q: `髙橋${between}太郎` }), expected, JSON.stringify(between));
        }
        assert.deepEqual(await numbers({ q: " 、髙橋 太郎, " }), expected, "blanks around");
    });

    it("every word of q has to match, in any order, each where it likes", async () => {
        const of101 = ["髙橋", "たろう", "takahashi", "101", "第000101号"];
        for (const first of of101) {
            for (const second of of101) {
                assert.deepEqual(
                    await numbers({ q: `${first} ${second}` }),
                    await numbers({ q: `${second}　${first}` }),
                );
                assert.ok((await numbers({ q: `${first} ${second}` })).includes("000101"), `${first} ${second}`);
            }
        }
        assert.deepEqual(await numbers({ q: "髙橋 太郎 いない" }), []);
    });

    it("the answer for several words is their intersection, and names the worst match", async () => {
        const words = [
            "見本",
            "甲野",
            "一",
            "ミホン",
            "たなか",
            "さくら",
            "システム",
            "東京",
            "kouno",
            "山",
            "john",
            "の",
        ];
        for (const first of words) {
            for (const second of words.filter((w) => w !== first)) {
                const [a, b, both] = [
                    await numbers({ q: first }),
                    await numbers({ q: second }),
                    await numbers({ q: `${first},${second}` }),
                ];
                // A Latin word may continue the one before it (a legal form), and then finds more; no other does.
                assert.deepEqual(
                    both,
                    a.filter((n) => b.includes(n)),
                    `${first} ${second}`,
                );
                const tier = (/** @type {any[]} */ items, /** @type {string} */ n) =>
                    values("MatchTier").indexOf(items.find((i) => i.number === n).match.tier);
                for (const n of both) {
                    const [x, y, z] = await Promise.all(
                        [first, second, `${first},${second}`].map((q) =>
                            everybody(`${PATH}?${query({ q, limit: 200 })}`),
                        ),
                    );
                    assert.equal(tier(z, n), Math.max(tier(x, n), tier(y, n)), `${first} ${second}: ${n}`);
                }
            }
        }
    });

    it("10 words are searched for", async () => {
        assert.deepEqual(await numbers({ q: "髙橋 太郎 タカハシ タロウ 髙 橋 太 郎 101 たろう" }), ["000101"]);
    });

    it("a number is found in any form it is written in", async () => {
        for (const q of ["101", "000101", "0000101", "第000101号", "１０１", "第１０１号", "第 000101 号", "No.101"]) {
            const found = await numbers({ q });
            assert.equal(found.includes("000101"), q !== "No.101" && q !== "第 000101 号", q);
        }
        const { match } = (await world.get(`${PATH}?q=101`)).json.items[0];
        assert.deepEqual(match, { field: "number", tier: "exact" });
    });

    it("match says how much of the field the text has to be", async () => {
        /** @type {[Record<string, string>, string, [boolean, boolean, boolean]][]} parameter, number, exact/prefix/contains */
        const cases = [
            [{ name: "髙橋太郎" }, "000101", [true, true, true]],
            [{ name: "太郎" }, "000101", [true, true, true]],
            [{ name: "髙" }, "000101", [false, true, true]],
            [{ name: "橋" }, "000101", [false, false, true]],
            [{ name: "橋太" }, "000101", [false, false, true]],
            [{ kana: "タカハシ" }, "000101", [true, true, true]],
            [{ kana: "たかは" }, "000101", [false, true, true]],
            [{ kana: "ハシ" }, "000101", [false, false, true]],
            [{ kana: "takahashi" }, "000101", [true, true, true]],
            [{ kana: "takaha" }, "000101", [false, true, true]],
            [{ employer: "見本システムズ" }, "000701", [true, true, true]],
            [{ employer: "㈱見本システムズ" }, "000701", [true, true, true]],
            [{ employer: "見本シス" }, "000701", [false, true, true]],
            [{ employer: "システムズ" }, "000701", [false, false, true]],
        ];
        for (const [text, number, expected] of cases) {
            const found = [];
            for (const match of ["exact", "prefix", "contains"]) {
                found.push((await numbers({ ...text, match })).includes(number));
            }
            assert.deepEqual(found, expected, JSON.stringify(text));
            assert.deepEqual(
                await numbers(text),
                await numbers({ ...text, match: "contains" }),
                "contains is the default",
            );
            const [exact, prefix, contains] = await Promise.all(
                ["exact", "prefix", "contains"].map((match) => numbers({ ...text, match })),
            );
            assert.ok(
                exact.every((n) => prefix.includes(n)) && prefix.every((n) => contains.includes(n)),
                "each within the next",
            );
        }
        assert.ok((await numbers({ q: "橋", name: "髙", match: "prefix" })).includes("000101"), "q is not meant");
    });

    it("one more typed character never widens", async () => {
        const texts = [
            ...new Set(pairs.filter((p) => p.parameter === "q" && !/[\s,、，]/u.test(p.text)).map((p) => p.text)),
        ];
        for (const text of texts.filter((_, i) => i % 5 === 0)) {
            /** @type {string[] | undefined} */
            let before;
            for (let n = 1; n <= [...text].length; n++) {
                const q = [...text].slice(0, n).join("");
                const now = await numbers({ q }).catch(() => undefined);
                if (now && before && !/\p{M}$/u.test(q) && !/^第?\d/u.test(text)) {
                    assert.ok(
                        now.every((number) => before?.includes(number)),
                        `${q} widens`,
                    );
                }
                before = now;
            }
        }
    });

    it("a name, kana and employer have to hold together", async () => {
        assert.deepEqual(await numbers({ name: "髙橋", kana: "タロウ" }), ["000101"]);
        assert.deepEqual(await numbers({ name: "髙橋", kana: "ハナコ" }), ["000102"]);
        assert.deepEqual(await numbers({ name: "甲野", employer: "見本システムズ", match: "exact" }), [
            "000701",
            "000702",
        ]);
        assert.deepEqual(await numbers({ name: "髙橋", q: "甲野" }), []);
    });

    it("the exact form comes first", async () => {
        for (const [employer, first] of [
            ["株式会社見本システムズ", "000701"],
            ["見本システムズ株式会社", "000702"],
        ]) {
            const items = await everybody(`${PATH}?${query({ employer, limit: 200 })}`);
            assert.equal(items[0].number, first);
            assert.equal(items[0].match.tier, "exact");
            assert.equal(items[1].match.tier, "legal_form");
        }
        const items = await everybody(`${PATH}?${query({ q: "髙橋", limit: 200 })}`);
        assert.deepEqual(
            items.slice(0, 2).map((i) => [i.number, i.match.tier]),
            [
                ["000101", "exact"],
                ["000102", "same_character"],
            ],
        );
    });

    it("somebody whose names agree is one hit", async () => {
        const items = await everybody(`${PATH}?${query({ name: "重重", limit: 200 })}`);
        assert.deepEqual(
            items.map((i) => i.number),
            [special.twice],
        );
    });
});
