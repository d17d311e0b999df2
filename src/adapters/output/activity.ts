/** Something that is going on. Times are milliseconds of the clock. */
export interface Activity {
  readonly title: string;
  readonly since: number;
  /** What is waited for, since when and for how many seconds at most. */
  readonly wait: { readonly what: string; readonly since: number; readonly atMostSeconds: number } | null;
}

function duration(seconds: number): string {
  const whole = Math.floor(seconds);
  if (whole < 600) return `${whole} s`;
  const rest = whole % 60;
  return `${Math.floor(whole / 60)} min${rest === 0 ? '' : ` ${rest} s`}`;
}

/** An activity with the seconds that have gone; these come early, because the end may be cut off. */
export function activityText({ title, since, wait }: Activity, now: number): string {
  const gone = duration(Math.max(0, now - (wait?.since ?? since)) / 1000);
  if (wait === null) return now - since < 1000 ? title : `${title}  ${gone}`;
  return `${title}  ${gone} of at most ${duration(wait.atMostSeconds)}: waiting for ${wait.what}`;
}

/** The first line about a wait, where lines stay. */
export function waitText(title: string, what: string, atMostSeconds: number): string {
  return `${title}: waiting for ${what}, at most ${duration(atMostSeconds)}`;
}
