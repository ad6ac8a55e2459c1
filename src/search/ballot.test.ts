import fc from "fast-check";
import { expect, test } from "vitest";
import { Tree, type TreeNode } from "../thought/tree.ts";
import { Ballot, voteConfidence } from "./ballot.ts";

/** Casts these answers, one thought each; a weight where one is given. */
function ballotOf(...votes: (string | [answer: string, weight: number])[]) {
  const tree = new Tree();
  const ballot = new Ballot();
  const leaves: TreeNode[] = [];
  for (const [ordinal, vote] of votes.entries()) {
    const [answer, weight] = typeof vote === "string" ? [vote] : vote;
    const leaf = tree.add(`0.${ordinal}`, tree.root, "think");
    leaf.answer = answer;
    ballot.cast(leaf, answer);
    if (weight !== undefined) ballot.weigh(leaf, weight);
    leaves.push(leaf);
  }
  return { ballot, leaves };
}

test("counts equivalent answers together", () => {
  const { ballot, leaves } = ballotOf("7", "8", "7.0", "x = 7");
  expect(ballot.standing).toEqual({ lead: 3, second: 1, most: 1 });
  const [first] = leaves;
  if (first === undefined) throw new Error("four votes were cast");
  expect(ballot.support(first)).toEqual({ leaves: [leaves[0], leaves[2], leaves[3]], share: 0.75 });
  expect(ballot.winner).toBe(first);
});

test("nobody wins where nobody voted", () => {
  const { ballot } = ballotOf();
  expect(ballot.winner).toBeUndefined();
  expect(ballot.standing).toEqual({ lead: 0, second: 0, most: 1 });
});

test("weights outvote numbers, and their scale changes nothing about the standing", () => {
  const strong = ballotOf(["7", 0.2], ["7", 0.2], ["8", 0.8]);
  expect(strong.ballot.winner?.answer).toBe("8");
  const weak = ballotOf(["7", 0.02], ["7", 0.02], ["8", 0.08]);
  expect(weak.ballot.standing.lead).toBeCloseTo(strong.ballot.standing.lead, 12);
  expect(weak.ballot.standing.second).toBeCloseTo(strong.ballot.standing.second, 12);
  expect(strong.ballot.standing).toMatchObject({
    lead: expect.closeTo(2, 12),
    most: expect.closeTo(2.5, 12),
  });
});

test("a vote without a weight counts as much as the mean of the others", () => {
  const { ballot } = ballotOf(["7", 0.4], "8", ["8", 0.6]);
  expect(ballot.standing).toMatchObject({ lead: expect.closeTo(2.2, 12), second: expect.closeTo(0.8, 12) });
});

test("votes without any weight decide nothing, and the most of them win", () => {
  const { ballot } = ballotOf(["8", 0], ["7", 0], ["7", 0]);
  expect(ballot.standing).toEqual({ lead: 0, second: 0, most: Number.POSITIVE_INFINITY });
  expect(ballot.winner?.id).toBe("0.1");
});

test("the winner does not depend on the order in which the votes came", () => {
  const votes = fc.array(fc.tuple(fc.constantFrom("1", "2", "3"), fc.constantFrom(0.25, 0.5, 1)), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(votes, fc.nat(), (cast, turn) => {
      const { leaves } = ballotOf(...cast.map(([answer]) => answer));
      const winners = [0, turn % leaves.length].map((from) => {
        const ballot = new Ballot();
        for (const leaf of [...leaves.slice(from), ...leaves.slice(0, from)]) {
          ballot.cast(leaf, leaf.answer ?? "");
          ballot.weigh(leaf, cast[leaves.indexOf(leaf)]?.[1] ?? 0);
        }
        return ballot.winner;
      });
      expect(winners[1]).toBe(winners[0]);
    }),
  );
});

test("the confidence is that of the binomial tail: 1 - 0.5^(n + 1) while all n agree", () => {
  expect(voteConfidence({ lead: 0, second: 0 })).toBeCloseTo(0.5, 12);
  expect(voteConfidence({ lead: 4, second: 0 })).toBeCloseTo(1 - 0.5 ** 5, 12);
  // At least 3 heads of 9 coins.
  expect(voteConfidence({ lead: 6, second: 2 })).toBeCloseTo(1 - (1 + 9 + 36) / 512, 12);
  expect(voteConfidence({ lead: 5, second: 5 })).toBeCloseTo(0.5, 12);
});
