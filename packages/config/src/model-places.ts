import type { ModelRole } from './models.ts';

/** The keys of `agent.models`, and the role of what stands there. */
export const rolesOf = { stt: 'stt', llm: 'llm', tts: 'tts', redFlags: 'llm' } as const satisfies Record<
  string,
  ModelRole
>;

export type ModelPlace = keyof typeof rolesOf;

/** Every model that is named, with its path under `agent.models`. */
export function modelsOf<M extends object>(
  models: Readonly<Partial<Record<ModelPlace, M | readonly M[]>>>,
): { path: (string | number)[]; role: ModelRole; model: M }[] {
  return (Object.keys(rolesOf) as ModelPlace[]).flatMap((place) => {
    const named = models[place];
    const list = named === undefined ? [] : Array.isArray(named) ? (named as M[]) : [named as M];
    return list.map((model, index) => ({
      path: list.length === 1 ? [place] : [place, index],
      role: rolesOf[place],
      model,
    }));
  });
}
