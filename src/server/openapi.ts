import { z } from "zod";
import { chatRequestSchema } from "./openai/chat-request.ts";
import {
  chatChunkSchema,
  chatCompletionSchema,
  errorSchema,
  modelSchema,
  responseSchema,
} from "./openai/reply-schemas.ts";
import { responsesRequestSchema } from "./openai/responses-request.ts";

const schemas = {
  ChatRequest: chatRequestSchema,
  ChatCompletion: chatCompletionSchema,
  ChatChunk: chatChunkSchema,
  ResponsesRequest: responsesRequestSchema,
  Response: responseSchema,
  ModelList: z.strictObject({ object: z.literal("list"), data: z.array(modelSchema) }),
  Model: modelSchema,
  Health: z.strictObject({ status: z.enum(["ok", "closing"]) }),
  Error: errorSchema,
};

/**
 * The description of the OpenAI-compatible API in OpenAPI 3.1, made from the very schemas that requests are read with. The
 * studio's own API is not in it: it belongs to the studio and changes with it.
 *
 * @param version of Sojourn
 */
export function openApiDocument(version: string) {
  const components = Object.entries(schemas).map(([name, schema]) => {
    const io = name.endsWith("Request") ? "input" : "output";
    const { $schema: _, ...described } = z.toJSONSchema(schema, { io });
    return [name, described];
  });
  return {
    openapi: "3.1.0",
    info: {
      title: "Sojourn",
      version,
      description: "Strategies of thinking over language models, as models of an OpenAI-compatible API.",
    },
    security: [{}, { key: [] }],
    paths: {
      "/v1/chat/completions": {
        post: operation("createChatCompletion", "Answer a conversation", {
          ...asked("ChatRequest"),
          replies: {
            "application/json": refTo("ChatCompletion"),
            "text/event-stream": {
              ...refTo("ChatChunk"),
              description: "Chunks as `data:` lines, then `[DONE]`",
            },
          },
        }),
      },
      "/v1/responses": {
        post: operation("createResponse", "Answer a conversation, with the thinking as an item of its own", {
          ...asked("ResponsesRequest"),
          replies: {
            "application/json": refTo("Response"),
            "text/event-stream": {
              type: "string",
              description: "Events from response.created to response.completed",
            },
          },
        }),
      },
      "/v1/models": {
        get: operation("listModels", "The models to choose from", {
          replies: { "application/json": refTo("ModelList") },
        }),
      },
      "/v1/models/{model}": {
        get: {
          ...operation("retrieveModel", "One of them", { replies: { "application/json": refTo("Model") } }),
          parameters: [{ name: "model", in: "path", required: true, schema: { type: "string" } }],
        },
      },
      "/health": {
        get: operation("health", "Whether the server takes requests", {
          replies: { "application/json": refTo("Health") },
        }),
      },
      "/metrics": {
        get: operation("metrics", "Counts for Prometheus", { replies: { "text/plain": { type: "string" } } }),
      },
    },
    components: {
      schemas: Object.fromEntries(components),
      securitySchemes: { key: { type: "http", scheme: "bearer" } },
    },
  };
}

function refTo(name: keyof typeof schemas) {
  return { $ref: `#/components/schemas/${name}` };
}

function asked(name: keyof typeof schemas) {
  return { requestBody: { required: true, content: { "application/json": { schema: refTo(name) } } } };
}

function operation(
  operationId: string,
  summary: string,
  told: { requestBody?: object; replies: Record<string, object> },
) {
  const { replies, ...rest } = told;
  const content = Object.entries(replies).map(([type, schema]) => [type, { schema }]);
  return {
    operationId,
    summary,
    ...rest,
    responses: {
      200: { description: "Done", content: Object.fromEntries(content) },
      default: { description: "Refused", content: { "application/json": { schema: refTo("Error") } } },
    },
  };
}
