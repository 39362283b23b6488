// Bytes that no polite client sends, to the real binary: each test is a trap of the libraries underneath, and fails if
// the server ever falls into it again. Whatever is sent, the process lives and the next client is served.
import assert from "node:assert/strict";
import { describe, it, afterEach } from "node:test";
import { people, plusDays, today } from "./lib/fixtures.mjs";
import { call, until, useWorld } from "./lib/harness.mjs";
import { Raw, sent } from "./lib/raw.mjs";

const HOST = "Host: x\r\n";
const LIMIT = 1_048_576;

/** @param {string} target @param {string} [headers] */
function get(target, headers = "") {
    return `GET ${target} HTTP/1.1\r\n${HOST}${headers}\r\n`;
}

describe("raw sockets", () => {
    const world = useWorld();
    const base = () => world.server.public;
    let used = 0;

    function report() {
        used += 1;
        return JSON.stringify({
            reports: [{ number: people.reported, course: "http-a-online", completed_on: plusDays(today(), -used) }],
        });
    }

    /** @param {string} body @param {string} headers */
    function post(body, headers) {
        return `POST /v1/reports HTTP/1.1\r\n${HOST}Authorization: Bearer ${world.tokens.a}\r\nContent-Type: application/json\r\n${headers}\r\n${body}`;
    }

    afterEach(async () => {
        assert.ok(world.server.isRunning(), `the process lives:\n${world.server.log()}`);
        assert.equal((await call(base(), "GET", "/v1/registrants?limit=1")).status, 200, "and serves");
    });

    // 1: the library's log takes the decoded path for a format when a client resets in the middle of an answer.
    for (const target of [
        "/%25s%25s%25s%25s%25s%25s",
        "/%25n%25n%25n%25n",
        "/v1/registrants/%25s%25n",
        "/v1/registrants?name=%25s%25n&limit=200",
        "/v1/registrants?limit=200&q=%25s%25n%25s%25n",
    ]) {
        it(`survives ${target} and a reset in the middle of the answer`, async () => {
            for (let i = 0; i < 40; i++) {
                const raw = await Raw.open(base());
                raw.send(get(target) + get("/v1/registrants?limit=200").repeat(i % 4));
                if (i % 2) {
                    await until("something comes or the other side closes", () => raw.buffer.length > 0 || raw.ended);
                }
                raw.reset();
            }
        });
    }

    it("survives a reset in the middle of a body and of a head", async () => {
        for (const part of [
            "GET /%25s%25n HT",
            get("/%25s").slice(0, -2),
            post("{", "Content-Length: 500\r\n"),
            "\r\n\r\n",
            "GET /v1/registrants?limit=200 HTTP/1.1\r\nHost",
        ]) {
            for (let i = 0; i < 10; i++) {
                const raw = await Raw.open(base());
                raw.send(part);
                raw.reset();
            }
        }
    });

    // 4 is in lifecycle.test.mjs. 5: no upgrade, no form parsing.
    it("does not upgrade to WebSocket", async () => {
        const raw = await Raw.open(base());
        raw.send(
            get(
                "/v1/registrants?limit=1",
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n",
            ),
        );
        assert.equal((await raw.answer()).status, 200);
        raw.close();
    });

    it("does not read forms", async () => {
        const body = "number=1&number=2";
        const text = `POST /v1/reports HTTP/1.1\r\n${HOST}Authorization: Bearer ${world.tokens.a}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
        const raw = await Raw.open(base());
        raw.send(text);
        assert.equal((await raw.answer()).status, 415);
        raw.close();
    });

    // 6: a body that is cut at a limit must not look whole; a promise of a gigabyte is not kept waiting.
    it("answers 413 to a body over the limit, also when what fits would be good", async () => {
        const body = report().padEnd(LIMIT + 1, " ");
        const raw = await Raw.open(base());
        raw.send(post(body, `Content-Length: ${body.length}\r\n`));
        assert.equal((await raw.answer()).status, 413);
        raw.close();
        assert.equal(
            world.sql(`select count(*) from meibo.report where completed_on = '${plusDays(today(), -used)}'`),
            "0",
        );
    });

    it("answers 413 to a chunked body over the limit", async () => {
        const raw = await Raw.open(base());
        raw.send(post("", "Transfer-Encoding: chunked\r\n"));
        raw.send(`${(LIMIT + 1).toString(16)}\r\n${report().padEnd(LIMIT + 1, " ")}\r\n0\r\n\r\n`);
        assert.equal((await raw.answer()).status, 413);
        raw.close();
    });

    it("takes a chunked body", async () => {
        const body = report();
        const raw = await Raw.open(base());
        raw.send(post("", "Transfer-Encoding: chunked\r\n"));
        for (const part of [body.slice(0, 5), body.slice(5)]) {
            raw.send(`${part.length.toString(16)}\r\n${part}\r\n`);
        }
        raw.send("0\r\n\r\n");
        assert.equal((await raw.answer()).status, 201);
        raw.close();
    });

    // libmicrohttpd grants Expect before it asks anybody, so the invitation cannot be kept back. What is sent on it must
    // be thrown away as it comes, not gathered.
    it("gathers nothing of a body that is too long, invited or not", async () => {
        const raw = await Raw.open(base());
        const length = 200 * 1024 * 1024;
        const before = world.server.residentKiB();
        raw.send(post("", `Content-Length: ${length}\r\nExpect: 100-continue\r\n`));
        await until("an answer", () => raw.buffer.length > 0 || raw.ended);
        const chunk = Buffer.alloc(1024 * 1024, 0x20);
        for (let sent = 0; sent < length && !raw.ended; sent += chunk.length) {
            await raw.sendAndDrain(chunk);
        }
        await until("the refusal", () => raw.buffer.includes("HTTP/1.1 413") || raw.ended, 20_000);
        assert.ok(world.server.residentKiB() - before < 32 * 1024, "memory stays bounded");
        raw.close();
    });

    it("invites and takes a body that fits", async () => {
        const body = report();
        const raw = await Raw.open(base());
        raw.send(post("", `Content-Length: ${body.length}\r\nExpect: 100-continue\r\n`));
        assert.equal((await raw.answer()).status, 100);
        raw.send(body);
        assert.equal((await raw.answer()).status, 201);
        raw.close();
    });

    // 7: the library's own query map joins, cuts and loses values.
    it("never takes a broken value for no filter", async () => {
        for (const target of [
            "/v1/registrants?name=%FF",
            "/v1/registrants?name=%00",
            "/v1/registrants?name=a%00b",
            "/v1/registrants?name=a&name=b",
            "/v1/registrants?name=%C3",
            "/v1/registrants?na%00me=a",
            "/v1/registrants?name=\xff",
            "/v1/registrants?name=\xe3\x81",
            `/v1/registrants/${people.open}?number=1`,
            `/v1/registrants/${people.open}%00x`,
            `/v1/registrants/${people.open}%FF`,
        ]) {
            const answer = await sent(base(), Buffer.from(get(target), "latin1"), { target });
            assert.equal(answer.status, 400, target);
        }
    });

    it("takes raw UTF-8 in a target, or refuses it, and never as something else", async () => {
        const raw = await Raw.open(base());
        raw.send(Buffer.from(get("/v1/registrants?name=見本"), "utf8"));
        const answer = await raw.answer();
        raw.close();
        assert.ok([200, 400].includes(answer.status));
        if (answer.status === 200) {
            assert.equal(JSON.parse(answer.text).total, world.oracle.search({ name: "見本" }).length);
        }
    });

    // 8: routes match what is written, and nothing like it.
    it("knows no other spelling of a route", async () => {
        for (const target of [
            "//v1",
            "/v1//registrants",
            "///v1/registrants",
            `/v1/registrants//${people.open}`,
            "/v1/",
            "/V1",
            "/v1%2Fregistrants",
            "/v1/registrants%2F900001",
            "/v1/registrants/900001%2F",
            "/v1/./registrants",
            "/v1/courses/../operators",
        ]) {
            const answer = await sent(base(), get(target), { target: "/nowhere" });
            assert.ok([404, 400].includes(answer.status), `${target}: ${answer.status}`);
        }
        assert.equal((await sent(base(), get("//v1"), { target: "/nowhere" })).status, 404);
    });

    it("knows no other spelling of a method", async () => {
        for (const method of ["get", "Get", "FOO", "GET2", "OPTIONSX", "head"]) {
            const raw = await Raw.open(base());
            raw.send(`${method} /v1 HTTP/1.1\r\n${HOST}\r\n`);
            const answer = await raw.answer();
            raw.close();
            assert.equal(answer.status, 405, method);
            assert.equal(answer.headers.allow?.replaceAll(" ", ""), "GET,HEAD,OPTIONS");
        }
    });

    it("takes OPTIONS * and absolute targets for what they are", async () => {
        for (const text of [`OPTIONS * HTTP/1.1\r\n${HOST}\r\n`, get("http://x/v1"), get("v1"), get("?x")]) {
            const raw = await Raw.open(base());
            raw.send(text);
            const answer = await raw.answer();
            raw.close();
            assert.ok(answer.status < 500, text);
        }
    });

    // 9: two lengths are two opinions about where the next request begins.
    /** @type {[string, string][]} */
    const smuggling = [
        ["two Content-Length headers", "Content-Length: 4\r\nContent-Length: 60\r\n"],
        ["two equal Content-Length headers", "Content-Length: 4\r\nContent-Length: 4\r\n"],
        ["Content-Length in two spellings", "Content-Length: 4\r\ncontent-length: 60\r\n"],
        ["Content-Length with Transfer-Encoding", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n"],
        ["Transfer-Encoding with Content-Length", "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n"],
        ["another spelling of both", "transfer-encoding: chunked\r\nCONTENT-LENGTH: 4\r\n"],
        ["two Transfer-Encoding headers", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"],
        ["a blank before the colon of a length", "Content-Length : 4\r\n"],
        ["a tab before the colon of a length", "Content-Length\t: 4\r\n"],
        ["a blank before the colon of a coding", "Content-Length: 4\r\nTransfer-Encoding : chunked\r\n"],
        ["a header that has no token for a name", "Content(Length): 4\r\n"],
        ["a length with a sign", "Content-Length: +4\r\n"],
        ["a length that is none", "Content-Length: 4x\r\n"],
        ["a list of lengths", "Content-Length: 4, 4\r\n"],
        ["a negative length", "Content-Length: -1\r\n"],
        ["a length beyond 64 bits", "Content-Length: 99999999999999999999999\r\n"],
    ];
    for (const [what, headers] of smuggling) {
        it(`refuses ${what} and does not run the rest`, async () => {
            for (const method of ["POST", "GET"]) {
                const raw = await Raw.open(base());
                raw.send(
                    `${method} /v1/reports HTTP/1.1\r\n${HOST}${headers}\r\n0\r\n\r\n${get("/v1/operators", "X-Request-Id: smuggled\r\n")}`,
                );
                const answer = await raw.answer();
                assert.ok([400, 413].includes(answer.status), `${method}: ${answer.status}`);
                await raw.closed();
                assert.doesNotMatch(raw.buffer.toString(), /smuggled|HTTP\/1\.1 200/, "nothing after the refusal");
            }
        });
    }

    it("runs nothing behind a POST that tells no length", async () => {
        for (const start of [HOST, ` Content-Length: 60\r\n${HOST}`]) {
            const raw = await Raw.open(base());
            raw.send(`POST /v1/reports HTTP/1.1\r\n${start}\r\n${get("/v1/operators", "X-Request-Id: smuggled\r\n")}`);
            await raw.closed();
            assert.doesNotMatch(raw.buffer.toString(), /smuggled|HTTP\/1\.1 200/, start);
        }
    });

    it("refuses Transfer-Encoding outside of HTTP/1.1", async () => {
        const raw = await Raw.open(base());
        raw.send(
            `POST /v1/reports HTTP/1.0\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${get("/v1/operators")}`,
        );
        await raw.closed();
        assert.match(raw.buffer.toString(), /^HTTP\/1\.[01] 400/);
        assert.doesNotMatch(raw.buffer.toString(), /HTTP\/1\.1 200/);
    });

    // The library reads such a body up to the connection's end, and never asks us: no answer, but nothing runs either.
    it("runs nothing behind a transfer coding that it does not know, and closes", async () => {
        const server = await world.serve({ MEIBO_IDLE_TIMEOUT_S: "1" });
        for (const coding of ["xchunked", "chunked, identity", "gzip"]) {
            const raw = await Raw.open(server.public);
            raw.send(
                `POST /v1/reports HTTP/1.1\r\n${HOST}Transfer-Encoding: ${coding}\r\n\r\n0\r\n\r\n${get("/v1/operators", "X-Request-Id: smuggled\r\n")}`,
            );
            await raw.closed();
            assert.doesNotMatch(raw.buffer.toString(), /smuggled|HTTP\/1\.1 200/, coding);
        }
    });

    it("refuses two Authorization headers, whatever their order and spelling", async () => {
        const good = `Authorization: Bearer ${world.tokens.a}\r\n`;
        const body = report();
        for (const second of [
            good,
            "Authorization: Bearer x\r\n",
            "authorization: Basic eDp4\r\n",
            `AUTHORIZATION: Bearer ${world.tokens.b}\r\n`,
        ]) {
            for (const both of [good + second, second + good]) {
                const raw = await Raw.open(base());
                raw.send(
                    `POST /v1/reports HTTP/1.1\r\n${HOST}${both}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
                );
                const answer = await raw.answer();
                raw.close();
                assert.ok([400, 401].includes(answer.status), `${answer.status}`);
            }
        }
    });

    it("refuses two Host and two Content-Type headers", async () => {
        assert.equal((await sent(base(), `GET /v1 HTTP/1.1\r\n${HOST}Host: y\r\n\r\n`, { target: "/v1" })).status, 400);
        assert.equal((await sent(base(), `GET /v1 HTTP/1.1\r\n${HOST}host: x\r\n\r\n`, { target: "/v1" })).status, 400);
        const body = report();
        const raw = await Raw.open(base());
        raw.send(post(body, `content-type: text/plain\r\nContent-Length: ${body.length}\r\n`));
        assert.ok([400, 415].includes((await raw.answer()).status));
        raw.close();
    });

    it("refuses a request without Host", async () => {
        const raw = await Raw.open(base());
        raw.send("GET /v1 HTTP/1.1\r\n\r\n");
        assert.equal((await raw.answer()).status, 400);
        raw.close();
    });

    // 10: an IPv6 address does not fit where the library keeps addresses.
    it("serves IPv6, and IPv4 on the same listener", async () => {
        const server = await world.serve({ MEIBO_LISTEN: "[::]:0" });
        const { port } = new URL(server.public);
        for (const host of ["::1", "127.0.0.1"]) {
            const raw = await Raw.open(`http://localhost:${port}`, host);
            raw.send(get("/v1/registrants?limit=1"));
            assert.equal((await raw.answer()).status, 200, host);
            raw.reset();
        }
        assert.ok(server.isRunning());
        const line = await until(
            "the address in the log",
            () => server.lines.find((l) => l.includes('"::1"') || l.includes("::1")),
            3_000,
        ).catch(() => "");
        assert.doesNotMatch(line, /::1[^"\]:,]/, "the whole address and nothing after it");
    });

    // 11: media types are compared as media types: reports.test.mjs. 12: every answer is ours.
    it("answers its own problem where the library would send HTML", async () => {
        const long = "a".repeat(9000);
        for (const [text, target] of [
            [get(`/v1/registrants?name=${long}`), "/v1/registrants"],
            [get("/v1/registrants?limit=0"), "/v1/registrants"],
            [get(`/${long}`), "/nowhere"],
        ]) {
            const answer = await sent(base(), text, { target });
            assert.match(answer.headers["content-type"], /^application\/problem\+json/);
        }
    });

    it("asks for a bearer token, never for a password", async () => {
        const raw = await Raw.open(base());
        raw.send(`GET /v1/reports/1 HTTP/1.1\r\n${HOST}Authorization: Basic eDp4\r\n\r\n`);
        const answer = await raw.answer();
        raw.close();
        assert.equal(answer.status, 401);
        assert.match(answer.headers["www-authenticate"], /^Bearer /);
    });

    // 13: what is reflected into a header cannot break it.
    it("reflects nothing that could split a header", async () => {
        for (const target of [
            "/v1/registrants?name=%0D%0AX-Evil:%201&limit=1",
            "/v1/registrants?q=a%0D%0Ab",
            "/v1/%0D%0AX-Evil:%201",
            "/v1/registrants/%0D%0AX-Evil:1",
        ]) {
            const answer = await sent(base(), get(target), { target: "/nowhere" });
            assert.equal(answer.headers["x-evil"], undefined);
            assert.ok([400, 404].includes(answer.status), target);
        }
        const name = encodeURIComponent("田<>\"'&%;,\\ ");
        const raw = await Raw.open(base());
        raw.send(get(`/v1/registrants?name=${encodeURIComponent("田")}&limit=1`) + get(`/v1/registrants?name=${name}`));
        const { headers } = await raw.answer();
        assert.match(headers.link, /^<\/v1\/[!-;=?-~]+>; rel="next"$/);
        assert.equal((await raw.answer()).status, 200);
        raw.close();
    });

    it("does not echo a request id with control characters", async () => {
        for (const id of ["a\rX-Evil: 1", "a\u0000b", "a\u007fb", "é", "a\x0bb"]) {
            const raw = await Raw.open(base());
            raw.send(Buffer.from(get("/v1", `X-Request-Id: ${id}\r\n`), "latin1"));
            await until("an answer or the end", () => raw.buffer.includes("\r\n\r\n") || raw.ended);
            const head = raw.buffer.toString("latin1").split("\r\n\r\n")[0];
            assert.ok(!head.includes(id), JSON.stringify(id));
            assert.doesNotMatch(head, /^X-Evil/im);
            raw.close();
        }
    });

    // 15: our limit on targets comes before the library's.
    it("answers 414 up to far beyond the limit", async () => {
        for (const length of [8193, 12_000, 24_000]) {
            const answer = await sent(base(), get(`/v1/registrants?name=${"a".repeat(length - 20)}`), {
                target: "/v1/registrants",
            });
            assert.equal(answer.status, 414);
            assert.equal(JSON.parse(answer.text).type, "/problems/uri-too-long");
        }
    });

    it("lives through targets and headers beyond all limits", async () => {
        for (const text of [
            get(`/${"a".repeat(300_000)}`),
            get("/v1", `X-Long: ${"a".repeat(300_000)}\r\n`),
            get("/v1", "X-Many: 1\r\n".repeat(30_000)),
        ]) {
            const raw = await Raw.open(base());
            raw.send(text);
            await until("an answer or the end", () => raw.buffer.length > 0 || raw.ended);
            if (raw.buffer.length > 0) {
                assert.match(raw.buffer.toString(), /^HTTP\/1\.1 4(00|13|14|31) /);
            }
            raw.close();
        }
    });

    it("lives through nonsense", async () => {
        for (const text of [
            "\r\n\r\n\r\n",
            "GET\r\n\r\n",
            "GET /v1\r\n\r\n",
            "GET /v1 HTTP/9.9\r\n\r\n",
            "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "GET /v1 HTTP/1.1\r\n Host: x\r\n\r\n",
            "GET /v1 HTTP/1.1\r\nHost : x\r\n\r\n",
            "GET /v1 HTTP/1.1\r\n: x\r\nHost: x\r\n\r\n",
            "GET  /v1  HTTP/1.1\r\nHost: x\r\n\r\n",
            "\x00\x00\x00\x00",
            "GET /v1 HTTP/1.1\nHost: x\n\n",
        ]) {
            const raw = await Raw.open(base());
            raw.send(Buffer.from(text, "latin1"));
            raw.socket.end();
            await until("an answer or the end", () => raw.buffer.length > 0 || raw.ended, 35_000);
            raw.close();
        }
    });

    it("answers three pipelined requests in their order", async () => {
        const raw = await Raw.open(base());
        raw.send(
            ["one", "two", "three"].map((id) => get("/v1/registrants?limit=50", `X-Request-Id: ${id}\r\n`)).join(""),
        );
        for (const id of ["one", "two", "three"]) {
            const answer = await raw.answer();
            assert.deepEqual([answer.status, answer.headers["x-request-id"]], [200, id]);
        }
        raw.close();
    });

    it("keeps a connection through errors, and frames every answer", async () => {
        const raw = await Raw.open(base());
        for (const [text, status, head] of /** @type {[string, number, boolean?][]} */ ([
            [get("/v1/registrants?limit=0"), 400],
            [get("/nowhere"), 404],
            [`HEAD /v1/courses HTTP/1.1\r\n${HOST}\r\n`, 200, true],
            [`OPTIONS /v1 HTTP/1.1\r\n${HOST}\r\n`, 204],
            [`DELETE /v1 HTTP/1.1\r\n${HOST}\r\n`, 405],
            [get("/v1/courses", "If-None-Match: *\r\n"), 304],
            [get("/v1/operators"), 200],
        ])) {
            raw.send(text);
            assert.equal((await raw.answer({ head })).status, status, text.split("\r\n")[0]);
        }
        assert.equal(raw.buffer.length, 0, "nothing left over");
        raw.close();
    });

    it("closes when asked to, and answers HTTP/1.0", async () => {
        const raw = await Raw.open(base());
        raw.send(get("/v1", "Connection: close\r\n"));
        assert.equal((await raw.answer()).status, 200);
        await raw.closed(3_000);
        const old = await Raw.open(base());
        old.send("GET /v1 HTTP/1.0\r\n\r\n");
        assert.equal((await old.answer()).status, 200);
        await old.closed(3_000);
    });

    it("ignores a body that a GET carries, or refuses it, and never runs it", async () => {
        const inner = get("/v1/operators", "X-Request-Id: inner\r\n");
        const raw = await Raw.open(base());
        raw.send(
            `GET /v1 HTTP/1.1\r\n${HOST}Content-Length: ${inner.length}\r\n\r\n${inner}${get("/v1/courses", "X-Request-Id: after\r\nConnection: close\r\n")}`,
        );
        await raw.closed();
        assert.doesNotMatch(raw.buffer.toString(), /X-Request-Id: inner/i);
    });
});
