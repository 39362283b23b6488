// Many connections, slow ones, deaf ones: the server keeps answering whoever is inside its bounds.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { call, until, useWorld } from "./lib/harness.mjs";
import { Raw } from "./lib/raw.mjs";

/** @param {string} target */
function get(target) {
    return `GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`;
}

// 2: the library's event loop stalls when one wait returns exactly 128 events.
describe("many connections", () => {
    const world = useWorld({ env: { MEIBO_THREADS: "2" } });

    /** @param {Raw[]} all @param {string} bytes */
    function sendAll(all, bytes) {
        all.forEach((raw) => raw.send(bytes));
    }

    /** @param {string} base @param {number} n */
    function openAll(base, n) {
        return Promise.all(Array.from({ length: n }, () => Raw.open(base)));
    }

    for (const [threads, n] of [
        [1, 100],
        [1, 128],
        [2, 128],
        [2, 256],
        [4, 128],
        [4, 512],
    ]) {
        it(`${n} at once on ${threads} thread${threads > 1 ? "s" : ""}: as many as there is room for are answered, again and again`, async () => {
            const server = await world.serve({ MEIBO_THREADS: String(threads) });
            const all = await openAll(server.public, n);
            const room = Math.min(n, 120 * threads);
            for (let round = 0; round < 5; round++) {
                sendAll(all, get("/v1/registrants?limit=1"));
                await until(
                    `round ${round}: ${room} answers`,
                    () => all.filter((raw) => raw.buffer.includes('"as_of"')).length >= room,
                    3_000,
                );
                all.forEach((raw) => (raw.buffer = Buffer.alloc(0)));
            }
            all.forEach((raw) => raw.close());
            await until("a new client is served", async () => (await call(server.public, "GET", "/v1")).status === 200);
        });
    }

    it("far beyond the cap: those inside are served, those outside harm nobody, and it recovers", async () => {
        const inside = await openAll(world.server.public, 100);
        const outside = (
            await Promise.allSettled(Array.from({ length: 700 }, () => Raw.open(world.server.public)))
        ).flatMap((r) => (r.status === "fulfilled" ? [r.value] : []));
        for (let round = 0; round < 3; round++) {
            sendAll(inside, get("/v1/registrants?limit=1"));
            await until("all inside are answered", () => inside.every((raw) => raw.buffer.includes('"as_of"')));
            inside.forEach((raw) => (raw.buffer = Buffer.alloc(0)));
        }
        [...inside, ...outside].forEach((raw) => raw.reset());
        await until(
            "a new client is served",
            async () => (await call(world.server.public, "GET", "/v1")).status === 200,
        );
        await until("no connection is left behind", async () => {
            const raw = await Raw.open(world.server.public);
            raw.send(get("/v1"));
            const { status } = await raw.answer({ deadlineMs: 2_000 });
            raw.close();
            return status === 200;
        });
    });

    it("one slow client on each thread stops nobody", async () => {
        const slow = await openAll(world.server.public, 8);
        sendAll(slow, "GET /v1/registrants?limit=1 HTTP/1.1\r\nHo");
        for (let i = 0; i < 30; i++) {
            assert.equal((await call(world.server.public, "GET", "/v1/registrants?limit=1")).status, 200);
        }
        sendAll(slow, "st: x\r\n\r\n");
        for (const raw of slow) {
            assert.equal((await raw.answer()).status, 200);
            raw.close();
        }
    });

    it("clients that never read their answers stop nobody", async () => {
        const deaf = await openAll(world.server.public, 20);
        deaf.forEach((raw) => raw.socket.pause());
        sendAll(deaf, get("/v1/registrants?limit=200").repeat(30));
        for (let i = 0; i < 30; i++) {
            assert.equal((await call(world.server.public, "GET", "/v1/registrants?limit=1")).status, 200);
        }
        deaf.forEach((raw) => raw.reset());
    });

    it("keeps its bound on connections from one address", async () => {
        const server = await world.serve({ MEIBO_CONNECTIONS_PER_CLIENT: "10" });
        const all = (await Promise.allSettled(Array.from({ length: 40 }, () => Raw.open(server.public)))).flatMap(
            (r) => (r.status === "fulfilled" ? [r.value] : []),
        );
        sendAll(
            all.filter((raw) => !raw.ended),
            get("/v1"),
        );
        await until("ten are answered", () => all.filter((raw) => raw.buffer.includes('"as_of"')).length >= 9);
        await until("the others are closed", () => all.filter((raw) => raw.ended).length >= 25);
        assert.ok(all.filter((raw) => raw.buffer.includes('"as_of"')).length <= 10);
        all.forEach((raw) => raw.close());
        await until("a new client is served", async () => (await call(server.public, "GET", "/v1")).status === 200);
    });
});
