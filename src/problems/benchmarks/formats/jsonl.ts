import { messageOf } from "../../../thought/errors.ts";
import { type FoundRecord, oneLine } from "../record.ts";
import { linesOf } from "./lines.ts";

/** The records of JSON Lines, one a line, read as they stream in. Blank lines are left out. */
export async function* readJsonLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<FoundRecord> {
  for await (const found of linesOf(chunks)) {
    if ("wrong" in found) yield found;
    else if (found.text.trim() !== "") yield parseRecord(found.line, found.text);
  }
}

/** The record that this JSON text is, or what the parser says of it. */
export function parseRecord(line: number, text: string): FoundRecord {
  try {
    const value: unknown = JSON.parse(text);
    return { line, value };
  } catch (error) {
    return { line, wrong: oneLine(`is not JSON: ${messageOf(error)}`) };
  }
}
