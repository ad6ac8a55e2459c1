import fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
import { MARKERS } from "../../thought/structure.ts";
import { createTableSql, QUESTION_COLUMNS } from "../store/columns.ts";
import { openDatabase } from "../store/database.ts";
import { TableWriter } from "../store/table-writer.ts";
import type { ThoughtRow } from "../store/thought-row.ts";
import { filterSql, SqlParameters } from "./filter-sql.ts";
import { matchesFilter } from "./match-filter.ts";
import { parseFilter } from "./parse-filter.ts";

/** Few values, so that filters meet them, with what means something in SQL, in patterns and in filters among them. */
const word = fc.constantFrom(
  "nano",
  "mcts",
  "a%b",
  "a_b",
  "o'x",
  "a*b",
  "5",
  "5.5",
  "-1",
  "0x1",
  "",
  '"',
  "\\",
  "Ü",
);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const small = fc.integer({ min: 0, max: 3 });
const words = fc.array(fc.constantFrom("Wait", "a%b", "is", "Ünd", "o'x", "\n", '"'), { maxLength: 4 });

const row: fc.Arbitrary<ThoughtRow> = fc.record({
  ...{ run: fc.constantFrom("20261120-a", "20261121-b"), question: word, ordinal: small, command: word },
  createdAt: fc.constantFrom(0, Date.UTC(2026, 10, 20), Date.UTC(2026, 10, 21)),
  ...{ asked: words.map((parts) => parts.join(" ")), text: words.map((parts) => parts.join(" ")) },
  ...{ problem: maybe(word), sample: maybe(small), source: maybe(word), family: maybe(word) },
  tags: fc.dictionary(fc.constantFrom("subject", "a-b"), word),
  ...{ level: maybe(word), answer: maybe(word), gold: maybe(word), correct: maybe(fc.boolean()) },
  ...{ checked: fc.boolean(), stopReason: maybe(word), strategy: maybe(word), model: maybe(word) },
  ...{ effort: maybe(word), tokens: small, inputTokens: small, reasoningTokens: small, calls: small },
  ...{ costUsd: maybe(fc.constantFrom(0, 0.5, 1)), wallMs: fc.constantFrom(0, 500, 1000, 2500) },
  ...{ words: small, lines: small, steps: small, depth: small, characters: small },
  reward: maybe(fc.constantFrom(0, 0.25, 0.5, 1)),
  markers: fc.tuple(...MARKERS.map(() => small)).map((counts) => {
    const markers = Object.fromEntries(MARKERS.map((marker, index) => [marker, counts[index] ?? 0]));
    return markers as ThoughtRow["markers"];
  }),
});

const quotedWord = word.map((text) => `"${text.replace(/[\\"]/g, "\\$&")}"`);
const pattern = fc.array(fc.constantFrom("na", "mc", "a", "*", "%", "_", "5", "n"), {
  minLength: 1,
  maxLength: 4,
});
const nameTerm = fc
  .tuple(
    fc.constantFrom("strategy", "model", "family", "answer", "run", "problem", "stop"),
    fc.array(
      fc.oneof(
        quotedWord,
        pattern.map((pieces) => pieces.join("")),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([field, values]) => `${field}:${values.join(",")}`);
const numberTerm = fc
  .tuple(
    fc.constantFrom("tokens", "level", "reward", "cost", "seconds", "sample", "wait", "if", "first"),
    fc.constantFrom("", "=", "<", "<=", ">", ">="),
    fc.constantFrom("0", "1", "0.5", "2.5", "5", "-1"),
  )
  .map(([field, comparison, value]) => `${field}:${comparison}${value}`);
const otherTerm = fc.constantFrom(
  ...["correct:true", "correct:false", "correct:open", "checked:true", "thought:wait", "thought:but"],
  ...["created:>2026-11-20", "created:2026-11-20", "tag:subject=nano", "tag:a-b=5", "text:wait", "Ünd"],
  ...["text:a%b", "text:o'x", "asked:WAIT", "asked:ünd", 'text:"wait is"'],
);
const filter = fc
  .array(fc.tuple(fc.boolean(), fc.oneof(nameTerm, numberTerm, otherTerm)), { minLength: 1, maxLength: 3 })
  .map((terms) => terms.map(([negated, term]) => `${negated ? "-" : ""}${term}`).join(" "));

it("decides the same in memory and in the database, for any filter and any rows", async () => {
  const database = await openDatabase();
  onTestFinished(() => database.closeSync());
  const connection = await database.connect();
  let kept = 0;
  const rows = fc.array(row, { minLength: 40, maxLength: 40 });
  const filters = fc.array(filter, { minLength: 60, maxLength: 60 });
  const property = fc.asyncProperty(rows, filters, async (made, texts) => {
    await connection.run(
      `CREATE OR REPLACE ${createTableSql("questions", QUESTION_COLUMNS).slice("CREATE ".length)}`,
    );
    const writer = await TableWriter.open(connection, "questions", QUESTION_COLUMNS);
    for (const [ordinal, one] of made.entries()) writer.add({ ...one, ordinal });
    writer.close();
    for (const text of texts) {
      const parsed = parseFilter(text);
      const parameters = new SqlParameters();
      const sql = `SELECT ordinal FROM questions WHERE ${filterSql(parsed, parameters)} ORDER BY ordinal`;
      const found = (await connection.runAndReadAll(sql, parameters.values))
        .getRowsJS()
        .map(([ordinal]) => ordinal);
      const expected = made.flatMap((one, ordinal) => (matchesFilter(parsed, one) ? ordinal : []));
      expect(found, text).toEqual(expected);
      if (expected.length > 0 && expected.length < made.length) kept++;
    }
  });
  await fc.assert(property, { numRuns: 5 });
  // Filters that take all rows or none would agree about little.
  expect(kept).toBeGreaterThan(80);
  connection.closeSync();
});
