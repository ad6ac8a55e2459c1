import { equivalent } from "../rewards/equivalent.ts";
import { adaptiveVote } from "../search/adaptive-vote.ts";
import type { Proposal } from "../search/search.ts";
import { findCollapse } from "../thought/collapse.ts";
import type { Question } from "../thought/question.ts";
import { conclude } from "./conclude.ts";
import { monologueInstructions } from "./monologue/arms.ts";
import { parseMonologue } from "./monologue/parse.ts";
import { endsWhenStuck, type Policy } from "./policy.ts";
import { linesOf } from "./reply.ts";
import { runSearch } from "./run-search.ts";
import type { Strategy, Thinking } from "./strategy.ts";

/**
 * o1 in context: by prompt alone, the model mutters to itself at length on a scratch pad that the reader does not see, and
 * then writes a final answer. The setting `arm` leaves parts of the prompt out, to see what each of them is worth.
 * Several monologues (`samples`) vote, and stop once the vote is settled. Throws an InputError for an unknown arm.
 */
export const monologue: Strategy = async (question, think) => {
  const { samples, confidence, order, arm } = think.settings;
  const instructions = monologueInstructions(arm, think.prompts);
  // Which calls come to their end before a vote cancels them is left to chance, which `asked` rules out.
  const cancels = order === "arrival" && confidence < 1;
  const search = adaptiveVote({ samples, confidence, score: false, cancels, same: equivalent });
  const policy = monologuePolicy(question, think, instructions);
  const drive = await runSearch(question, think, search, { policy });

  const voters = [...search.tree.nodes()].filter(({ answer }) => answer !== undefined);
  for (const leaf of voters) {
    const score = { value: search.support(leaf).share, by: "vote" };
    leaf.scores.push(score);
    think.recorder.emit({ type: "step-scored", node: leaf.id, ...score });
  }
  const chosen = search.best();
  const votes = chosen === undefined ? 0 : search.support(chosen).leaves.length;
  const reason = voters.length === 1 ? "only monologue" : `vote ${votes} of ${voters.length} monologues`;
  return conclude(think, { question, tree: search.tree, drive, chosen, reason });
};

/** Most tokens of a pad from which on it is worth a stream. */
const LONG_PAD = 2_000;

/** Rolls out whole monologues. */
function monologuePolicy(question: Question, think: Thinking, instructions: string): Policy {
  const { client, settings } = think;
  const { order, confidence, maxTokens } = settings;
  // A long pad is streamed also where no vote cancels it, so that one that goes round in circles can be stopped.
  const cancellable = order === "arrival" && (confidence < 1 || maxTokens >= LONG_PAD);
  const system = question.system === undefined ? instructions : `${question.system}\n\n${instructions}`;
  const messages = [...(question.turns ?? []), { role: "user", content: question.text } as const];
  return ({ node, kind, first, count, signal }) => {
    const site = `${kind}:${node.id}`;
    const samples = client.sample({
      ...{ role: "policy", site, prompt: { system, messages }, samples: count, firstSample: first },
      ...{ maxTokens: settings.maxTokens, temperature: settings.temperature, topP: settings.topP },
      ...{ signal, cancellable, endsEarly: endsWhenStuck(think) },
      onDelta: think.show && ((delta) => think.show?.({ ...delta, site })),
    });
    return samples.map(async (pending) => {
      const sample = await pending;
      return { proposal: readMonologue(sample), settle: sample.settle };
    });
  };
}

/** What a model thinks by itself comes before its pad. A pad that goes round in circles is cut where it begins to. */
function readMonologue(sample: {
  text: string;
  reasoning?: string | undefined;
  meanLogprob?: number | undefined;
}): Proposal {
  const { text, reasoning = "", meanLogprob } = sample;
  const { steps, answer } = parseMonologue(text);
  const all = [...linesOf(reasoning), ...steps];
  const collapse = findCollapse(all);
  const kept = collapse === undefined ? all : collapse.lines;
  return { steps: kept, answer, meanLogprob, cut: collapse?.reason };
}
