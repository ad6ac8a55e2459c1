import { describe, expect, it } from "vitest";
import { CallRecorder } from "../../test/support/call-recorder.ts";
import { Budget } from "./budget.ts";
import { createModelClient } from "./model-client.ts";
import { createRegistry } from "./registry.ts";
import { readDoors, treeAnswer, treeReply, treeReward } from "./scripted-tree.ts";

const QUESTION = "Which doors lead out?";
const ask = (text: string, more: { system?: string; prefill?: string } = {}) => ({
  messages: [{ role: "user" as const, content: text }],
  ...more,
});

describe("scripted tree", () => {
  it("takes a door a step and ends with the answer", () => {
    const reply = String(treeReply(ask(QUESTION), 1));
    expect(reply.split("\n")).toHaveLength(5);
    expect(reply).toMatch(new RegExp(`Answer: ${readDoors(reply).join("")}$`));
    expect(treeReply(ask(QUESTION), 1)).toBe(reply);
  });

  it("goes on from the steps that it is given, in a prefill or in the question", () => {
    const soFar = "step 1: take door c\nstep 2: take door a\n";
    expect(treeReply(ask(QUESTION, { prefill: soFar }), 1)).toMatch(/^step 3: .*\nstep 4: .*\nAnswer: ca..$/);
    const shown = `${QUESTION}\n\nSteps so far:\n${soFar}\nWrite the next line.`;
    expect(treeReply(ask(shown), 1)).toMatch(/^step 3: take door .$/);
  });

  it("knows how far a thought is right, and says so when asked to score it", () => {
    const right = [...treeAnswer(QUESTION)];
    expect(treeReward(QUESTION, right)).toBe(1);
    expect(treeReward(QUESTION, right.slice(0, 2))).toBe(0.5);
    expect(treeReward(QUESTION, ["z", ...right.slice(1)])).toBe(0);
    const thought = `${QUESTION}\n\nstep 1: take door ${right[0]}`;
    expect(treeReply(ask(thought, { system: "Score the thought." }), 1)).toBe("0.25");
  });

  it("is found at the right end by some of many samples, the same ones each time", async () => {
    const sample = async () => {
      const client = createModelClient({
        model: createRegistry({}, {}).open("scripted/tree"),
        recorder: new CallRecorder(),
        budget: new Budget({}),
        seed: 3,
      });
      const request = { role: "policy", site: "roll-out:0", prompt: ask(QUESTION), maxTokens: 100 } as const;
      return (await client.generate({ ...request, samples: 300 })).map(
        ({ text }) => text.split("Answer: ")[1],
      );
    };
    const answers = await sample();
    const right = answers.filter((answer) => answer === treeAnswer(QUESTION)).length;
    expect(right).toBeGreaterThan(0);
    expect(right).toBeLessThan(30);
    expect(await sample()).toEqual(answers);
  });
});
