import { answerOf, reasonOf, type Wording } from "./wording.ts";

/** The plain words of a draft: always the same, so that whoever refines it knows what they stand for. */
export const englishDraft: Wording = {
  name: "draft",
  concluded: (answer) => `Answer: ${answer}`,
  doubt(turn) {
    const reason = reasonOf(turn);
    const answer = answerOf(turn);
    return [
      ...(answer === undefined ? [] : [`The answer ${answer} is not right.`]),
      ...(reason === undefined ? [] : [`Something is wrong here: ${reason}.`]),
      ...(answer === undefined && reason === undefined ? ["This does not lead to the answer."] : []),
    ];
  },
  back: (to) => [to.text === "" ? "Back to the beginning." : `Back to: ${to.text}`],
  remark: (text) => [`On reflection: ${text}`],
};

const doubts = [
  "Hmm, that does not look right.",
  "Wait, something is off here.",
  "But that cannot be right.",
  "Hmm, this does not seem to lead anywhere.",
];
const wrongAnswers = [
  (answer: string) => `Wait, that would make it ${answer}, which cannot be right.`,
  (answer: string) => `Hmm, ${answer}? That does not fit the question.`,
  (answer: string) => `But ${answer} is not what was asked for.`,
];
const reasons = [
  (reason: string) => `The trouble is: ${reason}.`,
  (reason: string) => `Looking at it again: ${reason}.`,
];
const returns = [
  (place: string) => `Let me go back to where I had: ${place}`,
  (place: string) => `Alternatively, starting again from: ${place}`,
  (place: string) => `Let me take another way from here: ${place}`,
];
const beginnings = [
  "Let me go back to the beginning and try another way.",
  "Alternatively, let me start over.",
];

/** A grammar of connectives: natural words drawn by lot, the reward's reason among them. */
export const englishGrammar: Wording = {
  name: "grammar",
  concluded: (answer) => `So the answer would be ${answer}.`,
  doubt(turn, random) {
    const answer = answerOf(turn);
    const reason = reasonOf(turn);
    const doubt = answer === undefined ? random.pick(doubts) : random.pick(wrongAnswers)(answer);
    return [reason === undefined ? doubt : `${doubt} ${random.pick(reasons)(withoutStop(reason))}`];
  },
  back(to, _turn, random) {
    return [to.text === "" ? random.pick(beginnings) : random.pick(returns)(to.text)];
  },
  remark: (text) => [`Let me think about that again: ${withoutStop(text)}.`],
};

function withoutStop(text: string): string {
  return text.replace(/[.\s]+$/, "");
}
