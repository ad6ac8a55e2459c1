import { Random } from "../../thought/random.ts";
import type { RoleScript } from "./by-prompt.ts";

/** The critic of `debate` in the maze: objects by lot, to a step or to all, and now and then talks instead. */
export const debateCritic: RoleScript = (text, seed) => {
  if (!text.includes("You are the critic in a debate")) return undefined;
  const random = new Random(`debate/${seed}`);
  if (random.chance(0.1)) return random.pick(["A fair attempt.", "", '{"verdict": "so-so"}']);
  const verdict = random.chance(0.6) ? "bad" : "good";
  const step = random.pick([null, 1, 2, 3, 4, 99]);
  return JSON.stringify({ reason: verdict === "bad" ? "a wrong door" : "it holds", step, verdict });
};

/** The judge of `debate` in the maze: picks by lot, and at times a candidate that does not exist. */
export const debateJudge: RoleScript = (text, seed) => {
  if (!text.includes("<number of the candidate>")) return undefined;
  const random = new Random(`debate/${seed}`);
  return JSON.stringify({ reason: "more doors are right", best: random.integer(0, 3) });
};
