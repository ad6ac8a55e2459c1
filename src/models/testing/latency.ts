import type { Random } from "../../thought/random.ts";

/** How long a reply takes, in milliseconds: always the same, or drawn anew for each request. */
export type Latency =
  | { kind: "fixed"; ms: number }
  | { kind: "uniform"; fromMs: number; toMs: number }
  /** The logarithm is normal: half of the replies are faster than `medianMs`, and a few take many times as long. */
  | { kind: "log-normal"; medianMs: number; sigma: number };

/** Draws the milliseconds of one reply. */
export function drawLatency(latency: Latency, random: Random): number {
  switch (latency.kind) {
    case "fixed":
      return latency.ms;
    case "uniform":
      return latency.fromMs + (latency.toMs - latency.fromMs) * random.next();
    case "log-normal":
      return latency.medianMs * Math.exp(latency.sigma * normal(random));
  }
}

/** A standard normal number, by Box and Muller. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
