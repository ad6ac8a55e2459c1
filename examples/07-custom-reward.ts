// A reward scores thoughts: this one puts the answer into the equation and sees whether it holds.
import { think } from "sojourn";
import type { Reward } from "sojourn/rewards";

const puttingIn: Reward = {
  name: "putting-in",
  outcome: true,
  async score(question, node) {
    const [, factor, sign, shift, total] = /(\d+)x ([+-]) (\d+) = (\d+)/.exec(question.text) ?? [];
    const solution = Number(/-?\d+/.exec(node.answer ?? "")?.[0]);
    const left = Number(factor) * solution + (sign === "-" ? -1 : 1) * Number(shift);
    const holds = left === Number(total);
    return {
      value: holds ? 1 : 0,
      by: "putting-in",
      reason: `the left side is ${left}, the right side ${total}`,
    };
  },
};

const thinking = think("Solve 7x - 12 = 72 for x.", {
  ...{ strategy: "best-of-n", samples: 4, temperature: 0.8, reward: puttingIn },
});
for await (const event of thinking)
  if (event.type === "step-scored") console.log(`${event.node}: ${event.value}, ${event.reason}`);
console.log((await thinking).text);
