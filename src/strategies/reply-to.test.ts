import { describe, expect, test, vi } from "vitest";
import { FREE } from "../models/prices.ts";
import { scriptedBackend } from "../models/scripted.ts";
import { reply } from "./reply-to.ts";

const step = JSON.stringify({
  ...{
    reflection: "two decimals",
    actions: [5, 1, 1, 1].map((score) => ({ action: "compare", score, reason: "" })),
  },
  ...{ decision: 1, execution: "0.70 is more than 0.11", answer: "9.7", done: true },
});
const speak = (name: string, said: string, price = FREE) => ({
  ...scriptedBackend({ name, reply: () => said }),
  price,
});
const planner = speak("scripted/planner", step);
const writer = speak("scripted/writer", "compare the tenths\nAnswer: 9.7");

describe("a reply in one call", () => {
  test("is planned, and says what it cost", async () => {
    const priced = { planner: speak("p", step, { input: 1, output: 2 }), writer };
    const { text, thought, strategy, usage, costUsd, wallMs } = await reply("Is 9.11 or 9.7 larger?", priced);
    expect({ text, strategy }).toEqual({ text: "9.7", strategy: "plan" });
    expect(thought).toEqual(["0.70 is more than 0.11", "compare the tenths"]);
    const { inputTokens = 0, outputTokens = 0 } = usage.byRole.planner ?? {};
    expect(costUsd).toBeCloseTo((inputTokens + 2 * outputTokens) / 1_000_000, 12);
    expect(costUsd).toBeGreaterThan(0);
    expect(wallMs).toBeGreaterThan(0);
  });

  test("prints nothing unless it is asked to", async () => {
    const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await reply("Is 9.11 or 9.7 larger?", { planner, writer });
    expect(write).not.toHaveBeenCalled();
  });

  test("prints the steps as they come, on the standard error, and the cost in the end", async () => {
    const printed: string[] = [];
    vi.spyOn(process.stderr, "write").mockImplementation((text) => {
      printed.push(String(text));
      return true;
    });
    await reply("Is 9.11 or 9.7 larger?", { planner, writer }, { verbose: true });
    expect(printed.every((line) => line.endsWith("\n"))).toBe(true);
    expect(printed.map((line) => line.trimEnd())).toEqual(
      expect.arrayContaining([
        "strategy plan",
        "planner: two decimals",
        "0.0: 0.70 is more than 0.11",
        "0.0: = 9.7",
      ]),
    );
    expect(printed.at(-1)).toMatch(/^cost: 2 calls, \d+ tokens in, \d+ out, \$0\.000000, \d+\.\d s\n$/);
  });

  test("shows a step before the next one is asked for", async () => {
    const order: string[] = [];
    const slow = scriptedBackend({
      name: "scripted/slow",
      delayMs: 20,
      reply: ({ system = "" }) => {
        order.push(system.includes("planning") ? "asked for a step" : "asked to write");
        return system.includes("planning") ? step : "Answer: 9.7";
      },
    });
    await reply("Is 9.11 or 9.7 larger?", slow, { verbose: true, print: (line) => order.push(line) });
    expect(order.indexOf("0.0: = 9.7")).toBeGreaterThan(order.indexOf("asked for a step"));
    expect(order.indexOf("0.0: = 9.7")).toBeLessThan(order.indexOf("asked to write"));
  });

  test("takes any strategy and its settings", async () => {
    const { strategy, usage } = await reply(
      "2 + 2?",
      { default: writer },
      { strategy: "vote", samples: 3, confidence: 1 },
    );
    expect(strategy).toBe("vote");
    expect(usage.byRole.policy?.calls).toBeGreaterThan(0);
  });

  test("is thought about as auto picks where the model follows no instructions", async () => {
    const plain = scriptedBackend({
      name: "plain",
      traits: { followsInstructions: false },
      reply: () => "Answer: 4",
    });
    expect((await reply("2 + 2?", plain, { effort: "none" })).strategy).toBe("direct");
  });

  test("refuses a model that does not exist, and an empty question, in one line", async () => {
    await expect(reply("2 + 2?", "nanno")).rejects.toThrow(/^no provider "nanno"; did you mean nano\?/);
    await expect(reply("", { default: writer })).rejects.toThrow("the question is empty");
  });
});
