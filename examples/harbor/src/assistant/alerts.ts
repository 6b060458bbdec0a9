export interface Alert {
  code: "refusals_high"; // | "wrong_tide_high"
  runbook: string;
}

export type Verdict = "clean" | "masked" | "refused";

export const RUNBOOK = "docs/assistant/switch-off.md";

export const DASHBOARDS = {
  answers: "harbor-answers-v1",
  cost: "harbor-costs",
} as const;

export const ALERT_LIMITS: Record<string, number> = {
  minAnswerCount: 20,
  refusalRate: 15,
  wrongTideRate: 0.01,
  averageCostEur: 0.05,
};

export const OPEN_FROM = Number(process.env.OPEN_FROM ?? 6);
