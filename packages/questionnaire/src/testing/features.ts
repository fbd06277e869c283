import { constraintFeatures } from './features/constraints.ts';
import { expressionFeatures } from './features/expressions.ts';
import { extensionFeatures } from './features/extensions.ts';
import type { Feature } from './features/feature.ts';
import { itemFeatures } from './features/items.ts';
import { publishedFeatures } from './features/published.ts';
import { repeatFeatures } from './features/repeats.ts';
import { valueSetFeatures } from './features/value-sets.ts';

/** What of FHIR R4's Questionnaire.item and of the extensions is followed, each with the test that holds it. */
export const features: readonly Feature[] = [
  ...itemFeatures,
  ...valueSetFeatures,
  ...repeatFeatures,
  ...extensionFeatures,
  ...expressionFeatures,
  ...constraintFeatures,
  ...publishedFeatures,
];
