import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** All files that are loaded with a file, dynamic imports of the model provider included, other dynamic ones left out. */
function loadedWith(start: string): Set<string> {
  const seen = new Set<string>();
  const waiting = [start];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const text = readFileSync(file, "utf8");
    const statics = /^(?:import|export)(?! type)[^;]*?from "(\.[^"]+)";/gms;
    for (const [, path = ""] of text.matchAll(statics)) waiting.push(join(dirname(file), path));
  }
  return seen;
}

it("has no family, expert or checker of the gym on the way of a plain ask: the model answers", () => {
  const entries = ["src/cli/main.ts", "src/nano/language-model.ts", "src/cli/view/live-view.tsx"];
  const loaded = entries
    .flatMap((entry) => [...loadedWith(join(root, entry))])
    .map((file) => relative(root, file));
  expect(loaded).toContain("src/strategies/think.ts");
  expect(loaded).toContain("src/nano/decoder/nano.ts");
  expect(loaded.filter((file) => file.startsWith("src/problems/"))).toEqual([]);
});

it("loads neither OpenTelemetry nor the AI SDK's face of a strategy for a plain ask", () => {
  const loaded = [...loadedWith(join(root, "src/cli/main.ts"))];
  expect(loaded).toContain(join(root, "src/strategies/telemetry/trace-question.ts"));
  expect(loaded.filter((file) => file.includes("/ai-sdk/"))).toEqual([]);
  expect(loaded.filter((file) => /from "@opentelemetry/.test(readFileSync(file, "utf8")))).toEqual([]);
});
