import { allergic } from './allergic.ts';
import { bleeding } from './bleeding.ts';
import { breathing } from './breathing.ts';
import { chestPain } from './chest-pain.ts';
import type { LibraryFlag } from './flag.ts';
import { infection } from './infection.ts';
import { overdose } from './overdose.ts';
import { pregnancy } from './pregnancy.ts';
import { selfHarm } from './self-harm.ts';
import { strokeSigns } from './stroke.ts';
import { unconscious } from './unconscious.ts';

/** The red flags a questionnaire may use by name. */
export const redFlagLibrary: ReadonlyMap<string, LibraryFlag> = new Map(
  [
    chestPain,
    breathing,
    strokeSigns,
    selfHarm,
    bleeding,
    allergic,
    overdose,
    unconscious,
    pregnancy,
    infection,
  ].map((flag) => [flag.name, flag]),
);
