// Holds every answer to openapi.yaml, more strictly than a client would: a status, a member or a value of an open
// enumeration that is not documented is an error here, and so is a documented header that is missing. Notes what was
// exercised, so that the runner can demand that everything documented was.
import assert from "node:assert/strict";
import { appendFileSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";
import { TEXTS, checkMeaning } from "./meaning.mjs";
import { readCsv, readNdjson, strictText } from "./tables.mjs";

/**
 * @typedef {Record<string, any>} Schema
 * @typedef {{ method: string, target: string, headers: Record<string, string> }} Asked
 * @typedef {{ status: number, headers: Record<string, string>, names: string[], body: Buffer }} Answered  body: decoded
 * @typedef {{ path: string, values: Record<string, string>, item: any }} Match
 */

export const contractPath = fileURLToPath(new URL("../../../openapi.yaml", import.meta.url));
/** @type {any} */
export const contract = parse(readFileSync(contractPath, "utf8"));

/** Statuses that any route may answer though its operation does not list them (the table in the contract's text). */
const ANYWHERE = new Set([400, 404, 405, 413, 414]);
const METHODS = ["get", "put", "post", "delete", "patch", "head", "options", "trace"];

/** @param {string} ref @returns {any} */
function lookUp(ref) {
    return ref
        .slice(2)
        .split("/")
        .map((part) => part.replace(/~1/g, "/").replace(/~0/g, "~"))
        .reduce((node, key) => node[key], contract);
}

/** @param {any} node @returns {any} */
function resolve(node) {
    return node && node.$ref ? { ...lookUp(node.$ref), ...node, $ref: undefined } : node;
}

/**
 * The schema with every reference filled in and every object closed: what is not documented is not allowed.
 * @param {Schema} schema @param {boolean} inside a part of allOf is closed by the whole
 * @returns {Schema}
 */
function closed(schema, inside = false) {
    const { $ref, ...whole } = resolve(schema);
    const copy = { ...whole };
    if (copy.properties) {
        copy.properties = Object.fromEntries(Object.entries(copy.properties).map(([k, v]) => [k, closed(v)]));
    }
    if (copy.items) {
        copy.items = closed(copy.items);
    }
    if (copy.allOf) {
        copy.allOf = copy.allOf.map((/** @type {Schema} */ part) => closed(part, true));
    }
    if (!inside && (copy.properties || copy.allOf) && copy.additionalProperties === undefined) {
        copy.unevaluatedProperties = false;
    }
    return copy;
}

// strictTypes and strictRequired want the type repeated beside allOf; the other strict rules catch misspelt keywords.
// @ts-ignore the package is CommonJS: its default export is the class itself
const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
// @ts-ignore as above
addFormats(ajv);
ajv.addKeyword({
    keyword: "x-extensible-enum",
    schemaType: "array",
    type: "string",
    validate: (/** @type {string[]} */ values, /** @type {string} */ value) => values.includes(value),
});

/** @type {Map<Schema, import("ajv").ValidateFunction>} */
const compiled = new Map();

/** @param {Schema} schema @param {unknown} value @param {string} what */
export function assertValid(schema, value, what) {
    /** @type {import("ajv").ValidateFunction} */
    const validate = compiled.get(schema) ?? ajv.compile(closed(schema));
    compiled.set(schema, validate);
    if (!validate(value)) {
        const faults = (validate.errors ?? []).slice(0, 5).map((e) => {
            const extra = e.params?.unevaluatedProperty ?? e.params?.additionalProperty ?? "";
            return `${e.instancePath || "/"} ${e.message} ${extra}`.trim();
        });
        assert.fail(`${what} breaks the contract: ${faults.join("; ")}\n${JSON.stringify(value)?.slice(0, 600)}`);
    }
}

/** @param {string} text */
function decoded(text) {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}

/** The documented path that a request target belongs to. @param {string} target @returns {Match | undefined} */
export function match(target) {
    const path = target.split("?")[0].split("/");
    for (const [template, item] of Object.entries(contract.paths)) {
        const parts = template.split("/");
        /** @type {Record<string, string>} */
        const values = {};
        const fits = parts.every((part, i) => {
            if (part.startsWith("{") && path[i]) {
                values[part.slice(1, -1)] = decoded(path[i]);
                return true;
            }
            return part === path[i];
        });
        if (fits && parts.length === path.length) {
            return { path: template, values, item };
        }
    }
    return undefined;
}

/** @param {Match} found @param {string} method @returns {any} */
function operationOf(found, method) {
    return found.item[(method === "HEAD" ? "GET" : method).toLowerCase()];
}

/** @param {Match} found */
export function allowed(found) {
    const methods = METHODS.filter((m) => found.item[m]).map((m) => m.toUpperCase());
    return [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"].sort();
}

/** @param {string | undefined} header */
export function listed(header) {
    return (header ?? "")
        .split(",")
        .map((s) => s.trim())
        .filter(Boolean)
        .sort();
}

/** @param {Match} found */
function isForOperators(found) {
    return METHODS.some((m) => (found.item[m]?.security ?? []).length > 0);
}

/** What every answer carries, whatever it is. @param {Asked} asked @param {Answered} answered @param {Match | undefined} found */
function checkAlways(asked, answered, found) {
    const { headers, names } = answered;
    const repeated = names.filter((name, i) => names.indexOf(name) !== i);
    assert.deepEqual(repeated, [], "headers sent twice");
    assert.match(headers["x-request-id"] ?? "(missing)", /^[A-Za-z0-9._-]{1,64}$/, "X-Request-Id");
    const own = Object.entries(asked.headers).find(([name]) => name.toLowerCase() === "x-request-id")?.[1];
    if (own !== undefined && /^[A-Za-z0-9._-]{1,64}$/.test(own)) {
        assert.equal(headers["x-request-id"], own, "X-Request-Id is echoed");
    }
    assert.equal(headers["x-content-type-options"], "nosniff", "X-Content-Type-Options");
    assert.equal(headers["x-powered-by"], undefined);
    if (found && isForOperators(found)) {
        const cors = names.filter((name) => name.startsWith("access-control-"));
        assert.deepEqual(cors, [], "no CORS on operator routes");
    } else if (found) {
        assert.equal(headers["access-control-allow-origin"], "*", "CORS on public routes");
    }
}

/** @param {Answered} answered */
function mediaType(answered) {
    return (answered.headers["content-type"] ?? "").split(";")[0].trim().toLowerCase();
}

/** @param {Answered} answered */
function checkProblem(answered) {
    assert.equal(mediaType(answered), "application/problem+json", "a problem's media type");
    const problem = JSON.parse(answered.body.toString("utf8"));
    assertValid(contract.components.schemas.Problem, problem, "the problem");
    assert.equal(problem.status, answered.status, "status member");
    assert.equal(problem.instance, answered.headers["x-request-id"], "instance is the request id");
    assert.equal(answered.headers["cache-control"], "no-store", "problems are not stored");
    const known = match(problem.type);
    assert.ok(known, `problem type ${problem.type} is a documented address`);
    const schema = known.item.get.parameters[0].schema;
    assert.ok(schema["x-extensible-enum"].includes(known.values.type), `problem type ${problem.type} is documented`);
    const text = answered.body.toString("utf8");
    assert.doesNotMatch(
        text,
        /libpq|SQLSTATE|postgres|ulfius|jansson|\.c:\d|SELECT |\/tmp\/|\/var\//i,
        "no innards in a problem",
    );
}

/** @param {any} response @param {Answered} answered @param {string} what */
function checkHeaders(response, answered, what) {
    for (const [name, reference] of Object.entries(response.headers ?? {})) {
        const header = resolve(reference);
        const value = answered.headers[name.toLowerCase()];
        if (value === undefined) {
            assert.ok(!header.required, `${what}: header ${name} is missing`);
        } else {
            assertValid(header.schema, value, `${what}: header ${name}`);
        }
    }
}

/** @param {Match} found @param {any} response @param {Asked} asked @param {Answered} answered @param {string} what */
function checkContent(found, response, asked, answered, what) {
    if (!response.content) {
        assert.equal(answered.body.length, 0, `${what}: no body is documented`);
        return;
    }
    const media = response.content[mediaType(answered)];
    assert.ok(media, `${what}: media type ${answered.headers["content-type"]} is not documented`);
    if (asked.method === "HEAD") {
        assert.equal(answered.body.length, 0, "HEAD has no body");
        return;
    }
    checkBody(found, asked, answered, media, what);
}

/** A page in another form is held to the schema of the JSON answer too; only its limit is another. */
const PAGE = (() => {
    const list = contract.components.schemas.RegistrantList;
    return { ...list, properties: { ...list.properties, items: { ...list.properties.items, maxItems: 1000 } } };
})();

/** @param {Match} found @param {Asked} asked @param {Answered} answered @param {any} media @param {string} what */
function checkBody(found, asked, answered, media, what) {
    const text = strictText(answered.body);
    const { schemas } = contract.components;
    switch (mediaType(answered)) {
        case "application/x-ndjson": {
            assertValid(media.schema, text, what);
            const page = readNdjson(answered.body);
            assertValid(PAGE, page, what);
            checkMeaning(found.path, asked.target, page, answered.headers, schemas);
            break;
        }
        case "text/csv":
            assertValid(media.schema, text, what);
            checkTable(asked, answered);
            break;
        case "application/json":
        case "application/problem+json": {
            const value = JSON.parse(text);
            assertValid(media.schema, value, what);
            checkMeaning(found.path, asked.target, value, answered.headers, schemas);
            break;
        }
        default:
            assertValid(media.schema, text, what);
    }
}

/** @param {Asked} asked @param {Answered} answered */
function checkTable(asked, answered) {
    const { schemas } = contract.components;
    const { header, end } = readCsv(answered.body);
    const parameters = new URLSearchParams(asked.target.split("?")[1] ?? "");
    const fields = parameters.get("fields")?.split(",");
    const isText = TEXTS.some((name) => parameters.has(name));
    const columns = schemas.RegistrantField["x-extensible-enum"]
        .filter((/** @type {string} */ f) => fields === undefined || f === "number" || fields.includes(f))
        .flatMap((/** @type {string} */ f) => (f === "profile" ? Object.keys(schemas.Profile.properties) : [f]));
    assert.deepEqual(header, [...columns, ...(isText ? ["match_field", "match_tier"] : [])], "the columns");
    const as_of = { publication: end.publication, published_at: end.published_at, day: end.day };
    assertValid(schemas.AsOf, as_of, "the end row");
    const expected = end.next && `<${end.next}>; rel="next"`;
    assert.equal(answered.headers.link, expected, "Link says what the end row says");
}

/** @param {Asked} asked @param {Answered} answered @param {Match | undefined} found */
function checkOptions(asked, answered, found) {
    assert.ok(found, `OPTIONS ${asked.target}: ${answered.status} on a route that is not documented`);
    assert.equal(answered.status, 204);
    assert.equal(answered.body.length, 0);
    assert.deepEqual(listed(answered.headers.allow), allowed(found), "Allow");
}

/**
 * Checks one exchange; throws an AssertionError that names the request.
 * @param {Asked} asked @param {Answered} answered @param {{ unlisted?: boolean }} [options] unlisted: the test expects
 * a status that the operation does not list (one of those that every route may answer)
 */
export function check(asked, answered, options = {}) {
    try {
        checkOne(asked, answered, options);
    } catch (error) {
        if (error instanceof Error) {
            error.message = `${asked.method} ${asked.target.slice(0, 200)} -> ${answered.status}: ${error.message}`;
        }
        throw error;
    }
}

/** @param {Asked} asked @param {Answered} answered @param {{ unlisted?: boolean }} options */
function checkOne(asked, answered, options) {
    const found = match(asked.target);
    checkAlways(asked, answered, found);
    const head = asked.method === "HEAD";
    if (asked.method === "OPTIONS" && answered.status < 400) {
        checkOptions(asked, answered, found);
        return;
    }
    if (answered.status >= 400 && !head) {
        checkProblem(answered);
    }
    const operation = found && operationOf(found, asked.method);
    if (answered.status === 405) {
        assert.ok(found && !operation, "405 only for a method that is not documented");
        assert.deepEqual(listed(answered.headers.allow), allowed(found), "Allow");
        return;
    }
    if (!operation || options.unlisted) {
        assert.ok(ANYWHERE.has(answered.status), `status ${answered.status} is not documented`);
        return;
    }
    const response = resolve(operation.responses[String(answered.status)]);
    assert.ok(response, `status ${answered.status} is not documented: ${answered.body.toString("utf8").slice(0, 400)}`);
    const what = `${operation.operationId} ${answered.status}`;
    checkHeaders(response, answered, what);
    checkContent(found, response, asked, answered, what);
    if (!head) {
        note(operation.operationId, asked, answered.status);
    }
}

// ---- what was exercised ---------------------------------------------------------------------------------------------

const noted = new Set();

/** @param {string} key */
function noteOnce(key) {
    const file = process.env.MEIBO_TEST_COVERAGE;
    if (file && !noted.has(key)) {
        noted.add(key);
        appendFileSync(file, `${key}\n`);
    }
}

/** @param {string} id @param {Asked} asked @param {number} status */
function note(id, asked, status) {
    noteOnce(`${id} ${status}`);
    if (status >= 300) {
        return; // a parameter counts once it was accepted
    }
    const found = /** @type {Match} */ (match(asked.target));
    for (const name of new URLSearchParams(asked.target.split("?")[1] ?? "").keys()) {
        noteOnce(`${id} query ${name}`);
    }
    for (const name of Object.keys(found.values)) {
        noteOnce(`${id} path ${name}`);
    }
}

/** Everything documented that a full run has to exercise. @returns {string[]} */
export function documented() {
    /** @type {string[]} */
    const keys = [];
    for (const item of Object.values(contract.paths)) {
        for (const method of METHODS.filter((m) => item[m])) {
            const operation = item[method];
            const parameters = (operation.parameters ?? []).map(resolve);
            keys.push(...parameters.map((/** @type {any} */ p) => `${operation.operationId} ${p.in} ${p.name}`));
            const statuses = Object.keys(operation.responses).filter((status) => status !== "default");
            keys.push(...statuses.map((status) => `${operation.operationId} ${status}`));
        }
    }
    return keys;
}

/** Names of the documented query parameters of an operation. @param {string} path */
export function queryParameters(path) {
    return contract.paths[path].get.parameters.map(resolve).filter((/** @type {any} */ p) => p.in === "query");
}
