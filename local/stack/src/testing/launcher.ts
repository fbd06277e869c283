import { systemClock } from '@vestibule/core';
import { ChildList, stackMarker } from '../supervise/leftovers.ts';
import { Supervisor } from '../supervise/supervisor.ts';
import { shellPart } from './parts.ts';

/** A launcher to be killed: starts two parts, one of which forks, and tells its parent once they run. */
const folder = process.argv[2] ?? '';
const daemon = 'setsid --fork sleep 300';
const supervisor = new Supervisor({
  parts: [
    shellPart(folder, 'plain', 'READY; exec sleep 300'),
    // Its child leaves the process group and outlives it: only the marker finds that one.
    shellPart(folder, 'forking', `${daemon}; READY; exec sleep 300`),
  ],
  env: { PATH: process.env['PATH'] ?? '', [stackMarker]: folder },
  logFolder: folder,
  children: new ChildList(folder),
  clock: systemClock,
});
await supervisor.start();
process.stdout.write('ready\n');
