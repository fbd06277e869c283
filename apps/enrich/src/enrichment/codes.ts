import { flatItems, type IntakeResponse } from '../response.ts';

export interface ExtractedCode {
  linkId: string;
  system?: string;
  code: string;
  display?: string;
}

/** Every coding that was chosen. Free text is not coded here: that needs a terminology, which is not ours to guess. */
export function extractCodes(response: IntakeResponse): ExtractedCode[] {
  return flatItems(response.item).flatMap(({ linkId, answer = [] }) =>
    answer.flatMap(({ valueCoding }) => {
      if (valueCoding?.code === undefined) return [];
      const { system, code, display } = valueCoding;
      return [
        { linkId, code, ...(system !== undefined && { system }), ...(display !== undefined && { display }) },
      ];
    }),
  );
}
