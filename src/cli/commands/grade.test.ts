import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runInProcess } from "../../../test/support/command-line.ts";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";

function pairs(...lines: string[]): string {
  const file = join(temporaryFolder(), "pairs.jsonl");
  writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
}

it("prints each pair with its verdict and reason, and a summary on stderr", async () => {
  const file = pairs('{"gold": "1/2", "pred": "The answer is 0.5."}', '{"gold": "1/2", "pred": "0.6"}');
  const { code, out, err } = await runInProcess(["grade", file]);
  expect(code).toBe(0);
  expect(out).toMatch(/^equal .*the same exactly\)\nnot equal .*the values differ\)\n$/);
  expect(err).toBe("1 of 2 pairs equal (50.0%)\n");
});

it("gives JSONL with all columns of a line, and obeys its options", async () => {
  const file = pairs('{"id": 7, "gold": "1/3", "pred": "0.33", "options": {"precision": 2}}');
  const { out } = await runInProcess(["grade", file, "--json"]);
  expect(JSON.parse(out)).toMatchObject({ id: 7, gold: "1/3", pred: "0.33", equal: true });
});

it("reports bad lines by file and line, counts them and goes on", async () => {
  const file = pairs("{", '{"gold": 1, "pred": "1"}', "", '{"gold": "1", "pred": "1"}');
  const { code, out, err } = await runInProcess(["grade", file]);
  expect(code).toBe(0);
  expect(out).toContain("equal");
  expect(err).toContain(`skipped: ${file}:1: no JSON`);
  expect(err).toContain(`skipped: ${file}:2: gold: `);
  expect(err).toContain("1 of 1 pair equal (100.0%); 2 bad lines skipped");
});

it("leaves with 2 where the file cannot be read", async () => {
  const { code, err } = await runInProcess(["grade", join(temporaryFolder(), "none.jsonl")]);
  expect(code).toBe(2);
  expect(err).toContain("cannot read");
});
