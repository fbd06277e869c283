import { CodedError } from '@vestibule/core';

/** Issue types of FHIR R4 (hl7.org/fhir/R4/valueset-issue-type.html), as far as this server raises them. */
export type IssueCode =
  | 'structure'
  | 'required'
  | 'value'
  | 'invariant'
  | 'login'
  | 'not-supported'
  | 'not-found'
  | 'deleted'
  | 'multiple-matches'
  | 'conflict'
  | 'throttled'
  | 'transient'
  | 'exception';

export interface Issue {
  code: IssueCode;
  diagnostics: string;
  /** FHIRPath of the element. */
  expression?: string;
}

/** A request that is answered with an OperationOutcome. */
export class Refusal extends CodedError<IssueCode> {
  readonly status: number;
  readonly issues: readonly Issue[];

  constructor(status: number, issues: readonly [Issue, ...Issue[]]) {
    super(issues[0].code, issues[0].diagnostics);
    this.status = status;
    this.issues = issues;
  }
}

export const refusal = (status: number, code: IssueCode, diagnostics: string, expression?: string) =>
  new Refusal(status, [{ code, diagnostics, ...(expression !== undefined && { expression }) }]);

export function operationOutcome(issues: readonly Issue[]): object {
  return {
    resourceType: 'OperationOutcome',
    issue: issues.map(({ code, diagnostics, expression }) => ({
      severity: 'error',
      code,
      diagnostics,
      ...(expression !== undefined && { expression: [expression] }),
    })),
  };
}
