import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Event } from "../thought/event.ts";

/** A request for thinking that is under way. */
export interface BegunRequest {
  /** Says that a piece of thinking or answer goes to the client. */
  piece(): void;
  end(): void;
}

/** Most models that are told apart: names come from clients. */
const MOST_MODELS = 100;

const SECONDS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];

/** What a server has done, for Prometheus. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #models = new Set<string>();
  readonly #requests = this.#counter("sojourn_requests_total", "Requests answered", ["route", "status"]);
  readonly #tokens = this.#counter("sojourn_tokens_total", "Tokens of calls to models", [
    "model",
    "role",
    "kind",
  ]);
  readonly #calls = this.#counter("sojourn_calls_total", "Requests sent to models", [
    "model",
    "role",
    "outcome",
  ]);
  readonly #cost = this.#counter("sojourn_cost_usd_total", "US dollars by the price table", ["model"]);
  readonly #inFlight = new Gauge({
    ...{ name: "sojourn_requests_in_flight", help: "Requests that are thought about now" },
    registers: [this.#registry],
  });
  readonly #seconds = this.#histogram("sojourn_request_seconds", "Seconds from a request to its last byte");
  readonly #firstPiece = this.#histogram(
    "sojourn_first_piece_seconds",
    "Seconds from a request to its first piece",
  );

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  /** Counts a request that was answered. */
  answered(route: string, status: number): void {
    this.#requests.inc({ route, status });
  }

  /** Counts what an event says of calls. */
  event(event: Event): void {
    if (event.type !== "call-finished" && event.type !== "call-failed") return;
    const { role, usage } = event;
    const model = this.#nameOf(event.model);
    const outcome = event.type === "call-finished" ? "finished" : event.outcome;
    this.#calls.inc({ model, role, outcome }, usage.calls);
    this.#tokens.inc({ model, role, kind: "input" }, usage.inputTokens);
    this.#tokens.inc({ model, role, kind: "output" }, usage.outputTokens);
    this.#tokens.inc({ model, role, kind: "reasoning" }, usage.reasoningTokens);
    this.#tokens.inc({ model, role, kind: "estimated_output" }, usage.estimatedOutputTokens);
    if (usage.costUsd !== null) this.#cost.inc({ model }, usage.costUsd);
  }

  /** A request for thinking begins. */
  begin(): BegunRequest {
    const startedAt = performance.now();
    const seconds = (): number => (performance.now() - startedAt) / 1000;
    let told = false;
    this.#inFlight.inc();
    return {
      piece: () => {
        if (!told) this.#firstPiece.observe(seconds());
        told = true;
      },
      end: () => {
        this.#inFlight.dec();
        this.#seconds.observe(seconds());
      },
    };
  }

  /** Everything in Prometheus' text format. */
  async text(): Promise<{ type: string; text: string }> {
    return { type: this.#registry.contentType, text: await this.#registry.metrics() };
  }

  #nameOf(model: string): string {
    if (this.#models.size < MOST_MODELS) this.#models.add(model);
    return this.#models.has(model) ? model : "other";
  }

  #counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }

  #histogram(name: string, help: string): Histogram {
    return new Histogram({ name, help, buckets: SECONDS, registers: [this.#registry] });
  }
}
