/**
 * One answer for all who ask in one turn of the event loop: nothing is acknowledged within it, so nobody could
 * have heard of a newer one.
 */
export function oncePerTurn<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  return () => {
    if (!answer) {
      answer = ask();
      setImmediate(() => (answer = undefined));
    }
    return answer;
  };
}
