export { mayCallBack, zonesOf } from './call-backs.ts';
export { twilioNetworks } from './carriers.ts';
export { checkDeployment, questionnaireFile } from './deployment.ts';
export { configJsonSchema } from './json-schema.ts';
export { type HostPort, type PortRange, type Rate, retainUntil, type Retention } from './leaves.ts';
export { isUnderLegalHold } from './legal-hold.ts';
export {
  type CheckResult,
  checkConfig,
  type CheckQuestionnaire,
  type ConfigErrorCode,
  loadConfig,
} from './load.ts';
export { localTime } from './local-time.ts';
export { modelsOf } from './model-places.ts';
export { type LlmModel, type ModelRole, type SttModel, type TtsModel } from './models.ts';
export { isInsideVpc, isPrivateAddress, networkContains } from './networks.ts';
export { parseConfig, type ParseResult } from './parse.ts';
export { type ApiKey, apiKeysOf, knownPlugin, type KnownPlugin, type PluginPart } from './plugins.ts';
export type { Config } from './schema.ts';
export { isOnShift } from './shifts.ts';
export { onDuty, type StaffPerson, type StaffReason } from './staff.ts';
export { foreignToolName, toolsOfNumber } from './tools.ts';
export { atZone } from './zones.ts';
