/** Days as the contract has them: calendar days in Vietnam. */
const IN_VIETNAM = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Ho_Chi_Minh',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

const DAY_MS = 86_400_000;

export const today = (): string => IN_VIETNAM.format(new Date());
export const daysAgo = (count: number): string => IN_VIETNAM.format(new Date(Date.now() - count * DAY_MS));
export const tomorrow = (): string => daysAgo(-1);
