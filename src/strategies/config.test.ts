import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../../test/support/temporary-folder.ts";
import { InputError } from "../thought/errors.ts";
import { CONFIG_FILE, readConfig } from "./config.ts";

let folder: string;
let file: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder, CONFIG_FILE);
});

/** The error of reading a config with this content. */
function refusal(content: string | Buffer, path = file): InputError {
  writeFileSync(path, content);
  try {
    readConfig(path);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error("the config was accepted");
}

describe("a config", () => {
  test("is empty where there is no file, and where the file is empty or all comments", () => {
    const before = process.cwd();
    process.chdir(folder);
    onTestFinished(() => process.chdir(before));
    expect(readConfig()).toEqual({});
    for (const content of ["", "# nothing\n", "---\n"]) {
      writeFileSync(file, content);
      expect(readConfig(file)).toEqual({});
    }
    writeFileSync(file, "effort: low\n");
    expect(readConfig()).toEqual({ effort: "low" });
  });

  test("holds models, strategy, effort, settings, the runs' folder and providers", () => {
    writeFileSync(
      file,
      `model: lab/big
roles: { judge: openai/gpt }
strategy: vote
effort: high
runs: ./elsewhere
settings: { samples: 7, budget: { tokens: 9000, usd: 0.5 } }
providers:
  lab: { baseUrl: "http://127.0.0.1:8000/v1", apiKeyEnv: LAB_KEY }
`,
    );
    expect(readConfig(file)).toMatchObject({
      model: "lab/big",
      roles: { judge: "openai/gpt" },
      strategy: "vote",
      effort: "high",
      runs: "./elsewhere",
      settings: { samples: 7, budget: { tokens: 9000, usd: 0.5 } },
      providers: { lab: { apiKeyEnv: "LAB_KEY" } },
    });
  });
});

describe("refuses, in one line that names the file and the field", () => {
  test.each([
    ["model: 3", "model"],
    ['model: ""', "model"],
    ["modle: nano", "modle"],
    ["effort: extreme", "effort"],
    ["roles: { jugde: nano }", "jugde"],
    ["roles: { judge: 1 }", "roles.judge"],
    ["settings: { samples: many }", "settings.samples"],
    ["settings: { samples: 0 }", "settings.samples"],
    ["settings: { temprature: 1 }", "temprature"],
    ["settings: { budget: { tokens: -1 } }", "settings.budget.tokens"],
    ["settings: { budget: { token: 1 } }", "token"],
    ["providers: { lab: { baseUrl: not-a-url } }", "providers.lab.baseUrl"],
    ["providers: { lab: { apiKeyEnv: sk-1234567890 } }", "providers.lab.apiKeyEnv"],
    ["providers: { lab: { apiKey: hidden } }", "apiKey"],
    ["providers: { 'a b': {} }", "a b"],
    ["- a list", ""],
    ["just words", ""],
  ])("%j", (content, field) => {
    const { message, exitCode } = refusal(content);
    expect(message).not.toMatch(/\n/);
    expect(message.startsWith(file)).toBe(true);
    expect(message).toContain(field);
    expect(message).toMatch(/see docs\/configuration\.md$/);
    expect(exitCode).toBe(2);
  });

  test("what is no YAML, with the place", () => {
    const { message } = refusal("model: [nano\neffort: low\n");
    expect(message).toContain(`${file} is not valid YAML`);
    expect(message).toMatch(/line \d/);
    expect(message).not.toMatch(/\n/);
  });

  test("a file that was named and is not there, and one that is a folder", () => {
    const missing = join(folder, "nowhere.yaml");
    expect(() => readConfig(missing)).toThrow(`cannot read the config ${missing}`);
    mkdirSync(file);
    expect(() => readConfig(file)).toThrow(`cannot read the config ${file}`);
  });
});

test("never repeats a key that was written where the name of a variable belongs", () => {
  expect(refusal("providers: { lab: { apiKeyEnv: sk-1234567890 } }").message).not.toContain("1234567890");
});
