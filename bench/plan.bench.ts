import { equivalent } from "../src/rewards/equivalent.ts";
import { type Comparison, compare, sequenceOf } from "./plan/measure.ts";
import { endings } from "./plan/planners.ts";

const solvesAt = [2, 3, 4, 5, 6, 7, 8, 10];
const kinds = { p1: "P1", plan: "plan", planOfThree: "plan, width 3" } as const;
/** Most calls in sequence that `plan` may need for each of P1's, on average. */
const bar = 0.6;

const all = await compare(endings, solvesAt);
const cell = (value: number | string): string => String(value).padStart(5);
const share = (part: readonly Comparison[], of: keyof typeof kinds): number =>
  sequenceOf(part, of) / sequenceOf(part, "p1");
const percent = (value: number): string => `${(100 * value).toFixed(0)}%`;

console.log(
  "calls in sequence until the answer is there, by the step at which the planner solves the question\n",
);
console.log(
  `${"planner ends".padEnd(16)}${"".padEnd(14)}${solvesAt.map(cell).join("")}   mean  of P1  calls`,
);
for (const ending of endings) {
  const part = all.filter((comparison) => comparison.ending === ending);
  for (const of of ["p1", "plan", "planOfThree"] as const) {
    const counts = part.map((comparison) => comparison[of].inSequence);
    const mean = (sequenceOf(part, of) / part.length).toFixed(1);
    const calls = (part.reduce((sum, comparison) => sum + comparison[of].calls, 0) / part.length).toFixed(1);
    const label = `${(of === "p1" ? ending : "").padEnd(16)}${kinds[of].padEnd(14)}`;
    console.log(
      `${label}${counts.map(cell).join("")}${mean.padStart(7)}${cell(percent(share(part, of)))}${calls.padStart(8)}`,
    );
  }
}

const published = all.filter(({ ending }) => ending !== "in P1's word");
const worded = all.filter(({ ending }) => ending === "in P1's word");
/** The largest part of the rounds that may end in P1's word before the bar is passed. */
function breakEven(): number {
  const mean = (part: readonly Comparison[], of: keyof typeof kinds) => sequenceOf(part, of) / part.length;
  const spare = (part: readonly Comparison[]) => bar * mean(part, "p1") - mean(part, "plan");
  return Math.min(1, Math.max(0, spare(published) / (spare(published) - spare(worded))));
}

console.log(`
All endings alike: plan needs ${percent(share(all, "plan"))} of P1's calls in sequence.
In P1's published notebook its word is found in 0 of 4 rounds. Where it never is: ${percent(share(published, "plan"))}.
Plan stays within ${percent(bar)} as long as P1's word is found in at most ${percent(breakEven())} of the rounds.
`);

const claims: [claim: string, holds: boolean][] = [
  [
    "the answers are the same",
    all.every(({ p1, ...of }) =>
      [of.plan, of.planOfThree].every(({ answer }) => equivalent(answer ?? "", p1.answer ?? "")),
    ),
  ],
  [
    "plan stops within one step of the solution",
    all.every(({ solvesAt, plan }) => plan.inSequence <= solvesAt + 2),
  ],
  [
    "it never needs more calls in sequence than P1",
    all.every(
      ({ p1, plan, planOfThree }) => Math.max(plan.inSequence, planOfThree.inSequence) <= p1.inSequence,
    ),
  ],
  [
    `it needs at most ${percent(bar)} of them on average, as P1 was published`,
    share(published, "plan") <= bar,
  ],
];
for (const [claim, holds] of claims) console.log(`${holds ? "holds" : "FAILS"}: ${claim}`);
if (claims.some(([, holds]) => !holds)) process.exitCode = 1;
