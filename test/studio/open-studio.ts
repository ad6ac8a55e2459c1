import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { createServerContext, type ServerContextOptions } from "../../src/server/context.ts";
import { startServer } from "../../src/server/start-server.ts";

const CHROMIUM = process.env["SOJOURN_CHROMIUM"] || "/usr/bin/chromium";

/** Why no browser can be tested with here; undefined where one can. */
export const noBrowser = existsSync(CHROMIUM)
  ? undefined
  : `there is no ${CHROMIUM}: install Debian's chromium, or name another in SOJOURN_CHROMIUM`;

/** Where pictures are kept, where the environment asks for them: that of the documentation is `docs/images`. */
const pictures = process.env["SOJOURN_PICTURES"];

export type Theme = "light" | "dark";

/** What a theme may break: all else is the same in both. */
export const THEME_RULES = ["color-contrast"];

/** A page of the studio, and what went wrong on it. */
export interface StudioPage {
  page: Page;
  /** Console errors, uncaught errors, dialogs, and requests that were meant for somebody else. */
  troubles: string[];
  /** Goes to an address of the studio and waits until it shows what is asked for. */
  open(address: string, shows: string): Promise<void>;
  /** Has the system show another theme, which the page takes over at once. */
  inTheme(theme: Theme): Promise<void>;
  /**
   * Violations of accessibility that axe calls serious or critical, one line each.
   *
   * @param rules the only rules to check; default all
   */
  violations(rules?: string[]): Promise<string[]>;
  /** Keeps a picture, where the environment asks for pictures. */
  picture(name: string): Promise<void>;
  close(): Promise<void>;
}

/** The studio as `sojourn serve` serves it, over the runs of a folder, in a real browser. */
export interface OpenStudio {
  url: string;
  newPage(theme: Theme): Promise<StudioPage>;
  close(): Promise<void>;
}

/** Starts a server on a free port and a browser. */
export async function openStudio(
  runsRoot: string,
  options: Pick<ServerContextOptions, "config" | "folders"> = {},
): Promise<OpenStudio> {
  const server = await startServer(createServerContext({ runsRoot, ...options, environment: {} }));
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
  return {
    url: server.url,
    newPage: (theme) => newPage(browser, server.url, theme),
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

async function newPage(browser: Browser, url: string, first: Theme): Promise<StudioPage> {
  let theme = first;
  const context = await browser.newContext({
    viewport: { width: 1600, height: 1000 },
    colorScheme: theme,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const troubles: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") troubles.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => troubles.push(`uncaught: ${error.message}`));
  page.on("crash", () => troubles.push("the page crashed"));
  page.on("dialog", (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !/^(?:data|blob):/.test(request.url()))
      troubles.push(`request to ${request.url().slice(0, 200)}`);
  });
  return {
    page,
    troubles,
    async open(address, shows) {
      await page.goto(url + address);
      await page.getByText(shows).first().waitFor();
    },
    async inTheme(next) {
      theme = next;
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await page.locator(`html[data-theme=${theme}]`).waitFor();
    },
    async violations(rules) {
      if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
      const found = await page.evaluate(async (only) => {
        const { axe: checker } = globalThis as unknown as { axe: typeof axe };
        const { violations } = await checker.run(only === undefined ? {} : { runOnly: only });
        return violations.map(({ impact, id, nodes: [node] }) => ({
          ...{ impact, id, where: node?.html ?? "", why: node?.any[0]?.message ?? "" },
        }));
      }, rules);
      return found
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, where, why }) => `${id}: ${where.slice(0, 200)} ${why}`);
    },
    async picture(name) {
      if (pictures === undefined) return;
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, `studio-${name}-${theme}.png`) });
    },
    close: () => context.close(),
  };
}
