import { z } from "zod";
import { ApiError } from "./api-error.ts";

/** A JSON schema as the API takes it. */
export const namedSchemaSchema = z.strictObject({
  name: z.string().min(1).max(64),
  description: z.string().nullish(),
  schema: z.record(z.string(), z.unknown()),
  strict: z.boolean().nullish(),
});

/** A JSON schema that an answer has to fit. */
export type AnswerSchema = z.infer<typeof namedSchemaSchema>["schema"];

/** Keywords whose check takes a client's own pattern as long as it likes. */
const PATTERNS = new Set(["pattern", "patternProperties"]);

/** Keywords that hold schemas by name, and keywords that hold values. */
const NAMED = new Set(["properties", "$defs", "definitions"]);
const DATA = new Set(["enum", "const", "default", "examples"]);

/** Deepest nesting of a schema. */
const DEEPEST = 32;

/**
 * The form of an answer that has to be JSON: any object, or one that fits a schema. Throws an ApiError for a schema that
 * is none, whose root is no object, or that holds patterns.
 *
 * @param schema undefined for any object
 * @param param where the request has it
 */
export function readForm(schema: AnswerSchema | undefined, param: string): z.ZodType {
  if (schema === undefined) return z.looseObject({});
  const refuse = (why: string): ApiError =>
    new ApiError(`Invalid value for '${param}': ${why}.`, {
      status: 400,
      code: "invalid_json_schema",
      param,
    });
  if (schema["type"] !== "object") throw refuse('its type has to be "object"');
  const fault = faultOf(schema);
  if (fault !== undefined) throw refuse(fault);
  try {
    const form = z.fromJSONSchema(schema);
    // What cannot be written out again could not be shown to a model.
    z.toJSONSchema(form, { io: "input" });
    return form;
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : "it is no JSON schema");
  }
}

/** What is wrong with a schema or a part of one; undefined where nothing is. */
function faultOf(value: unknown, depth = 0): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (depth > DEEPEST) return `it is nested deeper than ${DEEPEST}`;
  const faults = Object.entries(value).map(([key, inner]) => {
    if (PATTERNS.has(key)) return `"${key}" is not supported`;
    if (DATA.has(key)) return undefined;
    // The keys below these are names of the schema's own.
    const inners =
      NAMED.has(key) && typeof inner === "object" && inner !== null ? Object.values(inner) : [inner];
    return inners.map((one) => faultOf(one, depth + 1)).find((fault) => fault !== undefined);
  });
  return faults.find((fault) => fault !== undefined);
}
