import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { calibrate } from "./calibration.ts";
import { startChild } from "./serve/child.ts";
import { readStream } from "./serve/stream-client.ts";

/** `npm run bench serve -- --streams 500 --seconds 60`: what the server adds to a stream, in time and in memory. */
const { values } = parseArgs({
  options: {
    streams: { type: "string", default: "500" },
    seconds: { type: "string", default: "60" },
    tries: { type: "string", default: "40" },
  },
});
const streams = Number(values.streams);
const seconds = Number(values.seconds);
const tries = Number(values.tries);
/** Streams begin one after the other over this time: a chunk is what is timed, not the beginning of 500 requests at once. */
const beginMs = Math.min(5_000, 200 * seconds);
/** Five chunks a second. */
const pieceMs = 200;

const urlSchema = z.object({ url: z.string(), isBuilt: z.boolean().optional() });
const reportSchema = z.object({
  sentAt: z.record(z.string(), z.array(z.number())),
  ended: z.array(z.object({ prompt: z.string(), at: z.number().nullable(), outcome: z.string() })),
});
const memorySchema = z.object({ heapMb: z.number(), rssMb: z.number(), cpuMs: z.number() });
const nothing = z.unknown();

const endpoint = startChild(new URL("serve/endpoint-process.ts", import.meta.url));
const server = startChild(new URL("serve/server-process.ts", import.meta.url));

/** Starts an endpoint, the same for the server and for a client that asks it directly. */
async function start(
  pieces: number,
  everyMs: number,
): Promise<{ direct: string; served: string; isBuilt?: boolean | undefined }> {
  const { url } = await endpoint.ask({ do: "start", pieces, pieceMs: everyMs }, urlSchema);
  await server.ask({ do: "stop" }, nothing);
  const { url: served, isBuilt } = await server.ask({ do: "start", endpoint: url }, urlSchema);
  return { direct: url, served: `${served}/v1`, isBuilt };
}

function percentile(values: readonly number[], part: number): string {
  const sorted = values.toSorted((left, right) => left - right);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN).toFixed(1);
}

function spread(values: readonly number[]): string {
  return `median ${percentile(values, 0.5)}, p95 ${percentile(values, 0.95)}, most ${percentile(values, 1)} ms`;
}

/** From the backend's first piece, or its whole reply, to the client's first delta. */
async function firstDelta(): Promise<void> {
  const { served } = await start(20, 20);
  for (const model of ["step-by-step+vllm/m", "vote+vllm/m"]) {
    const added: number[] = [];
    for (let number = -3; number < tries; number++) {
      const question = `${model} ${number}`;
      const { pieces } = await readStream(served, { model, question });
      const { sentAt, ended } = await endpoint.ask({ do: "report" }, reportSchema);
      const whole = ended.find(({ prompt }) => prompt === question)?.at ?? Number.NaN;
      const from = model.startsWith("step") ? (sentAt[question]?.[0] ?? Number.NaN) : whole;
      // The first few load what is loaded once.
      if (number >= 0) added.push((pieces[0]?.at ?? Number.NaN) - from);
    }
    const what = model.startsWith("step") ? "the backend's first token" : "the reply with the first step";
    console.log(`first delta of ${model} behind ${what}: ${spread(added)}`);
  }
}

/** From the client's hanging up to the end of the backend's call. */
async function hangUps(): Promise<void> {
  const { served } = await start(1000, 5);
  const took: number[] = [];
  for (let number = 0; number < tries; number++) {
    const question = `leaves ${number}`;
    const { leftAt = 0 } = await readStream(served, { model: "direct+vllm/m", question }, { leaveAfter: 3 });
    for (;;) {
      const { ended } = await endpoint.ask({ do: "report" }, reportSchema);
      const entry = ended.find(({ prompt }) => prompt === question);
      if (entry?.outcome === "broken-off") {
        took.push((entry.at ?? Number.NaN) - leftAt);
        break;
      }
      await wait(5);
    }
  }
  console.log(`hang-up to cancelled call: ${spread(took)}`);
}

/** Many streams at once; how long each piece takes from the endpoint to the client. */
async function crowd(
  url: string,
  model: string,
  length: number,
): Promise<{ latencies: number[]; whole: number }> {
  const all = await Promise.all(
    Array.from({ length: streams }, async (_, number) => {
      await wait((beginMs * number) / streams);
      const question = `stream ${number}`;
      const { pieces } = await readStream(url, { model, question });
      return { question, pieces };
    }),
  );
  const { sentAt } = await endpoint.ask({ do: "report" }, reportSchema);
  let whole = 0;
  const latencies = all.flatMap(({ question, pieces }) => {
    const name = question.replace(/\W+/g, "");
    const expected = Array.from({ length }, (_, place) => `${name}w${place}`).join(" ");
    if (pieces.map(({ text }) => text).join("") === expected) whole++;
    return pieces.map(({ at }, place) => at - (sentAt[question]?.[place] ?? Number.NaN));
  });
  return { latencies, whole };
}

const calibration = calibrate();
console.log(`calibration loop: ${calibration.toFixed(0)} ms`);
await firstDelta();
await hangUps();

const short = Math.min(10, seconds) * 5;
const unserved = await start(short, pieceMs);
const direct = await crowd(unserved.direct, "m", short);
console.log(`${streams} streams straight from the endpoint, a chunk: ${spread(direct.latencies)}`);

const length = seconds * 5;
const { served, isBuilt } = await start(length, pieceMs);
console.log(`the server is ${isBuilt === true ? "dist/, as last built" : "the sources"}`);
const measure = (collect: boolean) => server.ask({ do: "measure", collect }, memorySchema);
const before = await measure(true);
const memory: z.infer<typeof memorySchema>[] = [];
const sampling = setInterval(async () => memory.push(await measure(false)), (1000 * seconds) / 12);
const through = await crowd(served, "direct+vllm/m", length);
clearInterval(sampling);
console.log(
  `${streams} streams of ${length} chunks through the server, a chunk: ${spread(through.latencies)}`,
);
const added = Number(percentile(through.latencies, 0.95)) - Number(percentile(direct.latencies, 0.95));
console.log(
  `added at p95: ${added.toFixed(1)} ms, beside a calibration loop of ${calibration.toFixed(0)} ms`,
);
console.log(`whole and unmixed: ${through.whole} of ${streams}`);
const after = await measure(true);
console.log(
  `server's heap ${before.heapMb.toFixed(0)} MiB before, ${after.heapMb.toFixed(0)} behind, in between ${memory.map(({ heapMb }) => heapMb.toFixed(0)).join(", ")}`,
);
const cpu = (after.cpuMs - before.cpuMs) / (streams * length);
console.log(`processor time of the server: ${(1000 * cpu).toFixed(0)} microseconds a chunk`);
await server.ask({ do: "stop" }, nothing);
server.end();
endpoint.end();
