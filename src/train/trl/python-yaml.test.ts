import { expect, test } from "vitest";
import { pythonYaml } from "./python-yaml.ts";

test("writes what PyYAML would misread so that it reads it", () => {
  const text = pythonYaml({
    precision: "no",
    rate: 1e-7,
    weight: 1.5e-9,
    steps: 10,
    on: true,
    inner: { off: "off", tiny: 2e-8 },
  });
  expect(text.split("\n")).toEqual([
    'precision: "no"',
    "rate: 1.0e-7",
    "weight: 1.5e-9",
    "steps: 10",
    '"on": true',
    "inner:",
    '  "off": "off"',
    "  tiny: 2.0e-8",
    "",
  ]);
});
