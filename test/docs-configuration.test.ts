import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { parseMarkdown } from "../scripts/checks/markdown.ts";
import { root } from "../scripts/project.ts";
import { configSchema } from "../src/strategies/config.ts";
import { effortSettings, efforts } from "../src/strategies/effort.ts";
import { roleSchema } from "../src/thought/usage.ts";

const page = readFileSync(join(root, "docs/configuration.md"), "utf8");

/** What the page writes for the names that a map is free to choose, by the map's path. */
const freeNames: Readonly<Record<string, string>> = {
  roles: "ROLE",
  providers: "NAME",
  "providers.NAME.prices": "MODEL",
  prompts: "PROMPT",
  profiles: "PROFILE",
};

/** Parts that are the same as another part of the file; the page says so. */
const repeated = new Set(["settings", "roles", "prompts"].map((key) => `profiles.PROFILE.${key}`));

/** The dotted path of every key that a schema knows. */
function keysOf(schema: z.core.$ZodType, path = ""): string[] {
  if (schema instanceof z.ZodOptional) return keysOf(schema.unwrap(), path);
  if (repeated.has(path)) return [path];
  if (schema instanceof z.ZodRecord) return [path, ...keysOf(schema.valueType, `${path}.${freeNames[path]}`)];
  if (!(schema instanceof z.ZodObject)) return [path];
  const fields: [string, z.core.$ZodType][] = Object.entries(schema.shape);
  return fields.flatMap(([key, field]) => keysOf(field, path === "" ? key : `${path}.${key}`));
}

test("the page names every key of sojourn.yaml", () => {
  const keys = keysOf(configSchema);
  expect(keys).toContain("providers.NAME.limits.inFlight");
  expect(keys.filter((key) => !page.includes(`| \`${key}\` |`))).toEqual([]);
});

test("the page names no key that sojourn.yaml does not know", () => {
  const known = new Set(keysOf(configSchema));
  const maps = [...known].flatMap((key) =>
    key.split(".").map((_, at, parts) => parts.slice(0, at).join(".")),
  );
  const section = page.slice(page.indexOf("## sojourn.yaml"), page.indexOf("## Efforts"));
  const named = [...section.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? "");
  expect(named.filter((key) => !known.has(key) && !maps.includes(key))).toEqual([]);
});

test("the page names every role", () => {
  for (const role of roleSchema.options) expect(page).toContain(`\`${role}\``);
});

test("every YAML block of the page is a valid sojourn.yaml", () => {
  const blocks = parseMarkdown(page).fences.filter(({ language }) => language === "yaml");
  expect(blocks.length).toBeGreaterThan(0);
  for (const { text } of blocks) configSchema.parse(parse(text));
});

test("the page's table of efforts holds what the efforts set", () => {
  for (const effort of efforts) {
    const { samples, width, keep, rollouts, budget } = effortSettings[effort];
    const tokens = budget.tokens?.toLocaleString("en-US") ?? "no limit";
    expect(page).toContain(`| \`${effort}\` | ${samples} | ${width} | ${keep} | ${rollouts} | ${tokens} |`);
  }
});
