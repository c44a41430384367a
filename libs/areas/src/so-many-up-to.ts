/** How many of the days, in order of time, are not after this one. For days as words and for their numbers. */
export function soManyUpTo<Day extends string | number>(days: ArrayLike<Day>, day: Day): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] as Day) <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}
