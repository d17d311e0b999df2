// Loaded before a program: writes the program's peak memory in KiB to $PEAK_MEMORY_FILE.PID when it ends.
const { readFileSync, writeFileSync } = require('node:fs');

// Linux counts what the parent held at the moment of the fork into `maxRSS`, so the kernel's own mark is better.
const peak = () => {
  try {
    return /^VmHWM:\s*(\d+) kB/mu.exec(readFileSync('/proc/self/status', 'utf8'))[1];
  } catch {
    return String(process.resourceUsage().maxRSS);
  }
};

process.on('exit', () => writeFileSync(`${process.env.PEAK_MEMORY_FILE}.${process.pid}`, peak()));
