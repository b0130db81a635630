// Days as people write them in files: `2026-12-31`. Two of them compare as texts.

/** Whether a text is a day that there is. */
export function isDay(text: string): boolean {
  const [year, month, day] = /^\d{4}-\d{2}-\d{2}$/.test(text) ? text.split('-').map(Number) : [];
  return year !== undefined && month !== undefined && day !== undefined && day > 0 && day <= daysOf(year, month);
}

/** None for a month that there is not. */
function daysOf(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}
