import type { Random } from "../thought/random.ts";
import type { Failure, FailureKind } from "./failures.ts";

/** How often a failed request is sent again. What is not listed is final. */
const RETRIES: Partial<Record<FailureKind, number>> = {
  unreachable: 2,
  garbled: 2,
  silent: 1,
  cut: 5,
  "rate-limited": 5,
  "server-error": 5,
};

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** A server that asks for a longer wait than this is taken to refuse. */
const LONGEST_RETRY_AFTER_MS = 300_000;

/**
 * Milliseconds to wait before a failed request is sent again, or undefined when it is not.
 *
 * Waits double from half a second, shortened by up to a half at random so that parallel requests come back
 * apart. Where the server says how long to wait, that is the least.
 *
 * @param retries how often it was sent again before
 */
export function retryWaitMs(failure: Failure, retries: number, random: Random): number | undefined {
  if (retries >= (RETRIES[failure.kind] ?? 0)) return undefined;
  const asked = failure.retryAfterMs ?? 0;
  if (asked > LONGEST_RETRY_AFTER_MS) return undefined;
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** retries) * (1 - random.next() / 2);
  // Asked to wait, all wait the same time; what is added spreads them out.
  return failure.retryAfterMs === undefined ? wait : asked + Math.min(wait, asked) / 4;
}

/** Waits, or rejects with the signal's reason as soon as it fires. */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const wake = (): void => {
      signal.removeEventListener("abort", stop);
      resolve();
    };
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(wake, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
  });
}
