import fc from "fast-check";
import { z } from "zod";

const typeSchema = z.enum(["object", "array", "string", "number", "integer", "boolean", "null"]);

const schemaSchema = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([typeSchema, z.array(typeSchema)]).optional(),
  const: z.json().optional(),
  enum: z.array(z.json()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  minItems: z.int().optional(),
  maxItems: z.int().optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.int().optional(),
  not: z.unknown().optional(),
});

/** Numbers and lists stay within so many of the least: what is large is slow, and wrong in no new way. */
const SPAN = 6;

/**
 * Values that fit a JSON schema, as far as requests of our API need it; now and then, at any place, one that does not.
 *
 * @param wrong how often of a hundred a place holds any JSON at all
 */
export function fittingJson(schema: unknown, wrong: number): fc.Arbitrary<unknown> {
  const right = fitting(schemaSchema.parse(schema), wrong);
  const anything = fc.jsonValue({ maxDepth: 2 });
  return wrong === 0
    ? right
    : fc.oneof({ weight: 100 - wrong, arbitrary: right }, { weight: wrong, arbitrary: anything });
}

function fitting(schema: z.infer<typeof schemaSchema>, wrong: number): fc.Arbitrary<unknown> {
  const inner = (one: unknown): fc.Arbitrary<unknown> => fittingJson(one, wrong);
  const {
    anyOf,
    oneOf,
    exclusiveMinimum,
    minimum = exclusiveMinimum ?? 0,
    maximum = minimum + SPAN,
    minItems = 0,
    maxItems = SPAN,
  } = schema;
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = anyOf ?? oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map(inner));
  if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type) => inner({ ...schema, type })));
  const most = Math.min(maximum, Math.max(minimum, 0) + SPAN);
  const least = Math.max(minimum, -SPAN);
  switch (schema.type) {
    case "object": {
      const { properties = {}, required = [] } = schema;
      const fields = Object.fromEntries(Object.entries(properties).map(([key, one]) => [key, inner(one)]));
      return fc.record(fields, { requiredKeys: required.filter((key) => key in fields) });
    }
    case "array":
      return schemaSchema.safeParse(schema.items).data?.not === undefined
        ? fc.array(inner(schema.items ?? {}), { minLength: minItems, maxLength: Math.min(maxItems, 3) })
        : fc.constant([]);
    case "string":
      return fc.string({ minLength: schema.minLength ?? 0, unit: "grapheme", maxLength: 20 });
    case "integer":
      return fc.integer({ min: Math.ceil(least), max: Math.floor(most) });
    case "number":
      return fc.double({ min: least, max: most, minExcluded: exclusiveMinimum !== undefined, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}
