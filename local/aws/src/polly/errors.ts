import { ServiceError } from '../server/service-error.ts';

export function validation(message: string): ServiceError {
  return new ServiceError('ValidationException', 400, message, { reason: 'fieldValidationFailed' });
}

export function oneInvalid(value: string | null, member: string, constraint: string): ServiceError {
  const shown = value === null ? 'null' : `'${value}'`;
  return validation(
    `1 validation error detected: Value ${shown} at '${member}' failed to satisfy constraint: Member must ${constraint}`,
  );
}

export function refusal(code: string, message: string): ServiceError {
  return new ServiceError(code, 400, message);
}
