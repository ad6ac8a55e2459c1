import { expect, test } from "vitest";
import type { Event, EventOf, EventType } from "../../thought/event.ts";
import { fold } from "../../thought/fold.ts";
import { foldThoughts } from "../../thought/fold-thought.ts";
import { strategyConformance } from "../conformance.ts";
import { mazeQuestion, strategyEvents, thinkScripted } from "../scripted-world.ts";

strategyConformance("vote", { summaries: true, writer: true });

const settings = { samples: 9, confidence: 1, maxTokens: 60, order: "asked" as const };

function ask(more: Partial<Parameters<typeof thinkScripted>[0]> = {}) {
  return thinkScripted({
    ...{ strategy: "vote", ...more },
    settings: { ...settings, summaries: true, writer: true, ...more.settings },
  });
}

function ofType<Type extends EventType>(events: readonly Event[], type: Type): EventOf<Type>[] {
  return events.filter((event): event is Event & EventOf<Type> => event.type === type);
}

test("a summarizer sums the thinking up stage by stage; what does not stand in the steps is not taken", async () => {
  const texts = new Set<string>();
  for (let seed = 0; seed < 12; seed++) {
    const { result, events } = ask({ settings: { seed } });
    const { summary } = await result;
    const written = ofType(events, "summary-written");
    expect(written.length).toBeGreaterThanOrEqual(3);
    expect(summary).toBe(written.map(({ text }) => text).join("\n"));
    expect(summary).not.toContain("99");
    for (const { text } of written) texts.add(text.replace(/ [abc][^a-z].*$/, ""));
  }
  expect([...texts].sort()).toEqual(["(not summed up) step 1: take door", "The doors"]);
});

test("it changes nothing of the thinking beside it", async () => {
  const bare = ask({ settings: { summaries: false, writer: false } });
  const summed = ask();
  await Promise.all([bare.result, summed.result]);
  const thinking = (events: readonly Event[]) =>
    strategyEvents(
      events.filter(
        ({ type }) => !/summary-written|warning-raised|strategy-chosen|finished|answer-chosen/.test(type),
      ),
    );
  expect(thinking(summed.events)).toEqual(thinking(bare.events));
});

test("a summarizer that fails stops nothing", async () => {
  const { result, events } = ask({ failures: 0.4, settings: { seed: 3 }, samplesPerRequest: 1 });
  expect((await result).stopReason).toBe("answered");
  expect(ofType(events, "summary-written").some(({ text }) => text.startsWith("(not summed up)"))).toBe(true);
});

test("summaries come out of a part of the budget that is set apart for them", async () => {
  for (const order of ["asked", "arrival"] as const) {
    const budget = { tokens: 12_000 };
    const { result, events } = ask({ settings: { samples: 64, order, budget }, samplesPerRequest: 1 });
    const { usage } = await result;
    const { summarizer } = usage.byRole;
    expect((summarizer?.inputTokens ?? 0) + (summarizer?.outputTokens ?? 0)).toBeLessThanOrEqual(1_200);
    expect(summarizer?.calls).toBeGreaterThan(0);
    expect(usage.inputTokens + usage.outputTokens).toBeLessThanOrEqual(budget.tokens);
    expect(ofType(events, "summary-written").at(-1)?.text).toMatch(/^\(not summed up\)/);
  }
});

test("with order arrival a summary stands as soon as it has come", async () => {
  const { result, events } = ask({ settings: { order: "arrival", samples: 24 }, samplesPerRequest: 1 });
  await result;
  const types = events.map(({ type }) => type);
  expect(types.indexOf("summary-written")).toBeLessThan(types.lastIndexOf("step-added"));
});

test("without a model for it the summaries are lines of the thinking, each behind the stage that it covers", async () => {
  const { result, events } = ask({ settings: { budget: { tokens: 4_000 } } });
  const { summary, usage } = await result;
  expect(usage.byRole.summarizer).toBeUndefined();
  const thought = fold(foldThoughts, events).get(mazeQuestion.id);
  for (const line of summary?.split("\n") ?? []) {
    const text = line.replace(/^= |, again$/g, "");
    expect(
      events.some(
        (event) => ("text" in event && event.text === text) || ("answer" in event && event.answer === text),
      ),
    ).toBe(true);
  }
  for (const { node } of thought?.summaries ?? []) {
    const at = events.findIndex((event) => event.type === "summary-written" && event.node === node);
    const before = events.slice(0, at).findLast((event) => "node" in event);
    expect(before).toMatchObject({ node });
  }
});

test("the writer's text is taken where it states the chosen answer, else a warning says what it stated", async () => {
  const ends = new Set<string>();
  for (let seed = 0; seed < 8; seed++) {
    const { result, events } = ask({ settings: { seed } });
    const { text = "", written } = await result;
    const [chosen] = ofType(events, "answer-chosen");
    expect(chosen).toMatchObject({ answer: text });
    expect(chosen?.written).toBe(written);
    const warning = ofType(events, "warning-raised").find((event) => event.text.startsWith("the writer"));
    if (written === undefined) expect(warning?.text).toContain(`stated "${text}z", not "${text}"`);
    else expect(written).toBe(`Take the doors one after the other.\n\n${text}`);
    ends.add(written === undefined ? "refused" : "taken");
  }
  expect(ends.size).toBe(2);
});

test("a failed writer leaves the answer as it was thought, and fails again on resume", async () => {
  let failed = 0;
  for (let seed = 0; seed < 6; seed++) {
    const more = { failures: 0.3, settings: { seed }, samplesPerRequest: 1 };
    const whole = ask(more);
    const answer = await whole.result;
    const told = ofType(whole.events, "task-told").find(({ task }) => task === "write");
    if (told === undefined) continue;
    failed++;
    expect(answer).toMatchObject({ stopReason: "answered", written: undefined });
    const at = whole.events.findIndex((event) => event.type === "task-told" && event.task === "write");
    const resumed = ask({ ...more, logged: whole.events.slice(0, at + 1) });
    expect((await resumed.result).written).toBeUndefined();
  }
  expect(failed).toBeGreaterThan(0);
});

test("neither speaks unless it is asked for at medium effort", async () => {
  const { result, events } = ask({ settings: { summaries: "auto", writer: "auto" } });
  const { usage, summary } = await result;
  expect(Object.keys(usage.byRole)).toEqual(["policy"]);
  expect(ofType(events, "summary-written")).toEqual([]);
  expect(summary).toMatch(/^step 1: take door/);
});
