// Completion reports: taken all or not at all, told every fault, never twice, and public within seconds.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { names, people, plusDays, plusMonths, today } from "./lib/fixtures.mjs";
import { call, isPublic, meibo, newToken, typedClient, until, useWorld } from "./lib/harness.mjs";

const LIMIT = 1_048_576;
let used = 0;

/** A report that no other test sends. @param {Record<string, any>} [own] */
function fresh(own = {}) {
    used += 1;
    return { number: people.reported, course: "http-a-online", completed_on: plusDays(today(), -used), ...own };
}

describe("POST /v1/reports", () => {
    const world = useWorld();

    /** @param {any[]} reports @param {"a" | "b"} [as] @returns {Promise<any[]>} */
    async function faults(reports, as = "a") {
        const before = world.sql("select count(*) from meibo.report");
        const { json } = await world.report(reports, { as, expect: 422 });
        assert.equal(json.type, "/problems/unprocessable");
        assert.equal(world.sql("select count(*) from meibo.report"), before, "nothing was taken");
        return json.errors;
    }

    /** @param {any[]} reports @param {"a" | "b"} [as] */
    async function codes(reports, as = "a") {
        return (await faults(reports, as)).map((e) => `${e.pointer} ${e.code}`);
    }

    it("accepts a report, and it shows up in the search within seconds", async () => {
        const report = fresh({ name: names.reported });
        const client = world.operatorClient();
        const { data, response } = await client.POST("/v1/reports", { body: { reports: [report] } });
        assert.equal(response.status, 201);
        assert.ok(data);
        assert.deepEqual([data.accepted, data.duplicates, data.results.length], [1, 0, 1]);
        const [{ index, outcome, report: told }] = data.results;
        assert.deepEqual([index, outcome], [0, "accepted"]);
        assert.ok(told);
        assert.equal(told.state, "pending");
        assert.equal(told.operator, "http-a");
        assert.equal(told.reflect_by, plusMonths(report.completed_on, 1));
        const { number, course, completed_on } = report;
        assert.deepEqual(
            { number: told.number, course: told.course, completed_on: told.completed_on },
            { number, course, completed_on },
        );

        const shown = await until(
            "the completion is public",
            async () => {
                const { registrant } = (await world.get(`/v1/registrants/${number}`)).json;
                return registrant.completions.find((/** @type {any} */ c) => c.completed_on === completed_on);
            },
            5_000,
        );
        assert.deepEqual(
            [shown.course, shown.kind, shown.operator, shown.reported_at],
            [course, "online", "http-a", told.received_at],
        );
        assert.ok(shown.reflected_at >= shown.reported_at);

        const { data: later } = await client.GET("/v1/reports/{id}", { params: { path: { id: told.id } } });
        assert.ok(later);
        assert.equal(later.report.state, "reflected");
        assert.equal(later.report.reflected_at, shown.reflected_at);
        const { as_of } = (await world.get("/v1")).json;
        assert.ok(later.report.publication && later.report.publication <= as_of.publication);
        const found = (
            await world.get(
                `/v1/registrants?number=${number}&course=${course}&completed_from=${completed_on}&completed_to=${completed_on}`,
            )
        ).json;
        assert.equal(found.total, 1);
        assert.equal(
            (await world.get(`/v1/completions?number=${number}&operator=http-a&completed_from=${completed_on}`)).json
                .total,
            1,
        );
    });

    it("accepts a thousand at once", async () => {
        const registrants = world.oracle.registrants.filter(
            (r) => r.completions && r.registered_on < plusDays(today(), -60),
        );
        const reports = Array.from({ length: 1000 }, (_, i) => ({
            number: registrants[i % registrants.length].number,
            course: "http-a-practical",
            completed_on: plusDays(today(), -Math.floor(i / registrants.length) - 1),
        }));
        const { json } = await world.report(reports, { expect: 201 });
        assert.equal(json.accepted, 1000);
        assert.deepEqual(
            json.results.map((/** @type {any} */ r) => r.index),
            [...reports.keys()],
        );
        assert.equal(new Set(json.results.map((/** @type {any} */ r) => r.report.id)).size, 1000);
        const { id } = json.results[999].report;
        await until(
            "the last is public",
            async () =>
                (await call(world.server.operator, "GET", `/v1/reports/${id}`, { token: world.tokens.a })).json.report
                    .state === "reflected",
            5_000,
        );
        const again = (await world.report(reports, { expect: 201 })).json;
        assert.deepEqual([again.accepted, again.duplicates], [0, 1000]);
    });

    it("takes numbers as people write them", async () => {
        const report = fresh({ number: `0${people.reported}` });
        const { json } = await world.report([report], { expect: 201 });
        assert.equal(json.results[0].report.number, people.reported);
    });

    it("calls a repeat a duplicate and names the same report", async () => {
        const report = fresh();
        const first = (await world.report([report], { expect: 201 })).json.results[0].report;
        const { json } = await world.report([report], { expect: 201 });
        assert.deepEqual([json.accepted, json.duplicates, json.results[0].outcome], [0, 1, "duplicate"]);
        assert.equal(json.results[0].report.id, first.id);
        assert.equal(json.results[0].report.received_at, first.received_at);
    });

    it("calls the second of two alike in one request a duplicate", async () => {
        const report = fresh();
        const other = fresh();
        const { json } = await world.report([report, other, { ...report, number: `0${report.number}` }], {
            expect: 201,
        });
        assert.deepEqual(
            json.results.map((/** @type {any} */ r) => r.outcome),
            ["accepted", "accepted", "duplicate"],
        );
        assert.equal(json.results[2].report.id, json.results[0].report.id);
        assert.deepEqual([json.accepted, json.duplicates], [2, 1]);
    });

    it("takes a report of what the administrator's file brought already, and shows the completion once", async () => {
        const report = { number: people.open, course: "http-a-online", completed_on: plusDays(today(), -40) };
        const { json } = await world.report([report], { expect: 201 });
        assert.equal(json.results[0].outcome, "accepted");
        const id = json.results[0].report.id;
        await until("it is reflected", async () => {
            const state = await call(world.server.operator, "GET", `/v1/reports/${id}`, { token: world.tokens.a });
            return state.json.report.state === "reflected";
        });
        const { items } = (await world.get(`/v1/completions?number=${people.open}&course=http-a-online`)).json;
        assert.equal(items.filter((/** @type {any} */ c) => c.completed_on === report.completed_on).length, 1);
        assert.equal((await world.report([report], { expect: 201 })).json.results[0].report.id, id);
    });

    it("shows a report as reflected only when the search shows the completion", async () => {
        for (let round = 0; round < 5; round++) {
            const report = fresh();
            const { json } = await world.report([report], { expect: 201 });
            const target = `/v1/reports/${json.results[0].report.id}`;
            await until("it is reflected", async () => {
                const state = await call(world.server.operator, "GET", target, { token: world.tokens.a });
                return state.json.report.state === "reflected";
            });
            assert.ok(await isPublic(world.server.public, report), "reflected means public");
        }
    });

    it("accepts exactly one of the same report sent eight times at once", async () => {
        const reports = [fresh(), fresh(), fresh()];
        const answers = await Promise.all(
            Array.from({ length: 8 }, (_, i) =>
                world.report(i % 2 ? reports : [...reports].reverse(), { expect: 201 }),
            ),
        );
        const accepted = answers.reduce((sum, answer) => sum + answer.json.accepted, 0);
        const duplicates = answers.reduce((sum, answer) => sum + answer.json.duplicates, 0);
        assert.deepEqual([accepted, duplicates], [3, 21]);
        const ids = new Set(
            answers.flatMap((answer) => answer.json.results.map((/** @type {any} */ r) => r.report.id)),
        );
        assert.equal(ids.size, 3);
    });

    it("computes reflect_by as one calendar month, also where the next month is shorter", async () => {
        const registrant = /** @type {any} */ (
            world.oracle.registrants.find((r) => r.completions && r.registered_on < "2024-01-01")
        );
        for (const [day, by] of [
            ["2024-01-31", "2024-02-29"],
            ["2025-01-31", "2025-02-28"],
            ["2025-03-31", "2025-04-30"],
            ["2025-12-15", "2026-01-15"],
        ]) {
            const { json } = await world.report(
                [{ number: registrant.number, course: "http-a-practical", completed_on: day }],
                { expect: 201 },
            );
            assert.equal(json.results[0].report.reflect_by, by);
        }
    });

    it("compares the name, also a withheld one, without caring for blanks and width", async () => {
        await world.report([fresh({ number: people.withheld, name: "見本　秘匿 花子" })], { expect: 201 });
        await world.report([fresh({ number: people.open, name: names.open })], { expect: 201 });
        assert.deepEqual(await codes([fresh({ number: people.withheld, name: "見本 違人" })]), [
            "/reports/0/name name_mismatch",
        ]);
        const { text } = await world.report([fresh({ number: people.withheld, name: "見本 違人" })], { expect: 422 });
        assert.doesNotMatch(text, /秘匿/, "the right name is not given away");
    });

    /** @type {[string, () => Record<string, any>, string][]} */
    const broken = [
        ["unknown_registrant", () => fresh({ number: people.neverIssued }), "number"],
        ["ended_registration", () => fresh({ number: people.revoked, completed_on: plusDays(today(), -2) }), "number"],
        [
            "ended_registration",
            () => fresh({ number: people.struckOff, completed_on: plusDays(today(), -2) }),
            "number",
        ],
        ["ended_registration", () => fresh({ number: people.lapsed, completed_on: plusDays(today(), -2) }), "number"],
        ["unknown_course", () => fresh({ course: "none-such" }), "course"],
        ["course_not_yours", () => fresh({ course: "http-b-online" }), "course"],
        [
            "course_not_offered_then",
            () => fresh({ course: "http-a-over", completed_on: plusDays(today(), -2) }),
            "completed_on",
        ],
        ["date_in_future", () => fresh({ completed_on: plusDays(today(), 1) }), "completed_on"],
        ["before_registration", () => fresh({ completed_on: "2017-05-01" }), "completed_on"],
        ["name_mismatch", () => fresh({ name: "見本 別人" }), "name"],
    ];
    for (const [code, make, member] of broken) {
        it(`tells ${code} of ${make().number}`, async () => {
            assert.deepEqual(await codes([make()]), [`/reports/0/${member} ${code}`]);
        });
    }

    /** @type {[any, string][]} the item, the pointer's end */
    const malformed = [
        [{ course: "http-a-online", completed_on: "2025-07-01" }, "/number"],
        [{ number: people.reported, completed_on: "2025-07-01" }, "/course"],
        [{ number: people.reported, course: "http-a-online" }, "/completed_on"],
        [fresh({ number: 900010 }), "/number"],
        [fresh({ number: "90001x" }), "/number"],
        [fresh({ number: "" }), "/number"],
        [fresh({ number: "12345678" }), "/number"],
        [fresh({ number: "0" }), "/number"],
        [fresh({ number: null }), "/number"],
        [fresh({ course: "" }), "/course"],
        [fresh({ course: "BAD COURSE" }), "/course"],
        [fresh({ course: ["http-a-online"] }), "/course"],
        [fresh({ completed_on: "2025-02-30" }), "/completed_on"],
        [fresh({ completed_on: "2025/07/01" }), "/completed_on"],
        [fresh({ completed_on: 20250701 }), "/completed_on"],
        [fresh({ name: "" }), "/name"],
        [fresh({ name: 5 }), "/name"],
        [fresh({ name: "あ".repeat(201) }), "/name"],
        [fresh({ name: "a\u0001b" }), "/name"],
        [fresh({ remark: "x" }), "/remark"],
        [fresh({ "a/b~c": "x" }), "/a~1b~0c"],
        ["no object", ""],
        [null, ""],
        [[], ""],
    ];
    for (const [item, end] of malformed) {
        it(`tells malformed: ${JSON.stringify(item).slice(0, 90)}`, async () => {
            const errors = await codes([fresh(), item]);
            assert.ok(errors.includes(`/reports/1${end} malformed`), errors.join());
            assert.ok(
                errors.every((e) => e.startsWith("/reports/1")),
                errors.join(),
            );
        });
    }

    it("tells malformed of the whole", async () => {
        for (const body of [
            {},
            [],
            "text",
            5,
            null,
            { reports: null },
            { reports: {} },
            { reports: [] },
            { reports: [fresh()], extra: 1 },
        ]) {
            const answer = await call(world.server.operator, "POST", "/v1/reports", {
                token: world.tokens.a,
                body: JSON.stringify(body),
                headers: { "Content-Type": "application/json" },
                expect: 422,
            });
            assert.ok(
                answer.json.errors.every((/** @type {any} */ e) => e.code === "malformed"),
                JSON.stringify(body),
            );
        }
        const many = await codes(
            Array.from({ length: 1001 }, () => ({
                number: people.reported,
                course: "http-a-online",
                completed_on: "2025-07-01",
            })),
        );
        assert.deepEqual(many, ["/reports malformed"]);
    });

    it("tells every fault of every item at once, in order, and takes nothing", async () => {
        const good = fresh();
        const errors = await codes([
            good,
            fresh({ number: people.neverIssued, course: "none-such" }),
            good,
            { number: "x", completed_on: "y" },
            fresh({ course: "http-b-online", completed_on: plusDays(today(), 3) }),
            fresh({ name: "見本 別人" }),
        ]);
        const places = errors.map((e) => e.split(" ")[0]);
        const items = places.map((p) => Number(p.split("/")[2]));
        assert.deepEqual(
            items,
            [...items].sort((a, b) => a - b),
            "in the order of the items",
        );
        for (const expected of [
            "/reports/1/number unknown_registrant",
            "/reports/1/course unknown_course",
            "/reports/3/number malformed",
            "/reports/3/course malformed",
            "/reports/3/completed_on malformed",
            "/reports/4/course course_not_yours",
            "/reports/4/completed_on date_in_future",
            "/reports/5/name name_mismatch",
        ]) {
            assert.ok(errors.includes(expected), `${expected} in ${errors.join("; ")}`);
        }
        assert.ok(!items.includes(0) && !items.includes(2));
        const { json } = await world.report([good], { expect: 201 });
        assert.equal(json.accepted, 1, "nothing was taken before");
    });

    it("lists at most a thousand faults", async () => {
        const errors = await faults(
            Array.from({ length: 1000 }, () => ({ number: "x", course: "none-such", completed_on: "y" })),
        );
        assert.equal(errors.length, 1000);
        assert.equal(errors[0].pointer, "/reports/0/number");
    });

    it("tells faults in Japanese to those who prefer it", async () => {
        const { json } = await world.report([fresh({ number: people.neverIssued })], {
            expect: 422,
            headers: { "Accept-Language": "ja" },
        });
        assert.match(json.title + json.detail + json.errors[0].detail, /[ぁ-んァ-ン一-龠]/);
        assert.equal(json.errors[0].code, "unknown_registrant");
    });

    it("refuses what is no JSON", async () => {
        const texts = [
            "",
            "{",
            "[1,]",
            '{"reports":[}',
            '{"reports":[]} x',
            '{"reports":[],"reports":[]}',
            "\u{feff}{}",
            "NaN",
            "{'reports':[]}",
            '{"reports":["\\ud800"]}',
        ];
        for (const body of [
            ...texts,
            Buffer.from([0x22, 0xff, 0x22]),
            Buffer.from('{"reports":["a\0b"]}'),
            "[".repeat(100_000),
        ]) {
            await call(world.server.operator, "POST", "/v1/reports", {
                token: world.tokens.a,
                body,
                headers: { "Content-Type": "application/json" },
                expect: 400,
            });
        }
        const repeated = `{"reports":[{"number":"${people.reported}","number":"1","course":"http-a-online","completed_on":"2025-07-01"}]}`;
        await call(world.server.operator, "POST", "/v1/reports", {
            token: world.tokens.a,
            body: repeated,
            headers: { "Content-Type": "application/json" },
            expect: 400,
        });
    });

    it("takes application/json only", async () => {
        const body = JSON.stringify({ reports: [fresh()] });
        const types = [
            "text/plain",
            "text/csv",
            "application/x-www-form-urlencoded",
            "application/jsonp",
            "application/problem+json",
            "x-application/json",
            "multipart/form-data; boundary=x",
            "application/xml; a=application/json",
        ];
        for (const type of types) {
            await call(world.server.operator, "POST", "/v1/reports", {
                token: world.tokens.a,
                body,
                headers: { "Content-Type": type },
                expect: 415,
            });
        }
        await call(world.server.operator, "POST", "/v1/reports", { token: world.tokens.a, body, expect: 415 });
        for (const type of ["application/json; charset=utf-8", "Application/JSON", "application/json;charset=UTF-8"]) {
            const again = JSON.stringify({ reports: [fresh()] });
            await call(world.server.operator, "POST", "/v1/reports", {
                token: world.tokens.a,
                body: again,
                headers: { "Content-Type": type },
                expect: 201,
            });
        }
    });

    it("takes no body in a content coding", async () => {
        for (const coding of ["gzip", "identity"]) {
            const answer = await call(world.server.operator, "POST", "/v1/reports", {
                token: world.tokens.a,
                body: JSON.stringify({ reports: [fresh()] }),
                headers: { "Content-Type": "application/json", "Content-Encoding": coding },
                expect: 415,
            });
            assert.equal(answer.json.type, "/problems/unsupported-media-type");
        }
    });

    it("takes a body of exactly the limit and refuses one byte more", async () => {
        const text = JSON.stringify({ reports: [fresh()] });
        const headers = { "Content-Type": "application/json" };
        await call(world.server.operator, "POST", "/v1/reports", {
            token: world.tokens.a,
            headers,
            body: text.padEnd(LIMIT, " "),
            expect: 201,
        });
        const more = JSON.stringify({ reports: [fresh()] });
        await call(world.server.operator, "POST", "/v1/reports", {
            token: world.tokens.a,
            headers,
            body: more.padEnd(LIMIT + 1, " "),
            expect: 413,
        });
        await call(world.server.operator, "POST", "/v1/reports", {
            token: world.tokens.a,
            headers,
            body: more.padEnd(2 * LIMIT, " "),
            expect: 413,
        });
        assert.equal((await world.report(JSON.parse(more).reports, { expect: 201 })).json.accepted, 1);
    });

    it("refuses what it could not answer acceptably, and takes nothing", async () => {
        const report = fresh();
        await world.report([report], { headers: { Accept: "text/html" }, expect: 406 });
        assert.equal((await world.report([report], { expect: 201 })).json.accepted, 1);
    });

    it("knows no parameters", async () => {
        const answer = await call(world.server.operator, "POST", "/v1/reports?dry_run=1", {
            token: world.tokens.a,
            body: { reports: [fresh()] },
            expect: 400,
        });
        assert.deepEqual(answer.blamed, ["dry_run"]);
    });

    it("lets nobody in without a good token", async () => {
        const body = { reports: [fresh()] };
        const [mbo, id, secret, sum] = world.tokens.a.split("_");
        const other = secret.slice(0, -1) + (secret.endsWith("A") ? "B" : "A");
        const bad = [
            "",
            "x",
            "mbo_",
            `${mbo}_${id}_${secret}`,
            `${mbo}_${id}_${other}_${sum}`,
            `${mbo}_${id}_${secret}_aaaaaa`,
            world.tokens.a + "x",
            world.tokens.a.slice(0, -1),
            world.tokens.a.toUpperCase(),
            `mbo_${"a".repeat(12)}_${secret}_${sum}`,
        ];
        for (const token of bad) {
            const answer = await call(world.server.operator, "POST", "/v1/reports", { token, body, expect: 401 });
            assert.doesNotMatch(answer.text, /mbo_/);
        }
        const none = await call(world.server.operator, "POST", "/v1/reports", { body, expect: 401 });
        assert.equal(none.headers["www-authenticate"], 'Bearer realm="meibo"', "no error where no token was sent");
        const wrong = await call(world.server.operator, "POST", "/v1/reports", { body, token: bad[4], expect: 401 });
        assert.match(wrong.headers["www-authenticate"], /error="invalid_token"/);
        for (const Authorization of [
            "Basic bWJvOm1ibw==",
            world.tokens.a,
            `Token ${world.tokens.a}`,
            `Bearer${world.tokens.a}`,
        ]) {
            await call(world.server.operator, "POST", "/v1/reports", { body, headers: { Authorization }, expect: 401 });
        }
        await call(world.server.operator, "POST", "/v1/reports", {
            body: { reports: [fresh()] },
            headers: { Authorization: `bearer ${world.tokens.a}` },
            expect: 201,
        });
    });

    it("lets a revoked token in no more, nor an expired one", async () => {
        const token = await newToken(world.env, "http-a");
        await world.report([fresh()], { token, expect: 201 });
        await meibo(["operator", "revoke", token.split("_")[1]], { env: world.env, expect: 0 });
        await until(
            "the revoked token is refused",
            async () => (await world.report([fresh()], { token })).status === 401,
        );
        const { stdout } = await meibo(["operator", "token", "http-a", "--expires", today()], {
            env: world.env,
            expect: 0,
        });
        await world.report([fresh()], { token: stdout.trim(), expect: 201 });
        world.sql(`update meibo.token set expires_on = expires_on - 1 where key_id = '${stdout.split("_")[1]}'`);
        await until(
            "the expired token is refused",
            async () => (await world.report([fresh()], { token: stdout.trim() })).status === 401,
        );
    });

    it("works on a listener of its own, and there only", async () => {
        const server = await world.serve({ MEIBO_OPERATOR_LISTEN: "127.0.0.1:0" });
        await server.listening(["public", "operator", "admin"]);
        assert.notEqual(server.public, server.operator);
        await call(server.public, "POST", "/v1/reports", {
            token: world.tokens.a,
            body: { reports: [fresh()] },
            expect: 404,
            unlisted: true,
        });
        const { response } = await typedClient(server.operator, world.tokens.a).POST("/v1/reports", {
            body: { reports: [fresh()] },
        });
        assert.equal(response.status, 201);
    });
});

describe("GET /v1/reports/{id}", () => {
    const world = useWorld();

    /** @param {string} id @param {"a" | "b"} [as] @param {number} [expect] */
    function ask(id, as = "a", expect = 200) {
        return call(world.server.operator, "GET", `/v1/reports/${id}`, { token: world.tokens[as], expect });
    }

    it("goes from pending to reflected", async () => {
        const release = await world.hold("lock table meibo.publication_head in exclusive mode");
        const { json } = await world.report([fresh()], { expect: 201 });
        const { id } = json.results[0].report;
        const first = (await ask(id)).json.report;
        await release();
        assert.deepEqual(first, json.results[0].report, "pending while the publisher is held up");
        const last = await until(
            "reflected",
            async () => {
                const { report } = (await ask(id)).json;
                return report.state === "reflected" && report;
            },
            5_000,
        );
        const { state, reflected_at, publication, ...same } = last;
        const { state: before, ...given } = json.results[0].report;
        assert.equal(before, "pending");
        assert.deepEqual(same, given);
        assert.ok(reflected_at >= same.received_at && publication > 0);
    });

    it("is 404 for another operator's, unknown and impossible ids", async () => {
        const { json } = await world.report([fresh()], { expect: 201 });
        const { id } = json.results[0].report;
        await ask(id);
        await ask(id, "b", 404);
        for (const other of ["999999999", "0", "-1", "abc", "99999999999999999999999", `0${id}`, `${id}a`]) {
            await ask(other, "a", 404);
        }
    });

    it("is 401 without a token, 400 with a parameter, 406 for other media", async () => {
        await call(world.server.operator, "GET", "/v1/reports/1", { expect: 401 });
        await call(world.server.operator, "GET", "/v1/reports/1?x=1", { token: world.tokens.a, expect: 400 });
        await call(world.server.operator, "GET", "/v1/reports/1", {
            token: world.tokens.a,
            headers: { Accept: "text/csv" },
            expect: 406,
        });
    });

    it("answers HEAD", async () => {
        const { json } = await world.report([fresh()], { expect: 201 });
        const head = await call(world.server.operator, "HEAD", `/v1/reports/${json.results[0].report.id}`, {
            token: world.tokens.a,
            expect: 200,
        });
        assert.equal(head.headers["cache-control"], "no-store");
    });
});
