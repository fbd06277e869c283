export {
  type Flow,
  flowMatrix,
  type FlowMatrix,
  parseFlowMatrix,
  type Place,
  type Ports,
  type Tier,
} from './flow-matrix.ts';
