// Searching: by words, kana, numbers and filters; what is shown of people; pages, back and forward; the language.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { names, people, plusDays, today } from "../http/lib/fixtures.mjs";
import { until, useWorld } from "../http/lib/harness.mjs";
import { at, heading, numbersShown, person, searchFor, settled, totalShown, useBrowser } from "./lib/browser.mjs";

const world = useWorld();
const { visit } = useBrowser(() => world.server.public);

describe("words", () => {
    it("the bare page tells how many are registered, as of when", async () => {
        const page = await visit("/");
        const { json } = await world.get("/v1");
        const results = await page.locator("#results").textContent();
        assert.ok(results?.includes(json.registrants.toLocaleString("ja-JP")), results ?? "");
        assert.match(results ?? "", new RegExp(`公表版 ${json.as_of.publication}（.*日本時間`));
        assert.equal(await page.locator("#results-title").textContent(), "登録簿の現況");
    });

    it("a name is found, and the address and title say the search", async () => {
        const page = await visit("/");
        await searchFor(page, names.open);
        await person(page, people.open);
        assert.deepEqual(await numbersShown(page), [people.open]);
        assert.equal(await totalShown(page), 1);
        assert.equal(new URLSearchParams(new URL(page.url()).hash.slice(1)).get("q"), names.open);
        assert.match(await page.title(), new RegExp(`^${names.open} – `));
        assert.match((await page.locator("#as-of").textContent()) ?? "", /^公表版 \d+（\d{4}年.*日本時間/);
    });

    it("the reading is found in any kana, with its blank or without", async () => {
        const page = await visit("/");
        for (const kana of ["みほん　たかはし", "ﾐﾎﾝ ﾀｶﾊｼ", "ミホンタカハシイチロウ"]) {
            await searchFor(page, kana);
            await page.locator("#results-title", { hasText: /[1-9]\d*件/ }).waitFor();
            assert.ok((await numbersShown(page)).includes(people.open), kana);
        }
    });

    it("nothing found explains that a name may be withheld", async () => {
        const page = await visit("/");
        await searchFor(page, names.withheld);
        await heading(page, "0件");
        const text = await page.locator("#answer").textContent();
        assert.match(text ?? "", /登録されていないことを意味しません/);
        assert.match(text ?? "", /登録番号がわかる場合は/);
    });

    it("a reload keeps the search", async () => {
        const page = await visit(at({ q: names.open }));
        await page.reload();
        await person(page, people.open);
        assert.equal(await page.locator("#q").inputValue(), names.open);
    });
});

describe("numbers", () => {
    it("however it is typed, a person whose name is withheld is shown, without what is withheld", async () => {
        const page = await visit("/");
        for (const typed of [`第${people.withheld}号`, "９００００２", ` ${people.withheld} `]) {
            await searchFor(page, "no such words");
            await searchFor(page, typed);
            const text = (await (await person(page, people.withheld)).textContent()) ?? "";
            assert.match(text, /非公開/);
            assert.match(text, /本人の選択により公開されていません/);
            assert.doesNotMatch(text, /秘匿|ヒトク/);
        }
    });

    it("ended registrations are shown as ended, with state and dates alone", async () => {
        const page = await visit("/");
        for (const [number, word] of [
            [people.lapsed, "失効"],
            [people.revoked, "取消"],
            [people.struckOff, "消除"],
        ]) {
            await searchFor(page, number);
            const entry = await person(page, number);
            assert.equal(await entry.locator(".badge").textContent(), word);
            assert.match((await entry.textContent()) ?? "", /登録は終了しています.*年\d+月\d+日に/);
            assert.equal(await entry.locator("details").count(), 0);
        }
    });

    it("a number that was never issued is named, beside one that was", async () => {
        const page = await visit(at({ q: `${people.neverIssued}、${people.open}` }));
        await person(page, people.open);
        const notice = await page.locator(".notice").textContent();
        assert.match(notice ?? "", new RegExp(`使われたことがありません：第${people.neverIssued}号`));
        await searchFor(page, people.neverIssued);
        await heading(page, "0件");
        assert.equal(await page.locator(".notice").count(), 1);
    });

    it("the number is a link to the person alone", async () => {
        const page = await visit(at({ q: `${people.open} ${people.withheld}` }));
        await page.locator(".number", { hasText: people.open }).click();
        await heading(page, /\b1件/);
        assert.deepEqual(await numbersShown(page), [people.open]);
    });
});

describe("filters", () => {
    it("state, place and name, chosen by hand", async () => {
        const page = await visit("/");
        await page.locator("#filters > summary").click();
        await page.getByLabel("名称使用停止", { exact: true }).check();
        await page.locator("[data-places=home] > summary").click();
        await page.locator("[data-places=home]").getByLabel("海外").check();
        assert.match((await page.locator("[data-places=home] .chosen").textContent()) ?? "", /海外/);
        await page.locator("#name").fill("停止");
        await page.getByRole("button", { name: "この条件で検索" }).click();
        const entry = await person(page, people.suspended);
        assert.deepEqual(await numbersShown(page), [people.suspended]);
        assert.match((await entry.textContent()) ?? "", /名称使用停止.*まで/);
        assert.match((await entry.textContent()) ?? "", /自宅 海外/);
        const chips = (await page.locator("#chips a").allTextContents()).map((text) => text.replace(/（.*$/, ""));
        assert.deepEqual(chips, ["氏名 停止", "自宅の地域 海外", "登録の状態 名称使用停止", "すべて外す"]);
        assert.equal(await page.locator("#filter-count").textContent(), "3 件の条件を指定中");
    });

    it("course, kind, employer and dates; a reload keeps all of them", async () => {
        const page = await visit("/");
        await page.locator("#filters > summary").click();
        await page.locator("#course option[value=http-a-practical]").waitFor({ state: "attached" });
        await page.locator("#course").selectOption("http-a-practical");
        await page.getByLabel("実践講習A", { exact: true }).check();
        await page.locator("#completed_from").fill(plusDays(today(), -110));
        await page.locator("#completed_to").fill(plusDays(today(), -90));
        await page.locator("#registered_to").fill(today());
        await page.locator("#expires_from").fill(today());
        await page.locator("#employer").fill("http");
        await page.getByRole("button", { name: "この条件で検索" }).click();
        await person(page, people.open);
        await page.reload();
        await person(page, people.open);
        assert.deepEqual(await numbersShown(page), [people.open]);
        assert.equal(await page.locator("#course").inputValue(), "http-a-practical");
        assert.equal(await page.locator("#completed_to").inputValue(), plusDays(today(), -90));
        assert.ok(await page.locator("input[name=kind][value=practical_a]").isChecked());
    });

    it("clearing empties every field", async () => {
        const page = await visit(at({ q: "見本", home: "13,99", status: "revoked", course: "http-a-online" }));
        await page.locator("#filters > summary").click();
        await page.getByRole("button", { name: "条件をすべて消す" }).click();
        assert.equal(await page.locator("#search input:checked").count(), 0);
        assert.equal(await page.locator("#q").inputValue(), "");
        assert.equal(await page.locator("#course").inputValue(), "");
    });
});

describe("details", () => {
    it("a person found alone is shown whole", async () => {
        const page = await visit(at({ q: people.open }));
        const entry = await person(page, people.open);
        await entry.locator(".history li").first().waitFor();
        assert.equal(await entry.locator(".history li").count(), 3);
        const text = (await entry.textContent()) ?? "";
        for (const part of ["見本オンラインA", "オンライン講習", "見本試験機関A", "見本の分野", "SC-2017-10-99999"]) {
            assert.ok(text.includes(part), part);
        }
        for (const part of ["勤務先 大阪府", "自宅 東京都", "1980年5月", "2017年10月", "登録簿の管理者による登録"]) {
            assert.ok(text.includes(part), part);
        }
        const link = entry.locator("a", { hasText: "mihon.sample.invalid" });
        assert.equal(await link.getAttribute("href"), "https://mihon.sample.invalid/");
        assert.equal(await link.getAttribute("rel"), "noopener nofollow ugc");
    });

    it("a reported completion shows when it was reported and published", async () => {
        const report = { number: people.reported, course: "http-a-online", completed_on: plusDays(today(), -1) };
        await world.report([report], { expect: 201 });
        await until("it is public", async () => {
            const { json } = await world.get(`/v1/completions?number=${people.reported}`);
            return json.total === 1;
        });
        const page = await visit(at({ q: people.reported }));
        const line = page.locator(".history li");
        await line.waitFor();
        assert.match((await line.textContent()) ?? "", /報告 \d{4}年.* \d+:\d\d公表 \d{4}年.* \d+:\d\d/);
    });
});

describe("pages and history", () => {
    it("next, back, forward and reload", async () => {
        const page = await visit("/");
        await page.getByRole("button", { name: "検索", exact: true }).click();
        await page.locator("a[rel=next]").waitFor();
        const first = await numbersShown(page);
        assert.equal(first.length, 20);
        await page.locator("a[rel=next]").click();
        await heading(page, "21〜40件目");
        const second = await numbersShown(page);
        assert.ok(second[0] > first[19]);
        assert.equal(await page.evaluate(() => document.activeElement?.id), "results-title");
        await page.locator("a[rel=next]").click();
        await heading(page, "41〜60件目");
        await page.goBack();
        await heading(page, "21〜40件目");
        assert.deepEqual(await numbersShown(page), second);
        await page.reload();
        await heading(page, "21〜40件目");
        assert.deepEqual(await numbersShown(page), second);
        await page.getByRole("button", { name: "前のページ" }).click();
        await heading(page, "1〜20件目");
        assert.deepEqual(await numbersShown(page), first);
        await page.goForward();
        await heading(page, "21〜40件目");
        await page.getByRole("link", { name: "最初のページ" }).click();
        await heading(page, "1〜20件目");
    });

    it("the last page has no next one, and the walk shows everybody", async () => {
        const page = await visit(at({ q: "見本" }));
        const total = await totalShown(page);
        const seen = await numbersShown(page);
        while ((await page.locator("a[rel=next]").count()) > 0) {
            await page.locator("a[rel=next]").click();
            await heading(page, new RegExp(`[^\\d]${seen.length + 1}〜`));
            seen.push(...(await numbersShown(page)));
        }
        assert.equal(new Set(seen).size, total);
        assert.equal(seen.length, total);
    });

    it("back goes through searches, and to the bare page", async () => {
        const page = await visit("/");
        await searchFor(page, names.open);
        await person(page, people.open);
        await searchFor(page, people.withheld);
        await person(page, people.withheld);
        await page.goBack();
        await person(page, people.open);
        assert.equal(await page.locator("#q").inputValue(), names.open);
        await page.goBack();
        await heading(page, "登録簿の現況");
        assert.equal(await page.locator("#q").inputValue(), "");
    });
});

describe("language", () => {
    it("English on request, kept over reloads and new visits, and back", async () => {
        const page = await visit(at({ q: people.withheld }));
        await page.getByRole("link", { name: "English" }).click();
        await heading(page, "Results");
        assert.equal(await page.getAttribute("html", "lang"), "en");
        assert.match((await (await person(page, people.withheld)).textContent()) ?? "", /Name withheld/);
        assert.match(page.url(), /lang=en/);
        await page.goto("about:blank");
        await page.goto("/");
        await heading(page, "The register today");
        assert.equal(await page.getAttribute("html", "lang"), "en");
        await page.getByRole("link", { name: "日本語" }).click();
        await heading(page, "登録簿の現況");
        await page.reload();
        await settled(page);
        assert.equal(await page.getAttribute("html", "lang"), "ja");
    });

    it("switching keeps what was typed, and leaves no Japanese in the page's own words", async () => {
        const page = await visit("/");
        await page.locator("#filters > summary").click();
        await page.locator("#name").fill("見本");
        await page.locator("[data-places=home] > summary").click();
        await page.locator("input[name=home][value='47']").check();
        await page.getByRole("link", { name: "English" }).click();
        assert.equal(await page.locator("#name").inputValue(), "見本");
        assert.ok(await page.locator("input[name=home][value='47']").isChecked());
        assert.match((await page.locator("[data-places=home] .chosen").textContent()) ?? "", /Okinawa/);
        const own = await page
            .locator("[data-text]:not([data-text$=hint]):not(.lead), .choice, legend")
            .allTextContents();
        assert.deepEqual(
            own.filter((text) => /[\u3040-\u30ff\u4e00-\u9fff]/.test(text)),
            [],
        );
    });

    it("courses and operators have their English names", async () => {
        const page = await visit(at({ q: people.open, lang: "en" }));
        await page.locator(".history li", { hasText: "Sample online A" }).waitFor();
        const text = (await page.locator(".history").textContent()) ?? "";
        assert.match(text, /HTTP sample A/);
    });
});
