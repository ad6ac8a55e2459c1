import type { Problem, RecordedStep } from "../problem.ts";
import { drawAt, type GymPlace, gymProblem } from "./gym.ts";
import { spoil } from "./spoil.ts";

/** Share of the thoughts in which a line is made wrong. */
const spoilShare = 0.5;

/**
 * The problem at a place with a recorded thought whose lines are labelled: something to measure a judge of steps on that is
 * not trained on. Half of the thoughts are right throughout or wrong where the family's own thoughts take wrong turns; in
 * the others one line is made wrong, and the thought ends there, since nobody wrote what would follow. Throws a
 * SojournError for an unknown family.
 */
export function judgedProblem(place: GymPlace): Problem {
  const { drawn, turns } = drawAt(place);
  const random = turns.fork("judged");
  const judged = drawn.judge(drawn.think(random.chance(0.5) ? "trace" : "shortcut", turns));
  const at = random.integer(0, judged.length - 1);
  const line = judged[at]?.line ?? "";
  const wrong = spoil(line, random);
  const spoilt = random.chance(spoilShare) && wrong !== line && !line.startsWith("wait");
  const lines = spoilt ? [...judged.slice(0, at), { line: wrong, good: false }] : judged;
  const steps: RecordedStep[] = lines.map(({ line: text, good }) => ({ text, rating: good ? 1 : -1 }));
  const firstError = lines.findIndex(({ good }) => !good);
  return {
    ...gymProblem(place),
    recorded: { steps, firstError: firstError === -1 ? null : firstError, generator: "gym" },
  };
}
