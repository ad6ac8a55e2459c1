import { expect, test } from "vitest";
import { DEFAULT_EFFORT, effortSettings, efforts } from "./effort.ts";
import { partialSettingsSchema } from "./settings.ts";

test("more effort never means fewer thoughts, a narrower search or fewer tokens", () => {
  const spent = efforts.map((effort) => {
    const { samples, width, keep, budget } = effortSettings[effort];
    return [samples, width, keep, budget.tokens ?? Number.POSITIVE_INFINITY];
  });
  for (const [index, more] of spent.slice(1).entries()) {
    for (const [knob, value] of more.entries()) {
      expect(value).toBeGreaterThanOrEqual(spent[index]?.[knob] ?? Number.NaN);
    }
  }
});

test("every effort's settings are valid, and the default is one of them", () => {
  for (const effort of efforts) expect(partialSettingsSchema.parse(effortSettings[effort])).toBeDefined();
  expect(efforts).toContain(DEFAULT_EFFORT);
});
