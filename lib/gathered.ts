/**
 * Work that costs about as much for many as for one: what is asked for while it is being done is done next, all of it together. When nothing else
 * is asked for, it is done at once.
 */

interface Waiting<Item> {
  item: Item;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * @param work does it for all items of a batch; a failure is theirs, and of nobody else
 * @param most a batch has no more than these
 * @returns does it for one item, and resolves when it is done
 */
export function gathered<Item>(
  work: (items: Item[]) => Promise<void>,
  most: number,
): (item: Item) => Promise<void> {
  let waiting: Waiting<Item>[] = [];
  let busy = false;

  async function workThrough(): Promise<void> {
    busy = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      await work(batch.map(({ item }) => item)).then(
        () => batch.forEach(({ resolve }) => resolve()),
        (error: unknown) => batch.forEach(({ reject }) => reject(error)),
      );
    }
    busy = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!busy) void workThrough();
    });
}
