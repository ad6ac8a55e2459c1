import { expect, test } from "vitest";
import { Random } from "../../thought/random.ts";
import { roleChoices } from "../../thought/role-choices.ts";
import { isReachable } from "./countdown-moves.ts";
import { example, familyNames } from "./gym.ts";
import { roleExample } from "./roles.ts";
import { spoil } from "./spoil.ts";

const places = Array.from({ length: 60 }, (_, index) => ({ split: "train", seed: 5, index }) as const);

test.each(familyNames)(
  "%s: every role is asked about a part of a thought and says one of its words",
  (family) => {
    for (const role of ["judge", "critic", "router"] as const) {
      const said = places.map((place) => roleExample({ ...place, family, role }));
      for (const { choice } of said) expect(roleChoices[role]).toContain(choice);
      expect(said).toEqual(places.map((place) => roleExample({ ...place, family, role })));
      if (role !== "router") expect(new Set(said.map(({ choice }) => choice)).size).toBeGreaterThan(1);
    }
  },
);

test("a line of Countdown that leads nowhere is bad, and one that leads to the target is good", () => {
  let judged = 0;
  for (let index = 0; index < 400; index++) {
    const place = { family: "countdown", split: "train", seed: 6, index, role: "judge" } as const;
    const { thought, choice } = roleExample(place);
    const [first = ""] = thought;
    const target = Number(/^make (\d+) from/.exec(first)?.[1]);
    const left = / = \d+, left ([\d ]+)$/.exec(thought.at(-1) ?? "")?.[1];
    if (left === undefined || thought.length < 2 || choice === "bad") continue;
    judged++;
    expect(isReachable(left.split(" ").map(Number), target)).toBe(true);
  }
  expect(judged).toBeGreaterThan(20);
});

test("a critic ends a whole thought and reflects where the thought goes on with a wait", () => {
  for (const place of places) {
    const asked = { ...place, family: "equations", role: "critic" } as const;
    const { thought, choice } = roleExample(asked);
    const last = thought.at(-1) ?? "";
    if (choice === "terminate") expect(last).toMatch(/^so \w = -?\d+$/);
    if (choice === "reflect") expect(last).toMatch(/too small|too big|= \d+$/);
  }
});

test("a spoilt line differs in one place alone", () => {
  const random = new Random("spoil");
  for (const { index } of places) {
    const { thought } = example({ family: "addition", split: "train", seed: 7, index, style: "trace" });
    for (const line of thought) {
      const spoilt = spoil(line, random);
      expect(spoilt).toHaveLength(line.length);
      expect([...spoilt].filter((character, at) => character !== line.charAt(at))).toHaveLength(1);
    }
  }
  expect(spoil("word lion", random)).toMatch(/^word [a-z]{4}$/);
  expect(spoil("?!", random)).toBe("?!");
});
