import type { Recorder } from "../../runs/recorder.ts";
import type { TracedQuestion } from "./question-spans.ts";

/** The question's recorder, which makes spans of what it records, and the work's frame. */
export interface QuestionTrace {
  recorder: Recorder;
  /** Does the work inside the strategy's span, so that spans of other libraries find their parent, and ends the span. */
  within<Result>(work: () => Promise<Result>): Promise<Result>;
}

/**
 * Traces a question with OpenTelemetry; undefined where the program has registered no tracer provider, or has switched
 * telemetry off. Then not even the API is loaded.
 *
 * @param wanted false switches it off
 */
export async function traceQuestion(
  recorder: Recorder,
  question: TracedQuestion,
  wanted = true,
): Promise<QuestionTrace | undefined> {
  if (!wanted || !isTracing()) return undefined;
  const { QuestionSpans } = await import("./question-spans.ts");
  const spans = new QuestionSpans(question);
  return {
    recorder: {
      emit(body) {
        // What an earlier session did has its spans already.
        const retraced = recorder.retracing;
        recorder.emit(body);
        spans.apply(body, { retraced });
      },
      get retracing() {
        return recorder.retracing;
      },
      expected: () => recorder.expected(),
      loggedFailure: (task) => recorder.loggedFailure(task),
      loggedSample: (site, occurrence, sample) => recorder.loggedSample(site, occurrence, sample),
      elapsedBeforeMs: recorder.elapsedBeforeMs,
    },
    async within(work) {
      try {
        const result = await spans.within(work);
        spans.end();
        return result;
      } catch (error) {
        spans.end({ error });
        throw error;
      }
    },
  };
}

/** The key under which every 1.x copy of `@opentelemetry/api` keeps what was registered with it. */
const REGISTERED = Symbol.for("opentelemetry.js.api.1");

/**
 * Whether a tracer provider is registered and neither `SOJOURN_TELEMETRY` nor the SDK's own `OTEL_SDK_DISABLED` speaks
 * against it.
 */
function isTracing(environment: NodeJS.ProcessEnv = process.env): boolean {
  if (/^(?:off|false|no|0)$/i.test(environment["SOJOURN_TELEMETRY"] ?? "")) return false;
  if (/^true$/i.test(environment["OTEL_SDK_DISABLED"] ?? "")) return false;
  const registered: unknown = Reflect.get(globalThis, REGISTERED);
  return typeof registered === "object" && registered !== null && "trace" in registered;
}
