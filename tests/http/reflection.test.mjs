// The promise of one month, measured: what is received, public and pending, and whose fault a late one is.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { people, plusDays, plusMonths, today } from "./lib/fixtures.mjs";
import { until, useWorld } from "./lib/harness.mjs";

describe("GET /v1/reflection", () => {
    const world = useWorld();

    async function figures() {
        const { data, response } = await world.client.GET("/v1/reflection", {});
        assert.equal(response.status, 200);
        assert.ok(data);
        const all = [data.total, ...data.operators];
        for (const f of all) {
            assert.equal(f.received, f.reflected + f.pending);
            assert.equal(f.oldest_pending_received_at !== undefined, f.pending > 0);
            assert.equal(f.next_reflect_by !== undefined, f.pending > 0);
            assert.equal(f.delay_seconds !== undefined, f.reflected > 0);
            assert.ok(!f.delay_seconds || f.delay_seconds.median <= f.delay_seconds.worst);
        }
        const sum = (/** @type {"received" | "reflected" | "pending" | "late_by_operator" | "breaches"} */ key) =>
            data.operators.reduce((n, o) => n + o[key], 0);
        for (const key of /** @type {const} */ (["received", "reflected", "pending", "late_by_operator", "breaches"])) {
            assert.equal(data.total[key], sum(key), `${key} of the operators adds up`);
        }
        return data;
    }

    it("starts with nothing received", async () => {
        const data = await figures();
        assert.equal(data.promise, "P1M");
        assert.equal(data.total.received, 0);
        assert.equal(data.total.breaches, 0);
    });

    it("counts reports, in time and late, by operator", async () => {
        const day = plusDays(today(), -3);
        const late = plusDays(today(), -40);
        await world.report(
            [
                { number: people.reported, course: "http-a-online", completed_on: day },
                { number: people.reportedToo, course: "http-a-online", completed_on: day },
                { number: people.reported, course: "http-a-practical", completed_on: late },
            ],
            { expect: 201 },
        );
        await world.report([{ number: people.reported, course: "http-b-online", completed_on: day }], {
            as: "b",
            expect: 201,
        });
        const data = await until(
            "all four are counted as public",
            async () => {
                const now = await figures();
                return now.total.reflected === 4 && now;
            },
            5_000,
        );
        assert.deepEqual(
            data.operators.map((o) => [o.operator, o.received, o.late_by_operator]),
            [
                ["http-a", 3, 1],
                ["http-b", 1, 0],
            ],
        );
        assert.equal(data.total.pending, 0);
        assert.equal(data.total.breaches, 0, "reflected at once, also what came late");
        assert.ok(data.total.delay_seconds && data.total.delay_seconds.worst < 5);
    });

    it("does not count duplicates", async () => {
        const before = await figures();
        await world.report(
            [{ number: people.reported, course: "http-a-online", completed_on: plusDays(today(), -3) }],
            { expect: 201 },
        );
        assert.equal((await figures()).total.received, before.total.received);
    });

    it("shows what this service owes", async () => {
        // As if the service had slept: one published long after its day, though it came in time.
        world.sql(
            "update meibo.report set received_at = received_at - interval '90 days', reflect_by = reflect_by - 80, completed_on = completed_on - 80 where operator = 'http-b'",
        );
        await world.report(
            [{ number: people.reportedToo, course: "http-a-practical", completed_on: plusDays(today(), -4) }],
            { expect: 201 },
        );
        const data = await until(
            "the breach is counted",
            async () => {
                const now = await figures();
                return now.total.breaches === 1 && now;
            },
            8_000,
        );
        assert.deepEqual(
            data.operators.filter((o) => o.breaches > 0).map((o) => o.operator),
            ["http-b"],
        );
        assert.ok(data.total.delay_seconds && data.total.delay_seconds.worst > 80 * 86_400);
    });

    it("shows pending ones while the publisher is held up", async () => {
        const before = await figures();
        const release = await world.hold("lock table meibo.publication_head in exclusive mode");
        const day = plusDays(today(), -6);
        try {
            await world.report([{ number: people.reported, course: "http-a-online", completed_on: day }], {
                expect: 201,
            });
            const data = await until(
                "one is pending",
                async () => {
                    const now = await figures();
                    return now.total.pending === 1 && now;
                },
                5_000,
            );
            assert.equal(data.total.reflected, before.total.reflected);
            assert.ok(
                data.total.oldest_pending_received_at && data.total.oldest_pending_received_at <= data.measured_at,
            );
            assert.equal(data.total.next_reflect_by, plusMonths(day, 1));
        } finally {
            await release();
        }
        await until("it is public", async () => (await figures()).total.pending === 0, 8_000);
    });
});
