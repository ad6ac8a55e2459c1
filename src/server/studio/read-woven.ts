import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type ThoughtLine, thoughtLineSchema } from "../../journey/dataset.ts";
import type { FoundFolder } from "./workplace.ts";
import type { WovenReply, WovenThought } from "./woven-schema.ts";

const DRAFTS = "journey-draft.jsonl";
const REFINED = "journey-refined.jsonl";

/** A question's long thoughts that are shown. */
const MOST_PAIRS = 50;

/** The long thoughts that a question was woven into, of all data sets among these folders that hold drafts and refined ones. */
export async function readWoven(
  folders: readonly FoundFolder[],
  source: { run: string; question: string },
): Promise<WovenReply> {
  const pairs: WovenReply["pairs"] = [];
  for (const { id: set, path, files } of folders) {
    if (!files.has(DRAFTS) || !files.has(REFINED)) continue;
    const [drafts, refined] = await Promise.all([
      linesAbout(join(path, DRAFTS), source),
      linesAbout(join(path, REFINED), source),
    ]);
    for (const [id, draft] of drafts) {
      const better = refined.get(id);
      if (better !== undefined) pairs.push({ set, id, draft: wovenOf(draft), refined: wovenOf(better) });
    }
  }
  return { pairs: pairs.slice(0, MOST_PAIRS) };
}

/** The lines of a data set that come from one question of a run, by their ids. */
async function linesAbout(
  path: string,
  { run, question }: { run: string; question: string },
): Promise<Map<string, ThoughtLine>> {
  const lines = new Map<string, ThoughtLine>();
  // Most lines are of other questions, and their texts long: they need not even be parsed.
  const [runText, questionText] = [JSON.stringify(run), JSON.stringify(question)];
  for await (const text of createInterface({ input: createReadStream(path) })) {
    if (!text.includes(runText) || !text.includes(questionText)) continue;
    const line = readLine(text);
    if (line?.source.run === run && line.source.question === question) lines.set(line.id, line);
  }
  return lines;
}

/** A line that is none of a data set of thoughts is passed over: there may be other sets beside it. */
function readLine(text: string): ThoughtLine | undefined {
  try {
    return thoughtLineSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function wovenOf({ thought, lines = [], wording = "" }: ThoughtLine): WovenThought {
  return { lines: thought.map((text, place) => ({ text, kind: lines[place] ?? null })), wording };
}
