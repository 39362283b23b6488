// Suggestions while somebody types: what they offer exists, is public, is counted right, and can be searched for.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { call, query, useWorld, walk } from "./lib/harness.mjs";
import { secrets, writePeople } from "./lib/people.mjs";
import { fold, looseKey, nameParts, soundKey } from "./lib/reading.mjs";

const PATH = "/v1/suggestions";
/** @type {Record<string, (r: any) => string[]>} */
const TEXTS = {
    name: (r) => (r.name === undefined ? [] : [r.name, ...nameParts(r.name)]),
    kana: (r) => (r.kana === undefined ? [] : [r.kana, ...nameParts(r.kana)]),
    other_name: (r) => (r.other_name === undefined ? [] : [r.other_name, ...nameParts(r.other_name)]),
    employer: (r) => (r.employer === undefined ? [] : [r.employer]),
    specialty: (r) => r.profile?.specialties ?? [],
    skill: (r) => r.profile?.skills ?? [],
    qualification: (r) => r.profile?.qualifications ?? [],
};

/** @param {import("./lib/harness.mjs").World} world @param {string} q @param {number} [limit] */
async function suggested(world, q, limit) {
    return (await world.get(`${PATH}?${query({ q, limit })}`, { expect: 200 })).json.items;
}

/** Who in force shows a text. @param {import("./lib/harness.mjs").World} world @param {string} field @param {string} text */
function showing(world, field, text) {
    return world.oracle.inForce.filter((r) => TEXTS[field](r).includes(text));
}

/** @param {any[]} offers */
function keys(offers) {
    return offers.map((offer) => `${offer.field} ${offer.text}`);
}

/** Whether every offer exists with its count. @param {import("./lib/harness.mjs").World} world @param {any[]} offers */
function checkCounts(world, offers) {
    for (const { field, text, count } of offers) {
        assert.equal(showing(world, field, text).length, count, `${field} ${text}`);
    }
}

describe("GET /v1/suggestions", () => {
    const world = useWorld();

    it("offers texts from the first character on, with the people who show them", async () => {
        for (const q of ["見", "田", "山", "タ", "た", "ﾀ", "a", "K", "株", "サ", "P", "1", "診", "C"]) {
            const offers = await suggested(world, q, 20);
            assert.ok(q === "1" || offers.length > 0, q);
            checkCounts(world, offers);
        }
    });

    it("what is offered can be searched for, and finds all who show it", async () => {
        for (const q of ["見本", "やま", "tana", "サンプル", "Pyth", "SOC", "システム"]) {
            const offers = await suggested(world, q, 20);
            assert.ok(offers.length > 0, q);
            checkCounts(world, offers);
            for (const { field, text } of offers) {
                const parameter = field === "other_name" ? "q" : field;
                const value = ["skill", "specialty", "qualification"].includes(field)
                    ? text.replace(/[\\,]/g, "\\$&")
                    : text;
                const { items } = await walk(world, `/v1/registrants?${query({ [parameter]: value, limit: 200 })}`);
                const found = items.map((i) => i.number);
                for (const { number } of showing(world, field, text)) {
                    assert.ok(found.includes(number), `${field}=${text} finds ${number}`);
                }
            }
        }
    });

    it("limit takes 1 to 20, is 10 otherwise, and cuts one order", async () => {
        const most = await suggested(world, "山", 20);
        assert.equal(most.length, 20);
        for (let limit = 1; limit <= 20; limit++) {
            assert.deepEqual(await suggested(world, "山", limit), most.slice(0, limit));
        }
        assert.deepEqual(await suggested(world, "山"), most.slice(0, 10));
    });

    it("answers nothing for what nobody has, and that is no error", async () => {
        for (const q of ["いないいないばあ", "゛", "ヴァイオリン弾き", "qqww", "あ".repeat(200)]) {
            assert.deepEqual(await suggested(world, q), [], q);
        }
    });

    it("does not care for width, case or kana script", async () => {
        const expected = new Set(keys(await suggested(world, "タカハシ", 20)));
        for (const q of ["たかはし", "ﾀｶﾊｼ", "タ カ ハ シ"]) {
            assert.deepEqual(new Set(keys(await suggested(world, q, 20))), expected, q);
        }
        assert.deepEqual(keys(await suggested(world, "PYTHON")), keys(await suggested(world, "ｐｙｔｈｏｎ")));
    });

    it("never offers people whose registration ended", async () => {
        for (const q of ["取消サンプル", "取消", "トリケシ", "ショウジョ", "失効"]) {
            const offers = await suggested(world, q, 20);
            assert.ok(!offers.some((/** @type {any} */ o) => /取消|トリケシ|失効/.test(o.text)), q);
            checkCounts(world, offers);
        }
    });

    it("has ETags: 304, one for each question, plain and compressed", async () => {
        const target = `${PATH}?${query({ q: "サンプル", limit: 20 })}`;
        const { headers } = await world.get(target);
        await world.get(target, { headers: { "If-None-Match": headers.etag }, expect: 304 });
        const packed = await world.get(target, { headers: { "Accept-Encoding": "gzip" } });
        assert.equal(packed.headers["content-encoding"], "gzip");
        assert.equal(packed.headers.etag, `${headers.etag.slice(0, -1)}-gz"`);
        const tags = new Set([headers.etag]);
        for (const other of [
            { q: "サンプル" },
            { q: "サンプル", limit: 19 },
            { q: "川", limit: 20 },
            { q: "さんぷる", limit: 20 },
        ]) {
            tags.add((await world.get(`${PATH}?${query(other)}`)).headers.etag);
        }
        assert.equal(tags.size, 5);
        const head = await call(world.server.public, "HEAD", target, { expect: 200 });
        assert.equal(head.headers.etag, headers.etag);
        assert.equal(head.headers["content-length"], headers["content-length"]);
        assert.equal(head.raw.length, 0);
    });

    it("is typed in the generated client", async () => {
        const { data } = await world.client.GET("/v1/suggestions", { params: { query: { q: "見本", limit: 3 } } });
        assert.equal(data?.items.length, 3);
        assert.ok(data.as_of.publication > 0);
        const { response } = await world.client.GET("/v1/suggestions", { params: { query: { q: "見本", limit: 21 } } });
        assert.equal(response.status, 400);
    });

    const long = "あ".repeat(201);
    /** @type {[string, string, RegExp, RegExp][]} query, parameter, English, Japanese */
    const wrong = [
        ["", "q", /missing/, /必須/],
        ["limit=5", "q", /missing/, /必須/],
        ["q=", "q", /empty/, /空/],
        ["q", "q", /empty/, /空/],
        ["q=%20%E3%80%80", "q", /blanks/, /空白/],
        [`q=${encodeURIComponent(long)}`, "q", /200/, /200/],
        ["q=a&q=b", "q", /more than once/, /重複/],
        ["q=%FF", "q", /UTF-8/, /UTF-8/],
        ["q=a%00", "q", /./, /./],
        ["q=a&limit=0", "limit", /1 to 20/, /1 から 20/],
        ["q=a&limit=21", "limit", /1 to 20/, /1 から 20/],
        ["q=a&limit=x", "limit", /1 to 20/, /1 から 20/],
        ["q=a&limit=1.5", "limit", /1 to 20/, /1 から 20/],
        ["q=a&limit=", "limit", /empty/, /空/],
        ["q=a&limt=5", "limt", /limit/, /limit/],
        ["q=a&field=name", "field", /unknown/, /未知/],
        ["q=a&cursor=x", "cursor", /unknown/, /未知/],
    ];
    for (const [text, parameter, english, japanese] of wrong) {
        it(`refuses ?${text.slice(0, 40)}`, async () => {
            for (const [language, expected] of /** @type {[string, RegExp][]} */ ([
                ["en", english],
                ["ja", japanese],
            ])) {
                const { json } = await world.get(`${PATH}?${text}`, {
                    headers: { "Accept-Language": language },
                    expect: 400,
                });
                const said = json.errors.filter((/** @type {any} */ e) => e.parameter === parameter);
                assert.equal(said.length, 1, `${parameter} is blamed once: ${JSON.stringify(json.errors)}`);
                assert.match(said[0].detail, expected);
                assert.equal(json.errors.length, 1);
            }
        });
    }

    it("names all faults at once", async () => {
        const { blamed } = await world.get(`${PATH}?limit=0&page=1`, { expect: 400 });
        assert.deepEqual(blamed.sort(), ["limit", "page", "q"]);
    });
});

describe("suggestions from a register made by hand", () => {
    const world = useWorld({ data: writePeople("suggestions") });

    it("offers every kind of text", async () => {
        for (const [q, expected] of [
            ["髙", "name 髙橋"],
            ["高", "name 髙橋"],
            ["花子", "name 花子"],
            ["たかは", "kana タカハシ"],
            ["takah", "kana タカハシ"],
            ["ohno", "kana オオノ"],
            ["ナカシマ", "kana ナカジマ"],
            ["smi", "other_name SMITH"],
            ["見本シス", "employer 株式会社見本システムズ"],
            ["sample net", "employer Sample Networks Inc."],
            ["脆弱", "specialty 脆弱性診断"],
            ["くらうど", "skill クラウド基盤"],
            ["linu", "skill Linux"],
            ["見本検定1", "qualification 見本検定１級"],
        ]) {
            const offers = await suggested(world, q, 20);
            assert.ok(keys(offers).includes(expected), `${q}: ${keys(offers)}`);
            checkCounts(world, offers);
        }
    });

    it("somebody whose family and given name agree counts once", async () => {
        const offers = await suggested(world, "重重", 20);
        assert.deepEqual(
            offers.filter((/** @type {any} */ o) => o.text === "重重"),
            [{ field: "name", text: "重重", count: 1 }],
        );
        checkCounts(world, offers);
    });

    it("a text that is a family name here and a given name there counts all of them, whatever the limit", async () => {
        const expected = [
            { field: "name", text: "交乙", count: 4 },
            { field: "name", text: "交甲", count: 3 },
        ];
        assert.deepEqual(await suggested(world, "交", 20), expected);
        assert.deepEqual(await suggested(world, "交", 2), expected);
        assert.deepEqual(await suggested(world, "交", 1), expected.slice(0, 1));
    });

    it("whole texts come first, then beginnings; in each the best tier, then what most people have", async () => {
        /** Place and tier as one number. @type {(q: string, text: string) => number} */
        const rank = (q, text) => {
            const exact = (/** @type {string} */ t) => t.normalize("NFKC").toLowerCase().replace(/\s/gu, "");
            const forms = [
                exact,
                fold,
                (/** @type {string} */ t) => soundKey(fold(t)),
                (/** @type {string} */ t) => looseKey(fold(t)),
            ];
            const tier = forms.findIndex((form) => form(text).includes(form(q)));
            const [a, b] = [forms[tier]?.(q) ?? "", forms[tier]?.(text) ?? ""];
            return (a === b ? 0 : b.startsWith(a) ? 10 : 20) + tier;
        };
        for (const q of ["タ", "オオ", "シマ", "タカ", "ナカシマ", "サ", "見本", "子"]) {
            const offers = await suggested(world, q, 20);
            const ranks = offers.map((/** @type {any} */ o) => rank(q, o.text));
            assert.deepEqual(
                ranks,
                [...ranks].sort((a, b) => a - b),
                `${q}: ${offers.map((/** @type {any} */ o, /** @type {number} */ i) => `${o.text} ${ranks[i]}`)}`,
            );
        }
    });

    it("an employer is offered with its legal form typed in any way", async () => {
        for (const q of ["㈱見本システムズ", "株式会社見本シス", "見本システムズ(株)"]) {
            const offers = keys(await suggested(world, q, 20));
            assert.ok(offers.includes("employer 株式会社見本システムズ"), `${q}: ${offers}`);
        }
    });

    it("withheld texts are never offered or counted", async () => {
        for (const q of [secrets.name, secrets.kana, secrets.employer, "密", "ひそ", "hiso", "伏名", "伏"]) {
            assert.deepEqual(await suggested(world, q, 20), [], q);
        }
    });
});
