import { hashText } from "../../thought/random.ts";
import type { Split } from "../problem.ts";
import { phrasingWords } from "./phrasing-words.ts";

/** Contents that the documentation shows: always in test, so that nothing shown was trained on. */
const shownKeys: ReadonlySet<string> = new Set(["9.11|9.7", "strawberry", "347+586", "3x+5=26", "3,7,12"]);

/** Words of the phrasings may be single tokens, whose spelling can only be learned by meeting them in training. */
const trainKeys: ReadonlySet<string> = new Set(phrasingWords);

/**
 * The split of one content, by a hash of its key: about 80% train, 10% validation, 10% test. A key is the content
 * itself in one fixed writing: `strawberry`, `9.11|9.7`, `347+586`, `3x+5=26`.
 */
export function splitOf(key: string): Split {
  if (shownKeys.has(key)) return "test";
  if (trainKeys.has(key)) return "train";
  const percent = hashText(`split/${key}`) % 100;
  if (percent < 80) return "train";
  return percent < 90 ? "validation" : "test";
}

/** The split of an instance with several contents: test if any is test, train only if all are train. */
export function splitOfAll(keys: readonly string[]): Split {
  const splits = keys.map(splitOf);
  if (splits.includes("test")) return "test";
  return splits.includes("validation") ? "validation" : "train";
}
