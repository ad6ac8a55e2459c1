import fc from "fast-check";
import { expect, it } from "vitest";
import { modelName, parseModelName } from "./model-name.ts";
import { strategies } from "./registry.ts";

it.each([
  ["vote+nano", { strategy: "vote", model: "nano" }],
  ["best-of-n+openai/gpt-5-mini", { strategy: "best-of-n", model: "openai/gpt-5-mini" }],
  ["auto+nano", { strategy: "auto", model: "nano" }],
  ["nano", { model: "nano" }],
  ["ollama/llama3.2:3b", { model: "ollama/llama3.2:3b" }],
  ["ollama/mine+yours", { model: "ollama/mine+yours" }],
  ["vote+ollama/mine+yours", { strategy: "vote", model: "ollama/mine+yours" }],
])("reads %s", (name, read) => {
  expect(parseModelName(name)).toEqual(read);
});

it.each([
  ["vot+nano", "did you mean vote?"],
  ["vote+", "write strategy+provider/model"],
  ["+nano", "write strategy+provider/model"],
  ["", "write strategy+provider/model"],
])("refuses %j with a way out", (name, message) => {
  expect(() => parseModelName(name)).toThrow(
    expect.objectContaining({ name: "InputError", message: expect.stringContaining(message) }),
  );
});

it("reads every name back that it writes, and throws nothing but an InputError", () => {
  const strategy = fc.constantFrom(undefined, "auto", ...strategies.map(({ name }) => name));
  const model = fc
    .tuple(fc.stringMatching(/^[a-z0-9-]+$/), fc.string())
    .map(([provider, name]) => `${provider}/${name}`);
  fc.assert(
    fc.property(fc.record({ strategy, model }), (named) => {
      expect(parseModelName(modelName(named))).toEqual(
        named.strategy === undefined ? { model: named.model } : named,
      );
    }),
  );
  fc.assert(
    fc.property(fc.string(), (name) => {
      try {
        expect(modelName(parseModelName(name))).toBe(name);
      } catch (error) {
        expect(error).toMatchObject({ name: "InputError", message: expect.stringMatching(/^.+$/s) });
      }
    }),
  );
});
