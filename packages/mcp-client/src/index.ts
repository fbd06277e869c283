export { type LinkedServer, McpLink, type ToolResult } from './link.ts';
export { type FaultyTool, type LinkedTool } from './usable.ts';
