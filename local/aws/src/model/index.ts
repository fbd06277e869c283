export { respond } from './respond.ts';
