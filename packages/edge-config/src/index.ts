export { checkEdge } from './check.ts';
export { edgeCheck, edgeRender } from './cli.ts';
export { type Command, edgeCommands, type EdgeCommands, kamcmd } from './commands.ts';
export { hasActiveTarget, isKamailioUp, isRtpengineUp } from './health.ts';
export { defaultTimers, type EdgeErrorCode, type EdgePaths, type EdgeTimers } from './kamailio/settings.ts';
export { type RenderedFile, renderEdge, type RenderOptions } from './render.ts';
export { writeEdge } from './write.ts';
