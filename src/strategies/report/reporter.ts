import type { Recorder } from "../../runs/recorder.ts";
import type { EventBody, EventOf } from "../../thought/event.ts";
import type { StrategySettings } from "../strategy.ts";
import { extractSummary } from "./extract-summary.ts";
import { type SummaryStage, SummaryStages } from "./summary-stages.ts";
import type { Written } from "./writer.ts";

/** How a question is reported while and after it is thought about. */
export interface ReporterOptions {
  /** The question's own recorder. */
  recorder: Recorder;
  order: StrategySettings["order"];
  /**
   * Where summaries come from: `steps` takes them out of the thinking, a function has a model write them. It never
   * rejects. Undefined: there are none.
   */
  summaries: "steps" | ((stage: SummaryStage) => Promise<string>) | undefined;
}

/** A summary that a model is to write. */
interface Job {
  stage: SummaryStage;
  /** Undefined until it is begun. */
  written?: Promise<void>;
  text?: string;
}

/**
 * The recorder of a strategy whose thinking is summed up stage by stage, and whose answer may be put into words. It
 * passes everything on, except that it keeps the choice of the answer back until the report is complete.
 *
 * **Where summaries stand.** Stages follow from the events alone, so they are the same in every run with the same events.
 * Summaries taken from the steps stand right behind the event that completes their stage. A model writes beside the
 * thinking, which never waits for it: with the order `arrival` each summary is logged at the next event after it has
 * come, with `asked` all stand before the choice of the answer, so that nothing depends on when they came; and there they
 * are written one after the other, so that their budget does not either.
 *
 * **Resume.** A summary that the log holds is emitted again where it stands, with its words. None is asked for before the
 * log has been retraced.
 */
export class Reporter implements Recorder {
  readonly #inner: Recorder;
  readonly #order: ReporterOptions["order"];
  readonly #summaries: ReporterOptions["summaries"];
  readonly #stages = new SummaryStages();
  readonly #said = new Set<string>();
  /** Summaries in the log, in the order of their stages. */
  readonly #done: string[] = [];
  #jobs: Job[] = [];
  #held: EventOf<"answer-chosen"> | undefined;

  constructor({ recorder, order, summaries }: ReporterOptions) {
    this.#inner = recorder;
    this.#order = order;
    this.#summaries = summaries;
  }

  /** All summaries so far, in order; undefined where there are none. */
  get summary(): string | undefined {
    return this.#done.length === 0 ? undefined : this.#done.join("\n");
  }

  get retracing(): boolean {
    return this.#inner.retracing;
  }

  get elapsedBeforeMs(): number {
    return this.#inner.elapsedBeforeMs;
  }

  emit(body: EventBody): void {
    this.#takeLogged();
    if (this.#order === "arrival") this.#emitReady();
    if (body.type === "answer-chosen") {
      this.#held = body;
      return;
    }
    this.#inner.emit(body);
    if (this.#summaries === undefined) return;
    this.#begin(this.#stages.take(body));
  }

  expected(): EventBody | undefined {
    this.#takeLogged();
    return this.#inner.expected();
  }

  loggedFailure(task: string): EventOf<"task-told"> | undefined {
    return this.#inner.loggedFailure(task);
  }

  loggedSample(...key: Parameters<Recorder["loggedSample"]>): ReturnType<Recorder["loggedSample"]> {
    return this.#inner.loggedSample(...key);
  }

  /**
   * Completes the report when the strategy is done: the summaries that are still missing, then the choice of the answer,
   * with the writer's text if it wrote one.
   */
  async finish(written: Promise<Written>, signal: AbortSignal): Promise<void> {
    if (this.#summaries !== undefined) this.#begin(this.#stages.rest());
    for (;;) {
      this.#takeLogged();
      const [job] = this.#jobs;
      if (job === undefined) break;
      this.#start(job);
      await job.written;
      signal.throwIfAborted();
      this.#jobs.shift();
      this.#log(job.stage.node, job.text ?? "");
    }
    const { text, trouble } = await written;
    signal.throwIfAborted();
    if (trouble !== undefined) this.#inner.emit(trouble);
    if (this.#held !== undefined) {
      this.#inner.emit({ ...this.#held, ...(text === undefined ? {} : { written: text }) });
    }
  }

  #begin(stage: SummaryStage | undefined): void {
    if (stage === undefined || stage.ordinal < this.#done.length) return;
    if (this.#summaries === "steps") {
      this.#log(stage.node, extractSummary(stage.lines, this.#said));
      return;
    }
    this.#jobs.push({ stage });
    if (!this.#inner.retracing) this.#startSome();
  }

  /** Begins what may be under way: with the order `asked` the oldest alone. */
  #startSome(): void {
    for (const job of this.#order === "asked" ? this.#jobs.slice(0, 1) : this.#jobs) this.#start(job);
  }

  #start(job: Job): void {
    if (job.written !== undefined || typeof this.#summaries !== "function") return;
    job.written = this.#summaries(job.stage).then((text) => {
      job.text = text;
      const next = this.#jobs[this.#jobs.indexOf(job) + 1];
      if (this.#order === "asked" && next !== undefined) this.#start(next);
    });
  }

  /** Logs the summaries that have come, as far as none before them is missing. */
  #emitReady(): void {
    if (this.#inner.retracing) return;
    this.#startSome();
    for (let [job] = this.#jobs; job?.text !== undefined; [job] = this.#jobs) {
      this.#jobs.shift();
      this.#log(job.stage.node, job.text);
    }
  }

  /** Emits again the summaries of a model that stand next in the log. */
  #takeLogged(): void {
    if (typeof this.#summaries !== "function") return;
    for (;;) {
      const logged = this.#inner.expected();
      if (logged?.type !== "summary-written") return;
      this.#jobs = this.#jobs.filter(({ stage }) => stage.ordinal !== this.#done.length);
      this.#log(logged.node, logged.text);
    }
  }

  #log(node: string, text: string): void {
    this.#inner.emit({ type: "summary-written", node, text });
    this.#done.push(text);
  }
}
