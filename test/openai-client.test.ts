import type { ChatCompletionChunk } from "openai/resources/chat/completions";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { EndpointReply } from "../src/models/testing/index.ts";
import { chatChunkSchema, chatCompletionSchema, responseSchema } from "../src/server/openai/reply-schemas.ts";
import { mazeReply } from "./support/maze-endpoint.ts";
import { serve } from "./support/served.ts";

const QUESTION = [{ role: "user" as const, content: "Which way?" }];

/** A model that thinks apart from its text. */
const thinker = { reply: () => ({ reasoning: "left is dark\nright is lit", text: "Right" }) };
/** A model that is asked for steps and writes them into its text. */
const stepper = { reply: () => "left is dark\nright is lit\nAnswer: Right" };

/** What the client does not know of, such as `reasoning_content`. */
function extra(value: object | undefined, key: string): unknown {
  return Object.entries(value ?? {}).find(([name]) => name === key)?.[1];
}

describe("chat completions read by the openai package", () => {
  test("hold every documented field, and the usage of the ledger", async () => {
    const { client, endpoint } = await serve({ endpoint: thinker });
    const reply = await client.chat.completions.create({ model: "vote+vllm/m", messages: QUESTION });
    chatCompletionSchema.parse(reply);
    const [choice] = reply.choices;
    expect(reply).toMatchObject({ object: "chat.completion", model: "vote+vllm/m" });
    expect(reply._request_id).toMatch(/^req_/);
    expect(choice?.message).toMatchObject({ role: "assistant", content: "Right" });
    expect(extra(choice?.message, "reasoning_content")).toContain("right is lit");
    expect(choice?.finish_reason).toBe("stop");
    const { prompt, completion, reasoning } = endpoint.ledger.sum().reported;
    expect(reply.usage).toMatchObject({
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: prompt + completion,
      completion_tokens_details: { reasoning_tokens: reasoning },
      prompt_tokens_details: { cached_tokens: 0 },
    });
  });

  test("stream role, thinking, answer, finish and usage, in that order under one id", async () => {
    const { client, endpoint } = await serve({ endpoint: thinker });
    const stream = await client.chat.completions.create({
      ...{ model: "step-by-step+vllm/m", messages: QUESTION, stream: true },
      stream_options: { include_usage: true },
    });
    const chunks: ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    for (const chunk of chunks) chatChunkSchema.parse(chunk);
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
    expect(new Set(chunks.map(({ created }) => created)).size).toBe(1);
    const kinds = chunks.map(({ choices: [choice] }) => {
      if (choice === undefined) return "usage";
      if (choice.delta.role !== undefined) return "role";
      if (choice.finish_reason !== null) return "finish";
      return extra(choice.delta, "reasoning_content") === undefined ? "content" : "reasoning";
    });
    expect(kinds.filter((kind, at) => kind !== kinds[at - 1])).toEqual([
      ...["role", "reasoning", "content", "finish", "usage"],
    ]);
    const text = (key: string) =>
      chunks.map(({ choices: [choice] }) => extra(choice?.delta, key) ?? "").join("");
    expect(text("reasoning_content").trim()).toBe("left is dark\nright is lit");
    expect(text("content")).toBe("Right");
    expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
    const { prompt, completion, reasoning } = endpoint.ledger.sum().reported;
    expect(chunks.at(-1)?.usage).toMatchObject({
      ...{ prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
      completion_tokens_details: { reasoning_tokens: reasoning },
    });
  });

  test("stream each step of a search with its branch, then the chosen path in short, then the answer", async () => {
    const { client } = await serve({ endpoint: { reply: mazeReply } });
    const messages = [{ role: "user" as const, content: "Which way leads out of maze 3?" }];
    const stream = await client.chat.completions.create({
      ...{ model: "beam+vllm/maze", messages, stream: true, reasoning_effort: "low" },
    });
    const nodes = new Set(["0"]);
    const behind: { kind: string; text: string }[] = [];
    for await (const { choices } of stream) {
      const { delta } = choices[0] ?? {};
      const place = z.object({ node: z.string(), parent: z.string() }).safeParse(extra(delta, "sojourn"));
      if (place.success) {
        expect(nodes).toContain(place.data.parent);
        nodes.add(place.data.node);
        expect(behind).toEqual([]);
        continue;
      }
      const summary = extra(delta, "reasoning_content");
      if (typeof summary === "string") behind.push({ kind: "summary", text: summary });
      else if (delta?.content) behind.push({ kind: "answer", text: delta.content });
    }
    expect(nodes.size).toBeGreaterThan(4);
    expect(behind.map(({ kind }) => kind)).toEqual(["summary", "answer"]);
    expect(behind[0]?.text).toContain("The chosen path in short:");
  });

  test("put thinking where the request or the operator says, summed up or left out, and count it in any case", async () => {
    const { client } = await serve({ endpoint: thinker, serving: { reasoningField: "think" } });
    const ask = async (sojourn: object) => {
      const body = { model: "step-by-step+vllm/m", messages: QUESTION, sojourn };
      return client.chat.completions.create(body);
    };
    const tagged = await ask({});
    expect(tagged.choices[0]?.message.content).toBe("<think>\nleft is dark\nright is lit\n</think>\n\nRight");
    const named = await ask({ reasoning_field: "reasoning" });
    expect(extra(named.choices[0]?.message, "reasoning")).toContain("right is lit");
    const summed = await ask({ reasoning: "summary", reasoning_field: "reasoning" });
    expect(extra(summed.choices[0]?.message, "reasoning")).toMatch(/\S/);
    const hidden = await ask({ reasoning: "hidden", reasoning_field: "reasoning_content" });
    expect(hidden.choices[0]?.message).toEqual({ role: "assistant", content: "Right", refusal: null });
    expect(hidden.usage?.completion_tokens_details?.reasoning_tokens).toBeGreaterThan(0);
  });

  test("keep turns and the system message apart, and take thinking that comes back", async () => {
    const { client, endpoint } = await serve({ endpoint: thinker });
    const said = { role: "assistant" as const, content: "<think>hm</think>Left", reasoning_content: "hm" };
    await client.chat.completions.create({
      model: "direct+vllm/m",
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "Which way first?" },
        said,
        { role: "user", content: [{ type: "text", text: "And then?" }] },
      ],
    });
    expect(endpoint.ledger.entries[0]?.request.prompt).toEqual({
      system: "Be brief.",
      messages: [
        { role: "user", content: "Which way first?" },
        { role: "assistant", content: "Left" },
        { role: "user", content: "And then?" },
      ],
    });
  });

  test("give n choices, each with a seed of its own, whole and streamed", async () => {
    const { client } = await serve({ endpoint: { reply: (_, __, seed) => `${seed}` } });
    const body = { model: "direct+vllm/m", messages: QUESTION, n: 3, seed: -5 };
    const whole = await client.chat.completions.create(body);
    const answers = whole.choices.map(({ message }) => message.content);
    expect(new Set(answers).size).toBe(3);
    const again = ["", "", ""];
    for await (const { choices } of await client.chat.completions.create({ ...body, stream: true }))
      for (const { index, delta } of choices) again[index] += delta.content ?? "";
    expect(again).toEqual(answers);
  });

  test("end at a stop text, streamed and whole", async () => {
    const { client } = await serve({ endpoint: { reply: () => "one two END three" } });
    const body = { model: "direct+vllm/m", messages: QUESTION, stop: ["END"] };
    expect((await client.chat.completions.create(body)).choices[0]?.message.content).toBe("one two ");
    let text = "";
    for await (const { choices } of await client.chat.completions.create({ ...body, stream: true }))
      text += choices[0]?.delta.content ?? "";
    expect(text).toBe("one two ");
  });

  test("never have more tokens than max_completion_tokens, thinking included", async () => {
    const { client, endpoint } = await serve({ endpoint: stepper });
    for (const model of ["direct+vllm/m", "step-by-step+vllm/m", "vote+vllm/m", "beam+vllm/m"]) {
      const before = endpoint.ledger.sum().made.completion;
      const body = { model, messages: QUESTION, max_completion_tokens: 5 };
      const { usage, choices } = await client.chat.completions.create(body);
      expect(usage?.completion_tokens).toBeLessThanOrEqual(5);
      expect(endpoint.ledger.sum().made.completion - before).toBeLessThanOrEqual(5);
      expect(choices[0]?.finish_reason).toBe("length");
    }
  });

  test("are a JSON object of the schema that is asked for, asked for again where they are not", async () => {
    let tries = 0;
    const reply: EndpointReply = ({ messages }) => {
      if (!messages.some(({ content }) => content.includes("JSON schema")))
        return "left is dark\nAnswer: Right";
      return tries++ === 0 ? '{"way": 7}' : 'Here it is: {"way": "Right"}';
    };
    const { client } = await serve({ endpoint: { reply } });
    const schema = { type: "object", properties: { way: { type: "string" } }, required: ["way"] };
    const json_schema = { name: "way", schema };
    const body = { model: "vote+vllm/m", messages: QUESTION };
    const response_format = { type: "json_schema" as const, json_schema };
    const answered = await client.chat.completions.create({ ...body, response_format });
    expect(answered.choices[0]?.message.content).toBe('{"way":"Right"}');
    expect(tries).toBe(2);
    let text = "";
    const direct = { ...body, model: "direct+vllm/m", response_format, stream: true } as const;
    for await (const { choices } of await client.chat.completions.create(direct))
      text += choices[0]?.delta.content ?? "";
    expect(text).toBe('{"way":"Right"}');
    const format = { type: "json_object" as const };
    const responded = await client.responses.create({
      model: "direct+vllm/m",
      input: "Way?",
      text: { format },
    });
    expect(JSON.parse(responded.output_text)).toEqual({ way: "Right" });
  });

  test("refuse a form that cannot be kept to", async () => {
    const { client } = await serve();
    const refused = async (model: string, schema: Record<string, unknown>) => {
      const response_format = { type: "json_schema" as const, json_schema: { name: "way", schema } };
      const messages = [{ role: "user" as const, content: "What is 347 + 586?" }];
      return client.chat.completions.create({ model, messages, response_format }).then(
        () => undefined,
        (error: unknown) => error,
      );
    };
    const pattern = { type: "object", properties: { pattern: { type: "string", pattern: "(a+)+$" } } };
    expect(await refused("vllm/m", pattern)).toMatchObject({ status: 400, code: "invalid_json_schema" });
    expect(await refused("vllm/m", { type: "array" })).toMatchObject({
      status: 400,
      code: "invalid_json_schema",
    });
    expect(await refused("nano", { type: "object" })).toMatchObject({
      status: 400,
      code: "unsupported_value",
    });
    // What it says is "choice 0 of request 0", however often it is asked.
    const unkept = await refused("direct+vllm/m", { type: "object" });
    expect(unkept).toMatchObject({ status: 422, code: "form_not_kept" });
  });

  test("refuse what strategies cannot do, with the parameter's name", async () => {
    const { client, endpoint } = await serve();
    const tool = { type: "function" as const, function: { name: "f", parameters: {} } };
    const refused = [
      [{ tools: [tool] }, "tools[0]", "unsupported_value"],
      [{ model: "scripted/tree", tool_choice: "required" }, "tool_choice", "unsupported_value"],
      [{ top_p: 1.5 }, "top_p", "invalid_value"],
      [{ logprobs: true }, "logprobs", "unsupported_value"],
      [{ n: 0 }, "n", "invalid_value"],
      [{ frobnicate: 1 }, "frobnicate", "unknown_parameter"],
      [{ model: "mtcs+vllm/m" }, "model", "model_not_found"],
      [{ messages: [{ role: "assistant" as const, content: "hi" }] }, "messages", "invalid_value"],
    ] as const;
    for (const [wrong, param, code] of refused) {
      const body = { model: "vllm/m", messages: QUESTION, ...wrong };
      const error = await client.chat.completions.create(body as never).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toMatchObject({ status: code === "model_not_found" ? 404 : 400, param, code });
    }
    expect(endpoint.ledger.entries).toEqual([]);
  });

  test("say what went wrong upstream, before a stream and in the middle of it", async () => {
    const refuses = { fault: () => ({ kind: "status" as const, status: 401, message: "no such key" }) };
    const { client } = await serve({ endpoint: refuses });
    const body = { model: "direct+vllm/m", messages: QUESTION };
    await expect(client.chat.completions.create(body)).rejects.toMatchObject({
      status: 502,
      code: "upstream_error",
    });
    await expect(client.chat.completions.create({ ...body, stream: true })).rejects.toMatchObject({
      status: 502,
    });
  });
});

describe("models read by the openai package", () => {
  const profiles = {
    careful: {
      model: "vllm/m",
      strategy: "vote",
      effort: "low" as const,
      settings: { samples: 2 },
      description: "two",
    },
  };

  test("are the profiles, the default model and the strategies that it can follow", async () => {
    const { client } = await serve({ config: { profiles } });
    const listed = await client.models.list();
    const names = listed.data.map(({ id }) => id);
    expect(names.slice(0, 3)).toEqual(["careful", "nano", "auto+nano"]);
    // It needs instructions, which nano does not follow.
    expect(names).not.toContain("plan+nano");
    expect(await client.models.retrieve("mcts+nano")).toMatchObject({ id: "mcts+nano", object: "model" });
    await expect(client.models.retrieve("gpt-9")).rejects.toMatchObject({
      status: 404,
      code: "model_not_found",
    });
  });

  test("are those that the operator offers, and files only where they are named", async () => {
    const { client } = await serve({
      config: { profiles },
      serving: { models: ["careful", "scripted/tree"] },
    });
    const names = (await client.models.list()).data.map(({ id }) => id);
    expect(names).toEqual(["careful", "scripted/tree"]);
    const ask = (model: string) => client.chat.completions.create({ model, messages: QUESTION });
    expect((await ask("vote+scripted/tree")).model).toBe("vote+scripted/tree");
    for (const model of ["nano", "vllm/m"]) await expect(ask(model)).rejects.toMatchObject({ status: 404 });
    const open = await serve();
    const file = { model: "gguf//etc/hostname", messages: QUESTION };
    const refused = open.client.chat.completions.create(file);
    await expect(refused).rejects.toMatchObject({
      status: 404,
      message: expect.stringContaining("not offered"),
    });
  });

  test("that are profiles think as they say, unless the request names an effort", async () => {
    const { client, endpoint } = await serve({ config: { profiles }, endpoint: thinker });
    const reply = await client.chat.completions.create({ model: "careful", messages: QUESTION });
    expect(reply.choices[0]).toMatchObject({ sojourn: { strategy: "vote", effort: "low", model: "vllm/m" } });
    expect(endpoint.ledger.entries.reduce((sum, { request }) => sum + (request.body.n ?? 1), 0)).toBe(2);
    const body = { model: "careful", messages: QUESTION, reasoning_effort: "minimal" as const };
    const lesser = await client.chat.completions.create(body);
    expect(lesser.choices[0]).toMatchObject({ sojourn: { strategy: "vote", effort: "minimal" } });
  });
});

describe("responses read by the openai package", () => {
  test("hold every documented field, whole and streamed alike", async () => {
    const { client, endpoint } = await serve({ endpoint: thinker });
    const body = {
      model: "step-by-step+vllm/m",
      instructions: "Be brief.",
      input: "Which way?",
      reasoning: { effort: "low", summary: "auto" },
      metadata: { book: "7" },
    } as const;
    const whole = await client.responses.create(body);
    const { output_text: text, ...rest } = whole;
    expect(text).toBe("Right");
    responseSchema.parse(rest);
    const streamed = await client.responses.stream(body).finalResponse();
    expect(streamed.output_text).toBe("Right");
    const stable = ({ output, usage, ...response }: typeof whole) => ({
      ...response,
      ...{ id: "", created_at: 0, usage },
      output: output.map((item) => ({ ...item, id: "" })),
    });
    // `finalResponse` adds what it has parsed, which here is nothing.
    expect(stable(JSON.parse(JSON.stringify(streamed)))).toMatchObject(
      stable(JSON.parse(JSON.stringify(whole))),
    );
    const [, second] = endpoint.ledger.entries;
    expect(streamed.usage).toMatchObject({
      input_tokens: second?.reported?.prompt,
      output_tokens: second?.reported?.completion,
      output_tokens_details: { reasoning_tokens: second?.reported?.reasoning },
    });
  });

  test("are incomplete where the tokens did not suffice", async () => {
    const { client } = await serve({ endpoint: stepper });
    const body = { model: "vote+vllm/m", input: "Which way?", max_output_tokens: 5 };
    const whole = await client.responses.create(body);
    expect(whole).toMatchObject({
      status: "incomplete",
      incomplete_details: { reason: "max_output_tokens" },
    });
    const types: string[] = [];
    for await (const { type } of await client.responses.create({ ...body, stream: true })) types.push(type);
    expect(types.at(-1)).toBe("response.incomplete");
  });

  test("refuse what would have to be stored", async () => {
    const { client } = await serve();
    for (const wrong of [{ store: true }, { background: true }, { previous_response_id: "resp_1" }]) {
      const asked = client.responses.create({ model: "vllm/m", input: "Which way?", ...wrong });
      await expect(asked).rejects.toMatchObject({ status: 400, code: "unsupported_value" });
    }
  });
});
