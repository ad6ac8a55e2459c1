import type { ComparedRow } from "sojourn/schemas/compare-schema.ts";
import { describe, expect, it } from "vitest";
import { cellOf, rowKey, rowsOfCell } from "./cells.ts";

function row(problem: string, ...correct: boolean[]): ComparedRow {
  const each = correct.map((right) => ({ question: "q", correct: right, answer: "7", outputTokens: 1 }));
  return { problem, sample: 0, gold: "7", asked: "", each };
}

const rows = [
  row("kept", true, true),
  row("lost", false, false),
  row("fell", true, false),
  row("rose", false, true),
];

describe("the four cells", () => {
  it("say what the other run did to a problem of the base", () => {
    expect(rows.map((one) => cellOf(one, 1))).toEqual(["bothRight", "bothWrong", "broken", "fixed"]);
    expect(cellOf(row("x", true, true, false), 2)).toBe("broken");
  });

  it("are listed with what flipped first, or one by itself", () => {
    expect(rowsOfCell(rows, 1, undefined).map(rowKey)).toEqual(["rose#0", "fell#0", "lost#0", "kept#0"]);
    expect(rowsOfCell(rows, 1, "bothWrong").map(rowKey)).toEqual(["lost#0"]);
  });
});
