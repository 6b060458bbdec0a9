CREATE TABLE berths (
    id TEXT PRIMARY KEY,
    length_m NUMERIC NOT NULL CHECK (length_m > 0),
    depth_m NUMERIC NOT NULL CHECK (depth_m > 0)
);
