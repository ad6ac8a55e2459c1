import type { Random } from "../../thought/random.ts";
import type { ChoosingRole } from "../../thought/role-choices.ts";
import type { JudgedStep } from "./family.ts";
import { drawAt, type GymPlace } from "./gym.ts";
import { addNoise } from "./noise.ts";
import { spoil } from "./spoil.ts";

/** A problem written out for training a role: what it reads and the word that it says. */
export interface RoleExample {
  role: ChoosingRole;
  question: string;
  /** The lines so far; none for the router. The last one is what is judged, and may be wrong. */
  thought: string[];
  /** The answer, where that is what is judged. */
  answer?: string | undefined;
  choice: string;
}

/** Share of judged thoughts whose answer is judged, and of thoughts in which a line is made wrong. */
const [answerShare, spoilShare] = [0.2, 0.35];

/** The role example at a place, with a little typing noise. Throws a SojournError for an unknown family. */
export function roleExample(place: GymPlace & { role: ChoosingRole }): RoleExample {
  const { role } = place;
  const { drawn, wording, turns } = drawAt(place);
  const question = addNoise(drawn.ask(place.phrasing === "held-out", wording), wording);
  if (role === "router") return { role, question, thought: [], choice: drawn.hardness };

  const thought = drawn.think(turns.chance(0.7) ? "trace" : "shortcut", turns);
  if (role === "judge" && turns.chance(answerShare)) {
    const answer = drawn.conclude(thought);
    const wrong = turns.chance(0.5) ? spoil(answer, turns) : answer;
    return { role, question, thought, answer: wrong, choice: wrong === answer ? "good" : "bad" };
  }
  const judged = cutSomewhere(role, drawn.judge(thought), turns);
  return { role, question, thought: judged.lines, choice: judged.choice };
}

/** Cuts a thought behind one of its lines, each possible choice being as likely, or behind a line made wrong. */
function cutSomewhere(
  role: "judge" | "critic",
  steps: readonly JudgedStep[],
  random: Random,
): { lines: string[]; choice: string } {
  const upTo = (index: number): string[] => steps.slice(0, index).map(({ line }) => line);
  if (random.chance(spoilShare)) {
    const at = random.integer(0, steps.length - 1);
    const line = steps[at]?.line ?? "";
    const wrong = spoil(line, random);
    if (wrong !== line && !line.startsWith("wait"))
      return { lines: [...upTo(at), wrong], choice: role === "judge" ? "bad" : "backtrack" };
  }
  const choices = steps.map(({ good }, index) =>
    role === "judge" ? (good ? "good" : "bad") : nextAction(steps, index),
  );
  const choice = random.pick([...new Set(choices)]);
  const at = random.pick(choices.flatMap((each, index) => (each === choice ? [index] : [])));
  return { lines: upTo(at + 1), choice };
}

/** What a thinker does after a step: ends after the last; mends a wrong line with a "wait", or leaves it. */
function nextAction(steps: readonly JudgedStep[], index: number): string {
  if (index === steps.length - 1) return "terminate";
  if (steps[index]?.good) return "continue";
  const next = steps[index + 1]?.line ?? "";
  return next.startsWith("wait") && !next.startsWith("wait, back") ? "reflect" : "backtrack";
}
