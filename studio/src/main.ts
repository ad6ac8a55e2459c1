import { z } from "zod";
import { applyTheme } from "./theme/theme.ts";

// The server's pages may make no code out of text, which zod would try to, for speed, as soon as a schema is made: it is
// told before any other module is loaded.
z.config({ jitless: true });
applyTheme();
void import("./app.tsx");
