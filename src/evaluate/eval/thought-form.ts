import { countTokens } from "../../models/tokens.ts";
import { analyzeStructure, type Marker } from "../../thought/structure.ts";
import type { EvaluationRecord } from "./fold-evaluation.ts";
import { groupBy } from "./group-by.ts";
import { o1Markers } from "./paper-figures.ts";

/** The outer form of some thoughts in the mean, in the columns of O1 Journey's table 3 (arXiv 2410.18982). */
export interface ThoughtForm {
  /** Which thoughts: `all`, `right`, `wrong`, or a family. */
  name: string;
  thoughts: number;
  /** Of a thought, in the o200k vocabulary whatever the model, so that models can be compared. */
  tokens: number;
  /** Of a thought; those that are not blank. */
  lines: number;
  /** Over all lines of all thoughts. */
  wordsPerLine: number;
}

/** How often a word that shows a thought turning stands in the thoughts. */
export interface MarkerCount {
  marker: Marker;
  /** Occurrences in a thought, in the mean. */
  perThought: number;
  /** Share of the thoughts that have it at least once, from 0 to 1. */
  share: number;
  /** True for the words that O1 Journey's table 3 names as frequent in o1's thoughts. */
  inPaper: boolean;
}

/** The form of an evaluation's thoughts; empty where no answer came with a thought. */
export interface ThoughtForms {
  rows: ThoughtForm[];
  /** Most frequent first. */
  markers: MarkerCount[];
}

/** Words that are counted beside those that the paper names. */
const ourMarkers: readonly Marker[] = ["however", "hmm"];

interface Measured {
  record: EvaluationRecord;
  tokens: number;
  structure: ReturnType<typeof analyzeStructure>;
}

/** Measures all thoughts that are not empty, together, the right and the wrong ones, and by family where there are several. */
export function thoughtForms(records: readonly EvaluationRecord[]): ThoughtForms {
  const measured = records.flatMap((record): Measured[] => {
    const { thought } = record;
    if (thought.trim() === "") return [];
    return [{ record, tokens: countTokens(thought), structure: analyzeStructure(thought) }];
  });
  if (measured.length === 0) return { rows: [], markers: [] };
  const families = groupBy(measured, ({ record }) => record.family);
  const parts: [name: string, thoughts: readonly Measured[]][] = [
    ["all", measured],
    ["right", measured.filter(({ record }) => record.correct)],
    ["wrong", measured.filter(({ record }) => !record.correct)],
    ...(families.size > 1 ? [...families].sort(([one], [other]) => (one < other ? -1 : 1)) : []),
  ];
  return {
    rows: parts
      .filter(([, thoughts]) => thoughts.length > 0)
      .map(([name, thoughts]) => formOf(name, thoughts)),
    markers: markersOf(measured),
  };
}

function formOf(name: string, thoughts: readonly Measured[]): ThoughtForm {
  const sum = (value: (thought: Measured) => number): number =>
    thoughts.reduce((total, thought) => total + value(thought), 0);
  const lines = sum(({ structure }) => structure.lines);
  return {
    name,
    thoughts: thoughts.length,
    tokens: sum(({ tokens }) => tokens) / thoughts.length,
    lines: lines / thoughts.length,
    wordsPerLine: lines === 0 ? 0 : sum(({ structure }) => structure.words) / lines,
  };
}

function markersOf(thoughts: readonly Measured[]): MarkerCount[] {
  return [...o1Markers, ...ourMarkers]
    .map((marker) => {
      const counts = thoughts.map(({ structure }) => structure.markers[marker]);
      return {
        marker,
        perThought: counts.reduce((sum, count) => sum + count, 0) / thoughts.length,
        share: counts.filter((count) => count > 0).length / thoughts.length,
        inPaper: o1Markers.includes(marker),
      };
    })
    .sort((one, other) => other.perThought - one.perThought);
}
