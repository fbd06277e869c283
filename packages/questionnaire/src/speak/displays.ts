import { type Day, monthNames } from '../parse/calendar.ts';

/** "March 3, 1985". */
export function displayDay({ year, month, day }: Day): string {
  return `${monthNames[month - 1]} ${day}, ${year}`;
}

/** "3:30 PM" for `15:30:00`. */
export function displayTime(time: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return `${hour % 12 || 12}:${String(minute).padStart(2, '0')} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** "(555) 010-0123" for `+15550100123`; others as they are. */
export function displayPhone(number: string): string {
  const match = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return match ? `(${match[1]}) ${match[2]}-${match[3]}` : number;
}
