import { connect } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { startEndpoint } from "../src/models/testing/index.ts";
import { readManifest } from "../src/runs/manifest.ts";
import { listRuns } from "../src/runs/run-folder.ts";
import { startCli } from "./support/cli-process.ts";
import { serve } from "./support/served.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const messages = [{ role: "user", content: "Which way?" }];

/** A process takes seconds to start where others start theirs. */
const PATIENT = { timeout: 60_000 };

/** Starts `sojourn serve` on a free port and waits until it listens. */
async function serveProcess(flags: string[], environment: Record<string, string>) {
  const folder = temporaryFolder();
  const cli = startCli(["serve", "--port", "0", "--json", ...flags], { folder, environment });
  const first = await new Promise<string>((resolve) => cli.process.stdout?.once("data", resolve));
  return { ...cli, folder, url: z.object({ url: z.string() }).parse(JSON.parse(first)).url };
}

test("Ctrl-C lets what is under way finish, and leaves with 0", PATIENT, async () => {
  // The call itself presses Ctrl-C: whatever the machine does meanwhile, the request is then under way.
  let pressCtrlC = (): void => {};
  const endpoint = await startEndpoint({
    reply: () => {
      pressCtrlC();
      return "Right";
    },
    latency: { kind: "fixed", ms: 600 },
  });
  const environment = { OPENAI_BASE_URL: endpoint.url };
  const { url, process: child, ended } = await serveProcess(["--grace", "8"], environment);
  pressCtrlC = () => child.kill("SIGINT");
  const asked = fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    body: JSON.stringify({ model: "direct+openai/m", messages }),
  });
  const reply = await asked;
  expect(reply.status).toBe(200);
  expect(await reply.text()).toContain("Right");
  expect((await ended).code).toBe(0);
  await endpoint.close();
});

test("what a shutdown interrupts is kept, and can be gone on with", PATIENT, async () => {
  let slow = true;
  const endpoint = await startEndpoint({
    reply: () => "Right",
    latency: { kind: "fixed", ms: 60_000 },
    fault: () => (slow ? { kind: "silent" } : undefined),
    speed: 100_000,
  });
  const environment = { OPENAI_BASE_URL: endpoint.url };
  const server = await serveProcess(["--grace", "0", "--record"], environment);
  const asked = fetch(`${server.url}/v1/chat/completions`, {
    method: "POST",
    body: JSON.stringify({ model: "direct+openai/m", messages }),
  });
  asked.catch(() => {});
  while (endpoint.ledger.inFlight === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  server.process.kill("SIGINT");
  expect((await server.ended).code).toBe(0);
  const [run = ""] = listRuns(join(server.folder, "runs"));
  expect(readManifest(join(server.folder, "runs", run)).command).toBe("serve");
  slow = false;
  const { folder } = server;
  const resumed = await startCli(["resume", "latest", "--quiet"], { folder, environment }).ended;
  expect(resumed).toMatchObject({ code: 0, out: "Right\n" });
  await endpoint.close();
});

test("a client that sends too slowly loses its connection", async () => {
  const { url } = await serve({ patience: { headersMs: 200, requestMs: 400 } });
  const { hostname, port } = new URL(url);
  for (const begun of [
    "POST /v1/chat/completions HTTP/1.1\r\nHo",
    "POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{",
  ]) {
    const startedAt = performance.now();
    const socket = connect(Number(port), hostname).resume();
    socket.write(begun);
    await new Promise((resolve) => socket.once("close", resolve));
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  }
});
