// The search page: the address says what is searched; the form and the results follow it.
import { addressOf, languageInAddress, searchInAddress } from "./address.js";
import { byId, element, linkOrText } from "./dom.js";
import * as form from "./form.js";
import { peopleList } from "./people.js";
import { Failure, ask } from "./service.js";
import { count, day, instant, language, speak, w } from "./words.js";

const KEPT_ANSWERS = 30;
const NUMBERS_AT_ONCE = 100;
const REMEMBERED = "meibo-language";

// ---- what is asked of the service ------------------------------------------------------------------------------------

const NUMBER = /^(?:第|No\.?)?(\d{1,7})号?$/i;

/** Registration numbers, if the words are nothing else: 第000123号, 123, １２３. */
function numbersIn(words) {
    const parts = words.normalize("NFKC").split(/[\s,、]+/);
    const numbers = parts.filter(Boolean).map((part) => NUMBER.exec(part)?.[1]);
    const areNumbers = numbers.every((number) => Number(number) > 0);
    return areNumbers && numbers.length > 0 && numbers.length <= NUMBERS_AT_ONCE ? numbers : undefined;
}

/** Looked up as numbers, ended registrations are found too, and numbers never issued are named. */
function pathOf(search) {
    const { q, ...others } = search;
    const numbers = q === undefined ? undefined : numbersIn(q);
    const asked = numbers === undefined ? search : { number: numbers.join(","), ...others };
    return `/v1/registrants?${new URLSearchParams(asked)}`;
}

// ---- language -------------------------------------------------------------------------------------------------------

function rememberedLanguage() {
    try {
        return localStorage.getItem(REMEMBERED);
    } catch {
        return null; // storage is forbidden: the address still remembers
    }
}

function remember() {
    try {
        localStorage.setItem(REMEMBERED, language);
    } catch {
        // as above
    }
}

function setLanguage(wanted) {
    speak(wanted);
    document.documentElement.lang = language;
    for (const place of document.querySelectorAll("[data-text]")) {
        place.textContent = w[place.dataset.text];
    }
    for (const link of document.querySelectorAll("[data-language]")) {
        link.setAttribute("aria-current", String(link.dataset.language === language));
    }
    byId("pages").setAttribute("aria-label", w.pages);
    form.buildChoices();
    void form.buildCourses();
}

// ---- what is shown --------------------------------------------------------------------------------------------------

const results = byId("results");
const title = byId("results-title");
const answer = byId("answer");
/** The newest answer or failure on show, kept to say it again in the other language. */
let shown;

function show(heading, asOf, body, said) {
    title.replaceChildren(...heading);
    byId("as-of").textContent = asOf ?? "";
    answer.replaceChildren(...body.filter((part) => part !== undefined));
    byId("said").textContent = said;
    results.setAttribute("aria-busy", "false");
}

const asOfText = (asOf) => w.as_of(asOf.publication, instant(asOf.published_at), day(asOf.day));

function showAbout(service) {
    const rows = ["source", "terms", "report_error"]
        .filter((name) => service[name] !== undefined)
        .map((name) => element("div", {}, element("dt", {}, w[name]), element("dd", {}, linkOrText(service[name]))));
    byId("about").replaceChildren(...rows);
}

function showWelcome(service) {
    document.title = w.site;
    const all = element("a", { href: addressOf({ limit: "20" }) }, w.show_all);
    const body = [element("p", {}, w.in_force(count(service.registrants))), element("p", {}, all)];
    show([w.welcome], asOfText(service.as_of), body, "");
    showPages({}, undefined);
}

function askedLine(search) {
    const parts = form.searchInWords(search).map(([label, value]) => (label ? `${label} ${value}` : w.quoted(value)));
    return parts.length > 0 ? element("p", { class: "asked" }, w.asked, w.conditions(parts)) : undefined;
}

function nothingFound(search) {
    const hints = [w.nothing_withheld, w.nothing_ended, w.nothing_shorter].map((hint) => element("li", {}, hint));
    return element(
        "div",
        { class: "notice" },
        element("p", { class: "strong" }, w.nothing),
        form.searchInWords(search).length > 0 ? element("ul", {}, hints) : undefined,
    );
}

function unknownNumbers(numbers) {
    const text = w.unknown_numbers(w.list(numbers.map(w.number_of)));
    return element("div", { class: "notice" }, element("p", { class: "strong" }, text));
}

function rangeText(start, items) {
    return start === undefined || items.length === 0
        ? undefined
        : element("span", { class: "shown" }, w.shown(count(start + 1), count(start + items.length)));
}

/** Where the page stands in the walk: known from the start, and as far as `next` was followed from there. */
function startOf(search) {
    return search.cursor === undefined ? 0 : history.state?.start;
}

function showAnswer(search, page) {
    const total = count(page.total);
    const unknown = page.unknown_numbers;
    document.title = `${search.q ?? w.results} – ${w.site}`;
    const heading = [w.results, " ", element("span", { class: "total" }, w.total(total)), " "];
    const range = page.total > page.items.length ? rangeText(startOf(search), page.items) : undefined;
    const isEmpty = page.items.length === 0;
    const body = [
        askedLine(search),
        unknown && unknownNumbers(unknown),
        ...(isEmpty ? [unknown && page.total === 0 ? undefined : nothingFound(search)] : peopleList(page.items)),
    ];
    show(range ? [...heading, range] : heading, asOfText(page.as_of), body, w.said(total));
    showPages(search, page);
}

function toResults() {
    title.focus({ preventScroll: true });
    title.scrollIntoView({ block: "start" });
}

function showPages(search, page) {
    const { cursor, ...first } = search;
    const links = [];
    if (cursor !== undefined) {
        links.push(element("a", { href: addressOf(first), class: "button quiet" }, w.first));
    }
    if (cursor !== undefined && history.state?.start > 0) {
        const back = element("button", { type: "button", class: "quiet" }, w.previous);
        back.addEventListener("click", () => history.back());
        links.push(back);
    }
    if (page?.next !== undefined) {
        links.push(nextLink(search, page));
    }
    byId("pages").replaceChildren(...links);
    byId("pages").hidden = links.length === 0;
}

function nextLink(search, page) {
    const cursor = new URLSearchParams(page.next.split("?")[1]).get("cursor");
    const link = element("a", { href: addressOf({ ...search, cursor }), class: "button", rel: "next" }, w.next);
    link.addEventListener("click", (event) => {
        if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) {
            return;
        }
        event.preventDefault();
        const start = startOf(search);
        history.pushState(start === undefined ? null : { start: start + page.items.length }, "", link.href);
        void follow().then(toResults);
    });
    return link;
}

// ---- failures -------------------------------------------------------------------------------------------------------

let retryTimer;

function failureText(failure) {
    const texts = {
        problem: () => failure.problem.detail,
        answer: () => w.failed_answer(failure.status),
        offline: () => w.failed_offline,
        slow: () => w.failed_slow,
        unreachable: () => w.failed_unreachable,
    };
    return texts[failure.kind]();
}

/** A fault as the form would say it: with the names of its fields. */
function faultText(fault) {
    const detail = fault.detail.replace(/\b[a-z]+_(?:from|to)\b/g, form.labelOf);
    return fault.parameter ? w.fault(form.labelOf(fault.parameter), detail) : detail;
}

function faultList(faults) {
    const line = (fault) => element("li", {}, faultText(fault));
    return faults.length > 0 ? element("ul", {}, faults.map(line)) : undefined;
}

function showFailure(failure) {
    const faults = failure.problem?.errors ?? [];
    const again = element("button", { type: "button" }, w.retry);
    again.addEventListener("click", () => void follow({ afresh: true }));
    const box = element(
        "div",
        { class: "notice failure", role: "alert" },
        element("p", { class: "strong" }, failureText(failure)),
        faultList(faults),
        failure.retryS === undefined ? undefined : element("p", {}, w.failed_retry(count(failure.retryS))),
        failure.status >= 500 && failure.problem
            ? element("p", { class: "small" }, w.failed_id(failure.problem.instance))
            : undefined,
        failure.status === 400 ? undefined : again,
    );
    document.title = `${w.failed} – ${w.site}`;
    show([w.failed], undefined, [box], "");
    showPages({}, undefined);
    form.markFaults(faults.map((fault) => fault.parameter));
    if (failure.retryS !== undefined) {
        retryTimer = setTimeout(() => void follow({ afresh: true }), failure.retryS * 1000);
    }
}

// ---- following the address ------------------------------------------------------------------------------------------

/** Answers by path, so that back and forward show at once what was there. */
const kept = new Map();
let asking = new AbortController();
/** The fragment that the page shows. */
let followed;

function keep(path, page) {
    kept.delete(path);
    kept.set(path, page);
    if (kept.size > KEPT_ANSWERS) {
        kept.delete(kept.keys().next().value);
    }
}

function present(search, page) {
    shown = () => (search === undefined ? showWelcome(page) : showAnswer(search, page));
    shown();
}

async function fetchPage(path, signal) {
    results.setAttribute("aria-busy", "true");
    byId("said").textContent = w.searching;
    if (answer.childElementCount === 0) {
        title.textContent = w.searching;
    }
    const page = await ask(path, signal);
    keep(path, page);
    return page;
}

/** Makes the page show what the address says. @param {{ afresh?: boolean }} [options] afresh: ask, whatever is kept */
async function follow({ afresh = false } = {}) {
    asking.abort();
    clearTimeout(retryTimer);
    asking = new AbortController();
    const { signal } = asking;
    followed = location.hash;
    const search = searchInAddress();
    const path = search === undefined ? "/v1" : pathOf(search);
    form.fillForm(search ?? {});
    try {
        const keptPage = afresh ? undefined : kept.get(path);
        present(search, keptPage ?? (await fetchPage(path, signal)));
    } catch (error) {
        if (signal.aborted) {
            return;
        }
        shown = undefined;
        showFailure(error instanceof Failure ? error : new Failure("answer", { status: String(error) }));
    }
}

function go(search) {
    const address = addressOf(search);
    if (address !== location.hash) {
        history.pushState(null, "", address);
    }
    return follow({ afresh: true });
}

function switchLanguage(wanted) {
    const draft = form.readForm();
    setLanguage(wanted);
    remember();
    history.replaceState(history.state, "", addressOf(searchInAddress()));
    followed = location.hash;
    void showService();
    if (shown === undefined) {
        void follow();
        return;
    }
    form.fillForm(draft);
    shown();
}

async function showService() {
    try {
        showAbout(kept.get("/v1") ?? (await ask("/v1")));
    } catch {
        // The footer does without; the search itself tells what is wrong.
    }
}

// ---- events ---------------------------------------------------------------------------------------------------------

/** The address changed: back, forward, a link, or the person typed. */
function addressChanged() {
    if (location.hash === followed) {
        return;
    }
    const wanted = languageInAddress();
    if (wanted !== null && wanted !== language) {
        setLanguage(wanted);
        remember();
    }
    void follow();
}

function listen() {
    window.addEventListener("popstate", addressChanged);
    window.addEventListener("hashchange", addressChanged);
    window.addEventListener("online", () => {
        if (shown === undefined) {
            void follow({ afresh: true });
        }
    });
    byId("search").addEventListener("submit", (event) => {
        event.preventDefault();
        const search = form.readForm();
        const isInFilters = byId("filters").contains(event.submitter);
        byId("filters").open = false;
        const done = go(Object.keys(search).length > 0 ? search : { limit: "20" });
        if (isInFilters) {
            void done.then(toResults);
        }
    });
    byId("search").addEventListener("change", form.showChosenPlaces);
    byId("filters").addEventListener("toggle", form.wantCourses);
    // A field that the browser refuses has to be seen.
    byId("search").addEventListener("invalid", () => (byId("filters").open = true), true);
    byId("clear").addEventListener("click", () => {
        form.fillForm({});
        byId("q").focus();
    });
    byId("skip").addEventListener("click", (event) => {
        event.preventDefault();
        byId("main").focus();
    });
    byId("brand").addEventListener("click", (event) => {
        event.preventDefault();
        void go({});
    });
    byId("languages").addEventListener("click", (event) => {
        const wanted = event.target.dataset.language;
        if (wanted !== undefined) {
            event.preventDefault();
            switchLanguage(wanted);
        }
    });
}

setLanguage(languageInAddress() ?? rememberedLanguage());
if (languageInAddress() !== null) {
    remember();
}
listen();
void follow().then(showService);
