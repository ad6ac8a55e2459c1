import type { ModelClient, ModelTraits, Sample, SampleRequest } from "../../src/models/client.ts";
import type { Checker } from "../../src/problems/problem.ts";
import { MemoryRecorder } from "../../src/search/memory-recorder.ts";
import { openPrompts } from "../../src/strategies/prompt.ts";
import { type PartialSettings, resolveSettings } from "../../src/strategies/settings.ts";
import type { Thinking } from "../../src/strategies/strategy.ts";
import { Tree, type TreeNode } from "../../src/thought/tree.ts";

/** What a fake model is and says. */
export interface FakeThinking {
  traits?: Partial<ModelTraits>;
  /** The reply to a sample; an error rejects it. Default an empty text. */
  reply?: (request: SampleRequest, index: number) => Partial<Sample> | Error;
  settings?: PartialSettings;
  checker?: Checker;
}

/** What a strategy thinks with, where a function plays all roles. `requests` and `settled` grow as it is asked. */
export function fakeThinking({ traits, reply = () => ({}), settings = {}, checker }: FakeThinking) {
  const requests: SampleRequest[] = [];
  const settled: string[] = [];
  const client: ModelClient = {
    traits: () => ({ name: "m", followsInstructions: true, prefill: "reply", logprobs: false, ...traits }),
    sample(request) {
      requests.push(request);
      return Array.from({ length: request.samples ?? 1 }, async (_, place): Promise<Sample> => {
        const index = (request.firstSample ?? 0) + place;
        const said = reply(request, index);
        if (said instanceof Error) throw said;
        const settle = () => void settled.push(`${request.site}#${index}`);
        return { index, text: "", finishReason: "stop", settle, ...said };
      });
    },
    generate: () => Promise.reject(new Error("what is tested samples")),
  };
  const think: Thinking = {
    ...{ client, checker, recorder: new MemoryRecorder(), prompts: openPrompts() },
    settings: resolveSettings({
      ...{ asked: settings, strategy: {}, effort: "low", effortAsked: true, configured: {}, order: "asked" },
    }),
    signal: new AbortController().signal,
  };
  return { think, requests, settled };
}

/** The last node of a thought of its own. */
export function thoughtOf(steps: readonly string[], answer?: string): TreeNode {
  const tree = new Tree();
  let node = tree.root;
  for (const step of steps) node = tree.add(`${node.id}.0`, node, step);
  node.answer = answer;
  return node;
}
