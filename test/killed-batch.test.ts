import { expect, test } from "vitest";
import { killChain, undisturbed } from "./support/kill-chain.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

// `npm run bench -- kills` does it fifty times, over all strategies.
test.each([
  ["vote", 6, 4],
  ["beam", 4, 3],
])(
  "%s over %d questions, killed %d times in a row, repeats no finished call and comes to the same end",
  async (strategy, questions, kills) => {
    const whole = await undisturbed({ strategy, questions });
    const killed = await killChain({ root: temporaryFolder(), strategy, questions, kills, seed: 1 });
    expect(killed.kills).toBeGreaterThan(1);
    expect(killed.repeated).toEqual([]);
    expect(killed.answers).toEqual(whole.answers);
    expect(killed.stories).toEqual(whole.stories);
    expect(killed.requests).toBeGreaterThanOrEqual(whole.requests);
  },
  120_000,
);
