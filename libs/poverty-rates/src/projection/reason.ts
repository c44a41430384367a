/** Why something could not be booked, as whoever repairs it reads it. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
