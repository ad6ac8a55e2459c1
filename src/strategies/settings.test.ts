import { expect, test } from "vitest";
import { effortSettings } from "./effort.ts";
import { partialSettingsSchema, resolveSettings, type SettingsLayers } from "./settings.ts";

function layers(given: Partial<SettingsLayers>): SettingsLayers {
  return {
    asked: {},
    strategy: {},
    effort: "medium",
    effortAsked: true,
    configured: {},
    order: "arrival",
    ...given,
  };
}

test("a flag beats the strategy's default, which beats the effort's, which beats the file's", () => {
  const configured = { samples: 1 };
  expect(resolveSettings(layers({ configured })).samples).toBe(effortSettings.medium.samples);
  const strategy = { samples: 2 };
  expect(resolveSettings(layers({ configured, strategy })).samples).toBe(2);
  expect(resolveSettings(layers({ configured, strategy, asked: { samples: 3 } })).samples).toBe(3);
});

test("the file beats an effort that the caller did not name", () => {
  const configured = { samples: 1, budget: { tokens: 77 } };
  const settings = resolveSettings(layers({ effortAsked: false, configured }));
  expect(settings).toMatchObject({ samples: 1, width: effortSettings.medium.width, budget: { tokens: 77 } });
});

test("the file holds where nobody else says anything, and the baseline where nobody does", () => {
  const { maxTokens, seed, order } = resolveSettings(
    layers({ configured: { maxTokens: 99, order: "asked" } }),
  );
  expect({ maxTokens, seed, order }).toEqual({ maxTokens: 99, seed: 0, order: "asked" });
  expect(resolveSettings(layers({})).order).toBe("arrival");
});

test("in a budget each limit goes by itself through the layers", () => {
  const settings = resolveSettings(
    layers({
      effort: "low",
      configured: { budget: { tokens: 1, calls: 10, usd: 5, seconds: 60 } },
      strategy: { budget: { usd: 4 } },
      asked: { budget: { seconds: 30 } },
    }),
  );
  expect(settings.budget).toEqual({
    tokens: effortSettings.low.budget.tokens,
    calls: 10,
    usd: 4,
    seconds: 30,
  });
});

test("what is undefined in a layer does not hide the layer below it", () => {
  const settings = resolveSettings(
    layers({
      effort: "max",
      configured: { temperature: 0.2, budget: { calls: 10 } },
      asked: { temperature: undefined, samples: undefined, budget: { calls: undefined } },
    }),
  );
  expect(settings).toMatchObject({ temperature: 0.2, samples: 64, budget: { calls: 10 } });
});

test("settings out of range or of an unknown name are refused", () => {
  const refused = [
    { samples: 0 },
    { samples: 1.5 },
    { width: 0 },
    { temperature: 2.1 },
    { seed: -1 },
    { order: "random" },
    { budget: { tokens: 0 } },
    { budget: { usd: -1 } },
    { budget: { hours: 1 } },
    { sample: 3 },
  ];
  for (const settings of refused) expect(partialSettingsSchema.safeParse(settings).success).toBe(false);
});
