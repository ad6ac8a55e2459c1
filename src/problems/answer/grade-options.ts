import { z } from "zod";

const matchTypes = z.array(z.enum(["latex", "expr"])).min(1);

/**
 * How one pair is compared. All are optional. The names are also read as Math-Verify writes them (`match_types`,
 * `allow_set_relation_comp`).
 */
export const gradeOptionsSchema = z
  .object({
    /** Decimal places (and significant digits) from which a rounded decimal equals what it was rounded from. Default 6. */
    precision: z.number().int().min(1).max(30).optional(),
    /** False lets variables have other names: f(x) is f(y). Default true. */
    strict: z.boolean().optional(),
    /** What counts as an answer: `latex` in dollars or a box, `expr` for plain text. Default both. */
    matchTypes: matchTypes.optional(),
    match_types: matchTypes.optional(),
    /** Lets `1 < x < 2` of a prediction stand for the interval (1, 2) of the gold answer. Default false. */
    allowSetRelations: z.boolean().optional(),
    allow_set_relation_comp: z.boolean().optional(),
  })
  .transform(({ match_types, allow_set_relation_comp, ...named }) => ({
    precision: named.precision ?? 6,
    strict: named.strict ?? true,
    matchTypes: named.matchTypes ?? match_types ?? ["latex" as const, "expr" as const],
    allowSetRelations: named.allowSetRelations ?? allow_set_relation_comp ?? false,
  }));

/** What a caller may give. */
export type GradeOptions = z.input<typeof gradeOptionsSchema>;
