import { systemClock } from '@vestibule/core';
import { startPipedChild } from '../supervise/child.ts';
import { ChildList, stackMarker } from '../supervise/leftovers.ts';
import { Supervisor } from '../supervise/supervisor.ts';
import { shellPart } from './parts.ts';

/** A launcher to be killed: starts two parts, one of which forks, and a program beside them; tells its parent once they run. */
const folder = process.argv[2] ?? '';
const daemon = 'setsid --fork sleep 300';
const env = { PATH: process.env['PATH'] ?? '', [stackMarker]: folder };
const supervisor = new Supervisor({
  parts: [
    shellPart(folder, 'plain', 'READY; exec sleep 300'),
    // Its child leaves the process group and outlives it: only the marker finds that one.
    shellPart(folder, 'forking', `${daemon}; READY; exec sleep 300`),
  ],
  env,
  logFolder: folder,
  children: new ChildList(folder),
  clock: systemClock,
});
await supervisor.start();
startPipedChild({ command: 'sleep', args: ['300'], onLauncherDeath: 'SIGTERM' }, env);
process.stdout.write('ready\n');
