import { z } from "zod";
import { asBuilt } from "../as-built.ts";

/**
 * A process that serves the runs below a folder and asks itself over HTTP, as a browser would. Prints one JSON object: for
 * each request the milliseconds of its first time and the median of those after it, and the most memory the process had.
 */
const TIMES = 6;
const replySchema = z.looseObject({ rows: z.array(z.unknown()), total: z.number().optional() });
const [root = "", ...paths] = process.argv.slice(2);
const { room } = await asBuilt("server", () => import("../../src/server/index.ts"));
const { url, close } = await room.startServer(room.createServerContext({ runsRoot: root }));
const times: {
  path: string;
  firstMs: number;
  medianMs: number;
  cpuMs: number;
  rows: number;
  total: number | undefined;
}[] = [];
for (const path of paths) {
  const taken: number[] = [];
  let rows = 0;
  let total: number | undefined;
  let used = process.cpuUsage();
  for (let time = 0; time < TIMES; time++) {
    if (time === 1) used = process.cpuUsage();
    const begun = performance.now();
    const reply = replySchema.parse(await (await fetch(`${url}/api/${path}`)).json());
    taken.push(performance.now() - begun);
    rows = reply.rows.length;
    total = reply.total;
  }
  const { user, system } = process.cpuUsage(used);
  const cpuMs = (user + system) / 1000 / (TIMES - 1);
  const [firstMs = 0, ...others] = taken;
  times.push({ path, firstMs, medianMs: others.sort((a, b) => a - b)[2] ?? 0, cpuMs, rows, total });
}
console.log(JSON.stringify({ times, memoryBytes: process.resourceUsage().maxRSS * 1024 }));
await close();
process.exit(0);
