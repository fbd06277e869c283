import { z } from 'zod';

const phone = z.string().regex(/^\+[1-9][0-9]{6,14}$/, 'must be E.164');
const status = z.enum(['open', 'closed']);
const priority = z.enum(['routine', 'urgent']);
const code = z.strictObject({
  system: z.string().max(200).optional(),
  code: z.string().max(100),
  display: z.string().max(300).optional(),
});

export const patientQuery = z
  .strictObject({
    familyName: z.string().min(1).max(80).optional(),
    givenName: z.string().min(1).max(80).optional(),
    birthDate: z.iso.date().optional(),
    phone: phone.optional(),
  })
  .refine((query) => query.phone ?? (query.familyName && query.birthDate), {
    message: 'give the phone, or the family name and the birth date',
  });

export const caseQuery = z.strictObject({
  callId: z.string().max(128).optional(),
  status: status.optional(),
});

export const callBackQuery = z.strictObject({ callId: z.string().max(128) });

export const newCase = z.strictObject({
  reason: z.string().min(1).max(300),
  summary: z.string().max(4000).optional(),
  priority: priority.optional(),
  patientId: z.string().max(64).optional(),
  callBackNumber: phone.optional(),
  callId: z.string().max(128).optional(),
  codes: z.array(code).max(100).optional(),
});

export const caseChange = newCase
  .omit({ callId: true })
  .extend({ status })
  .partial()
  .refine((change) => Object.keys(change).length > 0, { message: 'nothing to change' });

export const newCallBack = z.strictObject({
  phone,
  reason: z.string().max(300).optional(),
  notBefore: z.iso.datetime({ offset: true }).optional(),
  callId: z.string().max(128).optional(),
});

export const faultSwitch = z.strictObject({
  kind: z.enum(['slow', 'error', 'refuse', 'never-ending']),
  /** How many of the next requests are hit. */
  next: z.int().min(0).max(10_000),
  /** For `slow`, ms. */
  ms: z.int().min(0).max(60_000).default(10_000),
});

export const idempotencyKey = z.string().min(1).max(200);

export type PatientQuery = z.infer<typeof patientQuery>;
export type NewCase = z.infer<typeof newCase>;
export type CaseChange = z.infer<typeof caseChange>;
export type NewCallBack = z.infer<typeof newCallBack>;
export type FaultSwitch = z.infer<typeof faultSwitch>;

/** A case as stored and as answered. Times are ISO 8601 in UTC. */
export interface Case extends Omit<NewCase, 'priority'> {
  caseId: string;
  reference: string;
  status: z.infer<typeof status>;
  priority: z.infer<typeof priority>;
  createdAt: string;
  updatedAt: string;
}

export interface CallBack extends NewCallBack {
  callBackId: string;
  createdAt: string;
}

export interface Patient {
  patientId: string;
  givenName: string;
  familyName: string;
  birthDate: string;
  phone: string;
  doctor: string;
  insurance: string;
  nextAppointment?: string;
}
