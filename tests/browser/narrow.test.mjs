// Why people were found, what to do when nobody was, and the ways on: counts that narrow, conditions that can be taken
// away, the order, files to keep.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { names, people } from "../http/lib/fixtures.mjs";
import { useWorld } from "../http/lib/harness.mjs";
import { at, heading, numbersShown, person, searchFor, settled, totalShown, useBrowser } from "./lib/browser.mjs";

const world = useWorld();
const { visit } = useBrowser(() => world.server.public);

/** @typedef {import("./lib/browser.mjs").Page} Page */

/** @param {Page} page */
const asked = (page) => Object.fromEntries(new URLSearchParams(new URL(page.url()).hash.slice(1)));

/** The answer of the API to a search. @param {Record<string, string>} search */
const answer = async (search) => (await world.get(`/v1/registrants?${new URLSearchParams(search)}`)).json;

/** Why the person with this number was found. @param {Page} page @param {string} number */
async function why(page, number) {
    const entry = await person(page, number);
    return (await entry.locator(".why").count()) > 0 ? entry.locator(".why").textContent() : undefined;
}

describe("why a person was found", () => {
    it("in words, unless the match is exact", async () => {
        const page = await visit("/");
        for (const [typed, words] of /** @type {[string, RegExp | undefined][]} */ ([
            [names.open, undefined],
            ["高橋一郎", /同じ字の異体で一致（氏名）/],
            ["みほんたかはし", /読みが一致（フリガナ）/],
            ["mihon takahashi", /ローマ字の読みが一致（フリガナ）/],
            ["タガハシイチロウ", /濁点の違いを除いて読みが一致（フリガナ）/],
            ["HTTPサンプル株式会社", /法人格を除いて一致（勤務先）/],
            ["見本の技能", /保有スキルに一致見本の技能、二つめ/],
        ])) {
            await searchFor(page, typed);
            const said = await why(page, people.open);
            if (words === undefined) {
                assert.equal(said, undefined, typed);
            } else {
                assert.match(said ?? "", words, typed);
            }
        }
    });

    it("characters commonly mistaken, and a tier of a later version", async () => {
        const page = await visit(at({ q: names.open }));
        const body = await answer({ q: names.open });
        const [one] = body.items;
        body.items = [
            { ...one, number: "000001", match: { field: "name", tier: "confusable" } },
            { ...one, number: "000002", match: { field: "shoe_size", tier: "toString" } },
        ];
        await page.route("**/v1/registrants?*", (route) => route.fulfill({ json: body }));
        await page.locator("#q").press("Enter");
        assert.match((await why(page, "000001")) ?? "", /間違えやすい字で一致（氏名）/);
        assert.match((await why(page, "000002")) ?? "", /近い表記で一致（shoe_size）/);
    });

    it("in English", async () => {
        const page = await visit(at({ q: "高橋一郎", lang: "en" }));
        assert.match((await why(page, people.open)) ?? "", /Variant of the same character \(name\)/);
    });
});

describe("nothing found", () => {
    it("says how many publish no name, and offers near spellings that exist", async () => {
        const { hints } = await answer({ q: "たかはそ" });
        assert.ok(hints.withheld_names > 0);
        const page = await visit(at({ q: "たかはそ" }));
        const text = (await page.locator("#answer").textContent()) ?? "";
        assert.ok(text.includes(`${hints.withheld_names.toLocaleString("ja-JP")}人は氏名を公開しておらず`), text);
        assert.match(text, /番号で検索してください/);
        const near = page.locator(".near a", { hasText: "タカハシ" });
        const count = hints.near.find((/** @type {any} */ offer) => offer.text === "タカハシ").count;
        await near.first().click();
        await heading(page, /[1-9]\d*件/);
        assert.ok((await totalShown(page)) >= count);
        assert.equal(await page.locator("#q").inputValue(), "タカハシ");
        await page.goBack();
        await heading(page, "0件");
    });

    it("of several words the one that is near is replaced; so is a name in its own field", async () => {
        const page = await visit(at({ q: "みほん タカハソ" }));
        await page.locator(".near a", { hasText: /^タカハシ$/ }).click();
        await person(page, people.open);
        assert.deepEqual(asked(page), { q: "みほん タカハシ" });
        await page.goto(at({ kana: "タカハソ", match: "prefix" }));
        await page.locator(".near a", { hasText: /^タカハシ$/ }).click();
        await heading(page, /[1-9]\d*件/);
        assert.deepEqual(asked(page), { kana: "タカハシ", match: "prefix" });
    });

    it("conditions that exclude everybody can be dropped at once", async () => {
        const page = await visit(at({ q: names.open, home: "47", kind: "cyberstix" }));
        await page.getByRole("link", { name: "ほかの条件を外して" }).click();
        await person(page, people.open);
        assert.deepEqual(asked(page), { q: names.open });
    });
});

describe("counts", () => {
    /** Every group's first and last count. @param {Page} page */
    const offered = (page) =>
        page.evaluate(() =>
            [...document.querySelectorAll("#facets [data-facet]")].flatMap((group) => {
                const links = [...group.querySelectorAll("a")];
                return [links[0], links.at(-1)].map((link) => ({
                    facet: group.getAttribute("data-facet"),
                    hash: link?.hash ?? "",
                    count: link?.querySelector(".people-count")?.textContent ?? "",
                }));
            }),
        );

    for (const search of /** @type {Record<string, string>[]} */ ([
        { limit: "20" },
        { q: "さとう" },
        { employer_place: "13,27", registered_from: "2019-10-01" },
        { kind: "online", completed_from: "2024-01-01" },
        { status: "lapsed,revoked" },
    ])) {
        it(`each leads to a search that finds so many: ${JSON.stringify(search)}`, async () => {
            const page = await visit(at(search));
            const links = await offered(page);
            assert.ok(links.length > 0);
            const facets = new Set(links.map(({ facet }) => facet));
            assert.ok(!facets.has("kind") || search.kind === undefined, "another kind would widen the search");
            for (const { hash, count } of links) {
                await page.goto(`/${hash}`);
                await settled(page);
                assert.equal(await totalShown(page), Number(count.replace(/\D/g, "")), decodeURIComponent(hash));
            }
        });
    }

    it("narrow step by step, each step is a condition to take away, and back goes back", async () => {
        const page = await visit(at({ q: "さとう" }));
        const all = await totalShown(page);
        const link = page.locator("[data-facet=kind] a").nth(1);
        const [kind, count] = [
            await link.locator(".value").textContent(),
            await link.locator(".people-count").textContent(),
        ];
        await link.click();
        await heading(page, `${Number(count?.replace(/\D/g, ""))}件`);
        assert.equal(await page.evaluate(() => document.activeElement?.id), "results-title");
        await page.locator("[data-facet=registered_year] a").first().click();
        const year = page.locator("#chips a", { hasText: "登録年月日" });
        await year.waitFor();
        assert.match((await year.textContent()) ?? "", /^登録年月日 \d{4}年/);
        assert.equal(await page.locator("#filter-count").textContent(), "2 件の条件を指定中");
        await year.click();
        await heading(page, `${Number(count?.replace(/\D/g, ""))}件`);
        await page.locator("#chips a", { hasText: kind ?? "?" }).click();
        await heading(page, `${all}件`);
        assert.deepEqual(asked(page), { q: "さとう" });
        await page.goBack();
        await page.locator("#chips a", { hasText: kind ?? "?" }).waitFor();
    });

    it("each entry of a list can be taken away alone, and all at once", async () => {
        const search = { skill: "Go,TCP\\, IP,C++", home: "13,14", name_public: "true", exam_from: "2017-04" };
        const page = await visit(at(search));
        const chips = () => page.locator("#chips a:not(.all)").allTextContents();
        const texts = (await chips()).map((text) => text.replace(/（.*$/, ""));
        assert.deepEqual(texts.slice(0, 5), [
            "保有スキル Go",
            "保有スキル TCP, IP",
            "保有スキル C++",
            "自宅の地域 東京都",
            "自宅の地域 神奈川県",
        ]);
        assert.deepEqual(texts.slice(5), ["試験合格年月 2017年4月〜", "氏名の公開 公開している人"]);
        assert.equal(await page.locator("#skill").inputValue(), "Go、TCP\\, IP、C++");
        await page.locator("#chips a", { hasText: "C++" }).click();
        await page.locator("#chips a", { hasText: "C++" }).waitFor({ state: "detached" });
        assert.equal(asked(page).skill, "Go,TCP\\, IP");
        await page.getByRole("link", { name: "すべて外す" }).click();
        await page.locator("#chips").waitFor({ state: "hidden" });
        assert.deepEqual(asked(page), { limit: "20" });
    });

    it("skills typed by hand, with any comma", async () => {
        const page = await visit("/");
        await page.locator("#filters > summary").click();
        await page.locator("#skill").fill("見本の技能、 存在しない技能");
        await page.locator("#name").fill("髙橋");
        await page.locator("#match").selectOption("prefix");
        await page.getByRole("button", { name: "この条件で検索" }).click();
        await heading(page, /件/);
        assert.deepEqual(asked(page), { name: "髙橋", match: "prefix", skill: "見本の技能,存在しない技能" });
        await person(page, people.open);
        await page.locator("#chips a", { hasText: "氏名 髙橋" }).click();
        await person(page, people.open);
        assert.deepEqual(asked(page), { skill: "見本の技能,存在しない技能" }, "what only the name needed went with it");
    });
});

describe("order", () => {
    it("chosen, kept by reload, pages and new words; back undoes it", async () => {
        const page = await visit(at({ limit: "5" }));
        const first = await numbersShown(page);
        assert.equal(await page.locator("#sort").inputValue(), "number");
        assert.equal(await page.locator("#sort option[value=relevance]").count(), 0);
        await page.locator("#sort").selectOption("-number");
        await page.locator(".person", { hasText: people.sevenDigits }).waitFor();
        assert.deepEqual(asked(page), { limit: "5", sort: "-number" });
        const { items } = await answer({ limit: "10", sort: "-number" });
        const numbers = items.map((/** @type {any} */ item) => item.number);
        assert.deepEqual(await numbersShown(page), numbers.slice(0, 5));
        await page.reload();
        await settled(page);
        await page.locator("a[rel=next]").click();
        await heading(page, "6〜10件目");
        assert.deepEqual(await numbersShown(page), numbers.slice(5));
        assert.equal(await page.locator("#sort").inputValue(), "-number");
        await page.goBack();
        await page.goBack();
        await page.locator(".person", { hasText: first[0] }).waitFor();
        assert.equal(await page.locator("#sort").inputValue(), "number");
    });

    it("the best match comes first until another order is chosen", async () => {
        const page = await visit(at({ q: "見本" }));
        assert.equal(await page.locator("#sort").inputValue(), "relevance");
        await page.locator("#sort").selectOption("kana");
        await page.locator("#results[aria-busy=false]").waitFor();
        const { items } = await answer({ q: "見本", sort: "kana" });
        await page.locator(".person .number", { hasText: items[0].number }).first().waitFor();
        assert.equal(asked(page).sort, "kana");
        await page.locator("#sort").selectOption("relevance");
        await page.locator("#results[aria-busy=false]").waitFor();
        assert.deepEqual(asked(page), { q: "見本" });
    });
});

describe("files to keep", () => {
    /** @param {Page} page @param {string} name */
    async function saved(page, name) {
        const [download] = await Promise.all([
            page.waitForEvent("download"),
            page.locator("#save button", { hasText: name }).click(),
        ]);
        const text = await readFile(await download.path(), "utf8");
        return { fileName: download.suggestedFilename(), text };
    }

    it("CSV and NDJSON of the whole search in its order, and a link to the JSON", async () => {
        const page = await visit(at({ q: "さとう", sort: "-number", limit: "5" }));
        const { items, total } = await answer({ q: "さとう", sort: "-number", limit: "200" });
        const csv = await saved(page, "CSV");
        assert.match(csv.fileName, /^registrants-\d{4}-\d\d-\d\d-1\.csv$/);
        assert.ok(csv.text.startsWith("\uFEFFnumber,"));
        assert.match(csv.text, new RegExp(`#end count=${total} total=${total} `));
        const ndjson = await saved(page, "NDJSON");
        const lines = ndjson.text
            .trimEnd()
            .split("\n")
            .map((line) => JSON.parse(line));
        assert.deepEqual(lines.slice(0, -1), items);
        assert.equal(lines.at(-1).end, true);
        const json = await page.locator("#save a").getAttribute("href");
        assert.deepEqual((await world.get(json ?? "")).json.items, items);
    });

    it("more than a thousand come in several files, without a gap", async () => {
        const page = await visit(at({ limit: "5" }));
        const total = await totalShown(page);
        assert.ok(total > 1000 && total <= 2100, `${total}`);
        const seen = new Set();
        for (let from = 1; from <= total; from += 1000) {
            const name = `NDJSON（${from.toLocaleString("ja-JP")}〜`;
            const { text } = await saved(page, name);
            const rows = text.trimEnd().split("\n").slice(0, -1);
            assert.ok(rows.length <= 1000);
            rows.forEach((row) => seen.add(JSON.parse(row).number));
        }
        assert.equal(seen.size, total);
        await page.locator("#save button", { hasText: "NDJSON（1〜" }).waitFor();
    });

    it("what was cut off is not saved as if it were whole", async () => {
        const page = await visit(at({ q: names.open }));
        await page.route("**/v1/registrants?*", (route) => route.fulfill({ body: "\uFEFFnumber,name\r\n900001,\r\n" }));
        await page.locator("#save button", { hasText: "CSV" }).click();
        await page.locator("#save [role=status]", { hasText: "保存できませんでした" }).waitFor();
    });
});
