// One registrant: every state, every way to write a number, and what is not there.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { people, plusDays, today } from "./lib/fixtures.mjs";
import { useWorld } from "./lib/harness.mjs";

describe("GET /v1/registrants/{number}", () => {
    const world = useWorld();

    /** @param {string} number */
    async function one(number) {
        const { data, response } = await world.client.GET("/v1/registrants/{number}", { params: { path: { number } } });
        assert.equal(response.status, 200);
        assert.ok(data);
        return data.registrant;
    }

    it("shows everything that somebody made public, completions newest first", async () => {
        const { completions, ...rest } = await one(people.open);
        const expected = world.oracle.registrants.find((r) => r.number === people.open);
        assert.ok(expected && completions);
        const { completions: theirs, ...others } = expected;
        assert.deepEqual(rest, others);
        assert.deepEqual(
            completions.map(({ reflected_at, ...c }) => c),
            theirs,
        );
        assert.deepEqual(
            completions.map((c) => c.course),
            ["http-a-online", "http-b-online", "http-a-practical"],
        );
        assert.ok(
            completions.every((c) => c.reported_at === undefined),
            "the administrator's file brought them",
        );
    });

    it("shows the mandatory items of somebody who withholds all others", async () => {
        const registrant = await one(people.withheld);
        assert.deepEqual(Object.keys(registrant).sort(), [
            "completions",
            "exam_passed",
            "expires_on",
            "number",
            "registered_on",
            "renewal_count",
            "status",
            "status_on",
        ]);
        assert.equal(registrant.completions?.length, 1);
    });

    it("shows renewals, suspensions and seven digits", async () => {
        const renewed = await one(people.renewed);
        assert.equal(renewed.renewal_count, 1);
        assert.ok(renewed.renewed_on);
        const suspended = await one(people.suspended);
        assert.equal(suspended.status, "name_use_suspended");
        assert.equal(suspended.suspended_until, plusDays(today(), 30));
        assert.equal((await one(people.suspensionOver)).status, "registered");
        assert.equal((await one(people.sevenDigits)).number, "1000001");
    });

    it("answers tombstones for the ended", async () => {
        assert.equal((await one(people.revoked)).status, "revoked");
        assert.equal((await one(people.struckOff)).status, "struck_off");
        assert.deepEqual(await one(people.lapsed), {
            number: people.lapsed,
            status: "lapsed",
            status_on: "2021-04-01",
            registered_on: "2018-04-01",
            expires_on: "2021-03-31",
        });
    });

    it("answers the same as the search does, for all of a page", async () => {
        const { items } = (await world.get("/v1/registrants?limit=50")).json;
        for (const item of items) {
            assert.deepEqual((await world.get(`/v1/registrants/${item.number}`)).json.registrant, item);
        }
    });

    it("takes a number with or without zeros in front", async () => {
        const { number } = (await world.get("/v1/registrants?limit=1")).json.items[0];
        for (const text of [String(Number(number)), number, number.padStart(7, "0")]) {
            assert.equal((await one(text)).number, number, text);
        }
    });

    it("is 404 for numbers never issued", async () => {
        for (const number of [people.neverIssued, "9999999"]) {
            const { json } = await world.get(`/v1/registrants/${number}`, { expect: 404 });
            assert.equal(json.type, "/problems/not-found");
            assert.match(json.detail, new RegExp(number));
        }
    });

    it("is 400 for what is no number", async () => {
        for (const text of [
            "abc",
            "12345678",
            "0",
            "000000",
            "-1",
            "1.0",
            "12a",
            "%FF",
            "%00",
            "1%00",
            "1%2C2",
            "%EF%BC%91",
            "1%0A",
        ]) {
            const { json } = await world.get(`/v1/registrants/${text}`, { expect: 400 });
            assert.match(json.type, /^\/problems\/(invalid-parameter|bad-request)$/, text);
        }
    });

    it("is 400 for a query it does not know", async () => {
        const { blamed } = await world.get(`/v1/registrants/${people.open}?id=9`, { expect: 400 });
        assert.deepEqual(blamed, ["id"]);
    });

    it("is 404 beside the route", async () => {
        for (const target of [
            `/v1/registrants/${people.open}/`,
            `/v1/registrants/${people.open}/completions`,
            "/v1/registrants/",
        ]) {
            await world.get(target, { expect: 404 });
        }
        await world.get("/v1/registrants/1%2F2", { expect: 400 });
    });
});
