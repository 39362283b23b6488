// What is withheld is never found: by no parameter, in no facet, suggestion or hint, and in no form of the answer.
import assert from "node:assert/strict";
import path from "node:path";
import { describe, it } from "node:test";
import { contract } from "./lib/contract.mjs";
import { readRows } from "./lib/fixtures.mjs";
import { dataDirectory, query, useWorld, walk } from "./lib/harness.mjs";
import { secrets, special, writePeople } from "./lib/people.mjs";

const PATH = "/v1/registrants";
const FACETS = contract.components.schemas.FacetName["x-extensible-enum"].join();
const EVERY_STATE = contract.components.schemas.RegistrantStatus["x-extensible-enum"].join();

/** Every beginning, end and middle that could betray a secret, and its reading in other scripts. */
const FRAGMENTS = [
    "密山 隠太郎",
    "密山隠太郎",
    "隠太郎 密山",
    "密山",
    "密",
    "隠太郎",
    "ヒソヤマ カクタロウ",
    "ひそやま",
    "ヒソヤ",
    "カクタロウ",
    "かくたろー",
    "Hisoyama",
    "hisoyama kakutaro",
    "Kakutaro, Hisoyama",
    "KAKUTARO",
    "株式会社密密見本",
    "密密見本",
    "密密",
    "SC-2019-04-77777",
    "1971-02",
    "閉山 終太郎",
    "閉山",
    "トジヤマ",
    "とじやま",
    "tojiyama",
    "閉閉見本",
    "閉じた技能",
    "閉じた分野",
    "tojiyama@sample.invalid",
];
const BETRAYED = /密|隠太郎|ヒソヤ|カクタロ|Hisoyama|KAKUTARO|77777|1971-02|閉山|終太郎|トジヤマ|閉閉|閉じた|tojiyama/i;

describe("people who withhold", () => {
    const world = useWorld({ data: writePeople("withheld") });
    const hidden = [special.hidden, special.hiddenToo];

    it("are found by no text, however it is written, in any state", async () => {
        for (const text of FRAGMENTS) {
            for (const parameter of ["q", "name", "kana", "employer", "skill", "specialty", "qualification"]) {
                const target = `${PATH}?${query({ [parameter]: text, status: EVERY_STATE, limit: 200 })}`;
                const { items, totals } = await walk(world, target);
                assert.ok(!items.some((i) => hidden.includes(i.number)), `${parameter}=${text}`);
                assert.deepEqual(totals, [items.length], "and are not counted");
            }
        }
        for (const match of ["exact", "prefix", "contains"]) {
            for (const name of ["name", "kana", "employer"]) {
                const text = /** @type {Record<string, string>} */ (secrets)[name];
                assert.equal((await world.get(`${PATH}?${query({ [name]: text, match })}`)).json.total, 0);
            }
        }
    });

    it("are found by no place, mail address or public name", async () => {
        for (const filters of [
            { home: secrets.home },
            { employer_place: secrets.employer_place },
            { has_email: "true" },
            { name_public: "true" },
            { q: "沖縄" },
            { q: "鹿児島" },
            { q: "おきなわ" },
        ]) {
            const { items } = await walk(world, `${PATH}?${query({ ...filters, status: EVERY_STATE, limit: 200 })}`);
            assert.ok(!items.some((i) => hidden.includes(i.number)), JSON.stringify(filters));
        }
        const { items } = await walk(world, `${PATH}?name_public=false&has_email=false&limit=200`);
        assert.ok(
            items.some((i) => i.number === special.hidden),
            "what is public about them is found",
        );
    });

    it("are in no facet", async () => {
        const { json, text } = await world.get(`${PATH}?${query({ number: hidden.join(), facets: FACETS })}`);
        assert.doesNotMatch(text, BETRAYED);
        assert.equal(json.total, 2);
        for (const facet of ["home", "employer_place", "skill", "specialty", "kind", "course", "exam_passed_year"]) {
            assert.deepEqual(json.facets[facet], [], facet);
        }
        const { facets } = (await world.get(`${PATH}?${query({ status: EVERY_STATE, facets: FACETS })}`)).json;
        assert.ok(!facets.home.some((/** @type {any} */ f) => f.value === secrets.home));
        assert.ok(!facets.employer_place.some((/** @type {any} */ f) => f.value === secrets.employer_place));
        assert.doesNotMatch(JSON.stringify(facets), BETRAYED);
    });

    it("are in no suggestion", async () => {
        for (const text of FRAGMENTS) {
            for (let n = 1; n <= [...text].length; n++) {
                const q = [...text].slice(0, n).join("");
                const answer = await world.get(`/v1/suggestions?${query({ q, limit: 20 })}`);
                const said = answer.json.items.map((/** @type {any} */ i) => i.text).join(" ");
                assert.doesNotMatch(said, BETRAYED, q);
            }
        }
    });

    it("are in no hint", async () => {
        for (const q of [
            "密川",
            "密山田",
            "山密",
            "隠太朗太",
            "ヒソヤム",
            "ソヒヤマ",
            "カクタロ",
            "ヒソヤマ",
            "閉川",
            "トジヤム",
            "Hisoyam",
        ]) {
            for (const parameter of ["q", "name", "kana"]) {
                const { json } = await world.get(`${PATH}?${query({ [parameter]: q })}`);
                assert.doesNotMatch(JSON.stringify(json.hints ?? {}), BETRAYED, q);
            }
        }
    });

    it("say nothing in any form, field or order", async () => {
        for (const Accept of ["application/json", "text/csv", "application/x-ndjson"]) {
            for (const more of [
                {},
                { fields: Object.keys(secrets).join() },
                { sort: "kana" },
                { facets: "home,skill" },
            ]) {
                if (Accept === "text/csv" && "facets" in more) {
                    continue;
                }
                const target = `${PATH}?${query({ number: hidden.join(), ...more })}`;
                const { text } = await world.get(target, { headers: { Accept }, expect: 200 });
                assert.doesNotMatch(text, BETRAYED);
                assert.doesNotMatch(text, /"4[67]"|,4[67],/, "no place");
            }
        }
        const { items } = await walk(world, `${PATH}?${query({ sort: "kana", status: EVERY_STATE, limit: 200 })}`);
        const first = items.findIndex((i) => i.kana === undefined);
        assert.ok(
            hidden.every((n) => items.findIndex((i) => i.number === n) >= first),
            "a reading that is withheld orders nobody",
        );
    });

    it("what is public is not searchable where the contract does not say so", async () => {
        for (const q of ["mihon@sample.invalid", "+81-3-0000-0000", "HYPERLINK", "1980-05"]) {
            assert.equal((await world.get(`${PATH}?${query({ q })}`)).json.total, 0, q);
        }
    });
});

describe("a whole register", () => {
    const world = useWorld();

    it("nobody is found by an item of theirs that is not public", async () => {
        const rows = readRows(path.join(dataDirectory(), "register.ndjson"));
        const parameters = { name: ["q", "name"], kana: ["q", "kana"], other_name: ["q"], employer: ["q", "employer"] };
        let asked = 0;
        for (const row of rows.filter((_, i) => i % 23 === 0)) {
            for (const [field, names] of Object.entries(parameters)) {
                if (row[field] === undefined || row.public.includes(field)) {
                    continue;
                }
                for (const name of names) {
                    // q may find the same person by another item, which is public: match says by which.
                    const target = `${PATH}?${query({ [name]: row[field].slice(0, 60), number: row.number })}`;
                    const found = (await world.get(target)).json.items[0];
                    asked++;
                    assert.ok(
                        found === undefined || found.match.field !== field,
                        `${row.number} ${name}=${row[field]}`,
                    );
                    assert.ok(found === undefined || name === "q", `${row.number} ${name}=${row[field]}`);
                }
            }
        }
        assert.ok(asked > 100, `${asked} searches`);
    });

    it("nobody is found by a place of theirs that is not public", async () => {
        const rows = readRows(path.join(dataDirectory(), "register.ndjson"));
        for (const field of ["home", "employer_place"]) {
            const hidden = new Set(rows.filter((r) => !r.public.includes(field)).map((r) => r.number));
            for (const place of ["13", "14", "27", "01"]) {
                const { items } = await walk(world, `${PATH}?${query({ [field]: place, limit: 200 })}`);
                assert.ok(items.length > 0 && !items.some((i) => hidden.has(i.number)), `${field}=${place}`);
            }
        }
    });
});
