// What the device holds: one database for each person, named by the holder's key.
const VERSION = 1;
const KEEP_DAYS_MS = 7 * 24 * 3600 * 1000;
const STRICT = { durability: "strict" };

function request(asked) {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
  });
}

function open(name) {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(name, VERSION);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("days", { keyPath: "on" });
      const records = asked.result.createObjectStore("records", {
        keyPath: "seq",
        autoIncrement: true,
      });
      records.createIndex("id", "id", { unique: true });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/** The store of one person on this device. Records are written through to the disk. */
export async function openStore(holder) {
  const database = await open(`field-${holder}`);
  const reading = (name) => database.transaction(name).objectStore(name);

  async function writing(name, work) {
    const transaction = database.transaction(name, "readwrite", STRICT);
    const result = work(transaction.objectStore(name));
    await finished(transaction);
    return result;
  }

  return {
    holder,
    close: () => database.close(),
    days: () => request(reading("days").getAll()),
    records: () => request(reading("records").getAll()),
    keepDay: (day) => writing("days", (days) => days.put({ ...day, kept_at: Date.now() })),
    add: (record) => writing("records", (records) => records.add(record)),
    put: (record) => writing("records", (records) => records.put(record)),
    remove: (seqs) => writing("records", (records) => seqs.forEach((seq) => records.delete(seq))),
    dropDays: (ons) => writing("days", (days) => ons.forEach((on) => days.delete(on))),
  };
}

/** Whether a record has not reached the server. */
export function isUndelivered(record) {
  return record.state !== "delivered";
}

/**
 * Deletes what the device need not hold any more: other days once everything of them is delivered
 * and, after a week, in any case. What is undelivered is never deleted.
 */
export async function tidy(store, today) {
  const [days, records] = await Promise.all([store.days(), store.records()]);
  const open = new Set(records.filter(isUndelivered).map((record) => record.visit));
  const gone = days.filter((day) => {
    if (day.on === today) return false;
    const isOld = Date.now() - day.kept_at > KEEP_DAYS_MS;
    return isOld || !day.visits.some((visit) => open.has(visit.id));
  });
  await store.dropDays(gone.map((day) => day.on));
  const done = records.filter((record) => !isUndelivered(record));
  await store.remove(done.filter((record) => !isOf(days, record, gone)).map((one) => one.seq));
}

function isOf(days, record, gone) {
  return days.some(
    (day) => !gone.includes(day) && day.visits.some((visit) => visit.id === record.visit),
  );
}

/** How many other people have something on this device that the server does not have yet. */
export async function othersOnDevice(holder) {
  if (!indexedDB.databases) return 0;
  const found = await indexedDB.databases();
  const others = found.filter((one) => /^field-/.test(one.name) && one.name !== `field-${holder}`);
  let count = 0;
  for (const one of others) {
    const store = await openStore(one.name.replace(/^field-/, ""));
    if ((await store.records()).some(isUndelivered)) count += 1;
    store.close();
  }
  return count;
}
