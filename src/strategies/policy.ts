import type { Prompt, Sample, SampleRequest } from "../models/client.ts";
import type { Proposal } from "../search/search.ts";
import { findCollapse, isStuck } from "../thought/collapse.ts";
import type { Question } from "../thought/question.ts";
import { stepsTo, type TreeNode } from "../thought/tree.ts";
import type { Prompts } from "./prompt.ts";
import { linesOf, readLabelledReply, readStepReply, readThinkingReply } from "./reply.ts";
import type { Thinking } from "./strategy.ts";

/** Some proposals below one node. */
export interface ProposalRequest {
  node: TreeNode;
  /** One next step, or everything to the end of the thought. */
  kind: "expand" | "roll-out";
  /** Ordinal of the first proposal below its node, and how many. */
  first: number;
  count: number;
  /** Told to a model that follows instructions besides its own, such as what was tried at this node. Default none. */
  hint?: string | undefined;
  /** Stops these proposals alone. */
  signal?: AbortSignal | undefined;
}

/** A proposal and the settling of the call that brought it. */
export interface Proposed {
  proposal: Proposal;
  settle(): void;
}

/** How a policy talks to its model. */
export interface PolicyOptions {
  /** `plain` asks the bare question and takes the reply as the answer; `steps` asks for reasoning in lines. */
  style: "plain" | "steps";
  /** Begins the sites of its calls, for a policy beside the one that grows the tree. Default: the kind of proposal. */
  purpose?: string | undefined;
  /** Whether a proposal's signal is likely to fire, see `SampleRequest.cancellable`. Default false. */
  cancellable?: boolean | undefined;
}

/** Proposes next steps: the policy of a reasoning tree. One promise a proposal. */
export type Policy = (request: ProposalRequest) => Promise<Proposed>[];

/**
 * A policy over whatever model plays the role: it puts the thought so far where the model can continue it (its
 * own thinking, its reply), or shows it in the prompt where neither is possible.
 */
export function createPolicy(question: Question, think: Thinking, options: PolicyOptions): Policy {
  const { client, settings } = think;
  const traits = client.traits("policy");
  const thinksApart = traits.prefill === "thinking";

  return ({ node, kind, first, count, hint, signal }) => {
    const site = `${options.purpose ?? kind}:${node.id}`;
    const steps = stepsTo(node);
    const samples = client.sample({
      role: "policy",
      site,
      prompt: promptFor(question, steps, { ...options, ...traits, kind, hint, prompts: think.prompts }),
      samples: count,
      firstSample: first,
      maxTokens: settings.maxTokens,
      temperature: settings.temperature,
      topP: settings.topP,
      stop: kind === "expand" && (thinksApart || traits.prefill === "reply") ? ["\n"] : undefined,
      thinking: options.style === "plain" ? "none" : "default",
      signal,
      cancellable: options.cancellable,
      onDelta: think.show && ((delta) => think.show?.({ ...delta, site })),
      endsEarly: endsWhenStuck(think, steps),
    });
    return samples.map(async (pending) => {
      const sample = await pending;
      const read = readProposal(sample, { ...options, kind, thinksApart });
      return { proposal: withoutCollapse(read, sample, steps), settle: sample.settle };
    });
  };
}

interface PromptShape {
  style: "plain" | "steps";
  kind: "expand" | "roll-out";
  followsInstructions: boolean;
  prefill: "thinking" | "reply" | "none";
  hint: string | undefined;
  prompts: Prompts;
}

function promptFor(question: Question, steps: string[], shape: PromptShape): Prompt {
  const earlier = question.turns ?? [];
  const asked = { role: "user", content: question.text } as const;
  const messages = [...earlier, asked];
  const system = (instructions: string) => joined(question.system, instructions, shape.hint);

  if (shape.style === "plain") return { system: question.system, messages };
  const continued = steps.length === 0 ? undefined : `${steps.join("\n")}\n`;
  if (!shape.followsInstructions) return { system: question.system, messages, prefill: continued };
  if (shape.prefill !== "none" || steps.length === 0) {
    const alone = shape.kind === "expand" && shape.prefill === "none";
    return {
      system: system(shape.prompts(alone ? "next-step" : "step-by-step")),
      messages,
      prefill: continued,
    };
  }
  const soFar = shape.prompts("steps-so-far", { question: question.text, steps: steps.join("\n") });
  return {
    system: system(shape.prompts(shape.kind === "expand" ? "next-step" : "step-by-step")),
    messages: [...earlier, { role: "user", content: soFar }],
  };
}

interface ReplyShape extends Pick<PromptShape, "style" | "kind"> {
  thinksApart: boolean;
}

function readProposal(sample: Sample, shape: ReplyShape): Proposal {
  const { text, reasoning = "", meanLogprob } = sample;
  if (shape.style === "plain" || shape.thinksApart)
    return { ...readThinkingReply(reasoning, text), meanLogprob };
  // What a model thinks by itself on its way to one step is no step.
  if (shape.kind === "expand") return { ...readStepReply(text), meanLogprob };
  const labelled = readLabelledReply(text);
  // A model that thinks by itself answers in its text; where it also labels the answer, the label wins.
  const thinks = reasoning !== "";
  const read = thinks && labelled.answer === undefined ? readThinkingReply(reasoning, text) : labelled;
  const steps = thinks && read === labelled ? [...linesOf(reasoning), ...labelled.steps] : read.steps;
  return { ...read, steps, meanLogprob };
}

/** Most characters of a stream's end that are looked at. */
const MOST_RECENT = 20_000;

/**
 * Ends a streamed thought that goes round in circles, so that the rest of them is not paid for. With the order `asked` it
 * is awaited: whether a call is streamed must make no difference there.
 *
 * @param earlier the steps that the thought goes on from
 */
export function endsWhenStuck(
  { settings }: Pick<Thinking, "settings">,
  earlier: readonly string[] = [],
): SampleRequest["endsEarly"] {
  if (settings.order !== "arrival") return undefined;
  return (soFar) => isStuck([...earlier, ...linesOf(soFar.slice(-MOST_RECENT))]);
}

/** A proposal without what follows the place at which the thought, with its earlier steps, began to repeat itself. */
function withoutCollapse(
  proposal: Proposal,
  { text, reasoning = "", finishReason }: Sample,
  earlier: readonly string[],
): Proposal {
  const { steps, answer } = proposal;
  const ofSteps = findCollapse([...earlier, ...steps]);
  const ofAnswer = answer === undefined ? undefined : findCollapse(linesOf(answer));
  // A stream that we ended may have gone round in what is neither step nor answer, such as bare labels.
  const ofReply =
    finishReason === "other"
      ? findCollapse([...earlier, ...linesOf(reasoning), ...linesOf(text)])
      : undefined;
  const cut = (ofSteps ?? ofAnswer ?? ofReply)?.reason;
  if (cut === undefined) return proposal;
  const stated = ofAnswer === undefined ? answer : ofAnswer.lines.join("\n");
  return {
    ...proposal,
    steps: ofSteps === undefined ? steps : ofSteps.lines.slice(earlier.length),
    answer: stated === "" ? undefined : stated,
    cut,
  };
}

function joined(...parts: (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join("\n\n");
}
