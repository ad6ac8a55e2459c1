import { expect, test } from "vitest";
import { serve } from "../../test/support/served.ts";
import { openApiDocument } from "./openapi.ts";

/** Every `$ref` of a document. */
function refsOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "$ref" && typeof inner === "string" ? [inner] : refsOf(inner),
  );
}

test("the document describes each path that the server answers, and refers to nothing that it does not hold", async () => {
  const { url } = await serve();
  const reply = await fetch(`${url}/openapi.json`);
  const document = openApiDocument("0");
  expect(await reply.json()).toMatchObject({ openapi: "3.1.0", components: document.components });
  const refs = refsOf(document);
  expect(refs.length).toBeGreaterThan(5);
  for (const ref of refs) expect(document.components.schemas).toHaveProperty(ref.replace(/^.*\//, ""));
  for (const [path, operations] of Object.entries(document.paths)) {
    const method = "post" in operations ? "POST" : "GET";
    const real = url + path.replace("{model}", "vote+nano");
    const answered = await fetch(real, method === "POST" ? { method, body: "{}" } : {});
    expect(answered.status, path).toBe(method === "POST" ? 400 : 200);
  }
});

test("a request that the document allows is one that the server reads", () => {
  const { ChatRequest } = openApiDocument("0").components.schemas as Record<
    string,
    { required?: string[]; additionalProperties?: unknown }
  >;
  expect(ChatRequest?.required).toEqual(["model", "messages"]);
  expect(ChatRequest?.additionalProperties).toBe(false);
});
