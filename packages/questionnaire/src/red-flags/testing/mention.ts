import { PhraseBook, type Span } from '../find-spans.ts';
import { Scene } from '../scene.ts';

/** What was said, and the first place in it of `phrase`. */
export function mentionOf(said: string, phrase: string): { scene: Scene; mention: Span } {
  const scene = new Scene(said);
  const [mention] = new PhraseBook([phrase]).spans(scene.words);
  if (!mention) throw new Error(`"${phrase}" is not in "${said}"`);
  return { scene, mention };
}
