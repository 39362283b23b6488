// When there is no answer, or a strange one: the page says so in plain words, tries again, and never runs what it shows.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { names, people } from "../http/lib/fixtures.mjs";
import { useWorld } from "../http/lib/harness.mjs";
import { at, heading, numbersShown, person, searchFor, settled, useBrowser } from "./lib/browser.mjs";

const world = useWorld();
const { visit, visitor } = useBrowser(() => world.server.public);
const SEARCHES = "**/v1/registrants?*";
const lossy = { expectFailedLoads: true };

describe("refusals", () => {
    it("a refused search names its fields, in the page's language", async () => {
        const page = await visit(at({ home: "77", completed_from: "2025-02-30", q: "見本" }), lossy);
        const alert = page.getByRole("alert");
        assert.match((await alert.textContent()) ?? "", /自宅の地域：.*講習の修了日（から）：/);
        await page.getByRole("link", { name: "English" }).click();
        await page.getByRole("alert").filter({ hasText: "Home area" }).waitFor();
    });

    it("a field of the form that was refused is marked", async () => {
        const page = await visit(at({ completed_from: "2025-02-02", completed_to: "2025-02-01" }), lossy);
        await page.getByRole("alert").waitFor();
        assert.equal(await page.locator("#filters [aria-invalid=true]").count(), 1);
        assert.match((await page.getByRole("alert").textContent()) ?? "", /（まで）：講習の修了日（から）/);
        await searchFor(page, names.open);
    });

    it("a damaged cursor leads back to a page that works", async () => {
        const page = await visit(at({ q: "見本", cursor: "AAAA" }), lossy);
        await page.getByRole("alert").waitFor();
        await searchFor(page, names.open);
        await person(page, people.open);
    });
});

describe("outages", () => {
    it("503 says so and tries again by itself", async () => {
        const page = await visit("/", lossy);
        let refusals = 0;
        await page.route(SEARCHES, (route) => {
            refusals += 1;
            const problem = {
                type: "/problems/unavailable",
                title: "x",
                status: 503,
                detail: "準備中です。",
                instance: "id-1",
            };
            return refusals > 1
                ? route.continue()
                : route.fulfill({
                      status: 503,
                      headers: { "Retry-After": "1" },
                      contentType: "application/problem+json",
                      body: JSON.stringify(problem),
                  });
        });
        await searchFor(page, names.open);
        const text = (await page.getByRole("alert").textContent()) ?? "";
        assert.match(text, /準備中です。.*1秒後に.*id-1/);
        await person(page, people.open);
    });

    it("a gateway's own error page is told as an unreadable answer", async () => {
        const page = await visit("/", lossy);
        await page.route(SEARCHES, (route) => route.fulfill({ status: 502, contentType: "text/html", body: "<b>x" }));
        await searchFor(page, names.open);
        assert.match((await page.getByRole("alert").textContent()) ?? "", /読み取れませんでした（502）/);
        await page.unroute(SEARCHES);
        await page.getByRole("button", { name: "もう一度検索" }).click();
        await person(page, people.open);
    });

    it("offline is told, and the search goes on when the connection is back", async () => {
        const page = await visit("/", lossy);
        await page.context().setOffline(true);
        await searchFor(page, names.open);
        assert.match((await page.getByRole("alert").textContent()) ?? "", /インターネットにつながっていません/);
        await page.context().setOffline(false);
        await person(page, people.open);
    });

    it("the server is gone: a message, and the way to try again", async () => {
        const page = await visit("/", lossy);
        const gone = await world.serve();
        const other = await visitor(lossy);
        await other.goto(`${gone.public}/`);
        await settled(other);
        await world.kill(gone);
        await searchFor(other, names.open);
        await heading(other, "検索できませんでした");
        assert.match((await other.getByRole("alert").textContent()) ?? "", /サーバーに接続できませんでした/);
        await other.getByRole("link", { name: "English" }).click();
        await other.getByRole("alert").filter({ hasText: "cannot be reached" }).waitFor();
        await searchFor(page, names.open);
        await person(page, people.open);
    });

    it("a newer search wins over an older, slower one", async () => {
        const page = await visit("/");
        /** @type {() => void} */
        let release = () => {};
        const held = new Promise((resolve) => (release = () => resolve(undefined)));
        await page.route(/registrants\?number=900002/, async (route) => {
            await held;
            await route.continue().catch(() => {});
        });
        await page.locator("#q").fill(people.withheld);
        await page.locator("#q").press("Enter");
        await page.locator("#results[aria-busy=true]").waitFor();
        await searchFor(page, people.open);
        await person(page, people.open);
        release();
        await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 0)));
        assert.deepEqual(await numbersShown(page), [people.open]);
    });
});

describe("strange data", () => {
    it("markup stays text, other schemes are no links, unknown values are told as others", async () => {
        const markup = "<img src=x onerror=alert(1)><b>太字</b>";
        const odd = {
            number: "000777",
            status: "from_the_future",
            status_on: "2025-04-01",
            registered_on: "2025-04-01",
            renewal_count: 0,
            expires_on: "2028-03-31",
            name: markup,
            kana: markup,
            employer: markup,
            home: "13",
            profile: { url: "javascript:alert(1)", email: markup, statement: markup, specialties: [markup] },
            completions: [
                {
                    course: "constructor",
                    kind: "toString",
                    course_name: markup,
                    operator: "__proto__",
                    completed_on: "2025-05-01",
                    reflected_at: "2025-05-02T00:00:00.000Z",
                },
            ],
        };
        const as_of = { publication: 1, published_at: "2025-05-02T00:00:00.000Z", day: "2025-05-02" };
        const page = await visit("/");
        const body = JSON.stringify({ as_of, total: 1, items: [odd] });
        await page.route(SEARCHES, (route) => route.fulfill({ contentType: "application/json", body }));
        await searchFor(page, markup);
        const entry = await person(page, "000777");
        await entry.locator(".history li").waitFor();
        assert.equal(await page.locator("#results img, #results b").count(), 0);
        assert.equal(await entry.locator("a").count(), 1, "the number alone is a link");
        const text = (await entry.textContent()) ?? "";
        assert.ok(text.includes(markup) && text.includes("javascript:alert(1)"));
        assert.match(text, /その他（from_the_future）.*その他（toString）/s);
    });
});
