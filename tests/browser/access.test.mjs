// For everybody: axe finds nothing in any state of the page, light or dark, desk or phone; the keyboard is enough; nothing
// moves while the page loads; without scripts the page still says where the register is.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import axe from "axe-core";
import { names, people } from "../http/lib/fixtures.mjs";
import { useWorld } from "../http/lib/harness.mjs";
import { words } from "../../web/words.js";
import { DESK, NARROWEST, PHONE, at, heading, settled, useBrowser } from "./lib/browser.mjs";

const world = useWorld();
const { visit, visitor } = useBrowser(() => world.server.public);

/** @typedef {import("./lib/browser.mjs").Page} Page */

/** @type {Record<string, { address: string, act?: (page: Page) => Promise<unknown>, failing?: boolean }>} */
const STATES = {
    "the bare page": { address: "/" },
    "the filters, all open": {
        address: at({ home: "13", completed_from: "2025-01-01" }),
        act: async (page) => {
            await page.locator("#filters > summary").click();
            await page.locator("[data-places=home] > summary").click();
            await page.locator("[data-places=employer_place] > summary").click();
        },
    },
    results: { address: at({ q: "見本", limit: "5" }), act: (page) => page.locator(".more > summary").first().click() },
    suggestions: {
        address: "/",
        act: async (page) => {
            await page.locator("#q").pressSequentially("見本");
            await page.locator("#offers [role=option]").first().waitFor();
            await page.keyboard.press("ArrowDown");
        },
    },
    "narrowed results, all counts open": {
        address: at({
            q: "さとう",
            kind: "online,designated",
            registered_from: "2017-04-01",
            sort: "kana",
            limit: "5",
        }),
        act: (page) =>
            page.evaluate(() =>
                document.querySelectorAll(".rest").forEach((rest) => rest.toggleAttribute("open", true)),
            ),
    },
    "near spellings": { address: at({ q: "たかはそ", home: "13" }) },
    "all states of registration": {
        address: at({
            q: [
                people.open,
                people.withheld,
                people.suspended,
                people.revoked,
                people.struckOff,
                people.lapsed,
                people.neverIssued,
            ].join(" "),
        }),
    },
    "one person": { address: at({ q: people.open }), act: (page) => page.locator(".history li").first().waitFor() },
    "a page further on": { address: at({ limit: "5" }), act: (page) => page.locator("a[rel=next]").click() },
    "nothing found": { address: at({ q: names.withheld }) },
    "a failure": { address: at({ home: "77" }), failing: true },
    "English results": { address: at({ q: people.open, lang: "en" }) },
};

// Wide to narrow and light to dark, on one page: what changes with the scheme are the colours.
const LOOKS = [
    { viewport: DESK, colorScheme: "light" },
    { viewport: DESK, colorScheme: "dark", rules: ["color-contrast"] },
    { viewport: NARROWEST, colorScheme: "light" },
];

/** What axe finds, in short. @param {Page} page @param {string[]} [rules] all of them, if none @returns {Promise<string[]>} */
const violations = (page, rules) =>
    page.evaluate(async (only) => {
        const which = only === undefined ? {} : { runOnly: only };
        const found = await /** @type {any} */ (globalThis).axe.run(document, {
            resultTypes: ["violations"],
            ...which,
        });
        return found.violations.map(
            (/** @type {any} */ v) =>
                `${v.id}: ${v.nodes.map((/** @type {any} */ n) => n.html.slice(0, 200)).join(" | ")}`,
        );
    }, rules);

describe("axe: wide and narrow, light and dark", () => {
    for (const [state, { address, act, failing }] of Object.entries(STATES)) {
        it(state, async () => {
            const page = await visit(address, { reducedMotion: "reduce", expectFailedLoads: failing });
            await act?.(page);
            await settled(page);
            await page.evaluate(axe.source);
            for (const { viewport, colorScheme, rules } of LOOKS) {
                await page.setViewportSize(viewport);
                await page.emulateMedia({ colorScheme: /** @type {"light" | "dark"} */ (colorScheme) });
                assert.deepEqual(await violations(page, rules), [], `${viewport.width} px, ${colorScheme}`);
                const width = await page.evaluate(() => document.documentElement.scrollWidth);
                assert.ok(width <= viewport.width, `${width} px wide at ${viewport.width}: it scrolls sideways`);
            }
        });
    }
});

describe("the keyboard is enough", () => {
    it("skip link, search, next page, details", async () => {
        const page = await visit("/");
        const focused = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent);
        await page.keyboard.press("Tab");
        assert.equal(await focused(), "skip");
        await page.keyboard.press("Enter");
        assert.equal(await focused(), "main");
        await page.keyboard.press("Tab");
        assert.equal(await focused(), "q");
        await page.keyboard.type("見本");
        await page.keyboard.press("Enter");
        await heading(page, "検索結果");
        await page.locator(".more > summary").first().focus();
        await page.keyboard.press("Enter");
        await page.locator(".history").first().waitFor();
        const outline = await page.evaluate(
            () => getComputedStyle(/** @type {Element} */ (document.activeElement)).outlineStyle,
        );
        assert.equal(outline, "solid", "the focus is seen");
    });
});

describe("nothing moves", () => {
    for (const [viewport, other] of /** @type {const} */ ([
        [DESK, at({ q: "見本" })],
        [PHONE, at({ q: "見本", home: "13,27", lang: "en" })],
    ])) {
        for (const address of ["/", other]) {
            it(`${decodeURIComponent(address)} at ${viewport.width} px`, async () => {
                const page = await visitor({ viewport });
                await page.addInitScript(() => {
                    /** @type {any} */ (globalThis).moved = 0;
                    new PerformanceObserver((list) => {
                        for (const entry of list.getEntries()) {
                            /** @type {any} */ (globalThis).moved += /** @type {any} */ (entry).value;
                        }
                    }).observe({ type: "layout-shift", buffered: true });
                });
                await page.goto(address);
                await settled(page);
                await page
                    .locator("#about div")
                    .first()
                    .waitFor({ state: "attached", timeout: 1_000 })
                    .catch(() => {});
                const moved = await page.evaluate(
                    () =>
                        new Promise((resolve) =>
                            requestAnimationFrame(() =>
                                setTimeout(() => resolve(/** @type {any} */ (globalThis).moved), 0),
                            ),
                        ),
                );
                assert.ok(moved < 0.02, `layout shift ${moved}`);
            });
        }
    }
});

describe("words", () => {
    /** @param {any} dictionary @param {string} [prefix] @returns {string[]} */
    const keys = (dictionary, prefix = "") =>
        Object.entries(dictionary).flatMap(([key, value]) =>
            typeof value === "object" ? keys(value, `${prefix}${key}.`) : [`${prefix}${key}:${typeof value}`],
        );

    it("both languages have the same", () => {
        assert.deepEqual(keys(words.en).sort(), keys(words.ja).sort());
    });

    it("the document itself says what the Japanese words say, and where the API is without scripts", async () => {
        const page = await visitor({ javaScriptEnabled: false });
        await page.goto("/");
        const places = await page.locator("[data-text]").all();
        assert.ok(places.length > 20);
        for (const place of places) {
            const key = (await place.getAttribute("data-text")) ?? "";
            assert.equal(await place.textContent(), /** @type {any} */ (words.ja)[key], key);
        }
        for (const place of await page.locator("[data-label]").all()) {
            const key = (await place.getAttribute("data-label")) ?? "";
            assert.equal(await place.getAttribute("aria-label"), /** @type {any} */ (words.ja)[key], key);
        }
        const link = page.locator("noscript a[href='/v1/registrants']").first();
        assert.ok(await link.isVisible());
        assert.equal(await page.locator("#search").isVisible(), false);
    });
});
