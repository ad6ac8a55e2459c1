import {
  type Attributes,
  type Context,
  context,
  type Link,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { messageOf } from "../../thought/errors.ts";
import type { EventBody, EventOf, Task } from "../../thought/event.ts";
import { ROOT } from "../../thought/tree.ts";
import { callAttributes, modelAttributes, usageAttributes } from "./attributes.ts";

/** What a strategy's span says of its question from the start. */
export interface TracedQuestion {
  /** The question's id. */
  question: string;
  run: string;
  strategy: string;
  effort: string;
  /** `provider/model` of the policy. */
  model: string;
}

interface StepSpan {
  span: Span;
  startedAt: number;
  /** Undefined while its task is under way. */
  endedAt?: number | undefined;
  /** True where an earlier session has told it. */
  told: boolean;
  nodes: number;
}

/**
 * The spans of one question, by OpenTelemetry's GenAI conventions: `invoke_agent STRATEGY` around everything, below it a
 * `step NODE` for each proposal and a `score NODE` for each score of a search (and for each step that agents add), and
 * `chat MODEL` for each call, below the step that it was made for. A call that serves several steps hangs below the first
 * and links to the others; one that serves none hangs below the strategy.
 *
 * Steps stay open until the question ends, since scores come later; they end with the time at which they were told.
 */
export class QuestionSpans {
  readonly #tracer = trace.getTracer("sojourn");
  readonly #root: Span;
  readonly #context: Context;
  /** By task id. */
  readonly #tasks = new Map<string, StepSpan>();
  /** The step to which a node belongs. */
  readonly #steps = new Map<string, StepSpan>();
  readonly #depths = new Map<string, number>([[ROOT, 0]]);
  readonly #content = recordsContent();
  #lastStepAt = Date.now();

  constructor({ question, run, strategy, effort, model }: TracedQuestion) {
    this.#root = this.#tracer.startSpan(`invoke_agent ${strategy}`, {
      kind: SpanKind.INTERNAL,
      startTime: this.#lastStepAt,
      attributes: {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.agent.name": strategy,
        ...modelAttributes(model),
        "sojourn.run": run,
        "sojourn.question": question,
        "sojourn.effort": effort,
      },
    });
    this.#context = trace.setSpan(context.active(), this.#root);
  }

  within<Result>(work: () => Promise<Result>): Promise<Result> {
    return context.with(this.#context, work);
  }

  /** Takes up an event of the question as it is recorded. `retraced`: an earlier session recorded it. */
  apply(body: EventBody, { retraced }: { retraced: boolean }): void {
    switch (body.type) {
      case "tasks-asked":
        for (const task of body.tasks) this.#taskAsked(task);
        return;
      case "task-told":
        this.#taskTold(body, retraced);
        return;
      case "step-added":
        this.#stepAdded(body, retraced);
        return;
      case "step-scored":
        this.#steps
          .get(body.node)
          ?.span.setAttributes({ "sojourn.score": body.value, "sojourn.score.by": body.by });
        return;
      case "step-pruned":
        this.#steps.get(body.node)?.span.setAttribute("sojourn.pruned", body.reason);
        return;
      case "answer-proposed":
        this.#steps.get(body.node)?.span.setAttribute("sojourn.node.answered", true);
        return;
      case "call-finished":
      case "call-failed":
        this.#called(body);
        return;
      case "strategy-chosen":
        // `auto` says only now what it chose.
        this.#root
          .updateName(`invoke_agent ${body.strategy}`)
          .setAttribute("gen_ai.agent.name", body.strategy);
        return;
      case "answer-chosen":
        this.#root.setAttributes({ "sojourn.reason": body.reason, "sojourn.checked": body.checked });
        return;
      case "budget-exhausted":
        this.#root.addEvent("budget-exhausted", {
          "sojourn.limit": body.limit,
          "sojourn.allowed": body.allowed,
        });
        return;
      case "warning-raised":
        this.#root.addEvent("warning-raised", { "sojourn.warning": body.text });
        return;
      case "question-finished":
        this.#root.setAttributes({
          "sojourn.stop_reason": body.stopReason,
          "sojourn.steps": this.#depths.size - 1,
          ...usageAttributes(body.usage),
        });
        return;
      default:
        return;
    }
  }

  /** Ends all spans; with `error`, the strategy's as failed. */
  end(failure: { error?: unknown } = {}): void {
    for (const step of new Set([...this.#tasks.values(), ...this.#steps.values()])) {
      // A span that is never ended is never exported.
      if (!step.told) step.span.end(step.endedAt ?? Date.now());
    }
    if ("error" in failure) {
      const { error } = failure;
      this.#root.recordException(error instanceof Error ? error : messageOf(error));
      this.#root.setAttribute("error.type", error instanceof Error ? error.name : "_OTHER");
      this.#root.setStatus({ code: SpanStatusCode.ERROR, message: messageOf(error) });
    }
    this.#root.end(Date.now());
  }

  #taskAsked(task: Task): void {
    const scores = task.kind === "score";
    const node = scores ? task.node : task.id;
    const depth = (this.#depths.get(task.node) ?? 0) + (scores ? 0 : 1);
    const step = this.#open(`${scores ? "score" : "step"} ${node}`, Date.now(), {
      "sojourn.task.kind": task.kind,
      "sojourn.node.id": node,
      ...(!scores && { "sojourn.node.parent": task.node }),
      "sojourn.node.depth": depth,
    });
    this.#tasks.set(task.id, step);
  }

  #taskTold({ task, outcome, error }: EventOf<"task-told">, retraced: boolean): void {
    const step = this.#tasks.get(task);
    if (step === undefined) return;
    step.endedAt = Date.now();
    if (outcome === "failed") {
      const message = error ?? "failed";
      step.span.setStatus({ code: SpanStatusCode.ERROR, message }).setAttribute("error.type", "failed");
    }
    step.told ||= retraced;
  }

  #stepAdded({ node, parent }: EventOf<"step-added">, retraced: boolean): void {
    const depth = (this.#depths.get(parent) ?? 0) + 1;
    this.#depths.set(node, depth);
    // The steps of one roll-out are a chain of nodes: `0.2`, `0.2/1`, `0.2/2`.
    const task = node.replace(/\/\d+$/, "");
    let step = this.#tasks.get(task) ?? (task === node ? undefined : this.#steps.get(task));
    const now = Date.now();
    if (step === undefined) {
      if (retraced) return;
      step = this.#open(`step ${node}`, this.#lastStepAt, {
        "sojourn.node.id": node,
        "sojourn.node.parent": parent,
        "sojourn.node.depth": depth,
      });
    }
    step.endedAt ??= now;
    step.nodes++;
    if (step.nodes > 1) step.span.setAttribute("sojourn.node.count", step.nodes);
    this.#steps.set(node, step);
    this.#lastStepAt = now;
  }

  #called(call: EventOf<"call-finished" | "call-failed">): void {
    const now = Date.now();
    const [parent, ...others] = this.#served(call);
    const startTime = Math.max(now - call.wallMs, parent?.startedAt ?? 0);
    const links: Link[] = others.map(({ span }) => ({ context: span.spanContext() }));
    const model = modelAttributes(call.model);
    const span = this.#tracer.startSpan(
      `chat ${model["gen_ai.request.model"]}`,
      {
        kind: SpanKind.CLIENT,
        startTime,
        links,
        attributes: {
          "gen_ai.operation.name": "chat",
          ...model,
          ...usageAttributes(call.usage),
          "sojourn.role": call.role,
          "sojourn.site": call.site,
          ...(call.type === "call-finished" && callAttributes(call, { content: this.#content })),
        },
      },
      parent === undefined ? this.#context : trace.setSpan(this.#context, parent.span),
    );
    if (call.type === "call-failed") {
      span
        .setStatus({ code: SpanStatusCode.ERROR, message: call.error })
        .setAttribute("error.type", call.outcome);
    }
    span.end(now);
  }

  /** The steps that a call was made for, by its site: `expand:NODE` and its like, or a score of NODE. */
  #served(call: EventOf<"call-finished" | "call-failed">): StepSpan[] {
    const [, kind = "", node = ""] = /^([^:]+):([\d./]+)/.exec(call.site) ?? [];
    const samples = call.type === "call-finished" ? call.samples.map(({ index }) => index) : [0];
    const proposals = samples.flatMap((index) => this.#tasks.get(`${node}.${index}`) ?? []);
    const score = this.#tasks.get(`${node}:score`);
    if (kind === "expand" || kind === "roll-out") return proposals;
    if (score !== undefined && score.endedAt === undefined) return [score];
    return call.role === "policy" ? proposals : [];
  }

  #open(name: string, startedAt: number, attributes: Attributes): StepSpan {
    const span = this.#tracer.startSpan(name, { startTime: startedAt, attributes }, this.#context);
    return { span, startedAt, told: false, nodes: 0 };
  }
}

/** Whether prompts and replies may stand in spans: only where the conventions' own variable asks for it. */
function recordsContent(environment: NodeJS.ProcessEnv = process.env): boolean {
  const wanted = environment["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] ?? "";
  return /^(?:true|1|span_only|span_and_event)$/i.test(wanted);
}
