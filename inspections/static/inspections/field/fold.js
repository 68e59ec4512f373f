// A visit as it stands on this device: what the server has, and what was entered since.

const TAKES = {
  notice: (now, record) => {
    now.notice_receiver = record.body.receiver;
  },
  arrival: (now, record) => {
    now.arrived_at = record.body.made_at;
    now.state = "arrived";
  },
  answers: (now, record) => {
    now.answers[record.item] = { id: record.id, ...record.body };
  },
  photo: (now) => {
    now.photo_count += 1;
  },
  signature: (now, record) => {
    now.signatures.push({ signer: record.body.signer, name: record.body.name });
  },
  conclusion: (now, record) => {
    now.ended_at = record.body.made_at;
    now.categories = record.body.categories;
    now.state = "ended";
  },
  hindrance: (now, record) => {
    now.ended_at = record.body.made_at;
    now.hindrance = record.body.hindrance;
    now.state = "not_possible";
  },
};

/** The visit with the device's records of it put on top, in the order they were made. */
export function visitNow(visit, records) {
  const now = {
    ...visit,
    answers: { ...visit.answers },
    signatures: [...visit.signatures],
  };
  const own = records.filter((record) => record.visit === visit.id);
  // A refused record stands here as it was entered, and is named as refused above.
  own.forEach((record) => TAKES[record.kind]?.(now, record));
  now.undelivered = own.filter((record) => record.state !== "delivered").length;
  now.refused = own.filter((record) => record.state === "refused");
  return now;
}

/** How many items of the checklist have no answer yet. */
export function unanswered(now) {
  return now.items.filter((key) => !now.answers[key]).length;
}

export function failing(now) {
  return now.items.filter((key) => now.answers[key]?.answer === "fails").length;
}
