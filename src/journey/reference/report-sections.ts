import { countdownTask } from "../../evaluate/gym-problems.ts";
import { formatDifference } from "../../evaluate/paired-difference.ts";
import { formatProportion } from "../../evaluate/proportion.ts";
import type { ReportPage, ReportSection } from "../../evaluate/report/page.ts";
import { solvedByRandomMoves } from "../../problems/gym/countdown-baseline.ts";
import type { Problem } from "../../problems/problem.ts";
import { Random } from "../../thought/random.ts";
import { analyzeStructure } from "../../thought/structure.ts";
import { accuracyOf, atTokens, differenceOf, mean, threeNumbers, tokensOf } from "./arm-results.ts";
import { novelties } from "./countdown-problems.ts";
import type { JourneyRecipe } from "./journey-recipe.ts";
import type { ArmAnswers, JourneyResults } from "./journey-results.ts";
import { armName } from "./journey-stages.ts";
import { GROW_PROBLEMS, readProblems, TEST_PROBLEMS } from "./problem-stages.ts";
import { transparencyIndex } from "./transparency.ts";
import { turningBack } from "./turning-back.ts";

/** The report of a journey: its headline figure, tables, an example, costs. */
export function journeyPage(results: JourneyResults, arms: readonly ArmAnswers[]): ReportPage {
  const { recipe, command, version } = results;
  const smoke = recipe.smoke ? " (a smoke run: it shows that everything runs, and nothing else)" : "";
  return {
    title: `Journey: ${recipe.name}${smoke}`,
    headline: headline(arms),
    sections: [
      accuracySection(arms),
      seedsSection(arms, recipe),
      equalTokensSection(arms),
      turningBackSection(results, arms),
      randomSection(results),
      dataSection(results),
      formSection(arms),
      ...exampleSections(arms),
      costSection(results),
      transparencySection(recipe, command),
      {
        title: "How it was done",
        text: `${command}, ${version}.`,
        lines: JSON.stringify(recipe, undefined, 2).split("\n"),
      },
    ],
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

function headline(arms: readonly ArmAnswers[]): string {
  const base = arms.find(({ name }) => name === "shortcut-examples");
  const journey = arms.find(({ name }) => name === "journey-refined");
  if (base === undefined || journey === undefined) return "The arms to compare were not both trained.";
  const difference = differenceOf(threeNumbers(journey.greedy.flat()), threeNumbers(base.greedy.flat()));
  return `Long thoughts against shortcuts of the same trees, one greedy answer a problem: ${formatDifference(difference)}; the paper's gain on MATH-500 is 8.4 points.`;
}

function accuracySection(arms: readonly ArmAnswers[]): ReportSection {
  const base = arms.find(({ name }) => name === "shortcut-examples");
  const rows = arms.map(({ name, greedy, sampled }) => {
    const [one, many] = [greedy.flat(), sampled.flat()];
    const difference =
      base === undefined || name === base.name
        ? ""
        : formatDifference(differenceOf(threeNumbers(one), threeNumbers(base.greedy.flat())));
    return [
      name,
      formatProportion(accuracyOf(threeNumbers(one))),
      difference,
      formatProportion(accuracyOf(threeNumbers(many))),
      ...novelties.map((novelty) =>
        formatProportion(accuracyOf(threeNumbers(one).filter((attempt) => attempt.novelty === novelty))),
      ),
      formatProportion(accuracyOf(one.filter(({ numbers }) => numbers === "4"))),
      tokensOf([one]).toFixed(0),
    ];
  });
  return {
    title: "Accuracy",
    text: "Three numbers unless said otherwise; nothing is checked by rule. All seeds together; 95% intervals, in which problems over one set of numbers are one cluster. The column of four numbers is for information: no conclusion is drawn from it.",
    table: {
      header: [
        ...["arm", "greedy", "less shortcut-examples", "sampled"],
        ...novelties.map((novelty) => `greedy, ${novelty}`),
        ...["greedy, four numbers", "tokens an answer"],
      ],
      rows,
    },
  };
}

function seedsSection(arms: readonly ArmAnswers[], { seeds }: JourneyRecipe): ReportSection {
  return {
    title: "By seed of training",
    text: "Greedy answers, three numbers.",
    table: {
      header: ["arm", ...seeds.map((seed) => `seed ${seed}`)],
      rows: arms
        .filter(({ name }) => name !== "policy")
        .map(({ name, greedy }) => [
          name,
          ...greedy.map((one) => percent(accuracyOf(threeNumbers(one)).share)),
        ]),
    },
  };
}

function equalTokensSection(arms: readonly ArmAnswers[]): ReportSection {
  const base = arms.find(({ name }) => name === "shortcut-examples")?.sampled.map(threeNumbers) ?? [];
  const rows = arms
    .filter(({ name }) => name !== "shortcut-examples" && name !== "policy")
    .map(({ name, sampled }) => {
      const own = sampled.map(threeNumbers);
      const tokens = tokensOf(own);
      const bought = atTokens(base, tokens);
      const cells =
        bought === undefined
          ? ["", "its answers are shorter", ""]
          : [bought.k.toFixed(2), percent(bought.majority), percent(bought.checked)];
      return [name, tokens.toFixed(0), percent(accuracyOf(own.flat()).share), ...cells];
    });
  return {
    title: "At equal tokens",
    text: "One sampled answer of each arm beside as many samples of shortcut-examples as the same output tokens buy: their majority, and their best by the checker, which an arm by itself does not have.",
    table: {
      header: ["arm", "tokens", "sampled", "shortcut samples", "their majority", "their best, checked"],
      rows,
    },
  };
}

function testedProblems({ done }: JourneyResults): Problem[] {
  const drawn = done.get(TEST_PROBLEMS);
  const all = drawn === undefined ? [] : readProblems(drawn);
  return all.filter(({ tags }) => tags?.["numbers"] === "3");
}

function turningBackSection(results: JourneyResults, arms: readonly ArmAnswers[]): ReportSection {
  const problems = testedProblems(results);
  const rows = arms.flatMap(({ name, greedy }) => {
    const { right, wrong } = turningBack(threeNumbers(greedy.flat()), problems);
    if (right.turned + wrong.turned === 0) return [];
    const share = (part: number, of: number) => (of === 0 ? "" : `${percent(part / of)} of ${of}`);
    return [
      [
        ...[name, share(right.turned, right.thoughts), share(right.turnedRight, right.turned)],
        ...[share(wrong.turned, wrong.thoughts), share(wrong.turnedRight, wrong.turned)],
      ],
    ];
  });
  return {
    title: "Turning back",
    text: "Greedy thoughts by their first try: how many turned back from it, and of those, how many were right in the end. Turning back helps as far as it comes behind wrong tries more often than behind right ones.",
    table: {
      header: [
        ...["arm", "left a right first try", "right in the end"],
        ...["left a wrong first try", "right in the end"],
      ],
      rows,
    },
  };
}

function randomSection(results: JourneyResults): ReportSection {
  const problems = testedProblems(results);
  const rows = [1, 8, 16].map((tries) => {
    const solved = problems.filter((problem) =>
      solvedByRandomMoves(
        countdownTask(problem),
        tries,
        new Random(`random/${tries}/${problem.question.id}`),
      ),
    );
    return [String(tries), percent(solved.length / problems.length)];
  });
  return {
    title: "Random moves",
    text: "What the checker alone is worth: legal moves drawn by lot, the best of so many tries.",
    table: { header: ["tries", "solved"], rows },
  };
}

function dataSection({ done }: JourneyResults): ReportSection {
  const rows = Object.entries(done.get("thoughts")?.result ?? {}).map(([arm, counts]) => {
    const { lines, tokens, turns } = counts as { lines: number; tokens: number; turns: number };
    return [arm, String(lines), String(tokens), (tokens / lines).toFixed(0), (turns / lines).toFixed(2)];
  });
  const trees = done.get("trees")?.result ?? {};
  return {
    title: "Data sets",
    text: `${trees["trees"]} trees of ${trees["steps"]} steps, ${trees["withRight"]} of them with a right leaf; ${trees["right"]} right and ${trees["wrong"]} wrong leaves. All data sets are made of the same trees.`,
    table: { header: ["data set", "thoughts", "tokens", "tokens a thought", "wrong turns a thought"], rows },
  };
}

function formSection(arms: readonly ArmAnswers[]): ReportSection {
  const rows = arms.map(({ name, greedy }) => {
    const forms = threeNumbers(greedy.flat()).map(({ thought, outputTokens }) => ({
      tokens: outputTokens,
      waits: thought.match(/\bwait\b/g)?.length ?? 0,
      ...analyzeStructure(thought),
    }));
    const of = (read: (form: (typeof forms)[number]) => number) => mean(forms.map(read));
    return [
      ...[name, of(({ tokens }) => tokens).toFixed(0), of(({ lines }) => lines).toFixed(1)],
      ...[of(({ wordsPerLine }) => wordsPerLine).toFixed(2), of(({ waits }) => waits).toFixed(2)],
      percent(of(({ waits }) => (waits > 0 ? 1 : 0))),
    ];
  });
  return {
    title: "Length and words of the thoughts",
    text: "Greedy thoughts in nano's own tokens, in the columns of the paper's table 3, which has 18,751 tokens, 521 lines and 9.49 words a line for mathematics.",
    table: { header: ["arm", "tokens", "lines", "words a line", "“wait” a thought", "with “wait”"], rows },
  };
}

/** A problem that the journey solves with a wrong turn on the way and the shortcut does not, as each of them thinks. */
function exampleSections(arms: readonly ArmAnswers[]): ReportSection[] {
  const base = arms.find(({ name }) => name === "shortcut-examples")?.greedy[0] ?? [];
  const journey = arms.find(({ name }) => name === "journey-refined")?.greedy[0] ?? [];
  const found = journey.flatMap((long) => {
    const short = base.find(({ problem }) => problem === long.problem);
    const told = long.correct && /\bwait\b/.test(long.thought) && short?.correct === false;
    return told && short !== undefined ? [{ long, short }] : [];
  });
  const [example] = found.sort((one, other) => one.long.thought.length - other.long.thought.length);
  if (example === undefined) return [];
  return [
    {
      title: "A wrong turn that was mended",
      text: `${example.long.text} The shortcut's arm says ${example.short.answer ?? "nothing"}; the shortest such thought of the first seed.`,
      lines: [...example.long.thought.split("\n"), `= ${example.long.answer}`],
    },
  ];
}

function costSection({ done, recipe }: JourneyResults): ReportSection {
  const minutes = (names: readonly string[]): string =>
    (names.reduce((sum, name) => sum + (done.get(name)?.wallMs ?? 0), 0) / 60_000).toFixed(1);
  const stages = [...done.keys()];
  const groups: [string, string[]][] = [
    ["problems", ["solutions", GROW_PROBLEMS, TEST_PROBLEMS, "questions"]],
    ["first policy", ["policy"]],
    ["trees and thoughts", ["trees", "thoughts"]],
    ...recipe.arms.map((arm): [string, string[]] => [arm, recipe.seeds.map((seed) => armName(arm, seed))]),
    ["samples and pairs", stages.filter((name) => /^(samples|pairs)-/.test(name))],
    ["evaluations", stages.filter((name) => name.startsWith("evaluate-"))],
    ["all", stages],
  ];
  return {
    title: "Costs",
    text: "Minutes, over all sessions; no money.",
    table: { header: ["stage", "minutes"], rows: groups.map(([name, names]) => [name, minutes(names)]) },
  };
}

function transparencySection(recipe: JourneyRecipe, command: string): ReportSection {
  const items = transparencyIndex(recipe, command);
  const points = items.reduce((sum, item) => sum + (item.where === undefined ? 0 : item.points), 0);
  return {
    title: "Transparency index",
    text: `${points} of 100 points by items and weights of our own, which are not to be compared with the paper's; what this run did not do, or cannot know of, is no.`,
    table: {
      header: ["part", "item", "points", "where"],
      rows: items.map(({ part, item, points: worth, where }) => [part, item, String(worth), where ?? "no"]),
    },
  };
}
