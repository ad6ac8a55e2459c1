/** Words with which a line turns back on what was thought before: doubt, checking, another way. */
const TURNS =
  /^\W*(?:(?:but|no|oh|ah|okay|ok),?\s+)?(?:wait|hm+|hold on|actually|alternatively|on second thought|let(?:'|’)?s? (?:me )?(?:double[- ]?check|re-?check|check|verify|reconsider|rethink|try (?:another|a different))|i (?:made|was|missed)|that(?:'|’)?s (?:wrong|not right)|another (?:way|approach)|maybe i)(?![\p{L}])/iu;

/** Whether a step turns back on the thinking itself, by the words with which it begins. A mark for readers, no score. */
export function reflects(step: string): boolean {
  return TURNS.test(step.slice(0, 120));
}
