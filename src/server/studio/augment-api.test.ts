import { describe, expect, it } from "vitest";
import { type ScriptedReply, scriptedBackend } from "../../models/scripted.ts";
import { Jobs } from "../jobs.ts";
import { augmentApi } from "./augment-api.ts";
import { augmentReplySchema } from "./augment-schema.ts";

function writingStudio(reply: () => ScriptedReply) {
  const backend = scriptedBackend({ name: "scripted/writer", reply });
  const jobs = new Jobs();
  const app = augmentApi({ config: {}, jobs, registry: { open: () => backend, list: () => [] } });
  const ask = (more: object = {}) =>
    app.request("/augment", {
      method: "POST",
      body: JSON.stringify({
        ...{ question: "What is 3 + 4?", answer: "7", way: "gradual", writer: "scripted/writer" },
        parts: [{ kind: "trial", text: "3 and 4 more." }],
        ...more,
      }),
    });
  return { ask, jobs };
}

describe("making more of a human-written thought", () => {
  it("gives the writer's lines where they arrive at the answer", async () => {
    const { ask, jobs } = writingStudio(() => "Let me see.\nThree, and four more.\n\\boxed{7}");
    const reply = augmentReplySchema.parse(await (await ask()).json());
    expect(reply.lines).toEqual(["Let me see.", "Three, and four more."]);
    expect(jobs.size).toBe(0);
  });

  it("says in one line that the writer arrived elsewhere", async () => {
    const { ask, jobs } = writingStudio(() => "Let me see.\n\\boxed{8}");
    const response = await ask();
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringMatching(/refused; try again/) },
    });
    expect(jobs.size).toBe(0);
  });

  it("refuses a way that is none, and a thought without a part", async () => {
    const { ask } = writingStudio(() => "");
    expect((await ask({ way: "shorter" })).status).toBe(400);
    expect((await ask({ parts: [] })).status).toBe(400);
  });
});
