import assert from "node:assert/strict";
import test from "node:test";

import { clearance, isSafe } from "../src/tides.mjs";

const berth = { id: "B1", lengthM: 12, depthM: 2.4 };

test("the tide adds to the depth of the berth", () => {
  assert.equal(clearance({ draftM: 2 }, berth, 0.5).toFixed(1), "0.9");
});

test("a boat is safe when it floats at every tide", () => {
  assert.equal(isSafe({ draftM: 2 }, berth, [0, 0.6, 1.2]), true);
  assert.equal(isSafe({ draftM: 2.3 }, berth, [0, 0.6, 1.2]), false);
});
