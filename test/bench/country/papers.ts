/** What tells one paper of a day from another, as bits. */
export const PAPER = {
  vn2022: 1,
  regular: 2,
  survey: 4,
  /** A review that overrules another one of the same day. */
  overrules: 8,
} as const;

export const standardOfPaper = (paper: number): 'VN-2016' | 'VN-2022' =>
  (paper & PAPER.vn2022) !== 0 ? 'VN-2022' : 'VN-2016';

export const channelOfPaper = (paper: number): 'regular' | 'general-survey' | 'periodic' => {
  if ((paper & PAPER.regular) !== 0) return 'regular';
  return (paper & PAPER.survey) !== 0 ? 'general-survey' : 'periodic';
};
