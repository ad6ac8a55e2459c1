import fc from "fast-check";
import { expect, test } from "vitest";
import { extractSummary, shownLine } from "./extract-summary.ts";
import type { SummaryLine } from "./summary-stages.ts";

const step = (text: string): SummaryLine => ({ kind: "step", text });

test("takes the turns, the results and the answer out of a thought, in their order", () => {
  const lines: SummaryLine[] = [
    ...["Look at the units", "3 tens", "4 tens", "30 + 40 = 70", "nothing to carry"].map(step),
    ...["Wait, there is a carry", "5 ones", "6 ones", "so 81"].map(step),
    { kind: "returned", text: "3 tens" },
    { kind: "answer", text: "81" },
  ];
  expect(extractSummary(lines).split("\n")).toEqual([
    ...["30 + 40 = 70", "Wait, there is a carry", "so 81", "back to: 3 tens", "= 81"],
  ]);
});

test("does not say again what an earlier summary has said", () => {
  const said = new Set<string>();
  const lines: SummaryLine[] = [step("so 81"), { kind: "answer", text: "81" }];
  expect(extractSummary(lines, said)).toBe("so 81\n= 81");
  expect(extractSummary([step("or 80 + 1"), ...lines], said)).toBe("or 80 + 1");
  expect(extractSummary(lines, said)).toBe("= 81, again");
  expect(extractSummary([step("so 81")], said)).toBe("the same again");
});

test("of any lines it takes one to five of its own, in order, none too long", () => {
  const line: fc.Arbitrary<SummaryLine> = fc.record({
    kind: fc.constantFrom("step", "returned", "cut", "answer", "spoke"),
    text: fc.string({ minLength: 1, maxLength: 300 }),
  });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), (lines) => {
      const shown = lines.map(shownLine);
      const said = new Set<string>();
      extractSummary(lines, said);
      expect(said.size).toBeGreaterThan(0);
      expect(said.size).toBeLessThanOrEqual(5);
      const places = [...said].map((text) => shown.indexOf(text));
      expect(places).toEqual([...places].sort((left, right) => left - right));
      expect(places).not.toContain(-1);
      for (const text of said) expect(text.length).toBeLessThanOrEqual(220);
    }),
  );
});
