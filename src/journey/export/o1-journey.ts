import { type ExportFormat, wants } from "./format.ts";

/** The columns of the 327 long thoughts of O1 Journey, part 1 (data set GAIR/o1-journey). */
export const o1JourneyFormat: ExportFormat = {
  name: "o1-journey",
  description: "GAIR/o1-journey: question, answer, longCOT that ends in #### and the answer; thoughts",
  columns: { question: "VARCHAR", answer: "VARCHAR", longCOT: "VARCHAR" },
  row(line) {
    if (!("thought" in line)) return wants("thoughts", line);
    const { question, answer, thought } = line;
    return { question, answer, longCOT: [...thought, `#### ${answer}`].join("\n") };
  },
};
