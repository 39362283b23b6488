// Courses and operators: whole, in order, as imported; and the service document beside them.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { contract, allowed, match } from "./lib/contract.mjs";
import { call, useWorld } from "./lib/harness.mjs";

describe("courses and operators", () => {
    const world = useWorld({
        env: {
            MEIBO_SOURCE: "見本データ",
            MEIBO_TERMS: "https://terms.sample.invalid/",
            MEIBO_REPORT_ERROR: "https://errors.sample.invalid/",
        },
    });

    it("GET /v1/courses answers all courses as imported, by code", async () => {
        const { data } = await world.client.GET("/v1/courses", {});
        assert.deepEqual(data?.items, world.oracle.courses);
        assert.equal(data?.total, world.oracle.courses.length);
    });

    it("GET /v1/courses/{code} answers each", async () => {
        for (const course of world.oracle.courses.slice(-12)) {
            const { data } = await world.client.GET("/v1/courses/{code}", { params: { path: { code: course.code } } });
            assert.deepEqual(data?.course, course);
        }
    });

    it("GET /v1/courses/{code} is 404 for unknown codes and 400 for none", async () => {
        await world.get("/v1/courses/none-such", { expect: 404 });
        for (const code of ["UPPER", "-x", "a%20b", "%E8%A6%8B", "a".repeat(65), "%00", "%FF"]) {
            await world.get(`/v1/courses/${code}`, { expect: 400 });
        }
    });

    it("GET /v1/operators answers all operators as imported, by code", async () => {
        const { data } = await world.client.GET("/v1/operators", {});
        assert.deepEqual(data?.items, world.oracle.operators);
        assert.equal(data?.total, world.oracle.operators.length);
    });

    it("every course has a listed operator", async () => {
        const operators = (await world.client.GET("/v1/operators", {})).data?.items.map((o) => o.code);
        assert.ok(world.oracle.courses.every((c) => operators?.includes(c.operator)));
    });

    it("have no parameters", async () => {
        for (const target of [
            "/v1/courses?limit=1",
            "/v1/courses?code=x",
            "/v1/courses/http-a-online?x=1",
            "/v1/operators?cursor=a",
            "/v1?x=1",
            "/v1/reflection?operator=http-a",
        ]) {
            const { blamed } = await world.get(target, { expect: 400 });
            assert.equal(blamed.length, 1);
        }
    });

    it("GET /v1 says what is served, from where and on which routes", async () => {
        const { data } = await world.client.GET("/v1", {});
        assert.ok(data);
        assert.equal(data.name, "meibo");
        assert.equal(data.version, contract.info.version);
        assert.equal(data.registrants, world.oracle.search({}).length);
        assert.deepEqual(
            [data.source, data.terms, data.report_error],
            ["見本データ", "https://terms.sample.invalid/", "https://errors.sample.invalid/"],
        );
        assert.deepEqual(data.openapi, ["/openapi.yaml", "/openapi.json"]);
        assert.deepEqual(data.routes.map((r) => r.path).sort(), Object.keys(contract.paths).sort());
        for (const route of data.routes) {
            assert.deepEqual([...route.methods].sort(), allowed(/** @type {any} */ (match(route.path))), route.path);
        }
    });

    it("GET /v1 leaves out what is not set", async () => {
        const plain = await world.serve({ MEIBO_SOURCE: "", MEIBO_TERMS: "", MEIBO_REPORT_ERROR: "" });
        const { json } = await call(plain.public, "GET", "/v1", { expect: 200 });
        assert.deepEqual([json.source, json.terms, json.report_error], [undefined, undefined, undefined]);
    });
});
