// What every route keeps: methods, negotiation, caching, compression, request ids, problems, languages, documents.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import zlib from "node:zlib";
import { parse } from "yaml";
import { allowed, contract, contractPath, listed, match } from "./lib/contract.mjs";
import { names, people, plusDays, today } from "./lib/fixtures.mjs";
import { call, until, useWorld } from "./lib/harness.mjs";

/** A target of every documented route that answers GET without a token. @type {Record<string, string>} */
const TARGETS = {
    "/v1": "/v1",
    "/v1/registrants": `/v1/registrants?limit=5`,
    "/v1/registrants/{number}": `/v1/registrants/${people.open}`,
    "/v1/suggestions": "/v1/suggestions?q=%E8%A6%8B",
    "/v1/completions": "/v1/completions?limit=5",
    "/v1/courses": "/v1/courses",
    "/v1/courses/{code}": "/v1/courses/http-a-online",
    "/v1/operators": "/v1/operators",
    "/v1/reflection": "/v1/reflection",
    "/openapi.yaml": "/openapi.yaml",
    "/openapi.json": "/openapi.json",
    "/problems/{type}": "/problems/not-found",
};
const JAPANESE = /[ぁ-んァ-ン一-龠]/;

/** Routes whose answers are validated with ETag. */
const tagged = Object.keys(TARGETS).filter((path) => contract.paths[path].get.responses["304"]);

describe("every route", () => {
    const world = useWorld();

    it("is named here", () => {
        const readable = Object.keys(contract.paths).filter(
            (path) => contract.paths[path].get && !contract.paths[path].get.security,
        );
        assert.deepEqual(Object.keys(TARGETS).sort(), readable.sort());
    });

    for (const [path, target] of Object.entries(TARGETS)) {
        it(`GET, HEAD and OPTIONS ${path}`, async () => {
            const get = await world.get(target, { expect: 200 });
            const head = await call(world.server.public, "HEAD", target, { expect: 200 });
            const volatile = ["date", "x-request-id"];
            const steady = (/** @type {Record<string, string>} */ headers) =>
                Object.fromEntries(Object.entries(headers).filter(([name]) => !volatile.includes(name)));
            if (path !== "/v1/reflection") {
                assert.deepEqual(steady(head.headers), steady(get.headers), "HEAD has the headers of GET");
            }
            const options = await call(world.server.public, "OPTIONS", target, { expect: 204 });
            assert.deepEqual(listed(options.headers.allow), ["GET", "HEAD", "OPTIONS"]);
        });

        it(`405 and Allow for other methods on ${path}`, async () => {
            for (const method of ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"]) {
                const answer = await call(world.server.public, method, target, { expect: 405 });
                assert.equal(answer.json.type, "/problems/method-not-allowed");
            }
        });

        it(`406 where Accept allows nothing that ${path} has`, async () => {
            const media = Object.keys(contract.paths[path].get.responses["200"].content)[0];
            const family = media.split("/")[0];
            for (const Accept of ["image/png", `${media};q=0`, "application/x-nothing, image/*;q=0.9"]) {
                const answer = await world.get(target, { headers: { Accept }, expect: 406 });
                assert.equal(answer.json.type, "/problems/not-acceptable");
            }
            for (const Accept of [
                media,
                media.toUpperCase(),
                "*/*",
                `${family}/*`,
                `image/png, ${media};q=0.1`,
                `${media}; q=0.5, image/png`,
                "image/png;q=0.5,*/*;q=0.1",
            ]) {
                await world.get(target, { headers: { Accept }, expect: 200 });
            }
        });

        it(`400 for a parameter that ${path} does not have`, async () => {
            const { blamed } = await world.get(`${target}${target.includes("?") ? "&" : "?"}colour=red`, {
                expect: 400,
            });
            assert.deepEqual(blamed, ["colour"]);
        });
    }

    it("/v1/reports has no GET and no HEAD", async () => {
        for (const method of ["GET", "HEAD", "PUT", "DELETE"]) {
            const answer = await call(world.server.operator, method, "/v1/reports", {
                token: world.tokens.a,
                expect: 405,
            });
            assert.deepEqual(listed(answer.headers.allow), ["OPTIONS", "POST"]);
        }
        await call(world.server.operator, "OPTIONS", "/v1/reports", { expect: 204 });
        await call(world.server.operator, "OPTIONS", "/v1/reports/1", { expect: 204 });
        await call(world.server.operator, "DELETE", "/v1/reports/1", { token: world.tokens.a, expect: 405 });
    });

    it("404 as a problem beside the routes", async () => {
        for (const target of [
            "/v2",
            "/v1/",
            "/V1",
            "/v1/Registrants",
            "//v1",
            "/v1//registrants",
            "/v1/registrants/",
            "/%76%31x",
            "/live",
            "/ready",
            "/metrics",
            "/problems",
            "/problems/no-such-type",
            "/v1/../v1",
            "/./v1",
            "/openapi",
        ]) {
            const answer = await world.get(target, { expect: 404, unlisted: target !== "/problems/no-such-type" });
            assert.equal(answer.json.type, "/problems/not-found", target);
        }
        await call(world.server.public, "DELETE", "/nowhere", { expect: 404, unlisted: true });
        const options = await call(world.server.public, "OPTIONS", "/nowhere", { unlisted: true });
        assert.equal(options.status, 404);
    });

    it("414 for a target that is too long, as our own problem", async () => {
        for (const path of ["/v1/registrants", "/v1/suggestions", "/v1/completions"]) {
            const start = `${path}?name=`;
            const answer = await world.get(start + "a".repeat(8193 - start.length), { expect: 414 });
            assert.equal(answer.json.type, "/problems/uri-too-long");
            await world.get(start + "a".repeat(8192 - start.length), { expect: 400 });
        }
        await world.get(`/${"a".repeat(9000)}`, { expect: 414, unlisted: true });
        await world.get(`/v1?${"a".repeat(20_000)}`, { expect: 414, unlisted: true });
    });
});

describe("CORS", () => {
    const world = useWorld();

    it("lets every page read, errors too", async () => {
        for (const target of ["/v1", "/v1/registrants?limit=0", "/v1/registrants/899999", "/openapi.json"]) {
            const { headers } = await world.get(target, { headers: { Origin: "https://page.sample.invalid" } });
            assert.equal(headers["access-control-allow-origin"], "*");
            assert.equal(headers["access-control-allow-credentials"], undefined);
        }
    });

    it("answers a preflight", async () => {
        const { headers } = await call(world.server.public, "OPTIONS", "/v1/registrants", {
            headers: {
                Origin: "https://page.sample.invalid",
                "Access-Control-Request-Method": "GET",
                "Access-Control-Request-Headers": "x-request-id",
            },
            expect: 204,
        });
        assert.equal(headers["access-control-allow-origin"], "*");
        assert.ok(listed(headers["access-control-allow-methods"]).includes("GET"));
        assert.ok(listed(headers["access-control-allow-headers"].toLowerCase()).includes("x-request-id"));
        assert.match(headers["access-control-max-age"], /^[0-9]+$/);
    });

    it("keeps pages away from operator routes", async () => {
        for (const method of ["POST", "OPTIONS"]) {
            await call(world.server.operator, method, "/v1/reports", {
                headers: { Origin: "https://page.sample.invalid", "Access-Control-Request-Method": "POST" },
            });
        }
    });
});

describe("caching", () => {
    const world = useWorld();

    for (const path of tagged) {
        it(`304 for the current ETag of ${path}`, async () => {
            const target = TARGETS[path];
            const { etag } = (await world.get(target, { expect: 200 })).headers;
            for (const value of [etag, `"other", ${etag}`, `W/${etag}`, "*", `${etag},"x"`]) {
                const answer = await world.get(target, { headers: { "If-None-Match": value }, expect: 304 });
                assert.equal(answer.headers.etag, etag);
            }
            for (const value of ['"other"', etag.slice(1, -1), `"${etag.slice(1, -1)}x"`]) {
                await world.get(target, { headers: { "If-None-Match": value }, expect: 200 });
            }
            const head = await call(world.server.public, "HEAD", target, { headers: { "If-None-Match": etag } });
            assert.equal(head.status, 304);
        });
    }

    it("differs between queries and is the same for the same question", async () => {
        const tag = async (/** @type {string} */ target) => (await world.get(target)).headers.etag;
        assert.equal(await tag("/v1/registrants?limit=5&home=13"), await tag("/v1/registrants?limit=5&home=13"));
        const targets = [
            "/v1/registrants?limit=5",
            "/v1/registrants?limit=6",
            "/v1/registrants?home=13",
            "/v1/registrants?employer_place=13",
            "/v1/completions?limit=5",
            "/v1/courses",
            "/v1/operators",
            "/v1",
            `/v1/registrants/${people.open}`,
            `/v1/registrants/${people.withheld}`,
        ];
        const tags = await Promise.all(targets.map(tag));
        assert.equal(new Set(tags).size, tags.length);
    });

    it("an error is no 304", async () => {
        const answer = await world.get("/v1/registrants?limit=0", { headers: { "If-None-Match": "*" } });
        assert.equal(answer.status, 400);
        await world.get(`/v1/registrants/${people.neverIssued}`, { headers: { "If-None-Match": "*" }, expect: 404 });
    });

    it("changes with a publication", async () => {
        const target = `/v1/registrants/${people.open}`;
        const { etag } = (await world.get(target)).headers;
        await world.report(
            [{ number: people.reported, course: "http-a-online", completed_on: plusDays(today(), -9) }],
            { expect: 201 },
        );
        const changed = await until(
            "another ETag",
            async () => {
                const answer = await world.get(target, { headers: { "If-None-Match": etag } });
                return answer.status === 200 && answer.headers.etag;
            },
            5_000,
        );
        assert.notEqual(changed, etag);
    });

    it("says how long, as set", async () => {
        const { headers } = await world.get("/v1/registrants");
        assert.equal(headers["cache-control"], "public, max-age=5, stale-while-revalidate=30, stale-if-error=86400");
        const other = await world.serve({ MEIBO_CACHE_S: "60" });
        assert.match(
            (await call(other.public, "GET", "/v1/courses")).headers["cache-control"],
            /^public, max-age=60\b/,
        );
    });
});

describe("compression", () => {
    const world = useWorld();
    const large = "/v1/registrants?limit=100";
    const gzip = { "Accept-Encoding": "gzip" };

    it("gzip says the same as plain, under an ETag of its own", async () => {
        const plain = await world.get(large);
        const packed = await world.get(large, { headers: gzip });
        assert.equal(plain.headers["content-encoding"], undefined);
        assert.equal(packed.headers["content-encoding"], "gzip");
        assert.ok(packed.raw.length < plain.raw.length / 2);
        assert.deepEqual(zlib.gunzipSync(packed.raw), plain.raw);
        assert.equal(packed.headers.etag, `${plain.headers.etag.slice(0, -1)}-gz"`);
        assert.match(plain.headers.vary, /Accept-Encoding/);
        assert.match(packed.headers.vary, /Accept-Encoding/);
        const fresh = await world.get(large, { headers: { ...gzip, "If-None-Match": packed.headers.etag } });
        assert.equal(fresh.status, 304);
    });

    it("is chosen as Accept-Encoding says", async () => {
        for (const value of ["gzip", "deflate, gzip;q=0.5, br", "GZIP", "*", "br;q=1.0, *;q=0.1", "x-gzip, gzip"]) {
            assert.equal(
                (await world.get(large, { headers: { "Accept-Encoding": value } })).headers["content-encoding"],
                "gzip",
                value,
            );
        }
        for (const value of ["identity", "gzip;q=0", "br, deflate", "gzip;q=0, *", "*;q=0, identity", "gzipped", ""]) {
            assert.equal(
                (await world.get(large, { headers: { "Accept-Encoding": value } })).headers["content-encoding"],
                undefined,
                value,
            );
        }
    });

    it("leaves small answers alone", async () => {
        const answer = await world.get("/v1/courses/http-a-practical", { headers: gzip });
        assert.ok(answer.raw.length < 1024);
        assert.equal(answer.headers["content-encoding"], undefined);
    });

    it("is done once for all who ask the same, and anew for every publication", async () => {
        const hits = async () => {
            const { text } = await call(world.server.admin, "GET", "/metrics", { loose: true });
            return Number(/^meibo_gzip_cache_hits_total (\d+)$/m.exec(text)?.[1]);
        };
        const target = "/v1/registrants?limit=99";
        const first = await world.get(target, { headers: gzip });
        const before = await hits();
        const second = await world.get(target, { headers: gzip });
        assert.equal(await hits(), before + 1);
        assert.deepEqual(second.raw, first.raw);
        for (const name of ["etag", "link", "content-type", "cache-control", "vary", "content-encoding"]) {
            assert.equal(second.headers[name], first.headers[name], name);
        }
        await world.report(
            [{ number: people.reported, course: "http-a-online", completed_on: plusDays(today(), -8) }],
            { expect: 201 },
        );
        const fresh = await until(
            "the next publication",
            async () => {
                const answer = await world.get(target, { headers: gzip });
                return answer.headers.etag !== first.headers.etag && answer;
            },
            5_000,
        );
        assert.ok(fresh.json.as_of.publication > first.json.as_of.publication);
        assert.deepEqual(zlib.gunzipSync(fresh.raw), (await world.get(target)).raw);
    });

    it("HEAD tells the size of what GET would send", async () => {
        const get = await world.get(large, { headers: gzip });
        const head = await call(world.server.public, "HEAD", large, { headers: gzip });
        assert.equal(head.headers["content-encoding"], "gzip");
        assert.equal(head.headers["content-length"], get.headers["content-length"]);
    });
});

describe("request ids", () => {
    const world = useWorld();

    it("echoes a fit one, also in a problem", async () => {
        for (const id of ["a", "A-1_b.c", "0".repeat(64)]) {
            assert.equal((await world.get("/v1", { headers: { "X-Request-Id": id } })).headers["x-request-id"], id);
            assert.equal(
                (await world.get("/nowhere", { headers: { "X-Request-Id": id }, unlisted: true })).json.instance,
                id,
            );
        }
    });

    it("makes one of its own for any other", async () => {
        const seen = new Set();
        for (const id of ["", "0".repeat(65), "a b", "a\tb", "見本".length + "é", "a,b", "<script>", "a/b"]) {
            const own = (await world.get("/v1", { headers: { "X-Request-Id": Buffer.from(id).toString("latin1") } }))
                .headers["x-request-id"];
            assert.notEqual(own, id);
            seen.add(own);
        }
        assert.equal(seen.size, 8, "each of them new");
    });

    it("stands in the log", async () => {
        const id = "look-for-me-in-the-log";
        await world.get("/v1/registrants?limit=0", { headers: { "X-Request-Id": id } });
        const line = await until("the line", () => world.server.lines.find((l) => l.includes(id)), 3_000);
        assert.doesNotThrow(() => JSON.parse(line));
    });
});

describe("problems", () => {
    const world = useWorld();

    it("speak Japanese to those who prefer it, English to others", async () => {
        for (const value of ["ja", "ja-JP", "JA", "ja, en;q=0.5", "en;q=0.3, ja;q=0.8", "fr, ja;q=0.5"]) {
            const { json } = await world.get("/v1/registrants?limit=0", {
                headers: { "Accept-Language": value },
                expect: 400,
            });
            assert.match(json.title, JAPANESE, value);
            assert.match(json.detail, JAPANESE, value);
            assert.match(json.errors[0].detail, JAPANESE, value);
        }
        for (const value of [undefined, "en", "en, ja;q=0.5", "ja;q=0", "jav", "*", "ja;q=0.2, en;q=0.9"]) {
            const { json } = await world.get("/v1/registrants?limit=0", {
                headers: value === undefined ? {} : { "Accept-Language": value },
                expect: 400,
            });
            assert.doesNotMatch(JSON.stringify(json), JAPANESE, String(value));
        }
    });

    it("have types that answer a page", async () => {
        const types = contract.paths["/problems/{type}"].get.parameters[0].schema["x-extensible-enum"];
        assert.ok(types.length >= 15);
        for (const type of types) {
            const { data } = await world.client.GET("/problems/{type}", {
                params: { path: { type } },
                parseAs: "text",
            });
            assert.match(data ?? "", /<html/i);
            assert.match(data ?? "", JAPANESE);
            assert.ok(data?.includes(type));
        }
    });

    it("do not carry what a stranger wrote into HTML", async () => {
        const { headers, text } = await world.get("/problems/%3Cscript%3E", { expect: 404 });
        assert.equal(headers["content-type"].split(";")[0], "application/problem+json");
        assert.doesNotMatch(text, /<script>/);
    });

    it("say nothing in plain text about withheld people", async () => {
        const { text } = await world.get(`/v1/registrants/${people.withheld}?x=1`, { expect: 400 });
        assert.ok(!text.includes(names.withheld));
    });
});

describe("documents", () => {
    const world = useWorld();

    it("/openapi.yaml is the contract, byte for byte", async () => {
        const answer = await world.get("/openapi.yaml", { expect: 200 });
        assert.deepEqual(answer.body, readFileSync(contractPath));
    });

    it("/openapi.json says the same", async () => {
        const { data } = await world.client.GET("/openapi.json", {});
        assert.deepEqual(data, parse(readFileSync(contractPath, "utf8")));
    });

    it("every route of /v1 answers as the contract says", async () => {
        for (const { path, methods } of (await world.get("/v1")).json.routes) {
            const found = match(path);
            assert.ok(found, path);
            assert.deepEqual([...methods].sort(), allowed(found), path);
        }
    });
});

describe("the admin listener", () => {
    const world = useWorld();

    it("answers /live, /ready and /metrics, and nothing else", async () => {
        const ask = (/** @type {string} */ target) => call(world.server.admin, "GET", target, { loose: true });
        assert.deepEqual([(await ask("/live")).status, (await ask("/live")).json.status], [200, "live"]);
        const ready = await ask("/ready");
        assert.deepEqual([ready.status, ready.json.status, typeof ready.json.checks], [200, "ready", "object"]);
        for (const target of ["/v1", "/v1/registrants", "/openapi.yaml", "/"]) {
            assert.equal((await ask(target)).status, 404, target);
        }
    });

    it("/metrics is Prometheus text that counts requests", async () => {
        const read = async () => {
            const answer = await call(world.server.admin, "GET", "/metrics", { loose: true });
            assert.equal(answer.status, 200);
            assert.match(answer.headers["content-type"], /^text\/plain/);
            return answer.text;
        };
        const text = await read();
        for (const line of text.split("\n").filter((l) => l && !l.startsWith("#"))) {
            assert.match(line, /^[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-z_]+="[^"\\]*",?)+\})? ([0-9.eE+-]+|NaN|\+Inf)$/);
        }
        assert.match(text, /^meibo_/m);
        await world.get("/v1");
        assert.notEqual(await read(), text);
    });
});
