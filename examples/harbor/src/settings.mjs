// What the harbor takes from its environment.

export function readSettings(environment = process.env) {
  return {
    port: Number(process.env.HARBOR_PORT),
    database: process.env.HARBOR_DATABASE_URL,
    session: process.env.HARBOR_SESSION_SECRET,
    station: process.env.HARBOR_TIDE_STATION ?? "south pier",
    map: process.env.HARBOR_MAP_KEY,
    storm: process.env.HARBOR_STORM_URL,
    logLevel: environment.HARBOR_LOG_LEVEL,
    sms: environment.HARBOR_SMS === "true" ? environment.HARBOR_SMS_KEY : "",
  };
}
