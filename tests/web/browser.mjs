// browser.mjs DATELINE ROOT - the page in a real browser over the example store: the six questions of docs/analyst.md in two clicks at most,
// their figures held against the command's; what leaves the origin; markup in a title; the keyboard; accessibility of every view.
import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import path from "node:path";
import test, { after, before } from "node:test";
import { axeSource, cleanUp, dateline, drawn, folder, HOSTILE, launch, makeStore, open, root, serve, settled, store } from "./harness.mjs";

let browser, server;
before(async () => {
    makeStore();
    server = await serve("--review");
    browser = await launch();
});
after(async () => {
    await browser?.close();
    server?.stop();
    cleanUp();
});

/** Opens the start page, runs the steps, and sees that nothing went wrong and nothing left the origin. */
async function visit(steps, options) {
    const visit_ = await open(browser, server.base, options);
    try {
        await visit_.go("overview");
        await steps(visit_);
        assert.deepEqual(visit_.seen.strange, [], "nothing is asked of another origin");
        assert.deepEqual(visit_.seen.errors, [], "nothing goes wrong in the page");
    } finally {
        await visit_.context.close();
    }
}

const rangeOf = (estimate) =>
    estimate.low === estimate.high
        ? `${estimate.low}${estimate.open ? " or more" : ""}`
        : `${estimate.low}–${estimate.high}${estimate.open ? "+" : ""}`;
const words = async (locator) => (await locator.allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
const column = (page, i) => words(page.locator(`.beside tbody tr td:nth-child(${i + 2})`));

/* ---- the six questions ---- */

test("1: how many were hurt, and who says so", () =>
    visit(async ({ page, click, seen }) => {
        const [toll] = dateline("toll", "--store", store, "Kutum", "--since", "2025-09-07", "--until", "2025-09-07");
        await click(page.locator(".tolls tr", { hasText: "Kutum" }).filter({ hasText: "7 Sept" }).locator("a.what"));
        const lede = await page.locator(".lede").innerText();
        for (const harm of ["killed", "wounded"])
            assert.ok(lede.includes(`${toll[harm].low} to ${toll[harm].high} ${harm}, most say ${toll[harm].best}`), `${harm} in: ${lede}`);
        const sources = await words(page.locator(".beside thead th"));
        const claims = toll.happenings.flatMap((happening) => happening.claims);
        assert.equal(sources.length, claims.length);
        for (const claim of claims)
            assert.ok(
                sources.some((source) => source.startsWith(claim.source)),
                claim.source,
            );
        assert.ok(seen.clicks <= 2);
    }));

test("every figure leads to its sentence in one click, its words marked", () =>
    visit(async ({ page, click }) => {
        const [toll] = dateline("toll", "--store", store, "Kutum", "--since", "2025-09-07", "--until", "2025-09-07");
        const from = toll.killed.high_from;
        const claim = toll.happenings[0].claims.find((one) => one.document === from.document && one.event === from.event);
        await click(
            page
                .locator(".tolls tr", { hasText: "Kutum" })
                .locator("a.fig", { hasText: String(toll.killed.high) })
                .first(),
        );
        await page.locator(".reader .piece.on").first().waitFor();
        const marked = (await words(page.locator(".reader .piece.on"))).join(" ");
        assert.ok(claim.text.includes(marked), `${marked} in ${claim.text}`);
        assert.match(marked, /19/);
        assert.ok((await page.locator(".reader .story").innerText()).includes(claim.text));
    }));

/* Every link to a page's words in a view, or so many spread over it, opens the reader with words marked; back from it, the view stands as before. */
async function followFigures({ page, go, seen }, view, { few = 8, at = "main a[href*='page=']", prepare } = {}) {
    await go(view);
    await prepare?.();
    const links = await page.locator(at).evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute("href")));
    assert.ok(links.length > 0, `${view} has figures`);
    const step = Math.max(1, Math.floor(links.length / few));
    for (let i = 0; i < links.length; i += step) {
        const anchor = page.locator(`main a[href=${JSON.stringify(links[i])}]`).first();
        if (!(await anchor.isVisible())) continue;
        const told = (await anchor.innerText()).replace(/\s+/g, " ");
        await anchor.click();
        await page.locator(".reader .headline").waitFor();
        await page.waitForFunction(() => document.querySelector(".reader .piece.on, .reader .headline.on") || CSS.highlights.has("hit"), null, { timeout: 5000 }).catch(() => {
            assert.fail(`${view}: "${told}" (${links[i]}) opens a page without words marked`);
        });
        const visible = await page.evaluate(() => {
            const mark = document.querySelector(".reader .piece.on, .reader .headline.on") ?? [...(CSS.highlights.get("hit") ?? [])][0];
            const box = mark.getBoundingClientRect();
            return box.width > 0 && box.bottom > 0 && box.top < innerHeight;
        });
        assert.ok(visible, `${view}: the words of "${told}" are in sight`);
        await page.keyboard.press("Escape");
        await page.locator(".reader").waitFor({ state: "hidden" });
    }
    assert.deepEqual(seen.errors, []);
}

for (const [view, options] of [
    ["overview", { at: "main a.fig[href*='page=']", few: 14 }],
    ["timeline"],
    ["ledger", { few: 14 }],
    ["ledger?place=Omdurman&type=ASSAULT&sort=killed"],
    ["talks", { few: 14 }],
    ["ceasefire", { few: 12 }],
    ["sites?site=Zaporizhzhia%20Nuclear%20Power%20Plant"],
    ["search?q=ceasefire"],
    ["review"],
    ["map", { at: "#map-list a[href*='page=']" }],
])
    test(`in one click a figure leads to its sentence: ${view}`, () => visit((it) => followFigures(it, view, options)));

test("figures of a happening's claims side by side lead to their sentences", () =>
    visit(async (it) => {
        await it.go("ledger?place=Kutum");
        const href = await it.page.locator(".ledger .range a.what").first().getAttribute("href");
        await followFigures(it, href.replace(/^#\//, ""), { few: 12 });
    }));

test("2: what each side claims about a strike", () =>
    visit(async ({ page, click, seen }) => {
        const [happening] = dateline("sides", "--store", store, "Omdurman", "--since", "2025-09-04", "--until", "2025-09-04");
        await click(page.locator(".front-part", { hasText: "Disputed" }).locator("a.what", { hasText: "Omdurman" }));
        const heads = await words(page.locator(".beside thead th"));
        const labels = await words(page.locator(".beside tbody th"));
        const row = (name) => labels.findIndex((label) => label.startsWith(name));
        const shown = [];
        for (let i = 0; i < heads.length; i++) {
            const cells = await column(page, i);
            shown.push(
                [
                    cells[row("Killed")].replace(/[()–]/g, ""),
                    cells[row("Wounded")].replace(/[()–]/g, ""),
                    /denies/.test(cells[row("Their word")]),
                ].join("|"),
            );
        }
        const count = (pair) => (pair ? `${pair[0]}${pair[1] === null ? "+" : ""}` : "");
        assert.deepEqual(
            shown.sort(),
            happening.claims.map((claim) => [count(claim.killed), count(claim.wounded), claim.stance === "denies"].join("|")).sort(),
        );
        for (const claim of happening.claims)
            assert.ok(
                heads.some((head) => head.startsWith(claim.source)),
                claim.source,
            );
        assert.ok(seen.clicks <= 2);
    }));

test("3: where the talks stand", () =>
    visit(async ({ page, click, seen }) => {
        const processes = dateline("talks", "--store", store);
        await click(page.locator("nav a", { hasText: "Talks" }));
        const boards = page.locator(".board");
        assert.equal(await boards.count(), processes.length);
        for (const process of processes) {
            const board = boards.filter({ hasText: process.parties.join(" ") });
            const rounds = await words(board.locator(".talk-round"));
            assert.equal(rounds.length, process.rounds.length);
            process.rounds.forEach((round, i) => {
                if (round.place) assert.ok(rounds[i].includes(round.place), `${round.place} in ${rounds[i]}`);
                if (round.round) assert.ok(rounds[i].startsWith(`Round ${round.round}`));
            });
            const issues = await words(board.locator(".issues tbody tr"));
            process.issues.forEach((issue, i) => assert.ok(issues[i].startsWith(issue.topic) && issues[i].includes(issue.status), issues[i]));
        }
        assert.ok(seen.clicks <= 2);
    }));

test("4: whether the ceasefire holds, seven days before and after", () =>
    visit(async ({ page, click, seen }) => {
        const rows = dateline("ceasefire", "--store", store, "--since", "2025-09-10", "--area", "Khartoum state");
        await click(page.locator("nav a", { hasText: "Ceasefire" }));
        await click(page.locator(".offers a", { hasText: "Khartoum state" }));
        const table = page.locator(".area table.stack tbody tr");
        const dates = rows.filter((row) => row.level === "day");
        assert.equal(await table.count(), dates.length);
        for (const [i, row] of dates.entries()) {
            const [, incidents, killed] = await words(table.nth(i).locator("td"));
            assert.equal(incidents, row.state === "no report" ? "no report" : String(row.incidents), row.date);
            if (row.killed) assert.ok(killed.startsWith(rangeOf(row.killed)), `${row.date}: ${killed}`);
        }
        for (const period of ["before", "after"]) {
            const total = rows.find((row) => row.level !== "day" && row.period === period);
            const sum = await words(page.locator(".sums tbody tr", { hasText: new RegExp(period, "i") }).locator("td"));
            assert.equal(sum[0], String(total.incidents), period);
            assert.ok(sum[1].startsWith(rangeOf(total.killed)), `${period}: ${sum[1]}`);
        }
        assert.ok(seen.clicks <= 2);
    }));

test("5: what happened within 30 km of the plant", () =>
    visit(async ({ page, click, seen }) => {
        const told = dateline("site", "--store", store, "Zaporizhzhia Nuclear Power Plant").filter((row) => row.kind);
        const rows = [...told.filter((row) => row.date).reverse(), ...told.filter((row) => !row.date)]; // the page tells the latest first
        await click(page.locator("nav a", { hasText: "Sites" }));
        await click(page.locator(".sites a.what", { hasText: "Zaporizhzhia Nuclear Power Plant" }).first());
        const shown = page.locator("table.site tbody tr");
        assert.equal(await shown.count(), rows.length);
        for (const [i, row] of rows.entries()) {
            const text = (await words(shown.nth(i)))[0];
            for (const part of [row.kind, row.place, row.text.slice(0, 30)]) assert.ok(text.includes(part), `${part} in ${text}`);
        }
        assert.ok(seen.clicks <= 2);
    }));

test("6: a wrong figure is mended from the keyboard, the old value kept, all exported, and the word taken back", () =>
    visit(async ({ page, click, seen }) => {
        await click(page.locator("nav a", { hasText: "Review" }));
        await page.fill("#author", "A. Ruiz");
        await page.locator("#author").blur();
        await page.keyboard.press("j");
        const item = await page.locator(".queue li[aria-current]").getAttribute("data-item");
        const [document, event] = item.split(/:(?=V)/);
        const find = () => dateline("find", "--store", store).find((row) => row.document === document && row.event === event);
        const old = find();
        const field = ["killed", "wounded", "captured"].find((harm) => old[harm]) ?? "killed";
        await page.keyboard.press("c");
        await page.selectOption("dialog select[name=field]", "killed");
        await page.fill("dialog [name=value]", "77");
        await page.keyboard.press("Enter");
        await page.getByText("Corrected.").waitFor();
        await settled(page);
        assert.deepEqual(find().killed, [77, 77], "the person's word wins");
        assert.equal(await page.locator(`.queue li[data-item="${item}"]`).count(), 0, "what was looked at leaves the queue");
        const history = await (await page.request.get(`${server.base}api/v1/history/${encodeURIComponent(item)}`)).json();
        assert.ok(
            history.items.some((row) => row.engine) && history.items.some((row) => row.author === "A. Ruiz"),
            "the machine's word stays beside the person's",
        );
        await page.locator("main").press("u");
        await page.getByText("Undone:").waitFor();
        await settled(page);
        assert.deepEqual(find()[field], old[field]);
        assert.deepEqual(find().killed, old.killed, "what stood before stands again");
        assert.ok(seen.clicks <= 2);
    }));

/* ---- the keyboard ---- */

test("the review queue is accepted and rejected by keys, each taken back by u", () =>
    visit(async ({ page, go }) => {
        await go("review");
        await page.fill("#author", "B. Okafor");
        await page.locator("#author").blur();
        for (const [key, done] of [
            ["a", "Accepted."],
            ["r", "Rejected."],
        ]) {
            const entry = page.locator(`.queue li[data-item="${await page.locator(".queue li[aria-current]").getAttribute("data-item")}"]`);
            await page.keyboard.press(key);
            await page.getByText(done).waitFor();
            await entry.waitFor({ state: "detached" });
            await page.keyboard.press("u");
            await page.getByText("Undone:").waitFor();
            await entry.waitFor();
        }
    }));

test("a word of an earlier visit is undone in a later one, by its button and by u", async () => {
    const find = (item) => dateline("find", "--store", store).find((row) => `${row.document}:${row.event}` === item);
    const said = [];
    await visit(async ({ page, go }) => {
        await go("review");
        await page.fill("#author", "C. Lindqvist");
        for (const value of ["61", "62"]) {
            await page.locator(".queue li").first().click();
            const item = await page.locator(".queue li[aria-current]").getAttribute("data-item");
            said.push([item, find(item).killed]);
            await page.locator(".queue li[aria-current] button", { hasText: "Correct" }).click();
            await page.selectOption("dialog select[name=field]", "killed");
            await page.fill("dialog [name=value]", value);
            await page.keyboard.press("Enter");
            await page.locator(`.queue li[data-item="${item}"]`).waitFor({ state: "detached" });
            assert.deepEqual(find(item).killed, [Number(value), Number(value)]);
        }
    });
    await visit(async ({ page, go }) => {
        await go("review");
        const mine = page.locator(".history li", { hasText: "C. Lindqvist" });
        assert.equal(await mine.count(), 2, "what was said before is told");
        await page.fill("#author", "C. Lindqvist");
        await page.locator("#author").blur();
        await page.locator("main").press("u"); // the last one
        await mine.nth(0).locator(".tag", { hasText: "undone" }).waitFor();
        await mine.nth(1).locator("button", { hasText: "Undo" }).click();
        await mine.nth(1).locator(".tag", { hasText: "undone" }).waitFor();
        for (const [item, killed] of said) assert.deepEqual(find(item).killed, killed, "what stood before stands again");
    });
});

test("views, search, help and the reader open and close from the keyboard", () =>
    visit(async ({ page }) => {
        await page.keyboard.press("4");
        await settled(page);
        assert.equal(await page.locator("nav a[aria-current]").innerText(), "Ledger");
        await page.keyboard.press("?");
        assert.ok(await page.locator("dialog#help").isVisible());
        await page.keyboard.press("Escape");
        await page.keyboard.press("j");
        await page.keyboard.press("j");
        await page.keyboard.press("Enter");
        await page.locator(".reader .headline").waitFor();
        await page.keyboard.press("Escape");
        await page.locator(".reader").waitFor({ state: "hidden" });
        await page.keyboard.press("/");
        await settled(page);
        await page.locator("#q").fill("third round");
        await page.keyboard.press("Enter");
        await settled(page);
        assert.equal(await page.locator(".hits li").count(), dateline("find", "--store", store, "--what", "sentences", "third round").length);
    }));

test("every view is walked by the keyboard alone, and what has focus is seen", () =>
    visit(async ({ page }) => {
        const focus = () =>
            page.evaluate(() => {
                const element = document.activeElement;
                const box = element.getBoundingClientRect();
                return {
                    inMain: Boolean(element.closest("main")),
                    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
                    ring: element.matches(":focus-visible"),
                    what: `${element.tagName} ${element.className}`,
                };
            });
        for (const key of "123456789") {
            await page.locator("body").press("Escape");
            await page.evaluate(() => document.activeElement.blur());
            await page.keyboard.press(key);
            await settled(page);
            const view = await page.evaluate(() => location.hash);
            await page.evaluate(() => document.activeElement.blur());
            if (key === "8") {
                await page.keyboard.press("/");
                await page.keyboard.type("ceasefire");
                await page.keyboard.press("Enter");
                await settled(page);
                await page.evaluate(() => document.activeElement.blur());
            }
            await page.keyboard.press("j");
            await page.keyboard.press("j");
            const row = await focus();
            assert.ok(row.inMain && row.seen, `${view}: j goes to ${row.what}`);
            await page.keyboard.press("Tab");
            const next = await focus();
            assert.ok(next.seen && next.ring, `${view}: Tab goes to ${next.what}, in sight and with a ring`);
        }
    }));

/* ---- addresses, filters, files ---- */

test("an address holds the view, its filters and the open page", () =>
    visit(async ({ page, go }) => {
        await go("ledger");
        await page.fill("[name=place]", "Omdurman");
        await page.keyboard.press("Tab");
        await page.fill("[name=since]", "2025-09-10");
        await page.locator("[name=since]").blur();
        await settled(page);
        await page.locator(".ledger a.fig").first().click();
        await page.locator(".reader .headline").waitFor();
        const [address, title] = [page.url(), await page.locator(".reader .headline").innerText()];
        assert.match(address, /place=Omdurman/);
        await page.reload();
        await settled(page);
        await page.locator(".reader .headline").waitFor();
        assert.equal(await page.locator(".reader .headline").innerText(), title);
        assert.equal(await page.locator("[name=place]").inputValue(), "Omdurman");
        for (const row of await words(page.locator(".ledger .range"))) assert.match(row, /Omdurman/);
        await page.goBack();
        await page.locator(".reader").waitFor({ state: "hidden" });
    }));

test("days brushed on the timeline hold in the other views", () =>
    visit(async ({ page, go, click }) => {
        await go("timeline?since=2025-09-01&until=2025-09-20");
        const box = await page.locator(".lanes .hit").boundingBox();
        await page.mouse.move(box.x + box.width * 0.95, box.y + 20);
        await page.mouse.down();
        await page.mouse.move(box.x + box.width * 0.99, box.y + 20, { steps: 4 });
        await page.mouse.up();
        await settled(page);
        const since = new URLSearchParams(page.url().split("?")[1]).get("since");
        assert.notEqual(since, "2025-09-01");
        await click(page.locator("nav a", { hasText: "Ledger" }));
        assert.equal(await page.locator("[name=since]").inputValue(), since);
    }));

test("views export what they show", () =>
    visit(async ({ page, go }) => {
        const save = async (label) => {
            await page.locator(".view-tools .menu summary").click();
            const [download] = await Promise.all([
                page.waitForEvent("download"),
                page.locator(".view-tools .menu div > *", { hasText: label }).click(),
            ]);
            return readFileSync(await download.path(), "utf8");
        };
        await go("ledger?place=Kutum");
        assert.match(await save("Claims as CSV"), /Kutum/);
        assert.equal(JSON.parse(await save("Happenings as GeoJSON")).type, "FeatureCollection");
        await go("timeline");
        assert.match(await save("Timeline as SVG"), /^<svg[^>]*>[\s\S]*<rect/);
        assert.match(await save("Timeline as PNG"), /^.PNG/);
        await go("map");
        await page.locator(".pin-icon").first().waitFor();
        assert.match(await save("Map as SVG"), /stroke-dasharray/);
        assert.match(await save("Map as PNG"), /^.PNG/);
        await go("talks");
        assert.match(await save("Rounds and issues as CSV"), /Geneva/);
    }));

test("pins lead to their happening, and its figures to the sentence", () =>
    visit(async ({ page, go }) => {
        await go("map?place=Kutum&type=ASSAULT");
        await page.locator(".pin-icon").first().waitFor();
        await page.locator(".pin-icon").first().focus();
        await page.keyboard.press("Enter");
        await page.locator(".pop .fig").first().click();
        await page.locator(".reader .piece.on").first().waitFor();
    }));

/* ---- what pages may not do ---- */

test("markup in a page's title and text stays text", () =>
    visit(async ({ page, go }) => {
        await go("search?q=guards");
        await page.locator(".hits a", { hasText: "<b>guards</b>" }).click();
        await page.locator(".reader .headline").waitFor();
        assert.equal(await page.locator(".reader .headline").innerText(), HOSTILE);
        assert.equal(await page.locator(".reader script, .reader img, .reader b b").count(), 0);
        assert.equal(await page.locator(".reader a[href^=javascript]").count(), 0);
        for (const view of ["overview", "ledger?place=Port%20Sudan", "timeline", "map"]) await go(view);
        assert.equal(await page.evaluate(() => window.broken), undefined);
    }));

test("a page that was cut off says so", () =>
    visit(async ({ page, go }) => {
        const pages = await (await page.request.get(`${server.base}api/v1/pages?access=truncated,blocked`)).json();
        assert.ok(pages.items.length > 0);
        await go(`overview?page=${encodeURIComponent(pages.items[0].document)}`);
        await page.locator(".reader .note").waitFor();
        assert.match(await page.locator(".reader .note").innerText(), /cut off|not on this page/);
    }));

test("a field leads to its words and words to their field", () =>
    visit(async ({ page, go }) => {
        await go("search?q=Enerhodar");
        await page.locator(".hits a").first().click();
        const field = page.locator(".reader .item dd button").first();
        await field.click();
        const marked = page.locator(".reader .piece.on");
        await marked.first().waitFor();
        assert.equal((await words(marked))[0], (await words(field))[0]);
        await page.locator(".reader .piece.k-where").first().click();
        await page.locator(".reader .item dd .on").first().waitFor();
    }));

/* ---- accessibility, widths, nothing installed ---- */

const VIEWS = [
    "overview",
    "map",
    "timeline",
    "ledger",
    "ledger?place=Omdurman&page=PAGE&at=V1.killed",
    "talks",
    "ceasefire",
    "sites",
    "sites?site=Zaporizhzhia%20Nuclear%20Power%20Plant",
    "search?q=ceasefire",
    "review",
];

for (const [name, options] of [
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["narrow", { viewport: { width: 390, height: 844 } }],
])
    test(`axe finds no serious fault on any view, ${name}`, () =>
        visit(async ({ page, go }) => {
            const [row] = dateline("sides", "--store", store, "Omdurman", "--since", "2025-09-04", "--until", "2025-09-04");
            for (const view of VIEWS) {
                await go(view.replace("PAGE", row.claims[0].document));
                if (view.includes("PAGE")) await page.locator(".reader .headline").waitFor();
                if (view === "map") await page.locator(".pin-icon").first().waitFor();
                await page.evaluate(axeSource);
                const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
                const serious = violations
                    .filter((one) => ["serious", "critical"].includes(one.impact))
                    .map(
                        (one) =>
                            `${view}: ${one.id}: ${one.nodes
                                .slice(0, 3)
                                .map((node) => `${node.html.slice(0, 160)} ${node.any?.[0]?.message ?? ""}`)
                                .join(" | ")}`,
                    );
                assert.deepEqual(serious, []);
                const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
                assert.ok(wide <= 0, `${view} is ${wide} pixels wider than the window`);
            }
        }, options));

test("without the packages of npm the page works but for the map's ground, and says what to run", async () => {
    const bare = path.join(folder, "bare");
    cpSync(path.join(root, "web"), bare, { recursive: true, filter: (name) => !name.includes("node_modules") });
    const other = await serve("--web", bare);
    const { page, context, seen } = await open(browser, other.base);
    const go = async (view) => {
        await page.goto(`${other.base}#/${view}`);
        await drawn(page);
    };
    try {
        await go("map");
        await page.getByText("tools/web-setup").waitFor();
        await page.locator(".map-list .pop-row").first().waitFor(); // the list holds the same happenings
        for (const view of ["overview", "ledger", "timeline"]) await go(view);
        assert.ok((await page.locator(".day li").count()) > 0);
        assert.deepEqual(seen.strange, []);
        other.stop();
        await page.locator("nav a", { hasText: "Talks" }).click();
        await page.getByText("The server does not answer").waitFor();
        assert.ok(await page.getByRole("button", { name: "Try again" }).isVisible(), "a server that is gone is told, with a way to go on");
    } finally {
        other.stop();
        await context.close();
    }
});

test("the policy of the page lets no markup run and no other host be asked", async () => {
    const answer = await fetch(server.base);
    const policy = answer.headers.get("content-security-policy");
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'self'(;|$)/);
    assert.doesNotMatch(policy, /unsafe|https?:|\*/);
});
