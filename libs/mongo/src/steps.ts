/** The steps of a batch at which a process may end: proofs stop it at each of them. */
export type Step =
  | 'batch: begun'
  | 'batch: checkpoint moved'
  | 'batch: journal written'
  | 'batch: balances written'
  | 'batch: households written'
  | 'batch: lists written'
  | 'batch: committed';

export type OnStep = (step: Step) => void | Promise<void>;

export const NOBODY_LISTENS: OnStep = () => undefined;
