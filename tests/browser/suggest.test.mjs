// Suggestions while typing: from the first character, by keyboard and pointer, never in the way of the person who types,
// and never while an input method still composes.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { names, people } from "../http/lib/fixtures.mjs";
import { useWorld } from "../http/lib/harness.mjs";
import { at, heading, person, settled, useBrowser } from "./lib/browser.mjs";

const world = useWorld();
const { visit } = useBrowser(() => world.server.public);
const SUGGESTIONS = "**/v1/suggestions?*";

/** @typedef {import("./lib/browser.mjs").Page} Page */

/** Types all at once, as an input method does, and waits for the list. @param {Page} page @param {string} text */
async function type(page, text) {
    await page.locator("#q").focus();
    await page.keyboard.insertText(text);
    await page.locator("#offers [role=option]").first().waitFor();
}

/** @param {Page} page */
const offers = (page) => page.locator("#offers .offer").allTextContents();
/** @param {Page} page */
const active = (page) => page.locator("#offers [aria-selected=true] .offer").allTextContents();
/** @param {Page} page */
const asked = (page) => new URLSearchParams(new URL(page.url()).hash.slice(1));

/** Counts what is asked of the suggestions. @param {Page} page */
function countRequests(page) {
    const seen = /** @type {string[]} */ ([]);
    page.on("request", (request) => {
        const url = new URL(request.url());
        if (url.pathname === "/v1/suggestions") {
            seen.push(url.searchParams.get("q") ?? "");
        }
    });
    return seen;
}

describe("the keyboard", () => {
    it("one character, arrows around, Enter searches; the box keeps the focus all the while", async () => {
        const page = await visit("/");
        const box = page.locator("#q");
        assert.equal(await box.getAttribute("aria-expanded"), "false");
        await type(page, "み");
        const { json } = await world.get(`/v1/suggestions?${new URLSearchParams({ q: "み", limit: "8" })}`);
        const texts = json.items.map((/** @type {any} */ item) => item.text);
        assert.deepEqual(await offers(page), texts);
        assert.equal(await box.getAttribute("aria-expanded"), "true");
        assert.deepEqual(await active(page), [], "nothing is chosen for the person");
        await page.keyboard.press("ArrowDown");
        assert.deepEqual(await active(page), [texts[0]]);
        const id = await box.getAttribute("aria-activedescendant");
        assert.equal(await page.locator(`#${id} .offer`).textContent(), texts[0]);
        await page.keyboard.press("ArrowUp");
        assert.deepEqual(await active(page), [], "above the first is the box itself");
        await page.keyboard.press("ArrowUp");
        assert.deepEqual(await active(page), [texts.at(-1)]);
        assert.equal(await box.inputValue(), "み", "moving about changes nothing that was typed");
        assert.equal(await page.evaluate(() => document.activeElement?.id), "q");
        await page.keyboard.press("Enter");
        await heading(page, "検索結果");
        assert.ok(await page.locator("#offers").isHidden());
        const search = asked(page);
        assert.equal(search.get("q") ?? search.get(json.items.at(-1).field), texts.at(-1));
    });

    it("Enter without a choice searches for what was typed; Escape closes, and then empties", async () => {
        const page = await visit("/");
        await type(page, names.open.slice(0, 4));
        await page.keyboard.press("Escape");
        assert.ok(await page.locator("#offers").isHidden());
        assert.equal(await page.locator("#q").inputValue(), names.open.slice(0, 4));
        await page.keyboard.press("ArrowDown");
        await page.locator("#offers [role=option]").first().waitFor();
        await page.keyboard.press("Enter");
        await person(page, people.open);
        assert.equal(asked(page).get("q"), names.open.slice(0, 4));
        await page.keyboard.press("Escape");
        assert.equal(await page.locator("#q").inputValue(), "");
    });

    it("Tab leaves the list and chooses nothing", async () => {
        const page = await visit("/");
        await type(page, "見");
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Tab");
        assert.ok(await page.locator("#offers").isHidden());
        assert.equal(await page.locator("#q").inputValue(), "見");
        assert.equal(asked(page).size, 0);
    });
});

describe("what is offered", () => {
    it("the last of several words is completed, and the others stay", async () => {
        const page = await visit("/");
        await type(page, "大阪 たかは");
        const [first] = await offers(page);
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
        await heading(page, "検索結果");
        assert.equal(asked(page).get("q"), `大阪 ${first}`);
        assert.equal(await page.locator("#q").inputValue(), `大阪 ${first}`);
    });

    it("a skill becomes a condition of its own, with as many people as the list said", async () => {
        const page = await visit("/");
        await type(page, "見本の技");
        const option = page.locator("[role=option]", { hasText: "見本の技能" });
        assert.match((await option.textContent()) ?? "", /保有スキル 1人/);
        await option.click();
        await person(page, people.open);
        assert.equal(asked(page).get("skill"), "見本の技能");
        assert.equal(asked(page).get("q"), null);
        assert.match((await page.locator("#chips").textContent()) ?? "", /保有スキル 見本の技能/);
    });

    it("in English it says the fields in English", async () => {
        const page = await visit(at({ lang: "en" }));
        await type(page, "見本の技");
        assert.match((await page.locator("[role=option]").first().textContent()) ?? "", /skill, 1/);
    });
});

describe("typing is never in anybody's way", () => {
    it("a composition asks nothing before it is over, and its Enter sends nothing", async () => {
        const page = await visit("/");
        const seen = countRequests(page);
        await page.locator("#q").focus();
        await page.clock.install();
        const input = await page.context().newCDPSession(page);
        for (const text of ["m", "み", "みh", "みほ"]) {
            await input.send("Input.imeSetComposition", {
                text,
                selectionStart: text.length,
                selectionEnd: text.length,
            });
        }
        await page.clock.runFor(5_000);
        const process = { key: "Process", code: "Enter", windowsVirtualKeyCode: 229 };
        for (const key of ["ArrowDown", "Enter"]) {
            await input.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...process, code: key });
            await input.send("Input.dispatchKeyEvent", { type: "keyUp", ...process, code: key });
        }
        await page.clock.runFor(5_000);
        assert.deepEqual(seen, []);
        assert.equal(asked(page).size, 0);
        await input.send("Input.insertText", { text: "みほ" });
        await page.clock.runFor(500);
        await page.locator("#offers [role=option]").first().waitFor();
        assert.deepEqual(seen, ["みほ"]);
        assert.equal(await page.locator("#q").inputValue(), "みほ");
    });

    it("fast typing asks once, and a late answer is dropped", async () => {
        const page = await visit("/");
        const seen = countRequests(page);
        /** @type {() => void} */
        let release = () => {};
        const held = new Promise((resolve) => (release = () => resolve(undefined)));
        await page.route(/suggestions\?q=%E8%A6%8B&/, async (route) => {
            await held;
            await route.continue().catch(() => {});
        });
        await page.clock.install();
        await page.locator("#q").pressSequentially("見");
        await page.clock.runFor(500);
        await page.locator("#q").pressSequentially("本の技");
        await page.clock.runFor(500);
        await page.locator("#offers [role=option]").first().waitFor();
        const shown = await offers(page);
        release();
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
        assert.deepEqual(await offers(page), shown);
        assert.deepEqual(seen, ["見", "見本の技"]);
    });

    it("a search that is sent closes the list for good, whatever answers later", async () => {
        const page = await visit("/");
        /** @type {() => void} */
        let release = () => {};
        const held = new Promise((resolve) => (release = () => resolve(undefined)));
        let isAsked = /** @type {(value?: unknown) => void} */ (() => {});
        const asking = new Promise((resolve) => (isAsked = resolve));
        await page.route(SUGGESTIONS, async (route) => {
            isAsked();
            await held;
            await route.continue().catch(() => {});
        });
        await page.locator("#q").pressSequentially("見本");
        await asking;
        await page.keyboard.press("Enter");
        await heading(page, "検索結果");
        release();
        await settled(page);
        assert.ok(await page.locator("#offers").isHidden());
    });

    it("without suggestions one can still search; nothing is asked for blanks and commas", async () => {
        const page = await visit("/", { expectFailedLoads: true });
        const seen = countRequests(page);
        await page.route(SUGGESTIONS, (route) => route.abort());
        await page.clock.install();
        await page.locator("#q").pressSequentially("　,、 ");
        await page.clock.runFor(500);
        assert.deepEqual(seen, []);
        await page.locator("#q").fill(names.open);
        await page.clock.runFor(500);
        await page.locator("#q").press("Enter");
        await person(page, people.open);
        assert.ok(await page.locator("#offers").isHidden());
    });
});
