import { asBuilt } from "../as-built.ts";

/** A process that compacts the runs below a folder. Prints one JSON object: what it did, and the most memory it had. */
const [root = ""] = process.argv.slice(2);
const { room } = await asBuilt("runs", () => import("../../src/runs/index.ts"));
const begun = performance.now();
const before = process.cpuUsage();
const report = await room.compactRuns(root);
const wallMs = performance.now() - begun;
const { user, system } = process.cpuUsage(before);
const cpuMs = (user + system) / 1000;
console.log(JSON.stringify({ ...report, wallMs, cpuMs, memoryBytes: process.resourceUsage().maxRSS * 1024 }));
