import fc from "fast-check";
import { expect, test } from "vitest";
import { Epochs } from "./epochs.ts";

test("takes every unit once in each epoch, and any step alone as in a row", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 20 }), (count, size) => {
      const epochs = new Epochs(count, size, "s");
      const all = Array.from({ length: 2 * epochs.steps }, (_, step) => epochs.at(step));
      for (const epoch of [0, 1]) {
        const units = all.slice(epoch * epochs.steps, (epoch + 1) * epochs.steps).flat();
        expect(units.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, unit) => unit));
      }
      const step = all.length - 1;
      expect(new Epochs(count, size, "s").at(step)).toEqual(all[step]);
    }),
  );
});

test("has another order in each epoch, and for each seed", () => {
  const orders = [
    new Epochs(20, 20, "s").at(0),
    new Epochs(20, 20, "s").at(1),
    new Epochs(20, 20, "t").at(0),
  ];
  expect(new Set(orders.map(String)).size).toBe(3);
});
