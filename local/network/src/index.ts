export { addressesOf, addressOf, type End, type Host, hostOf, hosts, operatorAddress, vpc } from './hosts.ts';
export { lowerNetwork, namespaceOf, raiseNetwork } from './namespaces.ts';
export { hostRules, routerRules } from './rules.ts';
