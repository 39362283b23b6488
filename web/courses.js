// Courses and operators: asked for once, and what a course is called on the page.
import { ask } from "./service.js";
import { day, language, w } from "./words.js";

let asked;
let courses = new Map();

/** Courses and operators by code, asked for once; a failure is forgotten, so that the next caller asks again. */
export function askCatalog() {
    asked ??= Promise.all([ask("/v1/courses"), ask("/v1/operators")]).then(
        ([answer, operators]) => {
            courses = new Map(answer.items.map((course) => [course.code, course]));
            return { courses, operators: new Map(operators.items.map((operator) => [operator.code, operator])) };
        },
        (error) => {
            asked = undefined;
            throw error;
        },
    );
    return asked;
}

const APRIL_TO_MARCH = /^(\d{4})-04-01 (\d{4})-03-31$/;

export function courseLabel(course) {
    const name = (language === "en" && course.name_en) || course.name;
    const year = APRIL_TO_MARCH.exec(`${course.valid_from} ${course.valid_to}`);
    const isFiscalYear = year !== null && Number(year[2]) === Number(year[1]) + 1;
    const when = isFiscalYear ? w.fiscal_year(year[1]) : `${day(course.valid_from)} – ${day(course.valid_to)}`;
    return language === "en" ? `${name} (${when})` : `${name}（${when}）`;
}

/** Its code, until the list of courses is there. */
export function courseName(code) {
    const course = courses.get(code);
    return course === undefined ? code : courseLabel(course);
}
