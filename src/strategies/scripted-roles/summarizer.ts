import type { RoleScript } from "./by-prompt.ts";

/** Sums up the doors that were taken; now and then with a number that nobody spoke of, in every third case even twice. */
export const doorSummarizer: RoleScript = (text, seed) => {
  if (!text.includes("Sum up this stretch")) return undefined;
  const doors = [...text.matchAll(/take door ([a-z])/g)].map((match) => match[1]);
  const said = `The doors ${doors.join(", ")} were taken.`;
  const again = text.includes("That summary cannot be used");
  return seed % (again ? 3 : 2) === 0 ? said.replace("The doors", "The 99 doors") : said;
};

/** Writes the result that it is given into a sentence; now and then another one. */
export const answerWriter: RoleScript = (text, seed) => {
  const result = /^Result: (.+)$/m.exec(text)?.[1];
  if (result === undefined || !text.includes("Write the reply to it from the notes")) return undefined;
  const stated = seed % 4 === 0 ? `${result}z` : result;
  return `Take the doors one after the other.\nAnswer: ${stated}`;
};
