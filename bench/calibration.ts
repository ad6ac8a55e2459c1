const iterations = 50_000_000;

/**
 * Times a fixed loop of floating-point work, the same on every machine: a benchmark prints it beside its absolute
 * figures, so that figures of different machines, or of a busy and an idle one, can be compared.
 *
 * @returns milliseconds of the best of three runs, as the one that was disturbed least
 */
export function calibrate(): number {
  return Math.min(timeLoop(), timeLoop(), timeLoop());
}

function timeLoop(): number {
  const start = performance.now();
  let value = 0.5;
  for (let index = 0; index < iterations; index++) value = 3.9 * value * (1 - value);
  const elapsed = performance.now() - start;
  // Without a use of the value the loop might be left out.
  if (!(value >= 0 && value <= 1)) throw new RangeError("the calibration loop left its interval");
  return elapsed;
}
