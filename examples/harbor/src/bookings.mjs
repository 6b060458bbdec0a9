// Bookings: a berth for a boat, from one day to another. Days are ISO 8601, the last one excluded.

import { findBerth } from "./berths.mjs";

export class Bookings {
  #bookings = [];
  #next = 1;

  book(boat, from, to) {
    if (from >= to) {
      throw new RangeError("a booking ends after it begins");
    }
    const taken = new Set(this.between(from, to).map((booking) => booking.berth));
    const berth = findBerth(boat, taken);
    if (berth === null) {
      return null;
    }
    const booking = { number: this.#next++, berth: berth.id, boat: boat.name, from, to };
    this.#bookings.push(booking);
    return booking;
  }

  cancel(number) {
    const at = this.#bookings.findIndex((booking) => booking.number === number);
    if (at < 0) {
      return false;
    }
    this.#bookings.splice(at, 1);
    return true;
  }

  between(from, to) {
    return this.#bookings.filter((booking) => booking.from < to && from < booking.to);
  }
}
