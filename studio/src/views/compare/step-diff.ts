import { type Change, diffArrays, diffWordsWithSpace } from "diff";

/** Two thoughts beside each other: a step of each, or of one alone. */
export interface StepPair {
  left: string | undefined;
  right: string | undefined;
  same: boolean;
}

/** A piece of a step: in both, or in this side alone. */
export interface Piece {
  text: string;
  same: boolean;
}

/** Beyond it two thoughts have so little in common that steps are set beside each other as they come. */
const MOST_EDITS = 1000;
/** Words of longer steps are not compared: the whole step is shown as changed. */
const MOST_CHARACTERS = 8000;

/**
 * Sets the steps of two thoughts beside each other so that as many as possible that are alike stand in one row. Steps that
 * one has where the other has others share rows, in order.
 */
export function pairSteps(left: readonly string[], right: readonly string[]): StepPair[] {
  const changes = diffArrays([...left], [...right], { maxEditLength: MOST_EDITS });
  if (changes === undefined) return besideEachOther(left, right);
  const pairs: StepPair[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const flush = (): void => {
    pairs.push(...besideEachOther(removed, added));
    removed = [];
    added = [];
  };
  for (const change of changes) {
    if (change.removed) removed = [...removed, ...change.value];
    else if (change.added) added = [...added, ...change.value];
    else {
      flush();
      for (const step of change.value) pairs.push({ left: step, right: step, same: true });
    }
  }
  flush();
  return pairs;
}

/** Which words of two steps differ: the pieces of the left one and of the right one. */
export function wordPieces(left: string, right: string): { left: Piece[]; right: Piece[] } {
  const changes =
    left.length + right.length > MOST_CHARACTERS
      ? undefined
      : diffWordsWithSpace(left, right, { maxEditLength: MOST_EDITS });
  if (changes === undefined)
    return { left: [{ text: left, same: false }], right: [{ text: right, same: false }] };
  return {
    left: pieces(changes.filter((change) => !change.added)),
    right: pieces(changes.filter((change) => !change.removed)),
  };
}

function pieces(changes: readonly Change[]): Piece[] {
  return changes.map(({ value, added, removed }) => ({ text: value, same: !added && !removed }));
}

function besideEachOther(left: readonly string[], right: readonly string[]): StepPair[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, place) => ({
    left: left[place],
    right: right[place],
    same: left[place] === right[place],
  }));
}
