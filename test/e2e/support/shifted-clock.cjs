// Preloaded into a server: lets it believe that it is another day, so that a test can record old knowledge.
const RealDate = Date;
const shift = Number(process.env.SHIFT_DAYS) * 86_400_000;
const now = () => RealDate.now() + shift;

globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length === 0 ? [now()] : given));
  }

  static now() {
    return now();
  }
};
