CREATE TABLE bookings (
    number BIGINT PRIMARY KEY,
    berth TEXT NOT NULL REFERENCES berths (id),
    boat TEXT NOT NULL,
    first_night DATE NOT NULL,
    departure DATE NOT NULL CHECK (departure > first_night)
);
