import { Random } from "../../thought/random.ts";
import type { JourneyLine, ThoughtLine } from "../dataset.ts";
import type { GradedRun, GradedThought } from "../read-trees.ts";
import { englishDraft, englishGrammar } from "./english.ts";
import { gymDraft, gymGrammar } from "./gym-words.ts";
import { type Journey, journeysOf, shortcutLine } from "./long-thought.ts";
import { pairsOf } from "./pairs.ts";
import { stepLabelsOf } from "./step-labels.ts";
import type { Arm, WeaveRequest } from "./weave-request.ts";
import { type Woven, type WovenLine, wordWalk } from "./wording.ts";

/** One data set, and why it has no more lines. */
export interface WovenArm<Line extends JourneyLine = JourneyLine> {
  lines: Line[];
  /** Trees, or journeys, that gave no line or fewer than asked for, by reason. */
  skipped: Record<string, number>;
}

/** A long thought as a draft and as the grammar has it, before a writer has seen it. */
export interface DraftedJourney {
  journey: Journey;
  draft: Woven;
  refined: Woven;
}

/** What runs were woven into. Arms of one tree stand in the same order and bear the same ids. */
export interface WovenRuns {
  arms: Partial<Record<Arm, WovenArm>>;
  /** What a writer may refine; `journey-refined` holds the grammar's words until then. */
  drafted: DraftedJourney[];
}

/**
 * Weaves graded trees into data sets, without a model and without chance but that of the seed. The arms `shortcut`,
 * `journey-draft` and `journey-refined` are made of the same trees, so that they can be compared.
 */
export function weave(runs: readonly GradedRun[], request: WeaveRequest): WovenRuns {
  const random = new Random(`weave/${request.seed}`);
  const woven: WovenRuns = { arms: {}, drafted: [] };
  const skippedJourneys: Record<string, number> = {};
  for (const arm of request.arms) woven.arms[arm] = { lines: [], skipped: {} };
  const byProblem = new Map<string, GradedThought[]>();
  for (const [place, run] of runs.entries()) {
    if (run.ungraded > 0) count(skippedJourneys, "not finished or not graded", run.ungraded);
    const words = wordsFor(request.words, run);
    for (const thought of run.thoughts) {
      const graded = runs.length === 1 ? thought : { ...thought, id: `${place + 1}:${thought.id}` };
      const lot = random.fork(graded.id);
      const journeys = journeysOf(graded, lot.fork("walk"), request);
      if ("fault" in journeys) count(skippedJourneys, journeys.fault);
      else {
        for (const journey of journeys) {
          const drafted = draftOf(journey, words, lot.fork(journey.id));
          const fault = refusal(drafted, request);
          if (fault === undefined) woven.drafted.push(drafted);
          else count(skippedJourneys, fault);
        }
      }
      addLabels(woven.arms, graded);
      const { problem } = graded.problem;
      byProblem.set(problem, [...(byProblem.get(problem) ?? []), graded]);
    }
  }
  addJourneys(woven, skippedJourneys);
  for (const [problem, thoughts] of byProblem)
    addPairs(woven.arms, thoughts, request.pairs, random.fork(`pairs/${problem}`));
  return woven;
}

interface Words {
  draft: typeof englishDraft;
  grammar: typeof englishGrammar;
}

function wordsFor(asked: WeaveRequest["words"], { manifest }: GradedRun): Words {
  const isNano = /^nano(\/|$)/.test(manifest.models.policy ?? "");
  const gym = asked === "gym" || (asked === "auto" && isNano);
  return gym ? { draft: gymDraft, grammar: gymGrammar } : { draft: englishDraft, grammar: englishGrammar };
}

function draftOf(journey: Journey, { draft, grammar }: Words, random: Random): DraftedJourney {
  return {
    journey,
    draft: wordWalk(journey.beats, draft, random.fork("draft")),
    refined: wordWalk(journey.beats, grammar, random.fork("grammar")),
  };
}

function refusal(
  { draft }: DraftedJourney,
  { leastWrongTurns, mostLines }: WeaveRequest,
): string | undefined {
  if (draft.wrongTurns < leastWrongTurns) return `fewer than ${leastWrongTurns} wrong turns`;
  if (mostLines !== undefined && draft.lines.length > mostLines) return `longer than ${mostLines} lines`;
  return undefined;
}

function addJourneys({ arms, drafted }: WovenRuns, skipped: Record<string, number>): void {
  for (const arm of ["shortcut", "journey-draft", "journey-refined"] as const) {
    const made = arms[arm];
    if (made === undefined) continue;
    Object.assign(made.skipped, skipped);
    for (const { journey, draft, refined } of drafted) {
      if (arm === "shortcut") made.lines.push(shortcutLine(journey));
      else if (arm === "journey-draft") made.lines.push(longThoughtLine(journey, arm, draft, "draft"));
      else made.lines.push(longThoughtLine(journey, arm, refined, "grammar"));
    }
  }
}

function addPairs(
  { preference }: WovenRuns["arms"],
  thoughts: readonly GradedThought[],
  pairs: number,
  random: Random,
): void {
  if (preference === undefined) return;
  const { lines, fault } = pairsOf(thoughts, pairs, random);
  preference.lines.push(...lines);
  if (fault !== undefined) count(preference.skipped, fault);
}

function addLabels({ "process-reward": arm }: WovenRuns["arms"], graded: GradedThought): void {
  if (arm === undefined) return;
  const labelled = stepLabelsOf(graded);
  if ("fault" in labelled) count(arm.skipped, labelled.fault);
  else arm.lines.push(...labelled);
}

/** The line of a data set that a long thought makes. */
export function longThoughtLine(
  { id, question, answer, source }: Journey,
  kind: "journey-draft" | "journey-refined",
  { lines, wrongTurns }: { lines: readonly WovenLine[]; wrongTurns: number },
  wording: string,
): ThoughtLine {
  const thought = lines.map(({ text }) => text);
  return {
    id,
    question,
    thought,
    answer,
    kind,
    source,
    lines: lines.map((line) => line.kind),
    wrongTurns,
    wording,
  };
}

function count(counts: Record<string, number>, reason: string, by = 1): void {
  counts[reason] = (counts[reason] ?? 0) + by;
}
