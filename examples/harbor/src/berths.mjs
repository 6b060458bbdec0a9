// The berths of the marina, and which boat fits where.

export const BERTHS = [
  { id: "A1", lengthM: 8, depthM: 1.6 },
  { id: "A2", lengthM: 10, depthM: 2.0 },
  { id: "B1", lengthM: 12, depthM: 2.4 },
  { id: "B2", lengthM: 18, depthM: 3.2 },
];

export function fits(boat, berth) {
  return boat.lengthM <= berth.lengthM && boat.draftM <= berth.depthM;
}

export function findBerth(boat, taken = new Set(), berths = BERTHS) {
  return berths.find((berth) => !taken.has(berth.id) && fits(boat, berth)) ?? null;
}
