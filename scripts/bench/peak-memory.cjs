// Loaded before a program: writes the program's peak memory (KiB) to $PEAK_MEMORY_FILE when it ends.
const { writeFileSync } = require('node:fs');
process.on('exit', () => {
  writeFileSync(`${process.env.PEAK_MEMORY_FILE}.${process.pid}`, String(process.resourceUsage().maxRSS));
});
