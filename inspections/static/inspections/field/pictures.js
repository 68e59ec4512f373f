// Photos as they are taken: the original up to the limit, smaller only where it must be.
const TYPES = ["image/jpeg", "image/png", "image/webp"];
const QUALITIES = [0.9, 0.8, 0.7, 0.6];
const LONGEST_PX = [4096, 3072, 2048];
const PLACE_MS = 8000;

export async function sha256(bytes) {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((one) => one.toString(16).padStart(2, "0")).join("");
}

async function smaller(file, limit) {
  const bitmap = await createImageBitmap(file);
  const canvas = document.createElement("canvas");
  for (const longest of LONGEST_PX) {
    const ratio = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
    canvas.width = Math.round(bitmap.width * ratio);
    canvas.height = Math.round(bitmap.height * ratio);
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    for (const quality of QUALITIES) {
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
      if (blob.size <= limit) return blob;
    }
  }
  return null;
}

/** The bytes of a photo with their SHA-256, or null where the file is no picture. */
export async function photoBytes(file, limit) {
  const fits = TYPES.includes(file.type) && file.size <= limit;
  try {
    const kept = fits ? file : await smaller(file, limit);
    if (!kept) return null;
    const bytes = await kept.arrayBuffer();
    return { bytes, sha256: await sha256(bytes) };
  } catch {
    return null;
  }
}

/** Where the device is, or null: refused, unknown, or not in time. */
export function whereAmI(timeout = PLACE_MS) {
  if (!navigator.geolocation) return Promise.resolve(null);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), timeout + 500);
    const done = (place) => {
      clearTimeout(timer);
      resolve(place);
    };
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        done({
          latitude: coords.latitude,
          longitude: coords.longitude,
          accuracy_m: Math.round(coords.accuracy),
        }),
      () => done(null),
      { enableHighAccuracy: true, timeout, maximumAge: 60000 },
    );
  });
}
