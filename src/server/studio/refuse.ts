import type { ErrorHandler } from "hono";
import { InputError, SojournError } from "../../thought/errors.ts";

/** What the studio's API says of an error: the one line that tells how to mend it, or that the fault is ours. */
export const refuse: ErrorHandler = (error, c) => {
  if (error instanceof SojournError)
    return c.json({ error: { message: error.message } }, error instanceof InputError ? 400 : 500);
  console.error(error);
  return c.json({ error: { message: "the server failed; its own output says how" } }, 500);
};
