import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { serve } from "./support/served.ts";

const run = promisify(execFile);

/** Sends a body with curl and returns what it printed, its status in the last line. */
async function curl(url: string, body: object): Promise<{ text: string; status: number }> {
  const words = [
    "-sN",
    "-w",
    "\\n%{http_code}",
    "-H",
    "content-type: application/json",
    "-d",
    JSON.stringify(body),
  ];
  const { stdout } = await run("curl", [...words, url]);
  const end = stdout.lastIndexOf("\n");
  return { text: stdout.slice(0, end), status: Number(stdout.slice(end + 1)) };
}

const messages = [{ role: "user", content: "What is 347 + 586?" }];

test("curl gets a whole answer, a stream that ends in [DONE], and a refusal that names the parameter", async () => {
  const { url } = await serve();
  const chat = `${url}/v1/chat/completions`;
  const whole = await curl(chat, { model: "direct+nano", messages });
  expect(whole.status).toBe(200);
  expect(JSON.parse(whole.text)).toMatchObject({ object: "chat.completion", choices: [{ index: 0 }] });
  const streamed = await curl(chat, { model: "direct+nano", messages, stream: true });
  expect(streamed.text.trimEnd().split("\n\n").at(-1)).toBe("data: [DONE]");
  const refused = await curl(chat, { model: "direct+nano", messages, tools: [{ type: "function" }] });
  expect(refused.status).toBe(400);
  expect(JSON.parse(refused.text)).toEqual({
    error: {
      message: expect.stringContaining("strategies call no tools"),
      ...{ type: "invalid_request_error", param: "tools[0]", code: "unsupported_value" },
    },
  });
});
