import { ScalarType } from '@bufbuild/protobuf';

/** Field descriptors of protobuf messages, by number and name as on the wire. */
export const text = (no: number, name: string) =>
  ({ no, name, kind: 'scalar', T: ScalarType.STRING }) as const;
export const bytes = (no: number, name: string) =>
  ({ no, name, kind: 'scalar', T: ScalarType.BYTES }) as const;
export const flag = (no: number, name: string) => ({ no, name, kind: 'scalar', T: ScalarType.BOOL }) as const;
export const int64 = (no: number, name: string) =>
  ({ no, name, kind: 'scalar', T: ScalarType.INT64 }) as const;
export const float = (no: number, name: string) =>
  ({ no, name, kind: 'scalar', T: ScalarType.FLOAT }) as const;
export const textMap = (no: number, name: string) =>
  ({
    no,
    name,
    kind: 'map',
    K: ScalarType.STRING,
    V: { kind: 'scalar', T: ScalarType.STRING },
  }) as const;
