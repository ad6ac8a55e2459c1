import { compareLeaf } from "./compare-leaf.ts";
import { compareRelations } from "./compare-relation.ts";
import type { Answer } from "./read-structure.ts";
import { assignmentOf, chainEnds, intervalOf, type Relation } from "./relation.ts";
import { type Comparison, no, type Verdict, yes } from "./verdict.ts";

type List = Extract<Answer, { kind: "list" }>;

/** Compares two answers part by part; a verdict's reason is that of the part that decided. */
export function compareAnswers(gold: Answer, prediction: Answer, comparison: Comparison): Verdict {
  if (gold.kind === "leaf" && prediction.kind === "leaf")
    return compareLeaf(gold.text, prediction.text, comparison);
  if (gold.kind === "relation" || prediction.kind === "relation")
    return compareWithRelation(gold, prediction, comparison);
  if (gold.kind === "list" || prediction.kind === "list") return compareLists(gold, prediction, comparison);
  if (gold.kind === "tuple" && prediction.kind === "tuple") {
    if (gold.open !== prediction.open || gold.close !== prediction.close) return no("the brackets differ");
    return compareInOrder(gold.parts, prediction.parts, comparison);
  }
  if (gold.kind === "union" && prediction.kind === "union") {
    if (gold.sign !== prediction.sign) return no("one is a union, the other is not");
    return gold.sign === "setminus"
      ? compareInOrder(gold.parts, prediction.parts, comparison)
      : compareUnordered(gold.parts, prediction.parts, comparison);
  }
  if (gold.kind === "matrix" && prediction.kind === "matrix") {
    const shape = (rows: readonly (readonly Answer[])[]) => rows.map((row) => row.length).join();
    if (shape(gold.rows) !== shape(prediction.rows)) return no("the matrices have different shapes");
    return compareInOrder(gold.rows.flat(), prediction.rows.flat(), comparison);
  }
  return no(`a ${nameOf(gold)} is not a ${nameOf(prediction)}`);
}

function nameOf(answer: Answer): string {
  if (answer.kind === "tuple") return answer.open === answer.close ? "tuple" : "tuple or interval";
  return answer.kind === "leaf" ? "single value" : answer.kind;
}

function compareWithRelation(gold: Answer, prediction: Answer, comparison: Comparison): Verdict {
  const again = (a: Answer, b: Answer) => compareAnswers(a, b, comparison);
  if (gold.kind === "relation" && prediction.kind === "relation")
    return compareTwoRelations(gold, prediction, comparison);
  if (gold.kind === "relation") {
    const assigned = assignmentOf(gold);
    if (assigned !== undefined) return again(assigned.value, prediction);
    const interval = intervalOf(gold);
    if (interval !== undefined) return again(interval, prediction);
    return no("the gold answer is a relation, the prediction is none");
  }
  if (prediction.kind !== "relation") return no("no relation");
  const assigned = assignmentOf(prediction);
  if (assigned !== undefined) return again(gold, assigned.value);
  const interval = intervalOf(prediction);
  if (interval !== undefined && comparison.allowSetRelations) return again(gold, interval);
  if (interval === undefined && holdsNoName(prediction)) {
    const [first, ...others] = chainEnds(prediction).map((end) => again(gold, end));
    if (first !== undefined) return others.find((verdict) => verdict.equal) ?? first;
  }
  return no("the prediction is a relation, the gold answer is none");
}

/** A chain such as `1/2 + 1/2 = 1` has a value; `7 = 11a + c` is a statement. */
function holdsNoName({ texts }: Relation): boolean {
  return texts.every((text) => !/[a-zA-Z]/.test(text.replace(/\\[a-zA-Z]+/g, "")));
}

function compareTwoRelations(gold: Relation, prediction: Relation, comparison: Comparison): Verdict {
  const a = assignmentOf(gold);
  const b = assignmentOf(prediction);
  if (a !== undefined && b !== undefined) {
    if (a.name === b.name) {
      const verdict = compareAnswers(a.value, b.value, comparison);
      if (verdict.equal) return verdict;
    }
    return gold.signs.length === 1 ? compareRelations(gold, prediction) : no("the values differ");
  }
  const first = intervalOf(gold);
  const second = b === undefined ? intervalOf(prediction) : b.value;
  if (gold.signs.length === 1 && prediction.signs.length === 1 && b === undefined)
    return compareRelations(gold, prediction);
  if (first !== undefined && second !== undefined) {
    const sets = compareAnswers(first, second, comparison);
    return sets;
  }
  // A gold answer that names a set is not met by a relation, unless that was asked for.
  if (a !== undefined && comparison.allowSetRelations && second !== undefined)
    return compareAnswers(a.value, second, comparison);
  return gold.signs.length === 1 && prediction.signs.length === 1
    ? compareRelations(gold, prediction)
    : no("the relations differ");
}

function compareLists(gold: Answer, prediction: Answer, comparison: Comparison): Verdict {
  if (gold.kind === "list" && prediction.kind === "list") {
    if (comparison.ordered && !gold.braced && !prediction.braced)
      return compareInOrder(gold.parts, prediction.parts, comparison);
    return compareUnordered(withoutRepeats(flatten(gold)), withoutRepeats(flatten(prediction)), comparison);
  }
  if (gold.kind === "list") {
    // A bare `1, 2` may leave out the brackets of a tuple, in its order.
    const [only] = gold.parts;
    if (gold.parts.length === 1 && only !== undefined) return compareAnswers(only, prediction, comparison);
    return no(`a list of ${gold.parts.length} is not a ${nameOf(prediction)}`);
  }
  if (prediction.kind !== "list") return no("no list");
  const [only] = prediction.parts;
  if (prediction.parts.length === 1 && only !== undefined) return compareAnswers(gold, only, comparison);
  return no(`a ${nameOf(gold)} is not a list of ${prediction.parts.length}`);
}

/** The parts, with those of lists inside a list in their place, as in {1 ± √5, -2}. */
function flatten(list: List): Answer[] {
  return list.parts.flatMap((part) => (part.kind === "list" && !part.braced ? flatten(part) : [part]));
}

/** What a list names twice in the same form counts once. */
function withoutRepeats(parts: readonly Answer[]): Answer[] {
  return [...new Map(parts.map((part) => [JSON.stringify(part).replace(/\s/g, ""), part])).values()];
}

function compareInOrder(
  gold: readonly Answer[],
  prediction: readonly Answer[],
  comparison: Comparison,
): Verdict {
  if (gold.length !== prediction.length) return no(`${gold.length} parts are not ${prediction.length}`);
  for (const [index, part] of gold.entries()) {
    const other = prediction[index];
    const verdict = other === undefined ? no("missing") : compareAnswers(part, other, comparison);
    if (!verdict.equal) return no(`part ${index + 1}: ${verdict.reason}`);
  }
  return yes("all parts are the same");
}

/** Each part of the gold answer takes the first equal part that is left; equality is close enough to transitive. */
function compareUnordered(
  gold: readonly Answer[],
  prediction: readonly Answer[],
  comparison: Comparison,
): Verdict {
  if (gold.length !== prediction.length) return no(`${gold.length} parts are not ${prediction.length}`);
  const left = [...prediction];
  for (const [index, part] of gold.entries()) {
    const found = left.findIndex((other) => compareAnswers(part, other, comparison).equal);
    if (found < 0) return no(`part ${index + 1} of the gold answer is not there`);
    left.splice(found, 1);
  }
  return yes("the same parts in any order");
}
