import type { Nano } from "../nano/decoder/nano.ts";
import { encodeExample } from "../nano/training/packing.ts";
import type { Example } from "../problems/gym/gym.ts";
import type { Generator } from "./gym-accuracy.ts";

/** A loaded nano as a generator: question in, thought and answer out. All questions run as one batch. */
export function nanoGenerator(nano: Nano): Generator {
  const { tokenizer } = nano;
  return async ({ text }, { thinking, samples, temperature, seed }) => {
    const promptTokens = [
      tokenizer.special.user,
      ...tokenizer.encode(text, { markers: "text" }),
      thinking ? tokenizer.special.think : tokenizer.special.answer,
    ];
    const made = await nano.generate({ promptTokens, samples, temperature, seed });
    return made.map(({ reasoning, text: answer, tokens }) => ({
      thought: reasoning,
      answer,
      tokens: tokens.length,
    }));
  };
}

/** Mean loss in nats a token over what nano is to write (thought, answer, end marker) in the given examples. */
export function meanLoss(nano: Nano, examples: readonly Example[]): number {
  let loss = 0;
  let learnt = 0;
  for (const example of examples) {
    const { ids, learnt: isLearnt } = encodeExample(nano.tokenizer, example);
    if (ids.length > nano.config.max_position_embeddings) continue;
    for (const [index, logits] of nano.logits(ids.slice(0, -1)).entries()) {
      const target = ids[index + 1];
      if (target === undefined || isLearnt[index + 1] !== 1) continue;
      loss += surprise(logits, target);
      learnt++;
    }
  }
  return learnt === 0 ? 0 : loss / learnt;
}

function surprise(logits: Float32Array, target: number): number {
  const most = logits.reduce((a, b) => Math.max(a, b));
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0);
  return most + Math.log(total) - (logits[target] ?? 0);
}
