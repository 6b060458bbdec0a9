import assert from "node:assert/strict";
import test from "node:test";

import { Bookings } from "../src/bookings.mjs";

const sloop = { name: "Pelican", lengthM: 11, draftM: 2.1 };

test("books the berth that fits", () => {
  assert.equal(new Bookings().book(sloop, "2026-05-01", "2026-05-03").berth, "B1");
});

test("never books a berth twice for the same night", () => {
  const bookings = new Bookings();
  bookings.book(sloop, "2026-05-01", "2026-05-03");
  assert.equal(bookings.book(sloop, "2026-05-02", "2026-05-04").berth, "B2");
  assert.equal(bookings.book(sloop, "2026-05-02", "2026-05-04"), null);
});

test("a berth is free again on the day of departure", () => {
  const bookings = new Bookings();
  bookings.book(sloop, "2026-05-01", "2026-05-03");
  assert.equal(bookings.book(sloop, "2026-05-03", "2026-05-04").berth, "B1");
});

test("a cancelled booking frees its berth", () => {
  const bookings = new Bookings();
  const { number } = bookings.book(sloop, "2026-05-01", "2026-05-03");
  assert.equal(bookings.cancel(number), true);
  assert.equal(bookings.cancel(number), false);
  assert.equal(bookings.book(sloop, "2026-05-01", "2026-05-03").berth, "B1");
});
