/**
 * Rewards put together: the mean of some products of rewards, each product a list of names. A single name is a
 * formula too.
 */
export interface RewardFormula {
  /** At least one product of at least one name. */
  products: readonly (readonly string[])[];
}

/** Where a formula cannot be read: which part of it is no name. */
export interface FormulaFault {
  fault: string;
}

const name = /^[a-z][a-z0-9-]*$/;

/**
 * Reads a formula such as `judge`, `judge*likelihood` or `judge*vote + checker`:
 *
 *     formula = product, { "+", product }     the mean of the products
 *     product = name, { "*", name }           the product of the scores
 *     name    = letter, { letter | digit | "-" }
 *
 * Letters are small, spaces around names do not matter, there are no brackets. A name that stands twice counts twice.
 */
export function parseFormula(text: string): RewardFormula | FormulaFault {
  const products = text.split("+").map((product) => product.split("*").map((part) => part.trim()));
  const wrong = products.flat().find((part) => !name.test(part));
  if (wrong === undefined) return { products };
  return { fault: wrong === "" ? "a name is missing" : `"${wrong}" is no name` };
}

/** A formula in its one spelling, without spaces: {@link parseFormula} reads it back. */
export function formulaText({ products }: RewardFormula): string {
  return products.map((product) => product.join("*")).join("+");
}

/** The names in a formula, each once, in the order in which they stand there. */
export function namesIn({ products }: RewardFormula): string[] {
  return [...new Set(products.flat())];
}

/** The value of a formula, in [0, 1] where all values are. Throws a RangeError for a name without a value. */
export function formulaValue({ products }: RewardFormula, values: ReadonlyMap<string, number>): number {
  const scoreOf = (part: string): number => {
    const value = values.get(part);
    if (value === undefined) throw new RangeError(`no value for ${part}`);
    return value;
  };
  const factors = products.map((product) => product.reduce((all, part) => all * scoreOf(part), 1));
  return factors.reduce((sum, factor) => sum + factor, 0) / factors.length;
}

/** The formula without some of its names; undefined where nothing is left. */
export function without(
  { products }: RewardFormula,
  left: (name: string) => boolean,
): RewardFormula | undefined {
  const rest = products
    .map((product) => product.filter((part) => !left(part)))
    .filter(({ length }) => length > 0);
  return rest.length === 0 ? undefined : { products: rest };
}
