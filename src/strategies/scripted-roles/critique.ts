import { Random } from "../../thought/random.ts";
import type { RoleScript } from "./by-prompt.ts";

/**
 * The critic of `critique` in the maze: goes back or reflects by lot, ends a thought that has an answer, and now and
 * then talks instead of choosing.
 */
export const critiqueCritic: RoleScript = (text, seed) => {
  if (!text.includes("<continue, reflect, backtrack or terminate>")) return undefined;
  const random = new Random(`critique/${seed}`);
  if (random.chance(0.1)) return random.pick(["Hmm, hard to say.", "", '{"choice": "perhaps"}']);
  const answered = !/Answer written so far: \(none yet\)/.test(text);
  const back = random.chance(0.3);
  const choice = back ? random.pick(["backtrack", "reflect"]) : answered ? "terminate" : "continue";
  const said = JSON.stringify({ reason: back ? "that door looks wrong" : "fine", choice });
  return random.chance(0.2) ? `I think so: ${said}` : said;
};
