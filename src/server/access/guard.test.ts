import { join } from "node:path";
import { expect, test } from "vitest";
import { serve } from "../../../test/support/served.ts";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { createServerContext } from "../context.ts";
import { startServer } from "../start-server.ts";
import { addKey } from "./key-file.ts";
import { KeyRing } from "./key-ring.ts";

const messages = [{ role: "user", content: "Which way?" }];

function withKey(limits = {}) {
  const file = join(temporaryFolder(), "keys.json");
  const key = addKey(file, "laptop", limits, new Date());
  return { key, keys: new KeyRing({ file }) };
}

test("where there are keys, a request without one is refused, whatever it asks for", async () => {
  const { key, keys } = withKey();
  const { url } = await serve({ access: { keys } });
  for (const path of ["/v1/models", "/v1/chat/completions", "/metrics", "/api/runs", "/v1/nothing"]) {
    const headers: Record<string, string>[] = [{}, { authorization: "Bearer wrong" }, { authorization: key }];
    for (const header of headers) expect((await fetch(url + path, { headers: header })).status).toBe(401);
  }
  expect((await fetch(`${url}/health`)).status).toBe(200);
  const known = await fetch(`${url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
  expect(known.status).toBe(200);
});

test("a browser brings its key once, and keeps it where no script can read it", async () => {
  const { key, keys } = withKey();
  const { url } = await serve({ access: { keys } });
  const first = await fetch(`${url}/?key=${key}`, { redirect: "manual" });
  expect([first.status, first.headers.get("location")]).toEqual([303, "/"]);
  const cookie = first.headers.get("set-cookie") ?? "";
  expect(cookie).toMatch(/HttpOnly.*SameSite=Strict/);
  const [pair = ""] = cookie.split(";");
  expect((await fetch(`${url}/v1/models`, { headers: { cookie: pair } })).status).toBe(200);
  const wrong = await fetch(`${url}/?key=wrong`, { redirect: "manual" });
  expect(wrong.headers.get("set-cookie")).toBeNull();
});

test("a key's rate and budget hold, with the seconds to wait", async () => {
  const { key, keys } = withKey({ requestsPerMinute: 2 });
  const { url } = await serve({ access: { keys } });
  const ask = () =>
    fetch(`${url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({ model: "direct+scripted/tree", messages }),
    });
  const replies = [await ask(), await ask(), await ask()];
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 429]);
  for (const path of ["/api/ask", "/api/augment"]) {
    const aside = await fetch(url + path, { method: "POST", headers: { authorization: `Bearer ${key}` } });
    expect(aside.status).toBe(403);
  }
  expect(Number(replies[2]?.headers.get("retry-after"))).toBeGreaterThan(50);
  expect(await replies[2]?.json()).toMatchObject({ error: { code: "rate_limit_exceeded" } });
});

test("a key's tokens of the day bind a request while it is thought about", async () => {
  const { key, keys } = withKey({ tokensPerDay: 200 });
  const { url, endpoint } = await serve({
    access: { keys },
    endpoint: { reply: () => `${"one two three four five ".repeat(20)}\nAnswer: six` },
  });
  const ask = () =>
    fetch(`${url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({
        model: "step-by-step+vllm/m",
        messages,
        sojourn: { settings: { maxTokens: 40 } },
      }),
    });
  let status = 200;
  for (let tries = 0; status === 200 && tries < 20; tries++) status = (await ask()).status;
  expect(status).toBe(429);
  const { prompt, completion } = endpoint.ledger.sum().made;
  expect(prompt + completion).toBeLessThanOrEqual(200);
});

test.each([1_000, 100_000])(
  "twenty requests at once stay within a key's %i tokens of the day",
  async (tokensPerDay) => {
    const { key, keys } = withKey({ tokensPerDay });
    const { url, endpoint } = await serve({
      access: { keys },
      endpoint: {
        reply: () => `${"one two three four five ".repeat(40)}\nAnswer: six`,
        latency: { kind: "fixed", ms: 50 },
      },
    });
    const ask = () =>
      fetch(`${url}/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}` },
        body: JSON.stringify({
          model: "vote+vllm/m",
          messages,
          sojourn: { settings: { maxTokens: 100, samples: 2 } },
        }),
      });
    const replies = await Promise.all(Array.from({ length: 20 }, ask));
    const { prompt, completion } = endpoint.ledger.sum().made;
    expect(prompt + completion).toBeLessThanOrEqual(tokensPerDay);
    const refused = replies.filter(({ status }) => status !== 200);
    // Where there is enough for all, nobody is refused for what others might have used.
    if (tokensPerDay > 20 * 2 * 200) expect(refused).toEqual([]);
    else expect(refused.length % 20).toBeGreaterThan(0);
    for (const reply of refused) {
      expect([reply.status, reply.headers.get("retry-after")]).toEqual([429, "1"]);
      expect(await reply.json()).toMatchObject({ error: { code: "rate_limit_exceeded" } });
    }
  },
);

test("a page from elsewhere may call only where the operator allows it", async () => {
  const { url } = await serve({ access: { origins: ["https://lab.example"] } });
  const allowed = await fetch(`${url}/v1/models`, { headers: { origin: "https://lab.example" } });
  expect(allowed.headers.get("access-control-allow-origin")).toBe("https://lab.example");
  expect((await fetch(`${url}/v1/models`, { headers: { origin: "https://else.example" } })).status).toBe(403);
});

test("the server listens for other machines only where a key is asked for", async () => {
  const context = createServerContext({ environment: {} });
  await expect(startServer(context, { host: "0.0.0.0" })).rejects.toThrow("so a key is needed");
});
