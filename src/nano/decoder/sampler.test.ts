import { expect, test } from "vitest";
import { Sampler } from "./sampler.ts";

const probabilities = [0.5, 0.2, 0.15, 0.1, 0.05];
const logits = Float32Array.from(probabilities, Math.log);
const draws = (temperature: number, topP: number, count = 20_000) => {
  const sampler = new Sampler("key", { temperature, topP }, 5);
  const shares = [0, 0, 0, 0, 0];
  for (let position = 0; position < count; position++) {
    const { token } = sampler.choose(logits, position);
    shares[token] = (shares[token] ?? 0) + 1 / count;
  }
  return shares;
};
const expectShares = (actual: readonly number[], expected: readonly number[]) => {
  for (const [token, share] of expected.entries()) expect(actual[token]).toBeCloseTo(share, 1.7);
};

test("draws tokens as often as the model has them at temperature 1", () => {
  expectShares(draws(1, 1), probabilities);
});

test("sharpens the distribution below temperature 1", () => {
  const squared = probabilities.map((probability) => probability ** 2);
  const total = squared.reduce((sum, value) => sum + value, 0);
  expectShares(
    draws(0.5, 1),
    squared.map((value) => value / total),
  );
});

test("keeps the likeliest tokens that together reach top-p", () => {
  expectShares(draws(1, 0.8), [0.5 / 0.85, 0.2 / 0.85, 0.15 / 0.85, 0, 0]);
  expectShares(draws(1, 0.01), [1, 0, 0, 0, 0]);
});

test("reports the log-probability before temperature and top-p", () => {
  for (const [temperature, topP] of [
    [0, 1] as const,
    [0.3, 1] as const,
    [2, 0.9] as const,
    [1, 0.6] as const,
  ]) {
    const { token, logprob } = new Sampler("key", { temperature, topP }, 5).choose(logits, 3);
    expect(logprob).toBeCloseTo(Math.log(probabilities[token] ?? 0), 6);
  }
});

test("draws by key and position alone", () => {
  const choose = (key: string, positions: readonly number[]) => {
    const sampler = new Sampler(key, { temperature: 1, topP: 1 }, 5);
    return new Map(positions.map((position) => [position, sampler.choose(logits, position).token]));
  };
  const forward = choose("a", [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const backward = choose("a", [9, 7, 5, 3, 1]);
  for (const [position, token] of backward) expect(forward.get(position)).toBe(token);
  expect([...choose("b", [1, 2, 3, 4, 5, 6, 7, 8, 9]).values()]).not.toEqual([...forward.values()]);
});

test("never chooses a token beyond the vocabulary", () => {
  const beyond = Float32Array.of(0, 0, 50);
  expect(new Sampler("key", { temperature: 0, topP: 1 }, 2).choose(beyond, 0)).toEqual({
    token: 0,
    logprob: -Math.log(2),
  });
});
