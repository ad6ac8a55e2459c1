/** A run and how many thoughts it has. */
export interface RunSize {
  run: string;
  questions: number;
}

/** Runs from one to another in the order of their ids, both included. */
export interface RunRange {
  first: string;
  last: string;
}

/** Thoughts in the first range, and how many times as many each further one has. */
const FIRST_THOUGHTS = 4096;
const GROWTH = 4;

/**
 * Cuts runs into ranges that hold more and more thoughts. Who looks for a few thoughts in the order of their runs, and goes
 * from range to range until there are enough, reads little where many fit, and nothing twice where few do.
 *
 * @param runs in the order in which they are looked through: by id, up or down
 */
export function* runRanges(runs: readonly RunSize[]): Generator<RunRange> {
  let most = FIRST_THOUGHTS;
  let begin = 0;
  let thoughts = 0;
  for (const [index, { questions }] of runs.entries()) {
    thoughts += questions;
    if (thoughts < most && index < runs.length - 1) continue;
    const ends = [runs[begin]?.run ?? "", runs[index]?.run ?? ""].sort();
    yield { first: ends[0] ?? "", last: ends[1] ?? "" };
    begin = index + 1;
    thoughts = 0;
    most *= GROWTH;
  }
}
