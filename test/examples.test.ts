import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import type { Server } from "node:http";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { temporaryFolder } from "./support/temporary-folder.ts";

const folder = fileURLToPath(new URL("../examples", import.meta.url));
const examples = readdirSync(folder).filter((file) => file.endsWith(".ts"));

/** Longest that an example may take. */
const MOST_MS = 15_000;

let printed = "";
const argv = process.argv;

beforeEach(() => {
  printed = "";
  vi.spyOn(console, "log").mockImplementation((line) => {
    printed += `${line}\n`;
  });
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation(() => true);
});

afterEach(() => {
  process.argv = argv;
});

/** Runs an example in this process, as a command line with these arguments would. */
async function run(file: string, ...words: string[]): Promise<Record<string, unknown>> {
  process.argv = ["node", file, ...words];
  return import(pathToFileURL(join(folder, file)).href);
}

describe("the examples", () => {
  test.each<[string, RegExp[]]>([
    ["01-reply.ts", [/^9\.7 \(\w+, \d+ tokens, \$0, \d+ ms\)$/m]],
    [
      "02-ai-sdk-model.ts",
      [/^hundreds 3 \+ 5 \+ 1 = 09$/m, /^The answer is 933\.$/m, /^\d+ tokens, \d+ of them/m],
    ],
    ["03-middleware.ts", [/^3: vote [23] of 3$/m]],
    ["05-custom-strategy.ts", [/^228 by untilTwoAgree: two of \d agreed$/m]],
    ["06-custom-search.ts", [/^tens 4 \+ 8 \+ 1 = 13$/m, /^= 933$/m]],
    ["07-custom-reward.ts", [/^0\.\d\/\d+: 1, the left side is 72, the right side 72$/m, /^x = 12$/m]],
    [
      "08-budgeted-batch.ts",
      [/^q2: \w.* \((?:budget|answered), \d+ tokens\)$/m, /^q4: nano is small/m, /tokens in all$/m],
    ],
    ["11-openai-client.ts", [/^hundreds 3 \+ 5 \+ 1 = 09$/m, /^The answer is 933\.$/m, /^\d+ tokens$/m]],
    ["09-panel-with-own-prompts.ts", [/^planner: 1\. read the tide table/m, /^so: yes$/m]],
  ])(
    "%s prints what it says",
    async (file, lines) => {
      await run(file);
      for (const line of lines) expect(printed).toMatch(line);
    },
    MOST_MS,
  );

  test(
    "10-read-a-run.ts prints the run that it made",
    async () => {
      await run("10-read-a-run.ts", temporaryFolder());
      expect(printed).toMatch(/^finished: \d+ events, \d calls$/m);
      expect(printed).toMatch(/^How many r's are in strawberry\? 3 \(vote: vote \d of \d\)$/m);
      expect(printed).toMatch(/^ {4}01 s no 0$/m);
    },
    MOST_MS,
  );

  test(
    "04-stream-to-browser.ts streams events to whoever fetches them, and says what fails",
    async () => {
      vi.stubEnv("PORT", "0");
      const server = (await run("04-stream-to-browser.ts"))["server"] as Server;
      if (!server.listening) await once(server, "listening");
      const [, address = ""] = /open (http:\S+)/.exec(printed) ?? [];
      try {
        expect(await (await fetch(address)).text()).toContain("new EventSource");
        const told = await (await fetch(`${address}/think?q=Is+9.11+or+9.7+larger%3F`)).text();
        const types = [...told.matchAll(/^event: (.+)$/gm)].map(([, type]) => type);
        expect(types[0]).toBe("question-started");
        expect(types.slice(-2)).toEqual(["answer-chosen", "question-finished"]);
        expect(told).toMatch(/^data: .*"type":"answer-chosen".*"answer":"9\.7"/m);
        expect(await (await fetch(`${address}/think?q=Who+am+I%3F`)).text()).toMatch(/^event: failed$/m);
      } finally {
        server.close();
        server.closeAllConnections();
      }
    },
    MOST_MS,
  );

  test("are ten or more, short, listed with their command, and import packages by name alone", () => {
    expect(examples.length).toBeGreaterThanOrEqual(10);
    const readme = readFileSync(join(folder, "README.md"), "utf8");
    for (const file of examples) {
      const text = readFileSync(join(folder, file), "utf8");
      expect(text.trimEnd().split("\n").length, file).toBeLessThan(40);
      expect(readme).toContain(`| \`npx tsx examples/${file}\` |`);
      for (const [, name = ""] of text.matchAll(/from "([^"]+)"/g))
        expect(name, file).toMatch(/^(?:sojourn(?:\/[a-z]+)?|ai|openai|node:[a-z]+)$/);
    }
  });
});
