// Water under the keel: what the berth has at chart datum, and what the tide adds.

const SAFE_CLEARANCE_M = 0.3;

export function clearance(boat, berth, tideM) {
  return berth.depthM + tideM - boat.draftM;
}

export function isSafe(boat, berth, tides) {
  return tides.every((tideM) => clearance(boat, berth, tideM) >= SAFE_CLEARANCE_M);
}
