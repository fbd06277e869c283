export { deploymentFiles } from './deployment-files.ts';
export { BundleError, type BundleErrorCode } from './errors.ts';
export { type BundleOptions, makeBundle, type Sign } from './make.ts';
export { type Manifest } from './manifest.ts';
export { type BundledFile } from './tar.ts';
export { verifyBundle } from './verify.ts';
