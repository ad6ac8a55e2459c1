import fc from "fast-check";
import { expect, it } from "vitest";
import { runRanges } from "./run-ranges.ts";

const sizes = fc.array(fc.integer({ min: 0, max: 9000 }), { maxLength: 60 });

it("holds every run once, in order, whichever way they are looked through", () => {
  fc.assert(
    fc.property(sizes, fc.boolean(), (questions, descending) => {
      const runs = questions.map((count, index) => ({ run: String(1000 + index), questions: count }));
      if (descending) runs.reverse();
      const found = [...runRanges(runs)].flatMap(({ first, last }) =>
        runs.filter(({ run }) => run >= first && run <= last),
      );
      expect(found).toEqual(runs);
    }),
  );
});

it("begins with few thoughts and takes on more and more", () => {
  const runs = Array.from({ length: 1000 }, (_, index) => ({ run: String(1000 + index), questions: 1000 }));
  const ranges = [...runRanges(runs)];
  expect(ranges[0]).toEqual({ first: "1000", last: "1004" });
  expect(ranges).toHaveLength(5);
});
