/**
 * Work that costs about as much for many as for one: what is asked for while it is being done is done next, all of it together. When nothing else
 * is asked for, it is done at once.
 */

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

interface Gathering<Item> {
  /** A batch has no more than these. */
  most: number;
  /** Two items that have one of these in common are never in the same batch: the later one waits for the next. */
  keys?: (item: Item) => readonly string[];
}

/**
 * @param work does it for all items of a batch, and has a result for each, in their order; a failure is all of theirs, and of nobody else
 * @returns does it for one item, and resolves when it is done
 */
export function gathered<Item, Result>(
  work: (items: Item[]) => Promise<readonly Result[]>,
  { most, keys = () => [] }: Gathering<Item>,
): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let busy = false;

  function takeBatch(): Waiting<Item, Result>[] {
    const batch: Waiting<Item, Result>[] = [];
    const taken = new Set<string>();
    const left: Waiting<Item, Result>[] = [];
    for (const each of waiting) {
      const own = keys(each.item);
      if (batch.length === most || own.some((key) => taken.has(key))) left.push(each);
      else batch.push(each);
      // Of one that has to wait as well: what comes after it is not to overtake it.
      own.forEach((key) => taken.add(key));
    }
    waiting = left;
    return batch;
  }

  async function workThrough(): Promise<void> {
    busy = true;
    while (waiting.length > 0) {
      const batch = takeBatch();
      try {
        const results = await work(batch.map(({ item }) => item));
        if (results.length !== batch.length) throw new Error("each item has a result");
        results.forEach((result, index) => batch[index]?.resolve(result));
      } catch (error) {
        batch.forEach(({ reject }) => reject(error));
      }
    }
    busy = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!busy) void workThrough();
    });
}
