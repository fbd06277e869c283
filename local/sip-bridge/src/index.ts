export { type BridgeOptions, SipBridge } from './bridge.ts';
export { type Limits, officialLimits } from './limits.ts';
