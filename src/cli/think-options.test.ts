import { Command } from "commander";
import { expect, test } from "vitest";
import { addThinkOptions, requestOf, type ThinkFlags } from "./think-options.ts";

function requestFrom(...words: string[]) {
  const command = addThinkOptions(new Command()).exitOverride();
  command.parse(words, { from: "user" });
  return requestOf(command.opts<ThinkFlags>());
}

test("no flag asks for nothing", () => {
  expect(requestFrom()).toEqual({ settings: { budget: {} } });
});

test("every flag reaches the request under its setting's name", () => {
  expect(
    requestFrom(
      ...["-s", "beam", "-e", "high", "-m", "lab/x", "--role", "judge=nano", "--role", "critic=lab/y"],
      ...["--samples", "3", "--width", "4", "--depth", "5", "--keep", "2", "--temperature", "0.5"],
      ...["--max-tokens", "99", "--concurrency", "7", "--order", "asked", "--seed", "11"],
      ...[
        "--budget-tokens",
        "1000",
        "--budget-output-tokens",
        "500",
        "--budget-calls",
        "9",
        "--budget-usd",
        "0.25",
        "--budget-seconds",
        "1.5",
      ],
    ),
  ).toEqual({
    strategy: "beam",
    effort: "high",
    model: "lab/x",
    roles: { judge: "nano", critic: "lab/y" },
    settings: {
      ...{ samples: 3, width: 4, depth: 5, keep: 2, temperature: 0.5, maxTokens: 99, concurrency: 7 },
      ...{
        order: "asked",
        seed: 11,
        budget: { tokens: 1000, outputTokens: 500, calls: 9, usd: 0.25, seconds: 1.5 },
      },
    },
  });
});
