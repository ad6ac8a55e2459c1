import fc from "fast-check";
import { expect, test } from "vitest";
import { areaUnderCurve } from "../evaluate/classification.ts";
import { Random } from "../thought/random.ts";
import { areasUnderCurves } from "./step-areas.ts";

const step = fc.record({
  group: fc.constantFrom("a", "b", "c", "d"),
  right: fc.boolean(),
  scores: fc.tuple(fc.integer({ min: 0, max: 4 }), fc.double({ min: 0, max: 1, noNaN: true })),
});

test("is the area by ranks, ties by half", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
      const areas = areasUnderCurves(steps, 2, { seed: "t", resamples: 3 });
      for (const which of [0, 1] as const) {
        const exact = areaUnderCurve(
          steps.map(({ right, scores }) => ({ actual: right, score: scores[which] })),
        );
        if (exact === undefined) expect(areas[which]?.area).toBeNaN();
        else expect(areas[which]?.area).toBeCloseTo(exact, 10);
      }
    }),
  );
});

test("steps of one question are drawn together, so that repeating them narrows nothing", () => {
  const random = new Random("areas");
  const steps = Array.from({ length: 60 }, (_, index) => {
    const right = random.chance(0.5);
    return { group: `q${index}`, right, scores: [random.next() + (right ? 0.3 : 0)] };
  });
  const [once] = areasUnderCurves(steps, 1, { seed: "s" });
  const [repeated] = areasUnderCurves([...steps, ...steps, ...steps], 1, { seed: "s" });
  expect(repeated).toEqual(once);
  expect(once?.low).toBeLessThan(once?.area ?? 0);
  expect(once?.high).toBeGreaterThan(once?.area ?? 1);
  const apart = [0, 1, 2].flatMap((copy) =>
    steps.map((each) => ({ ...each, group: `${each.group}/${copy}` })),
  );
  const [more] = areasUnderCurves(apart, 1, { seed: "s" });
  expect((more?.high ?? 1) - (more?.low ?? 0)).toBeLessThan(0.75 * ((once?.high ?? 1) - (once?.low ?? 0)));
});
