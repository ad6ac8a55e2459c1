import type { ScriptedSettings } from "../models/scripted.ts";
import type { Role } from "../thought/usage.ts";

/**
 * What the roles beside the policy say in a scripted world, by role. A reply depends on its arguments alone. Roles that
 * are not listed are played by the policy's model.
 */
export const scriptedRoles: Partial<Record<Role, ScriptedSettings["reply"]>> = {};
