// How long the serving thread has kept anyone waiting.
import { monitorEventLoopDelay } from 'node:perf_hooks';

export const loopDelay = monitorEventLoopDelay({ resolution: 5 });
loopDelay.enable();
