import { areasTexts } from '@ledger/areas';
import { eventSourcingTexts } from '@ledger/event-sourcing';
import { householdTexts } from '@ledger/households';
import type { RowRefusal } from '@ledger/imports';
import { importTexts } from '@ledger/imports';
import type { Language, Texts } from '@ledger/kernel';
import { kernelTexts, textOf } from '@ledger/kernel';
import { ordersTexts } from '@ledger/orders';
import { standardsTexts } from '@ledger/standards';

const CATALOGUE: Texts = {
  ...kernelTexts,
  ...ordersTexts,
  ...eventSourcingTexts,
  ...standardsTexts,
  ...areasTexts,
  ...householdTexts,
  ...importTexts,
};

/** `line:column code message`, the file before it where there are several. */
export function lineOf(refusal: RowRefusal, language: Language): string {
  const { file, line, column, code } = refusal;
  return `${file === undefined ? '' : `${file}:`}${line}:${column} ${code} ${textOf(CATALOGUE, refusal, language)}`;
}
