import type { Random } from "../../thought/random.ts";

/**
 * A whole number of one to four digits. Longer numbers are commoner, up to the length that the difficulty allows:
 * at 0 one or two digits, at 1 up to four.
 */
export function drawNumber(random: Random, difficulty: number): number {
  const most = Math.min(4, 2 + Math.floor(difficulty * 3));
  const digits = random.chance(0.15) ? 1 : random.integer(Math.min(2, most), most);
  return random.integer(digits === 1 ? 0 : 10 ** (digits - 1), 10 ** digits - 1);
}
