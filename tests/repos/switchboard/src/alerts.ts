export const ALERT_THRESHOLDS = { droppedRate: 0.02, minCallCount: 50 };
