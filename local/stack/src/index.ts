export { s3Client } from './archive-client.ts';
export { writeCallBackConfig } from './call-back/call-back-config.ts';
export {
  callBackSteps,
  type CalledBack,
  calledBack,
  type CalledBackOptions,
} from './call-back/called-back.ts';
export { type DemoCall, takeDemoCall } from './demo/demo-call.ts';
export type { DemoEvent } from './demo/display.ts';
export { personaFile } from './demo/persona.ts';
export { type DemoResult } from './demo/report.ts';
export { type Environment, readEnvironment } from './environment.ts';
export { StackError, type StackErrorCode } from './errors.ts';
export { ports } from './ports.ts';
export { type RunningStack, startStack } from './stack.ts';
export { staffGateway } from './testing/deployment.ts';
export { openTelephones } from './testing/telephones.ts';
export { staffNumbers, writeTransferConfig } from './transfer/transfer-config.ts';
export {
  heardBy,
  tones,
  transferSteps,
  type TwoSidedCall,
  twoSidedCall,
  type TwoSidedOptions,
} from './transfer/two-sided-call.ts';
