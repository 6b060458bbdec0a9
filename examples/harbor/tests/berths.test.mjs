import assert from "node:assert/strict";
import test from "node:test";

import { findBerth } from "../src/berths.mjs";

test("gives the first berth that is long and deep enough", () => {
  assert.equal(findBerth({ lengthM: 9, draftM: 1.8 }).id, "A2");
});

test("passes over berths that are taken", () => {
  assert.equal(findBerth({ lengthM: 9, draftM: 1.8 }, new Set(["A2"])).id, "B1");
});

test("refuses a boat that is too long", () => {
  assert.equal(findBerth({ lengthM: 30, draftM: 1.8 }), null);
});
