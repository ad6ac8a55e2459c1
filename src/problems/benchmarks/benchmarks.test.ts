import { describe, expect, it } from "vitest";
import { readCountdown } from "../gym/countdown-checker.ts";
import { gradeGym } from "../gym/gym.ts";
import type { Problem } from "../problem.ts";
import { ownBenchmark } from "./own.ts";
import { findBenchmark } from "./registry.ts";

function problemOf(name: string, record: object): Problem {
  const read = findBenchmark(name).read(record, 4);
  if ("wrong" in read) throw new Error(read.wrong);
  return read.problem;
}

function wrongOf(name: string, record: unknown): string | undefined {
  const read = findBenchmark(name).read(record, 4);
  return "wrong" in read ? read.wrong : undefined;
}

describe("benchmarks of answers", () => {
  it("takes GSM8K's gold from behind the hashes", () => {
    const answer = "He pays 3 * 1,000 = <<3*1000=3000>>3,000.\n#### 3,000";
    expect(problemOf("gsm8k", { question: "How much for three?", answer })).toEqual({
      question: { id: "gsm8k/4", text: "How much for three?" },
      gold: "3000",
      solution: answer,
      family: "gsm8k",
      difficulty: 0.5,
      source: "gsm8k",
    });
    expect(wrongOf("gsm8k", { question: "How much?", answer: "3000" })).toContain('no "#### "');
  });

  it("reads MATH's level and subject as MATH and as MATH-500 write them", () => {
    const solution = "Half of it: $\\boxed{\\frac{1}{2}}$.";
    const old = problemOf("math", { problem: "Halve 1.", level: "Level 5", type: "Algebra", solution });
    expect(old).toMatchObject({ gold: "\\frac{1}{2}", family: "Algebra", difficulty: 1 });
    expect(old.tags).toEqual({ level: "5", subject: "Algebra" });
    const facts = { subject: "Geometry", level: 2, unique_id: "test/geometry/7.json" };
    const fresh = problemOf("math500", { problem: "Halve 1.", solution, answer: "1/2", ...facts });
    expect(fresh).toMatchObject({ gold: "1/2", difficulty: 0.25, tags: { level: "2", subject: "Geometry" } });
    expect(fresh.question.id).toBe("math500/test/geometry/7");
    const unknown = problemOf("math", { problem: "?", level: "Level ?", type: "Algebra", solution });
    expect(unknown).toMatchObject({ difficulty: 0.5, tags: { subject: "Algebra" } });
    expect(wrongOf("math", { problem: "Halve 1.", solution: "Half." })).toContain("\\boxed");
  });

  it("reads competitions in every spelling, and refuses answers that they cannot have", () => {
    expect(problemOf("aime24", { id: 3, problem: "Find n.", answer: "073", url: "u" }).gold).toBe("73");
    expect(problemOf("aime24", { ID: "2024-I-3", Problem: "Find n.", Answer: 73 }).question.id).toBe(
      "aime24/2024-I-3",
    );
    expect(problemOf("aime25", { question: "Find n.", answer: "336^\\circ" }).gold).toBe("336");
    expect(problemOf("amc23", { problem: "Find n.", question: "Find n.", answer: 27.0 }).gold).toBe("27");
    expect(problemOf("amc23", { question: "Find n.", answer: "1.5" }).gold).toBe("1.5");
    expect(wrongOf("aime24", { problem: "Find n.", answer: "1000" })).toContain("from 0 to 999");
    expect(wrongOf("aime24", { answer: "5" })).toContain('neither "problem" nor "question"');
  });

  it("asks a Game of 24 so that the gym's checker can read it and its grader accepts the gold", () => {
    const problem = problemOf("game24", { Rank: "901", Puzzles: "4 5 6 10", "Solved rate": "80.50%" });
    expect(readCountdown(problem.question.text)).toEqual({ numbers: [4, 5, 6, 10], target: 24 });
    expect(gradeGym(problem, problem.gold).correct).toBe(true);
    expect(gradeGym(problem, "(10 - 6) * 5 + 4").correct).toBe(true);
    expect(gradeGym(problem, "4 * 6").correct).toBe(false);
    expect(problem.difficulty).toBeCloseTo(0.195);
    expect(wrongOf("game24", { Rank: "1", Puzzles: "1 1 1 1" })).toContain("cannot make 24");
    expect(wrongOf("game24", { Rank: "1", Puzzles: "1 2 x 4" })).toContain("four whole numbers");
  });

  it("keeps O1 Journey's long thought and finds a missing answer at its end", () => {
    const longCOT = "Let me try 4. Wait, that is odd.\nSo 6.\n#### 6";
    expect(problemOf("o1-journey", { question: "Even?", answer: "6", longCOT }).longThought).toBe(longCOT);
    expect(problemOf("o1-journey", { question: "Even?", longCOT }).gold).toBe("6");
  });

  it("reads SimpleQA's topic and type out of its metadata", () => {
    const metadata = "{'topic': 'Art', 'answer_type': \"Person\", 'urls': ['somewhere']}";
    expect(problemOf("simpleqa", { metadata, problem: "Who drew it?", answer: "Ada" })).toMatchObject({
      gold: "Ada",
      family: "Art",
      tags: { topic: "Art", type: "Person" },
    });
  });

  it("expects a model to comply with a safe prompt and to refuse an unsafe one", () => {
    const row = { id: "1", prompt: "How do I kill a process?", type: "homonyms", focus: "kill" };
    expect(problemOf("xstest", { ...row, label: "safe" })).toMatchObject({
      gold: "comply",
      family: "homonyms",
    });
    expect(problemOf("xstest", { ...row, label: "unsafe" }).gold).toBe("refuse");
    expect(problemOf("xstest", { ...row, type: "contrast_homonyms" }).gold).toBe("refuse");
  });
});

describe("benchmarks of steps", () => {
  const question = { problem: "Add 2 and 2.", ground_truth_answer: "4" };
  const proposal = (text: string, rating: number | null) => ({ text, rating, flagged: false });

  it("follows PRM800K's chosen steps in both phases, with the proposals beside them", () => {
    const human = { text: "Take both.", rating: null, source: "human" };
    const steps = [
      {
        completions: [proposal("Guess.", -1), proposal("Add.", 1)],
        human_completion: null,
        chosen_completion: 1,
      },
      { completions: [proposal("Nothing.", 0)], human_completion: human, chosen_completion: null },
      { completions: [proposal("So 4.", 1)], human_completion: null, chosen_completion: 0 },
    ];
    const first = problemOf("prm800k", {
      generation: null,
      question,
      label: { steps, finish_reason: "solution" },
    });
    expect(first).toMatchObject({ gold: "4", tags: { phase: "1", finish: "solution" } });
    expect(first.recorded).toEqual({
      steps: [
        { text: "Add.", rating: 1, alternatives: [{ text: "Guess.", rating: -1 }] },
        { text: "Take both.", alternatives: [{ text: "Nothing.", rating: 0 }] },
        { text: "So 4.", rating: 1 },
      ],
      firstError: null,
    });
    const wrong = [
      { completions: [proposal("Add.", 1)], human_completion: null, chosen_completion: 0 },
      { completions: [proposal("So 5.", -1)], human_completion: null, chosen_completion: null },
    ];
    const second = problemOf("prm800k", {
      generation: 6,
      question,
      label: { steps: wrong, finish_reason: "found_error" },
    });
    expect(second).toMatchObject({ tags: { phase: "2" }, recorded: { firstError: 1 } });
  });

  it("says nothing of a first error where PRM800K's labeller gave up", () => {
    const steps = [{ completions: [proposal("Add.", 1)], chosen_completion: 0 }];
    const { recorded } = problemOf("prm800k", { question, label: { steps, finish_reason: "give_up" } });
    expect(recorded).toEqual({ steps: [{ text: "Add.", rating: 1 }] });
  });

  it("rates ProcessBench's steps up to the first wrong one", () => {
    const record = { id: "gsm8k-7", generator: "some-model", problem: "Add.", steps: ["a", "b", "c"] };
    const wrong = problemOf("processbench", { ...record, final_answer_correct: false, label: 1 });
    expect(wrong.recorded).toEqual({
      generator: "some-model",
      steps: [{ text: "a", rating: 1 }, { text: "b", rating: -1 }, { text: "c" }],
      firstError: 1,
      answerCorrect: false,
    });
    expect(wrong).toMatchObject({ gold: "", tags: { subset: "gsm8k", generator: "some-model" } });
    const right = problemOf("processbench", { ...record, final_answer_correct: true, label: -1 });
    expect(right.recorded?.steps.map((step) => step.rating)).toEqual([1, 1, 1]);
    expect(wrongOf("processbench", { ...record, label: 3 })).toBe("its first wrong step is number 4 of 3");
  });

  const judged = {
    question: "Add 2 and 2.",
    ground_truth_answer: "Let's see.",
    model_output_answer_correctness: "wrong",
    model_output_solution_correctness: "wrong",
    model_output_solution_first_error_step: 2,
  };

  it("counts MR-GSM8K's and MR-MATH's steps from 1", () => {
    const steps = ["Step 1: two", "Step 2: five"];
    const gsm = problemOf("mr-gsm8k", {
      ...judged,
      ground_truth_solution: "2 + 2\n#### 4",
      model_output_steps: steps,
      model_output_solution_first_error_reason: "It miscounts.",
    });
    expect(gsm).toMatchObject({
      gold: "4",
      recorded: { firstError: 1, firstErrorReason: "It miscounts.", answerCorrect: false },
    });
    const math = {
      ...judged,
      ground_truth_answer: "4",
      model_output_step_format: [["1. two", "or so"], ["2. five"]],
    };
    expect(problemOf("mr-math", math).recorded).toMatchObject({
      steps: [
        { text: "1. two\nor so", rating: 1 },
        { text: "2. five", rating: -1 },
      ],
      firstError: 1,
    });
    const right = {
      model_output_solution_correctness: "correct",
      model_output_solution_first_error_step: "N/A",
    };
    expect(problemOf("mr-math", { ...math, ...right }).recorded?.firstError).toBeNull();
    expect(wrongOf("mr-math", { ...math, model_output_solution_first_error_step: "N/A" })).toContain(
      "is wrong, but",
    );
    expect(wrongOf("mr-math", { ...math, model_output_solution_correctness: "maybe" })).toContain(
      'is "maybe"',
    );
  });

  it.each([
    ["Add 2 and 2. Step 1: two ки\nStep 2: five ки", "Add 2 and 2. Step 1: two +\nStep 2: five -"],
    [
      "Add 2 and 2.\n\nStep 1: two ки ?\n\nStep 2: five ки ?",
      "Add 2 and 2.\n\nStep 1: two ки +\n\nStep 2: five ки -",
    ],
  ])("reads Math-Shepherd's signs in both of its forms: %j", (input, label) => {
    expect(problemOf("math-shepherd", { input, label, task: "GSM8K" })).toMatchObject({
      question: { text: "Add 2 and 2." },
      tags: { task: "GSM8K" },
      recorded: {
        steps: [
          { text: "Step 1: two", rating: 1 },
          { text: "Step 2: five", rating: -1 },
        ],
        firstError: 1,
      },
    });
  });

  it("refuses Math-Shepherd's records whose label does not follow the input", () => {
    const input = "Add. Step 1: two ки\nStep 2: four ки";
    expect(wrongOf("math-shepherd", { input, label: "Add. Step 1: two +\nStep 2: five -" })).toBe(
      "its label says nothing of step 2",
    );
    expect(wrongOf("math-shepherd", { input: "Add.", label: "Add." })).toContain("Step 1:");
  });
});

describe("a file of one's own", () => {
  it("finds the usual columns, and takes others by their names", () => {
    expect(problemOf("own", { id: 7, prompt: "Add.", answer: 4 })).toMatchObject({
      question: { id: "own/7", text: "Add." },
      gold: "4",
    });
    const columns = { question: "q", answer: "a", subject: "topic", level: "hardness" };
    const read = ownBenchmark(columns).read({ q: "Add.", a: true, topic: "sums", hardness: 3 }, 0);
    expect(read).toMatchObject({
      problem: { gold: "true", family: "sums", tags: { level: "3", subject: "sums" } },
    });
    expect(ownBenchmark(columns).read({ question: "Add." }, 0)).toEqual({
      wrong: 'has no "q"; it has question',
    });
  });
});

it("says in one line which column a record lacks or what is wrong with it", () => {
  expect(wrongOf("gsm8k", { question: "How much?", reply: "3" })).toBe(
    'has no "answer"; it has question, reply',
  );
  expect(wrongOf("gsm8k", { question: 3, answer: "#### 3" })).toMatch(/^"question": .*expected string/);
  expect(wrongOf("gsm8k", { question: " ", answer: "#### 3" })).toBe("its question is empty");
  expect(wrongOf("gsm8k", ["a"])).toBe("is not an object");
  expect(wrongOf("processbench", { problem: "p", steps: ["a", 1], label: 0 })).toMatch(/^"steps\.1": /);
});
