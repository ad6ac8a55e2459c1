import { describe, expect, it } from "vitest";
import { QuestionOrder } from "./question-order.ts";

describe("QuestionOrder", () => {
  it("gives each question the place at which it came first", () => {
    const order = new QuestionOrder();
    expect(["a", "b", "a", "c", "b"].map((question) => order.placeOf(question))).toEqual([0, 1, 0, 2, 1]);
  });

  it("forgets what was not asked about for long, and nothing else", () => {
    const order = new QuestionOrder();
    const first = order.placeOf("first");
    order.placeOf("second");
    for (let other = 0; other < 4095; other++) {
      order.placeOf(`other ${other}`);
      expect(order.placeOf("first")).toBe(first);
    }
    expect(order.placeOf("second")).toBe(4097);
  });
});
