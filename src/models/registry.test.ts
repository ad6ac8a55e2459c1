import { describe, expect, it } from "vitest";
import { InputError } from "../thought/errors.ts";
import { createRegistry } from "./registry.ts";

describe("model registry", () => {
  it("suggests the nearest provider for a misspelt one", () => {
    expect(() => createRegistry({}, {}).open("opnai/gpt-4o")).toThrow(
      'no provider "opnai"; did you mean openai? See sojourn models',
    );
  });

  it("says what a name looks like when it is near to none", () => {
    expect(() => createRegistry({}, {}).open("constructor")).toThrow(
      /write provider\/model, with one of nano, openai/,
    );
  });

  it.each([
    ["openai/gpt-4o", "openai needs a key: set OPENAI_API_KEY"],
    ["anthropic/claude-sonnet-4-5", "anthropic needs a key: set ANTHROPIC_API_KEY"],
    ["google/gemini-2.5-flash", "google needs a key: set GOOGLE_GENERATIVE_AI_API_KEY or GEMINI_API_KEY"],
    ["ollama/", "name a model after the provider: ollama/MODEL"],
    ["scripted/bush", 'no scripted model "bush"; there is scripted/tree'],
  ])("says what %s lacks", (name, message) => {
    const registry = createRegistry({}, {});
    expect(() => registry.open(name)).toThrow(message);
    expect(() => registry.open(name)).toThrow(InputError);
  });

  it.each([
    ["anthropic/m", { api: "completions" as const }, "anthropic takes no api"],
    ["openai/m", { prefill: "reply" as const }, "openai takes no prefill"],
    ["google/m", { samples: 4 }, "google takes no samples"],
    ["nano", { logprobs: true }, "nano takes no logprobs"],
  ])("refuses a setting that would have no effect on %s", (name, settings, message) => {
    const provider = name.split("/")[0] ?? "";
    const keys = { ANTHROPIC_API_KEY: "k", OPENAI_API_KEY: "k", GEMINI_API_KEY: "k" };
    expect(() => createRegistry({ providers: { [provider]: settings } }, keys).open(name)).toThrow(message);
  });

  it("needs no key for a server on this machine, and one for a server elsewhere", () => {
    const local = createRegistry({}, { OPENAI_BASE_URL: "http://127.0.0.1:9/v1/" }).open("openai/any");
    expect(local.endpoint).toBe("http://127.0.0.1:9/v1");
    const remote = createRegistry({}, { OPENAI_BASE_URL: "https://models.example/v1" });
    expect(() => remote.open("openai/any")).toThrow("set OPENAI_API_KEY");
  });

  it("keeps slashes in a model's own name", () => {
    expect(createRegistry({}, {}).open("vllm/meta-llama/Llama-3.1-8B").traits).toMatchObject({
      name: "vllm/meta-llama/Llama-3.1-8B",
      prefill: "reply",
      logprobs: true,
    });
  });

  it("gives one backend to everybody who names it", () => {
    const registry = createRegistry({}, {});
    expect(registry.open("ollama/qwen3")).toBe(registry.open("ollama/qwen3"));
  });

  it.each([
    [undefined, "http://127.0.0.1:11434/v1"],
    ["0.0.0.0", "http://127.0.0.1:11434/v1"],
    ["gpu:8080", "http://gpu:8080/v1"],
    ["https://models.example", "https://models.example/v1"],
  ])("reads OLLAMA_HOST %s", (host, endpoint) => {
    expect(createRegistry({}, { OLLAMA_HOST: host }).open("ollama/qwen3").endpoint).toBe(endpoint);
  });

  it("opens a provider that the config names, with its settings", () => {
    const registry = createRegistry(
      {
        providers: {
          lab: {
            baseUrl: "https://lab.example/v1",
            apiKeyEnv: "LAB_KEY",
            like: "vllm",
            samples: 4,
            prices: { "*": { input: 1, output: 2 } },
          },
        },
      },
      { LAB_KEY: "lab-secret-key" },
    );
    expect(registry.open("lab/big")).toMatchObject({
      endpoint: "https://lab.example/v1",
      price: { input: 1, output: 2 },
      traits: { name: "lab/big", prefill: "reply" },
      learnt: { samplesPerRequest: 4 },
    });
  });

  it("lists every provider, what it lacks, and never a key", () => {
    const list = createRegistry(
      { providers: { lab: { apiKeyEnv: "LAB_KEY" } } },
      { OPENAI_API_KEY: "sk-very-secret" },
    ).list();
    expect(list.find(({ provider }) => provider === "openai")).toMatchObject({ configured: true });
    expect(list.find(({ provider }) => provider === "anthropic")).toMatchObject({
      configured: false,
      needs: "ANTHROPIC_API_KEY",
    });
    expect(list.find(({ provider }) => provider === "lab")).toMatchObject({
      example: "lab/MODEL",
      configured: false,
    });
    expect(list.find(({ provider }) => provider === "scripted")?.example).toBe("scripted/tree");
    expect(JSON.stringify(list)).not.toContain("very-secret");
  });
});
