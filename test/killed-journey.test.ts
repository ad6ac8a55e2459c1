import { expect, test } from "vitest";
import { journeyLineSchema } from "../src/journey/dataset.ts";
import { journey } from "./support/journey-kill-chain.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

test("growing and weaving, killed again and again, come to the same data sets as unbroken", async () => {
  const whole = await journey(temporaryFolder(), 0);
  const lines = (name: string) =>
    (whole.dataSets[`${name}.jsonl`] ?? "")
      .trim()
      .split("\n")
      .map((line) => journeyLineSchema.parse(JSON.parse(line)));
  expect(Object.keys(whole.dataSets)).toHaveLength(5);
  const refined = lines("journey-refined").flatMap((line) => ("thought" in line ? line : []));
  expect(refined.map(({ id }) => id)).toEqual(lines("shortcut").map(({ id }) => id));
  expect(refined.filter(({ wording }) => wording === "vllm/refiner").length).toBeGreaterThan(2);
  expect(refined.some(({ wrongTurns = 0 }) => wrongTurns > 0)).toBe(true);

  const killed = await journey(temporaryFolder(), 2);
  expect(killed.kills).toBeGreaterThan(2);
  expect(killed.dataSets).toEqual(whole.dataSets);
  expect(killed.report).toEqual(whole.report);
}, 120_000);
