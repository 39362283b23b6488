// One Chromium for a test file, and pages in it that remember every complaint: console errors, which violations of the
// content security policy are too, and uncaught exceptions. A test that does not expect complaints fails on them.
import assert from "node:assert/strict";
import { after, afterEach, before } from "node:test";
import { chromium } from "playwright-core";

export const chromiumPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];
const PATIENCE_MS = 10_000;

export const DESK = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 740 };
/** Also what is left of a desk at a zoom of 400%. */
export const NARROWEST = { width: 320, height: 740 };

/** @typedef {import("playwright-core").BrowserContextOptions & { expectFailedLoads?: boolean }} Options */
/** @typedef {import("playwright-core").Page} Page */

/** Chromium for one test file; its pages are closed after each test. @param {() => string} base */
export function useBrowser(base) {
    /** @type {import("playwright-core").Browser} */
    let browser;
    /** @type {string[]} */
    let complaints = [];

    before(async () => {
        browser = await chromium.launch({ executablePath: chromiumPath, args: FLAGS });
    });
    after(() => browser.close());
    afterEach(async () => {
        await Promise.all(browser.contexts().map((context) => context.close()));
        const heard = complaints;
        complaints = [];
        assert.deepEqual(heard, [], "the page complains of nothing");
    });

    /** A new visitor's page, not yet anywhere. @param {Options} [options] */
    async function visitor({ expectFailedLoads = false, ...options } = {}) {
        const context = await browser.newContext({ viewport: DESK, baseURL: base(), ...options });
        context.setDefaultTimeout(PATIENCE_MS);
        const page = await context.newPage();
        page.on("pageerror", (error) => complaints.push(`uncaught: ${error.stack ?? error.message}`));
        page.on("console", (message) => {
            const isExpected = expectFailedLoads && message.text().startsWith("Failed to load resource");
            if (["error", "warning"].includes(message.type()) && !isExpected) {
                complaints.push(`${message.type()}: ${message.text()}`);
            }
        });
        return page;
    }

    /** A new visitor's page on an address, its results shown. @param {string} address @param {Options} [options] */
    async function visit(address, options) {
        const page = await visitor(options);
        await page.goto(address);
        await settled(page);
        return page;
    }

    return { visitor, visit };
}

/** The page's fragment for a search. @param {Record<string, string>} search */
export function at(search) {
    return `/#${new URLSearchParams(search)}`;
}

/** Waits until the results are there. @param {Page} page */
export async function settled(page) {
    await page.locator("#results[aria-busy=false]").waitFor();
}

/** Types into the search box and sends it. @param {Page} page @param {string} words */
export async function searchFor(page, words) {
    await page.locator("#q").fill(words);
    await page.locator("#q").press("Enter");
    await settled(page);
}

/** The numbers of the people shown, as digits. @param {Page} page */
export async function numbersShown(page) {
    const texts = await page.locator(".person .number").allTextContents();
    return texts.map((text) => text.replace(/\D/g, ""));
}

/** How many people were found in all. @param {Page} page */
export async function totalShown(page) {
    const text = await page.locator("#results-title .total").textContent();
    return Number(text?.replace(/\D/g, ""));
}

/** Waits until the people shown have one with this number. @param {Page} page @param {string} number */
export async function person(page, number) {
    const entry = page.locator(".person", { hasText: number });
    await entry.waitFor();
    return entry;
}

/** Waits until the heading of the results has this text. @param {Page} page @param {string | RegExp} text */
export async function heading(page, text) {
    await page.locator("#results-title", { hasText: text }).waitFor();
}
