import fc from "fast-check";
import { expect, test } from "vitest";
import { between, fitted, floorOf, onScreen, showing, type Viewport, viewport, zoomed } from "./viewport.ts";

const coordinate = fc.double({ min: -5_000, max: 5_000, noNaN: true });
const floors = fc.record({
  x: fc.double({ min: 0, max: 0.5, noNaN: true }),
  y: fc.double({ min: 0, max: 0.5, noNaN: true }),
});
const views: fc.Arbitrary<Viewport> = fc
  .tuple(fc.double({ min: 0.01, max: 3, noNaN: true }), coordinate, coordinate, floors)
  .map(([scale, x, y, floor]) => viewport(scale, x, y, floor));

test("coming closer leaves the point under the pointer where it is, on both axes", () => {
  const factors = fc.double({ min: 0.2, max: 5, noNaN: true });
  fc.assert(
    fc.property(views, factors, coordinate, coordinate, floors, (view, factor, x, y, floor) => {
      const next = zoomed(view, factor, x, y, floor);
      const under = { x: (x - view.shiftX) / view.scaleX, y: (y - view.shiftY) / view.scaleY };
      const at = onScreen(next, under.x, under.y);
      expect(at.x).toBeCloseTo(x, 4);
      expect(at.y).toBeCloseTo(y, 4);
      expect(next.scaleX).toBeGreaterThanOrEqual(floor.x);
    }),
  );
});

test("all of a fitted box is on the screen, and it fills the screen along the way it grows", () => {
  fc.assert(
    fc.property(coordinate, coordinate, fc.nat(900_000), fc.nat(9_000), (left, top, wide, high) => {
      const box = { left, top, right: left + wide, bottom: top + high };
      for (const grows of ["down", "right"] as const) {
        const view = fitted(box, 800, 600, floorOf(box, 800, 600, grows));
        const [from, to] = [onScreen(view, left, top), onScreen(view, left + wide, top + high)];
        expect(Math.min(from.x, from.y)).toBeGreaterThanOrEqual(0);
        expect(to.x).toBeLessThanOrEqual(800);
        expect(to.y).toBeLessThanOrEqual(600);
        if (grows === "down" && high > 600) expect(to.y - from.y).toBeGreaterThan(450);
      }
    }),
  );
});

test("a point is brought into sight, and one in sight moves nothing", () => {
  fc.assert(
    fc.property(views, coordinate, coordinate, (view, x, y) => {
      const next = showing(view, x, y, 800, 600);
      const at = onScreen(next, x, y);
      expect(at.x).toBeGreaterThanOrEqual(55.9);
      expect(at.x).toBeLessThanOrEqual(744.1);
      expect(showing(next, x, y, 800, 600).shiftX).toBeCloseTo(next.shiftX, 6);
    }),
  );
});

test("a way between two views begins at the one and ends at the other", () => {
  fc.assert(
    fc.property(views, views, (from, to) => {
      const [start, end] = [between(from, to, 0), between(from, to, 1)];
      expect(start.scaleX).toBeCloseTo(from.scaleX, 9);
      expect(start.shiftX).toBeCloseTo(from.shiftX, 4);
      expect(end.scaleY).toBeCloseTo(to.scaleY, 9);
      expect(end.shiftY).toBeCloseTo(to.shiftY, 4);
    }),
  );
});
