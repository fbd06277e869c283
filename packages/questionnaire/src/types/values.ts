/** A FHIR Coding, as far as answers need it. */
export interface CodedValue {
  system?: string;
  code: string;
  display: string;
}

/** A FHIR Quantity, as far as answers need it. `unit` as spoken back ("pounds"), `code` in UCUM where it is known. */
export interface QuantityValue {
  value: number;
  unit?: string;
  system?: string;
  code?: string;
}

/**
 * One answer, normalised: boolean; number (integer, decimal); string (date `YYYY-MM-DD`, dateTime
 * `YYYY-MM-DDThh:mm:ss`, time `hh:mm:ss`, phone `+15550100123`, text); a coding (choice); a quantity.
 */
export type AnswerValue = boolean | number | string | CodedValue | QuantityValue;
