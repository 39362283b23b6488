// What the newer parameters of the search refuse, and what they say about it, in both languages.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { contract, queryParameters } from "./lib/contract.mjs";
import { names } from "./lib/fixtures.mjs";
import { useWorld } from "./lib/harness.mjs";

const PATH = "/v1/registrants";
const JAPANESE = /[ぁ-んァ-ン一-龠]/;

describe("the search refuses", () => {
    const world = useWorld();

    const long = encodeURIComponent("あ".repeat(201));
    const BACKSLASH = /\\,/;
    /** @type {[string, string, RegExp][]} query, the parameter to blame, what the English detail says */
    const wrong = [
        ["name=a&match=begins", "match", /exact, prefix, contains/],
        ["name=a&match=exakt", "match", /did you mean exact/],
        ["name=a&match=Prefix", "match", /did you mean prefix/],
        ["name=a&match=", "match", /empty/],
        ["name=a&match=exact&match=prefix", "match", /more than once/],
        ["match=exact", "match", /name, kana or employer/],
        ["q=a&match=exact", "match", /name, kana or employer/],
        ["match=exakt", "match", /did you mean exact/],
        ["sort=name", "sort", /relevance, number, kana/],
        ["sort=registered", "sort", /none of/],
        ["sort=registred_on", "sort", /did you mean registered_on/],
        ["sort=-relevance", "sort", /no reverse/],
        ["q=a&sort=-relevance", "sort", /no reverse/],
        ["sort=--number", "sort", /none of/],
        ["sort=-", "sort", /none of/],
        ["sort=%2Bnumber", "sort", /did you mean number/],
        ["sort=number,kana", "sort", /none of/],
        ["sort=NUMBER", "sort", /none of/],
        ["sort=number%20", "sort", /did you mean number/],
        ["facets=name", "facets", /home, employer_place, status/],
        ["facets=hom", "facets", /did you mean home/],
        ["facets=home,,status", "facets", /none of/],
        ["facets=home,", "facets", /none of/],
        ["facets=qualification", "facets", /none of/],
        [`facets=${Array(41).fill("home").join()}`, "facets", /at most 40/],
        ["facets=", "facets", /empty/],
        ["fields=match", "fields", /number, status/],
        ["fields=email", "fields", /none of/],
        ["fields=nmae", "fields", /did you mean name/],
        ["fields=name,", "fields", /none of/],
        ["fields=Name", "fields", /did you mean name/],
        [`fields=${Array(41).fill("name").join()}`, "fields", /at most 40/],
        ["skill=", "skill", /empty/],
        ["skill=a,,b", "skill", /blanks/],
        ["skill=a,", "skill", /blanks/],
        ["skill=,a", "skill", /blanks/],
        ["skill=a,%20", "skill", /blanks/],
        ["skill=a%5Cb", "skill", BACKSLASH],
        ["skill=a%5C", "skill", BACKSLASH],
        ["skill=%5C%5C%5C", "skill", BACKSLASH],
        [`skill=${Array.from({ length: 21 }, (_, i) => i).join()}`, "skill", /21.*20/],
        [`skill=${long}`, "skill", /200/],
        ["skill=%C3%28", "skill", /UTF-8/],
        ["specialty=", "specialty", /empty/],
        ["specialty=%E3%80%80", "specialty", /blanks/],
        ["specialty=a%5Cb", "specialty", BACKSLASH],
        [`specialty=${Array(21).fill("a").join()}`, "specialty", /20/],
        [`specialty=a,${long}`, "specialty", /200/],
        ["qualification=,", "qualification", /blanks/],
        ["qualification=a%5C%5C%5Cb", "qualification", BACKSLASH],
        [`qualification=${Array(21).fill("a").join()}`, "qualification", /20/],
        [`qualification=${long}`, "qualification", /200/],
        ["exam_from=2017", "exam_from", /YYYY-MM/],
        ["exam_from=2017-13", "exam_from", /YYYY-MM/],
        ["exam_from=2017-00", "exam_from", /YYYY-MM/],
        ["exam_from=2017-4", "exam_from", /YYYY-MM/],
        ["exam_from=2017-04-01", "exam_from", /YYYY-MM/],
        ["exam_to=1899-12", "exam_to", /1900 to 2199/],
        ["exam_to=2200-01", "exam_to", /1900 to 2199/],
        ["exam_to=", "exam_to", /empty/],
        ["exam_from=2018-01&exam_to=2017-12", "exam_to", /before exam_from/],
        ["renewal_count_from=-1", "renewal_count_from", /0 to 999/],
        ["renewal_count_from=1000", "renewal_count_from", /0 to 999/],
        ["renewal_count_from=one", "renewal_count_from", /0 to 999/],
        ["renewal_count_from=1.0", "renewal_count_from", /0 to 999/],
        ["renewal_count_from=%201", "renewal_count_from", /0 to 999/],
        ["renewal_count_to=99999999999999999999999", "renewal_count_to", /0 to 999/],
        ["renewal_count_to=", "renewal_count_to", /empty/],
        ["renewal_count_from=2&renewal_count_to=1", "renewal_count_to", /renewal_count_from/],
        ["has_email=yes", "has_email", /true, false/],
        ["has_email=1", "has_email", /true, false/],
        ["has_email=TRUE", "has_email", /true, false/],
        ["has_email=", "has_email", /empty/],
        ["has_email=true,false", "has_email", /true, false/],
        ["name_public=no", "name_public", /true, false/],
        ["name_public=flase", "name_public", /did you mean false/],
        ["name_public", "name_public", /empty/],
        ["q=%2C%20%E3%80%81", "q", /blanks and commas/],
        ["q=a,b,c,d,e,f,g,h,i,j,k", "q", /10 words/],
        ["q=a%E3%80%81b%E3%80%80c+d,e,f,g,h,i,j,k", "q", /10 words/],
        ["limit=201", "limit", /1 to 200/],
        [`cursor=${"A".repeat(2048)}`, "cursor", /damaged/],
        [`cursor=${"A".repeat(2049)}`, "cursor", /damaged/],
        ["sorting=kana", "sorting", /unknown/],
        ["sot=kana", "sot", /sort/],
        ["facet=home", "facet", /facets/],
        ["field=name", "field", /fields/],
        ["skills=a", "skills", /skill/],
        ["exam_form=2017-01", "exam_form", /exam_from/],
    ];
    for (const [text, parameter, detail] of wrong) {
        it(`?${text.slice(0, 60)}`, async () => {
            const english = await world.get(`${PATH}?${text}`, { expect: 400 });
            assert.equal(english.json.type, "/problems/invalid-parameter");
            assert.deepEqual([...new Set(english.blamed)], [parameter]);
            const said = english.json.errors.map((/** @type {any} */ e) => e.detail);
            assert.ok(
                said.some((/** @type {string} */ s) => detail.test(s)),
                said.join("; "),
            );
            assert.doesNotMatch(JSON.stringify(english.json), JAPANESE);
            const japanese = await world.get(`${PATH}?${text}`, { headers: { "Accept-Language": "ja" }, expect: 400 });
            assert.deepEqual(japanese.blamed, english.blamed, "the same faults");
            for (const error of japanese.json.errors) {
                assert.match(error.detail, JAPANESE);
            }
        });
    }

    it("every new parameter twice", async () => {
        for (const { name } of queryParameters(PATH)) {
            const { blamed, json } = await world.get(`${PATH}?${name}=a&${name}=a`, { expect: 400 });
            assert.ok(blamed.includes(name));
            assert.ok(
                json.errors.some((/** @type {any} */ e) => /more than once/.test(e.detail)),
                name,
            );
        }
    });

    it("with all faults at once", async () => {
        const { blamed } = await world.get(
            `${PATH}?match=x&sort=x&facets=x&fields=x&skill=%5Cx&exam_from=x&renewal_count_to=x&has_email=x&limit=x&cursor=x&x=x`,
            { expect: 400 },
        );
        const expected = "cursor exam_from facets fields has_email limit match renewal_count_to skill sort x";
        assert.deepEqual([...new Set(blamed)].sort(), expected.split(" "));
    });

    it("nothing that the contract allows", async () => {
        const schemas = contract.components.schemas;
        for (const text of [
            "name=a&match=exact",
            "q=a&kana=b&match=prefix",
            "skill=%5C%2C",
            "skill=%5C%5C",
            `skill=${Array(20).fill("a").join()}`,
            `facets=${Array(40).fill("home").join()}`,
            `fields=${schemas.RegistrantField["x-extensible-enum"].join()}`,
            "renewal_count_from=0&renewal_count_to=999",
            "renewal_count_from=007",
            "exam_from=1900-01&exam_to=2199-12",
            "exam_from=2017-04&exam_to=2017-04",
            "q=a,b,c,d,e,f,g,h,i,j",
            "q=a+b+c+d+e+f+g+h+i+j+,",
            `q=${encodeURIComponent("あ".repeat(200))}`,
            `skill=${encodeURIComponent("𠮷".repeat(200))}`,
            "has_email=false&name_public=true&sort=-kana",
        ]) {
            await world.get(`${PATH}?${text}`, { expect: 200 });
        }
    });

    it("says nothing about names in what it refuses", async () => {
        const withheld = encodeURIComponent(names.withheld);
        for (const parameter of ["sort", "facets", "fields", "match", "has_email"]) {
            const { text } = await world.get(`${PATH}?name=a&${parameter}=${withheld}`, { expect: 400 });
            assert.doesNotMatch(text, /900002|ヒトク/);
        }
    });
});
