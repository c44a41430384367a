/** What a household is under one standard. Absent: never classified under it. */
export const STATUSES = ['poor', 'near-poor', 'above'] as const;
export type Status = (typeof STATUSES)[number];

/** How a decision came about: the yearly review, the monthly channel, a general survey (QĐ 24/2021/QĐ-TTg). */
export const CHANNELS = ['periodic', 'regular', 'general-survey'] as const;
export type Channel = (typeof CHANNELS)[number];

export const AREA_TYPES = ['rural', 'urban'] as const;
export type AreaType = (typeof AREA_TYPES)[number];
