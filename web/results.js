// What a search answered, on the page: the people or what to do when there is none, the conditions, the order, the
// pages. It makes links only; search.js follows them.
import { addressOf } from "./address.js";
import { changed, conditionsOf, isByText } from "./conditions.js";
import { askCatalog } from "./courses.js";
import { byId, element, linkOrText } from "./dom.js";
import { showFacets } from "./facets.js";
import { nearLinks } from "./near.js";
import { peopleList } from "./people.js";
import { savers } from "./save.js";
import { count, day, instant, w } from "./words.js";

const results = byId("results");
const title = byId("results-title");
const answer = byId("answer");

export const asOfText = (asOf) => w.as_of(asOf.publication, instant(asOf.published_at), day(asOf.day));

function fill(id, ...children) {
    byId(id).replaceChildren(...children);
    byId(id).hidden = children.length === 0;
}

/** Puts an answer on the page, without what belongs to a list of people. */
export function show(heading, asOf, body, said) {
    title.replaceChildren(...heading);
    byId("as-of").textContent = asOf ?? "";
    for (const id of ["chips", "narrow", "order", "pages", "save"]) {
        byId(id).hidden = true;
    }
    answer.replaceChildren(...body.filter((part) => part !== undefined));
    byId("said").textContent = said;
    results.setAttribute("aria-busy", "false");
}

export function showBusy() {
    results.setAttribute("aria-busy", "true");
    byId("said").textContent = w.searching;
    if (answer.childElementCount === 0) {
        title.textContent = w.searching;
    }
}

export function showAbout(service) {
    const rows = ["source", "terms", "report_error"]
        .filter((name) => service[name] !== undefined)
        .map((name) => element("div", {}, element("dt", {}, w[name]), element("dd", {}, linkOrText(service[name]))));
    byId("about").replaceChildren(...rows);
}

export function showWelcome(service) {
    document.title = w.site;
    const all = element("a", { href: addressOf({ limit: "20" }) }, w.show_all);
    const ways = w.ways.map(([what, how]) => element("div", {}, element("dt", {}, what), element("dd", {}, how)));
    const help = element("section", { class: "ways" }, element("h3", {}, w.ways_title), element("dl", {}, ways));
    const body = [element("p", {}, w.in_force(count(service.registrants))), element("p", {}, all), help];
    show([w.welcome], asOfText(service.as_of), body, "");
}

// ---- conditions ---------------------------------------------------------------------------------------------------------

function chip({ label, text, without }) {
    const words = label ? `${label} ${text}` : text;
    const link = element("a", { href: addressOf(without) }, words, element("span", { class: "unseen" }, w.take_away));
    return element("li", {}, link);
}

/** The words alone stand in the box already. */
function showChips(search) {
    const conditions = conditionsOf(search);
    const chips = conditions.some(({ label }) => label !== "") ? conditions.map(chip) : [];
    const clear = element("a", { href: addressOf({ limit: "20" }), class: "all" }, w.take_all_away);
    fill("chips", ...chips, ...(chips.length > 1 ? [element("li", {}, clear)] : []));
}

/** Courses are told by code until their names are known. */
function showConditions(search) {
    showChips(search);
    if (search.course !== undefined) {
        const address = location.hash;
        askCatalog().then(
            () => location.hash === address && showChips(search),
            () => {},
        );
    }
}

function showOrder(search) {
    const orders = Object.entries(w.sorts).filter(([order]) => order !== "relevance" || isByText(search));
    const usual = isByText(search) ? "relevance" : "number";
    const options = orders.map(([value, text]) => element("option", { value }, text));
    const sort = byId("sort");
    sort.replaceChildren(...options);
    sort.dataset.usual = usual;
    sort.value = orders.some(([order]) => order === search.sort) ? search.sort : usual;
    byId("order").hidden = false;
}

// ---- nothing found ------------------------------------------------------------------------------------------------------

const textOnly = (search) => ({ q: search.q, name: search.name, kana: search.kana, employer: search.employer });

/** The same text without the other conditions, if there are any. */
function withoutFilters(search) {
    const bare = changed(textOnly(search), {});
    const hasFilters = conditionsOf(search).length > conditionsOf(bare).length;
    return isByText(search) && hasFilters
        ? element("p", {}, element("a", { href: addressOf(bare) }, w.without_filters))
        : undefined;
}

function nothingFound(search, hints) {
    const withheld = hints?.withheld_names ?? 0;
    const lines = [
        element("li", {}, w.nothing_meaning, withheld > 0 ? w.nothing_withheld(count(withheld)) : "", w.nothing_number),
        element("li", {}, w.nothing_ended),
        element("li", {}, w.nothing_shorter),
    ];
    return element(
        "div",
        { class: "notice" },
        element("p", { class: "strong" }, w.nothing),
        nearLinks(search, hints?.near ?? []),
        withoutFilters(search),
        conditionsOf(search).length > 0 ? element("ul", {}, lines) : undefined,
    );
}

function unknownNumbers(numbers) {
    const text = w.unknown_numbers(w.list(numbers.map(w.number_of)));
    return element("div", { class: "notice" }, element("p", { class: "strong" }, text));
}

// ---- people and pages -----------------------------------------------------------------------------------------------------

/** Where the page stands in the walk: known from the start, and as far as `next` was followed from there. */
const startOf = (search) => (search.cursor === undefined ? 0 : history.state?.start);

function rangeText(start, items) {
    return start === undefined || items.length === 0
        ? undefined
        : element("span", { class: "shown" }, w.shown(count(start + 1), count(start + items.length)));
}

function nextLink(search, page) {
    const cursor = new URLSearchParams(page.next.split("?")[1]).get("cursor");
    const start = startOf(search);
    return element(
        "a",
        {
            href: addressOf({ ...search, cursor }),
            class: "button",
            rel: "next",
            "data-start": start === undefined ? undefined : start + page.items.length,
        },
        w.next,
    );
}

function previousButton() {
    const back = element("button", { type: "button", class: "quiet" }, w.previous);
    back.addEventListener("click", () => history.back());
    return back;
}

function showPages(search, page) {
    const isFurtherOn = search.cursor !== undefined;
    const first = element("a", { href: addressOf(changed(search, {})), class: "button quiet" }, w.first);
    const links = [
        ...(isFurtherOn ? [first] : []),
        ...(isFurtherOn && history.state?.start > 0 ? [previousButton()] : []),
        ...(page.next === undefined ? [] : [nextLink(search, page)]),
    ];
    fill("pages", ...links);
}

export function showAnswer(search, page) {
    const total = count(page.total);
    const unknown = page.unknown_numbers;
    document.title = `${search.q ?? w.results} – ${w.site}`;
    const heading = [w.results, " ", element("span", { class: "total" }, w.total(total)), " "];
    const range = page.total > page.items.length ? rangeText(startOf(search), page.items) : undefined;
    const isEmpty = page.items.length === 0;
    const body = [
        unknown && unknownNumbers(unknown),
        ...(isEmpty
            ? [unknown && page.total === 0 ? undefined : nothingFound(search, page.hints)]
            : peopleList(page.items)),
    ];
    show(range ? [...heading, range] : heading, asOfText(page.as_of), body, w.said(total));
    showConditions(search);
    showPages(search, page);
    if (!isEmpty) {
        showFacets(search, page);
        showOrder(search);
        fill("save", ...savers(search, page));
    }
}
