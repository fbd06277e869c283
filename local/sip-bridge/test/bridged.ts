import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { dispose } from '@livekit/rtc-node';
import { type BridgeProcess, startBridge } from './bridge-process.ts';
import { World } from './world.ts';

export interface Bridged {
  world: World;
  bridge: BridgeProcess;
  /** For SIPp's files. */
  folder: string;
}

/** A bridge for the tests of a suite: there once they run, and gone after them. */
export function bridged(): Bridged {
  const made = {} as Bridged;
  before(async () => {
    made.world = await World.open();
    made.bridge = await startBridge(made.world.livekit);
    made.folder = await mkdtemp(join(tmpdir(), 'vestibule-sipp-'));
  });
  after(async () => {
    made.bridge.kill('SIGTERM');
    await made.bridge.exit;
    await made.world.close();
    await rm(made.folder, { recursive: true });
    await dispose();
  });
  return made;
}
